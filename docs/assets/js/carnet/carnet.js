// @ts-check
// The carnet: what a visitor keeps for a meeting. Pure: the storage is handed in. Nothing here leaves the browser.

/**
 * @typedef {{id: string, titre: string, lieux: string, note: string}} Gardee  title and places are those of the day it was kept
 * @typedef {{titre: string, introduction: string, actions: Gardee[]}} Carnet
 */

export const CLE = "inspiractions-carnet";
/** Where a stored value that cannot be read is set aside. */
export const ILLISIBLE = "inspiractions-carnet-illisible";
/** Actions, and signs of each text. */
export const LIMITES = { actions: 200, titre: 200, introduction: 4000, note: 4000 };

const ID = /^(?=.{1,80}$)[a-z0-9]+(?:-[a-z0-9]+)*$/;
// Control signs, and those that turn the direction of reading.
const INTERDITS = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** @returns {Carnet} */
export const vide = () => ({ titre: "", introduction: "", actions: [] });

/** @param {unknown} valeur @param {number} limite */
const texte = (valeur, limite) => (typeof valeur === "string" ? valeur.replace(INTERDITS, "").slice(0, limite) : "");

/** A carnet out of anything; `entier`: nothing had to be left out. @param {any} valeur @returns {{carnet: Carnet, entier: boolean}} */
export function valider(valeur) {
  const liste = Array.isArray(valeur?.actions) ? valeur.actions : [];
  /** @type {Map<string, Gardee>} */
  const actions = new Map();
  for (const action of liste) {
    if (actions.size === LIMITES.actions) break;
    if (typeof action?.id !== "string" || !ID.test(action.id) || actions.has(action.id)) continue;
    actions.set(action.id, { id: action.id, titre: texte(action.titre, LIMITES.titre), lieux: texte(action.lieux, LIMITES.titre), note: texte(action.note, LIMITES.note) });
  }
  return {
    carnet: { titre: texte(valeur?.titre, LIMITES.titre), introduction: texte(valeur?.introduction, LIMITES.introduction), actions: [...actions.values()] },
    entier: Array.isArray(valeur?.actions) && actions.size === liste.length,
  };
}

/** @param {string} brut */
export function analyser(brut) {
  try {
    return valider(JSON.parse(brut));
  } catch {
    return valider(null);
  }
}

/** @param {Carnet} carnet @param {{id: string, titre: string, lieux: string, note?: string}} action @param {number} [rang] @returns {Carnet} */
export function ajouter(carnet, action, rang = carnet.actions.length) {
  if (carnet.actions.some(({ id }) => id === action.id)) return carnet;
  return valider({ ...carnet, actions: carnet.actions.toSpliced(rang, 0, { note: "", ...action }) }).carnet;
}

/** @param {Carnet} carnet @param {string} id @returns {Carnet} */
export const retirer = (carnet, id) => ({ ...carnet, actions: carnet.actions.filter((action) => action.id !== id) });

/** @param {Carnet} carnet @param {string} id @param {number} pas  -1 is one place up @returns {Carnet} */
export function deplacer(carnet, id, pas) {
  const rang = carnet.actions.findIndex((action) => action.id === id);
  const place = rang + pas;
  if (rang < 0 || place < 0 || place >= carnet.actions.length) return carnet;
  return { ...carnet, actions: carnet.actions.toSpliced(rang, 1).toSpliced(place, 0, carnet.actions[rang]) };
}

/** @param {Carnet} carnet @param {string} id @param {string} note @returns {Carnet} */
export const annoter = (carnet, id, note) => ({ ...carnet, actions: carnet.actions.map((action) => (action.id === id ? { ...action, note } : action)) });

/** The carnet, then what another has more; its own words stay where it has some. @param {Carnet} carnet @param {Carnet} autre @returns {Carnet} */
export function reunir(carnet, autre) {
  const notes = new Map(autre.actions.map(({ id, note }) => [id, note]));
  const actions = carnet.actions.map((action) => ({ ...action, note: action.note || notes.get(action.id) || "" }));
  const known = new Set(actions.map(({ id }) => id));
  return valider({
    titre: carnet.titre || autre.titre,
    introduction: carnet.introduction || autre.introduction,
    actions: [...actions, ...autre.actions.filter(({ id }) => !known.has(id))],
  }).carnet;
}

/** Former ids become the new ones; where both were kept, one stays, with both notes. @param {Carnet} carnet @param {Map<string, string>} nouveaux @returns {Carnet} */
export function renommer(carnet, nouveaux) {
  /** @type {Map<string, Gardee>} */
  const actions = new Map();
  for (const action of carnet.actions) {
    const id = nouveaux.get(action.id) ?? action.id;
    const same = actions.get(id);
    if (same) same.note = [same.note, action.note].filter(Boolean).join("\n").slice(0, LIMITES.note);
    else actions.set(id, { ...action, id });
  }
  return { ...carnet, actions: [...actions.values()] };
}

/** The carnet of this browser. Every change starts from what is stored now: another tab may have changed it. */
export class Entrepot {
  /** @param {() => Storage} stockage  throws where the browser refuses */
  constructor(stockage) {
    this.stockage = stockage;
  }

  /** `refuse`: the browser does not let us read. @returns {{carnet: Carnet, refuse: boolean}} */
  lire() {
    try {
      const brut = this.stockage().getItem(CLE);
      if (brut === null) return { carnet: vide(), refuse: false };
      const { carnet, entier } = analyser(brut);
      if (!entier) this.#ecarter(brut, carnet);
      return { carnet, refuse: false };
    } catch {
      return { carnet: vide(), refuse: true };
    }
  }

  /** The carnet as stored, or null: the browser refuses, or has no room. @param {(carnet: Carnet) => Carnet} changer @returns {Carnet | null} */
  modifier(changer) {
    const { carnet, refuse } = this.lire();
    if (refuse) return null;
    const nouveau = changer(carnet);
    try {
      this.stockage().setItem(CLE, JSON.stringify(nouveau));
      return nouveau;
    } catch {
      return null;
    }
  }

  /** What was stored and cannot be read, or null. */
  illisible() {
    try {
      return this.stockage().getItem(ILLISIBLE);
    } catch {
      return null;
    }
  }

  oublierIllisible() {
    this.stockage().removeItem(ILLISIBLE);
  }

  /** The whole value goes aside before what could be read of it takes its place. @param {string} brut @param {Carnet} carnet */
  #ecarter(brut, carnet) {
    const stockage = this.stockage();
    // Removed first: a full storage has no room for both.
    stockage.removeItem(CLE);
    try {
      stockage.setItem(ILLISIBLE, brut);
    } catch (error) {
      stockage.setItem(CLE, brut);
      throw error;
    }
    if (carnet.actions.length) stockage.setItem(CLE, JSON.stringify(carnet));
  }
}
