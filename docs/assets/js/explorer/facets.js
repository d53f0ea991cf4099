// @ts-check
// The facets: unfolded, searched, counted, chosen. Made once, then only updated, so that the focus stays where it is.

import { compter, copie, ecrire, plat, pluriel, un } from "../lib/dom.js";
import { choisis } from "./state.js";

/**
 * @typedef {import("../search/engine.js").Facette} Facette
 * @typedef {import("../search/engine.js").Valeur} Valeur
 * @typedef {import("./state.js").Etat} Etat
 * @typedef {{valeur: Valeur, bloc: HTMLElement, ligne: HTMLElement, case_: HTMLInputElement, nombre: HTMLElement, enfants: HTMLElement | null, bouton: HTMLButtonElement | null, parent: Choix | null}} Choix
 */

const LONGUE = 15;

/** One facet, folded or not; its values come when they are known. */
class Volet {
  /** @param {Facette} facette @param {(cle: string, id: string) => void} choisir */
  constructor(facette, choisir) {
    this.facette = facette;
    this.choisir = choisir;
    this.details = /** @type {HTMLDetailsElement} */ (copie("facette"));
    this.details.open = facette.ouverte;
    this.fieldset = un(this.details, "fieldset");
    /** Whether its counts were asked for. */
    this.demande = false;
    /** @type {Map<string, Choix>} */
    this.choix = new Map();
    ecrire(un(this.details, ".filtres__titre"), facette.titre);
    ecrire(un(this.details, "legend"), facette.titre);
  }

  /** @param {Record<string, number> | undefined} comptes @param {string[]} actifs */
  montrer(comptes, actifs) {
    const pastille = un(this.details, ".filtres__n");
    pastille.hidden = !actifs.length;
    ecrire(pastille, String(actifs.length));
    const mot = document.createElement("span");
    mot.className = "vh";
    mot.textContent = actifs.length > 1 ? " filtres actifs" : " filtre actif";
    pastille.append(mot);
    if (!comptes) return;
    if (!this.choix.size) this.#remplir();
    for (const choix of this.choix.values()) {
      const nombre = comptes[choix.valeur.id] ?? 0;
      const checked = actifs.includes(choix.valeur.id);
      const empty = !nombre && !checked;
      compter(choix.nombre, nombre);
      // Ticked from elsewhere (address, map): shown, wherever it is folded.
      if (checked && !choix.case_.checked) this.#ouvrirVers(choix.parent);
      choix.case_.checked = checked;
      // A box that loses the focus by being disabled would lose the reader's place.
      choix.case_.disabled = empty && choix.case_ !== document.activeElement;
      un(choix.ligne, ".choix").classList.toggle("choix--nul", empty);
    }
  }

  #remplir() {
    const { valeurs, cle } = this.facette;
    /** @type {Map<string | null, Valeur[]>} */
    const parParent = new Map();
    for (const valeur of valeurs) parParent.set(valeur.parent, [...(parParent.get(valeur.parent) ?? []), valeur]);
    const racines = (parParent.get(null) ?? []).map((valeur, rang) => this.#choix(valeur, null, parParent, cle === "axe" ? rang + 1 : 0));
    un(this.fieldset, ".filtres__attente").remove();
    if (valeurs.length > LONGUE) this.fieldset.append(this.#chercher());
    this.fieldset.append(...racines.map((choix) => choix.bloc));
  }

  /** @param {Valeur} valeur @param {Choix | null} parent @param {Map<string | null, Valeur[]>} parParent @param {number} [axe] @returns {Choix} */
  #choix(valeur, parent, parParent, axe = 0) {
    const bloc = copie("choix");
    const ligne = un(bloc, ".choix-ligne");
    /** @type {HTMLInputElement} */
    const case_ = un(bloc, "input");
    case_.name = this.facette.cle;
    case_.value = valeur.id;
    case_.addEventListener("change", () => this.choisir(this.facette.cle, valeur.id));
    ecrire(un(bloc, ".choix__mot"), valeur.libelle);
    if (axe) case_.after(copie(`axe-${axe}`));
    /** @type {Choix} */
    const choix = { valeur, bloc, ligne, case_, nombre: un(bloc, ".conduite__n"), enfants: null, bouton: null, parent };
    this.choix.set(valeur.id, choix);
    const below = parParent.get(valeur.id) ?? [];
    if (below.length) this.#enfants(choix, below, parParent);
    return choix;
  }

  /** @param {Choix} choix @param {Valeur[]} below @param {Map<string | null, Valeur[]>} parParent */
  #enfants(choix, below, parParent) {
    const zone = document.createElement("div");
    const bouton = /** @type {HTMLButtonElement} */ (copie("deplier"));
    zone.className = "choix-enfants";
    zone.id = `sous-${this.facette.cle}-${choix.valeur.id}`;
    zone.hidden = true;
    zone.setAttribute("role", "group");
    zone.setAttribute("aria-label", choix.valeur.libelle);
    zone.append(...below.map((valeur) => this.#choix(valeur, choix, parParent).bloc));
    bouton.setAttribute("aria-controls", zone.id);
    ecrire(un(bouton, ".vh"), `Préciser « ${choix.valeur.libelle} »`);
    bouton.addEventListener("click", () => deplier(choix, zone.hidden));
    choix.ligne.append(bouton);
    choix.bloc.append(zone);
    choix.enfants = zone;
    choix.bouton = bouton;
  }

  /** @param {Choix | null} choix */
  #ouvrirVers(choix) {
    for (let here = choix; here; here = here.parent) deplier(here, true);
  }

  /** A field that keeps the values whose label holds what is typed, below the parents that lead to them. */
  #chercher() {
    const zone = copie("chercher");
    /** @type {HTMLInputElement} */
    const champ = un(zone, "input");
    ecrire(un(zone, ".vh"), `Chercher dans « ${this.facette.titre} »`);
    champ.addEventListener("input", () => {
      const wanted = plat(champ.value.trim());
      const kept = new Set();
      let found = 0;
      for (const choix of this.choix.values()) {
        if (!plat(choix.valeur.libelle).includes(wanted)) continue;
        found++;
        for (let here = /** @type {Choix | null} */ (choix); here; here = here.parent) kept.add(here);
      }
      for (const choix of this.choix.values()) choix.bloc.hidden = !kept.has(choix);
      for (const choix of this.choix.values()) {
        const below = [...this.choix.values()].some((other) => other.parent === choix && kept.has(other));
        deplier(choix, wanted ? below : this.#porteUnChoisi(choix));
      }
      ecrire(un(zone, "[role=status]"), wanted ? (found ? pluriel(found, "valeur") : "Aucune valeur ne contient ce mot.") : "");
    });
    return zone;
  }

  /** @param {Choix} choix */
  #porteUnChoisi(choix) {
    return [...this.choix.values()].some((other) => other.case_.checked && other !== choix && choix.bloc.contains(other.bloc));
  }
}

/** @param {Choix} choix @param {boolean} ouvert */
function deplier(choix, ouvert) {
  if (!choix.enfants || !choix.bouton) return;
  choix.enfants.hidden = !ouvert;
  choix.bouton.setAttribute("aria-expanded", String(ouvert));
}

/** All the facets. */
export class Facettes {
  /** @param {HTMLElement} zone @param {{choisir: (cle: string, id: string) => void, ouvrir: () => void}} actions */
  constructor(zone, actions) {
    this.zone = zone;
    this.actions = actions;
    /** @type {Map<string, Volet>} */
    this.volets = new Map();
  }

  /** @param {Facette[]} facettes */
  construire(facettes) {
    // The engine opened anew: same facets, other files.
    for (const facette of facettes) {
      const volet = this.volets.get(facette.cle);
      if (volet) volet.facette = facette;
    }
    if (this.volets.size) return;
    for (const facette of facettes) {
      const volet = new Volet(facette, this.actions.choisir);
      volet.details.addEventListener("toggle", () => volet.details.open && !volet.demande && this.actions.ouvrir());
      this.volets.set(facette.cle, volet);
    }
    this.zone.replaceChildren(...[...this.volets.values()].map((volet) => volet.details));
  }

  /** The keys whose counts are to be asked for: of what is unfolded, or was. */
  demander() {
    const wanted = [...this.volets.values()].filter((volet) => volet.details.open || volet.demande);
    for (const volet of wanted) volet.demande = true;
    return wanted.map((volet) => volet.facette.cle);
  }

  /** @param {Record<string, Record<string, number>>} comptes @param {Etat} etat */
  montrer(comptes, etat) {
    for (const [cle, volet] of this.volets) volet.montrer(comptes[cle], etat.filtres[cle] ?? []);
  }

  /** @param {string} cle @returns {Valeur[]} */
  valeurs(cle) {
    return this.volets.get(cle)?.facette.valeurs ?? [];
  }

  /** @param {string} cle @param {string} id */
  libelle(cle, id) {
    return this.valeurs(cle).find((valeur) => valeur.id === id)?.libelle ?? id;
  }

  /** The rank of an axis, from 1; 0 for what is no axis. @param {string} cle @param {string} id */
  rangAxe(cle, id) {
    return cle === "axe" ? 1 + (this.valeurs("axe").findIndex((valeur) => valeur.id === id)) : 0;
  }

  /** The chips of what is chosen. @param {HTMLElement} liste @param {Etat} etat */
  puces(liste, etat) {
    const all = choisis(etat);
    liste.hidden = !all.length;
    liste.replaceChildren(
      ...all.map(([cle, id]) => {
        const puce = copie("puce");
        const bouton = un(puce, "button");
        ecrire(un(bouton, "span"), this.libelle(cle, id));
        const rang = this.rangAxe(cle, id);
        if (rang) bouton.prepend(copie(`axe-${rang}`));
        bouton.addEventListener("click", () => this.actions.choisir(cle, id));
        return puce;
      }),
    );
  }
}
