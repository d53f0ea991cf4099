"""What each key of a draft can take from a filled form: one function a key, what is not sure told beside its value."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from inspiractions.base.personal_data import is_generic
from inspiractions.base.personal_life import Lexicon
from inspiractions.forms.drafting import deduce
from inspiractions.forms.reading.form_data import FilledForm
from inspiractions.model.banque import Banque
from inspiractions.model.source import Value

# Keys whose ids come from boxes ticked, then from words.
CLASSEMENT = ("ages", "axes", "thematiques", "determinants", "publics", "evaluation")
_MAX_TITRE, _MAX_PERIMETRE, _MAX_RESUME = 140, 200, 300

Words = tuple[str, str]
"""A key or a label, and the words of the city under it."""


@dataclass(frozen=True)
class Proposal:
    """What a form says of one key.

    ``doubts``: words to check against the value; ``leftovers``: label and words that the value does not hold;
    ``silent``: key and words of the answers that say there is none.
    """

    value: Value = None
    doubts: tuple[str, ...] = ()
    leftovers: tuple[Words, ...] = ()
    silent: tuple[Words, ...] = ()


def _titre(filled: FilledForm, _: Banque) -> Proposal:
    whole = " ".join(filled.text("titre").split())
    if len(whole) <= _MAX_TITRE:
        return Proposal(whole or None)
    short = whole[:_MAX_TITRE].rsplit(" ", 1)[0]
    return Proposal(short, (whole,), (("Nom de l’action, en entier", whole),))


def _villes(filled: FilledForm, banque: Banque) -> Proposal:
    written = filled.text("ville")
    known, unknown = deduce.villes(written, banque.referentiel)
    return Proposal(
        [*known] or None,
        (written,) if known else (),
        (("Ville, telle que le formulaire la nomme", written),) if unknown else (),
    )


def _on_one_line(key: str) -> Callable[[FilledForm, Banque], Proposal]:
    """The words of the city, as they are."""

    def propose(filled: FilledForm, _: Banque) -> Proposal:
        line = _line(filled.text(key))
        return Proposal(None, silent=((key, line),)) if line and deduce.est_muet(line) else Proposal(line)

    return propose


def _listed(key: str) -> Callable[[FilledForm, Banque], Proposal]:
    """The words of the city, one item a service or a partner."""

    def propose(filled: FilledForm, _: Banque) -> Proposal:
        return Proposal([*deduce.liste(filled.text(key))])

    return propose


def _periode(filled: FilledForm, _: Banque) -> Proposal:
    written = filled.text("periode")
    return Proposal({**deduce.periode(_line(written) or "")}, (written,)) if written else Proposal()


def _echelle(filled: FilledForm, _: Banque) -> Proposal:
    scale = _line(filled.text("echelle"))
    return Proposal(deduce.echelle(scale) or None, (scale,)) if scale else Proposal()


def _perimetre(filled: FilledForm, _: Banque) -> Proposal:
    scale = _line(filled.text("echelle"))
    if scale and len(scale) > _MAX_PERIMETRE:
        return Proposal(None, leftovers=(("Échelle de territoire", scale),))
    return Proposal(scale)


_BUDGET = {
    "precision": ("budget.texte", "budget"),
    "fonctionnement": ("budget.fonctionnement",),
    "investissement": ("budget.investissement",),
    "contribution": ("budget.contribution",),
    "financeurs": ("budget.financeurs",),
}


def _budget(filled: FilledForm, _: Banque) -> Proposal:
    amounts: dict[str, Value] = {}
    silent: list[Words] = []
    for key, questions in _BUDGET.items():
        line = next((line for vers in questions if (line := _line(filled.text(vers)))), None)
        if line and deduce.est_muet(line):
            silent.append((f"budget.{key}", line))
            line = None
        amounts[key] = line
    return Proposal(amounts, silent=tuple(silent))


def _date_redaction(filled: FilledForm, _: Banque) -> Proposal:
    written = filled.text("date_redaction")
    day = deduce.jour(written)
    return Proposal(day or None, leftovers=(("Date de rédaction", written),) if written and not day else ())


IDENTITY: Mapping[str, Callable[[FilledForm, Banque], Proposal]] = {
    "titre": _titre,
    "villes": _villes,
    "porteur": _on_one_line("porteur"),
    "role_collectivite": _on_one_line("role_collectivite"),
    "service_pilote": _on_one_line("service_pilote"),
    "role_service_sante": _on_one_line("role_service_sante"),
    "services_elus": _listed("services_elus"),
    "partenaires": _listed("partenaires"),
    "periode": _periode,
    "echelle": _echelle,
    "perimetre": _perimetre,
    "budget": _budget,
    "date_redaction": _date_redaction,
}


def by_box(filled: FilledForm) -> tuple[dict[str, list[str]], list[Words]]:
    """The ids that the boxes ticked give, by key of the fiche; those of another key than the question's are doubts."""
    given: dict[str, dict[str, None]] = {}
    doubts: list[Words] = []
    for bloc in filled.form.demandes("fiche"):
        ticked = filled.values(bloc.vers)
        for option in (o for o in bloc.options if o.valeur in ticked):
            for key, ids in option.classement.items():
                given.setdefault(key, {}).update(dict.fromkeys(ids))
                if key != bloc.vers:
                    doubts.append((key, f"{bloc.titre} : {option.libelle}"))
    return {key: list(ids) for key, ids in given.items()}, doubts


def classified(key: str, ticked: list[str], filled: FilledForm, banque: Banque) -> Proposal:
    """Ids of a vocabulary: those of the boxes, completed from the words of the form where they are too few."""
    more: list[str] = []
    if not ticked or (key == "thematiques" and len(ticked) < 3):
        more = [i for i in _guess(key, filled, banque) if i not in ticked][:5]
    doubts = (f"déduit des mots du formulaire : {', '.join(more)}",) if more else ()
    return Proposal([*ticked, *more] or None, doubts)


def _guess(key: str, filled: FilledForm, banque: Banque) -> list[str]:
    """The ids that the words of the form name; the name of the action weighs most."""
    titre, public = filled.text("titre"), filled.text("population_cible")
    head = [(titre, 3), (public, 2)]
    if key == "ages":
        typed = [leftover.text for leftover in filled.of_kind("precision")]
        return deduce.ages(" ".join([*typed, public, titre]))
    if key == "publics":
        return deduce.suggerer(head, banque.vocabulaires[key], 3)
    whole = [*head, *((answer.text, 1) for answer in filled.answers)]
    if key == "axes":
        return deduce.suggerer(whole, banque.vocabulaires[key], 2)
    if key == "thematiques":
        return deduce.suggerer(whole, banque.vocabulaires[key], 3, 3)
    return []


def qpv(filled: FilledForm) -> Proposal:
    """« oui » where a box says it; a box left blank says nothing."""
    if filled.qpv:
        return Proposal("oui")
    return Proposal("inconnu", ("la case « quartier prioritaire » n’est pas cochée : « non », ou « inconnu » ?",))


def resume(filled: FilledForm) -> Proposal:
    """The first line under the goals, else of the récit."""
    texts = [(answer.titre, answer.text) for answer in filled.answers if answer.text]
    goals = [text for titre, text in texts if titre.startswith("Objectif")]
    first = next(iter([*goals, *(text for _, text in texts)]), "")
    summary = first.split("\n")[0].lstrip("-–—• ")[:_MAX_RESUME].strip()
    advice = "repris des premières lignes du formulaire : à rédiger en une ou deux phrases"
    return Proposal(summary, (advice,)) if summary else Proposal()


def contact(filled: FilledForm, lexicon: Lexicon) -> Proposal:
    """What names nobody: the service, the function, the e-mail of a service. ``lexicon``: the words that make it one."""
    person, email = filled.contact, filled.contact.email or ""
    return Proposal(
        {
            "service": _line(person.service),
            "fonction": _line(person.fonction),
            "courriel": email if "@" in email and is_generic(email.split("@")[0], lexicon) else None,
        }
    )


def documents(filled: FilledForm) -> Proposal:
    """The links that a browser opens safely; the addresses of the others are leftovers."""
    return Proposal(
        [
            {"titre": " ".join(link.text.split()), "url": link.url}
            for link in filled.links
            if link.url.startswith("https://")
        ],
        leftovers=tuple(
            (f"Lien « {link.text} »", link.url.removeprefix("http://"))
            for link in filled.links
            if not link.url.startswith(("https://", "mailto:"))
        ),
    )


def _line(texte: str | None) -> str | None:
    """A text of several lines on one."""
    return " ; ".join(part.strip(" ;") for part in (texte or "").split("\n") if part.strip(" ;")) or None
