"""Texts are found where they stand in templates and scripts, and another language takes their place."""

from __future__ import annotations

import pytest

from inspiractions.base.source_texts import (
    fault,
    in_language,
    marked_texts,
    script_in_language,
    script_texts,
    template_texts,
)


def marked(message: str) -> str:
    return f"⟦{message}⟧"


@pytest.mark.parametrize(
    ("source", "messages"),
    [
        ("<h2>Par âge</h2>\n<p>{{ x }}</p>", ["Par âge"]),
        # A sentence is one text, with its links and its values.
        (
            '<p>Le <a href="{{ base }}a/">mode\n d’emploi</a> et les <a class="x" href="b/">engagements</a> de {{ v.nom | lower }}.</p>',
            ["Le <a>mode d’emploi</a> et les <a2>engagements</a2> de %(nom)s."],
        ),
        # Two links side by side are two texts; what surrounds them is none.
        ('<p>· <a href="a">Un</a> · <a href="b">Deux</a></p>', ["Un", "Deux"]),
        ('<a href="a">{{ m.icone("x") }}Imprimer<span class="vh"></span></a>', ["Imprimer"]),
        ('<b><svg class="ic"><use href="#i"/></svg>Chercher</b>', ["Chercher"]),
        # A condition ends a text; so does a tag that is closed elsewhere.
        ("<p>Un{% if a > 1 %}, page {{ n }} sur {{ n }}{% endif %}</p>", ["Un", ", page %(n)s sur %(n)s"]),
        ("<p><b>{% if a %}Oui</b>{% else %}Non</b>{% endif %} fin</p>", ["Oui", "Non", "fin"]),
        ("<p>{{ a.n }} et {{ b.n }}</p>", ["%(n)s et %(n2)s"]),
        (
            '<input aria-label="{% if a %}Chercher{% else %}Trouver {{ x }}{% endif %}" placeholder=\'y\' value="Non">',
            ["Chercher", "Trouver %(x)s"],
        ),
        # Neither code, nor signs alone, nor a value that is followed by a sign.
        ("<script>var mot;</script><style>a{}</style><pre>du code</pre><p>{{ x }} : 12 ({{ y }})</p>{# dit #}", []),
        ("<textarea>&lt;b&gt;gras&lt;/b&gt;</textarea>", []),
    ],
)
def test_ce_qui_se_lit_d_un_gabarit(source: str, messages: list[str]) -> None:
    assert [text.message for text in template_texts(source)] == messages


def test_un_gabarit_traduit_garde_ses_valeurs_et_ses_balises() -> None:
    source = '<p title="Un {{ n }}">Voir <a href="{{ base }}x/">les {{ n }} actions</a> ou <b class="y">rien</b></p>'
    others = {
        "Voir <a>les %(n)s actions</a> ou <b>rien</b>": '<b>"Niets"</b> of <a>%(n)s acties</a>',
        "Un %(n)s": 'Een "%(n)s"',
    }
    assert in_language(source, others.__getitem__) == (
        '<p title="Een &quot;{{ n }}&quot;"><b class="y">&quot;Niets&quot;</b> of <a href="{{ base }}x/">{{ n }} acties</a></p>'
    )


def test_les_mots_des_expressions() -> None:
    source = '{{ _("Un \\"mot\\"") if a else f(_("Deux"), 3) }} {{ n | pluriel("cheval", "chevaux") }} {{ n | length | accord("ville") }}'
    assert [text for _, text in marked_texts(source)] == [
        'Un "mot"',
        "Deux",
        ("cheval", "chevaux"),
        ("ville", "villes"),
    ]
    assert in_language('{{ _("Un") ~ m._("Un") }}', None) == '{{ "Un" ~ m._("Un") }}'
    assert in_language('{{ _("Un") }}', lambda _: 'a"b') == '{{ "a\\"b" }}'


SCRIPT = """// Voir.

import { t } from "../lib/texts.js";

const a = t`Aucune action`;
const b = t`Voir ${plural(n, t`action`)} sur ${a ? t`les ${formatNumber(b)} "x"` : {}.y}`;
const c = t`plein\\u00a0: dit \\`ici\\``;
"""


def test_ce_qui_se_lit_d_un_script() -> None:
    assert [text.message for text in script_texts(SCRIPT)] == [
        "Aucune action",
        "Voir %(n)s sur %(a)s",
        "action",
        'les %(b)s "x"',
        "plein\u00a0: dit `ici`",
    ]


def test_un_script_en_francais_n_a_plus_de_marque() -> None:
    assert (
        script_in_language(SCRIPT, None)
        == """// Voir.

const a = "Aucune action";
const b = `Voir ${plural(n, "action")} sur ${a ? `les ${formatNumber(b)} "x"` : {}.y}`;
const c = "plein\\u00a0: dit \\`ici\\`";
"""
    )


def test_l_importation_d_un_script_qui_en_a_d_autres() -> None:
    source = 'import { a } from "./a.js";\nimport { t } from "./texts.js";\nimport { b } from "./u.js";\n\nt`Un`;\n'
    assert script_in_language(source, None) == 'import { a } from "./a.js";\nimport { b } from "./u.js";\n\n"Un";\n'


def test_un_script_traduit() -> None:
    others = {"Voir %(n)s sur %(a)s": "`%(a)s` \\ ${x} %(n)s", "action": "actie"}
    written = script_in_language("t`Voir ${f(n, t`action`)} sur ${a}`", others.__getitem__)
    assert written == '`\\`${a}\\` \\\\ \\${x} ${f(n, "actie")}`'


@pytest.mark.parametrize(
    ("message", "translated", "what"),
    [
        ("Voir <a>%(n)s</a>", "Zie <a>%(n)s</a>", ""),
        ("Voir <a>%(n)s</a>", "Zie <a>n</a>", "il manque %(n)s"),
        ("Voir %(n)s", "Zie <b>%(n)s</b>", "</b>, <b> est de trop"),
        ("<a>Voir</a> ou <b>rien</b><br>", "<a>Zie <b>of</a></b><br>", "ne se ferment pas"),
        ("{n} lieux", "{m} plaatsen", "il manque {n}"),
        (" sur", "op", "gardez les espaces"),
        ("Voir", "Zie < x", "ni « < »"),
        ("Voir", "Zie {{ x }}", "ni accolade"),
        ("{n} lieux", "{n} {n.__class__}", "ni accolade"),
        ("Voir", "Zie\nx", "ni retour à la ligne"),
        ("Voir", "Zie\u202ex", "caractère invisible U+202E"),
    ],
)
def test_ce_qui_ne_va_pas_d_une_traduction(message: str, translated: str, what: str) -> None:
    assert what in fault(message, translated)
    assert bool(fault(message, translated)) == bool(what)
