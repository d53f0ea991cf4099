// @ts-check
// One's own carnet: to order, annotate, shorten, and take along as a link, a table or a file.

import { ajouter, annoter, deplacer, retirer, vide } from "./carnet.js";
import { changer, confirmer, dire, etat, montrer, page, vues } from "./state.js";
import { Liste, axes, nommer } from "./cards.js";
import { ecrire, pluriel, un } from "../lib/dom.js";
import { LONGUEUR, versFichier, versFragment } from "./sharing.js";
import { csv, enregistrer } from "../lib/csv.js";

/** @typedef {import("./carnet.js").Gardee} Gardee */

const FRAPPE = 250;
/** Beyond, some mail programs cut a link. */
const LIEN_LONG = 2000;

const plein = un(page, "[data-plein]");
const liste = new Liste(un(plein, "[data-liste]"));
/** @type {HTMLInputElement} */
const titre = un(plein, "#carnet-titre");
/** @type {HTMLTextAreaElement} */
const introduction = un(plein, "#carnet-introduction");
/** @type {HTMLInputElement} */
const textes = un(plein, "[data-textes]");

/** The action just removed: it can come back. @type {{rang: number, action: Gardee, titre: string} | null} */
let retiree = null;

/** @param {Gardee} gardee */
const nom = (gardee) => nommer(gardee, etat.connues.get(gardee.id)).titre;

vues.push(() => {
  const { carnet, recu } = etat;
  const empty = !carnet.actions.length && !retiree;
  plein.hidden = Boolean(recu) || empty;
  un(page, "[data-vide]").hidden = Boolean(recu) || !empty;
  if (plein.hidden) return;
  remettre(titre, carnet.titre);
  remettre(introduction, carnet.introduction);
  ecrire(un(plein, "#h-liste"), `${pluriel(carnet.actions.length)} ${carnet.actions.length > 1 ? "gardées" : "gardée"}`);
  liste.montrer(carnet.actions, etat.connues, retiree);
  partager();
});

/** What is being typed stays. @param {HTMLInputElement | HTMLTextAreaElement} champ @param {string} valeur */
function remettre(champ, valeur) {
  if (champ !== document.activeElement && champ.value !== valeur) champ.value = valeur;
}

// — Words, kept as one types —

/** @type {Map<Element, ReturnType<typeof setTimeout>>} */
const frappes = new Map();

/** @param {Element} champ */
function sauver(champ) {
  clearTimeout(frappes.get(champ));
  if (!frappes.delete(champ)) return;
  const { value } = /** @type {HTMLTextAreaElement} */ (champ);
  const id = /** @type {HTMLElement | null} */ (champ.closest("[data-id]"))?.dataset.id;
  if (changer((carnet) => (id ? annoter(carnet, id, value) : { ...carnet, [champ === titre ? "titre" : "introduction"]: value }))) montrer();
}

export const sauverTout = () => [...frappes.keys()].forEach(sauver);

plein.addEventListener("input", ({ target }) => {
  const champ = /** @type {Element} */ (target);
  if (!champ.matches("textarea, #carnet-titre")) return;
  clearTimeout(frappes.get(champ));
  frappes.set(champ, setTimeout(() => sauver(champ), FRAPPE));
});
plein.addEventListener("focusout", ({ target }) => sauver(/** @type {Element} */ (target)));
addEventListener("pagehide", sauverTout);
document.addEventListener("visibilitychange", sauverTout);

// — The list —

liste.ol.addEventListener("click", ({ target }) => {
  const bouton = /** @type {HTMLButtonElement | null} */ (/** @type {Element} */ (target).closest("button"));
  if (!bouton) return;
  sauverTout();
  const id = /** @type {HTMLElement | null} */ (bouton.closest("[data-id]"))?.dataset.id;
  if (bouton.dataset.pas && id) placer(bouton, id, Number(bouton.dataset.pas));
  else if (id) oter(id);
  else rendre();
});

/** @param {HTMLButtonElement} bouton @param {string} id @param {number} pas */
function placer(bouton, id, pas) {
  retiree = null;
  if (!changer((carnet) => deplacer(carnet, id, pas))) return;
  montrer();
  const { actions } = etat.carnet;
  const rang = actions.findIndex((action) => action.id === id);
  if (rang < 0) return;
  // At an end this button is off: the other one takes the focus.
  (bouton.disabled ? un(liste.ol, `[data-id="${id}"] [data-pas="${-pas}"]`) : bouton).focus();
  dire(`« ${nom(actions[rang])} » : place ${rang + 1} sur ${actions.length}`);
}

/** @param {string} id */
function oter(id) {
  const rang = etat.carnet.actions.findIndex((action) => action.id === id);
  const action = etat.carnet.actions[rang];
  if (!action || !changer((carnet) => retirer(carnet, id))) return;
  retiree = { rang, action, titre: nom(action) };
  montrer();
  un(liste.ol, "[data-annuler]").focus();
  dire(`« ${retiree.titre} » n’est plus dans le carnet.`);
}

function rendre() {
  if (!retiree) return;
  const { rang, action } = retiree;
  if (!changer((carnet) => ajouter(carnet, action, rang))) return;
  retiree = null;
  montrer();
  un(liste.ol, `[data-id="${action.id}"] [data-retirer]`).focus();
  dire("L’action est remise à sa place.");
}

un(plein, "[data-vider]").addEventListener("click", async () => {
  sauverTout();
  const suite = `${pluriel(etat.carnet.actions.length)}, vos notes, le titre et l’introduction seront effacés de ce navigateur.`;
  if (!(await confirmer("Tout retirer du carnet ?", suite, "Tout retirer")) || !changer(vide)) return;
  retiree = null;
  montrer();
  un(page, "#h-vide").focus();
});

// — Taking it along —

function partager() {
  const fragment = versFragment(etat.carnet, textes.checked);
  const lien = location.href.split("#")[0] + fragment;
  const trop = fragment.length > LONGUEUR;
  const long = un(plein, "[data-long]");
  /** @type {HTMLInputElement} */ (un(plein, "#carnet-lien")).value = trop ? "" : lien;
  long.hidden = lien.length <= LIEN_LONG;
  ecrire(long, trop ? "Ces textes sont trop longs pour un lien : envoyez plutôt le fichier, plus bas." : `Ce lien est long (${lien.length} signes) : certaines messageries le coupent. Le fichier, plus bas, passe toujours.`);
}

textes.addEventListener("change", partager);
un(plein, "[data-csv]").addEventListener("click", () => {
  sauverTout();
  const { actions } = etat.carnet;
  const cartes = actions.map((gardee) => etat.connues.get(gardee.id)?.carte ?? sansFiche(gardee));
  enregistrer(csv(cartes, axes, actions.map(({ note }) => note)), "inspiractions-carnet.csv");
});
un(plein, "[data-fichier]").addEventListener("click", () => {
  sauverTout();
  enregistrer(versFichier(etat.carnet), "inspiractions-carnet.json", "application/json");
});

/** A line for what the bank no longer shows. @param {Gardee} gardee @returns {import("../search/engine.js").Carte} */
function sansFiche(gardee) {
  const { titre: intitule, lieux } = nommer(gardee, etat.connues.get(gardee.id));
  const { id } = gardee;
  return { id, url: `actions/${id}/`, titre: intitule, lieux, resume: "", autour: "", axes: [], ages: "", periode: "", qpv: false, dep: [], texte: "" };
}
