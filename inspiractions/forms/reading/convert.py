"""Old formats (``.doc``, ``.odt``, ``.rtf``) through LibreOffice, where the machine has it: no network, bounds, no child left."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from inspiractions.forms.reading.document import WordDocument
from inspiractions.forms.reading.docx import read_docx
from inspiractions.forms.reading.messages import decoded, text_document
from inspiractions.forms.reading.package import MAX_FICHIER, Refus, genre

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

_AVIS_DOC = "le fichier est un ancien .doc : la conversion peut avoir défait les tableaux ; comparez avec l’original."
_SECONDS = 90
_BYTES_WRITTEN = 200_000_000
_MEMORY = 4_000_000_000
# Nothing is fetched for a document, no macro runs, and what would ask for the network anyway meets a closed door.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType"><value>2</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort"><value>9</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName"><value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort"><value>9</value></prop></item>
</oor:items>
"""


def recevoir(path: Path) -> WordDocument:
    """Read a form, whatever its format. Raises ``Refus``."""
    if path.suffix.lower() in (".txt", ".text"):
        return text_document(decoded(path.read_bytes()[: MAX_FICHIER + 1]))
    kind = genre(path)
    if kind == "docx":
        return read_docx(path)
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise Refus(
            f"le fichier est au format .{kind} : ouvrez-le dans Word, « Enregistrer sous » .docx, puis réessayez."
        )
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / f"formulaire.{kind}"
        shutil.copyfile(path, copy)
        _convert(office, Path(folder), copy)
        try:
            document = read_docx(Path(folder) / "formulaire.docx")
            # Pictures are read while the copy is still there.
            kept = {nom: read() for nom, read in document.images.items()}
        except OSError as error:
            raise Refus(_failed(kind)) from error
    images = {nom: (lambda data=data: data) for nom, data in kept.items()}
    avis = (*document.avis, *([_AVIS_DOC] if kind == "doc" else []))
    return replace(document, images=images, avis=avis)


def _convert(office: str, folder: Path, copy: Path) -> None:
    """Write ``formulaire.docx`` beside the copy. Raises ``Refus``."""
    profile = folder / "profil"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
    options = [f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--convert-to", "docx"]
    command = [*_without_network(), office, *options, "--outdir", str(folder), str(copy)]
    closed = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **closed, "HOME": str(folder), "SAL_USE_VCLPLUGIN": "svp"},
        start_new_session=True,
        preexec_fn=_bounds if resource else None,
    )
    try:
        code = process.wait(timeout=_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise Refus(_failed(copy.suffix[1:])) from error
    finally:
        # LibreOffice starts children of its own: they are of its session, and end with it.
        with contextlib.suppress(ProcessLookupError):
            if hasattr(os, "killpg"):
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.wait()
    if code or not (folder / "formulaire.docx").is_file():
        raise Refus(_failed(copy.suffix[1:]))


@lru_cache(maxsize=1)
def _without_network() -> tuple[str, ...]:
    """How to run a command in a network of its own, which leads nowhere; nothing where the system cannot."""
    unshare = shutil.which("unshare")
    shut = (unshare or "", "--map-root-user", "--net", "--")
    if unshare and subprocess.run([*shut, "true"], capture_output=True, check=False).returncode == 0:
        return shut
    return ()


def _bounds() -> None:
    """What the conversion may take: processor, memory, the size of what it writes."""
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_BYTES_WRITTEN, _BYTES_WRITTEN))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _failed(kind: str) -> str:
    return f"LibreOffice n’a pas su convertir ce .{kind} : enregistrez-le en .docx depuis Word."
