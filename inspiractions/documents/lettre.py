"""What a letter says of a period: new actions, updated ones, dossiers, campaigns, and what the bank lacks.

Nothing is asked of the clock: the two days are given, all other dates are those of the files.

Some actions out of many: by theme, and as unlike one another as can be.

Its forms: plain text for e-mail (72 columns, RFC 3676 without flowing), Markdown for the site, and an HTML e-mail: one file,
nothing to load, styles inside, readable without them, light and dark.
The letters kept under ``docs/lettres/``, and the page that lists them.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

from inspiractions.base.files import write_whole
from inspiractions.base.text import enumerate_fr, typography
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.identity import Identity
from inspiractions.model.source import read_fiche
from inspiractions.model.vocabulaire import Terme, Vocabulaire
from inspiractions.story import labels
from inspiractions.story.coverage import CoverageCell, make_matrices
from inspiractions.story.recit import chemin_de
from inspiractions.theme.assets import read_colours
from inspiractions.theme.templates import Templates

# How many themes are told, and how many actions of each.
THEMES = 8
PAR_THEME = 3


@dataclass(frozen=True)
class LetterGroup:
    """A theme, how many of the actions bear it or one of its children, and those that stand for them."""

    terme: Terme
    total: int
    choisies: tuple[Action, ...]


def group(actions: Sequence[Action], thematiques: Vocabulaire) -> list[LetterGroup]:
    """The themes with most actions, each with some that no other theme shows; the largest first."""
    of_theme = {t.id: [a for a in actions if t.id in _parents(a, thematiques)] for t in thematiques.enfants[""]}
    largest = sorted((t for t in of_theme if of_theme[t]), key=lambda t: (-len(of_theme[t]), thematiques.rangs[t]))
    chosen: list[Action] = []
    groupes = []
    # The smallest theme chooses first: it has the fewest to choose from.
    for theme in reversed(largest[:THEMES]):
        taken = {a.id for a in chosen}
        left = [a for a in of_theme[theme] if a.id not in taken]
        # The theme that a fiche names first is what it is most about.
        about = [a for a in left if _parent(a.thematiques[0], thematiques) == theme]
        some = varied(about, PAR_THEME, chosen) or varied(left, PAR_THEME, chosen)
        chosen += some
        groupes.append(LetterGroup(thematiques[theme], len(of_theme[theme]), tuple(some)))
    return [g for g in reversed(groupes) if g.choisies]


def varied(actions: Iterable[Action], nombre: int, shown: Iterable[Action] = ()) -> list[Action]:
    """So many of the actions, each the most unlike those taken and shown before it; equal ones by id."""
    waiting = sorted(actions, key=lambda a: a.id)
    met: dict[str, int] = {}
    for action in shown:
        _count(action, met)
    taken: list[Action] = []
    while waiting and len(taken) < nombre:
        best = min(waiting, key=lambda a: sum(weight * met.get(trait, 0) for trait, weight in _traits(a)))
        waiting.remove(best)
        taken.append(best)
        _count(best, met)
    return taken


def _count(action: Action, met: dict[str, int]) -> None:
    for trait, _ in _traits(action):
        met[trait] = met.get(trait, 0) + 1


def _traits(action: Action) -> Iterator[tuple[str, int]]:
    """What makes two actions look alike, and how much."""
    yield from ((f"ville {ville.slug}", 12) for ville in action.villes)
    yield from ((f"région {code}", 3) for code in sorted({ville.region for ville in action.villes}))
    yield from ((f"axe {axe}", 1) for axe in action.axes[:1])
    yield from ((f"âge {age}", 1) for age in action.ages[:1])


def _parents(action: Action, thematiques: Vocabulaire) -> set[str]:
    return {_parent(i, thematiques) for i in action.thematiques}


def _parent(identifiant: str, thematiques: Vocabulaire) -> str:
    return thematiques[identifiant].parent or identifiant


# Up to so many new actions, each is told; beyond, some of each theme.
_TOUTES = 12
_MISES_A_JOUR = 8
_APPELS = 4


@dataclass(frozen=True)
class LetterEntry:
    """A link, what stands under it, and a sentence or two; ``adresse`` is absolute."""

    titre: str
    adresse: str
    detail: str = ""
    texte: str = ""


@dataclass(frozen=True)
class LetterList:
    """Entries under a heading (none where ``titre`` is empty); ``suite`` leads to the ones left out."""

    titre: str
    entrees: tuple[LetterEntry, ...]
    suite: LetterEntry | None = None


@dataclass(frozen=True)
class LetterPart:
    """A part of the letter: a heading, a sentence, lists."""

    titre: str
    chapeau: str
    listes: tuple[LetterList, ...] = ()


@dataclass(frozen=True)
class Lettre:
    """``depuis`` and ``jusque`` are both within the period. ``nouvelles``: how many new actions."""

    depuis: date
    jusque: date
    nouvelles: int
    chapeau: str
    parties: tuple[LetterPart, ...]
    site_url: str
    identity: Identity

    @property
    def titre(self) -> str:
        """« La lettre d’Inspir’Actions »."""
        return f"La lettre {self.identity.de_nom}"

    @property
    def periode(self) -> str:
        """``du 1er octobre au 25 novembre 2026``."""
        debut = labels.jour(self.depuis)
        if self.depuis.year == self.jusque.year:
            debut = debut.removesuffix(f" {self.depuis.year}")
        return f"du {debut} au {labels.jour(self.jusque)}"


def make_lettre(banque: Banque, site_url: str, depuis: date, jusque: date) -> Lettre:
    """The letter of a period; ``site_url`` ends with ``/``."""
    return _LetterWriter(banque, site_url, depuis, jusque).lettre()


class _LetterWriter:
    def __init__(self, banque: Banque, site_url: str, depuis: date, jusque: date) -> None:
        self._banque, self._site_url, self._depuis, self._jusque = banque, site_url, depuis, jusque
        self._nouvelles = [a for a in banque.actions if self._within(a.date_publication)]
        self._mises_a_jour = [
            a for a in banque.actions if a.date_publication < depuis and a.verifie_le and self._within(a.verifie_le)
        ]

    def lettre(self) -> Lettre:
        parties = (self._actions(), self._revues(), self._dossiers(), self._campagnes(), self._appels())
        return Lettre(
            self._depuis,
            self._jusque,
            len(self._nouvelles),
            self._chapeau(),
            tuple(partie for partie in parties if partie),
            self._site_url,
            self._banque.identity,
        )

    def _within(self, quand: date) -> bool:
        return self._depuis <= quand <= self._jusque

    def _chapeau(self) -> str:
        n, revues, total = len(self._nouvelles), len(self._mises_a_jour), len(self._banque.actions)
        banque = f"La banque en compte {total}." if total > 1 else ""
        if n:
            villes = len({v.slug for a in self._nouvelles for v in a.villes})
            regions = len({v.region for a in self._nouvelles for v in a.villes if v.region})
            where = f", dans {villes} territoires et {regions} régions" if regions > 1 else ""
            new = f"{n} nouvelles actions sont en ligne{where}." if n > 1 else "Une nouvelle action est en ligne."
            return f"{new} {banque}" if total > n else new
        if revues:
            return f"Aucune nouvelle action sur cette période ; {_compte(revues, 'fiche')} {'ont' if revues > 1 else 'a'} été revue{'s' * (revues > 1)}. {banque}".strip()
        return f"Rien de nouveau sur cette période : aucune action n’a été publiée ni revue. {banque}".strip()

    def _actions(self) -> LetterPart | None:
        if not self._nouvelles:
            return None
        titre = "Nouvelles actions" if len(self._nouvelles) > 1 else "Nouvelle action"
        if len(self._nouvelles) <= _TOUTES:
            return LetterPart(titre, "", (LetterList("", self._recits(self._nouvelles)),))
        groupes = group(self._nouvelles, self._banque.vocabulaires["thematiques"])
        chapeau = "En voici quelques-unes, thème par thème ; les liens mènent à toutes les autres."
        return LetterPart(titre, chapeau, (*map(self._theme, groupes), self._regions()))

    def _theme(self, groupe: LetterGroup) -> LetterList:
        adresse = self._url("explorer/?" + urlencode({"theme": groupe.terme.id, "tri": "date"}))
        others = groupe.total - len(groupe.choisies)
        suite = f"Voir les {others} autres sur ce thème" if others > 1 else "Voir l’autre action sur ce thème"
        titre = f"{groupe.terme.court} ({groupe.total})"
        return LetterList(titre, self._recits(groupe.choisies), LetterEntry(suite, adresse) if others else None)

    def _regions(self) -> LetterList:
        """How many new actions each région has, those with most first."""
        referentiel = self._banque.referentiel
        new = {a.id for a in self._nouvelles}
        counts = {code: sum(a.id in new for a in actions) for code, actions in self._banque.par_region.items()}
        ordered = sorted((code for code in counts if counts[code]), key=lambda c: (-counts[c], referentiel.regions[c]))
        return LetterList(
            "Par région",
            tuple(
                LetterEntry(
                    referentiel.regions[code].replace("'", "’"),
                    self._url(f"regions/{referentiel.slug_of_region(code)}/"),
                    _compte(counts[code], "action"),
                )
                for code in ordered
            ),
        )

    def _revues(self) -> LetterPart | None:
        if not self._mises_a_jour:
            return None
        shown = self._mises_a_jour
        suite = None
        if len(shown) > _MISES_A_JOUR:
            shown = varied(shown, _MISES_A_JOUR)
            suite = LetterEntry(f"Voir les {len(self._mises_a_jour) - len(shown)} autres", self._url("actions/"))
        chapeau = "Quelqu’un a vérifié ces fiches, et les a corrigées s’il le fallait."
        return LetterPart("Fiches revues", chapeau, (LetterList("", self._recits(shown), suite),))

    def _recits(self, actions: Sequence[Action]) -> tuple[LetterEntry, ...]:
        return tuple(
            LetterEntry(a.titre, self._url(chemin_de(a)), " · ".join(filter(None, self._detail(a))), a.resume)
            for a in actions
        )

    def _detail(self, action: Action) -> tuple[str, ...]:
        return (
            labels.lieux(action),
            labels.autour(action.villes, self._banque.referentiel),
            labels.ages(action.ages, self._banque.vocabulaires["ages"]),
        )

    def _dossiers(self) -> LetterPart | None:
        listes = tuple(filter(None, (self._nouveaux_dossiers(), self._dossiers_enrichis())))
        return (
            LetterPart("Dossiers", "Une introduction et une sélection d’actions sur un sujet.", listes)
            if listes
            else None
        )

    def _nouveaux_dossiers(self) -> LetterList | None:
        entrees = tuple(
            LetterEntry(d.entete.titre, self._url(d.chemin), _compte(len(d.actions), "action"), d.entete.resume)
            for d in self._banque.dossiers
            if self._within(d.entete.date_publication)
        )
        return LetterList("Nouveaux" if len(entrees) > 1 else "Nouveau", entrees) if entrees else None

    def _dossiers_enrichis(self) -> LetterList | None:
        new = {a.id for a in self._nouvelles}
        entrees = []
        for dossier in self._banque.dossiers:
            n = sum(a.id in new for a in dossier.actions)
            revu = dossier.entete.verifie_le
            if dossier.entete.date_publication < self._depuis and (n or (revu and self._within(revu))):
                news = f"{n} nouvelle{'s' * (n > 1)} action{'s' * (n > 1)}" if n else "introduction revue"
                entrees.append(LetterEntry(dossier.entete.titre, self._url(dossier.chemin), news))
        return LetterList("Enrichis", tuple(entrees)) if entrees else None

    def _campagnes(self) -> LetterPart | None:
        """The campaigns that one may still answer at the end of the period."""
        entrees = tuple(
            LetterEntry(
                terme.libelle,
                self._url(f"campagnes/{terme.id}/"),
                f"Réponses jusqu’au {labels.jour(date.fromisoformat(terme.cloture))}",
                terme.demande or terme.definition,
            )
            for terme in self._banque.vocabulaires["campagnes"]
            if terme.cloture >= self._jusque.isoformat()
        )
        titre = "Recueils en cours" if len(entrees) > 1 else "Recueil en cours"
        return LetterPart(titre, "", (LetterList("", entrees),)) if entrees else None

    def _appels(self) -> LetterPart | None:
        if not self._banque.actions:
            return None
        entrees = tuple(self._appel(case, precision) for case, precision in _rares(self._banque))
        suite = LetterEntry("Proposer une action", self._url("contribuer/"))
        couverture = "Voici ce que la banque a le moins. Votre ville a fait quelque chose de cet ordre, même petit, même inachevé ? Racontez-le."
        return LetterPart("Ce qui nous manque", couverture, (LetterList("", entrees, suite),))

    def _appel(self, case: CoverageCell, precision: str) -> LetterEntry:
        age = case.age.court if case.age else ""
        axe = case.axe.court if case.axe else ""
        count = _compte(case.nombre, "action") if case.nombre else "aucune action"
        return LetterEntry(enumerate_fr((age, axe), "et") + precision, self._url(case.chemin), count)

    def _url(self, chemin: str) -> str:
        return self._site_url + chemin


def _rares(banque: Banque) -> Iterator[tuple[CoverageCell, str]]:
    """The rarest cells, anywhere or in priority neighbourhoods, no age and no axis twice as long as there are others."""
    toutes, *par_qpv = make_matrices(banque)
    en_qpv = [case for m in par_qpv if m.qpv and m.qpv.id == "oui" for case in m.cases]
    cases = [*((c, "") for c in toutes.cases), *((c, ", en quartier prioritaire") for c in en_qpv)]
    waiting = sorted(cases, key=lambda pair: pair[0].nombre)
    met: set[str] = set()
    for _ in range(min(_APPELS, len(waiting))):
        chosen = min(waiting, key=lambda pair: (pair[0].nombre > 0, len(met & _noms(pair[0])), pair[0].nombre))
        waiting.remove(chosen)
        met |= _noms(chosen[0])
        yield chosen


def _noms(case: CoverageCell) -> set[str]:
    return {f"{key} {terme.id}" for key, terme in (("age", case.age), ("axe", case.axe)) if terme}


def _compte(nombre: int, mot: str) -> str:
    return f"{nombre} {mot}{'s' * (nombre > 1)}"


LARGEUR = 72
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|])")


def make_texte(lettre: Lettre) -> str:
    """Plain text: a link stands on a line of its own, which may be longer than the others."""
    lines = [*_wrapped(lettre.titre), *_wrapped(lettre.periode[:1].upper() + lettre.periode[1:]), "=" * LARGEUR, ""]
    lines += [*_wrapped(lettre.chapeau), ""]
    for partie in lettre.parties:
        lines += ["", *_wrapped(partie.titre.upper()), "-" * LARGEUR, ""]
        if partie.chapeau:
            lines += [*_wrapped(partie.chapeau), ""]
        for liste in partie.listes:
            lines += _liste(liste)
    lines += [
        "",
        "-" * LARGEUR,
        *_wrapped(f"Textes sous {lettre.identity.licence.nom}. La banque, les fils et toutes les données :"),
        lettre.site_url,
    ]
    return "\n".join(lines) + "\n"


def _liste(liste: LetterList) -> Iterator[str]:
    if liste.titre:
        yield from (*_wrapped(f"[ {liste.titre} ]"), "")
    for entree in liste.entrees:
        yield from _wrapped(f"* {entree.titre}", "  ")
        if entree.detail:
            yield from _wrapped(f"  {entree.detail}", "  ")
        if entree.texte:
            yield from _wrapped(f"  {entree.texte}", "  ")
        yield f"  {entree.adresse}"
        yield ""
    if liste.suite:
        yield from _wrapped(f"> {liste.suite.titre} :", "  ")
        yield from (f"  {liste.suite.adresse}", "")


def _wrapped(texte: str, suite: str = "") -> list[str]:
    # No-break spaces hold what typography binds.
    return textwrap.wrap(
        typography(texte), LARGEUR, subsequent_indent=suite, break_long_words=False, break_on_hyphens=False
    )


def make_markdown(lettre: Lettre) -> str:
    """A page for ``docs/lettres/``, with its front matter."""
    titre = f"Lettre {lettre.periode}"
    lines = ["---", f"title: {titre}", f"description: {_yaml(lettre.chapeau)}", "---", "", f"# {titre}", ""]
    lines += [_md(lettre.chapeau), ""]
    for partie in lettre.parties:
        lines += [f"## {_md(partie.titre)}", ""]
        if partie.chapeau:
            lines += [_md(partie.chapeau), ""]
        for liste in partie.listes:
            if liste.titre:
                lines += [f"### {_md(liste.titre)}", ""]
            lines += [_item(entree) for entree in liste.entrees]
            if liste.suite:
                lines += ["", f"[{_md(liste.suite.titre)}]({liste.suite.adresse})"]
            lines += [""]
    return "\n".join(lines).rstrip("\n") + "\n"


def _item(entree: LetterEntry) -> str:
    detail = f" – {_md(entree.detail)}" if entree.detail else ""
    texte = f"  \n  {_md(entree.texte)}" if entree.texte else ""
    return f"- [{_md(entree.titre)}]({entree.adresse}){detail}{texte}"


def _md(texte: str) -> str:
    return _SPECIAL.sub(r"\\\1", typography(texte))


def _yaml(texte: str) -> str:
    return '"{}"'.format(texte.replace("\\", "\\\\").replace('"', '\\"'))


def make_courriel(lettre: Lettre, templates: Templates) -> str:
    """The document. Its colours are those of the site, whose two schemes mail programs choose from."""
    root = templates.root
    html = templates.render(
        "lettre", lettre=lettre, titre=lettre.titre, clair=read_colours(root), sombre=read_colours(root, "slate")
    )
    return typography(html)


_JOUR = re.compile(r"\d{4}-\d\d-\d\d")
_TETE = """---
title: Lettres
description: Ce qui est paru dans la banque, lettre par lettre.
---

# Lettres

Ce qui est paru dans la banque, de la lettre la plus récente à la plus ancienne.

"""


def keep(root: Path, lettre: Lettre) -> Path:
    """Write ``docs/lettres/<jusque>.md`` and the list of all letters; returns the path of the letter."""
    folder = root / "docs" / "lettres"
    path = folder / f"{lettre.jusque.isoformat()}.md"
    write_whole(path, make_markdown(lettre))
    lines = [f"- [{_titre(root, p)}]({p.name})\n" for p in sorted(folder.glob("*.md"), reverse=True) if _is_lettre(p)]
    write_whole(folder / "index.md", _TETE + "".join(lines))
    return path


def _is_lettre(path: Path) -> bool:
    if not _JOUR.fullmatch(path.stem):
        return False
    try:
        date.fromisoformat(path.stem)
    except ValueError:
        return False
    return True


def _titre(root: Path, path: Path) -> str:
    source, _ = read_fiche(root, path)
    return str(source.meta.get("title", path.stem)) if source else path.stem
