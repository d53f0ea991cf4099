// @ts-check
// The actions of a carnet as cards: one's own, to order and annotate, or received ones, to read.

import { SITE_ROOT } from "../lib/access.js";
import { axisLabels, showIdentity } from "../lib/cards.js";
import { copyTemplate, one, quoted, setText, setTitle, typography } from "../lib/dom.js";
import { t } from "../lib/texts.js";
import { prepareButton } from "./keep.js";

/**
 * @typedef {import("./carnet.js").KeptAction} KeptAction
 * @typedef {import("./fiches.js").Fiche} Fiche
 * @typedef {import("../search/engine.js").Card} Card
 * @typedef {import("../search/engine.js").FacetValue} FacetValue
 */

/** @type {FacetValue[]} */
export const axes = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("template[data-axe]"))].map(({ dataset }) => ({
  id: dataset.axe ?? "",
  libelle: dataset.libelle ?? "",
  parent: null,
  n: 0,
}));

/** Title and places: the bank's of today, else those that were kept. @param {KeptAction} kept @param {Fiche | undefined} fiche */
export function namesOf(kept, fiche) {
  const known = fiche?.card ?? fiche?.retiree ?? kept;
  return { titre: typography(known.titre || kept.titre || kept.id), lieux: typography(known.lieux || kept.lieux) };
}

/** What is to be said of an action that is no longer there. @param {Fiche | undefined} fiche */
export function warningOf(fiche) {
  if (!fiche || fiche.card) return "";
  if (fiche.retiree) return t`Cette fiche a été retirée de la banque.`;
  return t`Cette fiche est introuvable dans la banque : son adresse est peut-être mal écrite.`;
}

/** Axes, ages, period, QPV on one line. @param {Card} card */
export const identityLine = (card) => [card.ages, card.periode, axisLabels(card, axes).join(", "), card.qpv ? t`quartier prioritaire (QPV)` : ""].filter(Boolean).join(" · ");

/** The bank's part of a card. @param {HTMLElement} li @param {KeptAction} kept @param {Fiche | undefined} fiche */
export function fill(li, kept, fiche) {
  const { titre, lieux } = namesOf(kept, fiche);
  const notice = one(li, "[data-avis]");
  const a = /** @type {HTMLAnchorElement} */ (one(li, "h3 a"));
  setTitle(a, titre);
  if (fiche && !fiche.card && !fiche.retiree) a.removeAttribute("href");
  else a.href = new URL(`actions/${kept.id}/`, SITE_ROOT).href;
  setText(one(li, ".carte__lieu b"), lieux);
  setText(notice, warningOf(fiche));
  notice.hidden = !notice.textContent;
  setText(one(li, ".carte__resume"), fiche?.card?.resume ?? "");
  for (const part of [".carte__resume", ".carte__pied", ".portee"]) one(li, part).hidden = !fiche?.card;
  if (fiche?.card) showIdentity(li, fiche.card, axes);
}

/** @param {KeptAction} kept @param {Fiche | undefined} fiche @param {number} rank */
export function receivedCard(kept, fiche, rank) {
  const li = copyTemplate("recue");
  fill(li, kept, fiche);
  setText(one(li, ".gardee__rang"), String(rank + 1));
  const note = one(li, "[data-note]");
  note.hidden = !kept.note;
  one(note, "p + p").textContent = kept.note;
  prepareButton(one(li, "[data-garder]"), { id: kept.id, ...namesOf(kept, fiche) });
  return li;
}

/** One's own cards, each made once: what is being typed in them stays when the list changes. */
export class CardList {
  /** @param {HTMLElement} ol */
  constructor(ol) {
    this.ol = ol;
    /** @type {Map<string, {li: HTMLElement, fiche: Fiche | undefined}>} */
    this.cards = new Map();
  }

  /** @param {KeptAction[]} actions @param {Map<string, Fiche>} fiches @param {{titre: string, rank: number} | null} removed  the place of the one just removed */
  show(actions, fiches, removed) {
    const active = /** @type {HTMLElement | null} */ (document.activeElement);
    const items = actions.map((kept, rank) => this.#card(kept, fiches.get(kept.id), rank, actions.length));
    if (removed) items.splice(Math.min(removed.rank, items.length), 0, undoLine(removed));
    for (const id of this.cards.keys()) if (!actions.some((kept) => kept.id === id)) this.cards.delete(id);
    const shown = [...this.ol.children];
    if (shown.length === items.length && shown.every((li, i) => li === items[i])) return;
    this.ol.replaceChildren(...items);
    // Moved elements lose the focus.
    if (active && this.ol.contains(active)) active.focus({ preventScroll: true });
  }

  /** @param {KeptAction} kept @param {Fiche | undefined} fiche @param {number} rank @param {number} total */
  #card(kept, fiche, rank, total) {
    let entry = this.cards.get(kept.id);
    if (!entry || entry.fiche !== fiche) {
      entry = { li: entry ? entry.li : copyTemplate("gardee"), fiche };
      if (!this.cards.has(kept.id)) nameFields(entry.li, kept);
      fill(entry.li, kept, fiche);
      for (const rest of entry.li.querySelectorAll("button .vh")) setText(rest, ` ${quoted(namesOf(kept, fiche).titre)}`);
      setText(one(entry.li, "label .vh"), t` sur ${quoted(namesOf(kept, fiche).titre)}`);
      this.cards.set(kept.id, entry);
    }
    const { li } = entry;
    setText(one(li, ".gardee__rang"), String(rank + 1));
    /** @type {HTMLButtonElement} */ (one(li, '[data-pas="-1"]')).disabled = rank === 0;
    /** @type {HTMLButtonElement} */ (one(li, '[data-pas="1"]')).disabled = rank === total - 1;
    const note = /** @type {HTMLTextAreaElement} */ (one(li, "textarea"));
    if (note !== document.activeElement && note.value !== kept.note) note.value = kept.note;
    return li;
  }
}

/** @param {HTMLElement} li @param {KeptAction} kept */
function nameFields(li, { id }) {
  li.dataset.id = id;
  one(li, "textarea").id = `note-${id}`;
  one(li, "label").setAttribute("for", `note-${id}`);
}

/** @param {{titre: string}} removed */
function undoLine({ titre }) {
  const li = copyTemplate("retiree");
  setText(one(li, "span"), t`${quoted(titre)} n’est plus dans le carnet.`);
  return li;
}
