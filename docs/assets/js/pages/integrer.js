// @ts-check
// The page « Intégrer »: from a selection to the code that a partner copies, and to what it will show.

import { RACINE, ouvrirMoteur } from "../lib/access.js";
import { ecrire, francais, pluriel, un } from "../lib/dom.js";
import { adresse, choisis } from "../explorer/state.js";
import { pageDe } from "../explorer/lists.js";
import { NOMBRE, nommer, propre } from "../explorer/selection.js";

/** @typedef {import("../explorer/state.js").Etat} Etat */

const HAUTEUR = 620;
const LICENCE = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/";

const page = un(document, "[data-integrer]");
/** @type {HTMLFormElement} */
const formulaire = un(page, "[data-choix]");
const choix = /** @type {NodeListOf<HTMLSelectElement>} */ (formulaire.querySelectorAll("select[name]"));
/** @type {HTMLSelectElement} */
const nombre = un(formulaire, "[data-n]");
/** @type {HTMLSelectElement} */
const schema = un(formulaire, "[data-schema-choix]");
/** @type {HTMLIFrameElement} */
const apercu = un(page, "[data-apercu]");

/** @type {Etat} */
let etat;

/** Select boxes say what they can; the rest of the selection stands beside them. @param {import("../search/engine.js").Moteur} moteur */
async function preparer(moteur) {
  const read = propre(location.search, moteur.manifeste.facettes);
  etat = read.etat;
  for (const select of choix) {
    const ids = etat.filtres[select.name] ?? [];
    if (ids.length === 1 && [...select.options].some(({ value }) => value === ids[0])) select.value = ids[0];
  }
  if ([...nombre.options].some(({ value }) => value === String(read.n))) nombre.value = String(read.n);
  await autres(moteur);
}

/** The values that no select box shows. @param {import("../search/engine.js").Moteur} moteur */
async function autres(moteur) {
  const zone = un(page, "[data-autres]");
  const shown = new Map([...choix].filter(({ value }) => value).map(({ name, value }) => [name, value]));
  const left = Object.entries(etat.filtres).flatMap(([cle, ids]) => ids.filter((id) => shown.get(cle) !== id).map((id) => ({ cle, id })));
  const mots = await Promise.all(left.map(({ cle, id }) => nommer({ ...etat, q: "", filtres: { [cle]: [id] } }, moteur)));
  if (etat.q.trim()) mots.push(`« ${etat.q.trim()} »`);
  zone.hidden = !mots.length;
  un(zone, "ul").replaceChildren(
    ...mots.filter(Boolean).map((mot) => {
      const li = document.createElement("li");
      li.className = "etiquette";
      ecrire(li, mot);
      return li;
    }),
  );
}

/** The address of the list to show: ready made where there is one. @param {import("../search/engine.js").Moteur} moteur */
function source(moteur) {
  const ready = Number(nombre.value) === NOMBRE && !etat.tri && pageDe(etat, moteur.manifeste.facettes);
  const url = new URL(`embed/${ready || ""}`, RACINE);
  if (!ready) {
    url.search = adresse(etat).replace("./", "");
    url.searchParams.set("n", nombre.value);
  }
  if (schema.value) url.searchParams.set("schema", schema.value);
  return url.href;
}

/** @param {import("../search/engine.js").Moteur} moteur */
async function montrer(moteur) {
  const src = source(moteur);
  const choix = await nommer(etat, moteur);
  const nom = choix || "toutes les actions";
  const found = await moteur.chercher({ q: etat.q, filtres: etat.filtres, tri: etat.tri || "pertinence", parPage: Number(nombre.value), facettes: [] });
  const titre = `Inspir’Actions : ${nom}`;
  ecrire(un(page, "[data-compte]"), `${choix || "Toute la banque"} : ${pluriel(found.total)}`);
  /** @type {HTMLTextAreaElement} */ (un(page, "[data-code-cadre]")).value = cadre(src, titre);
  /** @type {HTMLTextAreaElement} */ (un(page, "[data-code-html]")).value = liens(found.cartes, nom);
  const explorer = new URL(adresse(etat), new URL("explorer/", RACINE)).href;
  /** @type {HTMLAnchorElement} */ (un(page, "[data-explorer-lien]")).href = explorer;
  if (apercu.src !== src) apercu.src = src;
  const liste = pageDe(etat, moteur.manifeste.facettes);
  const whole = !etat.q.trim() && !choisis(etat).length;
  un(page, "[data-fil-oui]").hidden = !liste && !whole;
  un(page, "[data-fil-non]").hidden = Boolean(liste) || whole;
  /** @type {HTMLAnchorElement} */ (un(page, "[data-fil-lien]")).href = new URL(`${liste}fil.atom`, RACINE).href;
}

/** @param {string} src @param {string} titre */
function cadre(src, titre) {
  const iframe = document.createElement("iframe");
  const attributs = { src, title: titre, width: "100%", height: String(HAUTEUR), loading: "lazy", "data-inspiractions": "" };
  for (const [nom, valeur] of Object.entries(attributs)) iframe.setAttribute(nom, valeur);
  return iframe.outerHTML.replace('data-inspiractions=""', "data-inspiractions");
}

/** Plain HTML for a page of another site. @param {import("../search/engine.js").Carte[]} cartes @param {string} nom */
function liens(cartes, nom) {
  const ul = document.createElement("ul");
  for (const carte of cartes) {
    const li = document.createElement("li");
    li.append(lien(new URL(carte.url, RACINE).href, carte.titre), francais(` (${[carte.lieux, carte.autour].filter(Boolean).join(", ")})`));
    ul.append("\n  ", li);
  }
  ul.append("\n");
  const p = document.createElement("p");
  const jour = new Date().toLocaleDateString("fr-FR", { dateStyle: "long" });
  p.append(francais("Source : "), lien(new URL(adresse(etat), new URL("explorer/", RACINE)).href, francais(`Inspir’Actions, ${nom}`)), `, ${jour}, `, lien(LICENCE, "Licence Ouverte 2.0"), ".");
  return `${ul.outerHTML}\n${p.outerHTML}\n`;
}

/** @param {string} href @param {string} texte */
function lien(href, texte) {
  const a = document.createElement("a");
  a.href = href;
  a.textContent = francais(texte);
  return a;
}

async function commencer() {
  const moteur = await ouvrirMoteur();
  await preparer(moteur);
  page.hidden = false;
  await montrer(moteur);
  formulaire.addEventListener("change", async ({ target }) => {
    const select = /** @type {HTMLSelectElement} */ (target);
    if (select.name) {
      const { [select.name]: _, ...others } = etat.filtres;
      etat = { ...etat, filtres: select.value ? { ...others, [select.name]: [select.value] } : others };
      history.replaceState(null, "", adresse(etat));
      await autres(moteur);
    }
    await montrer(moteur);
  });
  formulaire.addEventListener("submit", (event) => event.preventDefault());
}

void commencer();
