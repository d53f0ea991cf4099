// @ts-check
// The list that another site shows in a frame: what the address asks, in the explorer's words, and « n » actions of it.

import { RACINE, ouvrirMoteur } from "../lib/access.js";
import { chiffres, copie, ecrire, pluriel, un } from "../lib/dom.js";
import { identite } from "../lib/cards.js";
import { adresse } from "../explorer/state.js";
import { nommer, propre } from "../explorer/selection.js";

/** @typedef {import("../search/engine.js").Carte} Carte */

const page = un(document, "[data-embed]");
const liste = un(page, "ul");

/** @param {Carte} carte @param {import("../search/engine.js").Valeur[]} axes */
function faire(carte, axes) {
  const li = copie("carte");
  const a = /** @type {HTMLAnchorElement} */ (un(li, ".carte__titre a"));
  a.href = new URL(carte.url, RACINE).href;
  ecrire(a, carte.titre);
  ecrire(un(li, ".carte__resume"), carte.resume);
  ecrire(un(li, ".carte__lieu b"), carte.lieux);
  identite(li, carte, axes);
  return li;
}

/** @param {number} total @param {number} montrees @param {boolean} classees  by relevance or by city, not by date */
function dire(total, montrees, classees) {
  if (!total) return "Aucune action pour le moment";
  if (montrees === total) return pluriel(total);
  return `${pluriel(total)}, ${classees ? `dont ${chiffres(montrees)}` : `les ${chiffres(montrees)} plus récentes`}`;
}

async function montrer() {
  const moteur = await ouvrirMoteur();
  const { etat, n } = propre(location.search, moteur.manifeste.facettes);
  const titre = await nommer(etat, moteur);
  const said = etat.q.trim() !== "";
  const found = await moteur.chercher({ q: etat.q, filtres: etat.filtres, tri: etat.tri || "pertinence", parPage: n, facettes: [] });
  const axes = await moteur.valeurs("axe");
  if (titre) {
    ecrire(un(page, "h1"), titre);
    document.title = `${titre} – Inspir’Actions`;
  }
  ecrire(un(page, "[data-compte]"), dire(found.total, found.cartes.length, said || etat.tri === "ville"));
  liste.replaceChildren(...found.cartes.map((carte) => faire(carte, axes)));
  const suite = /** @type {HTMLAnchorElement} */ (un(page, ".embed__suite a"));
  suite.href = new URL(adresse(etat), new URL("explorer/", RACINE)).href;
  ecrire(suite, found.total > found.cartes.length ? `Voir les ${chiffres(found.total)} actions` : "Voir sur Inspir’Actions");
}

montrer().catch((error) => {
  console.info("Liste interrompue.", error);
  ecrire(un(page, "[data-compte]"), "La liste n’est pas arrivée. Elle est sur Inspir’Actions :");
});
