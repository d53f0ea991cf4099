"""``import``: read each form, write drafts, pictures and survey answers, tell everything; nothing is ever overwritten.

The answers to a campaign's survey: ``enquetes/<campagne>/<ville>.yml``, never published by the import. The name of the file
that somebody sent names persons at times: it enters no path, no title, no report.

A form sent again, corrected: which fiche it resembles, and what changes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from difflib import SequenceMatcher, unified_diff
from itertools import pairwise
from pathlib import Path

from inspiractions.base.files import write_new, write_whole, written_files
from inspiractions.base.images import UnreadableImage, write_light
from inspiractions.base.personal_life import Lexicon
from inspiractions.base.text import fold, slugify
from inspiractions.forms.drafting.deduce import villes
from inspiractions.forms.drafting.draft import REQUIS, Brouillon, brouillon
from inspiractions.forms.drafting.net import Redactor, lost, noms_de, told_apart, what_remains
from inspiractions.forms.drafting.proposals import CLASSEMENT
from inspiractions.forms.interview import free_id
from inspiractions.forms.reading.answers import extraire, ouvrir
from inspiractions.forms.reading.filled_form import Lecture
from inspiractions.forms.reading.form_data import (
    Contact,
    FilledForm,
    Json,
    Respondent,
    Survey,
    fingerprint,
    respondents_json,
)
from inspiractions.forms.reading.package import Refus
from inspiractions.model.banque import Banque
from inspiractions.model.canonical import write_fiche, write_front_matter
from inspiractions.model.questionnaire import Questionnaire
from inspiractions.model.source import Value

_TITLE = re.compile(r"^titre: *(.*)$", re.M)
_CITIES = re.compile(r"^villes: *(.*(?:\n[ -].*)*)", re.M)
# Keys that the import makes, and that say nothing of what a city changed.
_OURS = re.compile(r"[-+ ](?:empreinte|a_verifier|champs_deduits|date_publication|statut|connaissance|verifie_le)\b")
_SAME_TITLE, _SAME_WORDS = 0.75, 0.5
_MOST = 40


def resembles(folder: Path, text: str) -> Path | None:
    """The fiche of a folder that a draft may be another version of: of the same cities, with a title or words close to its own."""
    title, words = _title(text), _words(text)
    best: tuple[float, Path] | None = None
    for path in sorted(folder.glob("*.md")):
        other = path.read_text("utf-8")
        if _cities(other) != _cities(text):
            continue
        shared = _words(other)
        alike = len(words & shared) / max(1, len(words | shared))
        near = SequenceMatcher(None, title, _title(other), autojunk=False).ratio()
        if (near >= _SAME_TITLE or alike >= _SAME_WORDS) and (best is None or near + alike > best[0]):
            best = near + alike, path
    return best[1] if best else None


def differences(before: str, after: str) -> list[str]:
    """What a text says that another did not, and the other way: « - » before, « + » after; forty lines at most."""
    lines = [line for line in _changed(before, after) if line[1:].strip() and not _OURS.match(line)]
    more = [f"… et {len(lines) - _MOST} autres lignes"] if len(lines) > _MOST else []
    return [*lines[:_MOST], *more]


def _changed(before: str, after: str) -> Iterator[str]:
    for line in unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm=""):
        if not line.startswith(("---", "+++", "@@")):
            yield line


def _title(text: str) -> str:
    match = _TITLE.search(text)
    return " ".join(fold(match[1]).split()) if match else ""


def _cities(text: str) -> set[str]:
    match = _CITIES.search(text)
    return set(re.findall(r"[^\s,\[\]'\"-][^,\[\]'\"\n]*", fold(match[1]))) if match else set()


def _words(text: str) -> set[str]:
    """The words of the récit, in pairs: what two texts on one subject rarely share."""
    words = re.findall(r"\w+", fold(text.split("\n---\n", 1)[-1].split("## À reclasser")[0]))
    return {f"{a} {b}" for a, b in pairwise(words)}


_NO_CITY = "ville"
_TO_CHECK = "À vérifier, avec les mots de la ville :"


def write_enquete(out: Path, campagne: str, ville: str, survey: Survey, redactor: Redactor) -> tuple[Path, bool]:
    """The file, and whether it is new; one that is already there stays as it is, and another name is taken."""
    tables: dict[str, Value] = {key: [dict(row) for row in rows] for key, rows in survey.tables.items()}
    meta: dict[str, Value] = {
        "ville": " ".join(ville.split()),
        "publie": "non",
        "reponses": dict(survey.texts),
        **tables,
    }
    text = write_front_matter(redactor.value(meta)).replace("publie: non\n", "publie: false\n", 1)
    folder = out / "enquetes" / campagne
    folder.mkdir(parents=True, exist_ok=True)
    base = slugify(ville)[:60] or _NO_CITY
    for n in range(1, 1000):
        path = folder / f"{base}{f'-{n}' if n > 1 else ''}.yml"
        if path.exists() and path.read_text("utf-8") == text:
            return path, False
        if not path.exists():
            write_new(path, text)
            return path, True
    return path, False


@dataclass
class ImportReport:
    """What an import wrote (paths), what it found already there, and its report in French, without a name in it.

    ``updated``: the fiches that a re-reading brought up to date.
    """

    lignes: list[str] = field(default_factory=list)
    fiches: list[Path] = field(default_factory=list)
    ecrits: list[Path] = field(default_factory=list)
    connus: list[Path] = field(default_factory=list)
    updated: list[Path] = field(default_factory=list)

    @property
    def rapport(self) -> str:
        """The report, in Markdown."""
        return "\n".join(self.lignes) + "\n"


def importer(
    path: Path, banque: Banque, formulaires: Mapping[str, Questionnaire], out: Path, name: str = "Formulaire"
) -> ImportReport:
    """Import one file under ``out``; the report calls it ``name``. Raises ``Refus``."""
    return write_drafts(ouvrir(path, formulaires), banque, out, name)


def write_drafts(lectures: Sequence[Lecture], banque: Banque, out: Path, name: str) -> ImportReport:
    """Write what the readings of one file say."""
    report = ImportReport([f"# {name}", ""])
    for n, lecture in enumerate(lectures):
        _Import(lecture, banque, out, banque.lexicon, report).run(first=n == 0)
    return report


@dataclass
class _Import:
    """Writes what one reading of a document says. ``lexicon``: the words that tell persons from services."""

    lecture: Lecture
    banque: Banque
    out: Path
    lexicon: Lexicon
    report: ImportReport

    def run(self, first: bool) -> None:
        """``first``: the first reading of a file tells what concerns the whole of it."""
        form, lines = self.lecture.formulaire, self.report.lignes
        before = len(self.report.ecrits), len(self.report.connus)
        forms = extraire(self.lecture)
        contacts = [person for filled in forms for person in _named(filled)]
        redactor = self._redactor(contacts)
        lines.append(f"Formulaire reconnu : {form.titre} ({form.campagne}).")
        lines += [f"- À savoir : {avis}" for avis in self.lecture.document.avis]
        if first:
            lines += [f"- À savoir, non repris : {words}." for words in told_apart(self.lecture, redactor.text)]
        if not forms:
            lines.append("Aucune réponse n’a été trouvée dans ce formulaire : rien n’a été écrit.")
        for filled in forms:
            own_redactor = self._redactor(_named(filled))
            if filled.names_an_action:
                self._deposit(filled, brouillon(filled, self.banque, own_redactor), own_redactor)
            for survey in _surveys(filled):
                self._write_survey(survey, filled.text("ville"), own_redactor)
            lines += [
                f"- Commentaire Word, non repris : « {own_redactor.text(comment.text)} » "
                f"sur « {own_redactor.text(comment.anchor)} »."
                for comment in filled.comments
            ]
        written, known = self.report.ecrits[before[0] :], self.report.connus[before[1] :]
        self._tell_the_rest(written, known, redactor)
        self._tell_names(written)

    def _redactor(self, people: Sequence[Contact | Respondent]) -> Redactor:
        return Redactor(self.lexicon, noms_de(({"nom": person.nom} for person in people), self.lexicon))

    def _write_survey(self, survey: Survey, ville: str, redactor: Redactor) -> None:
        """Write the answers under the name of the city, where the form gives it."""
        known, unknown = villes(ville, self.banque.referentiel)
        # « Ville de Nantes » is Nantes; what is no city, « check » has it mended.
        name = known[0] if len(known) == 1 and not unknown else redactor.text(ville)
        campagne = self.lecture.formulaire.campagne
        path, new = write_enquete(self.out, campagne, name, survey, redactor)
        outcome = "Enquête écrite, non publiée." if new else "Enquête déjà importée, rien n’a été écrit."
        self.report.lignes += ["", f"## {path.relative_to(self.out)}", "", outcome]
        (self.report.ecrits if new else self.report.connus).append(path)
        if not name:
            self.report.lignes.append("- `ville` : à remplir, le formulaire ne la dit pas.")
        twin = path.with_name(f"{re.sub(r'-[0-9]+$', '', path.stem)}.yml")
        if new and twin != path and twin.exists():
            self._ask_whether_it_replaces(twin, path.read_text("utf-8"))
        private: dict[str, Json] = {"contact": asdict(survey.contact), "retires": [*redactor.removed]}
        self.report.lignes += set_aside(self.report, self.out, f"{campagne}-{path.stem}-enquete", private)

    def _ask_whether_it_replaces(self, twin: Path, text: str) -> None:
        nom = twin.relative_to(self.out)
        changes = differences(twin.read_text("utf-8"), text)
        self.report.lignes += [
            "",
            f"**Ressemble à {nom} : mise à jour ?** Si oui, reportez dans {nom} ce qui change ci-dessous, puis supprimez "
            "le nouveau fichier. Si ce sont deux réponses différentes, gardez les deux.",
            "",
            *(f"    {line}" for line in changes),
            "",
        ]

    def _tell_the_rest(self, written: Sequence[Path], known: Sequence[Path], redactor: Redactor) -> None:
        """Words that found no place at all are told, whole lines, whoever they name set apart."""
        report = self.report
        redactor.removed.clear()
        kept = [path.read_text("utf-8") for path in (*written, *known) if path.suffix in (".md", ".yml")]
        lines = lost(self.lecture, [*kept, *report.lignes], redactor.text)
        if lines:
            report.lignes += ["", "## À reclasser : écrit hors des cases, repris nulle part ailleurs", ""]
            report.lignes += [f"- {line}" for line in lines]
        if redactor.removed and lines:
            private: dict[str, Json] = {"contact": {}, "retires": [*redactor.removed]}
            report.lignes += set_aside(self.report, self.out, f"{self.lecture.formulaire.campagne}-reste", private)

    def _tell_names(self, written: Sequence[Path]) -> None:
        """Name what may still tell of a person, file by file."""
        drafts = [path for path in written if path.suffix in (".md", ".yml")]
        lines = [
            f"- {path.relative_to(self.out)} : « {name} »"
            for path in drafts
            for name in what_remains(path.read_text("utf-8"), self.lexicon)
        ]
        if lines:
            self.report.lignes += ["", "## Noms et coordonnées à relire", ""]
            self.report.lignes += [
                "L’import les a laissés : ôtez des brouillons ce qui désigne une personne.",
                "",
                *lines,
            ]

    def _deposit(self, filled: FilledForm, draft: Brouillon, redactor: Redactor) -> None:
        """Write the fiche and its pictures, unless the same answers were imported before."""
        report, out = self.report, self.out
        if twin := _twin(out, fingerprint(filled)):
            report.connus.append(twin)
            already = f"Déjà importée : {twin.relative_to(out)}. Rien n’a été écrit."
            # A former import may have been stopped before its report was kept: all is told again.
            report.lignes += ["", f"## {draft.meta['titre']}", "", already, "", _TO_CHECK, ""]
            report.lignes += _to_check(draft, len(filled.pictures))
            return
        (out / "actions").mkdir(parents=True, exist_ok=True)
        identifiant = free_id(out, draft.meta) or free_id(out, {"titre": "action sans titre"})
        report.lignes += ["", f"## actions/{identifiant}.md", ""]
        like = resembles(out / "actions", write_fiche(draft.meta, draft.corps))
        shown = self._write_pictures(filled, out / "actions" / "images" / identifiant, redactor)
        draft.meta["illustrations"] = shown
        path = out / "actions" / f"{identifiant}.md"
        private: dict[str, Json] = {
            "contact": asdict(filled.contact),
            "repondants": respondents_json(filled),
            "retires": [*redactor.removed],
        }
        # The fiche comes last: it says that this action was imported, whole.
        apart = set_aside(self.report, self.out, identifiant, private)
        text = write_fiche(draft.meta, draft.corps)
        write_new(path, text)
        report.fiches.append(path)
        report.ecrits.append(path)
        if like:
            self._ask_whether_it_replaces(like, text)
        report.lignes += [f"Brouillon écrit. {_TO_CHECK}", "", *_to_check(draft, len(shown))]
        report.lignes += apart

    def _write_pictures(self, filled: FilledForm, folder: Path, redactor: Redactor) -> list[Value]:
        """What ``illustrations`` says of the pictures written, with the words that the author gave to each."""
        words = {m.image: m.alt for line in self.lecture.lignes for m in line.morceaux if m.image}
        shown: list[Value] = []
        for n, name in enumerate(filled.pictures, 1):
            try:
                picture = write_light(self.lecture.document.images[name](), folder, f"image-{n}")
                alt = redactor.text(" ".join(words.get(name, "").split())) or None
                shown.append({"fichier": picture, "alt": alt})
            except (UnreadableImage, Refus):
                suffix = Path(name).suffix
                self.report.lignes.append(f"- Image {n} illisible ({suffix}) : reprenez-la dans le document Word.")
        return shown


def set_aside(report: ImportReport, out: Path, name: str, private: Mapping[str, Json]) -> list[str]:
    """Persons go to a private folder that git ignores; the report says where, never who. The lines of the report."""
    if not any(map(_says_something, private.values())):
        return []
    text = json.dumps(private, ensure_ascii=False, indent=1) + "\n"
    names = (out / ".contacts" / f"{name}{f'-{n}' if n > 1 else ''}.json" for n in range(1, 1000))
    target = next(path for path in names if not path.exists() or path.read_text("utf-8") == text)
    # A form imported twice leaves one copy of the persons it names, not two.
    (report.connus if target.exists() else report.ecrits).append(target)
    write_whole(target, text)
    return [
        f"- Données personnelles mises à part dans .contacts/{target.name} (dossier privé, qui reste sur votre ordinateur)."
    ]


def _surveys(filled: FilledForm) -> list[Survey]:
    return [survey for survey in (filled.survey, *filled.other_surveys) if survey]


def _named(filled: FilledForm) -> list[Contact | Respondent]:
    """Who a form names: for its action, for its surveys."""
    return [*filled.people, *(survey.contact for survey in _surveys(filled))]


def _says_something(value: Json) -> bool:
    return any(value.values()) if isinstance(value, dict) else bool(value)


def _to_check(draft: Brouillon, pictures: int) -> list[str]:
    """What whoever reads the draft over has to look at, one line each."""
    lines = ["- `{}` : {}".format(key, words.replace("\n", " / ")) for key, words in draft.doutes]
    lines += [f"- `{key}` : « {words} » compte comme non renseigné." for key, words in draft.muets]
    missing = [key for key, value in draft.meta.items() if value is None and key in REQUIS]
    boxes = any(label == "Case à vérifier" for label, _ in draft.reste)
    see = "à remplir : voyez « Case à vérifier », sous « À reclasser »."
    silent = "à remplir, le formulaire ne le dit pas."
    lines += [f"- `{key}` : {see if boxes and key in CLASSEMENT else silent}" for key in missing]
    if pictures:
        lines.append(f"- `illustrations` : écrivez ou relisez le texte de remplacement (`alt`) de {pictures} image(s).")
    if draft.reste:
        lines.append(f"- {len(draft.reste)} élément(s) sous « À reclasser ».")
    return lines


def _twin(out: Path, mark: str) -> Path | None:
    for path in written_files(out / "actions", "*.md"):
        if re.search(rf"^empreinte: '?{mark}'?$", path.read_text("utf-8"), re.M):
            return path
    return None
