from __future__ import annotations

import hashlib
import json
import zipfile
from datetime import date
from pathlib import Path

import pytest

from inspiractions.base.files import PROJECT
from inspiractions.base.scripts import UnknownScript
from inspiractions.build.site import BuildOptions, build, load_and_check
from inspiractions.cli.main import main
from inspiractions.documents.archive import make_page, make_script
from inspiractions.exports.host import CSP
from tests.conftest import Ecrire


@pytest.mark.parametrize(
    ("avant", "apres"),
    [
        ('<a href="../ages/">', '<a href="../ages/index.html">'),
        ('<a class="x" href="./">', '<a class="x" href="./index.html">'),
        ('<a href="../explorer/?q=a/b#c">', '<a href="../explorer/index.html?q=a/b#c">'),
        ('<a href="..">', '<a href="../index.html">'),
        ('<a href="#contenu">', '<a href="#contenu">'),
        ('<a href="?page=2">', '<a href="?page=2">'),
        ('<a href="a.pdf">', '<a href="a.pdf">'),
        ('<a href="https://x.example/y/">', '<a href="https://x.example/y/">'),
        ('<a href="mailto:a@x.example">', '<a href="mailto:a@x.example">'),
        ('<form role="search" action="explorer/">', '<form role="search" action="explorer/index.html">'),
        ('<link rel="canonical" href="https://x.example/y/">', '<link rel="canonical" href="https://x.example/y/">'),
        ('<meta http-equiv="refresh" content="0; url=../n/">', '<meta http-equiv="refresh" content="0; url=../n/index.html">'),
        ('<link rel="modulepreload" href="a.js">', ""),
    ],
)  # fmt: skip
def test_un_dossier_devient_sa_page(avant: str, apres: str) -> None:
    assert make_page("ages/index.html", avant) == apres


def test_les_modules_deviennent_un_script() -> None:
    page = make_page("a/b/index.html", '<body><script src="../../assets/js/x.js" type="module"></script>\n</body>')
    assert (
        page
        == '<body><script src="../../assets/js/hors-ligne.js" data-modules="assets/js/x.js" defer></script>\n</body>'
    )


def test_une_forme_inconnue_est_refusee(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text('import tout from "./b.js";\n', "utf-8")
    with pytest.raises(UnknownScript, match="import tout"):
        make_script(tmp_path, ["a.js"], "")


def test_l_archive_est_toujours_la_meme(ecrire: Ecrire, racine: Path, partage: None) -> None:
    ecrire()
    assert build(racine, racine / "site", racine / "travail", BuildOptions(leger=True)).problems == []
    command = ["archive", "--root", str(racine), "-o"]
    paths = [racine / "a.zip", racine / "b.zip"]
    assert [main([*command, str(path)]) for path in paths] == [0, 0]
    one, other = (hashlib.sha256(path.read_bytes()).hexdigest() for path in paths)
    assert one == other


def test_l_archive_est_complete(zip_du_site: Path) -> None:
    maj = max(action.date_maj for action in load_and_check(PROJECT)[0].actions)
    with zipfile.ZipFile(zip_du_site) as archive:
        noms = archive.namelist()
        assert noms == sorted(noms)
        assert {date(*info.date_time[:3]) for info in archive.infolist()} == {maj}
        folder = f"inspiractions-{maj}/"
        inside = {nom.removeprefix(folder) for nom in noms}
        assert {"index.html", "LISEZ-MOI.txt", "CITATION.cff", "codemeta.json", "donnees/actions.csv"} <= inside
        assert inside & {"404.html", "_headers", "_redirects", ".inspiractions"} == set()
        lisez_moi = archive.read(f"{folder}LISEZ-MOI.txt").decode("utf-8-sig")
        assert "index.html" in lisez_moi
        assert "{" not in lisez_moi
        assert max(map(len, lisez_moi.splitlines())) <= 76
        codemeta = json.loads(archive.read(f"{folder}codemeta.json"))
        assert codemeta["version"] == str(maj)
        assert f'version: "{maj}"' in archive.read(f"{folder}CITATION.cff").decode()


def test_sans_site_construit_l_archive_le_dit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["archive", "--site", str(tmp_path)]) == 2
    assert "lancez d’abord" in capsys.readouterr().err


def test_les_entetes_ne_se_contredisent_pas(site: Path) -> None:
    """Hosts join the rules that match: no address may get two policies, for both would bind."""
    rules: dict[str, list[str]] = {}
    for line in (site / "_headers").read_text("utf-8").splitlines():
        if line.startswith("/"):
            assert line not in rules
            rules[path := line] = []
        else:
            rules[path].append(line.strip())
    framed = {path for path, headers in rules.items() if any(h.startswith("Content-Security-Policy") for h in headers)}
    for page in sorted(site.rglob("*.html")):
        address = f"/{page.relative_to(site).as_posix().removesuffix('index.html')}"
        matching = [p for p in framed if (address.startswith(p[:-1]) if p.endswith("*") else address == p)]
        assert len(matching) == 1, address
    assert f"Content-Security-Policy: {CSP}*" in rules["/embed/*"]


def test_le_guide_donne_la_meme_politique() -> None:
    guide = (PROJECT / "docs/contribuer/hebergement.md").read_text("utf-8")
    assert guide.count(CSP) == guide.count("default-src") == 3


def test_une_page_sur_un_disque_ne_demande_rien_au_reseau() -> None:
    online = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'\">\n<p>a</p>"
    page = make_page("a/index.html", online)
    assert page.count("Content-Security-Policy") == 1
    policy = page.split('content="')[1].split('"')[0]
    sources = {source for rule in policy.split(";") for source in rule.split()[1:]}
    assert sources == {"'none'", "file:", "data:"}
    assert "connect-src" not in policy
