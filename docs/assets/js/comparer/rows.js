// @ts-check
// Récits side by side: their fields in rows of one order, what differs told from what does not. Pure.

/**
 * @typedef {import("../lib/recits.js").Field} Field
 * @typedef {import("../lib/recits.js").Telling} Telling
 * @typedef {{key: string, label: string, cells: (Field | null)[], same: boolean}} Row  a cell a récit, null where the fiche does not say
 */

/** At least, at most. */
export const BOUNDS = { few: 2, many: 4 };

/** Every field that one of them has, in the order that all of them keep. @param {Telling[]} tellings @returns {Row[]} */
export function alignRows(tellings) {
  /** @type {string[]} */
  const order = [];
  for (const { fields } of tellings) {
    let place = 0;
    for (const { key } of fields) {
      const known = order.indexOf(key);
      if (known < 0) order.splice(place, 0, key);
      place = (known < 0 ? place : known) + 1;
    }
  }
  return order.map((key) => {
    const cells = tellings.map(({ fields }) => fields.find((field) => field.key === key) ?? null);
    const label = cells.find((cell) => cell !== null)?.label ?? key;
    return { key, label, cells, same: new Set(cells.map((cell) => (cell ? plainText(cell) : ""))).size === 1 };
  });
}

/** What none of them says. @param {Telling[]} tellings */
export function silentInAll(tellings) {
  const [first, ...others] = tellings;
  return (first?.silent ?? []).filter((name) => others.every(({ silent }) => silent.includes(name)));
}

/** The values of a closed list that only this récit has, where the others share some; elsewhere every value is its own. @param {Row} row @param {Field} cell */
export function ownValues({ cells, same }, cell) {
  const all = cells.flatMap((one) => one?.values ?? []);
  if (!cell.listed || same || new Set(all).size === all.length) return new Set();
  return new Set(cell.values.filter((value) => all.indexOf(value) === all.lastIndexOf(value)));
}

/** A cell as a table of figures holds it. @param {Field} cell */
export function plainText({ values, note, text }) {
  if (!text) return [values.join(", "), note].filter(Boolean).join(" – ");
  return [...blocksOf(text)].join("\n");
}

/** The paragraphs and the points of a text. @param {DocumentFragment} text @returns {Iterable<string>} */
function* blocksOf(text) {
  for (const block of text.querySelectorAll("p, li, td, dd")) {
    if (block.querySelector("p, li")) {
      // A point with its answer below it: its own words first.
      const own = [...block.childNodes].filter((node) => !(node instanceof Element && node.matches("p, ul, ol"))).map((node) => node.textContent).join("").trim();
      if (own) yield own;
    } else if (block.textContent?.trim()) yield block.textContent.trim();
  }
}
