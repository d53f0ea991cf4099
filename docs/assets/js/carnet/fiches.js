// @ts-check
// What the bank knows today of kept ids: cards, withdrawn ones, new names of former ids. Written by banque/exports/carnet.py.

import { json, ouvrir } from "../search/shards.js";

/**
 * @typedef {import("../search/engine.js").Carte} Carte
 * @typedef {{id: string, carte: Carte | null, retiree: {titre: string, lieux: string} | null}} Fiche  neither: the bank does not know it
 */

/** FNV-1a, 32 bits, as banque/exports/carnet.py. @param {string} id @param {number} nombre */
export function paquet(id, nombre) {
  let found = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) found = Math.imul(found ^ id.charCodeAt(i), 0x01000193) >>> 0;
  return found % nombre;
}

export class Fiches {
  /** @param {(nom: string) => Promise<ArrayBuffer>} charger  the bytes of a file of carnet/fiches/; rejects when it does not arrive */
  constructor(charger) {
    this.charger = charger;
    /** @type {Map<number, Promise<any>>} */
    this.paquets = new Map();
    /** @type {Promise<{debut: string, nombre: number}> | undefined} */
    this.manifeste = undefined;
  }

  /** What is known of each id; rejects when a file does not arrive. @param {string[]} ids @returns {Promise<Map<string, Fiche>>} */
  async lire(ids) {
    return new Map(await Promise.all(ids.map(async (id) => /** @type {[string, Fiche]} */ ([id, await this.#fiche(id)]))));
  }

  /** @param {string} id @returns {Promise<Fiche>} */
  async #fiche(id) {
    let found = await this.#valeur(id);
    if (typeof found === "string") {
      id = found;
      found = await this.#valeur(id);
    }
    if (!found || typeof found === "string") return { id, carte: null, retiree: null };
    return found.retiree ? { id, carte: null, retiree: found } : { id, carte: { ...found, url: `actions/${id}/` }, retiree: null };
  }

  /** @param {string} id */
  async #valeur(id) {
    this.manifeste ??= this.#ouvrir("manifeste.json.gz");
    this.manifeste.catch(() => (this.manifeste = undefined));
    const { debut, nombre } = await this.manifeste;
    const rang = paquet(id, nombre);
    let found = this.paquets.get(rang);
    if (!found) {
      found = this.#ouvrir(`${debut}${rang}.gz`);
      // A site rebuilt since has other packets: what is asked next starts from its manifest.
      found.catch(() => {
        this.paquets.clear();
        this.manifeste = undefined;
      });
      this.paquets.set(rang, found);
    }
    const fiches = await found;
    // « constructor » may be an id, too.
    return Object.hasOwn(fiches, id) ? fiches[id] : null;
  }

  /** @param {string} nom @returns {Promise<any>} */
  async #ouvrir(nom) {
    return json(await ouvrir(await this.charger(nom)));
  }
}
