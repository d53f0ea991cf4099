// @ts-check
// A carnet that travels: in the fragment of a link, which no server receives, or as a file. Pure.

import { validate } from "./carnet.js";

/** @typedef {import("./carnet.js").Carnet} Carnet */

const MARK = "carnet=1";
/** Signs of a fragment beyond which nothing is read. */
export const LENGTH_LIMIT = 100_000;
/** Bytes of a file. */
const SIZE_LIMIT = 5_000_000;

/** @param {Carnet} carnet @param {boolean} withTexts  with title, introduction and notes */
export function toFragment({ titre, introduction, actions }, withTexts) {
  const params = new URLSearchParams(MARK);
  if (withTexts && titre) params.append("t", titre);
  if (withTexts && introduction) params.append("i", introduction);
  for (const { id, note } of actions) {
    params.append("a", id);
    if (withTexts && note) params.append("n", note);
  }
  return `#${params}`;
}

/** Null where a fragment does not claim to be a carnet; `carnet` is null where nothing in it can be read. @param {string} fragment @returns {{carnet: Carnet | null, complete: boolean} | null} */
export function fromFragment(fragment) {
  if (!fragment.startsWith(`#${MARK}`)) return null;
  if (fragment.length > LENGTH_LIMIT) return { carnet: null, complete: false };
  /** @type {{titre: string, introduction: string, actions: {id: string, note: string}[]}} */
  const received = { titre: "", introduction: "", actions: [] };
  for (const [key, value] of new URLSearchParams(fragment.slice(1))) {
    const last = received.actions.at(-1);
    if (key === "t") received.titre = value;
    else if (key === "i") received.introduction = value;
    else if (key === "a") received.actions.push({ id: value, note: "" });
    else if (key === "n" && last) last.note = value;
  }
  return readable(received);
}

/** @param {Carnet} carnet */
export const toFile = (carnet) => `${JSON.stringify({ format: "inspiractions-carnet", version: 1, ...carnet }, null, 2)}\n`;

/** @param {Blob} file @returns {Promise<{carnet: Carnet | null, complete: boolean}>} */
export async function fromFile(file) {
  if (file.size > SIZE_LIMIT) return { carnet: null, complete: false };
  try {
    return readable(JSON.parse(await file.text()));
  } catch {
    return { carnet: null, complete: false };
  }
}

/** @param {unknown} value */
function readable(value) {
  const { carnet, complete } = validate(value);
  return { carnet: carnet.actions.length ? carnet : null, complete };
}
