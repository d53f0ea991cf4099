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
  element.replaceChildren(...markedNodes(segments));
}

/** @param {Segment[]} segments */
function markedNodes(segments) {
  return segments.map(({ text, marked }) => {
    if (!marked) return text;
    const mark = document.createElement("mark");
    mark.textContent = text;
    return mark;
  });
}

/** Words that hold a hyphen, and how long they may be to stay on a line: as inspiractions/base/text.py and theme/templates.py. */
const HYPHENATED = /[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+/gu;
const HELD = 16;

/** A title whose lines never end at a hyphen. @param {Element} element @param {string | Segment[]} title */
export function setTitle(element, title) {
  const segments = typeof title === "string" ? [{ text: typography(title), marked: false }] : title;
  const whole = segments.map(({ text }) => text).join("");
  const nodes = [];
  let place = 0;
  for (const { 0: word, index } of whole.matchAll(HYPHENATED)) {
    if (word.length > HELD) continue;
    const held = makeElement("span", "insecable");
    held.append(...markedNodes(slice(segments, index, index + word.length)));
    nodes.push(...markedNodes(slice(segments, place, index)), held);
    place = index + word.length;
  }
  element.replaceChildren(...nodes, ...markedNodes(slice(segments, place, whole.length)));
}

/** The segments of a part of their text. @param {Segment[]} segments @param {number} start @param {number} end @returns {Segment[]} */
function slice(segments, start, end) {
  let place = 0;
  return segments.flatMap(({ text, marked }) => {
    const part = text.slice(Math.max(0, start - place), Math.max(0, end - place));
    place += text.length;
    return part ? [{ text: part, marked }] : [];
  });
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
export const formatNumber = (count) => count.toLocaleString(document.documentElement.lang);

/** `3 actions`, `0 action`. @param {number} count @param {string} [word] @param {string} [words] */
export const plural = (count, word = t`action`, words = t`actions`) => `${formatNumber(count)} ${count > 1 ? words : word}`;

/** Lower case without accents. @param {string} text */
export const unaccent = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
