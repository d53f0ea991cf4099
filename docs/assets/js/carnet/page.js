// @ts-check
// The carnet's page: starts it, prints it, and says what was set aside.

import { saveFile } from "../lib/csv.js";
import { one, plural, setText } from "../lib/dom.js";
import { fetchRecit, readTelling } from "../lib/recits.js";
import { t } from "../lib/texts.js";
import { identityLine, namesOf, warningOf } from "./cards.js";
import { STORAGE_KEY } from "./carnet.js";
import { fillDossier, wholeRecit } from "./dossier.js";
import { ROOM, casesOf, fillElus } from "./elus.js";
import { store } from "./keep.js";
import { saveAll } from "./own.js";
import { readAddress } from "./received.js";
import { loadFiches, page, renderers, reread, state } from "./state.js";

/** @type {HTMLInputElement} */
const wholeRecits = one(page, "[data-entiers]");
const progress = one(page, "[data-lecture]");
const canonical = /** @type {HTMLLinkElement} */ (one(document, "link[rel=canonical]")).href;

const PATIENCE = 1500;

/** Pages of récits, once read. @type {Map<string, Document>} */
const recits = new Map();
/** Whether the next print is the short dossier, for those who decide. */
let forElus = false;

/** @param {import("./carnet.js").KeptAction} kept */
const permalink = ({ id }) => new URL(`../actions/${id}/`, canonical).href;

/** Writes the dossier that paper shows, so that the browser's own « Imprimer » prints it, too. */
function prepareDossier() {
  const { carnet, received, known } = state;
  const shown = received?.carnet ?? carnet;
  const zone = one(page, "[data-dossier]");
  zone.classList.toggle("dossier--elus", forElus);
  if (forElus) return fillElus(zone, shown, casesRead(shown));
  const parts = shown.actions.map((kept) => {
    const fiche = known.get(kept.id);
    const recit = !received && wholeRecits.checked ? recits.get(kept.id) : undefined;
    return {
      ...namesOf(kept, fiche),
      note: kept.note,
      autour: fiche?.card?.autour ?? "",
      resume: fiche?.card?.resume ?? "",
      identity: fiche?.card ? identityLine(fiche.card) : "",
      notice: warningOf(fiche),
      adresse: permalink(kept),
      recit: recit && wholeRecit(recit),
    };
  });
  fillDossier(zone, shown, parts);
}

/** The first actions of a carnet whose récits were read. @param {import("./carnet.js").Carnet} carnet */
function casesRead(carnet) {
  return casesOf(carnet).flatMap((kept) => {
    const recit = recits.get(kept.id);
    return recit ? [{ titre: namesOf(kept, state.known.get(kept.id)).titre, note: kept.note, adresse: permalink(kept), telling: readTelling(recit) }] : [];
  });
}

async function printDossier() {
  saveAll();
  await loadFiches();
  if (wholeRecits.checked && !state.received) await readRecits(state.carnet.actions, t`le dossier n’en donne que le résumé.`);
  prepareDossier();
  print();
}

async function printForElus() {
  saveAll();
  await loadFiches();
  const { carnet } = state;
  await readRecits(casesOf(carnet), t`il manque au dossier.`);
  if (!casesRead(carnet).length) return;
  const long = carnet.introduction.length - ROOM.question;
  const notes = casesOf(carnet).filter(({ note }) => note.length > ROOM.note).length;
  if (long > 0 || notes) {
    progress.hidden = false;
    setText(progress, [long > 0 && t`L’introduction est abrégée de ${plural(long, t`signe`, t`signes`)}.`, notes && t`${plural(notes, t`note abrégée`, t`notes abrégées`)} à ${ROOM.note} signes.`].filter(Boolean).join(" "));
  }
  forElus = true;
  prepareDossier();
  print();
}

/** The récits of these actions; how far it is gets said, and which number did not arrive. @param {import("./carnet.js").KeptAction[]} actions @param {string} without  what becomes of the dossier */
async function readRecits(actions, without) {
  const wanted = actions.filter(({ id }) => state.known.get(id)?.card && !recits.has(id));
  let done = 0;
  const showProgress = () => setText(progress, t`Lecture des récits : ${done} sur ${wanted.length}`);
  progress.hidden = !wanted.length;
  showProgress();
  for (const { id } of wanted) {
    try {
      recits.set(id, await fetchRecit(id));
      done++;
      showProgress();
    } catch (error) {
      console.info("Récit non lu.", error);
    }
  }
  const lost = wanted.length - done;
  progress.hidden = !lost;
  setText(progress, lost > 1 ? t`${lost} récits ne sont pas arrivés : ${without}` : t`Un récit n’est pas arrivé : ${without}`);
}

for (const button of page.querySelectorAll("[data-imprimer-dossier]")) button.addEventListener("click", () => void printDossier());
one(page, "[data-imprimer-elus]").addEventListener("click", () => void printForElus());
addEventListener("beforeprint", () => {
  saveAll();
  prepareDossier();
});
addEventListener("afterprint", () => (forElus = false));

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
