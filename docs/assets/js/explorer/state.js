// @ts-check
// What is searched, filtered, sorted and shown, and the address that says it.

/**
 * @typedef {"liste" | "carte" | "tableau"} Vue
 * @typedef {"" | "pertinence" | "date" | "ville"} Tri  empty: by relevance where words are searched, else by date
 * @typedef {{q: string, filtres: Record<string, string[]>, tri: Tri, page: number, vue: Vue}} Etat
 */

const TRIS = ["pertinence", "date", "ville"];
const VUES = ["liste", "carte", "tableau"];
const PROPRES = new Set(["q", "tri", "page", "vue"]);

/** @param {string} recherche  as location.search @returns {Etat} */
export function lire(recherche) {
  const mots = new URLSearchParams(recherche);
  /** @type {Record<string, string[]>} */
  const filtres = {};
  for (const cle of new Set(mots.keys())) {
    if (!PROPRES.has(cle)) filtres[cle] = [...new Set(mots.getAll(cle))].filter(Boolean);
  }
  return {
    q: mots.get("q") ?? "",
    filtres,
    tri: /** @type {Tri} */ (parmi(TRIS, mots.get("tri"), "")),
    page: Math.max(1, Math.floor(Number(mots.get("page"))) || 1),
    vue: /** @type {Vue} */ (parmi(VUES, mots.get("vue"), "liste")),
  };
}

/** The relative address of a state. @param {Etat} etat */
export function adresse({ q, filtres, tri, page, vue }) {
  const mots = new URLSearchParams();
  if (q.trim()) mots.set("q", q.trim());
  for (const [cle, ids] of Object.entries(filtres)) for (const id of ids) mots.append(cle, id);
  if (tri) mots.set("tri", tri);
  if (vue !== "liste") mots.set("vue", vue);
  if (page > 1) mots.set("page", String(page));
  const said = mots.toString();
  return said ? `?${said}` : "./";
}

/** The state once a value is chosen, or no more; back to the first page. @param {Etat} etat @param {string} cle @param {string} id @returns {Etat} */
export function basculer(etat, cle, id) {
  const before = etat.filtres[cle] ?? [];
  const after = before.includes(id) ? before.filter((other) => other !== id) : [...before, id];
  const { [cle]: _, ...others } = etat.filtres;
  return { ...etat, filtres: after.length ? { ...others, [cle]: after } : others, page: 1 };
}

/** Key and id of each chosen value. @param {Etat} etat @returns {[string, string][]} */
export function choisis(etat) {
  return Object.entries(etat.filtres).flatMap(([cle, ids]) => ids.map((id) => /** @type {[string, string]} */ ([cle, id])));
}

/** @param {string[]} admis @param {string | null} mot @param {string} sinon */
function parmi(admis, mot, sinon) {
  return mot && admis.includes(mot) ? mot : sinon;
}
