"""JavaScript modules as functions that run once, when first asked for: how several become one file, without a bundler.

``import`` and ``export`` become the arguments and the result of the function. Only the forms that ``docs/assets/js`` uses are
known: anything else is an error, not a script that half works.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

_IMPORT = re.compile(r'^import (?:\{([^}]*)\} from )?"(\.[^"]+)";$', re.M)
_DYNAMIC = re.compile(r'\bimport\("(\.[^"]+)"\)(?!\.\w+[^(.\w])')
_EXPORT = re.compile(r"^export (?=(?:async )?function\*? (\w+)|const (\w+) =|class (\w+))", re.M)
_EXPORT_LIST = re.compile(r"^export \{([^}]*)\};$", re.M)
_AWAIT = re.compile(r"^(?:const |let |await ).*\bawait\b", re.M)
_COMMENT = re.compile(r"/\*\*.*?\*/|(?:^| ) *//[^\n]*$", re.S | re.M)
_MARGIN, _BREAK = re.compile(r"\s*\n\s*"), re.compile(r"(?<=[{;,(])\n")
_LEFT = re.compile(r"^(?:import|export)\b.*$", re.M)


class UnknownScript(Exception):
    """A module is written in a form that is not known here."""


@dataclass(frozen=True)
class ModuleFunction:
    """A module whose address is ``ICI`` and which gets another one by a function, ``exige(name)`` unless it is called otherwise.

    ``exports``: the names that it gives; ``needs``: the modules that it imports, from the root of the site; ``later``: those
    that it imports when it runs; ``waits``: whether it awaits something before it is whole.
    """

    body: str
    exports: tuple[str, ...]
    needs: frozenset[str]
    later: frozenset[str]
    waits: bool

    @property
    def text(self) -> str:
        """The function."""
        mode = "async " if self.waits else ""
        return f"{mode}(ICI) => {{\n{self.body}\nreturn {{ {', '.join(self.exports)} }};\n}}"


def read_module(nom: str, texte: str, call_later: Callable[[str], str], get: str = "exige") -> ModuleFunction:
    """The module ``nom`` as a function; ``call_later``: what stands for ``import("…")`` of a module; ``get``: see ``ModuleFunction``.

    Raises ``UnknownScript``.
    """
    needs: set[str] = set()
    later: set[str] = set()

    def resolve(path: str) -> str:
        return posixpath.normpath(posixpath.join(posixpath.dirname(nom), path))

    def imported(statement: re.Match[str]) -> str:
        needs.add(target := resolve(statement[2]))
        call = f"{get}({json.dumps(target)});"
        return f"const {{{statement[1].replace(' as ', ': ')}}} = {call}" if statement[1] else call

    def imported_later(expression: re.Match[str]) -> str:
        later.add(target := resolve(expression[1]))
        return call_later(target)

    # Types in comments name modules, too.
    texte = _COMMENT.sub("", texte)
    names = [next(filter(None, export.groups())) for export in _EXPORT.finditer(texte)]
    names += [n.strip() for export in _EXPORT_LIST.finditer(texte) for n in export[1].split(",") if n.strip()]
    texte = _DYNAMIC.sub(imported_later, _IMPORT.sub(imported, texte))
    texte = _EXPORT_LIST.sub("", _EXPORT.sub("", texte))
    if left := _LEFT.search(texte):
        raise UnknownScript(f"{nom} : {left[0]}")
    texte = texte.replace("import.meta.url", "ICI").strip()
    waits = bool(_AWAIT.search(texte))
    # Where lines are broken and how far they are set in say nothing, but within a text of several lines; a break may end a statement.
    if all(line.count("`") % 2 == 0 for line in texte.split("\n")):
        texte = _BREAK.sub("", _MARGIN.sub("\n", texte))
    return ModuleFunction(texte, tuple(names), frozenset(needs), frozenset(later), waits)


# Not that of the archive, in which a joined file is one module among others.
_GET = "joint"
_JOINED = """// Several modules in one file.
const RACINE = new URL("{root}", import.meta.url);
const faits = {{}};
const modules = {{
{modules}
}};
function joint(nom) {{
if (!(nom in faits)) faits[nom] = modules[nom](new URL(nom, RACINE).href);
return faits[nom];
}}
{end}
"""


def join_modules(
    entries: Iterable[str], read: Callable[[str], str], joined: Mapping[str, str], place: str
) -> tuple[str, frozenset[str]]:
    """One module that runs ``entries`` in order and gives what the last one exports, and the modules imported later.

    ``read``: the text of a module, by its address from the root; ``joined``: the address of the joined file of a module that
    is imported later; ``place``: the folder of the joined file. Raises ``UnknownScript``.
    """
    order = list(entries)
    modules: dict[str, ModuleFunction] = {}
    waiting = list(order)
    while waiting:
        nom = waiting.pop()
        if nom not in modules:
            modules[nom] = read_module(
                nom, read(nom), lambda later: f'import("./{posixpath.basename(joined.get(later, later))}")', _GET
            )
            waiting += sorted(modules[nom].needs)
    if awaits := [nom for nom, module in modules.items() if module.waits]:
        raise UnknownScript(f"{awaits[0]} : un « await » hors de toute fonction")
    calls = [f"{_GET}({json.dumps(nom)});" for nom in order[:-1]]
    last = json.dumps(order[-1])
    names = ", ".join(modules[order[-1]].exports)
    result = f"const {{ {names} }} = {_GET}({last});\nexport {{ {names} }};" if names else f"{_GET}({last});"
    functions = ",\n".join(f"{json.dumps(nom)}: {modules[nom].text}" for nom in sorted(modules))
    text = _JOINED.format(root=posixpath.relpath(".", place) + "/", modules=functions, end="\n".join([*calls, result]))
    return text, frozenset().union(*(module.later for module in modules.values()))
