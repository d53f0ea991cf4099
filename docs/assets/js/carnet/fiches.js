// @ts-check
// What the bank knows today of kept ids: cards, withdrawn ones, new names of former ids. Written by inspiractions/exports/carnet.py.

import { json, unzip } from "../lib/files.js";

/**
 * @typedef {import("../search/engine.js").Card} Card
 * @typedef {{id: string, card: Card | null, retiree: {titre: string, lieux: string} | null}} Fiche  neither: the bank does not know it
 */

/** FNV-1a, 32 bits, as inspiractions/exports/carnet.py. @param {string} id @param {number} packets */
export function packetOf(id, packets) {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193) >>> 0;
  return hash % packets;
}

export class FicheFiles {
  /** @param {(name: string) => Promise<ArrayBuffer>} load  the bytes of a file of carnet/fiches/; rejects when it does not arrive */
  constructor(load) {
    this.load = load;
    /** @type {Map<number, Promise<any>>} */
    this.packets = new Map();
    /** @type {Promise<{debut: string, nombre: number}> | undefined} */
    this.manifest = undefined;
  }

  /** What is known of each id; rejects when a file does not arrive. @param {string[]} ids @returns {Promise<Map<string, Fiche>>} */
  async read(ids) {
    return new Map(await Promise.all(ids.map(async (id) => /** @type {[string, Fiche]} */ ([id, await this.#fiche(id)]))));
  }

  /** @param {string} id @returns {Promise<Fiche>} */
  async #fiche(id) {
    let entry = await this.#entry(id);
    if (typeof entry === "string") {
      id = entry;
      entry = await this.#entry(id);
    }
    if (!entry || typeof entry === "string") return { id, card: null, retiree: null };
    return entry.retiree ? { id, card: null, retiree: entry } : { id, card: { ...entry, url: `actions/${id}/` }, retiree: null };
  }

  /** @param {string} id */
  async #entry(id) {
    this.manifest ??= this.#open("manifeste.json.gz");
    this.manifest.catch(() => (this.manifest = undefined));
    const { debut, nombre } = await this.manifest;
    const rank = packetOf(id, nombre);
    let packet = this.packets.get(rank);
    if (!packet) {
      packet = this.#open(`${debut}${rank}.gz`);
      // A site rebuilt since has other packets: what is asked next starts from its manifest.
      packet.catch(() => {
        this.packets.clear();
        this.manifest = undefined;
      });
      this.packets.set(rank, packet);
    }
    const fiches = await packet;
    // « constructor » may be an id, too.
    return Object.hasOwn(fiches, id) ? fiches[id] : null;
  }

  /** @param {string} name @returns {Promise<any>} */
  async #open(name) {
    return json(await unzip(await this.load(name)));
  }
}
