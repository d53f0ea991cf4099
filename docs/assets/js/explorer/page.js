// @ts-check
// The explorer: from the address to a state, from a state to a query, from its answer to the page.

import "../comparer/link.js";
import { SITE_ROOT, forgetEngine, openEngine } from "../lib/access.js";
import { cardUrl } from "../lib/cards.js";
import { csv, saveFile } from "../lib/csv.js";
import { formatNumber, one, plural, setText, typography } from "../lib/dom.js";
import { IDENTIFIER } from "../lib/identity.js";
import { t } from "../lib/texts.js";
import { RADII } from "../search/distances.js";
import { FacetPanels } from "./facets.js";
import { listPageOf } from "./lists.js";
import { makeEmpty, showCount } from "./messages.js";
import { AroundForm, placeChips, showAround } from "./places.js";
import { address, chosenValues, countFilters, readState, requestOf, toggle } from "./state.js";
import { showCircle } from "./circle.js";
import { makeList, makeTable, showExcerpts, showMap, showPages } from "./views.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./messages.js").Answer} Answer */

const TYPING_DELAY = 150;
const PATIENCE = 400;
const PER_PAGE = { liste: 10, carte: 10, tableau: 50 };
const PRINT_LIMIT = 200;

const page = one(document, "[data-explorer]");
/** @type {HTMLInputElement} */
const field = one(page, "#q");
/** @type {HTMLSelectElement} */
const tri = one(page, "[data-tri]");
const results = one(page, "[data-resultats]");
const countZone = one(page, "[data-compte]");
const failure = one(page, "[data-echec]");
const chips = one(page, "[data-puces]");
const map = one(page, "[data-france]");
const clearButtons = page.querySelectorAll("[data-effacer]");
const filtersBox = one(page, "#filtres");
/** @type {HTMLDialogElement} */
const sheet = one(page, "[data-feuille]");
const sheetStatus = one(sheet, "[role=status]");
const pageTitle = document.title;

/** @type {State} */
let state = readState(location.search);
// Fetched beside the engine, which would ask for it later.
if (state.q.trim() || state.autour) import("../search/words.js").catch(() => {});
/** Which query was asked last: the answers to others are dropped. */
let latest = 0;
/** @type {import("../search/engine.js").Engine | undefined} */
let engine;
/** @type {Answer | undefined} */
let answer;

const panels = new FacetPanels(one(page, "[data-facettes]"), {
  choose: (key, id) => goTo(toggle(state, key, id)),
  unfold: () => void search(),
});

const aroundForm = new AroundForm(one(page, "[data-autour-de]"), (autour, km) => void goTo({ ...state, autour, km, tri: state.tri === "distance" ? "" : state.tri, page: 1 }));

/** A step that the back button undoes; what is chosen in the sheet is one step together. @param {State} next */
function goTo(next) {
  state = next;
  if (sheet.open) history.replaceState(null, "", address(state));
  else {
    remember();
    history.pushState(null, "", address(state));
  }
  return search();
}

/** Keeps in this entry of the history how far the page is scrolled, and on which link one stands. */
function remember() {
  const link = document.activeElement?.closest("[data-resultats] a");
  history.replaceState({ top: scrollY, link: link?.getAttribute("href") }, "");
}

/** Where this entry of the history was left. */
function returnToPlace() {
  const { top, link } = history.state ?? {};
  if (top === undefined) return;
  const a = link && /** @type {HTMLElement | null} */ (results.querySelector(`a[href="${CSS.escape(link)}"]`));
  if (a) a.focus({ preventScroll: true });
  scrollTo(0, top);
}

/** The query of the state. @param {boolean} [typing] whether its last word most likely goes on */
function request(typing = false) {
  const keys = new Set([...panels.requestedKeys(), ...Object.keys(state.filtres), ...(state.vue === "carte" ? ["territoire"] : [])]);
  return { ...requestOf(state), page: state.page, perPage: PER_PAGE[state.vue], facettes: [...keys], prefix: true, typing };
}

/** The links to the views, before the answer comes: one that is clicked at once keeps what was just chosen. */
function setViewLinks() {
  for (const a of /** @type {NodeListOf<HTMLAnchorElement>} */ (page.querySelectorAll("[data-vue]"))) {
    a.href = address({ ...state, vue: /** @type {import("./state.js").View} */ (a.dataset.vue), page: 1 });
    if (a.dataset.vue === state.vue) a.setAttribute("aria-current", "true");
    else a.removeAttribute("aria-current");
  }
}

/** @param {{typing?: boolean, returning?: boolean}} [manner]  `returning`: to where an entry of the history was left */
async function search({ typing = false, returning = false } = {}) {
  const mine = ++latest;
  setViewLinks();
  results.setAttribute("aria-busy", "true");
  const patience = setTimeout(() => page.classList.add("est-en-attente"), PATIENCE);
  try {
    const opened = await openEngine();
    if (opened !== engine) prepare(opened);
    // An address may hold other words than ours.
    state.filtres = Object.fromEntries(Object.entries(state.filtres).filter(([key]) => panels.panels.has(key)));
    const fresh = await opened.search(request(typing));
    if (!fresh.total && state.autour) fresh.loosenings.unshift(...(await furtherAway(opened, fresh)));
    if (!fresh.total && !fresh.loosenings.length && countFilters(state) > 1) fresh.loosenings = await withoutFilters(opened);
    if (mine !== latest) return;
    failure.hidden = true;
    show(fresh);
    if (state.q.trim() && state.vue !== "tableau") await showExcerpts(results, fresh, opened, returning);
  } catch (error) {
    if (mine === latest) showFailure(error);
  } finally {
    clearTimeout(patience);
    if (mine === latest) {
      results.setAttribute("aria-busy", "false");
      page.classList.remove("est-en-attente");
    }
  }
}

/** What a wider look would give, or none, where nothing is near enough. @param {import("../search/engine.js").Engine} opened @param {Answer} fresh */
async function furtherAway(opened, { autour }) {
  const wider = autour?.place ? RADII.filter((km) => km > state.km) : [];
  const looks = [...wider.map((km) => ({ key: "km", id: String(km), asked: { km } })), { key: "autour", id: "", asked: { autour: "" } }];
  const answers = await Promise.all(looks.map(async ({ key, id, asked }) => ({ key, id, gain: (await opened.search({ ...request(), ...asked, page: 1, facettes: [] })).total })));
  return answers.filter(({ gain }, i) => gain && gain !== answers[i - 1]?.gain);
}

/** What removing every filter would give, where removing one is not enough. @param {import("../search/engine.js").Engine} opened */
async function withoutFilters(opened) {
  const { total } = await opened.search({ ...request(), filtres: {}, autour: "", page: 1, facettes: [] });
  return total ? [{ key: "*", id: "", gain: total }] : [];
}

/** @param {import("../search/engine.js").Engine} opened */
function prepare(opened) {
  engine = opened;
  panels.build(opened.manifest.facettes);
}

/** What was shown stays. @param {unknown} error */
function showFailure(error) {
  console.info("Recherche interrompue.", error);
  const tooOld = typeof DecompressionStream === "undefined";
  one(failure, "[data-panne]").hidden = tooOld;
  one(failure, "[data-ancien]").hidden = !tooOld;
  one(failure, "[data-reessayer]").hidden = tooOld;
  failure.hidden = false;
  if (!answer) countZone.replaceChildren();
  const waiting = page.querySelector("[data-facettes] > .filtres__attente");
  if (waiting) setText(waiting, t`Les filtres ne sont pas arrivés.`);
}

/** @param {Answer} fresh */
function show(fresh) {
  if (!engine) return;
  answer = fresh;
  state.page = fresh.page;
  const active = document.activeElement;
  const rank = [...chips.querySelectorAll("button")].findIndex((button) => button === active);
  const axes = panels.values("axe");

  showCount(countZone, fresh, state, engine);
  panels.show(fresh.counts, state);
  panels.showChips(chips, state, placeChips(fresh, state, takeOff, () => void goTo({ ...state, autour: "", tri: "", page: 1 })));
  aroundForm.show(state);
  showRefinements(fresh);
  if (fresh.total) results.replaceChildren(state.vue === "tableau" ? makeTable(fresh, engine, axes) : makeList(fresh, engine, axes));
  else results.replaceChildren(makeEmpty(fresh, state, (key, id) => panels.labelOf(key, id)));
  map.hidden = state.vue !== "carte";
  if (!map.hidden) {
    const place = fresh.autour?.place ?? null;
    showMap(map, fresh.counts.territoire, panels.values("territoire"), state);
    showCircle(map, place, state.km);
    showAround(one(map, "[data-cercle]"), place, state.km);
  }
  showPages(one(page, "[data-pages]"), fresh, state);
  showExtraPages(fresh);
  showTools(fresh);
  showTitle(fresh);
  showPrinted(fresh);
  if (sheet.open) setText(sheetStatus, plural(fresh.total));
  restoreFocus(active, rank);
}

/** Links to what would make the list shorter by a good part. @param {Answer} fresh */
function showRefinements(fresh) {
  const zone = one(page, "[data-affiner]");
  const offered = panels.refinements(fresh, state);
  zone.hidden = !offered.length;
  one(zone, "ul").replaceChildren(
    ...offered.map(({ key, value, count }) => {
      const li = document.createElement("li");
      const a = document.createElement("a");
      a.href = address(toggle(state, key, value.id));
      a.toggleAttribute("data-etat", true);
      setText(a, `${value.libelle} (${formatNumber(count)})`);
      li.append(a);
      return li;
    }),
  );
}

/** A place that the words named is taken off. @param {string} q */
function takeOff(q) {
  field.value = q;
  void goTo({ ...state, q, page: 1 });
}

/** @param {Answer} fresh */
function showTools({ total, autour }) {
  const count = countFilters(state);
  setText(one(page, "[data-filtres-mot]"), count ? t`Filtres (${formatNumber(count)})` : t`Filtres`);
  setText(one(page, "[data-voir]"), total ? t`Voir ${plural(total)}` : t`Aucune action`);
  for (const button of clearButtons) /** @type {HTMLElement} */ (button).hidden = !count;
  const searched = state.q.trim() !== "";
  one(tri, "option").toggleAttribute("disabled", !searched);
  const nearby = /** @type {HTMLOptionElement} */ (one(tri, "[value=distance]"));
  nearby.hidden = nearby.disabled = !autour;
  const usual = state.autour ? "distance" : searched ? "pertinence" : "date";
  const possible = { ville: true, date: true, pertinence: searched, distance: autour !== null };
  tri.value = state.tri && possible[state.tri] ? state.tri : usual;
  one(page, "[data-emporter]").hidden = !total;
  showSharing();
  /** @type {HTMLInputElement} */ (one(page, "#adresse")).value = new URL(address(state), location.href).href;
}

/** The words, the filters, the page: what tells this state from the others in tabs, history and bookmarks. @param {Answer} fresh */
function showTitle({ page: number, pages }) {
  const words = state.q.trim();
  const parts = [words && `« ${words} »`, ...chosenValues(state).map(([key, id]) => panels.labelOf(key, id)), state.autour && t`autour : ${state.autour}, ${state.km} km`, pages > 1 && t`page ${number} sur ${pages}`];
  document.title = typography([parts.filter(Boolean).join(", "), pageTitle].filter(Boolean).join(" – "));
}

/** On paper, how much of the selection is there. @param {Answer} fresh */
function showPrinted({ cards, total }) {
  const note = one(page, "[data-imprime]");
  note.hidden = cards.length === total;
  setText(note, t`${formatNumber(cards.length)} actions imprimées sur ${formatNumber(total)}. Pour en avoir jusqu’à ${PRINT_LIMIT}, choisissez « Imprimer » sous la liste.`);
}

/** What other sites do with the selection: show it, and follow it where a feed has just that. */
function showSharing() {
  const selection = address({ ...state, vue: "liste", page: 1 });
  /** @type {HTMLAnchorElement} */ (one(page, "[data-integrer]")).href = new URL(selection, new URL("integrer/", SITE_ROOT)).href;
  const listPage = listPageOf(state, engine?.manifest.facettes ?? []);
  const whole = !state.q.trim() && !countFilters(state);
  const feed = /** @type {HTMLAnchorElement} */ (one(page, "[data-fil]"));
  feed.hidden = !listPage && !whole;
  feed.href = new URL(`${listPage}fil.atom`, SITE_ROOT).href;
}

/** Pages of the site that are no action. @param {Answer} fresh */
function showExtraPages(fresh) {
  const zone = one(page, "[data-annexes]");
  zone.hidden = !fresh.extraPages.length;
  one(zone, "ul").replaceChildren(
    ...fresh.extraPages.map((extraPage) => {
      const li = document.createElement("li");
      const a = document.createElement("a");
      a.href = cardUrl(extraPage);
      setText(a, extraPage.titre);
      li.append(a);
      return li;
    }),
  );
}

/** Browsers of before 2023 have no `checkVisibility`. @param {HTMLElement} element */
const isVisible = (element) => (element.checkVisibility ? element.checkVisibility() : element.getClientRects().length > 0);

/** Who stood on what is gone finds a place near it. @param {Element | null} before @param {number} rank of the chip that had the focus */
function restoreFocus(before, rank) {
  if (!before || before === document.body || (before.isConnected && isVisible(/** @type {HTMLElement} */ (before)))) return;
  const left = [...chips.querySelectorAll("button")];
  if (rank >= 0 && left.length) left[Math.min(rank, left.length - 1)].focus();
  else countZone.focus({ preventScroll: true });
}

// What is typed counts at once, without a step in the history; a submitted form makes one.
let timer = 0;
field.value = state.q;
field.addEventListener("focus", () => openEngine().then((opened) => opened.openWords()).catch(() => {}), { once: true });
field.addEventListener("input", () => {
  clearTimeout(timer);
  results.setAttribute("aria-busy", "true");
  timer = setTimeout(() => {
    state = { ...state, q: field.value, page: 1 };
    history.replaceState(null, "", address(state));
    void search({ typing: true });
  }, TYPING_DELAY);
});
one(page, "[data-recherche]").addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  const next = { ...state, q: field.value, page: 1 };
  if (address(next) === (location.search || "./")) void search();
  else void goTo(next);
});
addEventListener("popstate", () => {
  clearTimeout(timer);
  if (sheet.open) {
    // « Back » closes the sheet and keeps what was chosen in it.
    sheetAddress = "";
    sheet.close();
    history.replaceState(null, "", address(state));
    return;
  }
  state = readState(location.search);
  field.value = state.q;
  void search({ returning: history.state?.top > 0 }).then(returnToPlace);
});
// The results come after the browser would have scrolled.
history.scrollRestoration = "manual";
addEventListener("scrollend", remember);
document.addEventListener("click", ({ target }) => /** @type {Element} */ (target).closest("a[href]") && remember(), true);
tri.addEventListener("change", () => goTo({ ...state, tri: /** @type {import("./state.js").Sort} */ (tri.value), page: 1 }));
for (const button of clearButtons) button.addEventListener("click", () => goTo({ ...state, filtres: {}, autour: "", page: 1 }));

// Links to another state of this page: followed here, unless they are to open elsewhere.
page.addEventListener("click", async (event) => {
  const a = /** @type {Element} */ (event.target).closest("a[data-etat][href]");
  if (!a || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const next = readState(new URL(a.getAttribute("href") ?? "", location.href).search);
  const turned = next.page !== state.page && a.closest("[data-pages]");
  field.value = next.q;
  await goTo(next);
  if (turned) {
    countZone.focus({ preventScroll: true });
    countZone.scrollIntoView();
  }
});

one(page, "[data-reessayer]").addEventListener("click", () => {
  // A module that did not arrive is not asked for again by the browser: only the page can start anew.
  if (!engine) return location.reload();
  countZone.focus({ preventScroll: true });
  forgetEngine();
  void search();
});

// Small screens: the filters move into a modal sheet, an entry of the history.
let sheetAddress = "";
one(page, "[data-ouvrir-filtres]").addEventListener("click", () => {
  sheet.append(filtersBox);
  setText(sheetStatus, "");
  sheet.showModal();
  remember();
  sheetAddress = address(state);
  history.pushState(null, "", sheetAddress);
});
sheet.addEventListener("close", () => {
  one(page, "[data-cote]").append(filtersBox);
  // Nothing was chosen: the entry goes, too.
  if (sheetAddress === address(state)) history.back();
  sheetAddress = "";
});
for (const button of page.querySelectorAll("[data-fermer]")) button.addEventListener("click", () => sheet.close());
matchMedia("(min-width: 48em)").addEventListener("change", ({ matches }) => matches && sheet.close());

one(page, "[data-csv]").addEventListener("click", () => takeAway(async (opened, axes) => saveFile(csv(await opened.searchAll(request()), axes), `${IDENTIFIER}-selection.csv`)));
const printAll = () =>
  takeAway(async (opened, axes) => {
    const all = await opened.search({ ...request(), page: 1, perPage: PRINT_LIMIT });
    showPrinted(all);
    results.replaceChildren(state.vue === "tableau" ? makeTable(all, opened, axes) : makeList(all, opened, axes));
    addEventListener("afterprint", () => void search(), { once: true });
    print();
  });
one(page, "[data-imprimer-tout]").addEventListener("click", printAll);
// The browser’s own « print » would take one page of the results.
addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || event.key.toLowerCase() !== "p" || !answer?.total) return;
  event.preventDefault();
  void printAll();
});

/** @param {(opened: import("../search/engine.js").Engine, axes: import("../search/engine.js").FacetValue[]) => Promise<void>} task */
async function takeAway(task) {
  try {
    await task(await openEngine(), panels.values("axe"));
    failure.hidden = true;
  } catch (error) {
    showFailure(error);
  }
}

page.hidden = false;
one(page, "[data-aux-resultats]").addEventListener("click", (event) => {
  event.preventDefault();
  countZone.focus({ preventScroll: true });
  countZone.scrollIntoView();
});
// The loupe of a small screen’s header leads to the field.
document.querySelector(".entete__loupe")?.addEventListener("click", (event) => {
  event.preventDefault();
  field.focus();
});
if (location.hash === "#q") field.focus();
void search({ returning: history.state?.top > 0 }).then(returnToPlace);
