// @ts-check
// The explorer: from the address to a state, from a state to a query, from its answer to the page.

import { RACINE, oublierMoteur, ouvrirMoteur } from "../lib/access.js";
import { chiffres, ecrire, pluriel, un } from "../lib/dom.js";
import { adresse, basculer, choisis, lire } from "./state.js";
import { Facettes } from "./facets.js";
import { pageDe } from "./lists.js";
import { compte, vide } from "./messages.js";
import { csv, enregistrer } from "../lib/csv.js";
import { extraits, france, lien, liste, pages, tableau } from "./views.js";

/** @typedef {import("./state.js").Etat} Etat */
/** @typedef {import("./messages.js").Reponse} Reponse */

const FRAPPE = 150;
const PATIENCE = 400;
const PAR_PAGE = { liste: 10, carte: 10, tableau: 50 };
const IMPRIMABLES = 200;

const page = un(document, "[data-explorer]");
/** @type {HTMLInputElement} */
const champ = un(page, "#q");
/** @type {HTMLSelectElement} */
const tri = un(page, "[data-tri]");
const resultats = un(page, "[data-resultats]");
const zoneCompte = un(page, "[data-compte]");
const echec = un(page, "[data-echec]");
const puces = un(page, "[data-puces]");
const carte = un(page, "[data-france]");
const effacer = page.querySelectorAll("[data-effacer]");

/** @type {Etat} */
let etat = lire(location.search);
/** Which query was asked last: the answers to others are dropped. */
let tour = 0;
/** @type {import("../search/engine.js").Moteur | undefined} */
let moteur;
/** @type {Reponse | undefined} */
let reponse;

const facettes = new Facettes(un(page, "[data-facettes]"), {
  choisir: (cle, id) => aller(basculer(etat, cle, id)),
  ouvrir: () => void chercher(),
});

/** A step that the back button undoes. @param {Etat} nouveau */
function aller(nouveau) {
  etat = nouveau;
  history.pushState(null, "", adresse(etat));
  return chercher();
}

/** The query of the state. */
function demande() {
  const cles = new Set([...facettes.demander(), ...Object.keys(etat.filtres), ...(etat.vue === "carte" ? ["territoire"] : [])]);
  const { q, filtres } = etat;
  return { q, filtres, tri: etat.tri || /** @type {const} */ ("pertinence"), page: etat.page, parPage: PAR_PAGE[etat.vue], facettes: [...cles], prefixe: true };
}

/** The links to the views, before the answer comes: one that is clicked at once keeps what was just chosen. */
function adresserLesVues() {
  for (const a of /** @type {NodeListOf<HTMLAnchorElement>} */ (page.querySelectorAll("[data-vue]"))) {
    a.href = adresse({ ...etat, vue: /** @type {import("./state.js").Vue} */ (a.dataset.vue), page: 1 });
    if (a.dataset.vue === etat.vue) a.setAttribute("aria-current", "true");
    else a.removeAttribute("aria-current");
  }
}

async function chercher() {
  const mine = ++tour;
  adresserLesVues();
  const patience = setTimeout(() => attendre(true), PATIENCE);
  try {
    const opened = await ouvrirMoteur();
    if (opened !== moteur) preparer(opened);
    // An address may hold other words than ours.
    etat.filtres = Object.fromEntries(Object.entries(etat.filtres).filter(([cle]) => facettes.volets.has(cle)));
    const found = await opened.chercher(demande());
    if (!found.total && !found.desserrer.length && choisis(etat).length > 1) found.desserrer = await sansFiltre(opened);
    if (mine !== tour) return;
    echec.hidden = true;
    montrer(found);
    if (etat.q.trim() && etat.vue !== "tableau") await extraits(resultats, found, opened, () => mine !== tour);
  } catch (error) {
    if (mine === tour) echouer(error);
  } finally {
    clearTimeout(patience);
    if (mine === tour) attendre(false);
  }
}

/** What removing every filter would give, where removing one is not enough. @param {import("../search/engine.js").Moteur} opened */
async function sansFiltre(opened) {
  const { total } = await opened.chercher({ ...demande(), filtres: {}, page: 1, facettes: [] });
  return total ? [{ cle: "*", id: "", gain: total }] : [];
}

/** @param {import("../search/engine.js").Moteur} opened */
function preparer(opened) {
  moteur = opened;
  facettes.construire(opened.manifeste.facettes);
}

/** @param {boolean} oui */
function attendre(oui) {
  resultats.setAttribute("aria-busy", String(oui));
  page.classList.toggle("est-en-attente", oui);
}

/** What was shown stays. @param {unknown} error */
function echouer(error) {
  console.info("Recherche interrompue.", error);
  echec.hidden = false;
  if (!reponse) zoneCompte.replaceChildren();
}

/** @param {Reponse} found */
function montrer(found) {
  if (!moteur) return;
  reponse = found;
  etat.page = found.page;
  const active = document.activeElement;
  const rang = [...puces.querySelectorAll("button")].findIndex((bouton) => bouton === active);
  const axes = facettes.valeurs("axe");

  compte(zoneCompte, found, etat, moteur);
  facettes.montrer(found.facettes, etat);
  facettes.puces(puces, etat);
  if (found.total) resultats.replaceChildren(etat.vue === "tableau" ? tableau(found, moteur, axes) : liste(found, moteur, axes));
  else resultats.replaceChildren(vide(found, etat, (cle, id) => facettes.libelle(cle, id)));
  carte.hidden = etat.vue !== "carte";
  if (!carte.hidden) france(carte, found.facettes.territoire, facettes.valeurs("territoire"), etat);
  pages(un(page, "[data-pages]"), found, etat);
  annexes(found);
  outils(found);
  rendreFoyer(active, rang);
}

/** @param {Reponse} found */
function outils({ total }) {
  const nombre = choisis(etat).length;
  ecrire(un(page, "[data-filtres-mot]"), nombre ? `Filtres (${chiffres(nombre)})` : "Filtres");
  ecrire(un(page, "[data-voir]"), total ? `Voir ${pluriel(total)}` : "Aucune action");
  for (const bouton of effacer) /** @type {HTMLElement} */ (bouton).hidden = !nombre;
  const said = etat.q.trim() !== "";
  un(tri, "option").toggleAttribute("disabled", !said);
  tri.value = etat.tri === "ville" || (etat.tri === "date" && said) ? etat.tri : said ? "pertinence" : "date";
  un(page, "[data-emporter]").hidden = !total;
  partager();
  /** @type {HTMLInputElement} */ (un(page, "#adresse")).value = new URL(adresse(etat), location.href).href;
}

/** What other sites do with the selection: show it, and follow it where a feed has just that. */
function partager() {
  const choix = adresse({ ...etat, vue: "liste", page: 1 });
  /** @type {HTMLAnchorElement} */ (un(page, "[data-integrer]")).href = new URL(choix, new URL("integrer/", RACINE)).href;
  const liste = pageDe(etat, moteur?.manifeste.facettes ?? []);
  const tout = !etat.q.trim() && !choisis(etat).length;
  const fil = /** @type {HTMLAnchorElement} */ (un(page, "[data-fil]"));
  fil.hidden = !liste && !tout;
  fil.href = new URL(`${liste}fil.atom`, RACINE).href;
}

/** Pages of the site that are no action. @param {Reponse} found */
function annexes(found) {
  const zone = un(page, "[data-annexes]");
  zone.hidden = !found.annexes.length;
  un(zone, "ul").replaceChildren(
    ...found.annexes.map((annexe) => {
      const li = document.createElement("li");
      const a = document.createElement("a");
      a.href = lien(annexe);
      ecrire(a, annexe.titre);
      li.append(a);
      return li;
    }),
  );
}

/** Who stood on what is gone finds a place near it. @param {Element | null} before @param {number} rang of the chip that had the focus */
function rendreFoyer(before, rang) {
  if (!before || before === document.body || (before.isConnected && /** @type {HTMLElement} */ (before).checkVisibility())) return;
  const left = [...puces.querySelectorAll("button")];
  if (rang >= 0 && left.length) left[Math.min(rang, left.length - 1)].focus();
  else zoneCompte.focus({ preventScroll: true });
}

// What is typed counts at once, without a step in the history; a submitted form makes one.
let frappe = 0;
champ.value = etat.q;
champ.addEventListener("input", () => {
  clearTimeout(frappe);
  frappe = setTimeout(() => {
    etat = { ...etat, q: champ.value, page: 1 };
    history.replaceState(null, "", adresse(etat));
    void chercher();
  }, FRAPPE);
});
un(page, "[data-recherche]").addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(frappe);
  const nouveau = { ...etat, q: champ.value, page: 1 };
  if (adresse(nouveau) === (location.search || "./")) void chercher();
  else void aller(nouveau);
});
addEventListener("popstate", () => {
  clearTimeout(frappe);
  etat = lire(location.search);
  champ.value = etat.q;
  void chercher();
});
tri.addEventListener("change", () => aller({ ...etat, tri: /** @type {import("./state.js").Tri} */ (tri.value), page: 1 }));
for (const bouton of effacer) bouton.addEventListener("click", () => aller({ ...etat, filtres: {}, page: 1 }));

// Links to another state of this page: followed here, unless they are to open elsewhere.
page.addEventListener("click", async (event) => {
  const a = /** @type {Element} */ (event.target).closest("a[data-etat][href]");
  if (!a || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const nouveau = lire(new URL(a.getAttribute("href") ?? "", location.href).search);
  const turned = nouveau.page !== etat.page && a.closest("[data-pages]");
  champ.value = nouveau.q;
  await aller(nouveau);
  if (turned) {
    zoneCompte.focus({ preventScroll: true });
    zoneCompte.scrollIntoView();
  }
});

un(page, "[data-reessayer]").addEventListener("click", () => {
  // A module that did not arrive is not asked for again by the browser: only the page can start anew.
  if (!moteur) return location.reload();
  zoneCompte.focus({ preventScroll: true });
  oublierMoteur();
  void chercher();
});

// Small screens: the filters move into a modal sheet.
const filtres = un(page, "#filtres");
/** @type {HTMLDialogElement} */
const feuille = un(page, "[data-feuille]");
un(page, "[data-ouvrir-filtres]").addEventListener("click", () => {
  feuille.append(filtres);
  feuille.showModal();
});
feuille.addEventListener("close", () => un(page, "[data-cote]").append(filtres));
for (const bouton of page.querySelectorAll("[data-fermer]")) bouton.addEventListener("click", () => feuille.close());
matchMedia("(min-width: 48em)").addEventListener("change", ({ matches }) => matches && feuille.close());

un(page, "[data-csv]").addEventListener("click", () => emporter(async (opened, axes) => enregistrer(csv(await opened.tous(demande()), axes), "inspiractions-selection.csv")));
un(page, "[data-imprimer-tout]").addEventListener("click", () =>
  emporter(async (opened, axes) => {
    const all = await opened.chercher({ ...demande(), page: 1, parPage: IMPRIMABLES });
    resultats.replaceChildren(etat.vue === "tableau" ? tableau(all, opened, axes) : liste(all, opened, axes));
    addEventListener("afterprint", () => void chercher(), { once: true });
    print();
  }),
);

/** @param {(opened: import("../search/engine.js").Moteur, axes: import("../search/engine.js").Valeur[]) => Promise<void>} faire */
async function emporter(faire) {
  try {
    await faire(await ouvrirMoteur(), facettes.valeurs("axe"));
    echec.hidden = true;
  } catch (error) {
    echouer(error);
  }
}

page.hidden = false;
void chercher();
