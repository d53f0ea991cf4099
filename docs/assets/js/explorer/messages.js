// @ts-check
// What the explorer says: how many actions, for which words, and what to do where there is none.

import { copyTemplate, formatNumber, one, plural, setText, unaccent } from "../lib/dom.js";
import { placeMessages } from "./places.js";
import { address, chosenValues } from "./state.js";
import { leaderLine } from "./views.js";

/**
 * @typedef {import("./state.js").State} State
 * @typedef {import("../search/engine.js").Engine} Engine
 * @typedef {Awaited<ReturnType<import("../search/engine.js").Engine["search"]>>} Answer
 */

/** The count, said first; then for which words, and what the engine made of them. @param {HTMLElement} zone @param {Answer} answer @param {State} state @param {Engine} engine */
export function showCount(zone, answer, state, engine) {
  const words = state.q.trim();
  const { n } = engine.manifest;
  zone.replaceChildren(
    paragraph("compte__n", plural(answer.total)),
    paragraph("petit", words || answer.total < n ? `${words ? `pour « ${words} », ` : ""}sur ${formatNumber(n)}` : "dans toute la banque"),
    ...answer.corrections.map(({ typed, used }) => paragraph("avis", `Résultats pour « ${withAccents(used, answer, engine)} » : « ${typed} » n’est écrit dans aucune action.`)),
  );
  if (answer.mode === "some" && answer.total) {
    zone.append(paragraph("avis", "Aucune action ne contient tous ces mots : voici celles qui en contiennent le plus."));
  }
  zone.append(...placeMessages(answer, state), ...forAllAges(answer, state));
}

/** Who filters by age may want what is meant for every age, too. @param {Answer} answer @param {State} state */
function forAllAges(answer, state) {
  const ages = state.filtres.age ?? [];
  const forAll = answer.counts.age?.tous ?? 0;
  if (!ages.length || ages.includes("tous") || !forAll) return [];
  const p = paragraph("petit compte__ages", "");
  const a = document.createElement("a");
  a.href = address({ ...state, filtres: { ...state.filtres, age: [...ages, "tous"] }, page: 1 });
  a.toggleAttribute("data-etat", true);
  setText(a, `Ajouter ${forAll > 1 ? `les ${formatNumber(forAll)} actions` : "l’action"} pour tous les âges`);
  p.append(a);
  return [p];
}

/** A word that the index knows without its accents, as a card writes it. @param {string} word @param {Answer} answer @param {Engine} engine */
function withAccents(word, { cards, stems }, engine) {
  const marked = cards.flatMap(({ titre, resume }) => engine.mark(`${titre} ${resume}`, stems).filter((segment) => segment.marked));
  // « l’alimentation » is marked whole.
  const written = marked.map(({ text }) => text.toLowerCase().split(/['’]/).pop() ?? "");
  return written.find((form) => unaccent(form) === word) ?? word;
}

/** @param {string} className @param {string} text */
function paragraph(className, text) {
  const p = document.createElement("p");
  p.className = className;
  setText(p, text);
  return p;
}

/** Which filter to loosen, what it would give, and where to go. @param {Answer} answer @param {State} state @param {(key: string, id: string) => string} labelOf */
export function makeEmpty(answer, state, labelOf) {
  const zone = copyTemplate("vide");
  const gains = one(zone, "[data-desserrer]");
  gains.hidden = !answer.loosenings.length;
  one(gains, "ul").append(
    ...answer.loosenings.map(({ key, id, gain }) => {
      if (key === "q") return leaderLine(`Sans les mots « ${state.q.trim()} »`, gain, { ...state, q: "", page: 1 });
      if (key === "*") return leaderLine("Sans aucun filtre", gain, { ...state, filtres: {}, page: 1 });
      const others = (state.filtres[key] ?? []).filter((other) => other !== id);
      return leaderLine(`Sans « ${labelOf(key, id)} »`, gain, { ...state, filtres: { ...state.filtres, [key]: others }, page: 1 });
    }),
  );
  setText(one(zone, "[data-conseil]"), advice(answer, state));
  return zone;
}

/** @param {Answer} answer @param {State} state */
function advice(answer, state) {
  if (answer.loosenings.length) return "Votre ville mène une action qui manque ici ? Racontez-la.";
  const filtres = chosenValues(state).length ? " ou retirez des filtres" : "";
  if (state.q.trim()) return `Vérifiez l’orthographe de « ${state.q.trim()} », essayez un mot plus courant${filtres}. Votre ville mène une action qui manque ici ? Racontez-la.`;
  return "Retirez des filtres. Votre ville mène une action qui manque ici ? Racontez-la.";
}
