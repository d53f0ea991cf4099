// @ts-check
// What the carnet's page shows, and the ways in which it changes: one's own carnet, or a received one.

import { loadFrom } from "../lib/access.js";
import { one, setText } from "../lib/dom.js";
import { t } from "../lib/texts.js";
import { emptyCarnet, rename } from "./carnet.js";
import { FicheFiles } from "./fiches.js";
import { refresh, store } from "./keep.js";

/**
 * @typedef {import("./carnet.js").Carnet} Carnet
 * @typedef {import("./fiches.js").Fiche} Fiche
 * @typedef {{carnet: Carnet, complete: boolean, origin: string}} Received
 */

export const page = one(document, "[data-carnet-page]");

export const state = {
  /** The carnet of this browser, as last read. */
  carnet: emptyCarnet(),
  /** @type {Received | null} */
  received: null,
  /** What the bank knows of the ids met so far. @type {Map<string, Fiche>} */
  known: new Map(),
};

/** What draws the page, in this order, each time that something changed. @type {(() => void)[]} */
export const renderers = [];

export function show() {
  for (const render of renderers) render();
}

/** @param {string} message  for those who do not see the page change */
export const announce = (message) => setText(one(page, "[data-dit]"), message);

const problem = one(page, "[data-probleme]");

/** @param {"stockage" | "reseau" | "recu" | "plein"} kind @param {string} message */
export function showProblem(kind, message) {
  problem.dataset.genre = kind;
  problem.hidden = false;
  setText(one(problem, "p"), message);
  one(problem, "[data-reessayer-place]").hidden = kind !== "reseau";
}

/** That trouble is over. @param {string} kind */
export function clearProblem(kind) {
  if (problem.dataset.genre === kind) problem.hidden = true;
}

/** A change of the stored carnet; false, and said, where the browser refuses. @param {(carnet: Carnet) => Carnet} change */
export function applyChange(change) {
  const updated = store.update(change);
  if (!updated) {
    showProblem("stockage", t`Votre navigateur ne permet pas d’enregistrer, ou n’a plus de place : ce changement n’est pas gardé.`);
    return false;
  }
  clearProblem("stockage");
  state.carnet = updated;
  refresh();
  return true;
}

/** What the storage holds now; settled once the cards have come, or did not. */
export function reread() {
  const { carnet, refused } = store.read();
  state.carnet = carnet;
  if (refused) showProblem("stockage", t`Votre navigateur refuse l’enregistrement local : le carnet ne peut rien garder. Autorisez les données de ce site dans ses réglages.`);
  show();
  return loadFiches();
}

const fiches = new FicheFiles(loadFrom("carnet/fiches/"));

/** Which reading was asked last. */
let latest = 0;

/** Cards of today for what is shown; former ids take their new names. */
export async function loadFiches() {
  const wanted = [...state.carnet.actions, ...(state.received?.carnet.actions ?? [])].map(({ id }) => id).filter((id) => !state.known.has(id));
  if (!wanted.length) return;
  const mine = ++latest;
  page.setAttribute("aria-busy", "true");
  try {
    const known = await fiches.read(wanted);
    for (const fiche of known.values()) state.known.set(fiche.id, fiche);
    followRenames(new Map([...known].filter(([id, fiche]) => fiche.id !== id).map(([id, fiche]) => [id, fiche.id])));
    clearProblem("reseau");
  } catch (error) {
    console.info("Fiches non lues.", error);
    showProblem("reseau", t`Le détail des actions n’est pas arrivé. Vérifiez votre connexion ; vos notes et l’ordre sont intacts.`);
  }
  show();
  if (mine === latest) page.removeAttribute("aria-busy");
}

/** @param {Map<string, string>} newIds  new ids by former ones */
function followRenames(newIds) {
  if (state.received) state.received.carnet = rename(state.received.carnet, newIds);
  if (state.carnet.actions.some(({ id }) => newIds.has(id))) applyChange((carnet) => rename(carnet, newIds));
}

/** @type {HTMLDialogElement} */
const dialog = one(page, "[data-confirmer]");
for (const button of dialog.querySelectorAll("button")) button.addEventListener("click", () => dialog.close(button.value));

/** Asks before something is lost. @param {string} question @param {string} detail @param {string} yes @returns {Promise<boolean>} */
export function askConfirmation(question, detail, yes) {
  setText(one(dialog, "h2"), question);
  setText(one(dialog, "p"), detail);
  setText(one(dialog, '[value="oui"]'), yes);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue === "oui"), { once: true }));
}
