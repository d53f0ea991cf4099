"""``import``: read each form, write drafts, pictures and survey answers, tell everything; nothing is ever overwritten."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from banque.banque import Banque
from banque.canonique import write_fiche
from banque.images import ImageIllisible, write_light
from banque.importer.archive import Refus
from banque.importer.brouillon import Brouillon, brouillon, empreinte
from banque.importer.conversion import recevoir
from banque.importer.deduction import villes
from banque.importer.enquete import write_enquete
from banque.importer.extraction import Objet, extraire, recits
from banque.importer.lecture import Lecture, lire
from banque.importer.marges import images
from banque.importer.orphelins import orphelins
from banque.importer.prive import Ecart, noms_de
from banque.nouvelle import free_id
from banque.questionnaire import Questionnaire
from banque.rules.vie_privee import boites_generiques
from banque.writing import write_new, write_whole

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
    lecture, fit = max((lire(document, form) for form in formulaires.values()), key=lambda found: found[1])
    if fit < _CONNU:
        raise Refus("aucun formulaire connu n’a été reconnu dans ce document : décrivez-le dans formulaires/ (voir formulaires/sej-2024.yml).")  # fmt: skip
    return lecture


def importer(path: Path, banque: Banque, formulaires: Mapping[str, Questionnaire], out: Path) -> ImportReport:
    """Import one file under ``out``. Raises ``Refus``."""
    lecture = ouvrir(path, formulaires)
    form, depot = lecture.formulaire, ImportReport()
    objects = extraire(lecture)
    depot.lignes += [f"# Import de {path.name}", "", f"Formulaire reconnu : {form.titre} ({form.campagne})."]
    depot.lignes += [f"- À savoir : {avis}" for avis in lecture.document.avis]
    if not objects:
        depot.lignes.append("Aucune réponse n’a été trouvée dans ce formulaire : rien n’a été écrit.")
    people = [c for o in objects for c in (o["contact"], *o["extra"].get("repondants", []))]
    for objet, (part, lines) in zip(objects, recits(lecture), strict=True):
        respondents = objet["extra"].get("repondants", [])
        survey = objet["enquete"] or {}
        ecart = Ecart(
            boites_generiques(banque.root), noms_de([objet["contact"], *respondents, survey.get("contact", {})])
        )
        if objet["titre"] or any(objet["sections"].values()):
            draft = brouillon(objet, lines, form, banque, ecart)
            _deposer(objet, draft, lecture, images(lecture, part), out, ecart, depot)
        if survey:
            known, unknown = villes(objet["ville"] or "", banque.referentiel)
            # « Ville de Nantes » is Nantes; what is no city, « check » has it mended.
            ville = known[0] if len(known) == 1 and not unknown else objet["ville"] or path.stem
            name, new = write_enquete(out, form, ville, survey, ecart)
            said = "enquête écrite, non publiée" if new else "enquête déjà importée, rien n’a été écrit"
            depot.lignes += ["", f"## {name.relative_to(out)}", "", f"{said.capitalize()}."]
            (depot.ecrits if new else depot.connus).append(name)
            depot.lignes += _contacts(
                out,
                f"{form.campagne}-{name.stem}-enquete",
                {"contact": survey["contact"], "retires": ecart.retires},
                depot,
            )
        for remark in objet["extra"].get("commentaires", []):
            depot.lignes.append(
                f"- Commentaire Word, non repris : « {ecart.texte(remark['commentaire'])} » sur « {ecart.texte(remark['texte'])} »."
            )
    _rendre_le_reste(lecture, Ecart(boites_generiques(banque.root), noms_de(people)), out, depot)
    return depot


def _rendre_le_reste(lecture: Lecture, ecart: Ecart, out: Path, depot: ImportReport) -> None:
    """Words that found no place at all are told, whole lines, whoever they name set apart."""
    if depot.connus and not depot.ecrits:
        return  # imported before: what had no place was told then
    written = [path.read_text("utf-8") for path in (*depot.ecrits, *depot.connus)]
    lost = [ecart.texte(line) for line in orphelins(lecture, [*written, *depot.lignes])]
    if lost:
        depot.lignes += ["", "## À reclasser : écrit hors des cases, repris nulle part ailleurs", ""]
        depot.lignes += [f"- {line}" for line in lost]
        depot.lignes += _contacts(
            out, f"{lecture.formulaire.campagne}-reste", {"contact": {}, "retires": ecart.retires}, depot
        )


def _deposer(
    objet: Objet,
    draft: Brouillon,
    lecture: Lecture,
    pictures: list[str],
    out: Path,
    ecart: Ecart,
    depot: ImportReport,
) -> None:
    twin = _twin(out, empreinte(objet))
    if twin:
        depot.connus.append(twin)
        depot.lignes += [
            "",
            f"## {draft.meta['titre']}",
            "",
            f"Déjà importée : {twin.relative_to(out)}. Rien n’a été écrit.",
        ]
        return
    (out / "actions").mkdir(parents=True, exist_ok=True)
    identifiant = free_id(out, draft.meta) or free_id(out, {"titre": "action sans titre"})
    folder = out / "actions" / "images" / identifiant
    shown: list[Any] = []
    for n, nom in enumerate(pictures, 1):
        try:
            shown.append({"fichier": write_light(lecture.document.images[nom](), folder, f"image-{n}"), "alt": None})
        except ImageIllisible:
            depot.lignes.append(f"- Image {n} illisible ({Path(nom).suffix}) : reprenez-la dans le document Word.")
    draft.meta["illustrations"] = shown
    path = out / "actions" / f"{identifiant}.md"
    private = {
        "contact": objet["contact"],
        "repondants": objet["extra"].get("repondants", []),
        "retires": list(ecart.retires),
    }
    # The fiche comes last: it says that this action was imported, whole.
    apart = _contacts(out, identifiant, private, depot)
    write_new(path, write_fiche(draft.meta, draft.corps))
    depot.fiches.append(path)
    depot.ecrits.append(path)
    depot.lignes += [
        "",
        f"## actions/{identifiant}.md",
        "",
        "Brouillon écrit. À vérifier, avec les mots de la ville :",
        "",
    ]
    depot.lignes += [f"- `{key}` : {' / '.join(words.split(chr(10)))}" for key, words in draft.doutes]
    depot.lignes += [f"- `{key}` : « {words} » compte comme non renseigné." for key, words in draft.muets]
    missing = [key for key, value in draft.meta.items() if value is None and key in ("titre", "resume", "villes", "ages", "axes", "thematiques", "porteur", "date_publication")]  # fmt: skip
    depot.lignes += [f"- `{key}` : à remplir, le formulaire ne le dit pas." for key in missing]
    depot.lignes += [
        f"- `illustrations` : écrivez un texte de remplacement (`alt`) pour {len(shown)} image(s)."
    ] * bool(shown)
    depot.lignes += [f"- {len(draft.reste)} élément(s) sous « À reclasser »."] * bool(draft.reste)
    depot.lignes += apart


def _twin(out: Path, mark: str) -> Path | None:
    for path in sorted((out / "actions").glob("*.md")):
        if re.search(rf"^empreinte: '?{mark}'?$", path.read_text("utf-8"), re.M):
            return path
    return None


def _contacts(out: Path, name: str, private: dict[str, Any], depot: ImportReport) -> list[str]:
    """Persons go to a private folder that git ignores; the report says how many texts, never which."""
    if (
        not any(private["retires"])
        and not any(v for v in private["contact"].values())
        and not private.get("repondants")
    ):
        return []
    folder = out / ".contacts"
    folder.mkdir(parents=True, exist_ok=True)
    said = json.dumps(private, ensure_ascii=False, indent=1) + "\n"
    names = (folder / f"{name}{f'-{n}' if n > 1 else ''}.json" for n in range(1, 1000))
    target = next(path for path in names if not path.exists() or path.read_text("utf-8") == said)
    # A form imported twice leaves one copy of the persons it names, not two.
    (depot.connus if target.exists() else depot.ecrits).append(target)
    write_whole(target, said)
    return [f"- Données personnelles mises à part dans .contacts/{target.name} (dossier privé, hors de git)."]
