// @ts-check
// The comparison: from the ids of the address to the récits' own pages, and from these to one table.

import { store } from "../carnet/keep.js";
import { FicheFiles } from "../carnet/fiches.js";
import { SITE_ROOT, loadFrom } from "../lib/access.js";
import { saveFile, table } from "../lib/csv.js";
import { copyTemplate, makeElement, one, plural, quoted, setText, setTitle, typography } from "../lib/dom.js";
import { IDENTIFIER } from "../lib/identity.js";
import { fetchRecit, readTelling } from "../lib/recits.js";
import { t } from "../lib/texts.js";
import { queryOf } from "./address.js";
import { BOUNDS, alignRows, ownValues, plainText, silentInAll } from "./rows.js";

/**
 * @typedef {import("../lib/recits.js").Telling & {id: string}} Column
 * @typedef {import("./rows.js").Row} Row
 * @typedef {import("../lib/recits.js").Field} Field
 */

/** Signs of a text beyond which a cell shows its start; lines beyond which a phone folds the row, and the signs of such a line. */
const LONG = 600;
const TALL = 3;
const LINE = 44;

const page = one(document, "[data-comparer-page]");
const tableZone = one(page, "[data-tableau]");
const failure = one(page, "[data-echec]");
/** @type {HTMLInputElement} */
const onlyDifferent = one(page, "[data-differences]");

/** Which reading was asked last. */
let latest = 0;
/** @type {Column[]} */
let columns = [];
/** Pages of récits, once read. @type {Map<string, Promise<Document>>} */
const pages = new Map();

const fiches = new FicheFiles(loadFrom("carnet/fiches/"));

const kept = () => store.read().carnet.actions;
const idsOfAddress = () => [...new Set((new URLSearchParams(location.search).get("ids") ?? "").split(",").map((id) => id.trim()).filter(Boolean))];

/** @param {string[]} ids */
function goTo(ids) {
  history.pushState(null, "", queryOf(ids));
  return show();
}

/** Shows what the address asks for; an address without ids compares what the carnet holds. */
async function show() {
  const mine = ++latest;
  let wanted = idsOfAddress();
  if (!wanted.length && kept().length >= BOUNDS.few) {
    wanted = kept().slice(0, BOUNDS.many).map(({ id }) => id);
    history.replaceState(null, "", queryOf(wanted));
  }
  page.setAttribute("aria-busy", "true");
  try {
    const { tellings, notices } = await read(wanted);
    if (mine !== latest) return;
    columns = tellings;
    failure.hidden = true;
    draw(notices);
  } catch (error) {
    if (mine !== latest) return;
    console.info("Récits non lus.", error);
    failure.hidden = false;
  } finally {
    if (mine === latest) page.removeAttribute("aria-busy");
  }
}

/** What is told of each id, at most four; why some are not there. @param {string[]} wanted @returns {Promise<{tellings: Column[], notices: string[]}>} */
async function read(wanted) {
  const notices = wanted.length > BOUNDS.many ? [t`L’adresse nomme ${wanted.length} actions : les quatre premières sont comparées.`] : [];
  const known = await fiches.read(wanted.slice(0, BOUNDS.many));
  const ids = new Set([...known.values()].filter(({ card }) => card).map(({ id }) => id));
  for (const [id, fiche] of known) {
    if (fiche.retiree) notices.push(t`${quoted(fiche.retiree.titre)} a été retirée de la banque.`);
    else if (!fiche.card) notices.push(t`${quoted(id)} n’est pas une action de la banque : son adresse est peut-être mal écrite.`);
  }
  const tellings = await Promise.all([...ids].map(async (id) => ({ id, ...readTelling(await pageOf(id)) })));
  return { tellings, notices };
}

/** @param {string} id */
function pageOf(id) {
  const before = pages.get(id);
  if (before) return before;
  const reading = fetchRecit(id);
  pages.set(id, reading);
  reading.catch(() => pages.delete(id));
  return reading;
}

/** @param {string[]} notices */
function draw(notices) {
  const enough = columns.length >= BOUNDS.few;
  const zone = one(page, "[data-avis]");
  zone.hidden = !notices.length;
  zone.replaceChildren(...notices.map((notice) => makeElement("p", "", notice)));
  one(page, "[data-outils]").hidden = !enough;
  one(page, "[data-peu]").hidden = enough;
  setText(one(page, "[data-peu] h2"), columns.length ? t`Il faut une autre action` : t`Choisissez de deux à quatre actions`);
  const rows = alignRows(columns);
  tableZone.replaceChildren(...(enough ? [makeTable(rows)] : []));
  const same = rows.filter((row) => row.same).length;
  setText(one(page, "[data-identiques]"), same ? t`Seulement ce qui diffère (${plural(same, t`ligne identique`, t`lignes identiques`)})` : t`Seulement ce qui diffère`);
  onlyDifferent.disabled = !same;
  const silent = silentInAll(columns);
  const blank = one(page, "[data-vides]");
  blank.hidden = !enough || !silent.length;
  setText(blank, t`Aucune de ces fiches ne dit : ${silent.join(", ")}.`);
  drawChoice();
  /** @type {HTMLInputElement} */ (one(page, "#adresse")).value = new URL(queryOf(columns.map(({ id }) => id)), location.href).href;
  setText(one(page, "[data-dit]"), enough ? t`${plural(columns.length, t`récit`, t`récits`)} côte à côte, ${plural(rows.length, t`ligne`, t`lignes`)}.` : "");
  document.title = typography([columns.map(({ lieu }) => shortPlace(lieu)).join(", "), baseTitle].filter(Boolean).join(" – "));
}

const baseTitle = document.title;

/** « Lille, Nord, Hauts-de-France »: the city. @param {string} lieu */
const shortPlace = (lieu) => lieu.split(", ")[0];

/** What the carnet holds besides, to add. */
function drawChoice() {
  const shown = new Set(columns.map(({ id }) => id));
  const others = kept().filter(({ id }) => !shown.has(id));
  const full = columns.length >= BOUNDS.many;
  const zone = one(page, "[data-ajouter]");
  zone.hidden = full || !others.length;
  one(zone, "ul").replaceChildren(
    ...others.map(({ id, titre, lieux }) => {
      const li = copyTemplate("ajouter");
      const button = one(li, "button");
      button.dataset.id = id;
      setText(one(button, "span"), [titre || id, lieux].filter(Boolean).join(", "));
      return li;
    }),
  );
}

/** @param {Row[]} rows */
function makeTable(rows) {
  const zone = copyTemplate("comparaison");
  setText(one(zone, "caption"), t`${plural(columns.length, t`récit`, t`récits`)} côte à côte`);
  one(zone, "thead tr").append(...columns.map(makeHead));
  one(zone, "tbody").append(...rows.map(makeRow));
  return zone;
}

/** @param {Column} column @param {number} rank */
function makeHead({ id, titre, lieu }, rank) {
  const th = copyTemplate("colonne");
  const a = /** @type {HTMLAnchorElement} */ (one(th, "a"));
  a.href = new URL(`actions/${id}/`, SITE_ROOT).href;
  setTitle(a, titre);
  setText(one(th, ".comparer__rang"), String(rank + 1));
  setText(one(th, ".carte__lieu"), lieu);
  const button = one(th, "button");
  button.dataset.retirer = id;
  setText(one(button, ".vh"), t` ${quoted(titre)} de la comparaison`);
  return th;
}

/** @param {Row} row */
function makeRow(row) {
  const tr = copyTemplate("rangee");
  tr.classList.toggle("est-identique", row.same);
  setText(one(tr, "th b"), row.label);
  one(tr, "[data-identique]").hidden = !row.same;
  const telling = row.cells.filter((cell) => cell !== null).length;
  if (telling < columns.length) setText(one(tr, ".comparer__combien"), t`${plural(telling, t`récit`, t`récits`)} sur ${columns.length}`);
  const cells = row.cells.map((cell, rank) => makeCell(row, cell, rank));
  tr.append(...cells);
  const long = cells.some((td) => (td.textContent ?? "").length > LONG);
  const tall = row.cells.some((cell) => cell && linesOf(cell) > TALL);
  const button = one(tr, "button");
  button.hidden = !long && !tall;
  setText(one(button, ".vh"), ` : ${row.label}`);
  tr.classList.toggle("est-long", long);
  tr.classList.toggle("est-haut", tall);
  return tr;
}

/** The lines that a cell takes on a phone, or a little more: points start below the name. @param {Field} cell */
const linesOf = (cell) => (cell.text ? 1 : 0) + plainText(cell).split("\n").reduce((sum, block) => sum + Math.ceil(block.length / LINE), 0);

/** @param {Row} row @param {Field | null} cell @param {number} rank */
function makeCell(row, cell, rank) {
  const td = copyTemplate("case");
  // A small screen says once what is the same for all.
  setText(one(td, ".comparer__qui"), row.same ? t`Les ${columns.length} récits` : `${rank + 1}. ${shortPlace(columns[rank].lieu)}`);
  const zone = one(td, ".comparer__texte");
  if (!cell) zone.append(makeElement("span", "nr", t`Non renseigné`));
  else if (cell.text) zone.append(cell.text.cloneNode(true));
  else zone.append(makeValues(cell, ownValues(row, cell)));
  if (cell?.note) zone.append(makeElement("p", "petit", cell.note));
  if (cell?.deduced) zone.append(makeElement("span", "redac", t`classement de la rédaction`));
  return td;
}

/** @param {Field} cell @param {Set<string>} own */
function makeValues({ values }, own) {
  if (values.length === 1 && !own.size) return makeElement("p", "", values[0]);
  const ul = makeElement("ul", "comparer__valeurs");
  for (const value of values) {
    const li = makeElement("li", "");
    li.append(own.has(value) ? makeElement("b", "", value) : typography(value));
    ul.append(li);
  }
  return ul;
}

// — What one may do —

page.addEventListener("click", ({ target }) => {
  const button = /** @type {HTMLButtonElement | null} */ (/** @type {Element} */ (target).closest("button"));
  if (!button) return;
  const ids = columns.map(({ id }) => id);
  const { retirer, id } = button.dataset;
  if (retirer) void goTo(ids.filter((other) => other !== retirer)).then(() => page.focus({ preventScroll: true }));
  else if (id) void goTo([...ids, id]).then(() => page.focus({ preventScroll: true }));
  else if (button.matches("[data-lire]")) unfold(button);
});

/** @param {HTMLButtonElement} button */
function unfold(button) {
  const open = button.getAttribute("aria-expanded") !== "true";
  button.setAttribute("aria-expanded", String(open));
  setText(one(button, "span"), open ? t`Réduire` : t`Tout lire`);
  button.closest("tr")?.classList.toggle("est-ouvert", open);
}

onlyDifferent.addEventListener("change", () => page.classList.toggle("est-trie", onlyDifferent.checked));
one(page, "[data-csv]").addEventListener("click", () => {
  const rows = alignRows(columns).map(({ label, cells }) => [label, ...cells.map((cell) => (cell ? plainText(cell) : ""))]);
  saveFile(table([["", ...columns.map(({ titre }) => titre)], [t`Lieu`, ...columns.map(({ lieu }) => lieu)], [t`Adresse`, ...columns.map(({ id }) => new URL(`actions/${id}/`, SITE_ROOT).href)], ...rows]), `${IDENTIFIER}-comparaison.csv`);
});
one(page, "[data-reessayer]").addEventListener("click", () => void show());
addEventListener("popstate", () => void show());
document.addEventListener("carnet", drawChoice);
addEventListener("storage", drawChoice);

void show().then(() => (page.hidden = false));
