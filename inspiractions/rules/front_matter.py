"""Rules on the front matter, on the images that it names, and on its figures: each stands in the words of the récit, too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from inspiractions.base.images import MAX_BYTES, MAX_PIXELS, OversizedImage, UnreadableImage, decode
from inspiractions.base.problem import Problem
from inspiractions.base.text import enumerate_fr, nearest, slugify
from inspiractions.model.action import MAX_ID, Action
from inspiractions.model.banque import Banque
from inspiractions.model.source import Place, Source
from inspiractions.model.types import Mois
from inspiractions.story.labels import amounts_in, words_of

ID = re.compile(rf"(?=.{{1,{MAX_ID}}}\Z)[a-z0-9]+(?:-[a-z0-9]+)*")
# A page of the lists is « page/2/ »; Windows holds no file of the others, whatever its extension.
_DEVICES = ("con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)))
_RESERVED = ("page", *_DEVICES)


def is_id(name: str) -> bool:
    """Whether a name can be that of a fiche, of a dossier or of one that was renamed."""
    return bool(ID.fullmatch(name)) and name not in _RESERVED


def identifiant(source: Source, banque: Banque) -> Iterator[Problem]:
    """Le nom du fichier est l’identifiant permanent : minuscules sans accent, chiffres et tirets, 80 signes au plus."""
    if not is_id(source.stem):
        proposal = slugify(source.stem)[:MAX_ID].strip("-") or "nouvelle-action"
        proposal = f"action-{proposal}" if proposal in _RESERVED else proposal
        yield source.problem(
            1,
            "identifiant",
            f"nom de fichier « {source.stem}.md » refusé : renommez-le, par exemple « {proposal}.md ».",
        )


def territoire(source: Source, action: Action, banque: Banque) -> Iterator[Problem]:
    """Une banque qui a dit son territoire dans « mkdocs.yml » raconte des actions dont l’un des lieux s’y trouve."""
    own = banque.identity.territoire
    if not own:
        return
    regions = {banque.referentiel.region_of[code] for code in own}
    if not any(lieu.departement in own or (not lieu.departement and lieu.region in regions) for lieu in action.villes):
        yield source.problem(
            ("villes",),
            "territoire",
            f"{enumerate_fr(f'« {lieu.nom} »' for lieu in action.villes)} : hors du territoire de la banque ; ajoutez un lieu qui y soit, ou corrigez « territoire » dans mkdocs.yml.",
        )


def dates(source: Source, action: Action, banque: Banque) -> Iterator[Problem]:
    """Les dates se suivent : le début avant la fin, la rédaction avant la publication, la publication avant la vérification."""
    periode = action.periode
    if periode and periode.debut and isinstance(periode.fin, Mois) and _before(periode.fin, periode.debut):
        yield source.problem(
            ("periode", "fin"),
            "dates",
            f"la fin ({periode.fin.iso}) précède le début ({periode.debut.iso}) : corrigez l’une des deux.",
        )
    if action.date_redaction and action.date_redaction > action.date_publication:
        yield source.problem(
            ("date_redaction",),
            "dates",
            f"la rédaction ({action.date_redaction}) suit la publication ({action.date_publication}) : corrigez l’une des deux.",
        )
    if action.verifie_le and action.verifie_le < action.date_publication:
        yield source.problem(
            ("verifie_le",),
            "dates",
            f"la vérification ({action.verifie_le}) précède la publication ({action.date_publication}) : corrigez l’une des deux.",
        )


def doublons(source: Source, action: Action, banque: Banque) -> Iterator[Problem]:
    """Une liste ne dit pas deux fois la même chose."""
    for key in (
        "villes",
        "ages",
        "axes",
        "thematiques",
        "determinants",
        "publics",
        "leviers",
        "freins",
        "partenaires",
        "inspiree_de",
        "evaluation",
    ):
        values = getattr(action, key)
        for i, value in enumerate(values):
            if value in values[:i]:
                yield source.problem(
                    (key, i),
                    "doublons",
                    f"« {key} » contient deux fois « {getattr(value, 'nom', value)} » : gardez-en un.",
                )


def quartier_du_departement(source: Source, action: Action, banque: Banque) -> Iterator[Problem]:
    """Le code d’un quartier prioritaire commence par le département d’une des villes de l’action."""
    departements = {v.departement for v in action.villes if v.departement}
    for i, quartier in enumerate(action.quartiers):
        # Three signs since 2024 and overseas before; two in mainland France before 2024 (QP075001: 0 + 75).
        departement = quartier.code[2:5] if quartier.code else ""
        departement = departement[1:] if departement.startswith("0") else departement
        if departement and departements and departement not in departements:
            yield source.problem(
                ("quartiers", i, "code"),
                "quartiers",
                f"le code « {quartier.code} » désigne le département {departement}, mais l’action est dans {', '.join(sorted(departements))} : vérifiez le code.",
            )


def champs_deduits(source: Source, action: Action, banque: Banque) -> Iterator[Problem]:
    """« champs_deduits » nomme des clés de la fiche ou des rubriques du récit."""
    rubriques = banque.vocabulaires["rubriques"]
    known = [*type(action).model_fields, *rubriques.termes]
    for i, key in enumerate(action.champs_deduits):
        if key not in known:
            near = nearest(key, known)
            advice = f"vouliez-vous « {near} » ?" if near else "nommez une clé de la fiche ou une rubrique."
            yield source.problem(
                ("champs_deduits", i), "champs-deduits", f"« {key} » n’est ni une clé ni une rubrique ; {advice}"
            )


def a_verifier(source: Source, action: Action, banque: Banque) -> Iterator[Problem]:
    """Une fiche publiée n’a plus rien sous « a_verifier », ni de section « À reclasser »."""
    if action.statut != "publiee":
        return
    for i, key in enumerate(action.a_verifier):
        yield source.problem(
            ("a_verifier", i),
            "a-verifier",
            f"« {key} » est une proposition de l’import : relisez-la, ôtez « {key} » de « a_verifier », ou remettez « statut: brouillon ».",
        )
    for section in source.sections:
        if slugify(section.titre) == "a-reclasser":
            yield source.problem(
                section.line,
                "a-verifier",
                "la section « À reclasser » vient de l’import : rangez chaque ligne à sa place ou effacez-la, ou remettez « statut: brouillon ».",
            )


def inspirations(source: Source, action: Action, banque: Banque) -> Iterator[Problem]:
    """« inspiree_de » nomme d’autres actions de la banque."""
    for i, other in enumerate(action.inspiree_de):
        if other == source.stem:
            yield source.problem(
                ("inspiree_de", i), "inspirations", "une action ne s’inspire pas d’elle-même : ôtez cette ligne."
            )
        elif not (ID.fullmatch(other) and (banque.root / "actions" / f"{other}.md").is_file()):
            near = nearest(other, banque.par_id, floor=0.7)
            advice = f"vouliez-vous « {near} » ?" if near else "écrivez le nom d’un fichier d’actions/, sans « .md »."
            yield source.problem(
                ("inspiree_de", i), "inspirations", f"« {other} » n’est pas une action de la banque ; {advice}"
            )


def _before(a: Mois, b: Mois) -> bool:
    """Whether ``a`` is surely before ``b``: a year alone may be any of its months."""
    return a.annee < b.annee or (a.annee == b.annee and 0 < a.mois < b.mois)


# What an address can hold as it is, and any file system, too.
_FICHIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,100}\.(?:jpe?g|png|webp)", re.A)


def illustrations(source: Source, action: Action, banque: Banque) -> Iterator[Problem]:
    """Une illustration est un fichier de actions/images/<id>/, d’un mégaoctet au plus, sans métadonnées."""
    folder = banque.root / "actions" / "images" / source.stem
    for i, illustration in enumerate(action.illustrations):
        place: Place = ("illustrations", i, "fichier")
        path = folder / illustration.fichier
        shown = f"actions/images/{source.stem}/{illustration.fichier}"
        if not _FICHIER.fullmatch(illustration.fichier):
            yield source.problem(
                place,
                "illustrations",
                f"« {illustration.fichier} » n’est pas un nom de fichier admis dans actions/images/{source.stem}/ : lettres sans accent, chiffres et tirets, puis .jpg, .jpeg, .png ou .webp.",
            )
            continue
        if path.resolve() != banque.root.resolve() / shown:
            yield source.problem(
                place,
                "illustrations",
                f"{shown} est un lien symbolique : mettez à cette place l’image elle-même.",
            )
            continue
        if not path.is_file():
            yield source.problem(
                place, "illustrations", f"l’image {shown} n’existe pas : ajoutez le fichier ou corrigez son nom."
            )
            continue
        yield from _image_faults(source, place, path, shown)


def _image_faults(source: Source, place: Place, path: Path, shown: str) -> Iterator[Problem]:
    if path.stat().st_size > MAX_BYTES:
        yield source.problem(
            place,
            "illustrations",
            f"l’image {shown} pèse {path.stat().st_size // 1000} Ko ; {MAX_BYTES // 1000} Ko au plus : réduisez-la.",
        )
        return
    try:
        image = decode(path)
    except OversizedImage:
        yield source.problem(
            place,
            "illustrations",
            f"l’image {shown} compte plus de {MAX_PIXELS // 1_000_000} millions de pixels : réduisez ses dimensions.",
        )
        return
    except UnreadableImage:
        yield source.problem(
            place, "illustrations", f"{shown} n’est pas une image JPEG, PNG ou WebP lisible : exportez-la de nouveau."
        )
        return
    if image.has_metadata:
        yield source.problem(
            place,
            "illustrations",
            f"l’image {shown} porte des métadonnées (appareil, lieu, auteur) : enregistrez-la sans EXIF.",
        )


# The rubriques that a key figure is taken from.
_RESULTS = ("resultats", "r-chiffres")
_NUMBER = re.compile(r"(?<!\w)\d+(?:[  ]\d{3})*(?:,\d+)?")
# Below, an amount is rather a price than a budget.
_PRICE = 2_000


def chiffre_cle(source: Source, action: Action, banque: Banque) -> Iterator[Problem]:
    """Le chiffre clé et les nombres qui l’expliquent sont écrits, tels quels, sous « Résultats »."""
    if not action.chiffre_cle:
        return
    results = _plain(" ".join(action.rubriques_par_id[i].texte for i in _RESULTS if i in action.rubriques_par_id))
    valeur, compte = action.chiffre_cle.valeur, action.chiffre_cle.compte
    if not _NUMBER.search(valeur):
        yield source.problem(
            ("chiffre_cle", "valeur"),
            "chiffre-cle",
            f"« {valeur} » ne contient aucun nombre en chiffres : écrivez le chiffre et son unité, par exemple « 86 % ».",
        )
    elif not _stands_in(valeur, results):
        yield source.problem(
            ("chiffre_cle", "valeur"),
            "chiffre-cle",
            f"« {valeur} » n’est pas sous « Résultats » : écrivez le chiffre comme il y est, ou racontez-le d’abord dans le récit.",
        )
    for number in _NUMBER.findall(_plain(compte)):
        if not _stands_in(number, results):
            yield source.problem(
                ("chiffre_cle", "compte"),
                "chiffre-cle",
                f"le nombre « {number} » n’est pas sous « Résultats » : gardez ceux que le récit donne.",
            )


def montants(source: Source, action: Action, banque: Banque) -> Iterator[Problem]:
    """Un montant est une somme que les lignes du budget disent ; une somme de 2 000 € ou plus qui n’y est pas est à relire."""
    if not action.budget:
        return
    written = [euros for words in words_of(action.budget) for euros in amounts_in(words)]
    given = [montant.euros for montant in action.budget.montants]
    for i, euros in enumerate(given):
        if euros not in written:
            read = f" ; on y lit {enumerate_fr(map(_in_words, written))}" if written else ""
            yield source.problem(
                ("budget", "montants", i, "euros"),
                "montants",
                f"« {euros} » n’est dans aucune ligne du budget{read} : écrivez-y la somme dans les mots de la ville.",
            )
    for euros in dict.fromkeys(written):
        if euros >= _PRICE and euros not in given:
            yield source.problem(
                ("budget",),
                "montants",
                f"la somme de {_in_words(euros)} n’est pas sous « montants » : ajoutez « - euros: {euros} », avec « par: an » ou « par: total », pour que le filtre « Ordre de coût » la trouve.",
                doubt=True,
            )


def _in_words(euros: int) -> str:
    return f"{euros:,} €".replace(",", " ")


def _plain(texte: str) -> str:
    """One line, with one kind of space."""
    return " ".join(texte.split())


def _stands_in(words: str, texte: str) -> bool:
    """Whether some words stand in a text, no longer number around them."""
    pattern = rf"(?<![\w])(?<!\d[,. ]){re.escape(_plain(words))}(?!\w)(?![,. ]\d)"
    return bool(re.search(pattern, texte, re.I))
