// @ts-check
// What every page needs: the scheme button, the menu of small screens, copy, print.

import { t } from "../lib/texts.js";

const body = document.body;

/** @param {string} selector */
const all = (selector) => /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(selector));

for (const button of all("[data-schema]")) {
  const word = /** @type {HTMLElement} */ (button.querySelector("[data-schema-mot]"));
  const label = () => {
    word.textContent = body.dataset.mdColorScheme === "slate" ? t`Passer en mode clair` : t`Passer en mode sombre`;
  };
  label();
  button.addEventListener("click", () => {
    body.dataset.mdColorScheme = body.dataset.mdColorScheme === "slate" ? "default" : "slate";
    label();
    try {
      localStorage.setItem("schema", body.dataset.mdColorScheme);
    } catch {
      // Storage refused: the choice lasts as long as the page.
    }
  });
}

for (const button of all("[data-menu]")) {
  const menu = /** @type {HTMLElement} */ (document.getElementById(button.getAttribute("aria-controls") ?? ""));
  /** @param {boolean} yes */
  const setOpen = (yes) => {
    button.setAttribute("aria-expanded", String(yes));
    menu.classList.toggle("est-ouvert", yes);
  };
  button.addEventListener("click", () => setOpen(button.getAttribute("aria-expanded") !== "true"));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && button.getAttribute("aria-expanded") === "true") {
      setOpen(false);
      button.focus();
    }
  });
}

for (const button of all("[data-copie]")) {
  const label = button.textContent;
  button.addEventListener("click", async () => {
    const source = /** @type {HTMLElement} */ (document.getElementById(button.dataset.copie ?? ""));
    const field = source instanceof HTMLInputElement || source instanceof HTMLTextAreaElement ? source : null;
    const text = field ? field.value : (source.textContent ?? "").trim();
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = t`Copié`;
    } catch {
      // Refused, or a page opened without https: select the text so that Ctrl+C works.
      if (field) field.select();
      else getSelection()?.selectAllChildren(source);
      button.textContent = t`Ctrl + C pour copier`;
    }
    setTimeout(() => (button.textContent = label), 2500);
  });
}

for (const button of all("[data-imprimer]")) {
  button.addEventListener("click", () => print());
}

// A site is built once and read for years: whether a fiche is old is a question for the reader's clock.
for (const freshness of all("[data-verifie]")) {
  const limit = new Date(freshness.dataset.verifie ?? "");
  limit.setMonth(limit.getMonth() + 24);
  const notice = /** @type {HTMLElement | null | undefined} */ (freshness.parentElement?.querySelector("[data-perime]"));
  if (notice) notice.hidden = new Date() < limit;
}
