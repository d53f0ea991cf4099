"""What people do to a content tree, one edit after the other; some are mistakes. The same seed makes the same edits."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from inspiractions.base.files import PROJECT, find
from inspiractions.model.canonical import write_fiche
from inspiractions.model.source import read_fiche
from tests.faults.fiches import ajouter, cles, fiche, illustrer, meta_de, non_citee, publiees, remplacer, themes

_VILLES = ("Lyon", "Rennes", "Marseille", "Nantes", "Le Mans", "Brest (29)", "Grenoble", "Cayenne")

Modification = Callable[[Path, random.Random], str]
"""Changes the sources under a root; tells what it did, or nothing where there was nothing to do."""


def changer_le_corps(root: Path, hasard: random.Random) -> str:
    path = fiche(root, hasard)
    ajouter(path, f"\nUne phrase de plus, la {hasard.randrange(1000)}e.\n")
    return path.stem


def changer_le_resume(root: Path, hasard: random.Random) -> str:
    n = hasard.randrange(1000)
    return cles(root, fiche(root, hasard), resume=f"Ce que cette ville a fait pour la santé, en {n} mots ou presque.")


def changer_le_titre(root: Path, hasard: random.Random) -> str:
    path = fiche(root, hasard)
    return cles(root, path, titre=f"Une action nommée autrement, {path.stem[:12]}, n° {hasard.randrange(1000)}")


def changer_la_ville(root: Path, hasard: random.Random) -> str:
    return cles(root, fiche(root, hasard), villes=list(hasard.sample(_VILLES, hasard.choice((1, 1, 2)))))


def changer_les_themes(root: Path, hasard: random.Random) -> str:
    return cles(root, fiche(root, hasard), thematiques=list(hasard.sample(themes(root), 2)))


def changer_un_axe(root: Path, hasard: random.Random) -> str:
    axe = hasard.choice(("politiques-publiques", "environnements-favorables", "action-communautaire"))
    return cles(root, fiche(root, hasard), axes=[axe])


def changer_la_date(root: Path, hasard: random.Random) -> str:
    return cles(root, fiche(root, hasard), date_publication=f"2026-0{hasard.randint(1, 9)}-1{hasard.randint(0, 9)}")


def ajouter_une_fiche(root: Path, hasard: random.Random) -> str:
    here = {path.name for path in (root / "actions").glob("*.md")}
    path = hasard.choice([path for path in sorted((PROJECT / "actions").glob("*.md")) if path.name not in here])
    shutil.copyfile(path, root / "actions" / path.name)
    return path.stem


def renommer(root: Path, hasard: random.Random) -> str:
    """As the documentation says: the new fiche tells its former name, and links follow."""
    path = fiche(root, hasard)
    nouveau = f"{path.stem[:60]}-{hasard.randrange(1000)}"
    meta = meta_de(root, path)
    anciens = [*(meta.get("anciens_ids") or []), path.stem]
    cles(root, path, anciens_ids=anciens)
    for other in [*(root / "dossiers").glob("*.md"), *(root / "actions").glob("*.md")]:
        text = other.read_text("utf-8")
        if other != path and path.stem in text:
            other.write_text(text.replace(path.stem, nouveau), "utf-8")
    images = root / "actions" / "images"
    if (images / path.stem).exists():
        (images / path.stem).rename(images / nouveau)
    path.rename(path.with_stem(nouveau))
    return f"{path.stem} → {nouveau}"


def supprimer(root: Path, hasard: random.Random) -> str:
    """Refused where its address is promised or a dossier cites it."""
    path = fiche(root, hasard)
    path.unlink()
    return path.stem


def retirer(root: Path, hasard: random.Random) -> str:
    return cles(root, non_citee(root, hasard), statut="retiree")


def mettre_en_brouillon(root: Path, hasard: random.Random) -> str:
    """A new fiche, not promised yet."""
    path = root / "actions" / f"{ajouter_une_fiche(root, hasard)}.md"
    return cles(root, path, statut="brouillon")


def publier(root: Path, hasard: random.Random) -> str:
    """A draft, or a fiche that was withdrawn."""
    waiting = [path for path in sorted((root / "actions").glob("*.md")) if meta_de(root, path).get("statut")]
    return cles(root, hasard.choice(waiting), statut=None) if waiting else ""


def toucher(root: Path, hasard: random.Random) -> str:
    """Other times, same words."""
    for path in root.rglob("*"):
        if path.is_file() and "site" not in path.parts and "build" not in path.parts and hasard.random() < 0.3:
            os.utime(path, (1_900_000_000 + hasard.randrange(9999), 1_900_000_000 + hasard.randrange(9999)))
    return "un fichier sur trois"


def changer_sans_que_cela_se_voie(root: Path, hasard: random.Random) -> str:
    """Other words, same length, same times."""
    path = fiche(root, hasard)
    status, octets = path.stat(), path.read_bytes()
    changed = octets.replace(b" de ", b" du ", 1) if b" de " in octets else octets.replace(b"e", b"a")
    path.write_bytes(octets[: octets.index(b"\n---\n")] + changed[octets.index(b"\n---\n") :])
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    return path.stem


def echanger_deux_corps(root: Path, hasard: random.Random) -> str:
    un, autre = hasard.sample(publiees(root), 2)
    (source, _), (other, _) = read_fiche(root, un), read_fiche(root, autre)
    assert source is not None
    assert other is not None
    un.write_text(write_fiche(source.meta, other.body), "utf-8")
    autre.write_text(write_fiche(other.meta, source.body), "utf-8")
    return f"{un.stem}, {autre.stem}"


def changer_un_libelle(root: Path, hasard: random.Random) -> str:
    nom = hasard.choice(("thematiques", "axes", "publics", "leviers", "campagnes", "rubriques", "ages"))
    path = root / "vocabulaire" / f"{nom}.yml"
    lines = path.read_text("utf-8").splitlines()
    at = hasard.choice([n for n, line in enumerate(lines) if line.startswith("  libelle: ")])
    lines[at] = f"  libelle: Dit autrement n° {hasard.randrange(1000)}"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return f"{nom}, ligne {at + 1}"


def changer_un_synonyme(root: Path, hasard: random.Random) -> str:
    path = root / "vocabulaire" / "thematiques.yml"
    remplacer(path, "synonymes: [", f"synonymes: [mot nouveau {hasard.randrange(1000)}, ")
    return "thematiques"


def changer_un_dossier(root: Path, hasard: random.Random) -> str:
    path = next((root / "dossiers").glob("*.md"))
    ajouter(path, f"\nUne phrase de plus, la {hasard.randrange(1000)}e.\n")
    return path.stem


def epingler(root: Path, hasard: random.Random) -> str:
    path = next((root / "dossiers").glob("*.md"))
    meta = meta_de(root, path)
    remplacer(path, "\nexclues:", f"\n  - {non_citee(root, hasard).stem}\nexclues:")
    return str(meta.get("titre"))


def changer_une_page(root: Path, hasard: random.Random) -> str:
    name = hasard.choice(("a-propos.md", "mentions-legales.md", "contribuer/fiche.md", "explorer/index.md", "index.md"))
    ajouter(root / "docs" / name, f"\nUne phrase de plus, la {hasard.randrange(1000)}e.\n")
    return name


def ajouter_une_page(root: Path, hasard: random.Random) -> str:
    (root / "docs" / "lettres").mkdir(exist_ok=True)
    path = root / "docs" / "lettres" / f"2026-0{hasard.randint(1, 9)}-01.md"
    path.write_text(f"---\ntitle: Lettre n° {hasard.randrange(1000)}\n---\n\n# Lettre\n\nDu nouveau.\n", "utf-8")
    return path.name


def changer_un_style(root: Path, hasard: random.Random) -> str:
    path = hasard.choice(sorted((root / "docs" / "assets").rglob("*.css")))
    ajouter(path, f"/* {hasard.randrange(1000)} */\n")
    return path.name


def changer_un_gabarit(root: Path, hasard: random.Random) -> str:
    """Templates of pages, of parts, of the frame."""
    path = hasard.choice(sorted((root / "templates").rglob("*.j2")))
    ajouter(path, f"{{# {hasard.randrange(1000)} #}}<!-- {hasard.randrange(1000)} -->\n")
    return path.name


def changer_le_cadre(root: Path, hasard: random.Random) -> str:
    path = hasard.choice(sorted((root / "templates" / "theme" / "partials").glob("*.html")))
    ajouter(path, f"<!-- {hasard.randrange(1000)} -->\n")
    return path.name


def changer_d_adresse(root: Path, hasard: random.Random) -> str:
    path = root / "mkdocs.yml"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    address = hasard.choice(("https://inspiractions.example/", "https://autre.example/sous/chemin/"))
    path.write_text("".join(f"site_url: {address}\n" if x.startswith("site_url") else x for x in lines), "utf-8")
    return address


def changer_les_formulaires(root: Path, hasard: random.Random) -> str:
    path = sorted((root / "formulaires").glob("*.yml"))[0]
    ajouter(path, f"# {hasard.randrange(1000)}\n")
    return path.name


def changer_les_communes(root: Path, hasard: random.Random) -> str:
    """The references, which the content tree may bring itself."""
    folder = root / "referentiels"
    if not folder.exists():
        shutil.copytree(find(root, "referentiels"), folder)
    lines = (folder / "communes.csv").read_text("utf-8").splitlines(keepends=True)
    at = hasard.randrange(1, len(lines))
    code, *rest = lines[at].split(",")
    lines[at] = ",".join([code, *rest[:-1], f"{hasard.randrange(100, 9999)}\n"])
    (folder / "communes.csv").write_text("".join(lines), "utf-8")
    return f"communes.csv, ligne {at + 1}"


def ajouter_une_image(root: Path, hasard: random.Random) -> str:
    return illustrer(root, fiche(root, hasard).stem, hasard.randrange(1000))


def changer_une_image(root: Path, hasard: random.Random) -> str:
    """Other pixels under the same name."""
    images = sorted((root / "actions").rglob("*.png"))
    if not images:
        return ajouter_une_image(root, hasard)
    path = hasard.choice(images)
    Image.radial_gradient("L").resize((700 + hasard.randrange(300), 400)).save(path)
    return path.name


def oter_une_image(root: Path, hasard: random.Random) -> str:
    shown = [path for path in publiees(root) if meta_de(root, path).get("illustrations")]
    if not shown:
        return ""
    path = hasard.choice(shown)
    shutil.rmtree(root / "actions" / "images" / path.stem)
    return cles(root, path, illustrations=None)


def se_tromper(root: Path, hasard: random.Random) -> str:
    """Each of these is refused, by the check, by MkDocs, or for its dead link."""
    path = fiche(root, hasard)
    kind = hasard.choice(("yaml", "thème", "html", "lien", "page", "ville", "image", "vocabulaire", "gabarit"))
    if kind == "yaml":
        remplacer(path, "titre: ", "titre: [")
    elif kind == "thème":
        cles(root, path, thematiques=["sport-santé"])
    elif kind == "html":
        ajouter(path, "\n<b>gras</b>\n")
    elif kind == "lien":
        ajouter(root / "docs" / "a-propos.md", '\n<a href="../nulle-part/">mort</a>\n')
    elif kind == "page":
        ajouter(root / "docs" / "a-propos.md", "\n[mort](nulle-part.md)\n")
    elif kind == "ville":
        cles(root, path, villes=["Nulle-Part-sur-Mer"])
    elif kind == "image":
        cles(root, path, illustrations=[{"fichier": "absente.png", "alt": "Rien"}])
    elif kind == "vocabulaire":
        ajouter(root / "vocabulaire" / "ages.yml", "\n- id: [\n")
    else:
        ajouter(root / "templates" / "theme" / "main.html", '\n<a href="nulle-part/">mort</a>\n')
    return kind


MODIFICATIONS: tuple[Modification, ...] = (
    changer_le_corps, changer_un_libelle, changer_un_gabarit, ajouter_une_image, renommer, changer_une_page,
    changer_la_ville, changer_sans_que_cela_se_voie, changer_les_themes, changer_un_axe, changer_la_date,
    changer_le_resume, changer_le_titre, ajouter_une_fiche, supprimer, retirer, mettre_en_brouillon, publier, toucher,
    echanger_deux_corps, changer_un_synonyme, changer_un_dossier, epingler, ajouter_une_page, changer_un_style,
    changer_le_cadre, changer_d_adresse, changer_les_formulaires, changer_les_communes, changer_une_image,
    oter_une_image, se_tromper,
)  # fmt: skip
