// @ts-check
// The carnet's page: starts it, prints it, and says what was set aside.

import { CLE } from "./carnet.js";
import { completer, etat, page, relire, vues } from "./state.js";
import { sauverTout } from "./own.js";
import { lireAdresse } from "./received.js";
import { avertir, ligneIdentite, nommer } from "./cards.js";
import { ecrire, pluriel, un } from "../lib/dom.js";
import { imprimable, lireRecit } from "./dossier.js";
import { entrepot } from "./keep.js";
import { enregistrer } from "../lib/csv.js";

/** @type {HTMLInputElement} */
const entiers = un(page, "[data-entiers]");
const lecture = un(page, "[data-lecture]");
const canonique = /** @type {HTMLLinkElement} */ (un(document, "link[rel=canonical]")).href;

/** Whole récits, once read. @type {Map<string, DocumentFragment>} */
const recits = new Map();

/** Writes the dossier that paper shows, so that the browser's own « Imprimer » prints it, too. */
function preparerDossier() {
  const { carnet, recu, connues } = etat;
  const montre = recu?.carnet ?? carnet;
  const pieces = montre.actions.map((gardee) => {
    const fiche = connues.get(gardee.id);
    return {
      ...nommer(gardee, fiche),
      note: gardee.note,
      autour: fiche?.carte?.autour ?? "",
      resume: fiche?.carte?.resume ?? "",
      identite: fiche?.carte ? ligneIdentite(fiche.carte) : "",
      avis: avertir(fiche),
      adresse: new URL(`../actions/${gardee.id}/`, canonique).href,
      recit: !recu && entiers.checked ? recits.get(gardee.id) : undefined,
    };
  });
  imprimable(un(page, "[data-dossier]"), montre, pieces);
}

async function imprimer() {
  sauverTout();
  if (entiers.checked && !etat.recu) await lireLesRecits();
  preparerDossier();
  print();
}

/** The récits of the carnet; how far it is gets said, and which number did not arrive. */
async function lireLesRecits() {
  const wanted = etat.carnet.actions.filter(({ id }) => etat.connues.get(id)?.carte && !recits.has(id));
  let done = 0;
  const avancer = () => ecrire(lecture, `Lecture des récits : ${done} sur ${wanted.length}`);
  lecture.hidden = !wanted.length;
  avancer();
  for (const { id } of wanted) {
    try {
      recits.set(id, await lireRecit(id));
      done++;
      avancer();
    } catch (error) {
      console.info("Récit non lu.", error);
    }
  }
  const lost = wanted.length - done;
  lecture.hidden = !lost;
  ecrire(lecture, lost > 1 ? `${lost} récits ne sont pas arrivés : le dossier n’en donne que le résumé.` : "Un récit n’est pas arrivé : le dossier n’en donne que le résumé.");
}

for (const bouton of page.querySelectorAll("[data-imprimer-dossier]")) bouton.addEventListener("click", () => void imprimer());
addEventListener("beforeprint", () => {
  sauverTout();
  preparerDossier();
});

// — What could not be read, and was set aside —

const abime = un(page, "[data-illisible]");
vues.push(() => (abime.hidden = !entrepot.illisible()), preparerDossier);
un(abime, "[data-enregistrer]").addEventListener("click", () => enregistrer(entrepot.illisible() ?? "", "carnet-abime.txt", "text/plain"));
un(abime, "[data-oublier]").addEventListener("click", () => {
  entrepot.oublierIllisible();
  abime.hidden = true;
  un(page, etat.carnet.actions.length ? "#h-liste" : "#h-vide").focus();
});

un(page, "[data-reessayer]").addEventListener("click", () => void completer());
addEventListener("storage", ({ key }) => (key === CLE || key === null) && relire());
addEventListener("pageshow", ({ persisted }) => persisted && relire());
// « Garder » on a received card.
document.addEventListener("carnet", relire);

page.hidden = false;
relire();
lireAdresse();
