"""Rules on the bank as a whole, and on the addresses ever published, which ``permaliens.txt`` lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from inspiractions.base.problem import Problem
from inspiractions.base.text import fold, nearest
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.model.source import Place
from inspiractions.rules.front_matter import is_id
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
    facette = next((f for f in banque.facettes if f.adresse == folder), None)
    if not facette:
        return f"aucun vocabulaire n’a ce dossier ; rétablissez la page {name or folder}."
    vocabulaire = banque.vocabulaire(facette)
    path = f"vocabulaire/{vocabulaire.nom}.yml"
    fresh = [terme.id for terme in vocabulaire if facette.chemin(terme.id) in new]
    near = nearest(name, fresh) or nearest(name, vocabulaire.termes)
    heir = f" « {near} »" if near else ""
    return f"ajoutez « anciens_ids: [{name}] » à l’entrée{heir} de {path} qui la remplace, ou remettez l’entrée « {name} »."


def titres_proches(actions: list[Action], banque: Banque) -> Iterator[Problem]:
    """Deux actions d’une même ville ne portent pas presque le même titre."""
    by_city: dict[str, list[tuple[frozenset[str], Action]]] = {}
    for action in sorted(actions, key=lambda a: a.id):
        words = frozenset(re.findall(r"\w+", fold(action.titre)))
        others = by_city.setdefault(action.chef_de_file.code, [])
        for other_words, other in others:
            if len(words & other_words) >= 0.9 * len(words | other_words):
                message = f"titre presque identique à celui de {other.source.path}, même ville : précisez l’un des deux, ou réunissez les fiches."
                yield action.source.problem(("titre",), "titres-proches", message)
        others.append((words, action))


def anciennes_adresses(actions: list[Action], banque: Banque) -> Iterator[Problem]:
    """Un ancien identifiant ne désigne qu’une action, et plus aucune fiche ne le porte."""
    owners = {action.id: action for action in actions}
    for action in actions:
        for i, old in enumerate(action.anciens_ids):
            place: Place = ("anciens_ids", i)
            if not is_id(old):
                yield action.source.problem(
                    place,
                    "anciens-ids",
                    f"« {old} » n’est pas un identifiant : écrivez l’ancien nom du fichier, sans « .md ».",
                )
            elif old == action.id:
                yield action.source.problem(
                    place, "anciens-ids", f"« {old} » est le nom actuel de cette fiche : ôtez cette ligne."
                )
            elif old in owners and owners[old].id == old:
                yield action.source.problem(
                    place,
                    "anciens-ids",
                    f"« {old} » est le nom d’une fiche en place, {owners[old].source.path} : ôtez cette ligne, ou renommez cette fiche-là.",
                )
            elif owners.setdefault(old, action) is not action:
                yield action.source.problem(
                    place,
                    "anciens-ids",
                    f"« {old} » désigne déjà {owners[old].source.path} : gardez-le dans une seule fiche.",
                )
