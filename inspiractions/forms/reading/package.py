"""Open the file that somebody sent: say what it is, refuse what is not a form, never read more than a bounded amount."""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from pathlib import Path

from lxml import etree

MAX_FICHIER = 60_000_000
MAX_PARTIE = 40_000_000
MAX_PARTIES = 3_000
# A form of ten actions holds some 50,000: beyond, reading would take minutes, and hundreds of megabytes.
MAX_BALISES = 1_000_000
MAX_LIGNES = 6_000
MAX_SIGNES = 2_000_000
# The names of « Document Word Strict Open XML », but for the year that the usual ones bear.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
_PICTURE = "ce fichier est une image : demandez à la ville le fichier Word, ou recopiez-la dans le formulaire vierge."
_SQUEEZED = (
    "cette archive n’est pas un « .zip » : décompressez-la sur votre ordinateur, puis importez le dossier obtenu, ou demandez les "
    "formulaires un à un."
)
_OTHER_SHEET = "ce fichier est un tableur : s’il vient d’un outil d’enquête, enregistrez-le en « .xlsx » ou « .csv », puis importez-le."
_SIGNATURES = (
    (
        b"%PDF",
        "ce fichier est un PDF, quel que soit son nom : demandez à la ville le fichier Word d’origine (.docx) ; à défaut, "
        "Word sait l’ouvrir (Fichier, Ouvrir) et l’enregistrer en « .docx », à relire de près.",
    ),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"II*\x00", _PICTURE),
    (b"MM\x00*", _PICTURE),
    (b"RIFF", _PICTURE),
    (
        b"\x78\x9f\x3e\x22",
        "c’est un « winmail.dat », où Outlook enferme les pièces jointes : demandez à la ville de renvoyer son message au "
        "format HTML ou texte (Outlook : Format du texte), ou le seul formulaire.",
    ),
    *((head, _SQUEEZED) for head in (b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")),
    (b"<", "ce fichier est une page web, pas un document Word : ouvrez-le dans Word et enregistrez-le en « .docx »."),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Refus(ValueError):
    """A file that cannot be read as a form. The text says, in French, why and what to do."""


def genre(path: Path) -> str:
    """``docx``, ``doc``, ``odt`` or ``rtf``, by what the file holds, whatever its name. Raises ``Refus``."""
    size = path.stat().st_size
    if size == 0:
        raise Refus("le fichier est vide : demandez à la ville de l’envoyer de nouveau.")
    if size > MAX_FICHIER:
        raise Refus(
            f"le fichier pèse {size // 1_000_000} Mo ; {MAX_FICHIER // 1_000_000} Mo au plus : "
            "réduisez ses images (Word : Format de l’image, Compresser les images)."
        )
    with path.open("rb") as file:
        head = file.read(64)
        if head.startswith(OLE):
            return _of_ole(head + file.read(2_000_000))
    if head.lstrip().startswith(b"{\\rtf"):
        return "rtf"
    if head[4:8] == b"ftyp":
        raise Refus(_PICTURE)
    for signature, message in _SIGNATURES:
        if head.lstrip().startswith(signature):
            raise Refus(message)
    if not head.startswith(b"PK"):
        raise Refus("ce fichier n’est pas un document Word : ouvrez-le dans Word et enregistrez-le en « .docx ».")
    return _of_archive(path)


def _of_ole(data: bytes) -> str:
    """What an old Office file is."""
    if "EncryptedPackage".encode("utf-16-le") in data or "EncryptionInfo".encode("utf-16-le") in data:
        raise Refus("le fichier est protégé par un mot de passe : ôtez la protection dans Word, puis réessayez.")
    if "WordDocument".encode("utf-16-le") in data:
        return "doc"
    if "Workbook".encode("utf-16-le") in data:
        raise Refus(_OTHER_SHEET)
    raise Refus("ce fichier Office n’est pas un document Word : enregistrez-le en « .docx » depuis Word.")


def _of_archive(path: Path) -> str:
    """What a document kept in a zip is."""
    with Archive(path) as archive:
        if "word/document.xml" in archive.noms or archive.principal:
            return "docx"
        if "content.xml" in archive.noms:
            if "mimetype" in archive.noms and b"spreadsheet" in archive.read("mimetype", 1000):
                raise Refus(_OTHER_SHEET)
            return "odt"
        if any(nom.endswith(".iwa") or nom in ("index.xml", "index.apxl") for nom in archive.noms):
            raise Refus(
                "ce fichier vient de Pages (Apple) : demandez à la ville de l’exporter (Fichier, Exporter vers, Word…) "
                "et de renvoyer le « .docx »."
            )
        if any(nom.startswith(("xl/", "ppt/")) for nom in archive.noms):
            raise Refus("ce fichier est un tableur ou un diaporama, pas un formulaire : demandez le « .docx ».")
    raise Refus("cette archive ne contient pas de document Word : enregistrez le formulaire en « .docx ».")


class Archive:
    """A zip whose parts are read one by one, each bounded. Raises ``Refus`` where it is damaged or hostile."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise Refus("le fichier est abîmé ou incomplet : demandez à la ville de l’envoyer de nouveau.") from error
        infos = self._zip.infolist()
        if len(infos) > MAX_PARTIES:
            raise Refus(f"le fichier contient {len(infos)} parties, ce qui n’est pas celui d’un formulaire.")
        self.noms = {info.filename: info for info in infos}

    def __enter__(self) -> Archive:
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    @property
    def principal(self) -> str:
        """The name of the main document, where it is not ``word/document.xml``; empty where there is none."""
        if "word/document.xml" in self.noms:
            return "word/document.xml"
        root = self.xml("_rels/.rels") if "_rels/.rels" in self.noms else None
        for relation in root if root is not None else ():
            if str(relation.get("Type", "")).endswith("/officeDocument"):
                name = posixpath.normpath(str(relation.get("Target", "")).lstrip("/"))
                if name in self.noms and name.endswith(".xml"):
                    return name
        return ""

    def read(self, nom: str, limit: int = MAX_PARTIE) -> bytes:
        """A part, whole. A name of the archive never becomes a path on the disk."""
        info = self.noms[nom]
        if info.flag_bits & 1:
            raise Refus("le fichier est protégé par un mot de passe : ôtez la protection, puis réessayez.")
        if info.file_size > limit:
            raise Refus(_TOO_BIG)
        try:
            with self._zip.open(info) as part:
                # The declared size may lie.
                data = part.read(limit + 1)
        except (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, zlib.error) as error:
            raise Refus("le fichier est abîmé ou incomplet : demandez à la ville de l’envoyer de nouveau.") from error
        if len(data) > limit:
            raise Refus(_TOO_BIG)
        return data

    def xml(self, nom: str) -> etree._Element:
        """A part as XML, strict Open XML under the usual names: no entity is expanded, nothing is fetched."""
        data = self.read(nom)
        if data.count(b"<") > MAX_BALISES:
            raise Refus(TOO_LONG)
        if b"purl.oclc.org/ooxml" in data:
            data = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/\2", data)
        try:
            root = etree.fromstring(data, _parser())
        except etree.XMLSyntaxError as error:
            raise Refus(
                "le texte du fichier est illisible : ouvrez-le dans Word, enregistrez-le, puis réessayez."
            ) from error
        if root is None or root.getroottree().docinfo.doctype:
            raise Refus("le fichier déclare des entités XML, ce qu’un formulaire ne fait jamais : refusé.")
        return root

    def relations(self, nom: str) -> dict[str, tuple[str, str, bool]]:
        """What a part refers to, by id: the kind (« image », « hyperlink »…), the target, whether it is outside."""
        folder, base = posixpath.split(nom)
        rels = f"{folder}/_rels/{base}.rels".lstrip("/")
        if rels not in self.noms:
            return {}
        relations = {}
        for relation in self.xml(rels):
            target, outside = str(relation.get("Target", "")), relation.get("TargetMode") == "External"
            if not outside:
                target = posixpath.normpath(target.lstrip("/") if target.startswith("/") else f"{folder}/{target}")
            kind = str(relation.get("Type", "")).rsplit("/", 1)[-1]
            relations[str(relation.get("Id"))] = (kind, target, outside)
        return relations


def _parser() -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )


_TOO_BIG = "le fichier se déplie démesurément (archive piégée ?) : refusé."
TOO_LONG = (
    "le document est démesurément long pour un formulaire : ouvrez-le dans Word, ne gardez que les pages du formulaire, "
    "enregistrez-le, puis réessayez."
)
