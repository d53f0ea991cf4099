// @ts-check
// The three views of a result: list of cards, map, table; and the pages below them.

import { chiffres, compter, copie, ecrire, francais, marquer, pluriel, un } from "../lib/dom.js";
import { adresse, basculer } from "./state.js";
import { RACINE } from "../lib/access.js";
import { preparer } from "../carnet/keep.js";
import { identite, motsDesAxes } from "../lib/cards.js";

/**
 * @typedef {import("../search/engine.js").Carte} Carte
 * @typedef {import("../search/engine.js").Moteur} Moteur
 * @typedef {import("../search/engine.js").Valeur} Valeur
 * @typedef {import("./state.js").Etat} Etat
 * @typedef {{cartes: Carte[], mots: string[], page: number, pages: number, total: number}} Resultat
 */

/** @param {Carte} carte */
export const lien = (carte) => new URL(carte.url, RACINE).href;

/** @param {Resultat} resultat @param {Moteur} moteur @param {Valeur[]} axes */
export function liste(resultat, moteur, axes) {
  const ul = document.createElement("ul");
  ul.className = "cartes cartes--liste";
  ul.append(...resultat.cartes.map((carte) => faireCarte(carte, resultat.mots, moteur, axes)));
  return ul;
}

/** @param {Carte} carte @param {string[]} mots @param {Moteur} moteur @param {Valeur[]} axes */
function faireCarte(carte, mots, moteur, axes) {
  const li = copie("carte");
  const a = /** @type {HTMLAnchorElement} */ (un(li, "h3 a"));
  a.href = lien(carte);
  marquer(a, moteur.marquer(francais(carte.titre), mots));
  marquer(un(li, ".carte__resume"), moteur.marquer(francais(carte.resume), mots));
  marquer(un(li, ".carte__lieu b"), moteur.marquer(francais(carte.lieux), mots));
  identite(li, carte, axes);
  preparer(un(li, "[data-garder]"), { ...carte, titre: francais(carte.titre) });
  return li;
}

/**
 * Where the words are in the body, written into the cards that do not show them elsewhere.
 * @param {Element} zone @param {Resultat} resultat @param {Moteur} moteur @param {() => boolean} perime  whether another result took its place
 */
export async function extraits(zone, resultat, moteur, perime) {
  const places = [...zone.querySelectorAll(".carte__extrait")];
  // All together, so that the page moves once. A text that does not arrive costs its excerpt only.
  const found = await Promise.all(resultat.cartes.map((carte) => moteur.extrait(carte, resultat.mots).catch(() => null)));
  if (perime()) return;
  for (const [i, extrait] of found.entries()) {
    const place = /** @type {HTMLElement} */ (places[i]);
    if (!extrait || !place) continue;
    ecrire(un(place, "b"), `${extrait.rubrique} :`);
    marquer(un(place, "span"), extrait.segments.map((segment) => ({ ...segment, texte: francais(segment.texte) })));
    place.hidden = false;
  }
}

/** @param {Resultat} resultat @param {Moteur} moteur @param {Valeur[]} axes */
export function tableau(resultat, moteur, axes) {
  const zone = copie("tableau");
  const pages = resultat.pages > 1 ? `, page ${resultat.page} sur ${resultat.pages}` : "";
  ecrire(un(zone, "caption"), `${pluriel(resultat.total)}${pages}`);
  un(zone, "tbody").append(
    ...resultat.cartes.map((carte) => {
      const tr = copie("ligne");
      const a = /** @type {HTMLAnchorElement} */ (un(tr, "a"));
      a.href = lien(carte);
      marquer(a, moteur.marquer(francais(carte.titre), resultat.mots));
      const cells = [
        [carte.lieux, carte.autour].filter(Boolean).join(" · "),
        carte.periode,
        carte.ages,
        motsDesAxes(carte, axes).join(", "),
        carte.qpv ? "Oui" : "",
      ];
      for (const [i, td] of [...tr.querySelectorAll("td:not(.no-print)")].entries()) {
        ecrire(td, cells[i] || "–");
        if (!cells[i]) td.append(cache(i === 4 ? "Non, ou non renseigné" : "Non renseigné"));
      }
      preparer(un(tr, "[data-garder]"), { ...carte, titre: francais(carte.titre) });
      return tr;
    }),
  );
  return zone;
}

/** @param {string} texte */
function cache(texte) {
  const span = document.createElement("span");
  span.className = "vh";
  span.textContent = ` ${texte}`;
  return span;
}

/** Where the shades of the map begin: 1, then thirds of the départements that have more. As banque/figures/paliers.py. @param {number[]} nombres */
function seuils(nombres) {
  const sorted = nombres.filter(Boolean).sort((a, b) => a - b);
  if (!sorted.length) return [1];
  return [...new Set([1, ...[4, 7, 9].map((part) => sorted[Math.floor((sorted.length * part) / 10)])])].sort((a, b) => a - b);
}

/**
 * The map: the counts of each département, and a link that chooses it or no longer does.
 * @param {HTMLElement} figure @param {Record<string, number>} comptes  of the values of `territoire` @param {Valeur[]} valeurs @param {Etat} etat
 */
export function france(figure, comptes, valeurs, etat) {
  const departements = valeurs.filter((valeur) => valeur.id.startsWith("d-"));
  const paliers = seuils(departements.map(({ id }) => comptes[id] ?? 0));
  for (const forme of figure.querySelectorAll("[data-departement]")) {
    const id = `d-${forme.getAttribute("data-departement")}`;
    const nombre = comptes[id] ?? 0;
    const teinte = paliers.filter((palier) => nombre >= palier).length;
    const path = forme.matches("path") ? forme : un(forme, "path");
    path.setAttribute("class", `d${teinte}`);
    if (path === forme) continue;
    const texte = un(forme, "text");
    texte.setAttribute("class", `t${teinte}`);
    texte.textContent = nombre ? chiffres(nombre) : "";
    choisirSurLaCarte(forme, id, nombre, departements.find((valeur) => valeur.id === id)?.libelle ?? id, etat);
  }
  legende(un(figure, "[data-legende]"), paliers);
  const lignes = departements
    .filter(({ id }) => comptes[id])
    .map((valeur) => ({ valeur, etat: basculer(etat, "territoire", valeur.id), nombre: comptes[valeur.id], chosen: etat.filtres.territoire?.includes(valeur.id) }));
  un(figure, "[data-departements]").replaceChildren(
    ...lignes.map((ligne) => conduite(ligne.chosen ? `${ligne.valeur.libelle} : retirer` : ligne.valeur.libelle, ligne.nombre, ligne.etat)),
  );
}

/** A département's link; without an action and not chosen, it leads nowhere. @param {Element} a @param {string} id @param {number} nombre @param {string} nom @param {Etat} etat */
function choisirSurLaCarte(a, id, nombre, nom, etat) {
  const chosen = etat.filtres.territoire?.includes(id) ?? false;
  const active = nombre > 0 || chosen;
  a.classList.toggle("est-choisi", chosen);
  a.toggleAttribute("data-etat", active);
  poser(a, "href", active && adresse(basculer(etat, "territoire", id)));
  poser(a, "aria-label", active && francais(`${nom} : ${pluriel(nombre)}${chosen ? ", retirer ce filtre" : ""}`));
  poser(a, "aria-current", chosen && "true");
  poser(a, "aria-hidden", !active && "true");
}

/** @param {Element} element @param {string} nom @param {string | false} valeur */
function poser(element, nom, valeur) {
  if (valeur === false) element.removeAttribute(nom);
  else element.setAttribute(nom, valeur);
}

/** @param {HTMLElement} ul @param {number[]} paliers */
function legende(ul, paliers) {
  const mots = ["aucune action", ...paliers.map((palier, i) => {
    const next = paliers[i + 1];
    if (!next) return `${palier} et plus`;
    return next === palier + 1 ? String(palier) : `${palier} à ${next - 1}`;
  })];
  ul.replaceChildren(
    ...mots.map((mot, teinte) => {
      const li = copie("legende");
      un(li, ".legende__teinte").classList.add(`legende__teinte--${teinte}`);
      ecrire(un(li, "span:last-child"), mot);
      return li;
    }),
  );
}

/** A line with leader dots that leads to a state. @param {string} mot @param {number} nombre @param {Etat} etat */
export function conduite(mot, nombre, etat) {
  const li = copie("conduite");
  un(li, "a").setAttribute("href", adresse(etat));
  ecrire(un(li, ".conduite__mot"), mot);
  compter(un(li, ".conduite__n"), nombre);
  return li;
}

/** @param {HTMLElement} nav @param {Resultat} resultat @param {Etat} etat */
export function pages(nav, { page, pages: total }, etat) {
  nav.hidden = total < 2;
  const ul = document.createElement("ul");
  let before = 0;
  for (const numero of proches(page, total)) {
    if (numero > before + 1) ul.append(item("…"));
    ul.append(item(numeroter(numero, page, etat)));
    before = numero;
  }
  nav.replaceChildren(ul);
}

/** The first and the last page, and those around this one. @param {number} page @param {number} total */
function proches(page, total) {
  return Array.from({ length: total }, (_, i) => i + 1).filter((n) => n === 1 || n === total || Math.abs(n - page) < 3);
}

/** @param {number} numero @param {number} page @param {Etat} etat */
function numeroter(numero, page, etat) {
  const a = document.createElement("a");
  a.href = adresse({ ...etat, page: numero });
  a.toggleAttribute("data-etat", true);
  a.dataset.numero = String(numero);
  if (numero === page) a.setAttribute("aria-current", "page");
  const mot = document.createElement("span");
  mot.className = "vh";
  mot.textContent = "Page ";
  a.append(mot, String(numero));
  return a;
}

/** @param {Node | string} content */
function item(content) {
  const li = document.createElement("li");
  li.append(content);
  return li;
}
