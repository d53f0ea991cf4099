// @ts-check
// What a query found: for each document a score, and whether it has all the words or only some.

/** @typedef {import("./shards.js").Liste} Liste */

const NEAR = 0.4;
const FEW = 3;

export class Trouvailles {
  /** @param {number} documents */
  constructor(documents) {
    this.scores = new Float32Array(documents);
    this.poids = new Float32Array(documents);
    this.nombre = new Uint8Array(documents);
    this.exclus = new Uint8Array(documents);
    /** @type {string[]} */
    this.racines = [];
    /** @type {{tape: string, pris: string}[]} */
    this.corrections = [];
    this.mots = 0;
    this.inconnus = 0;
    this.total = 0;
    this.seuil = 0;
    /** @type {"tous" | "certains"} */
    this.mode = "tous";
    /** @type {Set<number> | null} */
    this.seuls = null;
  }

  /** Whether no word was searched: everything is found. */
  get tout() {
    return this.mots + this.inconnus === 0;
  }

  /** One word, in all its variants: a document counts its best one. @param {{racine: string, part: number, liste: Liste | null}[]} variantes */
  ajouter(variantes) {
    if (!variantes.length) {
      this.inconnus++;
      return;
    }
    this.mots++;
    const best = new Float32Array(this.scores.length);
    let documents = 0;
    for (const { racine, part, liste } of variantes) {
      if (!liste) continue;
      this.racines.push(racine);
      documents = Math.max(documents, liste.documents.length * part);
      for (let i = 0; i < liste.documents.length; i++) {
        const weight = part * (liste.octets[i] >> 4);
        if (weight > best[liste.documents[i]]) best[liste.documents[i]] = weight;
      }
    }
    const rarity = Math.log(1 + this.scores.length / (documents + 2));
    this.total += rarity;
    for (let document = 0; document < best.length; document++) {
      if (!best[document]) continue;
      this.nombre[document]++;
      this.poids[document] += rarity;
      this.scores[document] += (rarity * best[document]) / 15;
    }
  }

  /** @param {Liste | null} liste */
  exclure(liste) {
    for (const document of liste?.documents ?? []) this.exclus[document] = 1;
  }

  /**
   * All the words. Where too few documents have them all, those that come near the best one are found, too: the weight of
   * the words that a document has, against the heaviest.
   */
  conclure() {
    let complete = 0;
    let heaviest = 0;
    for (let document = 0; document < this.scores.length; document++) {
      if (this.exclus[document]) continue;
      if (this.nombre[document] === this.mots) complete++;
      heaviest = Math.max(heaviest, this.poids[document]);
    }
    if (this.inconnus) this.mode = "certains";
    if (this.mots > 1 && complete < (this.mots > 2 ? FEW : 1)) {
      this.mode = "certains";
      this.seuil = heaviest * NEAR;
      for (let document = 0; document < this.scores.length; document++) {
        this.scores[document] *= this.poids[document] / this.total;
      }
    }
    return this;
  }

  /** @param {number} document */
  retient(document) {
    if (this.exclus[document] || (this.seuls && !this.seuls.has(document))) return false;
    if (this.tout) return true;
    return this.nombre[document] > 0 && (this.seuil ? this.poids[document] >= this.seuil : this.nombre[document] === this.mots);
  }

  /** The documents found, best first. @returns {number[]} */
  classes() {
    const found = [];
    for (let document = 0; document < this.scores.length; document++) if (this.retient(document)) found.push(document);
    return found.sort((a, b) => this.scores[b] - this.scores[a] || a - b);
  }

  /** Keeps only these documents. @param {number[]} documents */
  garder(documents) {
    this.seuls = new Set(documents);
  }
}
