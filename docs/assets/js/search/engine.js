// @ts-check
// The search engine: pure, no DOM. Opens the files that a query needs, no other (docs/adr/004-recherche.md).

import { corriger, termes } from "./corrections.js";
import { contientPhrase, extrait, marquer, presents } from "./excerpts.js";
import { Colonne, Tranche, json, lignes, ordre, ouvrir } from "./shards.js";
import { plier } from "./stems.js";
import { comprendre } from "./query.js";
import { Trouvailles } from "./matches.js";

const EXPANSIONS = 40;
const PHRASES_LUES = 60;
const ANNEXES = 3;
const TOUS = 2000;

/**
 * @typedef {Record<string, string[]>} Filtres
 * @typedef {{q?: string, filtres?: Filtres, tri?: "pertinence"|"date"|"ville", page?: number, parPage?: number, facettes?: string[], prefixe?: boolean}} Demande
 * @typedef {{id: string, url: string, titre: string, resume: string, lieux: string, autour: string, axes: string[], ages: string, periode: string, qpv: boolean, dep: string[], texte: string}} Carte
 * @typedef {import("./shards.js").Valeur} Valeur
 * @typedef {{cle: string, titre: string, adresse: string, ouverte: boolean, valeurs: Valeur[], fichier: string}} Facette  `adresse`: the folder of its values' pages, or empty
 * @typedef {{racine: string, part: number}} Variante  a stem to look up, and how much it counts
 */

export class Moteur {
  /** @param {any} manifeste @param {(nom: string) => Promise<ArrayBuffer>} charger */
  constructor(manifeste, charger) {
    this.manifeste = manifeste;
    /** @type {Set<string>} */
    this.vides = new Set(manifeste.mots_vides);
    this.charger = charger;
    /** @type {Map<string, Promise<any>>} */
    this.gardes = new Map();
  }

  /** @param {(nom: string) => Promise<ArrayBuffer>} charger  the bytes of a file of recherche/; rejects when it does not arrive */
  static async ouvrir(charger) {
    return new Moteur(json(await ouvrir(await charger("manifeste.json.gz"))), charger);
  }

  /** @param {Demande} demande */
  async chercher({ q = "", filtres = {}, tri = "pertinence", page = 1, parPage = 10, facettes, prefixe = false }) {
    const requete = comprendre(q, this.vides);
    const actifs = Object.entries(filtres).filter(([cle, ids]) => ids?.length && this.#facette(cle));
    const wanted = facettes ?? this.manifeste.facettes.filter((/** @type {Facette} */ f) => f.ouverte).map((/** @type {Facette} */ f) => f.cle);
    const cles = [...new Set([...wanted, ...actifs.map(([cle]) => cle)])].filter((cle) => this.#facette(cle));
    const [trouvailles, colonnes] = await Promise.all([
      this.#trouver(requete, prefixe),
      Promise.all(cles.map(async (cle) => /** @type {[string, Colonne]} */ ([cle, await this.#colonne(cle)]))).then((all) => new Map(all)),
    ]);
    const { documents, comptes } = trier(trouvailles, colonnes, actifs, this.manifeste.n);
    const rangs = await this.#ordonner(documents, trouvailles, tri);
    const last = Math.max(1, Math.ceil(rangs.length / parPage));
    const here = Math.min(Math.max(1, page), last);
    return {
      total: rangs.length,
      page: here,
      pages: last,
      cartes: await this.#cartes(rangs.slice((here - 1) * parPage, here * parPage)),
      annexes: here === 1 && !actifs.length ? await this.#annexes(trouvailles) : [],
      facettes: Object.fromEntries(cles.map((cle) => [cle, nommer(colonnes.get(cle), comptes.get(cle))])),
      mots: trouvailles.racines,
      corrections: trouvailles.corrections,
      mode: trouvailles.mode,
      desserrer: rangs.length ? [] : desserrer(trouvailles, colonnes, actifs, this.manifeste.n),
    };
  }

  /** Every card of a query, in its order. @param {Demande} demande */
  async tous(demande) {
    const { cartes } = await this.chercher({ ...demande, page: 1, parPage: TOUS, facettes: [] });
    return cartes;
  }

  /** Where the words are in the body, when title and summary do not show them all. @param {Carte} carte @param {string[]} mots */
  async extrait(carte, mots) {
    const racines = new Set(mots);
    for (const shown of presents(`${carte.titre} ${carte.resume}`, racines, this.vides)) racines.delete(shown);
    if (!racines.size || !carte.texte) return null;
    return extrait(await this.#lire(carte.texte, json), racines, this.vides);
  }

  /** @param {string} texte @param {string[]} mots */
  marquer(texte, mots) {
    return marquer(texte, new Set(mots), this.vides);
  }

  /** As one types: themes, cities, then actions. @param {string} debut @param {number} combien */
  async suggerer(debut, combien = 6) {
    const folded = plier(debut).trim();
    if (folded.length < 2) return [];
    /** @param {string} nom */
    const begins = (nom) => plier(nom).startsWith(folded) || plier(nom).split(/[^a-z0-9]+/).some((word) => word.startsWith(folded));
    const themes = this.#facette("theme").valeurs.filter((v) => begins(v.libelle)).slice(0, 2);
    /** @type {[string, string, number][]} */
    const villes = await this.#lire(this.manifeste.villes, json);
    const lieux = villes.filter(([, nom]) => begins(nom)).sort((a, b) => b[2] - a[2]).slice(0, 2);
    const { cartes } = await this.chercher({ q: debut, facettes: [], parPage: combien, prefixe: true });
    return [
      ...themes.map((v) => ({ genre: "theme", titre: v.libelle, url: `thematiques/${v.id}/` })),
      ...lieux.map(([slug, nom]) => ({ genre: "ville", titre: nom, url: `villes/${slug}/` })),
      ...cartes.map((carte) => ({ genre: "action", titre: carte.titre, url: carte.url })),
    ].slice(0, combien);
  }

  /** The values of a facet, cities included. @param {string} cle @returns {Promise<Valeur[]>} */
  async valeurs(cle) {
    return (await this.#colonne(cle)).valeurs;
  }

  /** @param {string} cle @returns {Facette} */
  #facette(cle) {
    return this.manifeste.facettes.find((/** @type {Facette} */ f) => f.cle === cle);
  }

  /** @param {string} cle @returns {Promise<Colonne>} */
  async #colonne(cle) {
    const facette = this.#facette(cle);
    const colonne = await this.#lire(facette.fichier, (bytes) => new Colonne(bytes, this.manifeste.n));
    facette.valeurs = colonne.valeurs;
    return colonne;
  }

  /** A file, once; one that did not arrive is asked again the next time. @template T @param {string} nom @param {(bytes: Uint8Array) => T} decoder @returns {Promise<T>} */
  #lire(nom, decoder) {
    let found = this.gardes.get(nom);
    if (!found) {
      found = this.charger(nom).then(ouvrir).then(decoder);
      found.catch(() => this.gardes.delete(nom));
      this.gardes.set(nom, found);
    }
    return found;
  }

  /** The shard that holds a stem, if any does. @param {string} racine @returns {Promise<Tranche>} */
  #tranche(racine) {
    return this.#lireTranche(this.#place(racine));
  }

  /** @param {number} place @returns {Promise<Tranche>} */
  #lireTranche(place) {
    return this.#lire(`${this.manifeste.tranches.debut}${place}.gz`, (bytes) => new Tranche(bytes));
  }

  /** The rank of the last shard that begins at or before a stem. @param {string} racine */
  #place(racine) {
    /** @type {string[]} */
    const premiers = this.manifeste.tranches.premiers;
    let low = 0;
    for (let high = premiers.length - 1; low < high; ) {
      const middle = (low + high + 1) >> 1;
      if (premiers[middle] <= racine) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The stems that begin as what is typed, the commonest first. @param {string} debut @returns {Promise<string[]>} */
  async #commencentPar(debut) {
    const first = this.#place(debut);
    const last = this.#place(`${debut}\uffff`);
    const tranches = await Promise.all(Array.from({ length: Math.min(3, last - first + 1) }, (_, i) => this.#lireTranche(first + i)));
    return tranches
      .flatMap((t) => t.racines.filter((r) => r.startsWith(debut)).map((r) => ({ r, n: t.places.get(r)?.nombre ?? 0 })))
      .sort((a, b) => b.n - a.n)
      .slice(0, EXPANSIONS)
      .map(({ r }) => r);
  }

  /** The stems to look up for a word. @param {import("./query.js").Mot} mot @param {boolean} debut @returns {Promise<Variante[]>} */
  async #variantes({ part, racine }, debut) {
    const exact = (await this.#tranche(racine)).places.has(racine) ? [{ racine, part: 1 }] : [];
    if (!debut || part.length < 2) return exact;
    const longer = (await this.#commencentPar(part)).filter((r) => r !== racine);
    return [...exact, ...longer.map((r) => ({ racine: r, part: 0.5 }))];
  }

  /** @param {import("./query.js").Requete} requete @param {boolean} prefixe */
  async #trouver(requete, prefixe) {
    const found = new Trouvailles(this.manifeste.documents);
    const last = requete.mots.length - 1;
    const variantes = await Promise.all(requete.mots.map((mot, i) => this.#variantes(mot, prefixe && requete.derniere && i === last)));
    for (const [i, mot] of requete.mots.entries()) {
      if (variantes[i].length) continue;
      const terme = corriger(mot.part, mot.racine, await this.#lire(this.manifeste.termes, (bytes) => termes(lignes(bytes))));
      if (!terme) continue;
      variantes[i] = [{ racine: terme.racine, part: 0.9 }];
      found.corrections.push({ tape: mot.part, pris: terme.forme });
    }
    for (const some of variantes) {
      found.ajouter(await Promise.all(some.map(async ({ racine, part }) => ({ racine, part, liste: (await this.#tranche(racine)).liste(racine) }))));
    }
    for (const racine of requete.exclus) found.exclure((await this.#tranche(racine)).liste(racine));
    found.conclure();
    if (requete.phrases.length) await this.#verifier(found, requete.phrases);
    return found;
  }

  /** Keeps the documents where each phrase stands word for word. @param {Trouvailles} found @param {string[][]} phrases */
  async #verifier(found, phrases) {
    const read = found.classes().filter((document) => document < this.manifeste.n).slice(0, PHRASES_LUES);
    const kept = await Promise.all(
      (await this.#cartes(read)).map(async (carte) => {
        /** @type {[string, string][]} */
        const rubriques = await this.#lire(carte.texte, json);
        const textes = [carte.titre, carte.resume, ...rubriques.flat()];
        return phrases.every((phrase) => textes.some((texte) => contientPhrase(texte, phrase, this.vides)));
      }),
    );
    found.garder(read.filter((_, i) => kept[i]));
  }

  /** @param {number[]} documents @param {Trouvailles} trouvailles @param {string} tri */
  async #ordonner(documents, trouvailles, tri) {
    if (tri === "ville") {
      const rangs = await this.#lire(this.manifeste.ordre_villes, (bytes) => ordre(bytes, this.manifeste.n));
      return documents.sort((a, b) => rangs[a] - rangs[b]);
    }
    return tri === "pertinence" && !trouvailles.tout ? documents.sort((a, b) => trouvailles.scores[b] - trouvailles.scores[a] || a - b) : documents;
  }

  /** @param {number[]} documents @returns {Promise<Carte[]>} */
  async #cartes(documents) {
    const { debut, taille } = this.manifeste.cartes;
    return Promise.all(
      documents.map(async (document) => {
        const carte = (await this.#lire(`${debut}${Math.floor(document / taille)}.gz`, json))[document % taille];
        if (document >= this.manifeste.n) return carte;
        return { ...carte, url: `actions/${carte.id}/`, texte: `${this.manifeste.textes}${document}.gz` };
      }),
    );
  }

  /** The hand-written pages that match. @param {Trouvailles} trouvailles */
  async #annexes(trouvailles) {
    if (trouvailles.tout) return [];
    const pages = trouvailles.classes().filter((document) => document >= this.manifeste.n);
    return this.#cartes(pages.slice(0, ANNEXES));
  }
}

/**
 * The actions that pass every filter, and the counts of each facet: OR inside a facet, AND between facets.
 * @param {Trouvailles} trouvailles @param {Map<string, Colonne>} colonnes @param {[string, string[]][]} actifs @param {number} n
 */
function trier(trouvailles, colonnes, actifs, n) {
  const choisis = actifs.map(([cle, ids]) => ({ cle, colonne: /** @type {Colonne} */ (colonnes.get(cle)), masque: masque(colonnes.get(cle), ids) }));
  const comptes = new Map([...colonnes].map(([cle, colonne]) => [cle, new Uint32Array(colonne.valeurs.length)]));
  /** @type {number[]} */
  const documents = [];
  for (let document = 0; document < n; document++) {
    if (!trouvailles.retient(document)) continue;
    const missed = choisis.filter(({ colonne, masque: wanted }) => !colonne.porte(document, wanted));
    if (!missed.length) documents.push(document);
    if (missed.length > 1) continue;
    for (const [cle, colonne] of colonnes) {
      if (!missed.length || missed[0].cle === cle) colonne.compter(document, /** @type {Uint32Array} */ (comptes.get(cle)));
    }
  }
  return { documents, comptes };
}

/** @param {Colonne | undefined} colonne @param {string[]} ids */
function masque(colonne, ids) {
  const wanted = new Uint8Array(colonne?.valeurs.length ?? 0);
  for (const id of ids) {
    const rang = colonne?.rangs.get(id);
    if (rang !== undefined) wanted[rang] = 1;
  }
  return wanted;
}

/** @param {Colonne | undefined} colonne @param {Uint32Array | undefined} comptes @returns {Record<string, number>} */
function nommer(colonne, comptes) {
  return Object.fromEntries((colonne?.valeurs ?? []).map((valeur, rang) => [valeur.id, comptes?.[rang] ?? 0]));
}

/**
 * What each removal would give where nothing is found.
 * @param {Trouvailles} trouvailles @param {Map<string, Colonne>} colonnes @param {[string, string[]][]} actifs @param {number} n
 */
function desserrer(trouvailles, colonnes, actifs, n) {
  /** @param {Trouvailles} found @param {[string, string[]][]} filtres */
  const count = (found, filtres) => trier(found, new Map(filtres.map(([cle]) => [cle, /** @type {Colonne} */ (colonnes.get(cle))])), filtres, n).documents.length;
  const gains = actifs.flatMap(([cle, ids]) =>
    ids.map((id) => {
      const rest = ids.filter((other) => other !== id);
      const others = actifs.filter(([other]) => other !== cle);
      return { cle, id, gain: count(trouvailles, rest.length ? [...others, [cle, rest]] : others) };
    }),
  );
  if (!trouvailles.tout && actifs.length) gains.push({ cle: "q", id: "", gain: count(new Trouvailles(n).conclure(), actifs) });
  return gains.filter(({ gain }) => gain > 0).sort((a, b) => b.gain - a.gain);
}
