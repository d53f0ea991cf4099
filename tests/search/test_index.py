import gzip
import json
from base64 import b64decode
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import pytest

from inspiractions.base.memo import Memo
from inspiractions.base.outputs import compressed_parts
from inspiractions.model.banque import Banque
from inspiractions.search import index as search_index
from inspiractions.search.facets import encoded_ranks, facet_columns, facet_contents
from inspiractions.search.index import CARDS_A_FILE, MANIFEST, NEWEST, card_groups, make_cards, make_search
from inspiractions.search.places import france_table, near_table
from inspiractions.search.postings import DocumentWords, Index, varints, words_of_action
from inspiractions.search.stems import stems, words
from inspiractions.search.texts import (
    Field,
    HandWrittenPage,
    bearings,
    expressions_of,
    key_of_term,
    weighted_texts,
)
from inspiractions.story.keys import Keys

ANNEXE = HandWrittenPage("À propos", "a-propos/", "Ce qu’est la banque.", "Une banque de récits.")


def index(banque: Banque) -> dict[str, bytes]:
    return {f.name: f.content for f in make_search(banque, [ANNEXE], Keys(banque, b""), Memo(None, b""))}


@pytest.fixture(scope="module")
def fichiers(banque_reelle: Banque) -> dict[str, bytes]:
    return index(banque_reelle)


@pytest.fixture(scope="module")
def manifeste(fichiers: dict[str, bytes]) -> dict:
    return json.loads(gzip.decompress(fichiers[MANIFEST]))


def _racines(fichiers: dict[str, bytes], manifeste: dict) -> list[list[list[str]]]:
    """The heads of the shards: lines of stem, documents, bytes."""
    heads = []
    for i in range(len(manifeste["tranches"]["premiers"].split(" "))):
        raw = gzip.decompress(fichiers[f"{manifeste['tranches']['debut']}{i}.gz"])
        size = int.from_bytes(raw[:4], "little")
        heads.append([line.partition("\t")[0].split(" ") for line in raw[4 : 4 + size].decode().split("\n")])
        assert 4 + size + sum(int(line[2]) for line in heads[-1]) == len(raw)
    return heads


def _content(fichiers: dict[str, bytes], manifeste: dict, name: str) -> bytes:
    """The bytes of a file, which the one of the first visit may hold."""
    ouverture = manifeste["ouverture"]
    if name not in ouverture["parties"]:
        return gzip.decompress(fichiers[name])
    start, end = ouverture["parties"][name]
    return gzip.decompress(fichiers[ouverture["fichier"]])[start:end]


def _serie(fichiers: dict[str, bytes], manifeste: dict, debut: str) -> list[list]:
    """What the numbered files of a kind hold, in order."""
    n = sum(name.startswith(debut) for name in (*fichiers, *manifeste["ouverture"]["parties"]))
    return [json.loads(_content(fichiers, manifeste, f"{debut}{i}.gz")) for i in range(n)]


def test_deux_index_du_meme_contenu_sont_les_memes_octets(banque_reelle: Banque, fichiers: dict[str, bytes]) -> None:
    assert index(banque_reelle) == fichiers


def test_le_manifeste_dit_les_bornes_que_le_moteur_partage(manifeste: dict) -> None:
    assert manifeste["bounds"] == {
        "expansions": 40,
        "phrases_read": 60,
        "few": 3,
        "words": 24,
        "enough": 0.6,
        "enough_of_many": 0.45,
        "measured": 0.7,
    }


def test_les_tranches_sont_en_ordre_et_le_manifeste_dit_ou_chacune_commence(
    fichiers: dict[str, bytes], manifeste: dict
) -> None:
    heads = _racines(fichiers, manifeste)
    # A stem and the expressions that begin with it are in one file.
    keys = [[(line[0].partition("_")[0], line[0]) for line in head] for head in heads]
    premiers = manifeste["tranches"]["premiers"].split(" ")
    assert all(premier <= head[0][0] for premier, head in zip(premiers, keys, strict=True))
    assert all(head[-1][0] < premier for head, premier in zip(keys, premiers[1:], strict=False))
    # No longer than it takes: without its last letter it would stand before the end of the file before.
    assert all(premier[:-1] <= head[-1][0] for head, premier in zip(keys, premiers[1:], strict=False))
    assert all(a < b for head in keys for a, b in pairwise(head))
    assert all(a[-1][0] < b[0][0] for a, b in pairwise(keys))


def test_chaque_mot_de_chaque_titre_est_dans_l_index(
    banque_reelle: Banque, fichiers: dict[str, bytes], manifeste: dict
) -> None:
    known = {line[0] for head in _racines(fichiers, manifeste) for line in head}
    assert {racine for action in banque_reelle.actions for racine in stems(action.titre)} <= known


def test_le_nom_d_un_terme_mene_a_son_id_et_n_en_dit_rien_d_autre(
    banque_reelle: Banque, fichiers: dict[str, bytes], manifeste: dict
) -> None:
    heads, wordings = {}, {}
    for i in range(len(manifeste["tranches"]["premiers"].split(" "))):
        raw = gzip.decompress(fichiers[f"{manifeste['tranches']['debut']}{i}.gz"])
        at = 4 + int.from_bytes(raw[:4], "little")
        for line in raw[4:at].decode().split("\n"):
            numbers, *told = line.split("\t")
            key, _, size, *_ = numbers.split(" ")
            if told:
                heads[key] = told
            if "_" in key:
                wordings[key] = raw[at : at + int(size)].decode().split("|")
            at += int(size)
    facette = next(f for f in banque_reelle.facettes if f.parametre == "theme")
    terme = banque_reelle.vocabulaire(facette)["sante-mentale"]
    assert heads[f"~theme.{terme.rang}"] == ["sante-mentale", terme.court]
    named = {key: [one for one in some if one[0] == "@"] for key, some in wordings.items()}
    assert f"@theme.{terme.rang}" in named["_".join(stems(terme.court))]
    # Each term that an action bears is told, and each name leads to a term, of which actions may yet be missing.
    borne = {key_of_term(f, t) for a in banque_reelle.actions for f, t in bearings(a, banque_reelle)}
    assert heads.keys() == borne
    terms = {key_of_term(f, t) for f in banque_reelle.facettes for t in banque_reelle.vocabulaire(f)}
    assert {f"~{one[1:]}" for some in named.values() for one in some} <= terms
    # What an expression means is not what the twin of the engine reads beside it.
    assert (
        expressions_of(banque_reelle).items()
        <= {key: "|".join(one for one in some if one[0] != "@") for key, some in wordings.items()}.items()
    )


def _counts(banque: Banque) -> dict[str, dict[str, int]]:
    """How many actions bear each value of each facet."""
    return {
        cle: {
            str(valeur["id"]): sum(rank in rangs for rangs in colonne.rangs)
            for rank, valeur in enumerate(colonne.valeurs)
        }
        for cle, colonne in facet_columns(banque).items()
    }


def test_les_facettes_comptent_comme_la_banque(
    banque_reelle: Banque, fichiers: dict[str, bytes], manifeste: dict
) -> None:
    facettes = _counts(banque_reelle)
    # Their values are in the manifest where they are few, else in the file of each.
    for facette in manifeste["facettes"]:
        line = _content(fichiers, manifeste, facette["fichier"]).partition(b"\n")[0]
        valeurs = facette.get("valeurs") or json.loads(line)
        assert [v["id"] for v in valeurs] == [*facettes[facette["cle"]]]
        assert ("valeurs" in facette) == (len(valeurs) <= 10) == (line == facette["cle"].encode())
    assert facettes["age"]["0-3"] == sum("0-3" in a.ages for a in banque_reelle.actions)
    assert facettes["qpv"]["oui"] == sum(a.qpv == "oui" for a in banque_reelle.actions)
    assert facettes["territoire"]["d-93"] == len(banque_reelle.par_departement["93"])
    assert sum(facettes["campagne"].values()) == len(banque_reelle.actions)


def test_un_departement_du_nom_d_une_ville_ne_compte_pas_pour_elle(banque_reelle: Banque) -> None:
    territoire = _counts(banque_reelle)["territoire"]
    shown = {id_.removeprefix("v-"): n for id_, n in territoire.items() if id_.startswith("v-")}
    assert shown == {slug: len(actions) for slug, actions in banque_reelle.par_ville.items()}


def test_cartes_et_textes_couvrent_les_documents(
    banque_reelle: Banque, fichiers: dict[str, bytes], manifeste: dict
) -> None:
    cartes = json.loads(gzip.decompress(fichiers[manifeste["cartes"]["toutes"]]))
    assert len(cartes) == manifeste["documents"] == len(banque_reelle.actions) + 1
    assert [c["id"] for c in cartes[:-1]] == [a.id for a in banque_reelle.actions]
    assert cartes[-1]["url"] == ANNEXE.url
    files = manifeste["cartes"]["fichiers"]
    groups = _serie(fichiers, manifeste, manifeste["cartes"]["debut"])
    assert [[c["titre"] for c in group] for group in groups] == [
        [carte["titre"] for carte, of in zip(cartes, files, strict=True) if of == rank] for rank in range(len(groups))
    ]
    assert files[:NEWEST] == [0] * NEWEST
    assert files.count(0) == NEWEST
    assert max(map(len, groups)) <= CARDS_A_FILE
    # The texts follow one another as the cards in their files.
    bodies = {a.id: [r.titre for r in a.rubriques] for a in banque_reelle.actions}
    texts = _serie(fichiers, manifeste, manifeste["textes"]["debut"])
    assert {len(some) for some in texts[:-1]} == {manifeste["textes"]["taille"]}
    filed = [c["id"] for group in groups for c in group if "id" in c]
    assert [[titre for titre, _ in text] for some in texts for text in some] == [bodies[i] for i in filed]


def test_une_premiere_visite_ouvre_un_fichier(fichiers: dict[str, bytes], manifeste: dict) -> None:
    """The facets that are unfolded and the newest cards, which stand nowhere else."""
    parties = manifeste["ouverture"]["parties"]
    unfolded = [facette["fichier"] for facette in manifeste["facettes"] if facette["ouverte"]]
    assert [*parties] == [*unfolded, f"{manifeste['cartes']['debut']}0.gz"]
    assert not parties.keys() & fichiers.keys()
    content = gzip.decompress(fichiers[manifeste["ouverture"]["fichier"]])
    assert [start for start, _ in parties.values()] == [0, *(end for _, end in parties.values())][:-1]
    assert [*parties.values()][-1][1] == len(content)


def test_une_facette_trop_lourde_pour_une_premiere_visite_est_repliee(
    banque_reelle: Banque, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its file stands apart, and those that come after it and hold are unfolded."""
    sizes = {
        str(description["cle"]): len(compressed_parts(parts))
        for description, parts in facet_contents(banque_reelle)
        if description["ouverte"]
    }
    assert [*sizes] == ["age", "axe", "theme", "qpv"]
    monkeypatch.setattr(search_index, "OPENING", sum(sizes.values()) - 1)
    part = make_cards(banque_reelle, [])
    facettes, ouverture = part.description["facettes"], part.description["ouverture"]
    assert isinstance(facettes, list)
    assert isinstance(ouverture, dict)
    names = {facette["cle"]: facette["fichier"] for facette in facettes}
    folded = {cle for cle in sizes if not next(f["ouverte"] for f in facettes if f["cle"] == cle)}
    assert folded == {"qpv"}
    monkeypatch.setattr(search_index, "OPENING", sum(sizes.values()) - sizes["theme"])
    part = make_cards(banque_reelle, [])
    facettes, ouverture = part.description["facettes"], part.description["ouverture"]
    assert isinstance(facettes, list)
    assert isinstance(ouverture, dict)
    assert [f["cle"] for f in facettes if f["ouverte"]] == ["age", "axe", "qpv"]
    assert names["theme"] in {fichier.name for fichier in part.files}
    assert names["theme"] not in ouverture["parties"]


def test_le_manifeste_dit_quels_lieux_la_table_proche_connait(banque_reelle: Banque, manifeste: dict) -> None:
    """Each of them, and of other names one in a hundred at most is taken for one."""
    lieux = manifeste["lieux"]
    hashes: set[int] = set()
    value = 0
    for byte in b64decode(lieux["empreintes"]):
        value += byte
        if byte < 255:
            hashes.add(value)

    def is_told(key: str) -> bool:
        return crc32(key.encode()) % lieux["modulo"] in hashes

    names = near_table(banque_reelle, Memo(None, b"")).keys()
    assert all(map(is_told, names))
    others = france_table(banque_reelle.referentiel).keys() - names
    assert sum(map(is_told, others)) < 0.015 * len(others)


def test_au_dela_de_mille_deux_cents_les_cartes_restent_en_petits_fichiers(
    banque_reelle: Banque, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "MANY_ACTIONS", len(banque_reelle.actions) - 1)
    cartes = make_cards(banque_reelle, [ANNEXE]).description["cartes"]
    assert isinstance(cartes, dict)
    assert cartes["fichiers"] == []
    assert cartes["toutes"] == ""
    assert card_groups(banque_reelle, 1)[1] == range(cartes["taille"], 2 * cartes["taille"])


def _numbers(octets: bytes) -> Iterator[int]:
    """What ``varints`` wrote."""
    value = shift = 0
    for byte in octets:
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            yield value
            value = shift = 0


def test_une_colonne_dit_les_valeurs_de_chaque_action_et_celles_qui_les_tiennent(banque_reelle: Banque) -> None:
    ways = set()
    for column in facet_columns(banque_reelle).values():
        rank_of = {valeur["id"]: rank for rank, valeur in enumerate(column.valeurs)}
        parents = [rank_of.get(valeur["parent"]) for valeur in column.valeurs]
        numbers = _numbers(b"".join(encoded_ranks(column)))

        def with_parents(ranks: Iterable[int], parents: list[int | None] = parents) -> list[int]:
            every: set[int] = set()
            for lowest in ranks:
                rank: int | None = lowest
                while rank is not None:
                    every.add(rank)
                    rank = parents[rank]
            return sorted(every)

        def read_each(numbers: Iterator[int] = numbers, actions: int = len(column.rangs)) -> list[list[int]]:
            counts = [next(numbers) for _ in range(actions)]
            ranks = [[next(numbers)] if count else [] for count in counts]
            for own, count in zip(ranks, counts, strict=True):
                for _ in range(count - 1):
                    own.append(own[-1] + 1 + next(numbers))
            return ranks

        sets = [[number - 1 for number in iter(partial(next, numbers), 0)] for _ in range(next(numbers))]
        ways.add(bool(sets))
        ranks = [sets[next(numbers)] for _ in column.rangs] if sets else read_each()
        assert list(map(with_parents, ranks)) == column.rangs, column.cle
        assert next(numbers, None) is None
    assert ways == {True, False}


def test_une_tranche_tient_les_ecarts_puis_les_poids_puis_les_places() -> None:
    index = Index()
    borne: dict[str, list[tuple[int, int, int]]] = {"partout": [], "parfois": []}
    for document in range(600):
        weights = [("partout", document % 250 + 1, document % 7)]
        if document % 200 == 3:
            weights.append(("parfois", 255, document % 5))
        for racine, weight, place in weights:
            borne[racine].append((document, weight, place))
        racines, poids, places = zip(*weights, strict=True)
        index.add(DocumentWords(" ".join(racines), bytes(poids), bytes(places)))
    ((_, parts),) = index.shards()
    raw = b"".join(parts)
    # Only the stem that many have has columns apart.
    assert len(parts) == 5
    head = 4 + int.from_bytes(raw[:4], "little")
    at = head
    for line in raw[4:head].decode().split("\n"):
        racine, count, size = line.split(" ")
        n, postings = int(count), raw[at : at + int(size)]
        at += int(size)
        documents = [gap + 1 for gap in _numbers(postings[: -2 * n])]
        assert [sum(documents[: i + 1]) - 1 for i in range(n)] == [document for document, _, _ in borne[racine]]
        assert list(postings[-2 * n : -n]) == [weight for _, weight, _ in borne[racine]]
        assert list(postings[-n:]) == [place for _, _, place in borne[racine]]
    assert at == len(raw)


def test_varints() -> None:
    assert varints([0, 127, 128, 300]) == bytes([0, 127, 128, 1, 172, 2])


def test_l_index_est_dans_le_site(site: Path, fichiers: dict[str, bytes]) -> None:
    assert (site / "recherche" / MANIFEST).is_file()
    assert not [p.name for p in (site / "recherche").iterdir() if p.suffix != ".gz"]


def test_chaque_filtre_de_l_explorateur_a_sa_place(banque_reelle: Banque) -> None:
    filtres = facet_columns(banque_reelle)
    assert [filtre.place for filtre in filtres.values()] == list(range(len(filtres)))
    assert [cle for cle, filtre in filtres.items() if filtre.ouverte] == ["age", "axe", "theme", "qpv"]


def test_les_longueurs_moyennes_sont_celles_de_la_banque(banque_reelle: Banque) -> None:
    """BM25F weighs a field against the mean length of its own in the bank."""
    lengths: dict[Field, int] = {}
    for action in banque_reelle.actions:
        for some in weighted_texts(action, banque_reelle):
            lengths[some.champ] = lengths.get(some.champ, 0) + len(words(some.texte))
    for champ, total in lengths.items():
        assert total / len(banque_reelle.actions) == pytest.approx(champ.longueur, rel=0.25), champ


def test_un_mot_d_un_nom_de_lieu_ne_compte_guere(banque_reelle: Banque) -> None:
    """« Chaud » is no Chaudes-Aigues, whose name is read as a place, in the summary as elsewhere."""
    action = next(a for a in banque_reelle.actions if a.id == "chaudes-aigues-cabinet-dentaire-conteneur")
    weight, place = words_of_action(action, banque_reelle).marks["chaud"]
    assert weight < 100
    assert place == 0


def test_les_mots_des_pages_ecrites_a_la_main_sont_comptes_a_part(fichiers: dict[str, bytes], manifeste: dict) -> None:
    lines = {line[0]: line for head in _racines(fichiers, manifeste) for line in head}
    (stem,) = stems("banque")
    actions = int(lines[stem][1])
    assert lines[stem][3:] == ["1"]
    termes = gzip.decompress(fichiers[manifeste["termes"]]).decode().split("\n")
    assert next(int(t.split(" ")[1]) for t in termes if t.startswith(f"{stem} ")) == actions


def test_un_synonyme_est_tenu_pour_une_expression(fichiers: dict[str, bytes], manifeste: dict) -> None:
    keys = [line[0] for head in _racines(fichiers, manifeste) for line in head]
    assert "_".join(stems("punaises de lit")) in keys
    assert f"{stems('CLSM')[0]}_" in keys
    assert any(key.startswith("~theme.") for key in keys)
