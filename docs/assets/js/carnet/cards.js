// @ts-check
// The actions of a carnet as cards: one's own, to order and annotate, or received ones, to read.

import { RACINE } from "../lib/access.js";
import { copie, ecrire, francais, un } from "../lib/dom.js";
import { preparer } from "./keep.js";
import { identite, motsDesAxes } from "../lib/cards.js";

/**
 * @typedef {import("./carnet.js").Gardee} Gardee
 * @typedef {import("./fiches.js").Fiche} Fiche
 * @typedef {import("../search/engine.js").Carte} Carte
 * @typedef {import("../search/engine.js").Valeur} Valeur
 */

/** @type {Valeur[]} */
export const axes = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("template[data-axe]"))].map(({ dataset }) => ({
  id: dataset.axe ?? "",
  libelle: dataset.libelle ?? "",
  parent: null,
  n: 0,
}));

/** Title and places: the bank's of today, else those that were kept. @param {Gardee} gardee @param {Fiche | undefined} fiche */
export function nommer(gardee, fiche) {
  const known = fiche?.carte ?? fiche?.retiree ?? gardee;
  return { titre: francais(known.titre || gardee.titre || gardee.id), lieux: francais(known.lieux || gardee.lieux) };
}

/** What is to be said of an action that is no longer there. @param {Fiche | undefined} fiche */
export function avertir(fiche) {
  if (!fiche || fiche.carte) return "";
  if (fiche.retiree) return "Cette fiche a été retirée de la banque.";
  return "Cette fiche est introuvable dans la banque : son adresse est peut-être mal écrite.";
}

/** Axes, ages, period, QPV on one line. @param {Carte} carte */
export const ligneIdentite = (carte) => [carte.ages, carte.periode, motsDesAxes(carte, axes).join(", "), carte.qpv ? "quartier prioritaire (QPV)" : ""].filter(Boolean).join(" · ");

/** The bank's part of a card. @param {HTMLElement} li @param {Gardee} gardee @param {Fiche | undefined} fiche */
export function remplir(li, gardee, fiche) {
  const { titre, lieux } = nommer(gardee, fiche);
  const avis = un(li, "[data-avis]");
  const a = /** @type {HTMLAnchorElement} */ (un(li, "h3 a"));
  ecrire(a, titre);
  if (fiche && !fiche.carte && !fiche.retiree) a.removeAttribute("href");
  else a.href = new URL(`actions/${gardee.id}/`, RACINE).href;
  ecrire(un(li, ".carte__lieu b"), lieux);
  ecrire(avis, avertir(fiche));
  avis.hidden = !avis.textContent;
  ecrire(un(li, ".carte__resume"), fiche?.carte?.resume ?? "");
  for (const part of [".carte__resume", ".carte__pied", ".portee"]) un(li, part).hidden = !fiche?.carte;
  un(li, "[data-qpv]").hidden = !fiche?.carte?.qpv;
  if (fiche?.carte) identite(li, fiche.carte, axes);
}

/** @param {Gardee} gardee @param {Fiche | undefined} fiche @param {number} rang */
export function recue(gardee, fiche, rang) {
  const li = copie("recue");
  remplir(li, gardee, fiche);
  ecrire(un(li, ".gardee__rang"), String(rang + 1));
  const note = un(li, "[data-note]");
  note.hidden = !gardee.note;
  un(note, "p + p").textContent = gardee.note;
  preparer(un(li, "[data-garder]"), { id: gardee.id, ...nommer(gardee, fiche) });
  return li;
}

/** One's own cards, each made once: what is being typed in them stays when the list changes. */
export class Liste {
  /** @param {HTMLElement} ol */
  constructor(ol) {
    this.ol = ol;
    /** @type {Map<string, {li: HTMLElement, fiche: Fiche | undefined}>} */
    this.cartes = new Map();
  }

  /** @param {Gardee[]} actions @param {Map<string, Fiche>} fiches @param {{titre: string, rang: number} | null} retiree  the place of the one just removed */
  montrer(actions, fiches, retiree) {
    const active = /** @type {HTMLElement | null} */ (document.activeElement);
    const items = actions.map((gardee, rang) => this.#carte(gardee, fiches.get(gardee.id), rang, actions.length));
    if (retiree) items.splice(Math.min(retiree.rang, items.length), 0, annulable(retiree));
    for (const id of this.cartes.keys()) if (!actions.some((gardee) => gardee.id === id)) this.cartes.delete(id);
    const shown = [...this.ol.children];
    if (shown.length === items.length && shown.every((li, i) => li === items[i])) return;
    this.ol.replaceChildren(...items);
    // Moved elements lose the focus.
    if (active && this.ol.contains(active)) active.focus({ preventScroll: true });
  }

  /** @param {Gardee} gardee @param {Fiche | undefined} fiche @param {number} rang @param {number} total */
  #carte(gardee, fiche, rang, total) {
    let found = this.cartes.get(gardee.id);
    if (!found || found.fiche !== fiche) {
      found = { li: found ? found.li : copie("gardee"), fiche };
      if (!this.cartes.has(gardee.id)) nommerChamps(found.li, gardee);
      remplir(found.li, gardee, fiche);
      for (const suite of found.li.querySelectorAll("button .vh")) ecrire(suite, ` « ${nommer(gardee, fiche).titre} »`);
      this.cartes.set(gardee.id, found);
    }
    const { li } = found;
    ecrire(un(li, ".gardee__rang"), String(rang + 1));
    /** @type {HTMLButtonElement} */ (un(li, '[data-pas="-1"]')).disabled = rang === 0;
    /** @type {HTMLButtonElement} */ (un(li, '[data-pas="1"]')).disabled = rang === total - 1;
    const note = /** @type {HTMLTextAreaElement} */ (un(li, "textarea"));
    if (note !== document.activeElement && note.value !== gardee.note) note.value = gardee.note;
    return li;
  }
}

/** @param {HTMLElement} li @param {Gardee} gardee */
function nommerChamps(li, { id }) {
  li.dataset.id = id;
  un(li, "textarea").id = `note-${id}`;
  un(li, "label").setAttribute("for", `note-${id}`);
}

/** @param {{titre: string}} retiree */
function annulable({ titre }) {
  const li = copie("retiree");
  ecrire(un(li, "span"), `« ${titre} » n’est plus dans le carnet.`);
  return li;
}
