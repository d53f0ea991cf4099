"""Modules joined in one file run as they would apart (the whole site's are tried in a browser)."""

from __future__ import annotations

import pytest

from inspiractions.base.scripts import UnknownScript, join_modules, read_module

MODULES = {
    "js/a.js": 'import { b as other } from "./lib/b.js";\nexport const twice = () => other * 2;\nexport function here() { return import.meta.url; }\n',
    "js/lib/b.js": '// A comment.\n/** A {import("./c.js").C} type. */\nexport const b = 21;\n',
    "js/late.js": 'import { b } from "./lib/b.js";\nconst open = () => import("./c.js");\n',
    "js/wait.js": "const x = await fetch('/');\n",
    "js/star.js": 'import * as all from "./lib/b.js";\n',
}


def join(*entries: str, joined: dict[str, str] | None = None) -> tuple[str, frozenset[str]]:
    return join_modules(entries, MODULES.__getitem__, joined or {}, "assets/joints")


def test_chaque_module_une_fois_et_les_exports_du_dernier() -> None:
    text, later = join("js/late.js", "js/a.js")
    assert text.count('"js/lib/b.js": (ICI)') == 1
    assert "A comment" not in text
    assert text.index('joint("js/late.js");') < text.index(
        'const { twice, here } = joint("js/a.js");\nexport { twice, here };'
    )
    assert 'const RACINE = new URL("../../", import.meta.url)' in text
    assert later == {"js/c.js"}


@pytest.mark.parametrize(
    ("texte", "corps"),
    [
        ("export function a() {\n    if (b) {\n        c();\n    }\n}\n", "function a() {if (b) {c();}\n}"),
        # Of a text of several lines, no sign is lost.
        ("export const a = `b\n    c`;\n", "const a = `b\n    c`;"),
        ("export const a = 1;\n\n/** Two. */\nexport const b = 2;\n\n", "const a = 1;const b = 2;"),
        ("export const a = `b\n\nc`;\n", "const a = `b\n\nc`;"),
        ("export const a = b\n  ? 1 // one;\n  : 2; // two;\n", "const a = b\n? 1\n: 2;"),
    ],
)
def test_la_marge_des_lignes_ne_se_telecharge_pas(texte: str, corps: str) -> None:
    assert read_module("js/a.js", texte, str).body == corps


def test_ce_qui_vient_plus_tard_mene_au_fichier_joint() -> None:
    text, _ = join("js/late.js", joined={"js/c.js": "assets/joints/c-123.js"})
    assert 'import("./c-123.js")' in text


@pytest.mark.parametrize(("entry", "names"), [("js/wait.js", "await"), ("js/star.js", "import \\* as")])
def test_une_forme_inconnue_est_refusee(entry: str, names: str) -> None:
    with pytest.raises(UnknownScript, match=names):
        join(entry)


def test_un_fichier_joint_est_un_module_parmi_d_autres() -> None:
    """In the archive, what it imports later is got by the archive's function: none of its own may hide that one."""
    text, _ = join("js/late.js", joined={"js/c.js": "assets/joints/c-123.js"})
    module = read_module("assets/joints/late-1.js", text, lambda later: f'exige("{later}")')
    assert module.later == {"assets/joints/c-123.js"}
    assert 'exige("assets/joints/c-123.js")' in module.text
    assert "function exige" not in module.text
