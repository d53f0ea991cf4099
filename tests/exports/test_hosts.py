"""The servers of the hosting guide, started as it says, on a site with renamed, withdrawn and long addresses."""

from __future__ import annotations

import http.client
import os
import pwd
import re
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.build.site import BuildOptions, build
from tests.conftest import fiche

_GUIDE = PROJECT / "docs/contribuer/hebergement.md"
_NGINX, _APACHE = shutil.which("nginx", path="/usr/sbin:/usr/bin"), shutil.which("apache2", path="/usr/sbin:/usr/bin")
_MODULES = Path("/usr/lib/apache2/modules")
_LONG = "une-adresse-aussi-longue-que-la-regle-le-permet-au-bout"


class Answer(NamedTuple):
    """What the server says."""

    status: int
    headers: http.client.HTTPMessage
    body: str


Ask = Callable[..., Answer]


@pytest.fixture(scope="module")
def depot() -> Iterator[Path]:
    """A site where everybody may read it: servers run as somebody else."""
    folder = Path(tempfile.mkdtemp(prefix="hote-"))
    folder.chmod(0o755)
    root = folder / "contenu"
    (root / "actions").mkdir(parents=True)
    former = [f"ancienne-adresse-{n}-{_LONG}" for n in range(40)]
    fiches = {
        "nouveau-nom": fiche(anciens_ids=f"[ancien-nom, {', '.join(former)}]"),
        f"aubervilliers-{_LONG}": fiche(titre="Une action au long nom"),
        "aubervilliers-retiree": fiche(titre="Une action retirée", statut="retiree"),
    }
    for name, text in fiches.items():
        (root / "actions" / f"{name}.md").write_text(text, "utf-8")
    assert build(root, folder / "site", folder / "travail", BuildOptions(leger=True)).problems == []
    (folder / "site" / ".well-known").mkdir()
    (folder / "site" / ".well-known" / "security.txt").write_text("Contact: mailto:securite@ville.example\n", "utf-8")
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


@pytest.fixture(scope="module", params=["nginx", "apache"])
def ask(request: pytest.FixtureRequest, depot: Path) -> Iterator[Ask]:
    """Asks the server for an address; follows nothing."""
    binary = {"nginx": _NGINX, "apache": _APACHE}[request.param]
    if binary is None:
        pytest.skip(f"{request.param} n’est pas sur cette machine : make serveurs")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    configure = {"nginx": _nginx, "apache": _apache}[request.param]
    with _running([binary, *configure(depot, port)], depot / "journal", port):

        def ask(path: str, **headers: str) -> Answer:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=20)) as connection:
                connection.request("GET", path, headers=headers)
                with connection.getresponse() as answer:
                    return Answer(answer.status, answer.headers, answer.read().decode("utf-8", "replace"))

        yield ask


def _block(language: str) -> str:
    match = re.search(rf"^```{language}\n(.*?)^```$", _GUIDE.read_text("utf-8"), re.S | re.M)
    assert match
    return match[1]


def _nginx(depot: Path, port: int) -> list[str]:
    guide = _block("nginx").replace("/srv/inspiractions", str(depot / "site"))
    guide = guide.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("    listen [::]:80;\n", "")
    user = f"user {pwd.getpwuid(os.geteuid()).pw_name};\n" if os.geteuid() == 0 else ""
    paths = "".join(
        f"{kind}_temp_path {depot}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (depot / "nginx.conf").write_text(
        f"{user}daemon off;\npid {depot}/nginx.pid;\nerror_log {depot}/nginx.log notice;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{paths}{guide}}}\n",
        "utf-8",
    )
    # What it merely warns of would be in the way of a host, too.
    tried = subprocess.run(
        [str(_NGINX), "-e", str(depot / "nginx.log"), "-t", "-c", str(depot / "nginx.conf")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert tried.returncode == 0, tried.stderr
    assert "[warn]" not in tried.stderr
    return ["-e", str(depot / "nginx.log"), "-c", str(depot / "nginx.conf")]


def _apache(depot: Path, port: int) -> list[str]:
    (depot / "site" / ".htaccess").write_text(_block("apache"), "utf-8")
    modules = ("mpm_event", "authz_core", "dir", "mime", "headers", "filter", "deflate", "setenvif")
    loaded = "".join(f"LoadModule {name}_module {_MODULES}/mod_{name}.so\n" for name in modules)
    types = "/etc/mime.types" if Path("/etc/mime.types").is_file() else "/dev/null"
    (depot / "apache.conf").write_text(
        f"ServerRoot {depot}\nServerName inspiractions.example\nListen 127.0.0.1:{port}\nPidFile {depot}/apache.pid\n"
        f"ErrorLog {depot}/apache.log\nMutex file:{depot}\n{loaded}TypesConfig {types}\nDocumentRoot {depot}/site\n"
        + ("User www-data\nGroup www-data\n" if os.geteuid() == 0 else "")
        + f"<Directory {depot}/site>\nAllowOverride All\nRequire all granted\n</Directory>\n",
        "utf-8",
    )
    return ["-f", str(depot / "apache.conf"), "-DFOREGROUND"]


@contextmanager
def _running(command: list[str], journal: Path, port: int) -> Iterator[None]:
    with journal.open("w") as out, subprocess.Popen(command, stdout=out, stderr=out) as process:
        try:
            end = time.monotonic() + 30
            while True:
                assert process.poll() is None, journal.read_text()
                assert time.monotonic() < end, journal.read_text()
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield
        finally:
            process.terminate()


def _moved(ask: Ask, old: str, new: str, host_can: bool) -> None:
    answer = ask(old)
    if host_can:
        assert (answer.status, answer.headers["Location"]) == (301, new)
    else:
        assert answer.status == 200
        assert "nouveau-nom/" in answer.body


def test_anciennes_adresses(ask: Ask, request: pytest.FixtureRequest) -> None:
    """By the server where it can, else by the pages that stand there."""
    host_can = "nginx" in request.node.name
    for old in ("ancien-nom", f"ancienne-adresse-39-{_LONG}"):
        _moved(ask, f"/actions/{old}/", "/actions/nouveau-nom/", host_can)
    if host_can:
        _moved(ask, "/actions/ancien-nom/index.json", "/actions/nouveau-nom/index.json", host_can)


def test_pages_donnees_et_avis(ask: Ask) -> None:
    for path, kind in (
        ("/", "text/html"),
        ("/actions/nouveau-nom/", "text/html"),
        (f"/actions/aubervilliers-{_LONG}/", "text/html"),
        ("/actions/aubervilliers-retiree/", "text/html"),
        ("/actions/nouveau-nom/index.json", "application/json"),
        ("/actions/nouveau-nom/index.md", "text/markdown"),
        ("/llms.txt", "text/plain"),
        ("/donnees/actions.csv", "text/csv"),
        ("/fil.atom", "application/atom+xml"),
        ("/.well-known/security.txt", "text/plain"),
    ):
        answer = ask(path)
        assert (answer.status, answer.headers.get_content_type()) == (200, kind), path
        assert answer.body
        if kind in ("text/html", "text/markdown", "text/plain"):
            assert answer.headers.get_content_charset() == "utf-8", path
    missing = ask("/nulle-part/")
    assert missing.status == 404
    assert "Page introuvable" in missing.body


def test_un_dossier_sans_barre_garde_l_adresse_que_le_lecteur_voit(ask: Ask, request: pytest.FixtureRequest) -> None:
    """Behind another server, the name and port of this one would lead nowhere."""
    answer = ask("/actions/nouveau-nom", Host="www.ville.example")
    assert answer.status == 301
    location = answer.headers["Location"]
    expected = (
        "/actions/nouveau-nom/" if "nginx" in request.node.name else "http://www.ville.example/actions/nouveau-nom/"
    )
    assert location == expected


def test_en_tetes(ask: Ask) -> None:
    page = ask("/actions/nouveau-nom/").headers
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Content-Type-Options"] == "nosniff"
    framed = ask("/embed/actions/nouveau-nom/").headers["Content-Security-Policy"]
    assert "frame-ancestors *" in framed
    assert ask("/donnees/actions.csv").headers["Access-Control-Allow-Origin"] == "*"
    assert page["Access-Control-Allow-Origin"] is None
    assert ask("/", **{"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"
    assert page["Cache-Control"] == "no-cache"


def test_ce_qui_porte_son_empreinte_se_garde(ask: Ask, depot: Path) -> None:
    site = depot / "site"
    named = [next((site / "recherche").glob("*-*.gz")), next((site / "assets/joints").glob("*.js"))]
    for path in named:
        kept = ask(f"/{path.relative_to(site).as_posix()}").headers["Cache-Control"]
        assert "immutable" in kept, path
    assert ask("/recherche/manifeste.json.gz").headers["Cache-Control"] == "no-cache"


def test_ce_qui_ne_sert_qu_a_l_hebergeur_n_est_pas_servi(ask: Ask) -> None:
    for path in ("/_headers", "/_redirects", "/redirections.map", "/.inspiractions", "/.htaccess", "/.git/config"):
        assert ask(path).status in (403, 404), path
