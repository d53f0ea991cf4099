// @ts-check
// How far the actions are from a place that has none.

const SHOWN = 10;
const EARTH = 6371;

/** Kilometres on the sphere (haversine). @param {{lon: number, lat: number}} a @param {{lon: number, lat: number}} b */
function kilometres(a, b) {
  const radians = Math.PI / 180;
  const half = (/** @type {number} */ angle) => Math.sin((angle * radians) / 2) ** 2;
  return 2 * EARTH * Math.asin(Math.sqrt(half(b.lat - a.lat) + Math.cos(a.lat * radians) * Math.cos(b.lat * radians) * half(b.lon - a.lon)));
}

/** @typedef {{lon?: number | null, lat?: number | null}} Position  degrees WGS 84; absent where unknown */

/** @param {Position} value @returns {value is {lon: number, lat: number}} */
const isPlaced = (value) => typeof value.lon === "number" && typeof value.lat === "number";

/**
 * The documents whose cities are nearest to one of some places, nearest first, with their distance in kilometres.
 * @param {number[]} documents @param {import("./shards.js").FacetColumn} territoire @param {Position[]} places @returns {Map<number, number>}
 */
export function nearest(documents, territoire, places) {
  const known = places.filter(isPlaced);
  const distances = territoire.values.map((value) => (isPlaced(value) ? Math.min(...known.map((place) => kilometres(place, value))) : Infinity));
  const all = documents.map((document) => /** @type {[number, number]} */ ([document, Math.min(...territoire.ranksOf(document).map((rank) => distances[rank]))]));
  const placed = all.filter(([, distance]) => distance < Infinity).sort((a, b) => a[1] - b[1] || a[0] - b[0]);
  return new Map(placed.slice(0, SHOWN).map(([document, distance]) => [document, Math.round(distance)]));
}
