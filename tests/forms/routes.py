"""Forms filled at random, then taken along the roads that a file goes before it reaches the secretariat.

``python -m tests.forms.routes 240`` fills as many, reads them back, and tells by road: fields right, words lost.
LibreOffice and pandoc are roads where the machine has them.
"""

from __future__ import annotations

import io
import random
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lxml import etree

from inspiractions.base.text import fold
from inspiractions.forms.drafting.net import Redactor, noms_de
from inspiractions.forms.drafting.write import _named, write_drafts
from inspiractions.forms.reading.answers import extraire, ouvrir
from inspiractions.forms.reading.form_data import as_object
from inspiractions.forms.reading.package import Refus
from tests.forms.ecriture import Attendu, W
from tests.forms.mutateur import remplir
from tests.forms.test_import import VIDE
from tests.forms.test_mutations import PAR_MODELE, VIERGES
from tests.forms.test_publics import FORMULAIRES, champs, normal

Change = Callable[[etree._Element, random.Random], None]


def _document(data: bytes, change: Change, rng: random.Random) -> bytes:
    """The same file, its main part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                root = etree.fromstring(part)
                change(root, rng)
                part = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
            new.writestr(name, part)
    return out.getvalue()


def nfd(root: etree._Element, rng: random.Random) -> None:
    for t in root.iter(W + "t"):
        t.text = unicodedata.normalize("NFD", t.text or "")


def coupe_partout(root: etree._Element, rng: random.Random) -> None:
    """A run for each two or three signs, in NFD: an accent may begin one."""
    nfd(root, rng)
    for run in list(root.iter(W + "r")):
        t = run.find(W + "t")
        if t is None or not t.text or len(run.findall(W + "t")) > 1 or rng.random() < 0.5:
            continue
        pieces = re.findall(r"(?s).{1,3}", t.text)
        t.text = pieces[0]
        for piece in reversed(pieces[1:]):
            other = etree.fromstring(etree.tostring(run))
            other.find(W + "t").text = piece
            other.find(W + "t").set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.addnext(other)
        t.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def suivi(root: etree._Element, rng: random.Random) -> None:
    """Half of the runs inserted under track changes, some words deleted beside them, a field cut in two."""
    for run in list(root.iter(W + "r")):
        parent = run.getparent()
        if parent.tag != W + "p" or rng.random() < 0.5:
            continue
        ins = etree.Element(W + "ins", {W + "id": "1", W + "author": "R"})
        run.addprevious(ins)
        ins.append(run)
        if rng.random() < 0.2:
            gone = etree.SubElement(etree.Element(W + "del", {W + "id": "2", W + "author": "R"}), W + "r")
            etree.SubElement(gone, W + "delText").text = "mots supprimés"
            ins.addnext(gone.getparent())
        if rng.random() < 0.05:
            for kind in ("begin", "end"):
                mark = etree.Element(W + "r")
                etree.SubElement(mark, W + "fldChar").set(W + "fldCharType", kind)
                holder = etree.Element(W + ("ins" if kind == "begin" else "del"))
                holder.append(mark)
                ins.addnext(holder) if kind == "end" else ins.addprevious(holder)


def coupures_de_mots(root: etree._Element, rng: random.Random) -> None:
    """Soft hyphens, ligatures, zero-width spaces: what a copy from a PDF leaves."""
    for t in root.iter(W + "t"):
        text = (t.text or "").replace("fi", "ﬁ").replace("ffi", "ﬃ")
        t.text = re.sub(r"(?<=\w{4})(?=\w{3})", lambda _: rng.choice(("", "", "\u00ad", "\u200b")), text)


def controles(root: etree._Element, rng: random.Random) -> None:
    """Answers in content controls that still say they show their placeholder."""
    for p in list(root.iter(W + "p")):
        if p.getparent().tag == W + "tc" and rng.random() < 0.3 and next(p.iter(W + "sdt"), None) is None:
            sdt = etree.Element(W + "sdt")
            etree.SubElement(etree.SubElement(sdt, W + "sdtPr"), W + "showingPlcHdr")
            content = etree.SubElement(sdt, W + "sdtContent")
            p.addprevious(sdt)
            content.append(p)


def sans_gras_ni_ombre(root: etree._Element, rng: random.Random) -> None:
    """Google Docs and web mail lose looks."""
    for name in ("b", "shd", "rFonts"):
        for item in list(root.iter(W + name)):
            item.getparent().remove(item)


MAIN: dict[str, Change | None] = {
    "telle quelle": None,
    "NFD": nfd,
    "coupé partout, NFD": coupe_partout,
    "suivi des modifications": suivi,
    "copié d’un PDF": coupures_de_mots,
    "contrôles de contenu": controles,
    "sans gras ni ombre": sans_gras_ni_ombre,
}


def strict(data: bytes) -> bytes:
    """« Document Word Strict Open XML »."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith((".xml", ".rels")) and name != "[Content_Types].xml":
                part = re.sub(
                    rb"http://schemas.openxmlformats.org/(wordprocessingml|officeDocument|drawingml)/2006/(\w+)",
                    rb"http://purl.oclc.org/ooxml/\1/\2",
                    part,
                )
            new.writestr(name, part)
    return out.getvalue()


def bureau(files: list[Path], suffix: str) -> list[Path]:
    """The same files, saved by LibreOffice in another format."""
    folder = Path(tempfile.mkdtemp())
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", suffix, "--outdir", str(folder), *map(str, files)],
        check=True,
        capture_output=True,
        timeout=600,
    )
    return [folder / f"{path.stem}.{suffix}" for path in files]


def pandoc(files: list[Path], suffix: str) -> list[Path]:
    """The same files, written anew by pandoc."""
    folder = Path(tempfile.mkdtemp())
    for path in files:
        subprocess.run(["pandoc", str(path), "-o", str(folder / f"{path.stem}.{suffix}")], check=True, timeout=60)
    return [folder / f"{path.stem}.{suffix}" for path in files]


def texte_de(path: Path) -> str:
    """All the words of a file of Word or LibreOffice: what its road lost is no loss of the import."""
    if not zipfile.is_zipfile(path):
        return ""
    with zipfile.ZipFile(path) as archive:
        parts = [n for n in archive.namelist() if n.endswith(("document.xml", "content.xml"))]
        roots = [etree.fromstring(archive.read(name)) for name in parts]
    ends = (W + "p", "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}p", W + "br")
    pieces = (("\n" if item.tag in ends else "") + (item.text or "") for root in roots for item in root.iter())
    return mots("".join(pieces))


def lignes_de(wanted: list[Attendu]) -> list[str]:
    """Each line that somebody wrote, names and ways to be reached apart."""
    lines: list[str] = []

    def walk(value: Any, key: str = "") -> None:
        if key in ("contact", "modele", "images", "qpv", "ages", "types_action", "determinants", "cible"):
            return
        if isinstance(value, dict):
            for k, v in value.items():
                walk(v, k)
        elif isinstance(value, list):
            for v in value:
                walk(v)
        elif isinstance(value, str):
            lines.extend(line for line in value.split("\n") if re.search(r"\w{2}", line))

    walk(wanted)
    return lines


def mots(text: str) -> str:
    return f" {' '.join(re.findall(r'[a-z0-9]+', fold(text)))} "


def mesurer(path: Path, wanted: list[Attendu], out: Path) -> tuple[int, int, list[str], list[str]]:
    """Fields right, fields in all, the wrong ones, the lines that nothing written holds."""
    total = sum(len(champs(normal(one))) for one in wanted)
    try:
        lectures = ouvrir(path, FORMULAIRES)
    except Refus as refusal:
        return 0, total, [str(refusal)], lignes_de(wanted)
    objects = [as_object(filled) for lecture in lectures for filled in extraire(lecture)]
    right, wrong = 0, []
    for n, other in enumerate(wanted):
        one = objects[n] if n < len(objects) else {}
        if one:
            one["precisions"] = one["extra"].get("precisions", {})
        fields, due = champs(normal(one)), champs(normal(other))
        for key, value in due.items():
            right += fields.get(key, "absent") == value
            wrong += (
                [] if fields.get(key, "absent") == value else [f"{key}: {value!r} lu {fields.get(key, 'absent')!r}"]
            )
    report = write_drafts(lectures, VIDE, out, "Fichier")
    texts = [p.read_text("utf-8") for p in report.ecrits if p.suffix in (".md", ".yml")]
    kept = mots("\n".join([*texts, report.rapport]))
    people = (who for lecture in lectures for filled in extraire(lecture) for who in _named(filled))
    names = noms_de(({"nom": who.nom} for who in people), VIDE.lexicon)
    lines = (Redactor(VIDE.lexicon, names).text(line) for line in lignes_de(wanted))
    return right, total, wrong, [line for line in lines if mots(line) not in kept and mots(line) in texte_de(path)]


def main(count: int, show: int, only: str = "") -> None:
    roads: dict[str, list[tuple[Path, list[Attendu]]]] = {}
    folder = Path(tempfile.mkdtemp())
    plain: list[tuple[Path, list[Attendu]]] = []
    names = [*MAIN, "strict"]
    for seed in range(count):
        road = names[seed // len(VIERGES) % len(names)]
        if only and only not in road:
            continue
        rng = random.Random(7000 + seed)
        blank = VIERGES[seed % len(VIERGES)]
        data, wanted = remplir(blank, PAR_MODELE[blank.name.split("-")[1]], rng)
        change = MAIN.get(road)
        data = strict(data) if road == "strict" else _document(data, change, rng) if change else data
        path = folder / f"f{seed}.docx"
        path.write_bytes(data)
        roads.setdefault(road, []).append((path, wanted))
        if road == "telle quelle":
            plain.append((path, wanted))
    files = [path for path, _ in plain]
    for suffix in ("odt", "doc", "rtf") if files and shutil.which("soffice") else ():
        roads[f"LibreOffice, {suffix}"] = list(zip(bureau(files, suffix), [w for _, w in plain], strict=True))
    if files and shutil.which("soffice"):
        again = bureau(bureau(files, "odt"), "docx")
        roads["LibreOffice, odt puis docx"] = list(zip(again, [w for _, w in plain], strict=True))
    if files and shutil.which("pandoc"):
        roads["pandoc"] = list(zip(pandoc(files, "docx"), [w for _, w in plain], strict=True))
    sums: Counter[str] = Counter()
    for road, forms in roads.items():
        right = total = lost = 0
        for path, wanted in forms:
            ok, of, wrong, gone = mesurer(path, wanted, folder / "sortie" / road / path.stem)
            right, total, lost = right + ok, total + of, lost + len(gone)
            for line in [*wrong[:show], *(f"PERDU {line}" for line in gone[:show])]:
                print(f"   {road} {path.name} {line[:230]}")
        print(
            f"{road:32} {len(forms):4} formulaires  {right}/{total} champs ({100 * right / total:.1f} %)  {lost} lignes perdues",
            flush=True,
        )
        sums.update(formulaires=len(forms), right=right, total=total, lost=lost)
    print(
        f"{sums['formulaires']} formulaires, {100 * sums['right'] / sums['total']:.2f} % des champs, {sums['lost']} lignes perdues"
    )


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 240,
        int(sys.argv[2]) if len(sys.argv) > 2 else 0,
        "".join(sys.argv[3:4]),
    )
