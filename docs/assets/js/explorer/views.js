// @ts-check
// The three views of a result: list of cards, map, table; and the pages below them.

import { prepareButton } from "../carnet/keep.js";
import { axisLabels, cardUrl, distanceLabel, showIdentity } from "../lib/cards.js";
import { copyTemplate, formatNumber, one, plural, setCount, setMarked, setText, setTitle, typography } from "../lib/dom.js";
import { t } from "../lib/texts.js";
import { address, toggle } from "./state.js";

/**
 * @typedef {import("../search/engine.js").Card} Card
 * @typedef {import("../search/engine.js").Engine} Engine
 * @typedef {import("../search/engine.js").FacetValue} FacetValue
 * @typedef {import("./state.js").State} State
 * @typedef {{cards: Card[], stems: string[], page: number, pages: number, total: number}} Result
 */

const NEAR_SCREEN = "100px 0px";

/** @param {Result} result @param {Engine} engine @param {FacetValue[]} axes */
export function makeList(result, engine, axes) {
  const ul = document.createElement("ul");
  ul.className = "cartes cartes--liste";
  ul.append(...result.cards.map((card) => makeCard(card, result.stems, engine, axes)));
  return ul;
}

/** @param {Card} card @param {string[]} stems @param {Engine} engine @param {FacetValue[]} axes */
function makeCard(card, stems, engine, axes) {
  const li = copyTemplate("carte");
  const a = /** @type {HTMLAnchorElement} */ (one(li, "h3 a"));
  a.href = cardUrl(card);
  setTitle(a, engine.mark(typography(card.titre), stems));
  setMarked(one(li, ".carte__resume"), engine.mark(typography(card.resume), stems));
  if (card.chiffre) showFigure(one(li, "[data-chiffre]"), card.chiffre);
  setMarked(one(li, ".carte__lieu b"), engine.mark(typography(card.lieux), stems));
  showReasons(one(li, "[data-raison]"), card);
  showIdentity(li, card, axes);
  prepareButton(one(li, "[data-garder]"), { ...card, titre: typography(card.titre) });
  return li;
}

/** The figure that sums up its results. @param {HTMLElement} place @param {[string, string]} figure */
function showFigure(place, [value, counted]) {
  place.hidden = false;
  setText(one(place, "b"), value);
  setText(one(place, "span"), counted);
}

/** Why a card is there that has not every word: by which theme, and what it lacks. @param {HTMLElement} place @param {Card} card */
function showReasons(place, { par = [], sans = [] }) {
  const by = par.length ? [t`Trouvé par : ${par.slice(0, 3).join(", ")}`] : [];
  const without = sans.length ? [t`Sans : ${sans.map((word) => `« ${word} »`).join(", ")}`] : [];
  place.hidden = !by.length && !without.length;
  setText(place, [...by, ...without].join(" · "));
}

/** @type {IntersectionObserver | undefined} */
let nearness;

/**
 * Where the words are in the body, written into the cards that do not show them elsewhere, when they come near the screen.
 * @param {Element} zone @param {Result} result @param {Engine} engine @param {boolean} all  whether the other cards are to have theirs at once, too
 */
export async function showExcerpts(zone, result, engine, all) {
  const cards = new Map([...zone.querySelectorAll(":scope > .cartes > li")].map((li, i) => [li, result.cards[i]]));
  /** @param {Element[]} items */
  const show = async (items) => {
    // All together, so that the page moves once. A text that does not arrive costs its excerpt only.
    const excerpts = await Promise.all(items.map((li) => engine.excerpt(/** @type {Card} */ (cards.get(li))).catch(() => null)));
    for (const [i, excerpt] of excerpts.entries()) if (excerpt) writeExcerpt(one(items[i], ".carte__extrait"), excerpt);
  };
  nearness?.disconnect();
  if (all || typeof IntersectionObserver === "undefined") return show([...cards.keys()]);
  nearness = new IntersectionObserver(
    (entries, observer) => {
      const near = entries.filter((entry) => entry.isIntersecting).map((entry) => entry.target);
      for (const li of near) observer.unobserve(li);
      void show(near);
    },
    { rootMargin: NEAR_SCREEN },
  );
  for (const li of cards.keys()) nearness.observe(li);
}

/** @param {HTMLElement} place @param {NonNullable<Awaited<ReturnType<Engine["excerpt"]>>>} excerpt */
function writeExcerpt(place, { rubrique, segments }) {
  setText(one(place, "b"), `${rubrique} :`);
  setMarked(one(place, "span"), segments.map((segment) => ({ ...segment, text: typography(segment.text) })));
  place.hidden = false;
}

/** @param {Result} result @param {Engine} engine @param {FacetValue[]} axes */
export function makeTable(result, engine, axes) {
  const zone = copyTemplate("tableau");
  const pages = result.pages > 1 ? t`, page ${result.page} sur ${result.pages}` : "";
  setText(one(zone, "caption"), `${plural(result.total)}${pages}`);
  one(zone, "tbody").append(
    ...result.cards.map((card) => {
      const tr = copyTemplate("ligne");
      const a = /** @type {HTMLAnchorElement} */ (one(tr, "a"));
      a.href = cardUrl(card);
      setTitle(a, engine.mark(typography(card.titre), result.stems));
      const cells = [
        [card.lieux, card.autour, card.habitants, distanceLabel(card)].filter(Boolean).join(" · "),
        card.periode,
        card.ages,
        axisLabels(card, axes).join(", "),
        card.qpv === null ? "" : card.qpv ? t`Oui` : t`Non`,
      ];
      for (const [i, td] of [...tr.querySelectorAll("td:not(.no-print)")].entries()) {
        setText(td, cells[i] || "–");
        if (!cells[i]) td.append(hiddenText(t`Non renseigné`));
      }
      prepareButton(one(tr, "[data-garder]"), { ...card, titre: typography(card.titre) });
      return tr;
    }),
  );
  return zone;
}

/** @param {string} text */
function hiddenText(text) {
  const span = document.createElement("span");
  span.className = "vh";
  span.textContent = ` ${text}`;
  return span;
}

/** Where the shades of the map begin: 1, then thirds of the départements that have more. As inspiractions/theme/figures/carte.py. @param {number[]} counts */
function thresholds(counts) {
  const sorted = counts.filter(Boolean).sort((a, b) => a - b);
  if (!sorted.length) return [1];
  return [...new Set([1, ...[4, 7, 9].map((part) => sorted[Math.floor((sorted.length * part) / 10)])])].sort((a, b) => a - b);
}

/**
 * The map: the counts of each département, and a link that chooses it or no longer does.
 * @param {HTMLElement} figure @param {Record<string, number>} counts  of the values of `territoire` @param {FacetValue[]} values @param {State} state
 */
export function showMap(figure, counts, values, state) {
  const departements = values.filter((value) => value.id.startsWith("d-"));
  const steps = thresholds(departements.map(({ id }) => counts[id] ?? 0));
  for (const shape of figure.querySelectorAll("[data-departement]")) {
    const id = `d-${shape.getAttribute("data-departement")}`;
    const count = counts[id] ?? 0;
    const shade = steps.filter((step) => count >= step).length;
    const path = shape.matches("path") ? shape : one(shape, "path");
    path.setAttribute("class", t`d${shade}`);
    if (path === shape) continue;
    const text = one(shape, "text");
    text.setAttribute("class", t`t${shade}`);
    text.textContent = count ? formatNumber(count) : "";
    linkOnMap(shape, id, count, departements.find((value) => value.id === id)?.libelle ?? id, state);
  }
  showLegend(one(figure, "[data-legende]"), steps);
  const lines = departements
    .filter(({ id }) => counts[id])
    .map((value) => ({ value, state: toggle(state, "territoire", value.id), count: counts[value.id], chosen: state.filtres.territoire?.includes(value.id) }));
  one(figure, "[data-departements]").replaceChildren(
    ...lines.map((line) => leaderLine(line.chosen ? `${line.value.libelle} : retirer` : line.value.libelle, line.count, line.state)),
  );
}

/** A département's link; without an action and not chosen, it leads nowhere. @param {Element} a @param {string} id @param {number} count @param {string} name @param {State} state */
function linkOnMap(a, id, count, name, state) {
  const chosen = state.filtres.territoire?.includes(id) ?? false;
  const active = count > 0 || chosen;
  a.classList.toggle("est-choisi", chosen);
  a.toggleAttribute("data-etat", active);
  setOrRemove(a, "href", active && address(toggle(state, "territoire", id)));
  setOrRemove(a, "aria-label", active && typography(`${name} : ${plural(count)}${chosen ? t`, retirer ce filtre` : ""}`));
  setOrRemove(a, "aria-current", chosen && "true");
  setOrRemove(a, "aria-hidden", !active && "true");
}

/** @param {Element} element @param {string} name @param {string | false} value */
function setOrRemove(element, name, value) {
  if (value === false) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/** @param {HTMLElement} ul @param {number[]} steps */
function showLegend(ul, steps) {
  const labels = [t`aucune action`, ...steps.map((step, i) => {
    const next = steps[i + 1];
    if (!next) return t`${step} et plus`;
    return next === step + 1 ? String(step) : t`${step} à ${next - 1}`;
  })];
  ul.replaceChildren(
    ...labels.map((label, shade) => {
      const li = copyTemplate("legende");
      one(li, ".legende__teinte").classList.add(`legende__teinte--${shade}`);
      setText(one(li, "span:last-child"), label);
      return li;
    }),
  );
}

/** A line with leader dots that leads to a state. @param {string} label @param {number} count @param {State} state */
export function leaderLine(label, count, state) {
  const li = copyTemplate("conduite");
  one(li, "a").setAttribute("href", address(state));
  setText(one(li, ".conduite__mot"), label);
  setCount(one(li, ".conduite__n"), count);
  return li;
}

/** @param {HTMLElement} nav @param {Result} result @param {State} state */
export function showPages(nav, { page, pages: total }, state) {
  nav.hidden = total < 2;
  const ul = document.createElement("ul");
  let before = 0;
  for (const number of nearPages(page, total)) {
    if (number > before + 1) ul.append(item("…"));
    ul.append(item(pageLink(number, page, state)));
    before = number;
  }
  nav.replaceChildren(ul);
}

/** The first and the last page, and those around this one. @param {number} page @param {number} total */
function nearPages(page, total) {
  return Array.from({ length: total }, (_, i) => i + 1).filter((n) => n === 1 || n === total || Math.abs(n - page) < 3);
}

/** @param {number} number @param {number} page @param {State} state */
function pageLink(number, page, state) {
  const a = document.createElement("a");
  a.href = address({ ...state, page: number });
  a.toggleAttribute("data-etat", true);
  a.dataset.numero = String(number);
  if (number === page) a.setAttribute("aria-current", "page");
  const word = document.createElement("span");
  word.className = "vh";
  word.textContent = t`Page `;
  a.append(word, String(number));
  return a;
}

/** @param {Node | string} content */
function item(content) {
  const li = document.createElement("li");
  li.append(content);
  return li;
}
