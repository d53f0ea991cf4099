"""A draft fiche from what a form says: the city's words in their rubriques, proposals marked, the rest « À reclasser ».

Lines of a Word answer as Markdown: lists, bold, links; nothing that the author typed becomes a mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from inspiractions.forms.drafting import proposals
from inspiractions.forms.drafting.net import Redactor
from inspiractions.forms.drafting.proposals import Proposal, Words
from inspiractions.forms.reading.document import Morceau
from inspiractions.forms.reading.form_data import FilledForm, LeftoverKind, fingerprint
from inspiractions.forms.reading.lines import FormLine
from inspiractions.model.banque import Banque
from inspiractions.model.source import Value, is_blank

_SIGNES = re.compile(r"([\\`*_\[\]<>])")
_DEBUT = re.compile(r"^(#+|>|\||={2,}|-{2,}|~{3,}|\+(?=\s))")


def en_markdown(lines: Iterable[FormLine]) -> str:
    """Paragraphs and lists; a typed dash makes a list, too."""
    written: list[tuple[str, bool]] = []
    for line in lines:
        text = "".join(_run(m) for m in line.morceaux).strip()
        if not text:
            continue
        if line.suite and written:
            written[-1] = (f"{written[-1][0]} {text}", written[-1][1])
            continue
        item = re.match(r"[-–—•]\s+(.*)", text)
        if line.liste:
            mark = "1. " if line.liste == "numero" else "- "
            written.append(("    " * min(line.niveau, 3) + mark + text, True))
        elif item:
            written.append((f"- {item[1]}", True))
        else:
            written.append((_DEBUT.sub(r"\\\1", text), False))
    markdown = ""
    for i, (text, is_item) in enumerate(written):
        markdown += ("\n" if is_item and i and written[i - 1][1] else "\n\n" if i else "") + text
    return markdown


def echapper(texte: str) -> str:
    """Text that stays as it was typed."""
    return _SIGNES.sub(r"\\\1", texte)


def _run(run: Morceau) -> str:
    text = echapper(run.texte)
    return f"[{text.strip()}]({run.lien}) " if run.lien.startswith("https://") and text.strip() else text


# Required keys that no form may answer: an empty line, that « check » asks to fill.
REQUIS = ("titre", "resume", "villes", "ages", "axes", "thematiques", "porteur", "date_publication")


@dataclass
class Brouillon:
    """``meta`` and ``corps`` make the fiche; ``doutes``: (key, words of the city) to check; ``reste``: what has no place.

    ``muets``: (key, words) of the answers that say there is none.
    """

    meta: dict[str, Value] = field(default_factory=dict)
    corps: str = ""
    doutes: list[Words] = field(default_factory=list)
    reste: list[Words] = field(default_factory=list)
    muets: list[Words] = field(default_factory=list)

    def take(self, key: str, proposal: Proposal) -> None:
        """Write a key, and note what is to be checked."""
        self.meta[key] = proposal.value
        self.doutes += [(key, words) for words in proposal.doubts]
        self.reste += proposal.leftovers
        self.muets += proposal.silent


def brouillon(filled: FilledForm, banque: Banque, redactor: Redactor) -> Brouillon:
    """The draft; persons are set aside in ``ecart``."""
    draft = Brouillon()
    for key, propose in proposals.IDENTITY.items():
        draft.take(key, propose(filled, banque))
    ticked, doubts = proposals.by_box(filled)
    draft.doutes += doubts
    own = [facette.cle for facette in banque.facettes if facette.propre]
    keys = (*proposals.CLASSEMENT, *own)
    guesses = {key: proposals.classified(key, ticked.get(key, []), filled, banque) for key in keys}
    for key, guess in guesses.items():
        draft.take(key, guess)
    draft.meta["champs_deduits"] = [key for key, guess in guesses.items() if guess.doubts]
    draft.take("qpv", proposals.qpv(filled))
    draft.take("resume", proposals.resume(filled))
    draft.take("contact", proposals.contact(filled, redactor.lexicon))
    draft.take("documents", proposals.documents(filled))
    draft.reste += _unplaced(filled)
    for key in REQUIS:
        draft.meta.setdefault(key, None)
    draft.meta |= {
        "campagne": filled.form.campagne,
        "connaissance": "declaratif",
        "statut": "brouillon",
        "empreinte": fingerprint(filled),
        "a_verifier": list(dict.fromkeys(key for key, _ in draft.doutes if not is_blank(draft.meta.get(key)))),
    }
    draft.meta = {key: redactor.value(value) for key, value in draft.meta.items()}
    draft.doutes = [(key, redactor.text(text)) for key, text in draft.doutes]
    draft.reste = [(label, redactor.text(text)) for label, text in draft.reste]
    recit = list(_recit(filled, banque, redactor))
    draft.reste += [("Légende des images", redactor.text(text)) for text in _captions(filled)]
    draft.corps = "\n\n".join([*recit, *_to_be_placed(draft.reste)])
    return draft


_LABELS: Mapping[LeftoverKind, str] = {
    "precision": "Précision",
    "added_row": "Ligne ajoutée",
    "changed_label": "Libellé modifié",
    "outside_document": "Hors des questions du formulaire",
    "outside_action": "Hors des questions du formulaire",
    "note": "Note",
    "unticked_box": "Case à vérifier",
    "below_table": "Pris comme réponse, mais écrit sous le tableau",
}


def _unplaced(filled: FilledForm) -> Iterator[Words]:
    """Whatever has no key and no rubrique, under its label."""
    own = (bloc.vers for bloc in filled.form.demandes("fiche") if bloc.is_own_choice)
    for key in ("ages", "types_action", "determinants", "cible", *own):
        choices = filled.choices.get(key, ())
        yield from (("Autre", choice.text) for choice in choices if choice.option.autre)
        if key == "cible":
            yield from (("L’action cible", choice.value) for choice in choices if not choice.option.autre)
    places = filled.choices.get("specificites_territoire", ())
    yield from (("Territoire", choice.text) for choice in places if choice.option.autre)
    if public := filled.text("population_cible"):
        yield "Population cible", public
    if shown := ", ".join(filled.values("presenter_gt")):
        yield "Présenter l’action au groupe de travail", shown
    for kind, label in _LABELS.items():
        for leftover in filled.of_kind(kind):
            yield (f"{label}, « {leftover.label} »" if leftover.label else label), leftover.text


def _captions(filled: FilledForm) -> list[str]:
    return [answer.text for answer in filled.answers if answer.bloc and answer.bloc.genre == "photos" and answer.text]


def _recit(filled: FilledForm, banque: Banque, redactor: Redactor) -> Iterator[str]:
    """The récit: canonical rubriques in their order, those of the city after the one that they follow."""
    asked: dict[str, list[str]] = {}
    added: dict[str, list[str]] = {}
    last = ""
    for answer in filled.answers:
        if answer.bloc and answer.bloc.genre == "photos":
            continue
        if answer.bloc:
            last = answer.bloc.rubrique
        if not answer.text:
            continue
        written = redactor.text(en_markdown(answer.lines))
        if answer.bloc is None:
            added.setdefault(last, []).append(f"## {redactor.text(answer.titre)}\n\n{written}")
        else:
            under = answer.bloc.sous_titre
            asked.setdefault(last, []).append(f"### {under}\n\n{written}" if under else written)
    for rubrique in banque.vocabulaires["rubriques"]:
        if rubrique.id in asked:
            yield f"## {rubrique.libelle}\n\n" + "\n\n".join(asked[rubrique.id])
        yield from added.get(rubrique.id, [])
    yield from added.get("", [])


def _to_be_placed(reste: list[Words]) -> Iterator[str]:
    items = ["- {} : {}".format(echapper(label), echapper(text.replace("\n", " / "))) for label, text in reste]
    if items:
        yield "## À reclasser\n\n" + "\n".join(items)
