"""A draft fiche from what a form says: the city's words in their rubriques, proposals marked, the rest « À reclasser »."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from banque.banque import Banque
from banque.confidentialite import is_generic
from banque.importer import deduction
from banque.importer.extraction import Objet
from banque.importer.flux import FormLine
from banque.importer.markdown import echapper, en_markdown
from banque.importer.prive import Ecart
from banque.questionnaire import Questionnaire
from banque.source import Value
from banque.vides import is_empty

# Required keys that no form answers: an empty line, that « check » asks to fill.
_REQUIS = ("titre", "resume", "villes", "ages", "axes", "thematiques", "porteur", "date_publication")


@dataclass
class Brouillon:
    """``meta`` and ``corps`` make the fiche; ``doutes``: (key, words of the city) to check; ``reste``: what has no place.

    ``muets``: (key, words) of the answers that say there is none.
    """

    meta: dict[str, Value]
    corps: str = ""
    doutes: list[tuple[str, str]] = field(default_factory=list)
    reste: list[tuple[str, str]] = field(default_factory=list)
    muets: list[tuple[str, str]] = field(default_factory=list)

    def dit(self, cle: str, texte: str | None) -> str | None:
        """An answer on one line; ``None`` where it says that there is none."""
        line = _line(texte)
        if line and deduction.est_muet(line):
            self.muets.append((cle, line))
            return None
        return line


def empreinte(objet: Objet) -> str:
    """The same for the same answers, however the file was saved."""
    kept = {k: v for k, v in objet.items() if k not in ("extra", "images", "enquete")}
    text = json.dumps(kept, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:16]


def brouillon(
    objet: Objet, lignes: Mapping[str, list[FormLine]], form: Questionnaire, banque: Banque, ecart: Ecart
) -> Brouillon:
    """The draft; persons are set aside in ``ecart``."""
    draft = Brouillon({})
    _identite(draft, objet, banque)
    _classement(draft, objet, form, banque)
    _contact(draft, objet, ecart)
    _documents(draft, objet)
    _reclasser(draft, objet)
    for key in _REQUIS:
        draft.meta.setdefault(key, None)
    draft.meta |= {
        "campagne": form.campagne, "connaissance": "declaratif", "statut": "brouillon", "empreinte": empreinte(objet),
        "a_verifier": list(dict.fromkeys(key for key, _ in draft.doutes if not is_empty(draft.meta.get(key)))),
    }  # fmt: skip
    draft.meta = {key: ecart.valeur(value) for key, value in draft.meta.items()}
    draft.doutes = [(key, ecart.texte(text)) for key, text in draft.doutes]
    draft.reste = [(label, ecart.texte(text)) for label, text in draft.reste]
    draft.corps = _corps(objet, lignes, form, banque, ecart, draft.reste)
    return draft


def _identite(draft: Brouillon, objet: Objet, banque: Banque) -> None:
    meta = draft.meta
    titre = " ".join(objet["titre"].split())
    if len(titre) > 140:
        draft.reste.append(("Nom de l’action, en entier", titre))
        draft.doutes.append(("titre", titre))
        titre = titre[:140].rsplit(" ", 1)[0]
    meta["titre"] = titre or None
    known, unknown = deduction.villes(objet["ville"] or "", banque.referentiel)
    meta["villes"] = list(known) or None
    if known:
        draft.doutes.append(("villes", objet["ville"]))
    if unknown:
        draft.reste.append(("Ville, telle que le formulaire la nomme", objet["ville"]))
    for key in ("porteur", "role_collectivite"):
        meta[key] = draft.dit(key, objet[key])
    for key in ("service_pilote", "role_service_sante"):
        meta[key] = draft.dit(key, objet["extra"].get(key))
    for key in ("services_elus", "partenaires"):
        meta[key] = list(deduction.liste(objet[key] or ""))
    if objet["periode"]:
        meta["periode"] = dict(deduction.periode(_line(objet["periode"]) or ""))
        draft.doutes.append(("periode", objet["periode"]))
    scale = _line(objet["echelle"]) or ""
    if scale:
        meta["echelle"] = deduction.echelle(scale) or None
        draft.doutes.append(("echelle", scale))
        if len(scale) <= 200:
            meta["perimetre"] = scale
        else:
            draft.reste.append(("Échelle de territoire", scale))
    budget = objet["budget"]
    if isinstance(budget, dict):
        named = {("precision" if k == "texte" else k): v for k, v in budget.items()}
        meta["budget"] = {k: draft.dit(f"budget.{k}", v) for k, v in named.items()}
    elif budget:
        meta["budget"] = {"precision": draft.dit("budget.precision", budget)}
    if written := objet["date_redaction"]:
        day = deduction.jour(written)
        meta["date_redaction"] = day or None
        if not day:
            draft.reste.append(("Date de rédaction", written))


def _classement(draft: Brouillon, objet: Objet, form: Questionnaire, banque: Banque) -> None:
    meta, extra = draft.meta, objet["extra"]
    found: dict[str, dict[str, None]] = {}
    for bloc in form.demandes("fiche"):
        chosen = objet.get(bloc.vers) or extra.get(bloc.vers) or [] if bloc.genre == "choix" else []
        for option in bloc.options:
            if isinstance(chosen, list) and option.valeur in chosen:
                for key, given in option.classement.items():
                    found.setdefault(key, {}).update(dict.fromkeys(given))
                    if key != bloc.vers:
                        draft.doutes.append((key, f"{bloc.titre} : {option.libelle}"))
    texts = [(objet["titre"], 3), (extra.get("population_cible", ""), 2), *((t, 1) for t in objet["sections"].values())]
    guesses = {
        "ages": deduction.ages(" ".join([*extra.get("precisions", {}).values(), extra.get("population_cible", ""), objet["titre"]])),
        "axes": deduction.suggerer(texts, banque.vocabulaires["axes"], 2),
        "thematiques": deduction.suggerer(texts, banque.vocabulaires["thematiques"], 3, 3),
        "publics": deduction.suggerer(texts[:2], banque.vocabulaires["publics"], 3),
    }  # fmt: skip
    deduced = []
    for key in ("ages", "axes", "thematiques", "determinants", "publics"):
        ids = list(found.get(key, {}))
        if not ids or (key == "thematiques" and len(ids) < 3):
            more = [i for i in guesses.get(key, []) if i not in ids][:5]
            if more:
                deduced.append(key)
                draft.doutes.append((key, f"déduit des mots du formulaire : {', '.join(more)}"))
            ids += more
        meta[key] = list(ids) or None
    meta["champs_deduits"] = list(deduced)
    meta["qpv"] = "oui" if objet["qpv"] else "inconnu"
    if not objet["qpv"]:
        draft.doutes.append(("qpv", "la case « quartier prioritaire » n’est pas cochée : « non », ou « inconnu » ?"))
    first = next((t for k, t in objet["sections"].items() if k.startswith("Objectif") and t), "")
    first = first or next((t for t in objet["sections"].values() if t), "")
    summary = first.split("\n")[0].lstrip("-–—• ")[:300].strip()
    if summary:
        meta["resume"] = summary
        draft.doutes.append(("resume", "repris des premières lignes du formulaire : à rédiger en une ou deux phrases"))


def _contact(draft: Brouillon, objet: Objet, ecart: Ecart) -> None:
    contact = objet["contact"]
    email = contact.get("email") or ""
    draft.meta["contact"] = {
        "service": _line(contact.get("service")),
        "fonction": _line(contact.get("fonction")),
        "courriel": email if "@" in email and is_generic(email.split("@")[0], ecart.boites) else None,
    }


def _documents(draft: Brouillon, objet: Objet) -> None:
    links = objet["extra"].get("liens", [])
    draft.meta["documents"] = [{"titre": " ".join(k["texte"].split()), "url": k["url"]} for k in links if k["url"].startswith("https://")]  # fmt: skip
    for link in links:
        if not link["url"].startswith(("https://", "mailto:")):
            draft.reste.append((f"Lien « {link['texte']} »", link["url"].removeprefix("http://")))


_RESTE = {
    "population_cible": "Population cible",
    "presenter_gt": "Présenter l’action au groupe de travail",
    "precisions": "Précision",
    "lignes_ajoutees": "Ligne ajoutée",
    "libelles_modifies": "Libellé modifié",
    "hors_formulaire": "Hors des questions du formulaire",
    "notes": "Note",
    "doutes": "Case à vérifier",
}


def _reclasser(draft: Brouillon, objet: Objet) -> None:
    """Whatever has no key and no rubrique, under its label."""
    for key in ("ages", "types_action", "determinants", "cible"):
        draft.reste += [("Autre", v.removeprefix("autre:")) for v in objet.get(key) or [] if v.startswith("autre:")]
        if key == "cible":
            draft.reste += [("L’action cible", v) for v in objet.get(key) or [] if not v.startswith("autre:")]
    draft.reste += [("Territoire", v.removeprefix("autre:")) for v in objet["extra"].get("specificites_territoire", []) if v.startswith("autre:")]  # fmt: skip
    for key, label in _RESTE.items():
        said: Any = objet["extra"].get(key)
        if isinstance(said, dict):
            draft.reste += [(f"{label}, « {k} »", v) for k, v in said.items()]
        elif isinstance(said, list):
            draft.reste += [(label, v) for v in said]
        elif said:
            draft.reste.append((label, said))


def _corps(
    objet: Objet,
    lignes: Mapping[str, list[FormLine]],
    form: Questionnaire,
    banque: Banque,
    ecart: Ecart,
    reste: list[tuple[str, str]],
) -> str:
    """The récit: canonical rubriques in their order, those of the city after the one that they follow."""
    asked = {b.titre: b for b in form.demandes("fiche") if b.rubrique}
    photos = {b.titre for b in form.demandes("fiche") if b.genre == "photos"}
    parts: dict[str, list[str]] = {}
    added: dict[str, list[tuple[str, str]]] = {}
    last = ""
    for titre, text in objet["sections"].items():
        if not text:
            last = asked[titre].rubrique if titre in asked else last
            continue
        if titre in photos:
            reste.append(("Légende des images", ecart.texte(text)))
            continue
        written = ecart.texte(en_markdown(lignes.get(titre, [])))
        if titre in asked:
            last, under = asked[titre].rubrique, asked[titre].sous_titre
            parts.setdefault(last, []).append(f"### {under}\n\n{written}" if under else written)
        else:
            added.setdefault(last, []).append((ecart.texte(titre), written))
    found = []
    for rubrique in banque.vocabulaires["rubriques"]:
        if rubrique.id in parts:
            found.append(f"## {rubrique.libelle}\n\n" + "\n\n".join(parts[rubrique.id]))
        found += [f"## {titre}\n\n{text}" for titre, text in added.get(rubrique.id, [])]
    found += [f"## {titre}\n\n{text}" for titre, text in added.get("", [])]
    if reste:
        items = [f"- {echapper(label)} : {echapper(' / '.join(text.split(chr(10))))}" for label, text in reste]
        found.append("## À reclasser\n\n" + "\n".join(items))
    return "\n\n".join(found)


def _line(texte: str | None) -> str | None:
    return " ; ".join(part.strip(" ;") for part in (texte or "").split("\n") if part.strip(" ;")) or None
