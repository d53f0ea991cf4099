"""``Banque``: all actions, and who is where: by term of each vocabulary, by place.

``Dossier``: an introduction and a living selection of its actions, as ``dossiers/<id>.md`` tells it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from inspiractions.base import parallel
from inspiractions.base.digests import digest
from inspiractions.base.files import RawFile, read_raw_file, written_files
from inspiractions.base.memo import FileStates, Memo
from inspiractions.base.personal_life import Lexicon, read_lexicon
from inspiractions.base.problem import Problem
from inspiractions.model.action import Action
from inspiractions.model.enquete import Enquete
from inspiractions.model.facette import Facette
from inspiractions.model.identity import Identity, load_identity, read_identity
from inspiractions.model.parse import parse_action
from inspiractions.model.questionnaire import Questionnaire
from inspiractions.model.source import Source, decode_fiche
from inspiractions.model.territoire import Lieu, Referentiel
from inspiractions.model.types import Jour, Mois, ParseContext, Texte, Textes
from inspiractions.model.vocabulaire import (
    Glossaire,
    Terme,
    Vocabulaire,
    Vocabulaires,
    load_glossaire,
    load_vocabulaires,
)

_RECIT = re.compile(r"\]\(\.\./actions/([a-z0-9-]+)\.md")


class EnTeteDeDossier(BaseModel):
    """The front matter. Field names are the YAML keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    titre: Annotated[Texte, Field(max_length=100, description="Le sujet, en 100 signes au plus.")]
    resume: Annotated[Texte, Field(max_length=300, description="Une ou deux phrases, en 300 signes au plus.")]
    selection: Annotated[Texte, Field(description="L’adresse d’une recherche de l’explorateur.")]
    date_publication: Annotated[Jour, Field(description="Première mise en ligne.")]
    genre: Annotated[Literal["sujet", "projet"], Field(description="« projet » : par où commencer.")] = "sujet"
    epingles: Annotated[Textes, Field(description="Les actions montrées d’abord.")] = ()
    exclues: Annotated[Textes, Field(description="Les actions de la sélection à ne pas montrer.")] = ()
    verifie_le: Annotated[Jour | None, Field(description="Dernière relecture de l’introduction.")] = None
    anciens_ids: Annotated[Textes, Field(description="Les anciens noms du fichier : leurs adresses mènent ici.")] = ()


@dataclass(frozen=True)
class Dossier:
    """``adresse``: the search in the explorer, ``?theme=…``; ``trouvees``: how many actions it finds there."""

    source: Source
    entete: EnTeteDeDossier
    adresse: str
    trouvees: int
    epinglees: tuple[Action, ...]
    autres: tuple[Action, ...]

    @property
    def id(self) -> str:
        """The stem of the file: the permanent id."""
        return self.source.stem

    @property
    def chemin(self) -> str:
        """Where it stands on the site."""
        return f"dossiers/{self.id}/"

    @property
    def pdf(self) -> str:
        """The address of its recueil, where one is made."""
        return f"{self.chemin}{self.id}.pdf"

    @property
    def introduction(self) -> str:
        """The Markdown of its text, where ``../actions/<id>.md`` has become the address of the récit on the site."""
        return _RECIT.sub(r"](actions/\1/", self.source.body)

    @property
    def actions(self) -> tuple[Action, ...]:
        """All that it shows, the pinned ones first."""
        return self.epinglees + self.autres

    @property
    def date_maj(self) -> date:
        """The newest date of the introduction and of the actions."""
        own = self.entete.verifie_le or self.entete.date_publication
        return max(own, *(a.date_maj for a in self.actions))


Actions = tuple[Action, ...]
ReadFiche = tuple[Source | None, Action | None, list[Problem]]
"""What was read of a fiche."""
_FICHE = "fiche"


@dataclass(frozen=True)
class Banque:
    """Everything that is published. ``actions`` run from the newest to the oldest; ``retirees`` keep their address only.

    ``brouillons``: the drafts by path of their fiche, ``None`` where one could not be parsed.
    ``enquetes``: by campaign, the surveys that have public answers.
    ``questionnaires``: the Word forms, by id. ``glossaire``: what people type and no récit says.
    """

    root: Path
    vocabulaires: Vocabulaires
    referentiel: Referentiel
    actions: Actions
    retirees: Actions = ()
    brouillons: Mapping[str, Action | None] = field(default_factory=dict)
    dossiers: tuple[Dossier, ...] = ()
    enquetes: Mapping[str, Enquete] = field(default_factory=dict)
    questionnaires: Mapping[str, Questionnaire] = field(default_factory=dict)
    glossaire: Glossaire = field(default_factory=dict)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words that tell persons from services and places."""
        return read_lexicon(self.root)

    @cached_property
    def identity(self) -> Identity:
        """Whose bank it is."""
        return read_identity(self.root)

    @cached_property
    def departements(self) -> tuple[str, ...]:
        """The codes of the départements that the bank is about: those of its territory, else all."""
        return self.identity.territoire or tuple(self.referentiel.departements)

    @cached_property
    def dossiers_de(self) -> Mapping[str, tuple[Dossier, ...]]:
        """By id of action, the dossiers that show it."""
        by_action: dict[str, tuple[Dossier, ...]] = {}
        for dossier in self.dossiers:
            for action in dossier.actions:
                by_action[action.id] = (*by_action.get(action.id, ()), dossier)
        return by_action

    @cached_property
    def par_id(self) -> Mapping[str, Action]:
        """The published actions by id."""
        return {a.id: a for a in self.actions}

    @property
    def facettes(self) -> tuple[Facette, ...]:
        """The ways into this bank: the product's that it keeps, and its own."""
        return self.vocabulaires.facettes

    def facette(self, cle: str) -> Facette | None:
        """The facet of that key; nothing where this bank does without."""
        return next((facette for facette in self.facettes if facette.cle == cle), None)

    def on_cards(self, action: Action) -> list[str]:
        """What the cards of an action say of the facets that the bank asked them to show."""
        shown = (facette for facette in self.facettes if facette.carte)
        return [self.vocabulaire(facette)[i].court for facette in shown for i in facette.ids(action)]

    def vocabulaire(self, facette: Facette) -> Vocabulaire:
        """The closed list that a facette draws from."""
        return self.vocabulaires[facette.nom_de_liste]

    @cached_property
    def _par_terme(self) -> Mapping[str, Mapping[str, Actions]]:
        return {f.cle: self._group(f) for f in self.facettes}

    def avec(self, facette: Facette, terme: Terme) -> Actions:
        """The actions that bear a term or one of its children."""
        return self._par_terme[facette.cle][terme.id]

    def _group(self, facette: Facette) -> Mapping[str, Actions]:
        vocabulaire = self.vocabulaire(facette)
        grouped: dict[str, list[Action]] = {terme.id: [] for terme in vocabulaire}
        for action in self.actions:
            for identifiant in _with_parents(vocabulaire, facette.ids(action)):
                grouped[identifiant].append(action)
        return {identifiant: tuple(actions) for identifiant, actions in grouped.items()}

    @cached_property
    def par_region(self) -> Mapping[str, Actions]:
        """Actions by région code, each once a région, whatever the number of its cities."""
        return self._by_place(lambda lieu: lieu.region)

    @cached_property
    def par_departement(self) -> Mapping[str, Actions]:
        """Actions by département code, each once a département."""
        return self._by_place(lambda lieu: lieu.departement)

    @cached_property
    def par_ville(self) -> Mapping[str, Actions]:
        """Actions by slug of commune or EPCI."""
        return self._by_place(lambda lieu: lieu.slug if lieu.genre in ("commune", "epci") else "")

    @cached_property
    def villes(self) -> Mapping[str, Lieu]:
        """The communes and EPCI that have an action, by slug."""
        lieux = {v.slug: v for a in self.actions for v in a.villes if v.genre in ("commune", "epci")}
        return dict(sorted(lieux.items()))

    def _by_place(self, key: Callable[[Lieu], str]) -> Mapping[str, Actions]:
        grouped: dict[str, list[Action]] = {}
        for action in self.actions:
            for code in dict.fromkeys(key(ville) for ville in action.villes):
                if code:
                    grouped.setdefault(code, []).append(action)
        return {code: tuple(actions) for code, actions in sorted(grouped.items())}


def load_banque(
    root: Path, drafts: bool = False, memo: Memo | None = None
) -> tuple[Banque, list[tuple[Source, Action | None]], list[Problem]]:
    """Read and parse everything under ``root``: the bank, every fiche that could be read, every problem met.

    Drafts are parsed and checked, and gathered only when asked. What ``memo`` holds is not parsed again.
    """
    memo = memo or Memo(None, b"")
    vocabulaires, problems = load_vocabulaires(root)
    glossaire, faults = memo.get_or_make("glossaire", b"", lambda: load_glossaire(root))
    problems += (*faults, *load_identity(root)[1])
    contexte = ParseContext(vocabulaires, Referentiel(root, memo))
    fiches: list[tuple[Source, Action | None]] = []
    for source, action, faults in _read_all(root, contexte, memo):
        problems += faults
        if source:
            fiches.append((source, action))
    actions = [action for _, action in fiches if action]
    banque = Banque(
        root,
        vocabulaires,
        contexte.referentiel,
        _newest_first(a for a in actions if a.statut == "publiee" or (drafts and a.statut == "brouillon")),
        _newest_first(a for a in actions if a.statut == "retiree"),
        {source.path: action for source, action in fiches if _statut(source, action) == "brouillon"},
        glossaire=glossaire,
    )
    return banque, fiches, problems


def _read_all(root: Path, contexte: ParseContext, memo: Memo) -> Iterator[ReadFiche]:
    """The fiches in the order of their names; those that are new are parsed by several processes where they are many."""
    known: list[ReadFiche | None] = []
    new: list[tuple[bytes, RawFile]] = []
    states = FileStates(root / "actions", memo)
    for path in written_files(root / "actions", "*.md"):
        key = states.key_of(path)
        lue: ReadFiche | None = memo.peek_staying(_FICHE, key) if key else None
        if lue is None:
            fichier = read_raw_file(root, path)
            key = digest(fichier.name, fichier.content, str(fichier.size), str(fichier.is_clean))
            lue = memo.peek_staying(_FICHE, key)
            states.learn(path, key)
            if lue is None:
                new.append((key, fichier))
        known.append(lue)
    # A build that learns nothing else has nothing to keep.
    if new:
        states.keep()

    def parse(task: tuple[bytes, RawFile]) -> ReadFiche:
        key, fichier = task
        return memo.get_or_make(_FICHE, key, lambda: _parse(fichier, contexte))

    parsed = parallel.map_forked(parse, new, memo, contexte.referentiel.read_communes)
    return (lue or next(parsed) for lue in known)


def _parse(fichier: RawFile, contexte: ParseContext) -> ReadFiche:
    source, problems = decode_fiche(fichier)
    if not source:
        return None, None, problems
    action, faults = parse_action(source, contexte)
    return source, action, problems + faults


def _statut(source: Source, action: Action | None) -> object:
    """As far as it is known of a fiche that could not be parsed."""
    return action.statut if action else source.meta.get("statut")


def _newest_first(actions: Iterable[Action]) -> Actions:
    by_id = sorted(actions, key=lambda a: a.id)
    return tuple(sorted(by_id, key=lambda a: (a.date_publication, _start(a)), reverse=True))


def _start(action: Action) -> Mois:
    return (action.periode and action.periode.debut) or Mois(0)


def _with_parents(vocabulaire: Vocabulaire, ids: Iterable[str]) -> Iterable[str]:
    with_parents: dict[str, None] = {}
    for identifiant in ids:
        with_parents[identifiant] = None
        if vocabulaire[identifiant].parent:
            with_parents[vocabulaire[identifiant].parent] = None
    return with_parents
