"""What a campaign sends and gets: the letter that invites the cities, the list of who answered, the synthesis of its survey.

The letter goes to a service, never to a person. The synthesis is what the working group takes away: a Word document and a table.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from inspiractions.base.files import written_files
from inspiractions.base.outputs import make_csv
from inspiractions.base.text import slugify
from inspiractions.forms.blank import LARGEUR, ecrire, nouveau, octets, rangee, tableau, teinter
from inspiractions.model.banque import Banque
from inspiractions.model.enquete import Question, Reponse, villes
from inspiractions.model.facette import FACETTES
from inspiractions.model.identity import Identity
from inspiractions.model.questionnaire import Questionnaire
from inspiractions.model.source import Value, read_fiche, read_yaml
from inspiractions.model.territoire import Lieu, Referentiel, UnknownLieu
from inspiractions.model.vocabulaire import Terme
from inspiractions.story.coverage import form_path
from inspiractions.theme.templates import Templates

COLUMNS = ("ville", "a_repondu", "actions_publiees", "brouillons", "enquetes", "relance_le", "remarque")
_CAMPAGNE = next(facette for facette in FACETTES if facette.cle == "campagne")


@dataclass(frozen=True)
class InvitationLetter:
    """What the cities are asked. ``until``: the last day to answer, « 31 janvier 2027 », or nothing; ``courriel``: where to."""

    terme: Terme
    form: Questionnaire
    until: str
    site_url: str
    courriel: str
    identity: Identity

    @property
    def subject(self) -> str:
        """The subject of the message."""
        until = f", à renvoyer jusqu’au {self.until}" if self.until else ""
        return f"{self.terme.libelle} : racontez une action de votre ville{until}"

    @property
    def page(self) -> str:
        """The page of the campaign."""
        return f"{self.site_url}campagnes/{self.terme.id}/#repondre"

    @property
    def blank(self) -> str:
        """The blank form, on the site."""
        return f"{self.site_url}{form_path(self.terme.id)}"

    @property
    def opening(self) -> tuple[str, ...]:
        """Why one writes, and what is asked."""
        asked = f" Ce qui est demandé : {self.terme.demande}" if self.terme.demande else ""
        return (
            "Bonjour,",
            f"Nous recueillons ce que les villes et les intercommunalités font sur ce sujet : « {self.terme.libelle} ». "
            "Une petite action, une action en cours, une action qui n’a pas donné ce que vous espériez : tout cela sert aux autres.",
            *([asked.strip()] if asked else []),
        )

    @property
    def steps(self) -> tuple[str, ...]:
        """What to do, in order."""
        survey = " et, si vous le pouvez, à l’enquête qui suit" if self.form.demandes("enquete") else ""
        where = f"à {self.courriel}" if self.courriel else "au secrétariat"
        until = f" jusqu’au {self.until}" if self.until else ""
        return (
            f"Ouvrez le document Word joint, et répondez à une fiche par action{survey}. Ce que vous ne savez pas reste vide.",
            "Dites ce qui vous a aidés et ce qui vous a gênés : c’est ce que vos collègues lisent d’abord.",
            f"Renvoyez-le {where}{until}, en gardant le format Word.",
        )

    @property
    def closing(self) -> tuple[str, ...]:
        """What becomes of the answers."""
        return (
            f"Vos réponses deviennent un récit sur {self.identity.nom}, avec vos mots. Vous le relisez avant qu’il paraisse ; vous pouvez "
            "à tout moment le faire corriger ou retirer. Ni nom de personne ni téléphone n’y figure.",
            "Merci de ce que vous apprenez aux autres villes.",
            f"Le secrétariat {self.identity.de_nom}",
        )

    def text(self) -> str:
        """To paste in a message: plain text, a paragraph a line."""
        steps = "\n".join(f"{n}. {step}" for n, step in enumerate(self.steps, 1))
        links = f"La page du recueil : {self.page}\nLe formulaire, si la pièce jointe manque : {self.blank}"
        return "\n\n".join([f"Objet : {self.subject}", *self.opening, steps, links, *self.closing]) + "\n"

    def markdown(self) -> str:
        """The same, to rework or to put on a page."""
        steps = "\n".join(f"{n}. {step}" for n, step in enumerate(self.steps, 1))
        links = f"[La page du recueil]({self.page}) · [Le formulaire Word]({self.blank})"
        return "\n\n".join([f"**Objet :** {self.subject}", *self.opening, steps, links, *self.closing]) + "\n"

    def html(self, templates: Templates) -> str:
        """To open in a browser and copy in a message, links included."""
        return templates.render("courrier_campagne", lettre=self)


@dataclass(frozen=True)
class FollowUp:
    """What came back: rows of ``COLUMNS``, by city, those that answered first; ``unknown``: what is to mend in names that are no place."""

    rows: tuple[tuple[str, ...], ...]
    unknown: tuple[str, ...]

    @property
    def answered(self) -> int:
        """How many cities answered."""
        return sum(row[1] == "oui" for row in self.rows)


def make_follow_up(banque: Banque, terme: Terme, invited: Iterable[str] | None, before: str = "") -> FollowUp:
    """Who answered a campaign, by its published actions, its drafts and its surveys.

    ``invited``: the names of the cities that were written to; with ``None``, those that the bank knows. ``before``: the CSV
    of an earlier time, whose last two columns, written by hand, stay.
    """
    by_hand = {
        row[0]: tuple(row[-2:])
        for row in csv.reader(before.lstrip("\ufeff").splitlines(), delimiter=";")
        if len(row) > 2
    }
    cities: dict[str, str] = {}
    counts: dict[str, list[int]] = {}
    unknown: list[str] = []

    def named(name: str) -> str:
        try:
            lieu = banque.referentiel.resolve(name)
        except UnknownLieu as error:
            unknown.append(str(error))
            return _keep(cities, slugify(name), name)
        return _keep(cities, lieu.slug, _plain_name(lieu, banque.referentiel))

    for kind, names in enumerate((_published(banque, terme), _drafts(banque, terme), _surveys(banque, terme))):
        for name in names:
            counts.setdefault(named(name), [0, 0, 0])[kind] += 1
    known = (_plain_name(lieu, banque.referentiel) for lieu in banque.villes.values())
    for name in known if invited is None else invited:
        named(name)
    order = sorted(cities, key=lambda slug: (slug not in counts, slug))
    rows = (
        (
            cities[slug],
            "oui" if slug in counts else "non",
            *map(str, counts.get(slug, (0, 0, 0))),
            *by_hand.get(cities[slug], ("", "")),
        )
        for slug in order
    )
    return FollowUp(tuple(rows), tuple(dict.fromkeys(unknown)))


def _plain_name(lieu: Lieu, referentiel: Referentiel) -> str:
    """The name that finds the place again: with its département where several bear it."""
    try:
        return lieu.nom if referentiel.resolve(lieu.nom).slug == lieu.slug else f"{lieu.nom} ({lieu.departement})"
    except UnknownLieu:
        return f"{lieu.nom} ({lieu.departement})"


def _keep(cities: dict[str, str], slug: str, name: str) -> str:
    cities.setdefault(slug, name)
    return slug


def _published(banque: Banque, terme: Terme) -> Iterator[str]:
    for action in banque.avec(_CAMPAGNE, terme):
        yield from (_plain_name(lieu, banque.referentiel) for lieu in action.villes)


def _drafts(banque: Banque, terme: Terme) -> Iterator[str]:
    """The cities of the drafts of a campaign, whole or not."""
    for path in banque.brouillons:
        source, _ = read_fiche(banque.root, banque.root / path)
        if source and source.meta.get("campagne") == terme.id:
            yield from _names(source.meta.get("villes"))


def _surveys(banque: Banque, terme: Terme) -> Iterator[str]:
    """The cities that answered the survey of a campaign, in public or not."""
    for path in written_files(banque.root / "enquetes" / terme.id, "*.yml"):
        value, _, _ = read_yaml(banque.root, path)
        yield from _names(value.get("ville") if isinstance(value, dict) else None)


def _names(value: Value) -> Iterator[str]:
    names = value if isinstance(value, list) else [value]
    yield from (name.strip() for name in names if isinstance(name, str) and name.strip())


def synthese_docx(form: Questionnaire, asked: Sequence[Question], answers: Sequence[Reponse]) -> bytes:
    """The document: the list of questions, then each with its answers and who did not answer."""
    titre = f"Synthèse de l’enquête « {form.titre} »"
    document = nouveau(titre, form.pied)
    document.add_heading(titre, 0)
    document.add_paragraph(f"{portee(answers)} : {_noms(villes(answers))}.")
    document.add_heading("Questions", 1)
    for question in asked:
        document.add_paragraph(question.titre, "List Number")
    for n, question in enumerate(asked, 1):
        document.add_heading(f"{n}. {question.titre}", 1)
        for ville, texts in question.reponses:
            document.add_heading(ville.nom, 2)
            for k, text in enumerate(texts, 1):
                if len(texts) > 1:
                    document.add_paragraph().add_run(f"Réponse {k} sur {len(texts)}").italic = True
                for line in text.split("\n"):
                    document.add_paragraph(line)
        if question.rangees:
            widths = (LARGEUR / (len(question.bloc.items) + 1),) * (len(question.bloc.items) + 1)
            table = tableau(document, question.titre, widths)
            head = rangee(table, widths, entete=True)
            for cell, words in zip(head, ("Ville", *question.bloc.items), strict=True):
                teinter(cell)
                ecrire(cell.paragraphs[0], words, gras=True)
            for ville, row in question.rangees:
                for cell, words in zip(rangee(table, widths), (ville.nom, *row), strict=True):
                    cell.paragraphs[0].add_run(words)
        if question.muettes:
            silent = f"Sans réponse, {len(question.muettes)} sur {question.villes} : {_noms(question.muettes)}."
            document.add_paragraph().add_run(silent).italic = True
    return octets(document)


def portee(answers: Sequence[Reponse]) -> str:
    """``3 réponses de 2 villes``."""
    n, cities = len(answers), len(villes(answers))
    return f"{n} réponse{'s' * (n > 1)} de {cities} ville{'s' * (cities > 1)}"


def synthese_csv(asked: Sequence[Question]) -> str:
    """One line an answer (or a row of a table, its cells joined by « : »), as the spreadsheets of the site (``lib/csv.js``)."""
    lines = [("Question", "Ville", "Réponse")]
    for question in asked:
        lines += [(question.titre, ville.nom, text) for ville, texts in question.reponses for text in texts]
        lines += [(question.titre, ville.nom, " : ".join(filter(None, row))) for ville, row in question.rangees]
        lines += [(question.titre, ville.nom, "sans réponse") for ville in question.muettes]
    return make_csv(lines)


def _noms(lieux: Sequence[Lieu]) -> str:
    return ", ".join(lieu.nom for lieu in lieux)
