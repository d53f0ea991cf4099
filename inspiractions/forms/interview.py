"""What is asked of a person: the answers make a draft (``new``), or a bank (``init``).

The questions of ``new``: read from the schema and the vocabularies, each answer checked at once.

``new``: a draft from answers, asked one by one or written in a YAML file; it never takes the place of a fiche.

A new bank: the folder that holds its content, from the model of ``templates/banque/`` and a few answers.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from inspiractions.base.files import PROJECT, write_new, write_whole
from inspiractions.base.markdown import heading
from inspiractions.base.problem import Problem
from inspiractions.base.text import nearest, slugify
from inspiractions.model.action import MAX_ID, fiche_model
from inspiractions.model.banque import Banque
from inspiractions.model.canonical import write_fiche
from inspiractions.model.identity import IDENTIFIANT, SITE_URL
from inspiractions.model.parse import faults_of
from inspiractions.model.source import Source, Value, read_yaml, without_empty
from inspiractions.model.types import COURRIEL, FicheField, ParseContext, champs_de
from inspiractions.model.vocabulaire import Terme, Vocabulaire
from inspiractions.rules.check import SOURCE_RULES

Ask = Callable[[str], str]
"""Shows a prompt and returns a line. Raises ``EOFError`` where there is none left."""
Say = Callable[[str], None]

# What the editors set later, or what goes without saying in a draft.
_PLUS_TARD = (
    "statut",
    "date_publication",
    "verifie_le",
    "anciens_ids",
    "champs_deduits",
    "a_verifier",
    "empreinte",
    "chiffre_cle",
    "a_la_une",
    "consentements",
    "illustrations",
    "licence",
)
_ESSAI = "actions/nouvelle-action.md"


class Interview:
    """Asks for the values of a fiche, one question a field, until each answer is right."""

    def __init__(self, banque: Banque, ask: Ask, say: Say) -> None:
        self._banque, self._ask, self._say = banque, ask, say
        self._contexte = ParseContext(banque.vocabulaires, banque.referentiel)

    def ask_front_matter(self) -> dict[str, Value]:
        """The required fields, then the others if wanted."""
        champs = [
            champ for cle, champ in champs_de(fiche_model(self._banque.vocabulaires)).items() if cle not in _PLUS_TARD
        ]
        meta: dict[str, Value] = {}
        for champ in (c for c in champs if c.requis):
            meta[champ.cle] = self._field(champ)
        self._say("\nLe nécessaire est dit. Les autres champs sont facultatifs : Entrée passe une question.")
        if self.agrees("Y répondre maintenant ?"):
            for champ in (c for c in champs if not c.requis):
                meta[champ.cle] = self._field(champ)
        return meta

    def ask_recit(self) -> str:
        """The Markdown of the récit; rubriques without an answer are left out."""
        self._say("\nLe récit. Pour chaque rubrique, écrivez vos lignes puis une ligne vide ; Entrée seule la passe.")
        return "\n\n".join(filter(None, map(self._rubrique, self._banque.vocabulaires["rubriques"])))

    def ask_id(self, proposal: str) -> str:
        """A free id; ``proposal`` if nothing is typed."""
        while True:
            identifiant = self._ask(f"\nNom du fichier, sans « .md » [{proposal}] : ").strip() or proposal
            faults = [p.message for p in _source_faults(Source(f"actions/{identifiant}.md", {}, {}), self._banque)]
            if (self._banque.root / "actions" / f"{identifiant}.md").exists():
                faults = [f"actions/{identifiant}.md existe déjà : choisissez un autre nom."]
            if not faults:
                return identifiant
            self._tell(faults)

    def agrees(self, question: str) -> bool:
        """A yes or a no; nothing means no."""
        return slugify(self._ask(f"{question} (o/N) : ")) in ("o", "oui", "y", "yes")

    def _field(self, champ: FicheField, place: tuple[str, ...] = ()) -> Value:
        self._say(f"\n{champ.titre}{' (obligatoire)' if champ.requis else ''}")
        if champ.description:
            self._say(f"  {champ.description}")
        if champ.genre == "groupe":
            return self._groups(champ) if champ.liste else self._group(champ)
        self._show_choices(champ)
        while True:
            value = self._read(champ)
            if not value:
                if not champ.requis:
                    return None
                self._tell(["il faut une réponse."])
                continue
            faults = self._faults(place[0] if place else champ.cle, self._inside(place, champ, value))
            if champ.genre == "fiche" and isinstance(value, list):
                faults += self._strangers(value)
            if not faults:
                return value
            self._tell(faults)

    def _inside(self, place: tuple[str, ...], champ: FicheField, value: Value) -> Value:
        """The value as the schema wants to see it: in its group, which may be one of a list."""
        if not place:
            return value
        group: Value = {champ.cle: value}
        return [group] if champs_de(fiche_model(self._banque.vocabulaires))[place[0]].liste else group

    def _group(self, champ: FicheField) -> Value:
        return {enfant.cle: self._field(enfant, (champ.cle,)) for enfant in champ.enfants.values()}

    def _groups(self, champ: FicheField) -> Value:
        groups: list[Value] = []
        while self.agrees(f"  Ajouter {'un autre élément' if groups else 'un élément'} ?"):
            groups.append(self._group(champ))
        return groups

    def _read(self, champ: FicheField) -> Value:
        if champ.liste and champ.genre == "texte":
            self._say("  Une réponse par ligne, puis une ligne vide.")
            return list(self._lines())
        answer = self._ask("> ").strip()
        if champ.liste:
            return [self._word(champ, part.strip()) for part in answer.split(",") if part.strip()]
        return self._word(champ, answer)

    def _word(self, champ: FicheField, word: str) -> str:
        """A number, a label or an id of a closed list as an id; anything else as it is."""
        if champ.genre == "terme":
            return _id_of(word, self._banque.vocabulaires[champ.vocabulaire])
        return word

    def _strangers(self, ids: list[Value]) -> list[str]:
        """What is wrong with ids that are not those of the bank."""
        strangers = [word for word in map(str, ids) if word not in self._banque.par_id]
        near = [nearest(word, self._banque.par_id) for word in strangers]
        return [
            f"« {word} » n’est pas une action de la banque{f' ; vouliez-vous « {neighbour} » ?' if neighbour else '.'}"
            for word, neighbour in zip(strangers, near, strict=True)
        ]

    def _lines(self) -> Iterator[str]:
        while line := self._ask("> ").rstrip():
            yield line

    def _show_choices(self, champ: FicheField) -> None:
        for number, terme in enumerate(self._banque.vocabulaires[champ.vocabulaire] if champ.vocabulaire else (), 1):
            self._say(f"  {'   ' if terme.parent else ''}{number:>3}. {terme.libelle} ({terme.id})")
        if champ.vocabulaire:
            several = "Un ou plusieurs numéros ou identifiants, séparés par des virgules."
            self._say(f"  {several if champ.liste else 'Un numéro ou un identifiant.'}")
        elif champ.liste and champ.genre in ("lieu", "fiche"):
            self._say("  Plusieurs réponses se séparent par des virgules.")

    def _rubrique(self, terme: Terme) -> str:
        self._say(f"\n{terme.libelle}\n  {terme.definition}")
        while True:
            texte = "\n".join(self._lines())
            body = f"{heading(terme.libelle)}\n\n{texte}"
            source = Source(_ESSAI, {}, {}, body)
            faults = [problem.message for problem in _source_faults(source, self._banque)]
            if not faults:
                return body if texte else ""
            self._tell(faults)

    def _faults(self, cle: str, value: Value) -> list[str]:
        faults = faults_of({cle: value}, self._contexte)
        return faults or [p.message for p in _source_faults(Source(_ESSAI, {cle: value}, {}), self._banque)]

    def _tell(self, faults: list[str]) -> None:
        for fault in faults:
            self._say(f"  ✗ {fault}")


def _source_faults(source: Source, banque: Banque) -> list[Problem]:
    return [problem for regle in SOURCE_RULES for problem in regle(source, banque)]


def _id_of(word: str, vocabulaire: Vocabulaire) -> str:
    termes = list(vocabulaire)
    if word.isdecimal() and 0 < int(word) <= len(termes):
        return termes[int(word) - 1].id
    named = vocabulaire.par_nom.get(slugify(word))
    return named.id if named else word


_BRIEF = 60


def ask_draft(banque: Banque, ask: Ask, say: Say, today: date) -> Path:
    """Ask, then write ``actions/<id>.md``. Raises ``EOFError`` where the answers end too soon; nothing is written then."""
    entretien = Interview(banque, ask, say)
    meta = entretien.ask_front_matter()
    recit = entretien.ask_recit()
    identifiant = entretien.ask_id(free_id(banque.root, meta))
    return _write(banque.root, identifiant, meta, recit, today)


def read_draft(root: Path, path: Path, today: date) -> tuple[Path | None, list[Problem]]:
    """The same, from a YAML file of keys and values; ``id`` and ``recit`` (Markdown) may stand among them."""
    meta, source, problems = read_yaml(path.parent, path)
    if not isinstance(meta, dict) or problems:
        return None, problems or [source.problem(1, "yaml", "les réponses s’écrivent « clé: valeur », une par ligne.")]
    recit, identifiant = str(meta.pop("recit", None) or ""), str(meta.pop("id", None) or free_id(root, meta))
    if not identifiant or identifiant != slugify(identifiant):
        example = slugify(identifiant) or "ville-action"
        message = f"« {identifiant} » n’est pas un identifiant : écrivez par exemple « {example} »."
        return None, [source.problem(("id",), "identifiant", message)]
    if (root / "actions" / f"{identifiant}.md").exists():
        message = (
            f"actions/{identifiant}.md existe déjà : ajoutez une ligne « id: {identifiant}-2 », ou corrigez la fiche."
        )
        return None, [source.problem(("id",), "identifiant", message)]
    return _write(root, identifiant, meta, recit, today), []


def free_id(root: Path, meta: Mapping[str, Value]) -> str:
    """City and title, cut between two words, with a number where another fiche bears that name."""
    villes = meta.get("villes")
    ville = str(villes[0]) if isinstance(villes, list) and villes else ""
    words = slugify(f"{ville.split(' (')[0]} {meta.get('titre') or ''}").split("-")
    while len("-".join(words)) > _BRIEF and len(words) > 1:
        words.pop()
    base = "-".join(words)[: MAX_ID - 3]
    taken = {path.stem for path in (root / "actions").glob("*.md")}
    return next(name for n in range(1, len(taken) + 2) if (name := f"{base}-{n}" if n > 1 else base) not in taken)


def _write(root: Path, identifiant: str, meta: Mapping[str, Value], recit: str, today: date) -> Path:
    path = root / "actions" / f"{identifiant}.md"
    draft = {"date_publication": today.isoformat(), **without_empty(meta), "statut": "brouillon"}
    write_new(path, write_fiche(draft, recit))
    return path


MODEL = PROJECT / "templates" / "banque"
# Where a file of the model goes whose name would act where it lies.
_PLACES = {
    "gitignore": ".gitignore",
    "gitlab-ci.yml": ".gitlab-ci.yml",
    "github/site.yml": ".github/workflows/site.yml",
}


@dataclass(frozen=True)
class NewBank:
    """What is asked of whoever begins a bank. ``url`` and ``courriel`` may be unknown yet: an address of the model stands for them."""

    nom: str
    phrase: str = ""
    url: str = ""
    courriel: str = ""

    @property
    def identifiant(self) -> str:
        """What names of files begin with."""
        return slugify(self.nom)[:40].strip("-")

    def problems(self) -> Iterator[str]:
        """What is to be mended in the answers, in French."""
        for name, value in (("nom", self.nom), ("phrase", self.phrase)):
            if refused := next((sign for sign in value if sign in '<>"' or not sign.isprintable()), ""):
                yield f"« {name} » : ni « < », ni « > », ni guillemet droit, ni signe invisible ; ôtez {refused!r}."
        if not IDENTIFIANT.fullmatch(self.identifiant):
            yield f"« {self.nom} » n’est pas un nom : écrivez des lettres, comme « Santé en ville »."
        if self.url and not SITE_URL.fullmatch(self.url):
            yield f"« {self.url} » n’est pas une adresse : écrivez-la entière, https://www.exemple.fr/banque/."
        if self.courriel and not COURRIEL.fullmatch(self.courriel):
            yield f"« {self.courriel} » n’est pas une adresse de courriel : écrivez-en une seule, comme sante@ville.fr."

    def files(self, today: date, package: str) -> Iterator[tuple[str, bytes]]:
        """Name and content of each file; ``package``: what « pip install » is to be told."""
        marks = {
            "nom": self.nom,
            "phrase": self.phrase or "La banque d’expériences",
            "url": self.url or f"https://{self.identifiant}.example/",
            "courriel": self.courriel or f"contact@{self.identifiant}.example",
            "identifiant": self.identifiant,
            "annee": str(today.year),
            "jour": today.isoformat(),
            "paquet": package,
        }
        for path in sorted(path for path in MODEL.rglob("*") if path.is_file()):
            name = path.relative_to(MODEL).as_posix()
            text = path.read_text("utf-8")
            # The pages and the vocabularies keep their marks: a build fills them, whatever the name becomes.
            if not name.startswith("docs/"):
                quoted = name == "mkdocs.yml"
                for mark, value in marks.items():
                    text = text.replace(f"‹{mark}›", _scalar(value) if quoted else value)
            yield _PLACES.get(name, name), text.encode()


def _scalar(value: str) -> str:
    """A text of one line in YAML: JSON is YAML."""
    return json.dumps(value, ensure_ascii=False)


def write_bank(folder: Path, bank: NewBank, today: date, package: str) -> list[str]:
    """Write the files of a bank to a folder that is empty, or not there; returns their names. Raises ``OSError``."""
    names = []
    for name, octets in bank.files(today, package):
        write_whole(folder / name, octets)
        names.append(name)
    return names
