"""There and back, over the bank: nothing changed, no difference; one field changed, exactly that difference.

One fiche in eight at each change; all of them with ``make soak`` (593 fiches: 40 s of one processor).
"""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.forms.drafting.net import Redactor
from inspiractions.forms.reading.docx import read_docx
from inspiractions.forms.rereading.form import RereadingWriter, filled_form, make_form, read_mark
from inspiractions.forms.rereading.reading import read_returned
from inspiractions.forms.rereading.rows import Row
from inspiractions.forms.rereading.update import Update, Versions, update
from inspiractions.model.banque import Banque
from inspiractions.model.source import Source, Value, parse_fiche
from inspiractions.model.types import ParseContext
from tests.conftest import longueur
from tests.forms.stylo_relecture import Stylo

JOUR = date(2027, 1, 31)
AJOUT = " et un mot de plus"

pytestmark = pytest.mark.soak


@pytest.fixture(scope="module")
def writer() -> RereadingWriter:
    return RereadingWriter(PROJECT)


def retour(banque: Banque, source: Source, text: str, octets: bytes, path: Path) -> Update:
    path.write_bytes(octets)
    document = read_docx(path)
    mark = read_mark(document.properties)
    assert mark is not None
    assert mark.source is not None
    returned = read_returned(document, filled_form(mark.source, mark, banque.vocabulaires, banque.identity))
    contexte = ParseContext(banque.vocabulaires, banque.referentiel)
    return update(Versions(mark.source, source, text), returned, contexte, Redactor(banque.lexicon), JOUR)


def fiches(banque: Banque) -> list[tuple[Source, str]]:
    every = longueur(8, 1)
    ids = sorted(banque.par_id)[::every]
    return [(banque.par_id[i].source, (PROJECT / banque.par_id[i].source.path).read_text("utf-8")) for i in ids]


def test_rien_de_change(banque_reelle: Banque, writer: RereadingWriter, tmp_path: Path) -> None:
    for source, text in fiches(banque_reelle):
        octets = writer.docx(make_form(source, banque_reelle.vocabulaires, banque_reelle.identity, "boite@exemple.fr"))
        outcome = retour(banque_reelle, source, text, octets, tmp_path / "f.docx")
        assert outcome == Update(text), source.path


def test_un_champ_change(banque_reelle: Banque, writer: RereadingWriter, tmp_path: Path) -> None:
    """A row of each fiche, drawn at random; every other key, and every other line of the récit, stays to the sign."""
    draw = random.Random(14)
    kinds = set()
    for source, text in fiches(banque_reelle):
        form = make_form(source, banque_reelle.vocabulaires, banque_reelle.identity)
        stylo = Stylo(writer.docx(form))
        row, meta, corps = changement(draw, stylo, form.rows, source)
        kinds.add(row.kind)
        outcome = retour(banque_reelle, source, text, stylo.octets(), tmp_path / "f.docx")
        assert [change.row.place for change in outcome.taken] == [row.place], (source.path, outcome.doubts)
        assert (outcome.conflicts, outcome.doubts, outcome.absent, outcome.beside) == ([], [], [], []), source.path
        after, problems = parse_fiche(source.path, outcome.text)
        assert problems == []
        assert after is not None
        assert {**after.meta} == attendue(source, row, meta), (source.path, row.place)
        assert after.body.strip("\n") == corps.strip("\n"), (source.path, row.place)
    assert kinds >= {"text", "lines", "boxes", "names", "month", "story"}


def attendue(source: Source, row: Row, meta: dict[str, Value]) -> dict[str, Value]:
    """The front matter with the change of the city, and what a re-reading sets."""
    deduced = source.meta["champs_deduits"]
    assert isinstance(deduced, list)
    label = source.meta["connaissance"]
    relu = "relu" if label in ("sources-publiques", "declaratif") else label
    kept: list[Value] = [key for key in deduced if key != row.key]
    changed = {**source.meta, **meta, "connaissance": relu, "verifie_le": JOUR.isoformat(), "champs_deduits": kept}
    return {key: value for key, value in changed.items() if value != []}


def changement(
    draw: random.Random, stylo: Stylo, rows: tuple[Row, ...], source: Source
) -> tuple[Row, dict[str, Value], str]:
    """Change one row with the pen; the row, the keys that change, and the récit as it must be."""
    kinds = sorted({row.kind for row in rows if not row.empty or row.kind == "boxes"})
    kind = draw.choice(kinds)
    row = draw.choice([row for row in rows if row.kind == kind and (not row.empty or kind == "boxes")])
    key, _, inner = row.place.partition(".")
    before = source.meta.get(key)
    if kind == "story":
        # The last words of the paragraph are bold, or an address, in none of these.
        places = [n for n, block in enumerate(row.blocks) if not (block.runs[-1].gras or block.runs[-1].lien)]
        n = draw.choice(places)
        stylo.allonger(row.label, AJOUT, n)
        block = row.blocks[n]
        at = source.body.index(block.source)
        return row, {}, source.body[: at + len(block.source)] + AJOUT + source.body[at + len(block.source) :]
    value: Value
    if kind == "boxes":
        assert row.options is not None
        absent = [one for one in row.options if one not in row.shown]
        one = draw.choice(absent)
        stylo.cocher(row.label, row.options[one])
        if row.one:
            for other in row.shown:
                stylo.cocher(row.label, row.options[other], False)
            value = one
        else:
            value = [option for option in row.options if option in (*row.shown, one)]
    elif kind == "names":
        assert row.options is not None
        assert isinstance(before, list)
        one = draw.choice([one for one in row.options if one not in before])
        stylo.ecrire(row.label, row.options[one], *row.shown[1:])
        value = [one, *before[1:]]
    elif kind == "month":
        stylo.ecrire(row.label, "mars 2011")
        value = "2011-03"
    elif kind == "districts":
        stylo.ecrire(row.label, *row.shown, "Les Tilleuls")
        assert isinstance(before, list)
        value = [*before, {"nom": "Les Tilleuls"}]
    elif row.place == "villes":
        stylo.ecrire(row.label, *row.shown, "Metz")
        value = [*row.shown, "Metz"]
    elif kind == "lines":
        stylo.allonger(row.label, AJOUT)
        assert isinstance(before, list)
        value = [f"{before[0]}{AJOUT}", *before[1:]]
    else:
        stylo.ecrire(row.label, "Autrement dit.")
        value = "Autrement dit."
    if inner:
        assert isinstance(before, dict)
        return row, {key: {**before, inner: value}}, source.body
    return row, {key: value}, source.body
