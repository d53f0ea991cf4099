// @ts-check
// The facets: unfolded, searched, counted, chosen. Made once, then only updated, so that the focus stays where it is.

import { copyTemplate, one, plural, setCount, setText, unaccent } from "../lib/dom.js";
import { chosenValues } from "./state.js";

/**
 * @typedef {import("../search/engine.js").Facette} Facette
 * @typedef {import("../search/engine.js").FacetValue} FacetValue
 * @typedef {import("./state.js").State} State
 * @typedef {{value: FacetValue, block: HTMLElement, line: HTMLElement, box: HTMLInputElement, count: HTMLElement, children: HTMLElement | null, button: HTMLButtonElement | null, parent: Choice | null}} Choice
 */

const LONG = 15;

/** One facet, folded or not; its values come when they are known. */
class FacetPanel {
  /** @param {Facette} facette @param {(key: string, id: string) => void} choose */
  constructor(facette, choose) {
    this.facette = facette;
    this.choose = choose;
    this.details = /** @type {HTMLDetailsElement} */ (copyTemplate("facette"));
    this.details.open = facette.ouverte;
    this.fieldset = one(this.details, "fieldset");
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
    word.textContent = chosenIds.length > 1 ? " filtres actifs" : " filtre actif";
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
    }
  }

  #fill() {
    const { valeurs, cle } = this.facette;
    /** @type {Map<string | null, FacetValue[]>} */
    const byParent = new Map();
    for (const value of valeurs) byParent.set(value.parent, [...(byParent.get(value.parent) ?? []), value]);
    const roots = (byParent.get(null) ?? []).map((value, rank) => this.#choice(value, null, byParent, cle === "axe" ? rank + 1 : 0));
    one(this.fieldset, ".filtres__attente").remove();
    if (valeurs.length > LONG) this.fieldset.append(this.#searchField());
    this.fieldset.append(...roots.map((choice) => choice.block));
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
    setText(one(button, ".vh"), `Préciser « ${choice.value.libelle} »`);
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
    setText(one(zone, ".vh"), `Chercher dans « ${this.facette.titre} »`);
    field.addEventListener("input", () => {
      const wanted = unaccent(field.value.trim());
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
      setText(one(zone, "[role=status]"), wanted ? (matching ? plural(matching, "valeur") : "Aucune valeur ne contient ce mot.") : "");
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
