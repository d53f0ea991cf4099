"""The files that partners take: what each is, for the page, the data package and the catalogue.

The stable URI of every vocabulary and term: its page, or a fragment of its Turtle file where it has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from inspiractions.base.outputs import ACTIONS, CITATIONS, MACHINES, VOCABULAIRES, DataFile, FileStats
from inspiractions.model.banque import Banque

DOSSIER = "donnees/vocabulaires/"
_TITRES = {"echelles": "Échelles", "rubriques": "Rubriques du récit"}


class Adresses:
    """The URI of each scheme and concept; ``site_url`` ends with ``/``."""

    def __init__(self, banque: Banque, site_url: str) -> None:
        self._site_url, self.identity = site_url, banque.identity
        self._facettes = {banque.vocabulaire(facette).nom: facette for facette in banque.facettes}

    def titre(self, nom: str) -> str:
        """What a vocabulary is called."""
        return self._facettes[nom].titre if nom in self._facettes else _TITRES[nom]

    def ensemble(self, nom: str) -> str:
        """The URI of a vocabulary."""
        return self._site_url + (f"{self._facettes[nom].adresse}/" if nom in self._facettes else f"{DOSSIER}{nom}.ttl")

    def terme(self, nom: str, identifiant: str) -> str:
        """The URI of a term."""
        if nom in self._facettes:
            return self._site_url + self._facettes[nom].chemin(identifiant)
        return f"{self.ensemble(nom)}#{identifiant}"


def inventaire(actions: int, lignes: int, termes: Mapping[str, int], adresses: Adresses) -> list[DataFile]:
    """Every file there may be, in the order of the page; ``lignes``: the points of the GeoJSON."""
    return [
        *(DataFile(f"donnees/{n}", ACTIONS, titre, texte, media, actions) for n, titre, texte, media in _ACTIONS),
        DataFile("donnees/actions.geojson", ACTIONS, "Carte (GeoJSON)", "Un point par action et par ville, pour QGIS et les cartes en ligne. Un département ou une région n’a pas de point.", "application/geo+json", lignes, "point"),
        *(DataFile(f"donnees/{n}", CITATIONS, titre, texte, media, actions, "référence") for n, titre, texte, media in _CITATIONS),
        *_vocabulaires(termes, adresses),
        *(DataFile(f"donnees/{n}", MACHINES, titre, texte, media) for n, titre, texte, media in _MACHINES),
    ]  # fmt: skip


def served(donnees: Iterable[DataFile], stats: Mapping[str, FileStats]) -> list[tuple[DataFile, FileStats]]:
    """Those that were made, each with its print: a large bank goes without some."""
    return [(data_file, stats[data_file.nom]) for data_file in donnees if data_file.nom in stats]


def _vocabulaires(termes: Mapping[str, int], adresses: Adresses) -> Iterator[DataFile]:
    for nom in termes:
        for end, form, media in (("json", "JSON", "application/json"), ("ttl", "SKOS, Turtle", "text/turtle")):
            yield DataFile(
                f"{DOSSIER}{nom}.{end}",
                VOCABULAIRES,
                f"{adresses.titre(nom)} ({form})",
                "",
                media,
                termes[nom],
                "terme",
            )


_ACTIONS: tuple[tuple[str, str, str, str], ...] = (
    ("actions.csv", "Tableau (CSV)", "Une ligne par action, sans le texte du récit. UTF-8 sans marque, virgules ; les listes sont jointes par « | ». Pour R, Python, une base de données.", "text/csv"),
    ("actions-tableur.csv", "Tableau pour tableur (CSV)", "Le même, avec des points-virgules et la marque UTF-8 : il s’ouvre d’un double clic dans un tableur français.", "text/csv"),
    ("actions.json", "Tout (JSON)", "La liste de toutes les actions, avec leur récit en Markdown. Les clés sont celles des fiches.", "application/json"),
    ("actions.jsonl", "Tout, une action par ligne (JSON Lines)", "Les mêmes objets, à lire ligne à ligne sans tout charger.", "application/jsonl"),
)  # fmt: skip
_CITATIONS: tuple[tuple[str, str, str, str], ...] = (
    ("actions.bib", "BibTeX", "Pour LaTeX, Zotero, JabRef.", "application/x-bibtex"),
    ("actions.ris", "RIS", "Pour Zotero, EndNote, Mendeley.", "application/x-research-info-systems"),
    ("actions.csl.json", "CSL-JSON", "Pour Zotero, Pandoc, citeproc.", "application/vnd.citationstyles.csl+json"),
)
_MACHINES: tuple[tuple[str, str, str, str], ...] = (
    ("datapackage.json", "Data Package", "La description du jeu de données et de chaque colonne (Frictionless Data, Table Schema).", "application/json"),
    ("schema.json", "Schéma d’une fiche (JSON Schema)", "Ce que l’en-tête d’une fiche peut contenir, avec les listes fermées et leurs libellés.", "application/schema+json"),
    ("catalog.jsonld", "Catalogue (DCAT)", "La notice des jeux de données, pour data.gouv.fr et les portails qui moissonnent DCAT.", "application/ld+json"),
    ("oai.xml", "Entrepôt statique OAI-PMH", "Les notices en Dublin Core, à déclarer à une passerelle OAI (5 000 notices au plus).", "text/xml"),
    ("lunr.json", "Index de recherche (lunr)", "Pour chercher dans la banque depuis un autre site : voir « Chercher depuis un autre site ».", "application/json"),
)  # fmt: skip
