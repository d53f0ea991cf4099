// @ts-check
// Suggestions under the search boxes of every page (ARIA combobox with a listbox). The engine comes with the first focus.

import { RACINE, ouvrirMoteur } from "../lib/access.js";
import { ecrire, francais, pluriel } from "../lib/dom.js";

const FRAPPE = 120;
const COMBIEN = 6;
/** @type {Record<string, string>} */
const GENRES = { theme: "Thème", ville: "Ville", action: "Action" };

/** @typedef {{genre: string, titre: string, url: string}} Suggestion */

/** A search box that suggests. */
class Boite {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.champ = /** @type {HTMLInputElement} */ (form.querySelector("input"));
    this.liste = document.createElement("ul");
    this.dit = document.createElement("span");
    /** @type {Suggestion[]} */
    this.suggestions = [];
    this.rang = -1;
    this.tour = 0;
    this.minuteur = 0;
    this.#installer(form);
  }

  /** @param {HTMLFormElement} form */
  #installer(form) {
    const { champ, liste, dit } = this;
    liste.className = "suggestions";
    liste.id = `${champ.id}-suggestions`;
    liste.hidden = true;
    liste.setAttribute("role", "listbox");
    liste.setAttribute("aria-label", "Suggestions");
    dit.className = "vh";
    dit.setAttribute("role", "status");
    form.append(liste, dit);
    champ.setAttribute("role", "combobox");
    champ.setAttribute("aria-autocomplete", "list");
    champ.setAttribute("aria-controls", liste.id);
    champ.setAttribute("aria-expanded", "false");
    champ.addEventListener("focus", () => ouvrirMoteur().catch(() => {}), { once: true });
    champ.addEventListener("input", () => {
      clearTimeout(this.minuteur);
      this.minuteur = setTimeout(() => void this.#proposer(), FRAPPE);
    });
    champ.addEventListener("keydown", (event) => this.#touche(event));
    champ.addEventListener("blur", () => this.#fermer());
    form.addEventListener("submit", () => this.#fermer());
    // The field keeps the focus while an option is pressed.
    liste.addEventListener("mousedown", (event) => event.preventDefault());
    liste.addEventListener("click", (event) => {
      const option = /** @type {Element} */ (event.target).closest("[role=option]");
      if (option) this.#suivre([...liste.children].indexOf(option));
    });
  }

  async #proposer() {
    const mine = ++this.tour;
    const debut = this.champ.value.trim();
    if (debut.length < 2) return this.#fermer();
    try {
      const found = await (await ouvrirMoteur()).suggerer(debut, COMBIEN);
      if (mine === this.tour && document.activeElement === this.champ) this.#montrer(found);
    } catch {
      // Without the engine the form still leads to the explorer, which says what is missing.
      this.#fermer();
    }
  }

  /** @param {Suggestion[]} found */
  #montrer(found) {
    this.suggestions = found;
    this.liste.replaceChildren(...found.map((suggestion, i) => this.#option(suggestion, i)));
    this.liste.hidden = !found.length;
    this.champ.setAttribute("aria-expanded", String(found.length > 0));
    this.#choisir(-1);
    ecrire(this.dit, found.length ? pluriel(found.length, "suggestion") : "Aucune suggestion");
  }

  /** @param {Suggestion} suggestion @param {number} i */
  #option({ genre, titre }, i) {
    const li = document.createElement("li");
    const mot = document.createElement("span");
    li.id = `${this.liste.id}-${i}`;
    li.setAttribute("role", "option");
    li.setAttribute("aria-selected", "false");
    mot.className = "suggestions__genre";
    mot.textContent = GENRES[genre] ?? genre;
    li.append(mot, " ", francais(titre));
    return li;
  }

  /** @param {number} rang */
  #choisir(rang) {
    this.rang = rang;
    for (const [i, option] of [...this.liste.children].entries()) option.setAttribute("aria-selected", String(i === rang));
    if (rang < 0) this.champ.removeAttribute("aria-activedescendant");
    else this.champ.setAttribute("aria-activedescendant", `${this.liste.id}-${rang}`);
  }

  /** @param {KeyboardEvent} event */
  #touche(event) {
    if (this.liste.hidden || event.isComposing) return;
    const last = this.suggestions.length - 1;
    if (event.key === "ArrowDown") this.#choisir(this.rang === last ? -1 : this.rang + 1);
    else if (event.key === "ArrowUp") this.#choisir(this.rang === -1 ? last : this.rang - 1);
    else if (event.key === "Escape") this.#fermer();
    else if (event.key === "Enter" && this.rang >= 0) this.#suivre(this.rang);
    else return;
    event.preventDefault();
  }

  /** @param {number} rang */
  #suivre(rang) {
    location.assign(new URL(this.suggestions[rang].url, RACINE));
  }

  #fermer() {
    clearTimeout(this.minuteur);
    this.tour++;
    this.liste.hidden = true;
    this.champ.setAttribute("aria-expanded", "false");
    this.#choisir(-1);
    ecrire(this.dit, "");
  }
}

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-suggestions]"))) new Boite(form);
