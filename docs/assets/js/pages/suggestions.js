// @ts-check
// Suggestions under the search boxes of every page (ARIA combobox with a listbox). The engine comes with the first focus.

import { SITE_ROOT, openEngine } from "../lib/access.js";
import { plural, setText, typography } from "../lib/dom.js";
import { t } from "../lib/texts.js";

const TYPING_DELAY = 120;
const LIMIT = 6;
/** @type {Record<string, string>} */
const KINDS = {
  theme: t`Thème`,
  region: t`Région`,
  departement: t`Département`,
  ville: t`Ville`,
  levier: t`Levier`,
  frein: t`Frein`,
  action: t`Action`,
};

/** @typedef {{kind: string, titre: string, url: string}} Suggestion */

/** A search box that suggests. */
class SearchBox {
  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.field = /** @type {HTMLInputElement} */ (form.querySelector("input"));
    this.list = document.createElement("ul");
    this.status = document.createElement("span");
    /** @type {Suggestion[]} */
    this.suggestions = [];
    this.rank = -1;
    this.latest = 0;
    this.timer = 0;
    this.#setUp(form);
  }

  /** @param {HTMLFormElement} form */
  #setUp(form) {
    const { field, list, status } = this;
    list.className = "suggestions";
    list.id = `${field.id}-suggestions`;
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", t`Suggestions`);
    status.className = "vh";
    status.setAttribute("role", "status");
    form.append(list, status);
    field.setAttribute("role", "combobox");
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", list.id);
    field.setAttribute("aria-expanded", "false");
    field.addEventListener("focus", () => openEngine().then((engine) => engine.openWords()).catch(() => {}), { once: true });
    field.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.#propose(), TYPING_DELAY);
    });
    field.addEventListener("keydown", (event) => this.#onKey(event));
    field.addEventListener("blur", () => this.#close());
    form.addEventListener("submit", () => this.#close());
    // The field keeps the focus while an option is pressed.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = /** @type {Element} */ (event.target).closest("[role=option]");
      if (option) this.#follow([...list.children].indexOf(option));
    });
  }

  async #propose() {
    const mine = ++this.latest;
    const typed = this.field.value.trim();
    if (typed.length < 2) return this.#close();
    try {
      const suggestions = await (await openEngine()).suggest(typed, LIMIT);
      if (mine === this.latest && document.activeElement === this.field) this.#show(suggestions);
    } catch {
      // Without the engine the form still leads to the explorer, which says what is missing.
      this.#close();
    }
  }

  /** @param {Suggestion[]} suggestions */
  #show(suggestions) {
    this.suggestions = suggestions;
    this.list.replaceChildren(...suggestions.map((suggestion, i) => this.#option(suggestion, i)));
    this.list.hidden = !suggestions.length;
    this.field.setAttribute("aria-expanded", String(suggestions.length > 0));
    this.#choose(-1);
    setText(this.status, suggestions.length ? plural(suggestions.length, t`suggestion`, t`suggestions`) : t`Aucune suggestion`);
  }

  /** @param {Suggestion} suggestion @param {number} i */
  #option({ kind, titre }, i) {
    const li = document.createElement("li");
    const word = document.createElement("span");
    li.id = `${this.list.id}-${i}`;
    li.setAttribute("role", "option");
    li.setAttribute("aria-selected", "false");
    word.className = "suggestions__genre";
    word.textContent = KINDS[kind] ?? kind;
    li.append(word, " ", typography(titre));
    return li;
  }

  /** @param {number} rank */
  #choose(rank) {
    this.rank = rank;
    for (const [i, option] of [...this.list.children].entries()) option.setAttribute("aria-selected", String(i === rank));
    if (rank < 0) this.field.removeAttribute("aria-activedescendant");
    else this.field.setAttribute("aria-activedescendant", `${this.list.id}-${rank}`);
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    if (this.list.hidden || event.isComposing) return;
    const last = this.suggestions.length - 1;
    if (event.key === "ArrowDown") this.#choose(this.rank === last ? -1 : this.rank + 1);
    else if (event.key === "ArrowUp") this.#choose(this.rank === -1 ? last : this.rank - 1);
    else if (event.key === "Escape") this.#close();
    else if (event.key === "Enter" && this.rank >= 0) this.#follow(this.rank);
    else return;
    event.preventDefault();
  }

  /** @param {number} rank */
  #follow(rank) {
    location.assign(new URL(this.suggestions[rank].url, SITE_ROOT));
  }

  #close() {
    clearTimeout(this.timer);
    this.latest++;
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.#choose(-1);
    setText(this.status, "");
  }
}

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-suggestions]"))) new SearchBox(form);
