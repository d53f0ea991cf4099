// @ts-check
// Elements found, copied from the page's <template>s and filled, in French typography.

/** @typedef {import("../search/excerpts.js").Segment} Segment */

/** The one element of a selector. @template {Element} [T=HTMLElement] @param {ParentNode} zone @param {string} selecteur @returns {T} */
export function un(zone, selecteur) {
  const found = zone.querySelector(selecteur);
  if (!found) throw new Error(`gabarit sans ${selecteur}`);
  return /** @type {T} */ (/** @type {unknown} */ (found));
}

/** A copy of a <template>'s element. @template {Element} [T=HTMLElement] @param {string} nom @returns {T} */
export function copie(nom) {
  const modele = /** @type {HTMLTemplateElement} */ (un(document, `template[data-modele="${nom}"]`));
  return /** @type {T} */ (/** @type {unknown} */ (modele.content.firstElementChild?.cloneNode(true)));
}

/** @type {[RegExp, string][]} */
const TYPOGRAPHIE = [
  [/[ \u00a0]([;!?])/g, "\u202f$1"],
  [/ (:)(?=\s|$)/g, "\u00a0$1"],
  [/«[ \u00a0\u202f]?/g, "«\u00a0"],
  [/[ \u00a0\u202f]?»/g, "\u00a0»"],
  [/(?<!\d)(\d{1,3}) (?=\d{3}(?!\d))/g, "$1\u202f"],
  [/(?<=\d) (?=[%€])/g, "\u00a0"],
  [/(?<=[\p{L}\p{N}])'(?=[\p{L}\p{N}])/gu, "’"],
];

/** No-break spaces and apostrophes, as banque/text.py sets them. @param {string} texte */
export function francais(texte) {
  return TYPOGRAPHIE.reduce((found, [motif, mieux]) => found.replace(motif, mieux), texte);
}

/** @param {Element} element @param {string} texte */
export function ecrire(element, texte) {
  const wanted = francais(texte);
  if (element.textContent !== wanted) element.textContent = wanted;
}

/** @param {Element} element @param {Segment[]} segments */
export function marquer(element, segments) {
  element.replaceChildren(
    ...segments.map(({ texte, marque }) => {
      if (!marque) return texte;
      const mark = document.createElement("mark");
      mark.textContent = texte;
      return mark;
    }),
  );
}

/** A number with the word « action » for those who hear it. @param {Element} element @param {number} nombre */
export function compter(element, nombre) {
  const mot = document.createElement("span");
  mot.className = "vh";
  mot.textContent = nombre > 1 ? " actions" : " action";
  element.replaceChildren(chiffres(nombre), mot);
}

/** @param {number} nombre */
export const chiffres = (nombre) => nombre.toLocaleString("fr-FR");

/** `3 actions`, `0 action`. @param {number} nombre @param {string} [mot] */
export const pluriel = (nombre, mot = "action") => `${chiffres(nombre)} ${mot}${nombre > 1 ? "s" : ""}`;

/** Lower case without accents. @param {string} texte */
export const plat = (texte) => texte.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
