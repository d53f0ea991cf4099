// @ts-check
// « Garder » on cards and récits, and the number kept in the header of every page.

import { CLE, Entrepot, LIMITES, ajouter, retirer } from "./carnet.js";

export const entrepot = new Entrepot(() => localStorage);

/** @type {Set<string>} */
let gardes = new Set();

/** A button for an action, in the state that it has now. @param {HTMLElement} bouton @param {{id: string, titre: string, lieux: string}} action */
export function preparer(bouton, { id, titre, lieux }) {
  Object.assign(bouton.dataset, { garder: id, titre, lieux });
  montrer(bouton);
}

/** The action of a button: it says so itself, or its card or its line does. @param {HTMLElement} bouton */
function action({ dataset, parentElement }) {
  const carte = parentElement?.closest(".carte, .lignes > li");
  const titre = dataset.titre ?? carte?.querySelector("h3, .lignes__titre")?.textContent ?? "";
  return { id: dataset.garder ?? "", titre, lieux: dataset.lieux ?? carte?.querySelector("b")?.textContent ?? "" };
}

/** @param {HTMLElement} bouton */
function montrer(bouton) {
  const { id, titre } = action(bouton);
  const [mot, suite] = bouton.querySelectorAll("span");
  bouton.setAttribute("aria-pressed", String(gardes.has(id)));
  mot.textContent = gardes.has(id) ? "Gardé" : "Garder";
  suite.textContent = ` «\u00a0${titre}\u00a0» dans mon carnet`;
}

/** Buttons and number, as the carnet is now. */
export function actualiser() {
  gardes = new Set(entrepot.lire().carnet.actions.map(({ id }) => id));
  for (const bouton of document.querySelectorAll("[data-garder]")) montrer(/** @type {HTMLElement} */ (bouton));
  const nombre = document.querySelector("[data-carnet-n]");
  if (!nombre) return;
  const mot = document.createElement("span");
  mot.className = "vh";
  mot.textContent = gardes.size > 1 ? " actions gardées" : " action gardée";
  nombre.replaceChildren(String(gardes.size), mot);
  /** @type {HTMLElement} */ (nombre).hidden = !gardes.size;
}

/** @param {HTMLElement} bouton */
function basculer(bouton) {
  const wanted = action(bouton);
  const before = entrepot.lire().carnet.actions;
  const kept = before.some(({ id }) => id === wanted.id);
  bouton.parentElement?.querySelector(".garder__echec")?.remove();
  if (!kept && before.length >= LIMITES.actions) return echouer(bouton, `Le carnet est plein\u00a0: ${LIMITES.actions} actions au plus. Retirez-en une pour garder celle-ci.`);
  const after = entrepot.modifier((carnet) => (kept ? retirer(carnet, wanted.id) : ajouter(carnet, wanted)));
  if (!after) return echouer(bouton, "Votre navigateur ne permet pas d’enregistrer\u00a0: rien n’a changé dans le carnet.");
  actualiser();
  const n = after.actions.length;
  const dit = document.querySelector("[data-carnet-dit]");
  if (dit) dit.textContent = `${kept ? "Retirée du" : "Gardée dans le"} carnet, qui contient ${n} action${n > 1 ? "s" : ""}.`;
  document.dispatchEvent(new Event("carnet"));
}

/** @param {HTMLElement} bouton @param {string} message */
function echouer(bouton, message) {
  const p = document.createElement("span");
  p.className = "garder__echec";
  p.setAttribute("role", "alert");
  p.textContent = message;
  bouton.after(p);
}

document.addEventListener("click", ({ target }) => {
  const bouton = /** @type {Element} */ (target).closest("[data-garder]");
  if (bouton) basculer(/** @type {HTMLElement} */ (bouton));
});
// Another tab changed it, or this page comes back as it was left.
addEventListener("storage", ({ key }) => (key === CLE || key === null) && actualiser());
addEventListener("pageshow", ({ persisted }) => persisted && actualiser());
actualiser();
