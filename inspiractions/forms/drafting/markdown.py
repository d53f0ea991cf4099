"""Lines of a Word answer as Markdown: lists, bold, links; nothing that the author typed becomes a mark."""

from __future__ import annotations

import re
from collections.abc import Iterable

from inspiractions.forms.reading.document import Morceau
from inspiractions.forms.reading.lines import FormLine

_SIGNES = re.compile(r"([\\`*_\[\]<>])")
_DEBUT = re.compile(r"^(#+|>|\||={2,}|-{2,}|~{3,}|\+(?=\s))")


def en_markdown(lines: Iterable[FormLine]) -> str:
    """Paragraphs and lists; a typed dash makes a list, too."""
    written: list[tuple[str, bool]] = []
    for line in lines:
        text = "".join(_run(m) for m in line.morceaux).strip()
        if not text:
            continue
        if line.suite and written:
            written[-1] = (f"{written[-1][0]} {text}", written[-1][1])
            continue
        item = re.match(r"[-–—•]\s+(.*)", text)
        if line.liste:
            mark = "1. " if line.liste == "numero" else "- "
            written.append(("    " * min(line.niveau, 3) + mark + text, True))
        elif item:
            written.append((f"- {item[1]}", True))
        else:
            written.append((_DEBUT.sub(r"\\\1", text), False))
    markdown = ""
    for i, (text, is_item) in enumerate(written):
        markdown += ("\n" if is_item and i and written[i - 1][1] else "\n\n" if i else "") + text
    return markdown


def echapper(texte: str) -> str:
    """Text that stays as it was typed."""
    return _SIGNES.sub(r"\\\1", texte)


def _run(run: Morceau) -> str:
    text = echapper(run.texte)
    return f"[{text.strip()}]({run.lien}) " if run.lien.startswith("https://") and text.strip() else text
