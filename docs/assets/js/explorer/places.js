// @ts-check
// What the explorer says of the places that the words name.

import { copyTemplate, formatNumber, one, plural, setText } from "../lib/dom.js";
import { address } from "./state.js";

/**
 * @typedef {import("./messages.js").Answer} Answer
 * @typedef {import("./state.js").State} State
 */

/** « Tours (37) », « Bretagne ». @param {import("../search/places.js").Homonym} homonym */
const labelOf = ({ place, numero }) => (numero ? `${place.nom} (${numero})` : place.nom);

/** « Le Blanc (Indre, Centre-Val de Loire) ». @param {Answer["lieux"][number]} lieu */
function fullName({ place, departement }) {
  const around = departement ? [departement.nom, departement.autour] : [place.autour];
  const others = [...new Set(around)].filter((name) => name && name !== place.nom);
  return others.length ? `${place.nom} (${others.join(", ")})` : place.nom;
}

/** A chip for each place: taken off, its name leaves the query, or becomes a word of it. @param {Answer} answer @param {(q: string) => void} takeOff */
export function placeChips({ lieux }, takeOff) {
  return lieux.map((lieu) => {
    const chip = copyTemplate("puce");
    const button = one(chip, "button");
    setText(one(button, "span"), `Lieu : ${labelOf(lieu)}`);
    button.addEventListener("click", () => takeOff(lieu.sans));
    return chip;
  });
}

/** What is said below the count. @param {Answer} answer @param {State} state */
export function placeMessages(answer, state) {
  const { lieux, offerts, total } = answer;
  const proches = answer.proches || (lieux.length > 0 && !total);
  return [
    ...(lieux.length && !proches ? [line("petit", [`Lieu : ${lieux.map(fullName).join(" ; ")}`])] : []),
    ...(proches ? [line("avis", [nothingThere(answer)]), ...wider(answer, state)] : []),
    ...lieux.filter(({ autres }) => autres.length).map(({ autres }) => line("petit", ["Autres lieux de ce nom : ", ...joined(autres.map((autre) => linkTo({ ...state, q: autre.avec, page: 1 }, labelOf(autre))))])),
    ...offerts.map((offert) => line("petit", [`« ${offert.place.nom} » est aussi un lieu : `, linkTo(offeredState(offert, state), labelOf(offert) + (offert.actions ? `, ${plural(offert.actions)}` : ""))])),
  ];
}

/** @param {Answer} answer */
function nothingThere({ lieux, cards }) {
  const actions = lieux.reduce((sum, lieu) => sum + lieu.actions, 0);
  const why = actions ? "aucune de ses actions ne répond à cette recherche" : "aucune action n’y est encore racontée";
  const linked = cards.some(({ lien }) => lien);
  const next = linked ? " Voici celles qui la nomment ou qui couvrent tout son territoire, et les plus proches, avec leur distance." : cards.length > 1 ? " Voici les plus proches, avec leur distance." : cards.length ? " Voici la plus proche, avec sa distance." : "";
  return `${lieux.map(fullName).join(" ; ")} : ${why}.${next}`;
}

/** The département and the région around a place without an action, where they have some. @param {Answer} answer @param {State} state */
function wider({ lieux, counts }, state) {
  const around = lieux.flatMap(({ departement, sans }) => (departement ? [{ code: departement.codes[0], nom: departement.nom, sans }] : []));
  const links = around
    .filter(({ code }) => counts.territoire?.[code])
    .map(({ code, nom, sans }) => linkTo({ ...state, q: sans, filtres: { ...state.filtres, territoire: [code] }, page: 1 }, `${nom} (${formatNumber(counts.territoire[code])})`));
  return links.length ? [line("petit", ["Autour : ", ...joined(links)])] : [];
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
