"""A Word form as data: what it asks, in which words, and where the answers go.

One list of blocks a part, in the order of the document. The format is told at the top of ``formulaires/sej-2024.yml``
(docs/adr/007-formulaires-en-donnees.md); in what is read of it, every fault is a French sentence at its line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from inspiractions.base.files import find, written_files
from inspiractions.base.problem import Problem
from inspiractions.base.text import nearest
from inspiractions.model.source import Place, Source, Value, read_yaml
from inspiractions.model.vocabulaire import Vocabulaires

PARTIES = ("presentation", "repondants", "introduction", "fiche", "cloture", "enquete")
DISPOSITIONS = ("deux-colonnes", "pleine-largeur")
_QUESTION = ("vers", "rubrique", "sous_titre", "variantes", "lignes_vides", "gras")
# The kinds of blocks, each with the keys that it may carry.
GENRES: Mapping[str, tuple[str, ...]] = {
    "titre": ("niveau", "nouvelle_page"),
    "texte": ("gras", "centre", "italique"),
    "liste": (),
    "encadre": (),
    "espace": (),
    "bandeau": (),
    "ligne": (*_QUESTION, "longue", "puce"),
    "groupe": ("lignes", "case"),
    "case": (),
    "question": (*_QUESTION, "numero"),
    "nom": ("vers", "variantes"),
    "choix": ("vers", "variantes", "options", "en_ligne"),
    "partenaires": ("vers", "colonnes", "champs", "lignes_vides"),
    "photos": ("variantes",),
}
# The kinds that ask something.
DEMANDES = ("ligne", "question", "nom", "choix", "partenaires", "photos")

# Where answers go (``vers``), in the order of what is extracted: texts that every form has, texts that some have, the lines of
# a budget, who to write to, choices that every form may have, choices that one form has.
TEXTS = (
    "titre",
    "ville",
    "date_redaction",
    "periode",
    "echelle",
    "porteur",
    "role_collectivite",
    "services_elus",
    "partenaires",
)
MORE_TEXTS = ("service_pilote", "role_service_sante", "population_cible")
BUDGET = ("texte", "fonctionnement", "investissement", "contribution", "financeurs")
CONTACT = ("nom", "fonction", "service", "email", "telephone")
CHOICES = ("ages", "types_action", "determinants", "cible")
MORE_CHOICES = ("specificites_territoire", "presenter_gt")


@dataclass(frozen=True)
class Option:
    """A box to tick. ``valeur`` is its name in what is extracted; ``classement`` the ids that it gives, by key of the fiche."""

    libelle: str
    valeur: str
    autre: bool = False
    points: int = 0
    classement: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    qpv: str = ""


@dataclass(frozen=True)
class FormBlock:
    """One block. ``genre`` is a key of ``GENRES``; ``texte`` holds the exact words, a line break where the form has one.

    ``blocs``: what an ``encadre``, a ``case`` or a ``groupe`` holds (``rangees``: one row each). ``items``: the bullets of
    a ``liste``, the columns of a ``partenaires``.
    """

    genre: str
    texte: str
    line: int
    vers: str = ""
    rubrique: str = ""
    sous_titre: str = ""
    variantes: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    blocs: tuple[FormBlock, ...] = ()
    rangees: bool = False
    items: tuple[str, ...] = ()
    champs: tuple[str, ...] = ()
    lignes_vides: int = 0
    niveau: int = 0
    longue: bool = False
    puce: bool = False
    numero: bool = False
    gras: bool = False
    centre: bool = False
    italique: bool = False
    nouvelle_page: bool = False
    en_ligne: bool = False

    @property
    def libelle(self) -> str:
        """The words on one line."""
        return " ".join(self.texte.split())

    @property
    def titre(self) -> str:
        """The words on one line, without the « : » that ends them: the name of the section in what is extracted."""
        return self.libelle.rstrip(": \u00a0\u202f")

    @property
    def is_own_choice(self) -> bool:
        """Whether its boxes are those of a facet that the bank declares."""
        return self.genre == "choix" and self.vers not in (*CHOICES, *MORE_CHOICES)

    def demandes(self) -> Iterator[FormBlock]:
        """The blocks that ask something, this one or those that it holds, in order."""
        if self.genre in DEMANDES:
            yield self
        for bloc in self.blocs:
            yield from bloc.demandes()


@dataclass(frozen=True)
class Questionnaire:
    """A Word form. ``id`` is the stem of its file; ``parties`` holds the blocks by name of part, in order."""

    id: str
    titre: str
    modele: str
    campagne: str
    disposition: str
    parties: Mapping[str, tuple[FormBlock, ...]]
    pied: str = ""
    reconnaitre: tuple[str, ...] = ()
    nombre_repondants: int = 1
    disposition_repondants: str = "l-un-sous-l-autre"
    rubriques_libres: bool = False

    def demandes(self, partie: str) -> tuple[FormBlock, ...]:
        """What a part asks, in order."""
        return tuple(d for bloc in self.parties.get(partie, ()) for d in bloc.demandes())


# What an option that is ticked says in the fiche: by key, the vocabulary of its ids.
CLASSEMENT = {nom: nom for nom in ("ages", "axes", "determinants", "publics", "thematiques")} | {
    "evaluation": "evaluations"
}
_CONTACT = tuple(f"contact.{key}" for key in CONTACT)
_TEXTES = (*TEXTS, *MORE_TEXTS, "budget", *(f"budget.{key}" for key in BUDGET), *_CONTACT)
_CHOIX = (*CHOICES, *MORE_CHOICES)
_REPONDANT = ("nom", "email", "tel", "fonction", "delegation", "ville")


def classement(vocabulaires: Vocabulaires) -> Mapping[str, str]:
    """``CLASSEMENT``, and the facets that the bank declares."""
    return {**CLASSEMENT, **{facette.cle: facette.nom_de_liste for facette in vocabulaires.facettes if facette.propre}}


def load_questionnaires(root: Path, vocabulaires: Vocabulaires) -> tuple[dict[str, Questionnaire], list[Problem]]:
    """Read every form, by id; a faulty one is left out, with its problems."""
    formulaires: dict[str, Questionnaire] = {}
    problems: list[Problem] = []
    folder = find(root, "formulaires")
    for path in written_files(folder, "*.yml"):
        value, source, faults = read_yaml(folder.parent, path)
        reader = _QuestionnaireReader(source, vocabulaires)
        formulaire = reader.formulaire(value)
        faults += reader.problems
        if faults and folder != root / "formulaires":
            # A form of the product that asks for words this bank does not have.
            continue
        problems += faults
        if formulaire and not faults:
            formulaires[formulaire.id] = formulaire
    return formulaires, problems


class _QuestionnaireReader:
    """Turns the plain values of one file into blocks, and keeps every problem met."""

    def __init__(self, source: Source, vocabulaires: Vocabulaires) -> None:
        self.source = source
        self.vocabulaires = vocabulaires
        self.classement = classement(vocabulaires)
        self.problems: list[Problem] = []

    def formulaire(self, value: Value) -> Questionnaire | None:
        if not isinstance(value, dict):
            self._fault((), "un formulaire est une suite de lignes « clé: valeur » : commencez par « titre: … ».")
            return None
        texts = ("titre", "modele", "campagne", "disposition", "pied", "disposition_repondants")
        others = ("reconnaitre", "nombre_repondants", "rubriques_libres")
        self._known((), value, (*texts, *others, *PARTIES))
        for key in ("titre", "modele", "campagne", "fiche", "reconnaitre"):
            if not value.get(key):
                self._fault((key,), f"la clé « {key} » manque : ajoutez « {key}: … ».")
        filled = {key: self._text((key,), value.get(key)) for key in texts if value.get(key)}
        self._among(("campagne",), filled.get("campagne", ""), list(self.vocabulaires["campagnes"].termes))
        self._among(("disposition",), filled.setdefault("disposition", DISPOSITIONS[0]), DISPOSITIONS)
        parties = {nom: self._blocs((nom,), value.get(nom), nom) for nom in PARTIES if value.get(nom)}
        return Questionnaire(
            id=self.source.stem,
            parties=parties,
            reconnaitre=self._texts(("reconnaitre",), value.get("reconnaitre")),
            nombre_repondants=self._number(("nombre_repondants",), value.get("nombre_repondants") or "1"),
            rubriques_libres=self._bool(("rubriques_libres",), value.get("rubriques_libres")),
            **{"titre": "", "modele": "", "campagne": "", **filled},
        )

    def _blocs(self, place: Place, value: Value, partie: str) -> tuple[FormBlock, ...]:
        if not isinstance(value, list):
            self._fault(place, f"« {place[-1]} » attend une liste de blocs : écrivez à la ligne « - question: … ».")
            return ()
        return tuple(bloc for i, item in enumerate(value) if (bloc := self._bloc((*place, i), item, partie)))

    def _bloc(self, place: Place, value: Value, partie: str) -> FormBlock | None:
        genre = next(iter(value), "") if isinstance(value, dict) else ""
        if not isinstance(value, dict) or genre not in GENRES:
            near = nearest(genre, GENRES)
            advice = f"vouliez-vous « {near} » ?" if near else f"écrivez l’un de {', '.join(GENRES)}."
            self._fault(place, f"bloc « {genre} » inconnu ; {advice}")
            return None
        self._known(place, value, (genre, *GENRES[genre]))
        content, at = value[genre], (*place, genre)
        blocs: tuple[FormBlock, ...] = ()
        items: tuple[str, ...] = ()
        if genre in ("encadre", "case"):
            blocs = self._blocs(at, content, partie)
        elif genre == "groupe":
            key = "lignes" if value.get("lignes") else "case"
            blocs = self._blocs((*place, key), value.get(key), partie)
        elif genre == "liste":
            items = self._texts(at, content)
        elif genre == "partenaires":
            items = self._texts((*place, "colonnes"), value.get("colonnes"))
        bloc = FormBlock(
            genre,
            "" if genre in ("encadre", "case", "liste") else self._text(at, content),
            self.source.line_of(place),
            vers="" if value.get("vers") is None else self._text((*place, "vers"), value["vers"]),
            rubrique="" if value.get("rubrique") is None else self._text((*place, "rubrique"), value["rubrique"]),
            sous_titre=self._text((*place, "sous_titre"), value.get("sous_titre") or ""),
            variantes=self._texts((*place, "variantes"), value.get("variantes")),
            options=self._options((*place, "options"), value.get("options"))
            or (self._of_own_facet(value.get("vers")) if genre == "choix" and "options" not in value else ()),
            blocs=blocs,
            rangees=genre == "groupe" and bool(value.get("lignes")),
            items=items,
            champs=self._texts((*place, "champs"), value.get("champs")),
            gras=self._bool((*place, "gras"), value.get("gras", "oui" if genre in ("ligne", "question") else "non")),
            lignes_vides=self._number((*place, "lignes_vides"), value.get("lignes_vides", "0")),
            niveau=self._number((*place, "niveau"), value.get("niveau", "0")),
            **{k: self._bool((*place, k), value[k]) for k in _SIGNS if value.get(k) is not None},
        )
        self._check(place, bloc, partie)
        return bloc

    def _check(self, place: Place, bloc: FormBlock, partie: str) -> None:
        if bloc.genre not in DEMANDES or bloc.genre == "photos":
            return
        if partie not in ("repondants", "fiche", "enquete"):
            self._fault(place, f"« {partie} » ne contient que des textes : mettez cette question dans « fiche ».")
        if bloc.rubrique:
            self._among((*place, "rubrique"), bloc.rubrique, list(self.vocabulaires["rubriques"].termes))
        elif not bloc.vers:
            self._fault(
                place, f"« {bloc.libelle} » ne dit pas où va la réponse : ajoutez « vers: … » ou « rubrique: … »."
            )
        elif bloc.genre == "choix":
            self._among((*place, "vers"), bloc.vers, (*_CHOIX, *(self.classement.keys() - CLASSEMENT.keys())))
        elif partie == "fiche":
            self._among((*place, "vers"), bloc.vers, _TEXTES)
        elif partie == "repondants":
            self._among((*place, "vers"), bloc.vers, _REPONDANT)
        elif bloc.vers.startswith("contact."):
            self._among((*place, "vers"), bloc.vers, _CONTACT)
        if bloc.genre == "choix" and not bloc.options:
            self._fault(place, f"« {bloc.libelle} » n’a pas de case : ajoutez « options: », puis « - libelle: … ».")
        if bloc.genre == "partenaires" and (not bloc.champs or len(bloc.champs) != len(bloc.items)):
            self._fault(place, "« champs » doit nommer chacune des « colonnes » du tableau, dans le même ordre.")

    def _options(self, place: Place, value: Value) -> tuple[Option, ...]:
        options = []
        for i, item in enumerate(value if isinstance(value, list) else []):
            at = (*place, i)
            if not isinstance(item, dict) or not item.get("libelle"):
                self._fault(at, "chaque case s’écrit « - libelle: … ».")
                continue
            self._known(at, item, ("libelle", "valeur", "autre", "points", "qpv", *self.classement))
            libelle = " ".join(self._text((*at, "libelle"), item["libelle"]).split())
            classement = {}
            for key, nom in self.classement.items():
                if item.get(key) is not None:
                    classement[key] = self._texts((*at, key), item[key])
                    for identifiant in classement[key]:
                        self._among((*at, key), identifiant, list(self.vocabulaires[nom].termes))
            qpv = self._text((*at, "qpv"), item.get("qpv") or "")
            if qpv:
                self._among((*at, "qpv"), qpv, list(self.vocabulaires["qpv"].termes))
            valeur = self._text((*at, "valeur"), item.get("valeur") or libelle)
            points = self._number((*at, "points"), item.get("points") or "0")
            options.append(
                Option(libelle, valeur, self._bool((*at, "autre"), item.get("autre")), points, classement, qpv)
            )
        return tuple(options)

    def _of_own_facet(self, vers: Value) -> tuple[Option, ...]:
        """A box for each value of a facet that the bank declares, in the order of its file."""
        if vers not in self.classement or vers in CLASSEMENT:
            return ()
        cle = str(vers)
        return tuple(
            Option(terme.libelle, terme.id, classement={cle: (terme.id,)})
            for terme in self.vocabulaires[self.classement[cle]]
        )

    def _fault(self, place: Place, message: str) -> None:
        self.problems.append(self.source.problem(place, "formulaire", message))

    def _known(self, place: Place, value: Mapping[str, Value], keys: tuple[str, ...]) -> None:
        for key in value:
            if key not in keys:
                near = nearest(key, keys)
                advice = f"vouliez-vous « {near} » ?" if near else f"les clés admises ici sont {', '.join(keys)}."
                self._fault((*place, key), f"clé inconnue « {key} » ; {advice}")

    def _among(self, place: Place, value: str, known: tuple[str, ...] | list[str]) -> None:
        if value and value not in known:
            near = nearest(value, known)
            advice = f"vouliez-vous « {near} » ?" if near else f"écrivez l’un de {', '.join(known)}."
            self._fault(place, f"« {value} » n’est pas admis pour « {place[-1]} » ; {advice}")

    def _text(self, place: Place, value: Value) -> str:
        if isinstance(value, str):
            return value.strip()
        self._fault(place, f"« {place[-1]} » attend un texte sur la ligne.")
        return ""

    def _texts(self, place: Place, value: Value) -> tuple[str, ...]:
        if value is None:
            return ()
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(" ".join(str(item).split()) for item in value)
        self._fault(place, f"« {place[-1]} » attend une liste de textes : écrivez {place[-1]}: [a, b].")
        return ()

    def _number(self, place: Place, value: Value) -> int:
        if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 4:
            return int(value)
        self._fault(place, f"« {place[-1]} » attend un nombre entier.")
        return 0

    def _bool(self, place: Place, value: Value) -> bool:
        if value not in (None, "oui", "non"):
            self._fault(place, f"« {place[-1]} » attend oui ou non.")
        return value == "oui"


_SIGNS = ("longue", "puce", "numero", "centre", "italique", "nouvelle_page", "en_ligne")
