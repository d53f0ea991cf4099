"""Which form a document is; a document that holds the forms of several campaigns is one reading a campaign."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

from inspiractions.forms.reading.convert import recevoir
from inspiractions.forms.reading.document import WordBlock, WordDocument, paragraphes
from inspiractions.forms.reading.filled_form import Lecture, lire
from inspiractions.forms.reading.package import Refus
from inspiractions.model.questionnaire import Questionnaire

# Under this, the labels that a reading finds may be chance; less is enough where as many questions are found, whatever the
# form prints around them: typed anew, or in a message.
_CONNU, _TYPED, _QUESTIONS = 20.0, 5.0, 9
_GUESSED = "le document n’a pas l’en-tête d’un formulaire : la campagne est supposée par ses questions, vérifiez-la."
# What two readings must gain over one: the labels of several questions that one of the forms alone asks.
_GAIN = 15.0


def ouvrir(path: Path, formulaires: Mapping[str, Questionnaire]) -> list[Lecture]:
    """Read a file as the form that fits it best, or as several one after the other. Raises ``Refus``."""
    return readings(recevoir(path), formulaires)


def readings(document: WordDocument, formulaires: Mapping[str, Questionnaire]) -> list[Lecture]:
    """The same, of a document. Raises ``Refus``."""
    if not formulaires:
        raise Refus("aucun formulaire n’est décrit dans formulaires/.")
    tried = [lire(document, form) for form in formulaires.values()]
    lecture, fit = max(tried, key=lambda reading: reading[1])
    asked = {r.etiquette.rang for r in lecture.reperes if r.etiquette.demande and r.etiquette.genre != "option"}
    if fit < _CONNU and (fit < _TYPED or len(asked) < _QUESTIONS):
        raise Refus(
            "aucun formulaire connu n’a été reconnu dans ce document : "
            "décrivez-le dans formulaires/ (voir formulaires/sej-2024.yml)."
        )
    if fit < _CONNU:
        lecture.document = document = replace(document, avis=(*document.avis, _GUESSED))
    cut = _cut([one for one, _ in tried], len(document.blocs))
    if not cut:
        return [lecture]
    first, second = document.blocs[:cut], document.blocs[cut:]
    anchored = _comments(second)
    remarks = document.commentaires.items()
    mine = replace(document, blocs=first, commentaires={n: text for n, text in remarks if n not in anchored})
    after = {n: text for n, text in remarks if n in anchored}
    rest = WordDocument(second, after, document.notes, document.images, asides=document.asides)
    return [*readings(mine, formulaires), *readings(rest, formulaires)]


def _cut(tried: Iterable[Lecture], blocs: int) -> int:
    """Before which block another form begins; 0: one form reads all as well."""
    sums = []
    for lecture in tried:
        weights = [0.0] * blocs
        for repere in lecture.reperes:
            weights[lecture.lignes[repere.debut].bloc] += repere.poids * (repere.etiquette.genre != "option")
        sums.append([0.0, *accumulate(weights)])
    best, at = max(total[-1] for total in sums) + _GAIN, 0
    for before in sums:
        for after in (other for other in sums if other is not before):
            for k in range(1, blocs):
                both = (before[k], after[-1] - after[k])
                if min(both) >= _CONNU and sum(both) >= best:
                    best, at = sum(both), k
    return at


def _comments(blocs: tuple[WordBlock, ...]) -> set[str]:
    """The comments that bear on words of some blocks."""
    return {number for p in paragraphes(blocs) for m in p.morceaux for number in m.commentaires}
