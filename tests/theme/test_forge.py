"""Addresses of the forge, and the configuration of the web form: read from ``mkdocs.yml``, the schema and the vocabularies."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml

from inspiractions.base.files import PROJECT
from inspiractions.base.outputs import BASE
from inspiractions.build.site import BuildOptions, build
from inspiractions.cli.main import main
from inspiractions.forms.web_form import _ORDER, FETCHED, SCRIPT, WebForm, WebFormRefused, make_web_form
from inspiractions.model.action import Action
from inspiractions.model.banque import Banque
from inspiractions.theme.settings import Forge, UnknownForge, read_forge
from tests.conftest import Ecrire

GITHUB = {"repo_url": "https://github.com/ville/banque/"}


@pytest.mark.parametrize(
    ("config", "modifier", "signaler"),
    [
        ({}, f"{BASE}contribuer/", f"{BASE}contribuer/#signaler-une-erreur"),
        (
            {"extra": {"courriel": "banque@ville.example"}},
            f"{BASE}contribuer/",
            "mailto:banque@ville.example?subject=Erreur%20%3A%20%C3%89t%C3%A9&body=Page%20%3A%20https%3A%2F%2Fs.example%2Fa%2F%0D%0A%0D%0A"
            "La%20phrase%20en%20cause%20%3A%0D%0A%0D%0ACe%20qu%E2%80%99il%20faudrait%20%C3%A9crire%2C%20et%20d%E2%80%99o%C3%B9%20vient%20l%E2%80%99information%20%3A%0D%0A",
        ),
        (
            GITHUB,
            "https://github.com/ville/banque/edit/main/actions/a-b.md",
            "https://github.com/ville/banque/issues/new?template=signaler-une-erreur.yml&title=Erreur+%3A+%C3%89t%C3%A9&page=https%3A%2F%2Fs.example%2Fa%2F",
        ),
        (
            {"repo_url": "https://gitlab.ville.example/sante/banque.git", "edit_uri": "-/edit/publication/docs/"},
            "https://gitlab.ville.example/sante/banque/-/edit/publication/actions/a-b.md",
            "https://gitlab.ville.example/sante/banque/-/issues/new?issuable_template=signaler-une-erreur&issue%5Btitle%5D=Erreur+%3A+%C3%89t%C3%A9&issue%5Bdescription%5D=Page+%3A+https%3A%2F%2Fs.example%2Fa%2F",
        ),
        (
            {"repo_url": "https://git.ville.example/sante/banque", "extra": {"forge": {"genre": "forgejo", "branche": "b"}}},
            "https://git.ville.example/sante/banque/_edit/b/actions/a-b.md",
            "https://git.ville.example/sante/banque/issues/new?template=.github%2FISSUE_TEMPLATE%2Fsignaler-une-erreur.yml&title=Erreur+%3A+%C3%89t%C3%A9",
        ),
    ],
)  # fmt: skip
def test_les_adresses_de_la_forge(config: dict[str, object], modifier: str, signaler: str) -> None:
    forge = read_forge(config)
    assert forge.modifier("a-b") == modifier
    assert forge.signaler("Été", "https://s.example/a/") == signaler
    assert read_forge(config, formulaire=True).modifier("a-b") == f"{BASE}admin/#/collections/actions/entries/a-b"


@pytest.mark.parametrize(
    ("config", "dit"),
    [
        ({"repo_url": "https://git.ville.example/a/b"}, "« extra: forge: »"),
        ({"repo_url": "git@github.com:a/b"}, "repo_url"),
    ],
)
def test_une_forge_inconnue_se_dit(config: dict[str, object], dit: str) -> None:
    with pytest.raises(UnknownForge, match=dit):
        read_forge(config)


def test_la_premiere_construction_mene_au_formulaire(ecrire: Ecrire, partage: None, racine: Path, decap: Path) -> None:
    """As the next ones do; and the site may have no address yet."""
    fiche = ecrire("marche")
    (racine / "mkdocs.yml").write_text("site_name: A\nrepo_url: https://github.com/ville/banque\n", "utf-8")
    options = BuildOptions(leger=True, formulaire=WebForm(decap))
    for _ in range(2):
        assert build(racine, racine / "site", racine / "travail", options).problems == []
        html = (racine / "site/actions/marche/index.html").read_text("utf-8")
        assert 'href="../../admin/#/collections/actions/entries/marche"' in html
        fiche.write_text(fiche.read_text("utf-8") + "\nUne phrase de plus.\n", "utf-8")


@pytest.fixture
def decap(tmp_path: Path) -> Path:
    for nom in FETCHED:
        (tmp_path / nom).write_text("", "utf-8")
    return tmp_path


def _config(decap: Path, forge: Forge, banque: Banque) -> tuple[dict, str]:
    files = dict(make_web_form(WebForm(decap), forge, banque, "Banque", "https://s.example/"))
    assert set(files) == {"index.html", "config.yml", SCRIPT, *FETCHED}
    return json.loads(files["config.yml"]), files["index.html"].decode()


def test_le_formulaire_suit_le_schema_et_les_vocabulaires(decap: Path, banque_reelle: Banque) -> None:
    config, page = _config(decap, read_forge(GITHUB), banque_reelle)
    assert "local_backend" not in config
    assert config["backend"]["repo"] == "ville/banque"
    assert '<meta name="robots" content="noindex,nofollow">' in page
    assert "connect-src &#39;self&#39; blob: https://api.github.com;" in page
    fields = {field["name"]: field for field in config["collections"][0]["fields"]}
    assert set(fields) == {*Action.model_fields, "body"}
    # As a person tells it: who and what, then the récit, then how it is filed; what the import posed, last and hidden.
    order = list(fields)
    assert order[:3] == ["titre", "resume", "villes"]
    assert order.index("porteur") < order.index("body") < order.index("thematiques") < order.index("date_publication")
    assert order[-1] == "empreinte"
    assert fields["empreinte"]["widget"] == "hidden"
    # Every key has its place, which a new one must be given, too; the file keeps the order of the schema.
    assert order == list(_ORDER)
    assert f'data-ordre="{" ".join(Action.model_fields)}"' in page
    assert {nom for nom, field in fields.items() if field["required"]} == {
        nom for nom, info in Action.model_fields.items() if info.is_required()
    }
    for nom in ("ages", "axes", "thematiques", "leviers", "freins", "publics", "determinants", "qpv"):
        assert [o["value"] for o in fields[nom]["options"]] == list(banque_reelle.vocabulaires[nom].termes)
    assert fields["thematiques"]["max"] == 6
    assert all(field.get("hint") for nom, field in fields.items())
    assert [sub["name"] for sub in fields["sources"]["fields"]] == ["titre", "url"]


@pytest.mark.parametrize(
    ("adresse", "backend"),
    [
        ("https://gitlab.com/a/b", {"name": "gitlab", "auth_type": "pkce", "api_root": "https://gitlab.com/api/v4"}),
        ("https://codeberg.org/a/b", {"name": "forgejo", "base_url": "https://codeberg.org", "api_root": "https://codeberg.org/api/v1"}),
    ],
)  # fmt: skip
def test_le_formulaire_parle_a_sa_forge(
    decap: Path, banque_reelle: Banque, adresse: str, backend: dict[str, str]
) -> None:
    forge = read_forge({"repo_url": adresse, "extra": {"formulaire": {"app_id": "abc"}}})
    configured = _config(decap, forge, banque_reelle)[0]["backend"]
    assert backend.items() <= configured.items()
    assert configured["app_id"] == "abc"


def test_sans_decap_ou_sans_forge_le_formulaire_se_refuse(decap: Path, tmp_path: Path, banque_reelle: Banque) -> None:
    with pytest.raises(WebFormRefused, match="repo_url"):
        list(make_web_form(WebForm(decap), Forge(), banque_reelle, "", ""))
    with pytest.raises(WebFormRefused, match="make admin"):
        list(make_web_form(WebForm(tmp_path / "absent"), Forge(), banque_reelle, "", ""))


def test_sans_l_option_le_site_n_a_pas_de_formulaire(site: Path) -> None:
    assert not (site / "admin").exists()
    assert "admin/" not in (site / "sitemap.xml").read_text("utf-8")


def test_la_commande_dit_ce_qui_manque(racine: Path, ecrire, partage: None, capsys: pytest.CaptureFixture[str]) -> None:
    ecrire()
    assert main(["build", "--root", str(racine), "--admin", str(racine / "absent")]) == 2
    assert "lancez « make admin »" in capsys.readouterr().err


def test_le_formulaire_de_proposition_suit_les_vocabulaires(banque_reelle: Banque) -> None:
    form = yaml.safe_load((PROJECT / ".github/ISSUE_TEMPLATE/proposer-une-action.yml").read_text("utf-8"))
    fields = {field["id"]: field for field in form["body"] if "id" in field}
    lists = {nom: field for nom, field in fields.items() if field["type"] == "dropdown"}
    assert set(lists) == {"ages", "axes", "qpv"}
    for nom, field in lists.items():
        assert field["attributes"]["options"] == [terme.libelle for terme in banque_reelle.vocabulaires[nom]]
    assert set(fields) <= {*Action.model_fields, *banque_reelle.vocabulaires["rubriques"].termes}


def test_le_signalement_se_preremplit() -> None:
    """The ids and names of files that the addresses of ``Forge`` use."""
    form = yaml.safe_load((PROJECT / ".github/ISSUE_TEMPLATE/signaler-une-erreur.yml").read_text("utf-8"))
    assert "page" in [field.get("id") for field in form["body"]]
    assert (PROJECT / ".gitlab/issue_templates/signaler-une-erreur.md").is_file()
