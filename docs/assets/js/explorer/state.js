// @ts-check
// What is searched, filtered, sorted and shown, and the address that says it.

import { RADII, RADIUS } from "../search/distances.js";

/**
 * @typedef {"liste" | "carte" | "tableau"} View
 * @typedef {"" | "pertinence" | "date" | "ville" | "distance"} Sort  empty: from the nearest where one looks around a place, else by relevance where words are searched, else by date
 * @typedef {{q: string, filtres: Record<string, string[]>, autour: string, km: number, tri: Sort, page: number, vue: View}} State  `autour`: a place or a postcode, around which one looks so many `km` far
 */

const SORTS = ["pertinence", "date", "ville", "distance"];
const VIEWS = ["liste", "carte", "tableau"];
const OWN_KEYS = new Set(["q", "autour", "km", "tri", "page", "vue"]);

/** @param {string} search  as location.search @returns {State} */
export function readState(search) {
  const params = new URLSearchParams(search);
  /** @type {Record<string, string[]>} */
  const filtres = {};
  for (const key of new Set(params.keys())) {
    if (!OWN_KEYS.has(key)) filtres[key] = [...new Set(params.getAll(key))].filter(Boolean);
  }
  return {
    q: params.get("q") ?? "",
    filtres,
    autour: params.get("autour")?.trim() ?? "",
    km: RADII.find((radius) => radius === Number(params.get("km"))) ?? RADIUS,
    tri: /** @type {Sort} */ (oneOf(SORTS, params.get("tri"), "")),
    page: Math.max(1, Math.floor(Number(params.get("page"))) || 1),
    vue: /** @type {View} */ (oneOf(VIEWS, params.get("vue"), "liste")),
  };
}

/** The relative address of a state. @param {State} state */
export function address({ q, filtres, autour, km, tri, page, vue }) {
  const params = new URLSearchParams();
  if (q.trim()) params.set("q", q.trim());
  for (const [key, ids] of Object.entries(filtres)) for (const id of ids) params.append(key, id);
  if (autour) params.set("autour", autour);
  if (autour && km !== RADIUS) params.set("km", String(km));
  if (tri) params.set("tri", tri);
  if (vue !== "liste") params.set("vue", vue);
  if (page > 1) params.set("page", String(page));
  const query = params.toString();
  return query ? `?${query}` : "./";
}

/** The state once a value is chosen, or no more; back to the first page. @param {State} state @param {string} key @param {string} id @returns {State} */
export function toggle(state, key, id) {
  const before = state.filtres[key] ?? [];
  const after = before.includes(id) ? before.filter((other) => other !== id) : [...before, id];
  const { [key]: _, ...others } = state.filtres;
  return { ...state, filtres: after.length ? { ...others, [key]: after } : others, page: 1 };
}

/** Key and id of each chosen value. @param {State} state @returns {[string, string][]} */
export function chosenValues(state) {
  return Object.entries(state.filtres).flatMap(([key, ids]) => ids.map((id) => /** @type {[string, string]} */ ([key, id])));
}

/** How many filters are set, the place among them. @param {State} state */
export const countFilters = (state) => chosenValues(state).length + (state.autour ? 1 : 0);

/** What is asked of the engine; what orders the answer, where nobody chose. @param {State} state */
export const requestOf = ({ q, filtres, autour, km, tri }) => ({ q, filtres, autour, km, tri: tri || (autour ? /** @type {const} */ ("distance") : /** @type {const} */ ("pertinence")) });

/** @param {string[]} allowed @param {string | null} word @param {string} fallback */
function oneOf(allowed, word, fallback) {
  return word && allowed.includes(word) ? word : fallback;
}
