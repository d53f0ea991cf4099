// @ts-check
// Whose bank it is, as the head of every page says (templates/theme/partials/identite.html).

import { typography } from "./dom.js";

const meta = /** @type {HTMLMetaElement | null} */ (document.querySelector('meta[name="application-name"]'));

export const NAME = meta?.content ?? "";
/** What names of files and keys of the browser's storage begin with. */
export const IDENTIFIER = meta?.dataset.identifiant || "banque";
export const LICENCE = { name: meta?.dataset.licence ?? "", address: meta?.dataset.licenceAdresse ?? "" };

/** Whether the bank has the facet of priority neighbourhoods. */
export const HAS_QPV = !(meta?.dataset.sans ?? "").split(" ").includes("qpv");

/** The name, then the tagline inside a sentence. */
export function fullName() {
  const tagline = meta?.dataset.devise ?? "";
  const acronym = /^.\p{Lu}/u.test(tagline);
  return typography(`${NAME}, ${acronym ? tagline : tagline.slice(0, 1).toLowerCase() + tagline.slice(1)}`);
}
