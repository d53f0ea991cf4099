// @ts-check
// One's own carnet: to order, annotate, shorten, and take along as a link, a table or a file.

import { showComparison } from "../comparer/address.js";
import { BOUNDS } from "../comparer/rows.js";
import { csv, saveFile } from "../lib/csv.js";
import { one, plural, quoted, setText } from "../lib/dom.js";
import { t } from "../lib/texts.js";
import { CardList, axes, namesOf } from "./cards.js";
import { STORAGE_KEY, add, annotate, emptyCarnet, move, remove } from "./carnet.js";
import { LENGTH_LIMIT, toFile, toFragment } from "./sharing.js";
import { announce, applyChange, askConfirmation, page, renderers, show, state } from "./state.js";

/** @typedef {import("./carnet.js").KeptAction} KeptAction */

const TYPING_DELAY = 250;
/** Beyond, some mail programs cut a link. */
const LONG_LINK = 2000;

const filled = one(page, "[data-plein]");
const list = new CardList(one(filled, "[data-liste]"));
/** @type {HTMLInputElement} */
const titleField = one(filled, "#carnet-titre");
/** @type {HTMLTextAreaElement} */
const introductionField = one(filled, "#carnet-introduction");
/** @type {HTMLInputElement} */
const withTexts = one(filled, "[data-textes]");

/** The action just removed: it can come back. @type {{rank: number, action: KeptAction, titre: string} | null} */
let removed = null;

/** @param {KeptAction} kept */
const titleOf = (kept) => namesOf(kept, state.known.get(kept.id)).titre;

renderers.push(() => {
  const { carnet, received } = state;
  const empty = !carnet.actions.length && !removed;
  filled.hidden = Boolean(received) || empty;
  one(page, "[data-vide]").hidden = Boolean(received) || !empty;
  if (filled.hidden) return;
  setValue(titleField, carnet.titre);
  setValue(introductionField, carnet.introduction);
  setText(one(filled, "#h-liste"), plural(carnet.actions.length, t`action gardée`, t`actions gardées`));
  list.show(carnet.actions, state.known, removed);
  const ids = carnet.actions.slice(0, BOUNDS.many).map(({ id }) => id);
  showComparison(one(filled, "[data-comparer]"), ids, carnet.actions.length > ids.length ? t`Comparer les ${ids.length} premières` : t`Comparer les ${ids.length} actions`);
  showLink();
});

/** What is being typed stays. @param {HTMLInputElement | HTMLTextAreaElement} field @param {string} value */
function setValue(field, value) {
  if (field !== document.activeElement && field.value !== value) field.value = value;
}

// — Words, kept as one types —

/** @type {Map<Element, ReturnType<typeof setTimeout>>} */
const timers = new Map();

/** @param {Element} field */
function save(field) {
  clearTimeout(timers.get(field));
  if (!timers.delete(field)) return;
  const { value } = /** @type {HTMLTextAreaElement} */ (field);
  const id = /** @type {HTMLElement | null} */ (field.closest("[data-id]"))?.dataset.id;
  if (applyChange((carnet) => (id ? annotate(carnet, id, value) : { ...carnet, [field === titleField ? "titre" : "introduction"]: value }))) show();
}

export const saveAll = () => [...timers.keys()].forEach(save);

filled.addEventListener("input", ({ target }) => {
  const field = /** @type {Element} */ (target);
  if (!field.matches("textarea, #carnet-titre")) return;
  clearTimeout(timers.get(field));
  timers.set(field, setTimeout(() => save(field), TYPING_DELAY));
});
filled.addEventListener("focusout", ({ target }) => save(/** @type {Element} */ (target)));
addEventListener("pagehide", saveAll);
document.addEventListener("visibilitychange", saveAll);

// — The list —

list.ol.addEventListener("click", ({ target }) => {
  const button = /** @type {HTMLButtonElement | null} */ (/** @type {Element} */ (target).closest("button"));
  if (!button) return;
  saveAll();
  const id = /** @type {HTMLElement | null} */ (button.closest("[data-id]"))?.dataset.id;
  if (button.dataset.pas && id) moveKept(button, id, Number(button.dataset.pas));
  else if (id) takeOut(id);
  else putBack();
});

/** @param {HTMLButtonElement} button @param {string} id @param {number} step */
function moveKept(button, id, step) {
  removed = null;
  if (!applyChange((carnet) => move(carnet, id, step))) return;
  show();
  const { actions } = state.carnet;
  const rank = actions.findIndex((action) => action.id === id);
  if (rank < 0) return;
  // At an end this button is off: the other one takes the focus.
  (button.disabled ? one(list.ol, `[data-id="${id}"] [data-pas="${-step}"]`) : button).focus();
  announce(t`${quoted(titleOf(actions[rank]))} : place ${rank + 1} sur ${actions.length}`);
}

/** @param {string} id */
function takeOut(id) {
  const rank = state.carnet.actions.findIndex((action) => action.id === id);
  const action = state.carnet.actions[rank];
  if (!action || !applyChange((carnet) => remove(carnet, id))) return;
  removed = { rank, action, titre: titleOf(action) };
  show();
  one(list.ol, "[data-annuler]").focus();
  announce(t`${quoted(removed.titre)} n’est plus dans le carnet.`);
}

function putBack() {
  if (!removed) return;
  const { rank, action } = removed;
  if (!applyChange((carnet) => add(carnet, action, rank))) return;
  removed = null;
  show();
  one(list.ol, `[data-id="${action.id}"] [data-retirer]`).focus();
  announce(t`L’action est remise à sa place.`);
}

one(filled, "[data-vider]").addEventListener("click", async () => {
  saveAll();
  const detail = t`${plural(state.carnet.actions.length)}, vos notes, le titre et l’introduction seront effacés de ce navigateur.`;
  if (!(await askConfirmation(t`Tout retirer du carnet ?`, detail, t`Tout retirer`)) || !applyChange(emptyCarnet)) return;
  removed = null;
  show();
  one(page, "#h-vide").focus();
});

// — Taking it along —

function showLink() {
  const fragment = toFragment(state.carnet, withTexts.checked);
  const link = location.href.split("#")[0] + fragment;
  const tooLong = fragment.length > LENGTH_LIMIT;
  const long = one(filled, "[data-long]");
  /** @type {HTMLInputElement} */ (one(filled, "#carnet-lien")).value = tooLong ? "" : link;
  long.hidden = link.length <= LONG_LINK;
  setText(long, tooLong ? t`Ces textes sont trop longs pour un lien : envoyez plutôt le fichier, plus bas.` : t`Ce lien est long (${link.length} signes) : certaines messageries le coupent. Le fichier, plus bas, passe toujours.`);
}

withTexts.addEventListener("change", showLink);
one(filled, "[data-csv]").addEventListener("click", () => {
  saveAll();
  const { actions } = state.carnet;
  const cards = actions.map((kept) => state.known.get(kept.id)?.card ?? withoutFiche(kept));
  saveFile(csv(cards, axes, actions.map(({ note }) => note)), `${STORAGE_KEY}.csv`);
});
one(filled, "[data-fichier]").addEventListener("click", () => {
  saveAll();
  saveFile(toFile(state.carnet), `${STORAGE_KEY}.json`, "application/json");
});

/** A line for what the bank no longer shows. @param {KeptAction} kept @returns {import("../search/engine.js").Card} */
function withoutFiche(kept) {
  const { titre, lieux } = namesOf(kept, state.known.get(kept.id));
  const { id } = kept;
  return { id, url: `actions/${id}/`, titre, lieux, resume: "", autour: "", axes: [], ages: "", periode: "", qpv: null, dep: [] };
}
