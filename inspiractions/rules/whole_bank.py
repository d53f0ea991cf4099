"""Rules on the addresses ever published, which ``permaliens.txt`` lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from inspiractions.base.problem import Problem
from inspiractions.base.text import nearest
from inspiractions.model.action import Action
from inspiractions.model.banque import FACETTES, Banque
from inspiractions.story.permalinks import NOM, promises, read_permaliens

_ADDRESS = re.compile(r"[a-z0-9-]+/([a-z0-9-]+/)?")


def adresses_disparues(actions: list[Action], banque: Banque) -> Iterator[Problem]:
    """Une adresse publiée mène toujours quelque part : une fiche renommée garde son ancien nom dans « anciens_ids », une fiche ôtée revient avec « statut: retiree »."""
    listed = read_permaliens(banque.root)
    if listed is None:
        return
    served = promises(banque, actions)
    new = [address for address in served if address not in listed]
    by_id = {action.id: action for action in actions}
    for address in sorted({*listed} - {*served}):
        if not _ADDRESS.fullmatch(address):
            message = (
                f"« {address} » n’est pas une adresse : écrivez-la comme « actions/<identifiant>/ », ou ôtez la ligne."
            )
            yield Problem(NOM, listed[address], "adresse-disparue", message)
            continue
        folder, _, name = address.strip("/").partition("/")
        if folder == "dossiers":
            if (banque.root / "dossiers" / f"{name}.md").is_file():
                continue  # a dossier that could not be read: its own problems say so
            advice = f"si le dossier a changé de nom, ajoutez « anciens_ids: [{name}] » à son en-tête ; sinon remettez dossiers/{name}.md."
        elif folder != "actions":
            advice = _term_advice(banque, folder, name, new)
        elif name in by_id:
            advice = f"{by_id[name].source.path} est un brouillon : écrivez « statut: publiee », ou « statut: retiree » pour n’en garder qu’un avis."
        elif (banque.root / "actions" / f"{name}.md").is_file():
            continue  # a fiche that could not be read: its own problems say so
        else:
            advice = _fiche_advice(by_id, name, new)
        yield Problem(
            NOM, listed[address], "adresse-disparue", f"l’adresse publiée « {address} » ne mène plus à rien : {advice}"
        )


def _fiche_advice(by_id: Mapping[str, Action], name: str, new: list[str]) -> str:
    """Who took the name: a draft that says so, else the fiche that looks like it, a new one first."""
    restore = f"remettez actions/{name}.md avec « statut: retiree »"
    draft = next((a for a in by_id.values() if name in a.anciens_ids), None)
    if draft:
        return f"{draft.source.path}, qui en hérite, est un brouillon : publiez-la, ou {restore}."
    fresh = [i for i in by_id if f"actions/{i}/" in new]
    near = nearest(name, fresh) or nearest(name, by_id, floor=0.75)
    if not near:
        return f"{restore} ; si la fiche a changé de nom, ajoutez « anciens_ids: [{name}] » à la nouvelle."
    action = by_id[near]
    line = f"anciens_ids: [{', '.join((*action.anciens_ids, name))}]"
    return f"si la fiche a changé de nom, écrivez « {line} » dans {action.source.path} ; sinon {restore}."


def _term_advice(banque: Banque, folder: str, name: str, new: list[str]) -> str:
    facette = next((f for f in FACETTES if f.adresse == folder), None)
    if not facette:
        return f"aucun vocabulaire n’a ce dossier ; rétablissez la page {name or folder}."
    vocabulaire = banque.vocabulaire(facette)
    path = f"vocabulaire/{vocabulaire.nom}.yml"
    fresh = [terme.id for terme in vocabulaire if facette.chemin(terme.id) in new]
    near = nearest(name, fresh) or nearest(name, vocabulaire.termes)
    heir = f" « {near} »" if near else ""
    return f"ajoutez « anciens_ids: [{name}] » à l’entrée{heir} de {path} qui la remplace, ou remettez l’entrée « {name} »."
