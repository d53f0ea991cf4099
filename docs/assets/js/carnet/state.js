// @ts-check
// What the carnet's page shows, and the ways in which it changes: one's own carnet, or a received one.

import { RACINE } from "../lib/access.js";
import { renommer, vide } from "./carnet.js";
import { ecrire, un } from "../lib/dom.js";
import { Fiches } from "./fiches.js";
import { actualiser, entrepot } from "./keep.js";

/**
 * @typedef {import("./carnet.js").Carnet} Carnet
 * @typedef {import("./fiches.js").Fiche} Fiche
 * @typedef {{carnet: Carnet, entier: boolean, origine: string}} Recu
 */

export const page = un(document, "[data-carnet-page]");

export const etat = {
  /** The carnet of this browser, as last read. */
  carnet: vide(),
  /** @type {Recu | null} */
  recu: null,
  /** What the bank knows of the ids met so far. @type {Map<string, Fiche>} */
  connues: new Map(),
};

/** What draws the page, in this order, each time that something changed. @type {(() => void)[]} */
export const vues = [];

export function montrer() {
  for (const vue of vues) vue();
}

/** @param {string} message  for those who do not see the page change */
export const dire = (message) => ecrire(un(page, "[data-dit]"), message);

const probleme = un(page, "[data-probleme]");

/** @param {"stockage" | "reseau" | "recu" | "plein"} genre @param {string} message */
export function signaler(genre, message) {
  probleme.dataset.genre = genre;
  probleme.hidden = false;
  ecrire(un(probleme, "p"), message);
  un(probleme, "[data-reessayer-place]").hidden = genre !== "reseau";
}

/** That trouble is over. @param {string} genre */
export function lever(genre) {
  if (probleme.dataset.genre === genre) probleme.hidden = true;
}

/** A change of the stored carnet; false, and said, where the browser refuses. @param {(carnet: Carnet) => Carnet} changement */
export function changer(changement) {
  const nouveau = entrepot.modifier(changement);
  if (!nouveau) {
    signaler("stockage", "Votre navigateur ne permet pas d’enregistrer, ou n’a plus de place : ce changement n’est pas gardé.");
    return false;
  }
  lever("stockage");
  etat.carnet = nouveau;
  actualiser();
  return true;
}

/** What the storage holds now. */
export function relire() {
  const { carnet, refuse } = entrepot.lire();
  etat.carnet = carnet;
  if (refuse) signaler("stockage", "Votre navigateur refuse l’enregistrement local : le carnet ne peut rien garder. Autorisez les données de ce site dans ses réglages.");
  montrer();
  void completer();
}

const fiches = new Fiches(async (nom) => {
  // Every other name is that of its content.
  const reponse = await fetch(new URL(`carnet/fiches/${nom}`, RACINE), nom.startsWith("manifeste") ? { cache: "no-cache" } : {});
  if (!reponse.ok) throw new Error(`${nom} : ${reponse.status}`);
  return reponse.arrayBuffer();
});

/** Which reading was asked last. */
let tour = 0;

/** Cards of today for what is shown; former ids take their new names. */
export async function completer() {
  const wanted = [...etat.carnet.actions, ...(etat.recu?.carnet.actions ?? [])].map(({ id }) => id).filter((id) => !etat.connues.has(id));
  if (!wanted.length) return;
  const mine = ++tour;
  page.setAttribute("aria-busy", "true");
  try {
    const found = await fiches.lire(wanted);
    for (const fiche of found.values()) etat.connues.set(fiche.id, fiche);
    suivre(new Map([...found].filter(([id, fiche]) => fiche.id !== id).map(([id, fiche]) => [id, fiche.id])));
    lever("reseau");
  } catch (error) {
    console.info("Fiches non lues.", error);
    signaler("reseau", "Le détail des actions n’est pas arrivé. Vérifiez votre connexion ; vos notes et l’ordre sont intacts.");
  }
  montrer();
  if (mine === tour) page.removeAttribute("aria-busy");
}

/** @param {Map<string, string>} nouveaux  new ids by former ones */
function suivre(nouveaux) {
  if (etat.recu) etat.recu.carnet = renommer(etat.recu.carnet, nouveaux);
  if (etat.carnet.actions.some(({ id }) => nouveaux.has(id))) changer((carnet) => renommer(carnet, nouveaux));
}

/** @type {HTMLDialogElement} */
const dialogue = un(page, "[data-confirmer]");
for (const bouton of dialogue.querySelectorAll("button")) bouton.addEventListener("click", () => dialogue.close(bouton.value));

/** Asks before something is lost. @param {string} question @param {string} suite @param {string} oui @returns {Promise<boolean>} */
export function confirmer(question, suite, oui) {
  ecrire(un(dialogue, "h2"), question);
  ecrire(un(dialogue, "p"), suite);
  ecrire(un(dialogue, '[value="oui"]'), oui);
  dialogue.returnValue = "";
  dialogue.showModal();
  return new Promise((resolve) => dialogue.addEventListener("close", () => resolve(dialogue.returnValue === "oui"), { once: true }));
}
