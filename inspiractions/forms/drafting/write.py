"""``import``: read each form, write drafts, pictures and survey answers, tell everything; nothing is ever overwritten.

The answers to a campaign's survey: ``enquetes/<campagne>/<ville>.yml``, never published by the import.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from inspiractions.base.files import write_new, write_whole, written_files
from inspiractions.base.images import UnreadableImage, write_light
from inspiractions.base.personal_data import Lexicon
from inspiractions.base.text import slugify
from inspiractions.forms.drafting.deduce import villes
from inspiractions.forms.drafting.draft import REQUIS, Brouillon, brouillon
from inspiractions.forms.drafting.people import Ecart, noms_de
from inspiractions.forms.interview import free_id
from inspiractions.forms.reading.answers import extraire, orphelins
from inspiractions.forms.reading.convert import recevoir
from inspiractions.forms.reading.extract_json import Json, fingerprint, respondents_json
from inspiractions.forms.reading.filled_form import Lecture, lire
from inspiractions.forms.reading.form_data import Contact, FilledForm, Respondent, Survey
from inspiractions.forms.reading.package import Refus
from inspiractions.model.banque import Banque
from inspiractions.model.canonical import write_fiche, write_front_matter
from inspiractions.model.questionnaire import Questionnaire
from inspiractions.model.source import Value


def write_enquete(out: Path, campagne: str, ville: str, survey: Survey, ecart: Ecart) -> tuple[Path, bool]:
    """The file, and whether it is new; one that is already there stays as it is, and another name is taken."""
    tables: dict[str, Value] = {key: [dict(row) for row in rows] for key, rows in survey.tables.items()}
    meta: dict[str, Value] = {
        "ville": " ".join(ville.split()),
        "publie": "non",
        "reponses": dict(survey.texts),
        **tables,
    }
    text = write_front_matter(ecart.valeur(meta)).replace("publie: non\n", "publie: false\n", 1)
    folder = out / "enquetes" / campagne
    folder.mkdir(parents=True, exist_ok=True)
    base = slugify(ville)[:60] or "ville"
    for n in range(1, 1000):
        path = folder / f"{base}{f'-{n}' if n > 1 else ''}.yml"
        if path.exists() and path.read_text("utf-8") == text:
            return path, False
        if not path.exists():
            write_new(path, text)
            return path, True
    return path, False


_CONNU = 20.0


@dataclass
class ImportReport:
    """What an import wrote (paths), what it found already there, and its report in French, without a name in it."""

    lignes: list[str] = field(default_factory=list)
    fiches: list[Path] = field(default_factory=list)
    ecrits: list[Path] = field(default_factory=list)
    connus: list[Path] = field(default_factory=list)

    @property
    def rapport(self) -> str:
        """The report, in Markdown."""
        return "\n".join(self.lignes) + "\n"


def ouvrir(path: Path, formulaires: Mapping[str, Questionnaire]) -> Lecture:
    """Read a file as the form that fits it best. Raises ``Refus``."""
    document = recevoir(path)
    if not formulaires:
        raise Refus("aucun formulaire n’est décrit dans formulaires/.")
    lecture, fit = max((lire(document, form) for form in formulaires.values()), key=lambda reading: reading[1])
    if fit < _CONNU:
        raise Refus(
            "aucun formulaire connu n’a été reconnu dans ce document : "
            "décrivez-le dans formulaires/ (voir formulaires/sej-2024.yml)."
        )
    return lecture


def importer(path: Path, banque: Banque, formulaires: Mapping[str, Questionnaire], out: Path) -> ImportReport:
    """Import one file under ``out``. Raises ``Refus``."""
    return _Import(ouvrir(path, formulaires), banque, out, banque.lexicon).run(path)


@dataclass
class _Import:
    """Writes what one document says. ``lexicon``: the words that tell persons from services."""

    lecture: Lecture
    banque: Banque
    out: Path
    lexicon: Lexicon
    report: ImportReport = field(default_factory=ImportReport)

    def run(self, path: Path) -> ImportReport:
        form, lines = self.lecture.formulaire, self.report.lignes
        forms = extraire(self.lecture)
        people = [
            person
            for filled in forms
            for person in (*filled.people, *([filled.survey.contact] if filled.survey else []))
        ]
        # The report is read by many, and may be published.
        named = self._redactor(people).designe(path.stem)
        title = f"d’un document dont le nom désigne une personne ({path.suffix})" if named else f"de {path.name}"
        lines += [f"# Import {title}", "", f"Formulaire reconnu : {form.titre} ({form.campagne})."]
        lines += [f"- À savoir : {avis}" for avis in self.lecture.document.avis]
        if not forms:
            lines.append("Aucune réponse n’a été trouvée dans ce formulaire : rien n’a été écrit.")
        for filled in forms:
            survey = filled.survey
            ecart = self._redactor([*filled.people, survey.contact] if survey else filled.people)
            if filled.names_an_action:
                self._deposit(filled, brouillon(filled, self.banque, ecart), ecart)
            if survey:
                self._write_survey(survey, filled.text("ville"), ecart)
            lines += [
                f"- Commentaire Word, non repris : « {ecart.texte(comment.text)} » "
                f"sur « {ecart.texte(comment.anchor)} »."
                for comment in filled.comments
            ]
        self._tell_the_rest([person for filled in forms for person in filled.people])
        return self.report

    def _redactor(self, people: Sequence[Contact | Respondent]) -> Ecart:
        return Ecart(self.lexicon, noms_de(({"nom": person.nom} for person in people), self.lexicon))

    def _write_survey(self, survey: Survey, ville: str, ecart: Ecart) -> None:
        """Write the answers under the name of the city, where the form tells it: that of the document may name somebody."""
        known, unknown = villes(ville, self.banque.referentiel)
        # « Ville de Nantes » is Nantes; what is no city, « check » has it mended.
        name = known[0] if len(known) == 1 and not unknown else ecart.texte(ville)
        campagne = self.lecture.formulaire.campagne
        path, new = write_enquete(self.out, campagne, name, survey, ecart)
        outcome = "Enquête écrite, non publiée." if new else "Enquête déjà importée, rien n’a été écrit."
        self.report.lignes += ["", f"## {path.relative_to(self.out)}", "", outcome]
        (self.report.ecrits if new else self.report.connus).append(path)
        private: dict[str, Json] = {"contact": asdict(survey.contact), "retires": [*ecart.retires]}
        self.report.lignes += self._set_aside(f"{campagne}-{path.stem}-enquete", private)

    def _tell_the_rest(self, people: Sequence[Contact | Respondent]) -> None:
        """Words that found no place at all are told, whole lines, whoever they name set apart."""
        report = self.report
        if report.connus and not report.ecrits:
            return  # imported before: what had no place was told then
        ecart = self._redactor(people)
        written = [path.read_text("utf-8") for path in (*report.ecrits, *report.connus)]
        lost = [ecart.texte(line) for line in orphelins(self.lecture, [*written, *report.lignes])]
        if lost:
            report.lignes += ["", "## À reclasser : écrit hors des cases, repris nulle part ailleurs", ""]
            report.lignes += [f"- {line}" for line in lost]
            private: dict[str, Json] = {"contact": {}, "retires": [*ecart.retires]}
            report.lignes += self._set_aside(f"{self.lecture.formulaire.campagne}-reste", private)

    def _deposit(self, filled: FilledForm, draft: Brouillon, ecart: Ecart) -> None:
        """Write the fiche and its pictures, unless the same answers were imported before."""
        report, out = self.report, self.out
        if twin := _twin(out, fingerprint(filled)):
            report.connus.append(twin)
            already = f"Déjà importée : {twin.relative_to(out)}. Rien n’a été écrit."
            report.lignes += ["", f"## {draft.meta['titre']}", "", already]
            return
        (out / "actions").mkdir(parents=True, exist_ok=True)
        identifiant = free_id(out, draft.meta) or free_id(out, {"titre": "action sans titre"})
        shown = self._write_pictures(filled, out / "actions" / "images" / identifiant)
        draft.meta["illustrations"] = shown
        path = out / "actions" / f"{identifiant}.md"
        private: dict[str, Json] = {
            "contact": asdict(filled.contact),
            "repondants": respondents_json(filled),
            "retires": [*ecart.retires],
        }
        # The fiche comes last: it says that this action was imported, whole.
        apart = self._set_aside(identifiant, private)
        write_new(path, write_fiche(draft.meta, draft.corps))
        report.fiches.append(path)
        report.ecrits.append(path)
        report.lignes += ["", f"## actions/{identifiant}.md", ""]
        report.lignes += ["Brouillon écrit. À vérifier, avec les mots de la ville :", "", *_to_check(draft, len(shown))]
        report.lignes += apart

    def _write_pictures(self, filled: FilledForm, folder: Path) -> list[Value]:
        """What ``illustrations`` says of the pictures written."""
        shown: list[Value] = []
        for n, name in enumerate(filled.pictures, 1):
            try:
                picture = write_light(self.lecture.document.images[name](), folder, f"image-{n}")
                shown.append({"fichier": picture, "alt": None})
            except UnreadableImage:
                suffix = Path(name).suffix
                self.report.lignes.append(f"- Image {n} illisible ({suffix}) : reprenez-la dans le document Word.")
        return shown

    def _set_aside(self, name: str, private: Mapping[str, Json]) -> list[str]:
        """Persons go to a private folder that git ignores; the report says where, never who."""
        if not any(map(_says_something, private.values())):
            return []
        folder = self.out / ".contacts"
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps(private, ensure_ascii=False, indent=1) + "\n"
        names = (folder / f"{name}{f'-{n}' if n > 1 else ''}.json" for n in range(1, 1000))
        target = next(path for path in names if not path.exists() or path.read_text("utf-8") == text)
        # A form imported twice leaves one copy of the persons it names, not two.
        (self.report.connus if target.exists() else self.report.ecrits).append(target)
        write_whole(target, text)
        return [f"- Données personnelles mises à part dans .contacts/{target.name} (dossier privé, hors de git)."]


def _says_something(value: Json) -> bool:
    return any(value.values()) if isinstance(value, dict) else bool(value)


def _to_check(draft: Brouillon, pictures: int) -> list[str]:
    """What whoever reads the draft over has to look at, one line each."""
    lines = ["- `{}` : {}".format(key, words.replace("\n", " / ")) for key, words in draft.doutes]
    lines += [f"- `{key}` : « {words} » compte comme non renseigné." for key, words in draft.muets]
    missing = [key for key, value in draft.meta.items() if value is None and key in REQUIS]
    lines += [f"- `{key}` : à remplir, le formulaire ne le dit pas." for key in missing]
    if pictures:
        lines.append(f"- `illustrations` : écrivez un texte de remplacement (`alt`) pour {pictures} image(s).")
    if draft.reste:
        lines.append(f"- {len(draft.reste)} élément(s) sous « À reclasser ».")
    return lines


def _twin(out: Path, mark: str) -> Path | None:
    for path in written_files(out / "actions", "*.md"):
        if re.search(rf"^empreinte: '?{mark}'?$", path.read_text("utf-8"), re.M):
            return path
    return None
