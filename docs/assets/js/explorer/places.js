// @ts-check
// What the explorer says of the places that the words name.

import { copyTemplate, formatNumber, one, plural, setText } from "../lib/dom.js";
import { t } from "../lib/texts.js";
import { address } from "./state.js";

/**
 * @typedef {import("./messages.js").Answer} Answer
 * @typedef {import("./state.js").State} State
 */

const MOST_NAMESAKES = 5;
// Fewer than a page of them.
const LITTLE = 10;

/** « Tours (37) », « Bretagne ». @param {import("../search/places.js").Homonym} homonym */
const labelOf = ({ place, numero }) => (numero ? `${place.nom} (${numero})` : place.nom);

/** « Le Blanc (Indre, Centre-Val de Loire) ». @param {Answer["lieux"][number]} lieu */
function fullName({ place, departement }) {
  const around = departement ? [departement.nom, departement.autour] : [place.autour];
  const others = [...new Set(around)].filter((name) => name && name !== place.nom);
  return others.length ? `${place.nom} (${others.join(", ")})` : place.nom;
}

/** Of a commune, an EPCI or a postcode: « Alès (30) ». @param {import("../search/places.js").Place} place */
const numbered = ({ nom, autour }) => (autour ? `${nom} (${autour})` : nom);

/**
 * A chip for each place or number that the words name: taken off, it leaves the query, or becomes a word of it; and one for the place that is looked around.
 * @param {Answer} answer @param {State} state @param {(q: string) => void} takeOff @param {() => void} lookEverywhere
 */
export function placeChips({ lieux, mesures, ecartees, autour, centre }, state, takeOff, lookEverywhere) {
  const chips = lieux.map((lieu) => placeChip(t`Lieu : ${labelOf(lieu)}`, () => takeOff(lieu.sans)));
  if (!ecartees) chips.push(...mesures.map(({ titre, texte, sans }) => placeChip(`${titre} : ${texte}`, () => takeOff(sans))));
  if (autour) chips.push(placeChip(t`Autour : ${autour.place ? numbered(autour.place) : `« ${state.autour} »`}, ${autour.km} km`, centre ? () => takeOff(centre.sans) : lookEverywhere));
  return chips;
}

/** @param {string} text @param {() => void} remove */
function placeChip(text, remove) {
  const chip = copyTemplate("puce");
  const button = one(chip, "button");
  setText(one(button, "span"), text);
  button.addEventListener("click", remove);
  return chip;
}

/** Around which place one looks, and the others of its name; or that none bears it. @param {Answer} answer @param {State} state */
export function aroundMessages({ autour, total }, state) {
  if (!autour) return [];
  const { place, autres } = autour;
  if (!place) return [line("avis", [t`Aucune commune, aucune intercommunalité ni aucun code postal ne s’appelle « ${state.autour} » : vérifiez l’orthographe, ou écrivez le code postal.`])];
  const others = autres.slice(0, MOST_NAMESAKES).map((autre) => linkTo({ ...state, autour: `${autre.nom} (${autre.autour})`, page: 1 }, numbered(autre)));
  return [
    ...(total && (!state.tri || state.tri === "distance") ? [line("petit", [t`Distances depuis ${numbered(place)}, à vol d’oiseau.`])] : []),
    ...(others.length ? [line("petit", [t`Autres lieux de ce nom : `, ...joined(others)])] : []),
  ];
}

/** What the circle of the map is. @param {HTMLElement} p @param {import("../search/places.js").Place | null} place @param {number} km */
export function showAround(p, place, km) {
  p.hidden = !place;
  setText(p, place ? t`Le cercle marque ${km} km autour du lieu demandé : ${numbered(place)}. Les nombres ne comptent que les actions qui s’y trouvent.` : "");
}

/** The field where a place is asked for, and how far. */
export class AroundForm {
  /** @param {HTMLElement} form @param {(autour: string, km: number) => void} look */
  constructor(form, look) {
    /** @type {HTMLInputElement} */
    this.field = one(form, "input");
    /** @type {HTMLSelectElement} */
    this.radius = one(form, "select");
    const ask = () => look(this.field.value.trim(), Number(this.radius.value));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      ask();
    });
    this.radius.addEventListener("change", () => this.field.value.trim() && ask());
  }

  /** @param {State} state */
  show({ autour, km }) {
    // What is being written stays.
    if (document.activeElement !== this.field) this.field.value = autour;
    this.radius.value = String(km);
  }
}

/** What is said below the count. @param {Answer} answer @param {State} state */
export function placeMessages(answer, state) {
  const { offerts, total, centre } = answer;
  const lieux = centre ? [centre] : answer.lieux;
  const proches = answer.proches || (lieux.length > 0 && !total);
  return [
    ...measureMessages(answer),
    ...(answer.lieux.length && !proches ? [line("petit", [t`Lieu : ${lieux.map(fullName).join(" ; ")}. `, ...lookFurther(lieux, total, state)])] : []),
    ...(proches ? [line("avis", [nothingThere(answer)]), ...whatIsThere(answer, state), ...wider(answer, state)] : []),
    ...lieux.filter(({ autres }) => autres.length).map(({ autres }) => line("petit", [t`Autres lieux de ce nom : `, ...joined(autres.map((autre) => linkTo({ ...state, q: autre.avec, page: 1 }, labelOf(autre))))])),
    ...offerts.map((offert) => line("petit", [t`« ${offert.place.nom} » est aussi un lieu : `, linkTo(offeredState(offert, state), labelOf(offert) + (offert.actions ? `, ${plural(offert.actions)}` : ""))])),
  ];
}

/** Links to what is around a city that the words name, and to what the whole bank has where the place has little. @param {Answer["lieux"]} lieux @param {number} total @param {State} state */
function lookFurther(lieux, total, state) {
  const [{ place, sans }] = lieux;
  if (lieux.length > 1) return [];
  const links = ["commune", "village", "epci"].includes(place.genre) ? [linkTo({ ...state, q: sans, autour: numbered(place), page: 1 }, t`Chercher à ${state.km} km autour`)] : [];
  if (sans.trim() && total < LITTLE) links.push(linkTo({ ...state, q: sans, page: 1 }, t`Chercher dans toute la banque`));
  return joined(links);
}

/** By which values the numbers of the query filter, or that no action meets them. @param {Answer} answer */
function measureMessages({ mesures, ecartees }) {
  if (!mesures.length) return [];
  if (!ecartees) return [line("petit", [mesures.map(({ titre, valeurs }) => `${titre} : ${valeurs.join(t` ou `)}`).join(" ; ")])];
  return [line("avis", [t`Aucune action trouvée ne répond à ${mesures.map(({ texte }) => `« ${texte} »`).join(t` et `)} : ${mesures.length > 1 ? t`ces filtres sont laissés` : t`ce filtre est laissé`} de côté.`])];
}

/** @param {Answer} answer */
function nothingThere({ lieux: named, centre, autour, cards, territoire }) {
  const lieux = centre ? [centre] : named;
  const actions = lieux.reduce((sum, lieu) => sum + lieu.actions, 0);
  const why = centre ? t`aucune action à moins de ${autour?.km} km ne répond à toute cette recherche` : actions ? t`aucune de ses actions ne répond à toute cette recherche` : isOutside(lieux, territoire) ? t`hors du territoire de la banque` : t`aucune action n’y est encore racontée`;
  const linked = cards.some(({ lien }) => lien);
  const next = linked ? t` Voici celles qui la nomment ou qui couvrent tout son territoire, et les plus proches, avec leur distance.` : cards.length > 1 ? t` Voici les plus proches, avec leur distance.` : cards.length ? t` Voici la plus proche, avec sa distance.` : "";
  return `${lieux.map(fullName).join(" ; ")} : ${why}.${next}`;
}

/** A link to the actions of a place, where nothing else is found. @param {Answer} answer @param {State} state */
function whatIsThere({ total, lieux }, state) {
  const actions = lieux.reduce((sum, lieu) => sum + lieu.actions, 0);
  if (total || !actions) return [];
  return [line("petit", [linkTo({ ...state, q: "", filtres: { ...state.filtres, territoire: lieux.flatMap(({ place }) => place.codes) }, page: 1 }, t`Voir ${plural(actions)} de ce lieu`)])];
}

/** Whether none of some places lies where the bank is about. @param {Answer["lieux"]} lieux @param {string[]} [territoire] */
const isOutside = (lieux, territoire) => territoire !== undefined && !lieux.some(({ place, departement }) => (departement ?? place).codes.some((code) => territoire.includes(code)));

/** The département and the région around a place without an action, where they have some. @param {Answer} answer @param {State} state */
function wider({ lieux: named, centre, ailleurs }, state) {
  const lieux = centre ? [centre] : named;
  const around = lieux.flatMap(({ departement, sans }) => (departement ? [{ code: departement.codes[0], nom: departement.nom, sans }] : []));
  const links = around
    .filter(({ code }) => ailleurs.get(code))
    .map(({ code, nom, sans }) => linkTo({ ...state, q: sans, filtres: { ...state.filtres, territoire: [code] }, page: 1 }, `${nom} (${formatNumber(Number(ailleurs.get(code)))})`));
  return links.length ? [line("petit", [t`Autour : `, ...joined(links)])] : [];
}

/** @param {Answer["offerts"][number]} offert @param {State} state @returns {State} */
function offeredState({ place, avec, sans }, state) {
  if (avec) return { ...state, q: avec, page: 1 };
  return { ...state, q: sans, filtres: { ...state.filtres, territoire: place.codes }, page: 1 };
}

/** @param {State} state @param {string} text */
function linkTo(state, text) {
  const a = document.createElement("a");
  a.href = address(state);
  a.toggleAttribute("data-etat", true);
  setText(a, text);
  return a;
}

/** @param {HTMLElement[]} links @returns {(string | HTMLElement)[]} */
const joined = (links) => links.flatMap((link, i) => (i ? [", ", link] : [link]));

/** @param {string} className @param {(string | HTMLElement)[]} parts */
function line(className, parts) {
  const p = document.createElement("p");
  p.className = className;
  p.append(...parts.map((part) => {
    if (typeof part !== "string") return part;
    const span = document.createElement("span");
    setText(span, part);
    return span;
  }));
  return p;
}
