// @ts-check
// « Garder » on cards and récits, and the number kept in the header of every page.

import { plural, quoted } from "../lib/dom.js";
import { t } from "../lib/texts.js";
import { CarnetStore, LIMITS, STORAGE_KEY, add, remove } from "./carnet.js";

export const store = new CarnetStore(() => localStorage);

/** @type {Set<string>} */
let keptIds = new Set();

/** A button for an action, in the state that it has now. @param {HTMLElement} button @param {{id: string, titre: string, lieux: string}} action */
export function prepareButton(button, { id, titre, lieux }) {
  Object.assign(button.dataset, { garder: id, titre, lieux });
  show(button);
}

/** The action of a button: it says so itself, or its card or its line does. @param {HTMLElement} button */
function action({ dataset, parentElement }) {
  const card = parentElement?.closest(".carte, .lignes > li");
  const titre = dataset.titre ?? card?.querySelector("h3, .lignes__titre")?.textContent ?? "";
  return { id: dataset.garder ?? "", titre, lieux: dataset.lieux ?? card?.querySelector("b")?.textContent ?? "" };
}

/** @param {HTMLElement} button */
function show(button) {
  const { id, titre } = action(button);
  const [word, more] = button.querySelectorAll("span");
  button.setAttribute("aria-pressed", String(keptIds.has(id)));
  word.textContent = keptIds.has(id) ? t`Gardé` : t`Garder`;
  more.textContent = t` ${quoted(titre)} dans mon carnet`;
}

/** Buttons and number, as the carnet is now. */
export function refresh() {
  keptIds = new Set(store.read().carnet.actions.map(({ id }) => id));
  for (const button of document.querySelectorAll("[data-garder]")) show(/** @type {HTMLElement} */ (button));
  const count = document.querySelector("[data-carnet-n]");
  if (!count) return;
  const word = document.createElement("span");
  word.className = "vh";
  word.textContent = keptIds.size > 1 ? t` actions gardées` : t` action gardée`;
  count.replaceChildren(String(keptIds.size), word);
  /** @type {HTMLElement} */ (count).hidden = !keptIds.size;
}

/** @param {HTMLElement} button */
function toggle(button) {
  const wanted = action(button);
  const before = store.read().carnet.actions;
  const kept = before.some(({ id }) => id === wanted.id);
  button.parentElement?.querySelector(".garder__echec")?.remove();
  if (!kept && before.length >= LIMITS.actions) return showFailure(button, t`Le carnet est plein\u00a0: ${LIMITS.actions} actions au plus. Retirez-en une pour garder celle-ci.`);
  const after = store.update((carnet) => (kept ? remove(carnet, wanted.id) : add(carnet, wanted)));
  if (!after) return showFailure(button, t`Votre navigateur ne permet pas d’enregistrer\u00a0: rien n’a changé dans le carnet.`);
  refresh();
  const n = after.actions.length;
  const status = document.querySelector("[data-carnet-dit]");
  if (status) status.textContent = kept ? t`Retirée du carnet, qui contient ${plural(n)}.` : t`Gardée dans le carnet, qui contient ${plural(n)}.`;
  document.dispatchEvent(new Event("carnet"));
}

/** @param {HTMLElement} button @param {string} message */
function showFailure(button, message) {
  const p = document.createElement("span");
  p.className = "garder__echec";
  p.setAttribute("role", "alert");
  p.textContent = message;
  button.after(p);
}

document.addEventListener("click", ({ target }) => {
  const button = /** @type {Element} */ (target).closest("[data-garder]");
  if (button) toggle(/** @type {HTMLElement} */ (button));
});
// Another tab changed it, or this page comes back as it was left.
addEventListener("storage", ({ key }) => (key === STORAGE_KEY || key === null) && refresh());
addEventListener("pageshow", ({ persisted }) => persisted && refresh());
refresh();
