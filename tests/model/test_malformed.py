"""A thousand damaged fiches: ``check`` tells what is wrong, at a line that exists, in one readable sentence; it never fails."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inspiractions.base.files import PROJECT
from inspiractions.model.banque import Banque
from inspiractions.model.parse import parse_action
from inspiractions.model.source import read_fiche
from inspiractions.model.types import ParseContext
from inspiractions.rules.check import check_rules

MODELES = [path.read_bytes() for path in sorted((PROJECT / "actions").glob("*.md"))[::17]]
PIQUANTS = [
    b"\x00", b"\x07", b"\x1b[2J", b"\xc2\x85", b"\xe2\x80\xa8", b"\xe2\x80\xae", b"\xee\x80\x80", b"\xef\xbb\xbf", b"\xff",
    b"\r", b"\t", b"---\n", b"...\n", b"%YAML 9.9\n", b"? [a]\n", b"&a ", b"*a ", b"<<: *a\n", b"!!python/name:os.system ",
    b'"\\u0000\\u202e\\n"', b"'", b'"', b"[", b"]", b"{", b"}", b": ", b"# ", b"## ", b"```\n", b"~~~\n", b"- ", b"\n", b"\n\n\n",
    b"<script>", b"![](", b"](", b"<http://a", b"Mme Durand", b"01 23 45 67 89", b"a@b.fr", b"**x** : ", b"|\n", b">-\n",
]  # fmt: skip
VALEURS = [
    b"", b"~", b"true", b"12", b"1.5e9", b"[]", b"{}", b"[[a]]", b"{a: b}", b"[{a: [b]}]", b"- x", b"2024-02-30", b"0x1F",
    b"&a [*a]", b"!!binary aGVsbG8=", b'"\\0"', b'"a\\nb"', b"|\n  x\n  y", b"[" * 30, b"{a: " * 30, b"x" * 20_000,
    b"[" + b"x, " * 5_000 + b"x]", "\u202eécrit à l’envers".encode(), "９９９９-０１-０１".encode(), b"0000-01-01", b"../../../etc/passwd",
]  # fmt: skip
CLES = [
    b"titre", b"villes", b"ages", b"qpv", b"periode", b"budget", b"contact", b"sources", b"quartiers", b"illustrations",
    b"anciens_ids", b"inspiree_de", b"consentements", b"statut", b"champs_deduits", b"inconnue", b"<<", b"__class__", b"model_config",
]  # fmt: skip


@st.composite
def fiches_abimees(draw: st.DrawFn) -> bytes:
    data = draw(st.sampled_from(MODELES))
    for _ in range(draw(st.integers(1, 4))):
        data = draw(st.sampled_from(ABIMER))(draw, data)
    return data


def _octets(draw: st.DrawFn, data: bytes) -> bytes:
    at = draw(st.integers(0, len(data)))
    return data[:at] + draw(st.binary(max_size=3)) + data[at + draw(st.integers(0, 3)) :]


def _piquant(draw: st.DrawFn, data: bytes) -> bytes:
    at = draw(st.integers(0, len(data)))
    return data[:at] + draw(st.sampled_from(PIQUANTS)) + data[at:]


def _lignes(draw: st.DrawFn, data: bytes) -> bytes:
    lines = data.split(b"\n")
    a, b = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
    if draw(st.booleans()):
        lines[a], lines[b] = lines[b], lines[a]
    else:
        lines.insert(a, lines[b])
    return b"\n".join(lines)


def _valeur(draw: st.DrawFn, data: bytes) -> bytes:
    lines = data.split(b"\n")
    places = [i for i, line in enumerate(lines) if b": " in line[:40]]
    if places:
        at = draw(st.sampled_from(places))
        lines[at] = lines[at].split(b": ", 1)[0] + b": " + draw(st.sampled_from(VALEURS))
    return b"\n".join(lines)


def _cle(draw: st.DrawFn, data: bytes) -> bytes:
    return data.replace(b"\n" + draw(st.sampled_from(CLES)) + b":", b"\n" + draw(st.sampled_from(CLES)) + b":", 1)


def _nouvelle_cle(draw: st.DrawFn, data: bytes) -> bytes:
    line = draw(st.sampled_from(CLES)) + b": " + draw(st.sampled_from(VALEURS))
    return data.replace(b"---\n", b"---\n" + line + b"\n", 1)


ABIMER = (_octets, _piquant, _lignes, _valeur, _cle, _nouvelle_cle)


@pytest.fixture(scope="module")
def verifier(contexte: ParseContext, tmp_path_factory: pytest.TempPathFactory):
    root = tmp_path_factory.mktemp("malformees")
    path: Path = root / "actions" / "variante.md"
    path.parent.mkdir()

    def verifier(data: bytes):
        path.write_bytes(data)
        source, problems = read_fiche(root, path)
        action, faults = parse_action(source, contexte) if source else (None, [])
        banque = Banque(root, contexte.vocabulaires, contexte.referentiel, (action,) if action else ())
        rules = check_rules(banque, [(source, action)]) if source else []
        return [*problems, *faults, *rules]

    return verifier


@settings(
    max_examples=1000,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=fiches_abimees())
def test_une_fiche_abimee_donne_des_problemes_lisibles(verifier, data: bytes) -> None:
    last_line = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").count(b"\n") + 1
    for problem in verifier(data):
        assert problem.path == "actions/variante.md"
        assert 1 <= problem.line <= last_line, problem
        assert problem.message.strip(), problem
        assert len(problem.message) <= 1000, problem.message[:200]
        assert not [c for c in problem.message if unicodedata.category(c) in ("Cc", "Cf", "Co", "Zl", "Zp")], problem
        assert problem.message.endswith((".", "?", ")")), problem
