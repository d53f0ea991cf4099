// @ts-check
// The page « Intégrer »: from a selection to the code that a partner copies, and to what it will show.

import { listPageOf } from "../explorer/lists.js";
import { DEFAULT_COUNT, describe, readSelection } from "../explorer/selection.js";
import { address, countFilters, requestOf } from "../explorer/state.js";
import { SITE_ROOT, openEngine } from "../lib/access.js";
import { cardUrl } from "../lib/cards.js";
import { one, plural, setText, typography } from "../lib/dom.js";
import { LICENCE, NAME } from "../lib/identity.js";
import { t } from "../lib/texts.js";

/** @typedef {import("../explorer/state.js").State} State */

const HEIGHT = 620;

const page = one(document, "[data-integrer]");
/** @type {HTMLFormElement} */
const form = one(page, "[data-choix]");
const selects = /** @type {NodeListOf<HTMLSelectElement>} */ (form.querySelectorAll("select[name]"));
/** @type {HTMLSelectElement} */
const countSelect = one(form, "[data-n]");
/** @type {HTMLSelectElement} */
const scheme = one(form, "[data-schema-choix]");
/** @type {HTMLIFrameElement} */
const preview = one(page, "[data-apercu]");

/** @type {State} */
let state;

/** Select boxes say what they can; the rest of the selection stands beside them. @param {import("../search/engine.js").Engine} engine */
async function prepare(engine) {
  const selection = readSelection(location.search, engine.manifest.facettes);
  state = selection.state;
  for (const select of selects) {
    const ids = state.filtres[select.name] ?? [];
    if (ids.length === 1 && [...select.options].some(({ value }) => value === ids[0])) select.value = ids[0];
  }
  if ([...countSelect.options].some(({ value }) => value === String(selection.n))) countSelect.value = String(selection.n);
  await showOtherValues(engine);
}

/** The values that no select box shows. @param {import("../search/engine.js").Engine} engine */
async function showOtherValues(engine) {
  const zone = one(page, "[data-autres]");
  const shown = new Map([...selects].filter(({ value }) => value).map(({ name, value }) => [name, value]));
  const left = Object.entries(state.filtres).flatMap(([key, ids]) => ids.filter((id) => shown.get(key) !== id).map((id) => ({ key, id })));
  const labels = await Promise.all(left.map(({ key, id }) => describe({ ...state, q: "", autour: "", filtres: { [key]: [id] } }, engine)));
  if (state.q.trim() || state.autour) labels.push(await describe({ ...state, filtres: {} }, engine));
  zone.hidden = !labels.length;
  one(zone, "ul").replaceChildren(
    ...labels.filter(Boolean).map((label) => {
      const li = document.createElement("li");
      li.className = "etiquette";
      setText(li, label);
      return li;
    }),
  );
}

/** The address of the list to show: ready made where there is one. @param {import("../search/engine.js").Engine} engine */
function source(engine) {
  const ready = Number(countSelect.value) === DEFAULT_COUNT && !state.tri && listPageOf(state, engine.manifest.facettes);
  const url = new URL(`embed/${ready || ""}`, SITE_ROOT);
  if (!ready) {
    url.search = address(state).replace("./", "");
    url.searchParams.set("n", countSelect.value);
  }
  if (scheme.value) url.searchParams.set("schema", scheme.value);
  return url.href;
}

/** @param {import("../search/engine.js").Engine} engine */
async function show(engine) {
  // Opens what the address needs to know of the chosen values.
  const description = await describe(state, engine);
  const src = source(engine);
  const subject = description || t`toutes les actions`;
  const answer = await engine.search({ ...requestOf(state), perPage: Number(countSelect.value), facettes: [] });
  const title = `${NAME} : ${subject}`;
  setText(one(page, "[data-compte]"), `${description || t`Toute la banque`} : ${plural(answer.total)}`);
  /** @type {HTMLTextAreaElement} */ (one(page, "[data-code-cadre]")).value = frameCode(src, title);
  /** @type {HTMLTextAreaElement} */ (one(page, "[data-code-html]")).value = plainHtml(answer.cards, subject);
  const explorer = new URL(address(state), new URL("explorer/", SITE_ROOT)).href;
  /** @type {HTMLAnchorElement} */ (one(page, "[data-explorer-lien]")).href = explorer;
  if (preview.src !== src) preview.src = src;
  const listPage = listPageOf(state, engine.manifest.facettes);
  const whole = !state.q.trim() && !countFilters(state);
  one(page, "[data-fil-oui]").hidden = !listPage && !whole;
  one(page, "[data-fil-non]").hidden = Boolean(listPage) || whole;
  /** @type {HTMLAnchorElement} */ (one(page, "[data-fil-lien]")).href = new URL(`${listPage}fil.atom`, SITE_ROOT).href;
}

/** @param {string} src @param {string} title */
function frameCode(src, title) {
  const iframe = document.createElement("iframe");
  const attributes = { src, title, width: "100%", height: String(HEIGHT), loading: "lazy", "data-inspiractions": "" };
  for (const [name, value] of Object.entries(attributes)) iframe.setAttribute(name, value);
  return iframe.outerHTML.replace('data-inspiractions=""', "data-inspiractions");
}

/** Plain HTML for a page of another site. @param {import("../search/engine.js").Card[]} cards @param {string} subject */
function plainHtml(cards, subject) {
  const ul = document.createElement("ul");
  for (const card of cards) {
    const li = document.createElement("li");
    li.append(makeLink(cardUrl(card), card.titre), typography(` (${[card.lieux, card.autour].filter(Boolean).join(", ")})`));
    ul.append("\n  ", li);
  }
  ul.append("\n");
  const p = document.createElement("p");
  const day = new Date().toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
  p.append(typography(t`Source : `), makeLink(new URL(address(state), new URL("explorer/", SITE_ROOT)).href, typography(`${NAME}, ${subject}`)), `, ${day}, `, makeLink(LICENCE.address, LICENCE.name), ".");
  return `${ul.outerHTML}\n${p.outerHTML}\n`;
}

/** @param {string} href @param {string} text */
function makeLink(href, text) {
  const a = document.createElement("a");
  a.href = href;
  a.textContent = typography(text);
  return a;
}

async function start() {
  const engine = await openEngine();
  await prepare(engine);
  page.hidden = false;
  await show(engine);
  form.addEventListener("change", async ({ target }) => {
    const select = /** @type {HTMLSelectElement} */ (target);
    if (select.name) {
      const { [select.name]: _, ...others } = state.filtres;
      state = { ...state, filtres: select.value ? { ...others, [select.name]: [select.value] } : others };
      history.replaceState(null, "", address(state));
      await showOtherValues(engine);
    }
    await show(engine);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
}

void start();
