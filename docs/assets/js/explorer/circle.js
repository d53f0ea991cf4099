// @ts-check
// How far one looks around a place, drawn on the map. Projections: as inspiractions/theme/figures/contours.py.

/** @typedef {{x: number, y: number, r: number}} Circle */

/** Of a degree of latitude. */
const KILOMETRES = 111.195;
const RADIANS = Math.PI / 180;

/** Degrees → metres, y downwards (Lambert-93; constants of IGN, note technique NT/G 71). @param {number} lon @param {number} lat @returns {[number, number]} */
function lambert93(lon, lat) {
  const [n, c, e] = [0.725607765053267, 11754255.426096, 0.0818191910428158];
  const phi = lat * RADIANS;
  const isometric = Math.log(Math.tan(phi) + Math.sqrt(1 + Math.tan(phi) ** 2)) - e * Math.atanh(e * Math.sin(phi));
  const radius = c * Math.exp(-n * isometric);
  const angle = n * (lon - 3) * RADIANS;
  return [700000 + radius * Math.sin(angle), -(12655612.049876 - radius * Math.cos(angle))];
}

/** @param {DOMStringMap} plan @param {{lon: number, lat: number}} place @param {number} km @returns {Circle} */
function circleOn({ echelle, dx, dy, milieu }, { lon, lat }, km) {
  const scale = Number(echelle);
  const degree = Number(milieu);
  const [x, y] = degree ? [lon * degree, -lat] : lambert93(lon, lat);
  return { x: x * scale + Number(dx), y: y * scale + Number(dy), r: (degree ? km / KILOMETRES : km * 1000) * scale };
}

/** Draws the circle on the part of the map where the place is, or none. @param {ParentNode} map @param {import("../search/places.js").Place | null} place @param {number} km */
export function showCircle(map, place, km) {
  const plans = /** @type {SVGElement[]} */ ([...map.querySelectorAll("[data-plan]")]);
  const own = place && (plans.find(({ dataset }) => dataset.plan === place.autour) ?? plans.find(({ dataset }) => dataset.plan === ""));
  for (const plan of plans) {
    plan.toggleAttribute("hidden", plan !== own);
    if (plan !== own || !place || place.lon === null || place.lat === null) continue;
    const { x, y, r } = circleOn(plan.dataset, { lon: place.lon, lat: place.lat }, km);
    const circle = /** @type {Element} */ (plan.firstElementChild);
    for (const [name, value] of Object.entries({ cx: x, cy: y, r })) circle.setAttribute(name, value.toFixed(1));
  }
}
