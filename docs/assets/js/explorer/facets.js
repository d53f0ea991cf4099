// @ts-check
// The facets: unfolded, searched, counted, chosen. Made once, then only updated, so that the focus stays where it is.

import { copyTemplate, makeElement, one, plural, setCount, setText, unaccent } from "../lib/dom.js";
import { t } from "../lib/texts.js";
import { chosenValues } from "./state.js";

/**
 * @typedef {import("../search/engine.js").Facette} Facette
 * @typedef {import("../search/engine.js").FacetValue} FacetValue
 * @typedef {import("./state.js").State} State
 * @typedef {import("./messages.js").Answer} Answer
 * @typedef {{value: FacetValue, block: HTMLElement, line: HTMLElement, box: HTMLInputElement, count: HTMLElement, children: HTMLElement | null, button: HTMLButtonElement | null, parent: Choice | null}} Choice
 */

/** Beyond so many values, a field looks among them. */
const LONG = 15;
/** Beyond so many, those that would give nothing are folded. */
const SHORT = 8;

// « Affiner »: offered from so many actions on; a value that keeps between so much and so much of them, best a third.
const MANY = 12;
const LEAST = 0.08;
const MOST = 0.65;
const IDEAL = 1 / 3;
const REFINEMENTS = 5;
const SAYS_LITTLE = new Set(["tous", "inconnu", "non"]);

/** One facet, folded or not; its values come when they are known. */
class FacetPanel {
  /** @param {Facette} facette @param {(key: string, id: string) => void} choose */
  constructor(facette, choose) {
    this.facette = facette;
    this.choose = choose;
    this.details = /** @type {HTMLDetailsElement} */ (copyTemplate("facette"));
    this.details.open = facette.ouverte;
    this.fieldset = one(this.details, "fieldset");
    /** Shows the values that would give nothing, or folds them again. @type {HTMLButtonElement | null} */
    this.fold = null;
    /** Whether its counts were asked for. */
    this.requested = false;
    /** @type {Map<string, Choice>} */
    this.choices = new Map();
    setText(one(this.details, ".filtres__titre"), facette.titre);
    setText(one(this.details, "legend"), facette.titre);
  }

  /** @param {Record<string, number> | undefined} counts @param {string[]} chosenIds */
  show(counts, chosenIds) {
    const badge = one(this.details, ".filtres__n");
    badge.hidden = !chosenIds.length;
    setText(badge, String(chosenIds.length));
    const word = document.createElement("span");
    word.className = "vh";
    word.textContent = chosenIds.length > 1 ? t` filtres actifs` : t` filtre actif`;
    badge.append(word);
    if (!counts) return;
    if (!this.choices.size) this.#fill();
    for (const choice of this.choices.values()) {
      const count = counts[choice.value.id] ?? 0;
      const checked = chosenIds.includes(choice.value.id);
      const empty = !count && !checked;
      setCount(choice.count, count);
      // Ticked from elsewhere (address, map): shown, wherever it is folded.
      if (checked && !choice.box.checked) this.#unfoldTo(choice.parent);
      choice.box.checked = checked;
      // A box that loses the focus by being disabled would lose the reader's place.
      choice.box.disabled = empty && choice.box !== document.activeElement;
      one(choice.line, ".choix").classList.toggle("choix--nul", empty);
      choice.block.classList.toggle("choix-bloc--nul", empty && choice.box !== document.activeElement);
    }
    this.#showFold();
  }

  /** Says how many values would give nothing; those of a short list stay in their places. */
  #showFold() {
    if (!this.fold) return;
    const empty = [...this.choices.values()].filter(({ block }) => block.classList.contains("choix-bloc--nul")).length;
    const isOpen = this.fieldset.classList.contains("filtres__tout");
    this.fold.hidden = !empty;
    this.fold.setAttribute("aria-expanded", String(isOpen));
    setText(this.fold, isOpen ? t`Masquer ce qui ne donnerait rien` : t`${plural(empty, t`valeur`, t`valeurs`)} sans action : voir`);
  }

  #makeFold() {
    const fold = document.createElement("button");
    fold.type = "button";
    fold.className = "filtres__vides";
    fold.addEventListener("click", () => {
      this.fieldset.classList.toggle("filtres__tout");
      this.#showFold();
    });
    this.fieldset.classList.add("filtres__plie");
    this.fieldset.append(fold);
    this.fold = fold;
  }

  #fill() {
    const { aide, valeurs, cle } = this.facette;
    /** @type {Map<string | null, FacetValue[]>} */
    const byParent = new Map();
    for (const value of valeurs) byParent.set(value.parent, [...(byParent.get(value.parent) ?? []), value]);
    const roots = (byParent.get(null) ?? []).map((value, rank) => this.#choice(value, null, byParent, cle === "axe" ? rank + 1 : 0));
    one(this.fieldset, ".filtres__attente").remove();
    if (aide) this.fieldset.append(makeElement("p", "petit filtres__aide", aide));
    if (valeurs.length > LONG) this.fieldset.append(this.#searchField());
    this.fieldset.append(...roots.map((choice) => choice.block));
    if (valeurs.length > SHORT) this.#makeFold();
  }

  /** @param {FacetValue} value @param {Choice | null} parent @param {Map<string | null, FacetValue[]>} byParent @param {number} [axe] @returns {Choice} */
  #choice(value, parent, byParent, axe = 0) {
    const block = copyTemplate("choix");
    const line = one(block, ".choix-ligne");
    /** @type {HTMLInputElement} */
    const box = one(block, "input");
    box.name = this.facette.cle;
    box.value = value.id;
    box.addEventListener("change", () => this.choose(this.facette.cle, value.id));
    setText(one(block, ".choix__mot"), value.libelle);
    if (axe) box.after(copyTemplate(`axe-${axe}`));
    /** @type {Choice} */
    const choice = { value, block, line, box, count: one(block, ".conduite__n"), children: null, button: null, parent };
    this.choices.set(value.id, choice);
    const below = byParent.get(value.id) ?? [];
    if (below.length) this.#addChildren(choice, below, byParent);
    return choice;
  }

  /** @param {Choice} choice @param {FacetValue[]} below @param {Map<string | null, FacetValue[]>} byParent */
  #addChildren(choice, below, byParent) {
    const zone = document.createElement("div");
    const button = /** @type {HTMLButtonElement} */ (copyTemplate("deplier"));
    zone.className = "choix-enfants";
    zone.id = `sous-${this.facette.cle}-${choice.value.id}`;
    zone.hidden = true;
    zone.setAttribute("role", "group");
    zone.setAttribute("aria-label", choice.value.libelle);
    zone.append(...below.map((value) => this.#choice(value, choice, byParent).block));
    button.setAttribute("aria-controls", zone.id);
    setText(one(button, ".vh"), t`Préciser « ${choice.value.libelle} »`);
    button.addEventListener("click", () => unfold(choice, Boolean(zone.hidden)));
    choice.line.append(button);
    choice.block.append(zone);
    choice.children = zone;
    choice.button = button;
  }

  /** @param {Choice | null} choice */
  #unfoldTo(choice) {
    for (let here = choice; here; here = here.parent) unfold(here, true);
  }

  /** A field that keeps the values whose label holds what is typed, below the parents that lead to them. */
  #searchField() {
    const zone = copyTemplate("chercher");
    /** @type {HTMLInputElement} */
    const field = one(zone, "input");
    setText(one(zone, ".vh"), t`Chercher dans « ${this.facette.titre} »`);
    field.addEventListener("input", () => {
      const wanted = unaccent(field.value.trim());
      this.fieldset.classList.toggle("filtres__cherche", wanted !== "");
      const kept = new Set();
      let matching = 0;
      for (const choice of this.choices.values()) {
        if (!unaccent(choice.value.libelle).includes(wanted)) continue;
        matching++;
        for (let here = /** @type {Choice | null} */ (choice); here; here = here.parent) kept.add(here);
      }
      for (const choice of this.choices.values()) choice.block.hidden = !kept.has(choice);
      for (const choice of this.choices.values()) {
        const below = [...this.choices.values()].some((other) => other.parent === choice && kept.has(other));
        unfold(choice, wanted ? below : this.#holdsChosen(choice));
      }
      setText(one(zone, "[role=status]"), wanted ? (matching ? plural(matching, t`valeur`, t`valeurs`) : t`Aucune valeur ne contient ce mot.`) : "");
    });
    return zone;
  }

  /** @param {Choice} choice */
  #holdsChosen(choice) {
    return [...this.choices.values()].some((other) => other.box.checked && other !== choice && choice.block.contains(other.block));
  }
}

/** @param {Choice} choice @param {boolean} isOpen */
function unfold(choice, isOpen) {
  if (!choice.children || !choice.button) return;
  choice.children.hidden = !isOpen;
  choice.button.setAttribute("aria-expanded", String(isOpen));
}

/** All the facets. */
export class FacetPanels {
  /** @param {HTMLElement} zone @param {{choose: (key: string, id: string) => void, unfold: () => void}} actions */
  constructor(zone, actions) {
    this.zone = zone;
    this.actions = actions;
    /** @type {Map<string, FacetPanel>} */
    this.panels = new Map();
  }

  /** @param {Facette[]} facettes */
  build(facettes) {
    // The engine opened anew: same facets, other files.
    for (const facette of facettes) {
      const panel = this.panels.get(facette.cle);
      if (panel) panel.facette = facette;
    }
    if (this.panels.size) return;
    for (const facette of facettes) {
      const panel = new FacetPanel(facette, this.actions.choose);
      panel.details.addEventListener("toggle", () => panel.details.open && !panel.requested && this.actions.unfold());
      this.panels.set(facette.cle, panel);
    }
  }

  /** The keys whose counts are to be asked for: of what is unfolded, or was. */
  requestedKeys() {
    const wanted = [...this.panels.values()].filter((panel) => panel.details.open || panel.requested);
    for (const panel of wanted) panel.requested = true;
    return wanted.map((panel) => panel.facette.cle);
  }

  /** @param {Record<string, Record<string, number>>} counts @param {State} state */
  show(counts, state) {
    const details = [...this.panels.values()].map((panel) => panel.details);
    for (const [key, panel] of this.panels) panel.show(counts[key], state.filtres[key] ?? []);
    // Put in place once filled, so that nothing moves.
    if (!details[0]?.isConnected) this.zone.replaceChildren(...details);
  }

  /** @param {string} key @returns {FacetValue[]} */
  values(key) {
    return this.panels.get(key)?.facette.valeurs ?? [];
  }

  /** @param {string} key @param {string} id */
  labelOf(key, id) {
    return this.values(key).find((value) => value.id === id)?.libelle ?? id;
  }

  /** The rank of an axis, from 1; 0 for what is no axis. @param {string} key @param {string} id */
  axisRank(key, id) {
    return key === "axe" ? 1 + (this.values("axe").findIndex((value) => value.id === id)) : 0;
  }

  /** What would split the present results best, of what is counted already: at most two values of a facet. @param {Answer} answer @param {State} state @returns {{key: string, value: FacetValue, count: number}[]} */
  refinements({ counts, total, page }, state) {
    if (total < MANY || page > 1) return [];
    /** @type {Record<string, number>} */
    const taken = {};
    return Object.keys(counts)
      .filter((key) => this.panels.has(key) && !state.filtres[key])
      .flatMap((key) => this.values(key).map((value) => ({ key, value, count: counts[key][value.id] ?? 0 })))
      .filter(({ value, count }) => !SAYS_LITTLE.has(value.id) && count >= total * LEAST && count <= total * MOST)
      .sort((a, b) => Math.abs(a.count / total - IDEAL) - Math.abs(b.count / total - IDEAL))
      .filter(({ key }) => (taken[key] = (taken[key] ?? 0) + 1) <= 2)
      .slice(0, REFINEMENTS);
  }

  /** The chips of what is chosen, after some others. @param {HTMLElement} list @param {State} state @param {HTMLElement[]} others */
  showChips(list, state, others) {
    const all = chosenValues(state);
    list.hidden = !all.length && !others.length;
    list.replaceChildren(
      ...others,
      ...all.map(([key, id]) => {
        const chip = copyTemplate("puce");
        const button = one(chip, "button");
        setText(one(button, "span"), this.labelOf(key, id));
        const rank = this.axisRank(key, id);
        if (rank) button.prepend(copyTemplate(`axe-${rank}`));
        button.addEventListener("click", () => this.actions.choose(key, id));
        return chip;
      }),
    );
  }
}
