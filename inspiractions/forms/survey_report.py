"""The synthesis of a survey as the working group takes it away: a Word document and a table."""

from __future__ import annotations

from collections.abc import Sequence

from inspiractions.base.encoding import make_csv
from inspiractions.forms.docx_writer import LARGEUR, ecrire, nouveau, octets, rangee, tableau, teinter
from inspiractions.model.enquete import Question, Reponse, villes
from inspiractions.model.questionnaire import Questionnaire
from inspiractions.model.territoire import Lieu


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
