"""``new``: a draft from answers, asked one by one or written in a YAML file; it never takes the place of a fiche."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from inspiractions.base.files import write_new
from inspiractions.base.problem import Problem
from inspiractions.base.text import slugify
from inspiractions.forms.interview import Ask, Entretien, Say
from inspiractions.model.action import MAX_ID
from inspiractions.model.banque import Banque
from inspiractions.model.canonical import write_fiche
from inspiractions.model.source import Value, read_yaml, without_empty

_BRIEF = 60


def ask_draft(banque: Banque, ask: Ask, say: Say, today: date) -> Path:
    """Ask, then write ``actions/<id>.md``. Raises ``EOFError`` where the answers end too soon; nothing is written then."""
    entretien = Entretien(banque, ask, say)
    meta = entretien.ask_front_matter()
    recit = entretien.ask_recit()
    identifiant = entretien.ask_id(free_id(banque.root, meta))
    return _write(banque.root, identifiant, meta, recit, today)


def read_draft(root: Path, path: Path, today: date) -> tuple[Path | None, list[Problem]]:
    """The same, from a YAML file of keys and values; ``id`` and ``recit`` (Markdown) may stand among them."""
    meta, source, problems = read_yaml(path.parent, path)
    if not isinstance(meta, dict) or problems:
        return None, problems or [source.problem(1, "yaml", "les réponses s’écrivent « clé: valeur », une par ligne.")]
    recit, identifiant = str(meta.pop("recit", None) or ""), str(meta.pop("id", None) or free_id(root, meta))
    if not identifiant or identifiant != slugify(identifiant):
        example = slugify(identifiant) or "ville-action"
        message = f"« {identifiant} » n’est pas un identifiant : écrivez par exemple « {example} »."
        return None, [source.problem(("id",), "identifiant", message)]
    if (root / "actions" / f"{identifiant}.md").exists():
        message = (
            f"actions/{identifiant}.md existe déjà : ajoutez une ligne « id: {identifiant}-2 », ou corrigez la fiche."
        )
        return None, [source.problem(("id",), "identifiant", message)]
    return _write(root, identifiant, meta, recit, today), []


def free_id(root: Path, meta: Mapping[str, Value]) -> str:
    """City and title, cut between two words, with a number where another fiche bears that name."""
    villes = meta.get("villes")
    ville = str(villes[0]) if isinstance(villes, list) and villes else ""
    words = slugify(f"{ville.split(' (')[0]} {meta.get('titre') or ''}").split("-")
    while len("-".join(words)) > _BRIEF and len(words) > 1:
        words.pop()
    base = "-".join(words)[: MAX_ID - 3]
    taken = {path.stem for path in (root / "actions").glob("*.md")}
    return next(name for n in range(1, len(taken) + 2) if (name := f"{base}-{n}" if n > 1 else base) not in taken)


def _write(root: Path, identifiant: str, meta: Mapping[str, Value], recit: str, today: date) -> Path:
    path = root / "actions" / f"{identifiant}.md"
    draft = {"date_publication": today.isoformat(), **without_empty(meta), "statut": "brouillon"}
    write_new(path, write_fiche(draft, recit))
    return path
