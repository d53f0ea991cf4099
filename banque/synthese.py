"""The synthesis of a survey as the working group takes it away: a Word document and a table."""

from __future__ import annotations

from collections.abc import Sequence

from banque.enquetes import Question
from banque.questionnaire import Formulaire
from banque.tableur import make_csv
from banque.word import LARGEUR, ecrire, nouveau, octets, rangee, tableau, teinter


def synthese_docx(form: Formulaire, asked: Sequence[Question], villes: Sequence[str]) -> bytes:
    """The document: the list of questions, then each with its answers and who did not answer."""
    titre = f"Synthèse de l’enquête « {form.titre} »"
    document = nouveau(titre, form.pied)
    document.add_heading(titre, 0)
    document.add_paragraph(f"Villes : {', '.join(villes)}.")
    document.add_heading("Questions", 1)
    for question in asked:
        document.add_paragraph(question.titre, "List Number")
    for n, question in enumerate(asked, 1):
        document.add_heading(f"{n}. {question.titre}", 1)
        for ville, text in question.reponses:
            document.add_heading(ville, 2)
            for line in text.split("\n"):
                document.add_paragraph(line)
        if question.rangees:
            widths = (LARGEUR / (len(question.bloc.items) + 1),) * (len(question.bloc.items) + 1)
            table = tableau(document, question.titre, widths)
            head = rangee(table, widths, entete=True)
            for cell, words in zip(head, ("Ville", *question.bloc.items), strict=True):
                teinter(cell)
                ecrire(cell.paragraphs[0], words, gras=True)
            for row in question.rangees:
                for cell, words in zip(rangee(table, widths), row, strict=True):
                    cell.paragraphs[0].add_run(words)
        if question.muettes:
            document.add_paragraph().add_run(f"Sans réponse : {', '.join(question.muettes)}.").italic = True
    return octets(document)


def synthese_csv(asked: Sequence[Question]) -> str:
    """One line an answer (or a row of a table, its cells joined by « : »), as the spreadsheets of the site (``tableur.js``)."""
    lines = [("Question", "Ville", "Réponse")]
    for question in asked:
        lines += [(question.titre, ville, text) for ville, text in question.reponses]
        lines += [(question.titre, row[0], " : ".join(filter(None, row[1:]))) for row in question.rangees]
        lines += [(question.titre, ville, "sans réponse") for ville in question.muettes]
    return make_csv(lines)
