// @ts-check
// What is asked a second time, in other words: those of a place, another place of a name, a common word for a rare one; or with less.

/**
 * @typedef {{total: number, proches: boolean, lieux: import("./places.js").NamedPlace[], corrections: {typed: string, used: string, rare?: boolean}[], proposals: {typed: string, exists: boolean, near: string}[]}} Answer
 *   what is looked at of what the engine answers
 */
/** @template {Answer} A @typedef {{ask: (q: string) => Promise<A>, engine: {readPlaces: (q: string) => Promise<import("./places.js").Reading>}, fold: (text: string) => string}} Asked */

/** @template {Answer} A @param {A} answer @param {string} q @param {Asked<A>} asked @returns {Promise<A>} */
export async function askAgain(answer, q, asked) {
  return (await inPlaces(answer, q, asked)) ?? (await amongOthers(answer, q, asked)) ?? (await ofNamesake(answer, asked)) ?? (await asCommonWord(answer, q, asked)) ?? answer;
}

/** « ile de frence » names a place once it is corrected. @template {Answer} A @param {A} answer @param {string} q @param {Asked<A>} asked @returns {Promise<A | null>} */
async function inPlaces({ corrections, lieux }, q, { ask, engine, fold }) {
  if (!corrections.length || lieux.length) return null;
  const corrected = inOtherWords(q, corrections, fold);
  const { lieux: named, reste } = await engine.readPlaces(corrected);
  const left = new Set(fold(reste).split(/[^a-z0-9]+/));
  // « hautes savoie », out of one word, is no Savoie.
  if (!named.length || corrections.some(({ used }) => used.includes(" ") && used.split(" ").some((half) => left.has(half)))) return null;
  const again = await ask(corrected);
  again.corrections = corrections;
  return again.total ? again : null;
}

/** A word that was mended is read again among the others, so that it may be of an expression: « rage de dnets ». @template {Answer} A @param {A} answer @param {string} q @param {Asked<A>} asked @returns {Promise<A | null>} */
async function amongOthers({ corrections }, q, { ask, fold }) {
  const mended = corrections.filter(({ used }) => !used.includes(" "));
  if (!mended.length) return null;
  const again = await ask(inOtherWords(q, mended, fold));
  again.corrections = [...mended, ...again.corrections];
  return again.total ? again : null;
}

/** Where a place has nothing, the first of its name that has something: « saint denis bains douches » is of Seine-Saint-Denis. @template {Answer} A @param {A} answer @param {Asked<A>} asked @returns {Promise<A | null>} */
async function ofNamesake({ proches, lieux: [named, ...others] }, { ask }) {
  if (!proches || !named || others.length) return null;
  for (const autre of named.autres) {
    const again = await ask(autre.avec);
    if (!again.total || again.proches) continue;
    again.lieux[0].autres = [named, ...named.autres].filter(({ place }) => place.codes[0] !== autre.place.codes[0]);
    return again;
  }
  return null;
}

/** « moustik », which one récit writes, leaves nothing with the others: so is the common word that it sounds like answered, and told. A word that exists (« lions ») is not replaced. @template {Answer} A @param {A} answer @param {string} q @param {Asked<A>} asked @returns {Promise<A | null>} */
async function asCommonWord({ total, proches, proposals }, q, { ask, fold }) {
  const rare = proposals.find(({ exists }) => !exists);
  if (!rare || (total && !proches)) return null;
  const again = await ask(inOtherWords(q, [{ typed: rare.typed, used: rare.near }], fold));
  again.corrections = [{ typed: rare.typed, used: rare.near, rare: true }, ...again.corrections];
  return again.total > total ? again : null;
}

/** @param {string} q @param {{typed: string, used: string}[]} replaced  folded words, each by another @param {(text: string) => string} fold */
function inOtherWords(q, replaced, fold) {
  const used = new Map(replaced.map((word) => [word.typed, word.used]));
  return q.replace(/[\p{L}\p{N}]+/gu, (word) => used.get(fold(word)) ?? word);
}

/**
 * What each removal would give where nothing is found, the most first: of a value of a filter, or of the words (« q »).
 * @param {[string, string[]][]} filters @param {(kept: [string, string[]][], anyWord: boolean) => number} count  the actions of some filters @param {boolean} hasWords
 */
export function loosen(filters, count, hasWords) {
  const gains = filters.flatMap(([key, ids]) =>
    ids.map((id) => {
      const rest = ids.filter((other) => other !== id);
      const others = filters.filter(([other]) => other !== key);
      return { key, id, gain: count(rest.length ? [...others, [key, rest]] : others, false) };
    }),
  );
  if (hasWords && filters.length) gains.push({ key: "q", id: "", gain: count(filters, true) });
  return gains.filter(({ gain }) => gain > 0).sort((a, b) => b.gain - a.gain);
}
