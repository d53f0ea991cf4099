"""Fill a blank form that the bank made, as a person would in Word, with python-docx alone."""

from __future__ import annotations

from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from inspiractions.model.questionnaire import FormBlock, Questionnaire

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


class Stylo:
    """Goes down the document; ``ecrit`` keeps what was written, by block (and which boxes were ticked)."""

    def __init__(self, document: Document, form: Questionnaire) -> None:
        self.paragraphes = list(document.element.body.iter(qn("w:p")))
        self.at, self.n = 0, 0
        self.ecrit: list[tuple[FormBlock, object]] = []
        for _ in range(form.nombre_repondants if "repondants" in form.parties else 0):
            for bloc in form.demandes("repondants"):
                self.remplir(bloc)
        for partie in ("fiche", "enquete"):
            for bloc in form.demandes(partie):
                self.remplir(bloc)

    def remplir(self, bloc: FormBlock) -> None:
        self.n += 1
        if bloc.genre == "partenaires":
            self.ecrit.append((bloc, self.tableau(bloc)))
        elif bloc.genre == "choix":
            self.ecrit.append((bloc, self.cocher(bloc)))
        elif bloc.genre != "photos":
            text = f"Dite numéro {self.n}"
            self.placer(bloc, self.chercher(bloc.libelle), text)
            self.ecrit.append((bloc, text))

    def chercher(self, libelle: str) -> object:
        for i in range(self.at, len(self.paragraphes)):
            if libelle in " ".join(texte(self.paragraphes[i]).split()):
                self.at = i + 1
                return self.paragraphes[i]
        raise AssertionError(libelle)

    def placer(self, bloc: FormBlock, p, text: str) -> None:  # type: ignore[no-untyped-def]
        after = self.paragraphes[self.at] if self.at < len(self.paragraphes) else None
        if bloc.genre == "nom":
            p.r_lst[0].text = text
        elif (
            after is not None
            and not texte(after).strip()
            and (bloc.genre == "ligne" or bloc.lignes_vides)
            and ":" not in texte(p)[-2:]
        ) or (
            after is not None
            and bloc.genre == "ligne"
            and not texte(after).strip()
            and p.getparent() is not after.getparent()
            and not texte(p).endswith(" ")
        ):
            ajouter(after, text)
        else:
            ajouter(p, f" {text}")

    def cocher(self, bloc: FormBlock) -> list[str]:
        """One box out of two, and always « Autre » with a text."""
        ticked = []
        self.chercher(bloc.libelle)
        for n, option in enumerate(bloc.options):
            p = self.paragraphes[self.at] if bloc.en_ligne else self.chercher(option.libelle)
            if n % 2 and not option.autre:
                continue
            box = list(p.iter(qn("w:sdt")))[n if bloc.en_ligne else 0]
            box.find(f".//{W14}checked").set(f"{W14}val", "1")
            box.find(f".//{qn('w:t')}").text = "☒"
            if option.autre:
                for run in p.r_lst:
                    run.text = run.text.rstrip(".")
                ajouter(p, f" encore {self.n}")
            ticked.append(f"autre:encore {self.n}" if option.autre else option.valeur)
        return ticked

    def tableau(self, bloc: FormBlock) -> list[dict[str, str]]:
        table = next(a for a in self.chercher(bloc.items[0]).iterancestors(qn("w:tbl")))
        rows = []
        for i, row in enumerate(table.tr_lst[1:]):
            texts = [f"{champ} {i}" for champ in bloc.champs]
            for cell, text in zip(row.tc_lst, texts, strict=True):
                ajouter(cell.p_lst[0], text)
            rows.append(dict(zip(bloc.champs, texts, strict=True)))
        return rows


def texte(p) -> str:  # type: ignore[no-untyped-def]
    return "".join(t.text or "" if t.tag == qn("w:t") else " " for t in p.iter(qn("w:t"), qn("w:br")))


def ajouter(p, text: str) -> None:  # type: ignore[no-untyped-def]
    run = OxmlElement("w:r")
    run.text = text
    p.append(run)
