// @ts-check
// The carnet: what a visitor keeps for a meeting. Pure: the storage is handed in. Nothing here leaves the browser.

import { IDENTIFIER } from "../lib/identity.js";

/**
 * @typedef {{id: string, titre: string, lieux: string, note: string}} KeptAction  title and places are those of the day it was kept
 * @typedef {{titre: string, introduction: string, actions: KeptAction[]}} Carnet
 */

export const STORAGE_KEY = `${IDENTIFIER}-carnet`;
/** Where a stored value that cannot be read is set aside. */
export const UNREADABLE_KEY = `${STORAGE_KEY}-illisible`;
/** Actions, and signs of each text. */
export const LIMITS = { actions: 200, titre: 200, introduction: 4000, note: 4000 };

const ID = /^(?=.{1,80}$)[a-z0-9]+(?:-[a-z0-9]+)*$/;
// Control signs, and those that turn the direction of reading.
const FORBIDDEN = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** @returns {Carnet} */
export const emptyCarnet = () => ({ titre: "", introduction: "", actions: [] });

/** @param {unknown} value @param {number} limit */
const clean = (value, limit) => (typeof value === "string" ? value.replace(FORBIDDEN, "").slice(0, limit) : "");

/** A carnet out of anything; `complete`: nothing had to be left out. @param {any} value @returns {{carnet: Carnet, complete: boolean}} */
export function validate(value) {
  const list = Array.isArray(value?.actions) ? value.actions : [];
  /** @type {Map<string, KeptAction>} */
  const actions = new Map();
  for (const action of list) {
    if (actions.size === LIMITS.actions) break;
    if (typeof action?.id !== "string" || !ID.test(action.id) || actions.has(action.id)) continue;
    actions.set(action.id, { id: action.id, titre: clean(action.titre, LIMITS.titre), lieux: clean(action.lieux, LIMITS.titre), note: clean(action.note, LIMITS.note) });
  }
  return {
    carnet: { titre: clean(value?.titre, LIMITS.titre), introduction: clean(value?.introduction, LIMITS.introduction), actions: [...actions.values()] },
    complete: Array.isArray(value?.actions) && actions.size === list.length,
  };
}

/** @param {string} raw */
export function parseCarnet(raw) {
  try {
    return validate(JSON.parse(raw));
  } catch {
    return validate(null);
  }
}

/** @param {Carnet} carnet @param {{id: string, titre: string, lieux: string, note?: string}} action @param {number} [rank] @returns {Carnet} */
export function add(carnet, action, rank = carnet.actions.length) {
  if (carnet.actions.some(({ id }) => id === action.id)) return carnet;
  return validate({ ...carnet, actions: carnet.actions.toSpliced(rank, 0, { note: "", ...action }) }).carnet;
}

/** @param {Carnet} carnet @param {string} id @returns {Carnet} */
export const remove = (carnet, id) => ({ ...carnet, actions: carnet.actions.filter((action) => action.id !== id) });

/** @param {Carnet} carnet @param {string} id @param {number} step  -1 is one place up @returns {Carnet} */
export function move(carnet, id, step) {
  const rank = carnet.actions.findIndex((action) => action.id === id);
  const place = rank + step;
  if (rank < 0 || place < 0 || place >= carnet.actions.length) return carnet;
  return { ...carnet, actions: carnet.actions.toSpliced(rank, 1).toSpliced(place, 0, carnet.actions[rank]) };
}

/** @param {Carnet} carnet @param {string} id @param {string} note @returns {Carnet} */
export const annotate = (carnet, id, note) => ({ ...carnet, actions: carnet.actions.map((action) => (action.id === id ? { ...action, note } : action)) });

/** The carnet, then what another has more; its own words stay where it has some. @param {Carnet} carnet @param {Carnet} extra @returns {Carnet} */
export function merge(carnet, extra) {
  const notes = new Map(extra.actions.map(({ id, note }) => [id, note]));
  const actions = carnet.actions.map((action) => ({ ...action, note: action.note || notes.get(action.id) || "" }));
  const known = new Set(actions.map(({ id }) => id));
  return validate({
    titre: carnet.titre || extra.titre,
    introduction: carnet.introduction || extra.introduction,
    actions: [...actions, ...extra.actions.filter(({ id }) => !known.has(id))],
  }).carnet;
}

/** Former ids become the new ones; where both were kept, one stays, with both notes. @param {Carnet} carnet @param {Map<string, string>} newIds @returns {Carnet} */
export function rename(carnet, newIds) {
  /** @type {Map<string, KeptAction>} */
  const actions = new Map();
  for (const action of carnet.actions) {
    const id = newIds.get(action.id) ?? action.id;
    const same = actions.get(id);
    if (same) same.note = [same.note, action.note].filter(Boolean).join("\n").slice(0, LIMITS.note);
    else actions.set(id, { ...action, id });
  }
  return { ...carnet, actions: [...actions.values()] };
}

/** The carnet of this browser. Every change starts from what is stored now: another tab may have changed it. */
export class CarnetStore {
  /** @param {() => Storage} storage  throws where the browser refuses */
  constructor(storage) {
    this.storage = storage;
  }

  /** `refused`: the browser does not let us read. @returns {{carnet: Carnet, refused: boolean}} */
  read() {
    try {
      const raw = this.storage().getItem(STORAGE_KEY);
      if (raw === null) return { carnet: emptyCarnet(), refused: false };
      const { carnet, complete } = parseCarnet(raw);
      if (!complete) this.#setAside(raw, carnet);
      return { carnet, refused: false };
    } catch {
      return { carnet: emptyCarnet(), refused: true };
    }
  }

  /** The carnet as stored, or null: the browser refuses, or has no room. @param {(carnet: Carnet) => Carnet} change @returns {Carnet | null} */
  update(change) {
    const { carnet, refused } = this.read();
    if (refused) return null;
    const updated = change(carnet);
    try {
      this.storage().setItem(STORAGE_KEY, JSON.stringify(updated));
      return updated;
    } catch {
      return null;
    }
  }

  /** What was stored and cannot be read, or null. */
  unreadable() {
    try {
      return this.storage().getItem(UNREADABLE_KEY);
    } catch {
      return null;
    }
  }

  forgetUnreadable() {
    this.storage().removeItem(UNREADABLE_KEY);
  }

  /** The whole value goes aside before what could be read of it takes its place. @param {string} raw @param {Carnet} carnet */
  #setAside(raw, carnet) {
    const storage = this.storage();
    // Removed first: a full storage has no room for both.
    storage.removeItem(STORAGE_KEY);
    try {
      storage.setItem(UNREADABLE_KEY, raw);
    } catch (error) {
      storage.setItem(STORAGE_KEY, raw);
      throw error;
    }
    if (carnet.actions.length) storage.setItem(STORAGE_KEY, JSON.stringify(carnet));
  }
}
