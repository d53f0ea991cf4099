// @ts-check
// Elements found, copied from the page's <template>s and filled, in French typography.

import { t } from "./texts.js";

/** @typedef {import("../search/excerpts.js").Segment} Segment */

/** The one element of a selector. @template {Element} [T=HTMLElement] @param {ParentNode} zone @param {string} selector @returns {T} */
export function one(zone, selector) {
  const element = zone.querySelector(selector);
  if (!element) throw new Error(`gabarit sans ${selector}`);
  return /** @type {T} */ (/** @type {unknown} */ (element));
}

/** A copy of a <template>'s element. @template {Element} [T=HTMLElement] @param {string} name @returns {T} */
export function copyTemplate(name) {
  const template = /** @type {HTMLTemplateElement} */ (one(document, `template[data-modele="${name}"]`));
  return /** @type {T} */ (/** @type {unknown} */ (template.content.firstElementChild?.cloneNode(true)));
}

/** @type {[RegExp, string][]} */
const TYPOGRAPHY = [
  [/[ \u00a0]([;!?])/g, "\u202f$1"],
  [/ (:)(?=\s|$)/g, "\u00a0$1"],
  [/«[ \u00a0\u202f]?/g, "«\u00a0"],
  [/[ \u00a0\u202f]?»/g, "\u00a0»"],
  [/(?<!\d)(\d{1,3}) (?=\d{3}(?!\d))/g, "$1\u202f"],
  [/(?<=\d) (?=[%€])/g, "\u00a0"],
  [/(?<![\p{L}\p{N}_.,/-])(\d{1,3})e(?![\p{L}\p{N}_-])/gu, "$1ᵉ"],
  [/(?<=[\p{L}\p{N}])'(?=[\p{L}\p{N}])/gu, "’"],
];

/** No-break spaces and apostrophes, as inspiractions/base/text.py sets them. @param {string} text */
export function typography(text) {
  return TYPOGRAPHY.reduce((changed, [pattern, better]) => changed.replace(pattern, better), text);
}

/** @param {string} name @param {string} className @param {string} [text] */
export function makeElement(name, className, text) {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text !== undefined) setText(element, text);
  return element;
}

/** @param {Element} element @param {string} text */
export function setText(element, text) {
  const wanted = typography(text);
  if (element.textContent !== wanted) element.textContent = wanted;
}

/** @param {Element} element @param {Segment[]} segments */
export function setMarked(element, segments) {
  element.replaceChildren(
    ...segments.map(({ text, marked }) => {
      if (!marked) return text;
      const mark = document.createElement("mark");
      mark.textContent = text;
      return mark;
    }),
  );
}

/** A title between « »; those that it holds become “ ”, as inside any quotation. @param {string} title */
export const quoted = (title) => `«\u00a0${title.replace(/«[ \u00a0\u202f]?/g, "“").replace(/[ \u00a0\u202f]?»/g, "”")}\u00a0»`;

/** A number with the word « action » for those who hear it. @param {Element} element @param {number} count */
export function setCount(element, count) {
  const word = document.createElement("span");
  word.className = "vh";
  word.textContent = count > 1 ? t` actions` : t` action`;
  element.replaceChildren(formatNumber(count), word);
}

/** @param {number} count */
export const formatNumber = (count) => count.toLocaleString(t`fr-FR`);

/** `3 actions`, `0 action`. @param {number} count @param {string} [word] @param {string} [words] */
export const plural = (count, word = t`action`, words = t`actions`) => `${formatNumber(count)} ${count > 1 ? words : word}`;

/** Lower case without accents. @param {string} text */
export const unaccent = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
