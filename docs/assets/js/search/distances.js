// @ts-check
// What there is for a place that has no action, and how far the actions are: from it, or around a place that is asked for.
// Twin of the latter: inspiractions/search/around.py.

/** How far one looks around a place, in kilometres; the second where nothing is said. */
export const RADII = [20, 50, 100];
export const RADIUS = 50;

const EARTH = 6371;
const POINTS = new Set(["epci", "commune", "village", "postal"]);

/** Whether a place stands somewhere. @param {import("./places.js").Place} place */
export const isPoint = ({ genre, lon }) => POINTS.has(genre) && lon !== null;

/** Kilometres on the sphere (haversine). @param {{lon: number, lat: number}} a @param {{lon: number, lat: number}} b */
function kilometres(a, b) {
  const radians = Math.PI / 180;
  const half = (/** @type {number} */ angle) => Math.sin((angle * radians) / 2) ** 2;
  return 2 * EARTH * Math.asin(Math.sqrt(half(b.lat - a.lat) + Math.cos(a.lat * radians) * Math.cos(b.lat * radians) * half(b.lon - a.lon)));
}

/**
 * The documents that are of a whole département or région that holds one of some places.
 * @param {number[]} documents @param {import("./columns.js").FacetColumn} territoire @param {import("./places.js").Place[]} places
 */
export function covering(documents, territoire, places) {
  const { values, ranks } = territoire;
  /** @type {Set<number>} */
  const areas = new Set();
  for (const { genre, codes, autour } of places) {
    const departement = ranks.get(genre === "departement" ? codes[0] : `d-${autour}`);
    if (departement === undefined) continue;
    if (genre !== "departement") areas.add(departement);
    areas.add(/** @type {number} */ (ranks.get(values[departement].parent ?? "")));
  }
  return documents.filter((document) => {
    const borne = territoire.ranksOf(document);
    return borne.some((rank) => areas.has(rank) && !borne.some((other) => values[other].parent === values[rank].id));
  });
}

/** @typedef {{lon?: number | null, lat?: number | null}} Position  degrees WGS 84; absent where unknown */

/** @param {Position} value @returns {value is {lon: number, lat: number}} */
const isPlaced = (value) => typeof value.lon === "number" && typeof value.lat === "number";

/**
 * How far the nearest city of each document is from one of some places, in kilometres; documents without a city that is somewhere are left out.
 * @param {Iterable<number>} documents @param {import("./columns.js").FacetColumn} territoire @param {Position[]} places @returns {[number, number][]}
 */
export function distancesOf(documents, territoire, places) {
  const known = places.filter(isPlaced);
  const distances = territoire.values.map((value) => (isPlaced(value) ? Math.min(...known.map((place) => kilometres(place, value))) : Infinity));
  const all = [...documents].map((document) => /** @type {[number, number]} */ ([document, Math.min(...territoire.ranksOf(document).map((rank) => distances[rank]))]));
  return all.filter(([, distance]) => distance < Infinity);
}

/**
 * The documents that are so near to a place at most, with their distance in kilometres.
 * @param {number} n  how many documents there are @param {import("./columns.js").FacetColumn} territoire @param {Position} place @param {number} km @returns {Map<number, number>}
 */
export function within(n, territoire, place, km) {
  return new Map(distancesOf(Array(n).keys(), territoire, [place]).filter(([, distance]) => distance <= km));
}
