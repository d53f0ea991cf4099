"""One action told in thirty ways that no form of ours has: the same answers, typed anew, in documents written by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from xml.sax.saxutils import escape

from inspiractions.model.questionnaire import FormBlock, Questionnaire

_NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
    'ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# By ``vers``, else by rubrique and sub-title: the answers.
SHORT = {
    "titre": "La marche des cartables",
    "ville": "Quimper",
    "date_redaction": "12/03/2024",
    "contact.nom": "Camille EXEMPLE",
    "contact.fonction": "Chargée de projet",
    "contact.service": "Direction de la santé",
    "contact.email": "camille.exemple@example.org",
    "contact.telephone": "01 99 00 12 34",
    "periode": "2021-2024",
    "echelle": "Trois quartiers du nord",
    "porteur": "Mission santé publique",
    "role_collectivite": "Pilotage et financement",
    "services_elus": "Voirie, éducation, élue à la santé",
    "partenaires": "Caisse locale, collège du Moulin",
    "budget.texte": "18 000 € par an",
    "budget.fonctionnement": "15 000 €",
    "budget.investissement": "3 000 €",
    "budget.contribution": "9 000 €",
    "budget.financeurs": "Agence régionale, département",
}
LONG = (
    "Les trajets à pied avaient chuté de moitié en dix ans autour des écoles du nord.",
    "Rendre aux enfants l’envie de marcher, et la rue plus calme aux heures d’entrée.",
    "Douze lignes de pédibus, tracées avec les familles, tenues par 64 parents volontaires.",
    "La confiance des directrices, et un référent par école.",
    "Les matins de pluie, et le renouvellement des accompagnateurs en septembre.",
    "Les lignes partent des deux quartiers les plus pauvres.",
    "Mieux vaut peu de lignes bien tenues que vingt abandonnées à la Toussaint.",
    "Oui, par un comptage deux fois l’an et un questionnaire de 212 familles.",
    "Un article dans le magazine municipal de mai.",
    "La voirie et l’éducation décident désormais ensemble des abords.",
)
CHOSEN = {
    "ages": ("4-11", "parentalite"),
    "types_action": ("Milieux favorables à la santé", "Renforcement des aptitudes individuelles"),
    "specificites_territoire": ("Quartier(s) politique de la Ville",),
}
Pair = tuple[FormBlock, str]


def answers(form: Questionnaire) -> list[Pair]:
    """Each question of the fiche, with its answer; those of boxes with nothing."""
    long = iter(LONG)
    return [(b, "" if b.genre == "choix" else SHORT[b.vers] if b.vers else next(long)) for b in form.demandes("fiche")]


def expected(form: Questionnaire) -> Mapping[str, object]:
    """What every way must give back: texts by ``vers``, sections by title, the boxes ticked."""
    pairs = answers(form)
    sections = {bloc.titre: text for bloc, text in pairs if bloc.rubrique}
    return {"textes": SHORT, "sections": sections, "choix": {key: [*values] for key, values in CHOSEN.items()}}


def docx(body: str, **parts: str) -> bytes:
    """A document of Word with nothing but what it needs. ``parts``: other parts, their names without ``.xml``."""
    out = io.BytesIO()
    links = "".join(
        f'<Relationship Id="r{n}" Type="{_RELS}/{name}" Target="{name}.xml"/>' for n, name in enumerate(parts)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", head + _TYPES)
        main = f'<Relationship Id="m" Type="{_RELS}/officeDocument" Target="word/document.xml"/>'
        archive.writestr("_rels/.rels", f'{head}<Relationships xmlns="{package}">{main}</Relationships>')
        archive.writestr(
            "word/_rels/document.xml.rels", f'{head}<Relationships xmlns="{package}">{links}</Relationships>'
        )
        archive.writestr("word/document.xml", f"{head}<w:document {_NAMES}><w:body>{body}</w:body></w:document>")
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml", f"{head}{text}")
    return out.getvalue()


def run(text: str, look: str = "") -> str:
    """A run; tabs and newlines are those of Word."""
    inner = "".join(
        {"\t": "<w:tab/>", "\n": "<w:br/>"}.get(piece, f'<w:t xml:space="preserve">{escape(piece)}</w:t>')
        for piece in text.replace("\t", "\0\t\0").replace("\n", "\0\n\0").split("\0")
        if piece
    )
    return f"<w:r><w:rPr>{look}</w:rPr>{inner}</w:r>"


def p(*runs: str, look: str = "") -> str:
    """A paragraph, of texts or of runs."""
    inner = "".join(one if one.startswith("<w:") else run(one) for one in runs if one)
    return f"<w:p><w:pPr>{look}</w:pPr>{inner}</w:p>"


def table(rows: list[list[str]]) -> str:
    """A table; each cell is text, or paragraphs."""

    def cell(text: str) -> str:
        inner = text if text.startswith("<w:") else "".join(p(line) for line in text.split("\n"))
        return f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr>{inner}</w:tc>'

    body = "".join(f"<w:tr>{''.join(map(cell, row))}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{body}</w:tbl><w:p/>"


def label(bloc: FormBlock) -> str:
    """The words of a question, without the « : » that ends them."""
    return bloc.titre


def ticks(bloc: FormBlock, on: str = "☒ ", off: str = "☐ ") -> list[str]:
    """The boxes of a question, a line each."""
    return [(on if o.valeur in CHOSEN[bloc.vers] else off) + o.libelle for o in bloc.options]


def chosen(bloc: FormBlock) -> list[str]:
    """The words of the boxes ticked."""
    return [o.libelle for o in bloc.options if o.valeur in CHOSEN[bloc.vers]]


HEAD = p("Recueil d’actions et enquête") + p("« Santé des enfants, santé des jeunes et parentalité »") + p()


def _lines(pairs: list[Pair], one: Callable[[str, str], str], boxes: Callable[[FormBlock], str]) -> bytes:
    return docx(HEAD + "".join(boxes(b) if b.genre == "choix" else one(label(b), text) for b, text in pairs))


def _boxes(bloc: FormBlock) -> str:
    return p(f"{label(bloc)} :") + "".join(map(p, ticks(bloc)))


def _rows(
    pairs: list[Pair], row: Callable[[int, FormBlock, str], list[str]], before: list[list[str]] | None = None
) -> bytes:
    filled = [(b, "\n".join(ticks(b)) if b.genre == "choix" else text) for b, text in pairs]
    return docx(HEAD + table([*(before or []), *(row(n, b, text) for n, (b, text) in enumerate(filled, 1))]))


def tabs(pairs: list[Pair]) -> bytes:
    return _lines(pairs, lambda head, text: p(f"{head} :\t{text}"), _boxes)


def tabs_alone(pairs: list[Pair]) -> bytes:
    return _lines(pairs, lambda head, text: p(f"{head}\t{text}"), _boxes)


def spaced_columns(pairs: list[Pair]) -> bytes:
    """Two short answers on a line, in columns drawn with tabs."""
    short = [(b, t) for b, t in pairs if b.vers and b.genre != "choix"]
    rest = [(b, t) for b, t in pairs if b.genre == "choix" or not b.vers]
    couples = [short[n : n + 2] for n in range(0, len(short), 2)]
    heads = "".join(p("\t\t".join(f"{label(b)} : {t}" for b, t in couple)) for couple in couples)
    tail = "".join(_boxes(b) if b.genre == "choix" else p(f"{label(b)} : {t}") for b, t in rest)
    return docx(HEAD + heads + tail)


def contact_on_one_line(pairs: list[Pair]) -> bytes:
    who = [(b, t) for b, t in pairs if b.vers.startswith("contact.")]
    words = {"contact.nom": "Nom", "contact.telephone": "tél.", "contact.email": "mail"}
    line = ", ".join(f"{words.get(b.vers, label(b))} : {t}" for b, t in who)
    body, written = HEAD, False
    for b, t in pairs:
        if b.vers.startswith("contact."):
            body += "" if written else p(line)
            written = True
        else:
            body += _boxes(b) if b.genre == "choix" else p(f"{label(b)} : {t}")
    return docx(body)


def quoted_mail(pairs: list[Pair]) -> bytes:
    lines = ["Bonjour,", "", "Nos réponses ci-dessous.", ""]
    for b, t in pairs:
        lines += [
            f"> {label(b)} :",
            *(f"> {x}" for x in (ticks(b, "[x] ", "[ ] ") if b.genre == "choix" else [t])),
            ">",
        ]
    return docx(HEAD + "".join(map(p, [*lines, "", "Bien cordialement"])))


def dashes(pairs: list[Pair]) -> bytes:
    return _lines(pairs, lambda head, text: p(f"{head} – {text}"), _boxes)


def arrows(pairs: list[Pair]) -> bytes:
    return _lines(pairs, lambda head, text: p(f"{head} => {text}"), _boxes)


def bullets(pairs: list[Pair]) -> bytes:
    return _lines(pairs, lambda head, text: p(f"• {head} : {text}"), _boxes)


def questions_and_answers(pairs: list[Pair]) -> bytes:
    body = HEAD
    for n, (b, t) in enumerate(pairs, 1):
        body += p(f"Q{n}. {label(b)}")
        body += "".join(map(p, ticks(b))) if b.genre == "choix" else p(f"Réponse : {t}")
    return docx(body)


def numbered(pairs: list[Pair]) -> bytes:
    body = HEAD
    for n, (b, t) in enumerate(pairs, 1):
        body += p(f"{n // 9 + 1}.{n % 9 + 1} {label(b)}") + ("".join(map(p, ticks(b))) if b.genre == "choix" else p(t))
    return docx(body)


def lettered(pairs: list[Pair]) -> bytes:
    body = HEAD
    for n, (b, t) in enumerate(pairs):
        body += p(f"{'abcdefghijklmnopqrstuvwxyz'[n % 26]}) {label(b)} :") + (
            "".join(map(p, ticks(b))) if b.genre == "choix" else p(t)
        )
    return docx(body)


def capitals_then_break(pairs: list[Pair]) -> bytes:
    def one(head: str, text: str) -> str:
        return p(run(f"{head.upper()}", "<w:b/>"), run("\n"), run(text, "<w:i/>"))

    return _lines(pairs, one, _boxes)


def hard_wrapped(pairs: list[Pair]) -> bytes:
    import textwrap

    def one(head: str, text: str) -> str:
        return "".join(map(p, textwrap.wrap(f"{head} : {text}", 58))) + p()

    return _lines(pairs, one, _boxes)


def underlined(pairs: list[Pair]) -> bytes:
    return _lines(pairs, lambda head, text: p(run(head, '<w:u w:val="single"/>')) + p(text) + p(), _boxes)


def three_columns(pairs: list[Pair]) -> bytes:
    return _rows(pairs, lambda _, b, t: [label(b), t, ""], [["Question", "Votre réponse", "Remarques"]])


def counted(pairs: list[Pair]) -> bytes:
    return _rows(pairs, lambda n, b, t: [f"{n}.", label(b), t], [["N°", "Question", "Réponse"]])


def answers_first(pairs: list[Pair]) -> bytes:
    return _rows(pairs, lambda _, b, t: [t, label(b)])


def lying_table(pairs: list[Pair]) -> bytes:
    """Questions in the first row, answers under them, as in a spreadsheet; boxes and long answers below."""
    short = [(b, t) for b, t in pairs if b.vers and b.genre != "choix"]
    rest = [(b, t) for b, t in pairs if b.genre == "choix" or not b.vers]
    tables = "".join(
        table([[label(b) for b, _ in part], [t for _, t in part]]) for part in (short[:8], short[8:14], short[14:])
    )
    return docx(HEAD + tables + "".join(_boxes(b) if b.genre == "choix" else p(f"{label(b)} : {t}") for b, t in rest))


def four_columns(pairs: list[Pair]) -> bytes:
    short = [(b, t) for b, t in pairs if b.vers and b.genre != "choix"]
    rest = [(b, t) for b, t in pairs if b.genre == "choix" or not b.vers]
    rows = [[x for b, t in short[n : n + 2] for x in (f"{label(b)} :", t)] for n in range(0, len(short), 2)]
    rows[-1] += [""] * (4 - len(rows[-1]))
    tail = "".join(_boxes(b) if b.genre == "choix" else p(run(label(b), "<w:b/>")) + p(t) for b, t in rest)
    return docx(HEAD + table(rows) + tail)


def boxed_answers(pairs: list[Pair]) -> bytes:
    """Each question in the text, each answer in a table of one cell under it."""
    return _lines(
        pairs, lambda head, text: p(head) + table([[text]]), lambda b: p(label(b)) + table([["\n".join(ticks(b))]])
    )


def one_cell(pairs: list[Pair]) -> bytes:
    inner = "".join(
        p(run(label(b) + " :", "<w:b/>")) + ("".join(map(p, ticks(b))) if b.genre == "choix" else p(t))
        for b, t in pairs
    )
    return docx(HEAD + table([[inner]]))


def yes_and_no_columns(pairs: list[Pair]) -> bytes:
    def boxes(b: FormBlock) -> str:
        rows = [
            [o.libelle, "X" if o.valeur in CHOSEN[b.vers] else "", "" if o.valeur in CHOSEN[b.vers] else "X"]
            for o in b.options
        ]
        return p(f"{label(b)} :") + table([["", "Oui", "Non"], *rows])

    return _lines(pairs, lambda head, text: p(f"{head} : {text}"), boxes)


def yes_and_no_words(pairs: list[Pair]) -> bytes:
    def boxes(b: FormBlock) -> str:
        return p(f"{label(b)} :") + "".join(
            p(f"{o.libelle} : {'oui' if o.valeur in CHOSEN[b.vers] else 'non'}") for o in b.options
        )

    return _lines(pairs, lambda head, text: p(f"{head} : {text}"), boxes)


def choices_as_a_list(pairs: list[Pair]) -> bytes:
    return _lines(pairs, lambda h, t: p(f"{h} : {t}"), lambda b: p(f"{label(b)} : {', '.join(chosen(b))}"))


def choices_under(pairs: list[Pair]) -> bytes:
    return _lines(pairs, lambda h, t: p(f"{h} : {t}"), lambda b: p(label(b)) + "".join(p(f"- {x}") for x in chosen(b)))


def ticked_bullets(pairs: list[Pair]) -> bytes:
    levels = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="{sign}"/>'
        f'<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:lvl></w:abstractNum>'
        for n, sign in enumerate(("\uf0fc", "\uf0a8"))
    )
    numbers = "".join(f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (0, 1))
    item = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{}"/></w:numPr>'

    def boxes(b: FormBlock) -> str:
        return p(f"{label(b)} :") + "".join(
            p(o.libelle, look=item.format(1 if o.valeur in CHOSEN[b.vers] else 2)) for o in b.options
        )

    body = HEAD + "".join(boxes(b) if b.genre == "choix" else p(f"{label(b)} : {t}") for b, t in pairs)
    return docx(body, numbering=f"<w:numbering {_NAMES}>{levels}{numbers}</w:numbering>")


def bold_choices(pairs: list[Pair]) -> bytes:
    def boxes(b: FormBlock) -> str:
        return p(f"{label(b)} :") + "".join(
            p(run(o.libelle, "<w:b/>" if o.valeur in CHOSEN[b.vers] else "")) for o in b.options
        )

    return _lines(pairs, lambda head, text: p(f"{head} : {text}"), boxes)


def boxes_on_one_line(pairs: list[Pair]) -> bytes:
    return _lines(pairs, lambda h, t: p(f"{h} : {t}"), lambda b: p(f"{label(b)} : {'   '.join(ticks(b))}"))


def boxes_after(pairs: list[Pair]) -> bytes:
    def boxes(b: FormBlock) -> str:
        return p(f"{label(b)} :") + "".join(
            p(f"{o.libelle}\t{'☒' if o.valeur in CHOSEN[b.vers] else '☐'}") for o in b.options
        )

    return _lines(pairs, lambda head, text: p(f"{head} : {text}"), boxes)


def helped_labels(pairs: list[Pair]) -> bytes:
    """Labels with a word of help that the form does not have."""
    return _rows(pairs, lambda _, b, t: [f"{label(b)} (à remplir par la ville)", t])


USUAL = {
    "titre": "Intitulé de l’action", "ville": "Commune", "date_redaction": "Fiche rédigée le", "contact.nom": "Référente",
    "contact.fonction": "Poste", "contact.service": "Direction", "contact.email": "Adresse mail", "contact.telephone": "Portable",
    "periode": "Dates de l’action", "echelle": "Périmètre", "porteur": "Structure porteuse", "role_collectivite": "Rôle de la commune",
    "services_elus": "Élus et services", "partenaires": "Principaux partenaires", "budget.texte": "Budget global",
    "budget.fonctionnement": "Fonctionnement", "budget.investissement": "Investissement", "budget.contribution": "Part de la ville",
    "budget.financeurs": "Cofinanceurs", "contexte": "Constat", "objectifs": "Les objectifs", "deroule": "Descriptif",
    "facteurs-favorables": "Points forts", "difficultes": "Freins et difficultés", "inegalites": "Inégalités sociales de santé",
    "enseignements": "Bilan", "evaluation": "Évaluation", "ressources": "Publications",
    "sante-dans-toutes-les-politiques": "Santé dans toutes les politiques",
}  # fmt: skip


def other_words(pairs: list[Pair]) -> bytes:
    body = HEAD
    for b, t in pairs:
        body += _boxes(b) if b.genre == "choix" else p(f"{USUAL[b.vers or b.rubrique]} : {t}")
    return docx(body)


def other_words_in_a_table(pairs: list[Pair]) -> bytes:
    return _rows(pairs, lambda _, b, t: [label(b) if b.genre == "choix" else USUAL[b.vers or b.rubrique], t])


WAYS = (
    tabs, tabs_alone, spaced_columns, contact_on_one_line, quoted_mail, dashes, arrows, bullets, questions_and_answers, numbered,
    lettered, capitals_then_break, hard_wrapped, underlined, three_columns, counted, answers_first, lying_table, four_columns,
    boxed_answers, one_cell, yes_and_no_columns, yes_and_no_words, choices_as_a_list, choices_under, ticked_bullets, bold_choices,
    boxes_on_one_line, boxes_after, helped_labels, other_words, other_words_in_a_table,
)  # fmt: skip
