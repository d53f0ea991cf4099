// @ts-check
// A carnet received by a link or a file: shown, and left alone until one chooses to add it or to put it in place of one's own.

import { LIMITES, reunir } from "./carnet.js";
import { changer, completer, confirmer, dire, etat, lever, montrer, page, signaler, vues } from "./state.js";
import { nommer, recue } from "./cards.js";
import { ecrire, pluriel, un } from "../lib/dom.js";
import { deFichier, deFragment } from "./sharing.js";

/** @typedef {import("./carnet.js").Carnet} Carnet */

const zone = un(page, "[data-recu]");
/** @type {HTMLInputElement} */
const fichier = un(page, "[data-choisir]");

/** What the list was drawn from: drawn again without need, it would lose the focus. */
let dessine = { carnet: /** @type {Carnet | null} */ (null), connues: 0 };

vues.push(() => {
  const { carnet, recu, connues } = etat;
  zone.hidden = !recu;
  if (!recu) return;
  const autre = recu.carnet;
  ecrire(un(zone, "#h-recu"), `${pluriel(autre.actions.length)} : carnet reçu par ${recu.origine}`);
  ecrire(un(zone, "[data-recu-dit]"), situer(carnet, autre));
  un(zone, "[data-recu-incomplet]").hidden = recu.entier;
  un(zone, "[data-recu-remplacer]").hidden = !carnet.actions.length;
  const texte = un(zone, "[data-recu-texte]");
  texte.hidden = !autre.titre && !autre.introduction;
  un(texte, "h3").textContent = autre.titre || "Introduction";
  un(texte, "p").textContent = autre.introduction;
  if (dessine.carnet === autre && dessine.connues === connues.size) return;
  dessine = { carnet: autre, connues: connues.size };
  un(zone, "[data-recu-liste]").replaceChildren(...autre.actions.map((gardee, rang) => recue(gardee, connues.get(gardee.id), rang)));
});

/** @param {Carnet} carnet @param {Carnet} autre */
function situer(carnet, autre) {
  if (!carnet.actions.length) return "Vous le lisez seulement : votre carnet reste vide tant que vous n’ajoutez rien.";
  const known = new Set(carnet.actions.map(({ id }) => id));
  const deja = autre.actions.filter(({ id }) => known.has(id)).length;
  const part = deja ? ` Il contient déjà ${deja > 1 ? `${deja} de ces actions` : "une de ces actions"}.` : "";
  return `Vous le lisez seulement : votre carnet (${pluriel(known.size)}) n’a pas changé.${part}`;
}

/** @param {{carnet: Carnet | null, entier: boolean}} lu @param {string} origine */
function recevoir({ carnet, entier }, origine) {
  etat.recu = carnet && { carnet, entier, origine };
  if (carnet) lever("recu");
  else signaler("recu", `Ce qui a été reçu par ${origine} n’est pas un carnet lisible. Rien n’a changé.`);
  montrer();
  if (!carnet) return;
  un(zone, "#h-recu").focus();
  void completer();
}

/** A link to a place of the page is no carnet. */
export function lireAdresse() {
  const { hash } = location;
  const lu = deFragment(hash);
  if (lu) recevoir(lu, "un lien");
  else if (hash.length > 1 && !document.getElementById(hash.slice(1))) recevoir({ carnet: null, entier: false }, "un lien");
}

/** Back to one's own carnet; the address no longer holds the other. */
function fermer() {
  etat.recu = null;
  history.replaceState(null, "", location.pathname + location.search);
  montrer();
  un(page, etat.carnet.actions.length ? "#h-liste" : "#h-vide").focus();
}

un(zone, "[data-recu-fermer]").addEventListener("click", fermer);
un(zone, "[data-recu-ajouter]").addEventListener("click", () => {
  if (!etat.recu) return;
  const autre = nommes(etat.recu.carnet);
  const before = etat.carnet.actions.length;
  if (!changer((carnet) => reunir(carnet, autre))) return;
  const kept = new Set(etat.carnet.actions.map(({ id }) => id));
  const lost = autre.actions.filter(({ id }) => !kept.has(id)).length;
  fermer();
  dire(`${pluriel(kept.size - before)} de plus dans le carnet, qui en contient ${kept.size}.`);
  if (lost) signaler("plein", `Le carnet est plein (${LIMITES.actions} actions au plus) : il manque ${pluriel(lost)}.`);
});
un(zone, "[data-recu-remplacer]").addEventListener("click", async () => {
  if (!etat.recu) return;
  const autre = nommes(etat.recu.carnet);
  const suite = `${pluriel(etat.carnet.actions.length)} et vos notes seront effacées de ce navigateur, et remplacées par ${pluriel(autre.actions.length)}.`;
  if (!(await confirmer("Remplacer votre carnet ?", suite, "Remplacer")) || !changer(() => autre)) return;
  fermer();
  dire("Votre carnet est remplacé.");
});

/** A link holds ids only: the names of today are kept with them. @param {Carnet} autre @returns {Carnet} */
function nommes(autre) {
  return { ...autre, actions: autre.actions.map((gardee) => ({ ...gardee, ...nommer(gardee, etat.connues.get(gardee.id)) })) };
}

for (const bouton of page.querySelectorAll("[data-ouvrir]")) bouton.addEventListener("click", () => fichier.click());
fichier.addEventListener("change", async () => {
  const [choisi] = fichier.files ?? [];
  if (choisi) recevoir(await deFichier(choisi), "un fichier");
  fichier.value = "";
});
addEventListener("hashchange", lireAdresse);
