// @ts-check
// The page of a récit, read by scripts: its parts rebuilt from their texts, its identity card and rubriques as fields to compare.

import { SITE_ROOT } from "./access.js";
import { t } from "./texts.js";

/**
 * @typedef {{key: string, label: string, values: string[], listed: boolean, note: string, deduced: boolean, text: DocumentFragment | null}} Field
 *   one line of the identity card (`values`; `listed`: chosen from a closed list), or one rubrique (`text`)
 * @typedef {{titre: string, lieu: string, fields: Field[], silent: string[], sources: {titre: string, url: string}[]}} Telling
 *   `silent`: the names of what the fiche does not say
 */

/** The page of a récit, inert: it runs and loads nothing. @param {string} id */
export async function fetchRecit(id) {
  const response = await fetch(new URL(`actions/${id}/`, SITE_ROOT));
  if (!response.ok) throw new Error(`${id} : ${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!page.querySelector(".recit__texte")) throw new Error(`${id} : récit sans texte`);
  return page;
}

/** What is taken over from a récit's page, and as what: its headings go below that of the action. @type {Record<string, string>} */
const TAGS = {
  H2: "h3", H3: "h4", H4: "h5", P: "p", UL: "ul", OL: "ol", LI: "li", STRONG: "strong", B: "b", EM: "em", I: "i", BR: "br", BLOCKQUOTE: "blockquote",
  TABLE: "table", THEAD: "thead", TBODY: "tbody", TR: "tr", TH: "th", TD: "td", DL: "dl", DT: "dt", DD: "dd", SUP: "sup", SUB: "sub",
};
const LEFT_OUT = "script, style, template, button, figure, svg, nav, form, .vh, .inconnus, [hidden]";

/** @param {Element} source @returns {(Node | string)[]} */
export function takeOver(source) {
  return [...source.childNodes].flatMap((node) => {
    if (node.nodeType === Node.TEXT_NODE) return [node.textContent ?? ""];
    if (!(node instanceof Element) || node.matches(LEFT_OUT)) return [];
    const inside = takeOver(node);
    if (node.matches(".points > li > a")) return [" (", ...inside, ")"];
    if (node.tagName === "A") return [...inside, ...outsideLink(node)];
    const name = node.matches(".redac") ? "em" : TAGS[node.tagName];
    if (!name) return inside;
    const element = document.createElement(name);
    element.append(...inside);
    return [element];
  });
}

/** The address of a link out of the bank, for paper. @param {Element} a */
function outsideLink(a) {
  const href = a.getAttribute("href") ?? "";
  return /^https?:\/\//.test(href) && href !== a.textContent?.trim() ? [` (${href})`] : [];
}

/** Every rubrique that tells the action itself, without what the bank adds. @param {Document} page */
export const rubriquesOf = (page) => [...page.querySelectorAll(".recit__texte .rubrique:not(.recit__suite *)")].filter((part) => part.querySelector("h2")?.id !== "illustrations");

/** All that can be laid beside another récit: whatever the page names is a field, so that what fiches learn to tell shows here, too. @param {Document} page @returns {Telling} */
export function readTelling(page) {
  return {
    titre: textOf(page.querySelector("h1")),
    lieu: textOf(page.querySelector(".recit-tete .lieu")),
    fields: [...readHead(page), ...[...page.querySelectorAll(".identite dl > div:not(.inconnus)")].map(readLine), ...rubriquesOf(page).map(readRubrique)],
    silent: [...textOf(page.querySelector(".identite .inconnus dd")).split(" · "), ...[...page.querySelectorAll(".blancs .est-vide")].map(textOf)].filter(Boolean),
    sources: [.../** @type {NodeListOf<HTMLAnchorElement>} */ (page.querySelectorAll(".ressources a[href]"))].map((a) => ({ titre: textOf(a), url: a.getAttribute("href") ?? "" })),
  };
}

/** @type {Field} */
const BLANK = { key: "", label: "", values: [], listed: false, note: "", deduced: false, text: null };

/** What the head of the page says before the card. @param {Document} page */
function readHead(page) {
  const head = [["resume", t`Résumé`, ".recit-tete .chapo"], ["chiffre-cle", t`Chiffre clé`, ".recit-tete .chiffre-cle"]];
  return head.map(([key, label, selector]) => ({ ...BLANK, key, label, values: [textOf(page.querySelector(selector))] })).filter(({ values: [value] }) => value);
}

/** @param {Element} line @returns {Field} */
function readLine(line) {
  const label = textOf(line.querySelector("dt"));
  const dd = /** @type {Element} */ (line.querySelector("dd")?.cloneNode(true));
  const deduced = take(dd, ".redac").length > 0;
  const stamp = dd.querySelector(".connaissance");
  if (stamp) return { ...BLANK, key: label, label, values: [textOf(stamp.querySelector("b"))], listed: true, note: textOf(stamp.querySelector("b ~ span")), deduced };
  const small = take(dd, ".precision");
  const links = [...dd.querySelectorAll(":scope > a")].map(textOf);
  const own = links.length ? links : [...dd.querySelectorAll("li")].map(textOf);
  if (!own.length && textOf(dd)) own.push(textOf(dd));
  // A line of several sums, or of several populations, has nothing else.
  return { ...BLANK, key: label, label, values: own.length ? own : small, listed: links.length > 0, note: own.length ? small.join(" · ") : "", deduced };
}

/** @param {Element} part @returns {Field} */
function readRubrique(part) {
  const heading = /** @type {Element} */ (part.querySelector("h2"));
  const copy = /** @type {Element} */ (part.cloneNode(true));
  copy.querySelector("h2")?.remove();
  const deduced = take(copy, ".rubrique__redac, .redac").length > 0;
  const text = document.createDocumentFragment();
  text.append(...takeOver(copy));
  for (const title of text.querySelectorAll("h3, h4, h5")) {
    const b = document.createElement("b");
    b.append(...title.childNodes);
    const p = document.createElement("p");
    p.append(b);
    title.replaceWith(p);
  }
  return { ...BLANK, key: heading.id, label: textOf(heading), deduced, text };
}

/** Takes elements out, and gives what they said. @param {Element} zone @param {string} selector */
function take(zone, selector) {
  return [...zone.querySelectorAll(selector)].map((element) => {
    element.remove();
    return textOf(element);
  });
}

/** @param {Element | null} element */
function textOf(element) {
  return (element?.textContent ?? "").replace(/[ \t\r\n]+/g, " ").trim();
}
