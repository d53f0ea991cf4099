// @ts-check
// What the explorer says: how many actions, for which words, and what to do where there is none.

import { copyTemplate, formatNumber, one, plural, setText, typography, unaccent } from "../lib/dom.js";
import { t } from "../lib/texts.js";
import { aroundMessages, placeMessages } from "./places.js";
import { address, countFilters } from "./state.js";
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
    paragraph("petit", words ? t`pour « ${words} », sur ${formatNumber(n)}` : answer.total < n ? t`sur ${formatNumber(n)}` : t`dans toute la banque`),
    ...answer.corrections.map(({ typed, used, rare }) => paragraph("avis", rare ? t`Résultats pour « ${withAccents(used, answer, engine)} » : « ${typed} » ne donne rien ici.` : t`Résultats pour « ${withAccents(used, answer, engine)} » : « ${typed} » n’est écrit dans aucune action.`)),
  );
  zone.append(...answer.unknown.map((word) => proposal(t`Aucun récit ne contient « ${asTyped(word.typed, state.q)} ».`, word, state)));
  zone.append(...answer.proposals.map((word) => proposal("", word, state)));
  const line = whereTheLineFalls(answer);
  if (line) zone.append(paragraph("avis", line));
  if (answer.tooLong) zone.append(paragraph("avis", t`Seuls les ${formatNumber(engine.manifest.bounds.words)} premiers mots sont cherchés.`));
  zone.append(...placeMessages(answer, state), ...aroundMessages(answer, state), ...forAllAges(answer, state));
}

/** How many have all the words, where some have not. @param {Answer} answer */
function whereTheLineFalls({ total, complete, mode, unknown, stems }) {
  // Where no word is left, the place alone is answered.
  if (!total || (unknown.length && !stems.length)) return "";
  if (mode === "some" && (unknown.length || !complete)) return t`Aucune action ne contient tous ces mots : voici celles qui en contiennent le plus.`;
  if (complete === total) return "";
  // Where a place or a filter leaves none of them.
  if (!complete) return total > 1 ? t`Aucune de ces actions ne contient tous ces mots : leur carte dit ce qui manque.` : t`Cette action ne contient pas tous ces mots : sa carte dit ce qui manque.`;
  const several = complete > 1 ? t`${formatNumber(complete)} actions contiennent` : t`Une action contient`;
  const rest = total - complete > 1 ? t`les autres n’en ont que l’essentiel, leur carte dit ce qui manque` : t`l’autre n’en a que l’essentiel, sa carte dit ce qui manque`;
  return t`${several} tous ces mots ; ${rest}.`;
}

/** A sentence on a word, and a near one to try. @param {string} sentence @param {Answer["proposals"][number]} word @param {State} state */
function proposal(sentence, { typed, near }, state) {
  const p = paragraph("avis", sentence);
  if (!near) return p;
  const a = document.createElement("a");
  a.href = address({ ...state, q: state.q.replace(asTyped(typed, state.q), near), page: 1 });
  a.toggleAttribute("data-etat", true);
  setText(a, near);
  p.append(sentence ? t` Vouliez-vous dire ` : t`Vouliez-vous dire `, a, typography(" ?"));
  return p;
}

/** A folded word as it stands in the query. @param {string} folded @param {string} q */
function asTyped(folded, q) {
  return q.split(/[^\p{L}\p{N}]+/u).find((word) => unaccent(word) === folded) ?? folded;
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
  setText(a, forAll > 1 ? t`Ajouter les ${formatNumber(forAll)} actions pour tous les âges` : t`Ajouter l’action pour tous les âges`);
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
      if (key === "q") return leaderLine(t`Sans les mots « ${state.q.trim()} »`, gain, { ...state, q: "", page: 1 });
      if (key === "*") return leaderLine(t`Sans aucun filtre`, gain, { ...state, filtres: {}, autour: "", page: 1 });
      if (key === "autour") return leaderLine(t`Sans « Autour : ${state.autour} »`, gain, { ...state, autour: "", page: 1 });
      if (key === "km") return leaderLine(t`Jusqu’à ${id} km autour`, gain, { ...state, km: Number(id), page: 1 });
      const others = (state.filtres[key] ?? []).filter((other) => other !== id);
      return leaderLine(t`Sans « ${labelOf(key, id)} »`, gain, { ...state, filtres: { ...state.filtres, [key]: others }, page: 1 });
    }),
  );
  setText(one(zone, "[data-conseil]"), advice(answer, state));
  return zone;
}

/** @param {Answer} answer @param {State} state */
function advice(answer, state) {
  if (answer.nothingToSearch) return t`Rien à chercher dans « ${state.q.trim()} » : écrivez un mot qui dit le sujet, le lieu ou le public.`;
  if (answer.loosenings.length) return t`Votre ville mène une action qui manque ici ? Racontez-la.`;
  const filtres = countFilters(state) ? t` ou retirez des filtres` : "";
  if (answer.unknown.length && answer.unknown.every(({ exists }) => exists)) return t`Essayez un mot plus courant${filtres}. Votre ville mène une action qui manque ici ? Racontez-la.`;
  if (state.q.trim()) return t`Vérifiez l’orthographe de « ${state.q.trim()} », essayez un mot plus courant${filtres}. Votre ville mène une action qui manque ici ? Racontez-la.`;
  return t`Retirez des filtres. Votre ville mène une action qui manque ici ? Racontez-la.`;
}
