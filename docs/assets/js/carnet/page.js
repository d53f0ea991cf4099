// @ts-check
// The carnet's page: starts it, prints it, and says what was set aside.

import { saveFile } from "../lib/csv.js";
import { one, setText } from "../lib/dom.js";
import { identityLine, namesOf, warningOf } from "./cards.js";
import { STORAGE_KEY } from "./carnet.js";
import { fillDossier, readRecit } from "./dossier.js";
import { store } from "./keep.js";
import { saveAll } from "./own.js";
import { readAddress } from "./received.js";
import { loadFiches, page, renderers, reread, state } from "./state.js";

/** @type {HTMLInputElement} */
const wholeRecits = one(page, "[data-entiers]");
const progress = one(page, "[data-lecture]");
const canonical = /** @type {HTMLLinkElement} */ (one(document, "link[rel=canonical]")).href;

const PATIENCE = 1500;

/** Whole récits, once read. @type {Map<string, DocumentFragment>} */
const recits = new Map();

/** Writes the dossier that paper shows, so that the browser's own « Imprimer » prints it, too. */
function prepareDossier() {
  const { carnet, received, known } = state;
  const shown = received?.carnet ?? carnet;
  const parts = shown.actions.map((kept) => {
    const fiche = known.get(kept.id);
    return {
      ...namesOf(kept, fiche),
      note: kept.note,
      autour: fiche?.card?.autour ?? "",
      resume: fiche?.card?.resume ?? "",
      identity: fiche?.card ? identityLine(fiche.card) : "",
      notice: warningOf(fiche),
      adresse: new URL(`../actions/${kept.id}/`, canonical).href,
      recit: !received && wholeRecits.checked ? recits.get(kept.id) : undefined,
    };
  });
  fillDossier(one(page, "[data-dossier]"), shown, parts);
}

async function printDossier() {
  saveAll();
  if (wholeRecits.checked && !state.received) await readRecits();
  prepareDossier();
  print();
}

/** The récits of the carnet; how far it is gets said, and which number did not arrive. */
async function readRecits() {
  const wanted = state.carnet.actions.filter(({ id }) => state.known.get(id)?.card && !recits.has(id));
  let done = 0;
  const showProgress = () => setText(progress, `Lecture des récits : ${done} sur ${wanted.length}`);
  progress.hidden = !wanted.length;
  showProgress();
  for (const { id } of wanted) {
    try {
      recits.set(id, await readRecit(id));
      done++;
      showProgress();
    } catch (error) {
      console.info("Récit non lu.", error);
    }
  }
  const lost = wanted.length - done;
  progress.hidden = !lost;
  setText(progress, lost > 1 ? `${lost} récits ne sont pas arrivés : le dossier n’en donne que le résumé.` : "Un récit n’est pas arrivé : le dossier n’en donne que le résumé.");
}

for (const button of page.querySelectorAll("[data-imprimer-dossier]")) button.addEventListener("click", () => void printDossier());
addEventListener("beforeprint", () => {
  saveAll();
  prepareDossier();
});

// — What could not be read, and was set aside —

const damaged = one(page, "[data-illisible]");
renderers.push(() => (damaged.hidden = !store.unreadable()), prepareDossier);
one(damaged, "[data-enregistrer]").addEventListener("click", () => saveFile(store.unreadable() ?? "", "carnet-abime.txt", "text/plain"));
one(damaged, "[data-oublier]").addEventListener("click", () => {
  store.forgetUnreadable();
  damaged.hidden = true;
  one(page, state.carnet.actions.length ? "#h-liste" : "#h-vide").focus();
});

one(page, "[data-reessayer]").addEventListener("click", () => void loadFiches());
addEventListener("storage", ({ key }) => (key === STORAGE_KEY || key === null) && void reread());
addEventListener("pageshow", ({ persisted }) => persisted && void reread());
// « Garder » on a received card.
document.addEventListener("carnet", reread);

// Shown once the cards are whole, so that nothing moves; a slow network does not hide the list for long.
void Promise.race([reread(), new Promise((settle) => setTimeout(settle, PATIENCE))]).then(() => {
  page.hidden = false;
  readAddress();
});
