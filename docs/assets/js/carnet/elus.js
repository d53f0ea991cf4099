// @ts-check
// The carnet for those who decide: its question, a table of at most four actions, half a page each, the sources. Four pages at most.

import { BOUNDS, alignRows, plainText } from "../comparer/rows.js";
import { makeElement, plural } from "../lib/dom.js";
import { LICENCE, NAME, fullName } from "../lib/identity.js";
import { t } from "../lib/texts.js";
import { paragraphs } from "./dossier.js";

/**
 * @typedef {import("./carnet.js").Carnet} Carnet
 * @typedef {import("../lib/recits.js").Telling} Telling
 * @typedef {{titre: string, note: string, adresse: string, telling: Telling}} Case
 */

/** How many signs of each text fit (tests/browser/test_carnet_elus.py prints the longest). */
export const ROOM = { question: 700, cell: 90, resume: 300, deroule: 420, results: 300, obstacle: 280, note: 220, sources: 5 };
/** Lines of the table; those of the identity card that do not help to decide are left to the récits. */
const ROWS = 12;
const SECONDARY = new Set([t`Territoire`, t`Périmètre`, t`Quartiers`, t`Service pilote`, t`Rôle de la collectivité`, t`Rôle du service santé`, t`Services et élus`, t`Déterminants de la santé mentale`, t`Campagne`]);

/** The text, or its start up to a whole word. @param {string} text @param {number} limit */
export function shorten(text, limit) {
  const flat = text.replace(/\s+/g, " ").trim();
  if (flat.length <= limit) return flat;
  return `${flat.slice(0, limit - 1).replace(/[\s,;:.]+\S*$/, "")}…`;
}

/** @param {HTMLElement} zone @param {Carnet} carnet @param {Case[]} cases */
export function fillElus(zone, carnet, cases) {
  zone.hidden = !cases.length;
  const day = new Date().toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
  zone.replaceChildren(
    makeElement("p", "dossier__nom", fullName()),
    makeElement("h1", "", carnet.titre.trim() || t`Ce que font d’autres villes`),
    paragraphs(shorten(carnet.introduction, ROOM.question), "dossier__introduction"),
    makeElement("h2", "", t`Les actions, côte à côte`),
    makeTable(cases),
    ...cases.map(makeCase),
    makeSources(cases),
    makeElement("p", "dossier__pied", t`Imprimé le ${day}. Récits publiés par ${NAME} sous ${LICENCE.name}, ici abrégés ; les notes n’engagent que leur auteur.`),
  );
}

/** @param {Case[]} cases */
function makeTable(cases) {
  const table = makeElement("table", "dossier__tableau");
  const head = makeElement("tr", "");
  head.append(makeElement("td", ""), ...cases.map(({ telling }, rank) => scoped("col", `${rank + 1}. ${telling.lieu}`)));
  const thead = makeElement("thead", "");
  thead.append(head);
  const tbody = makeElement("tbody", "");
  const rows = alignRows(cases.map(({ telling }) => telling)).filter(({ key, cells }) => key !== "resume" && !SECONDARY.has(key) && cells.every((cell) => !cell?.text));
  tbody.append(
    ...rows.slice(0, ROWS).map(({ label, cells }) => {
      const tr = makeElement("tr", "");
      tr.append(scoped("row", label), ...cells.map((cell) => makeElement("td", "", cell ? shorten(plainText({ ...cell, note: "" }), ROOM.cell) : t`Non renseigné`)));
      return tr;
    }),
  );
  table.append(thead, tbody);
  return table;
}

/** @param {"col" | "row"} scope @param {string} text */
function scoped(scope, text) {
  const th = /** @type {HTMLTableCellElement} */ (makeElement("th", "", text));
  th.scope = scope;
  return th;
}

/** @param {Case} one @param {number} rank */
function makeCase({ titre, note, adresse, telling }, rank) {
  const zone = makeElement("section", "dossier__piece");
  zone.append(makeElement("h2", "", `${rank + 1}. ${titre}`), makeElement("p", "dossier__lieu", telling.lieu));
  for (const [word, text, limit] of /** @type {[string, string, number][]} */ ([
    ["", textOf(telling.fields, "resume"), ROOM.resume],
    [t`Ce qui a été fait`, textOf(telling.fields, "deroule"), ROOM.deroule],
    [t`Résultats`, textOf(telling.fields, "resultats"), ROOM.results],
    [t`Ce qui a gêné`, obstacleOf(telling), ROOM.obstacle],
    [t`Notre note`, note, ROOM.note],
  ])) {
    if (!text.trim()) continue;
    const p = makeElement("p", word ? "" : "dossier__resume");
    if (word) p.append(makeElement("b", "", `${word} : `));
    p.append(shorten(text, limit));
    zone.append(p);
  }
  zone.append(makeElement("p", "dossier__adresse", adresse));
  return zone;
}

/** @param {import("../lib/recits.js").Field[]} fields @param {string} key */
function textOf(fields, key) {
  const field = fields.find((other) => other.key === key);
  return field ? plainText(field) : "";
}

/** The first obstacle that was answered, with its answer; else the first. @param {Telling} telling */
function obstacleOf({ fields }) {
  const points = [...(fields.find(({ key }) => key === "difficultes")?.text?.querySelectorAll("li") ?? [])];
  const point = points.find((li) => li.querySelector("p")) ?? points[0];
  if (!point) return textOf(fields, "difficultes");
  const answer = point.querySelector("p")?.textContent ?? "";
  const own = /** @type {Element} */ (point.cloneNode(true));
  own.querySelector("p")?.remove();
  return [own.textContent?.trim(), answer].filter(Boolean).join(". ");
}

/** @param {Case[]} cases */
function makeSources(cases) {
  const zone = makeElement("section", "dossier__sources");
  zone.append(makeElement("h2", "", t`Sources`));
  for (const [rank, { titre, telling }] of cases.entries()) {
    zone.append(makeElement("h3", "", `${rank + 1}. ${titre}`));
    const ul = makeElement("ul", "");
    ul.append(...telling.sources.slice(0, ROOM.sources).map((source) => makeElement("li", "", `${source.titre}, ${hostOf(source.url)}`)));
    const left = telling.sources.length - ROOM.sources;
    if (left > 0) ul.append(makeElement("li", "", t`et ${plural(left, t`autre`, t`autres`)}, au bas du récit`));
    zone.append(telling.sources.length ? ul : makeElement("p", "", t`La fiche n’en cite pas.`));
  }
  return zone;
}

/** @param {string} url */
function hostOf(url) {
  try {
    return new URL(url).hostname.replace(/^www\./, "");
  } catch {
    return url;
  }
}

/** How many actions of a carnet it holds. @param {Carnet} carnet */
export const casesOf = (carnet) => carnet.actions.slice(0, BOUNDS.many);
