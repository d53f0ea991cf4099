// @ts-check
// Themes and places for what is being typed, by their names and synonyms; a slip of the keyboard keeps its theme.

const OF_EACH_KIND = 2;
const PLACES = new Set(["region", "departement", "ville"]);
/** Its own name rather than another: « Isolement » before « Territoires spécifiques » (isolés), the city of Paris before its département. */
const OWN = 0.5;
const EXACT = 4;
const BEGINNING = 3;
/** Fewer letters begin no name that is not shown (« re » is no « REAAP »). */
const LEAST_OF_OTHERS = 3;
/** What helped or hindered is offered by the beginning of its own name, or by another one, whole. */
const LEAST_OF_LESSONS = 5;
const SHORT = 4;
/** Letters of a place that may have a slip. */
const LONG = 6;
const FARTHEST = 3;

/** @typedef {[string, string, string, number, string[]]} Row  kind, label, address, number of actions, other names (inspiractions/search/suggestions.py) */
/** @typedef {{kind: string, titre: string, url: string}} Suggestion */

/** The themes, then the places, then what helped or hindered, that what is typed most likely begins. @param {string} typed @param {Row[]} rows @param {NameKey} nameKey @returns {Promise<Suggestion[]>} */
export async function suggestFrom(typed, rows, nameKey) {
  const wanted = readTyped(typed, nameKey);
  if (wanted.key.length < 2) return [];
  let matching = scoresOf(wanted, rows);
  // « déserts » is « désert », but « roms » is no « Romans ».
  if (!matching.length && wanted.key.length > SHORT) matching = scoresOf(readTyped(typed.trim().replace(/[sx]$/i, ""), nameKey), rows);
  if (!matching.length) matching = await mistyped(wanted, rows);
  matching.sort((a, b) => b.score - a.score || b.row[3] - a.row[3] || Number(b.row[0] === "ville") - Number(a.row[0] === "ville"));
  const themes = matching.filter(({ row }) => row[0] === "theme").slice(0, OF_EACH_KIND);
  const places = matching.filter(({ row }) => PLACES.has(row[0])).slice(0, OF_EACH_KIND);
  const lessons = matching.filter(({ row }) => isLesson(row)).slice(0, 1);
  // A place that is named better than any theme comes first: « Gard » before « garde d’enfants ».
  const ordered = (places[0]?.score ?? 0) > (themes[0]?.score ?? 0) ? [...places, ...themes] : [...themes, ...places];
  return [...ordered, ...lessons].map(({ row: [kind, titre, url] }) => ({ kind, titre, url }));
}

/** @typedef {{row: Row, score: number}} Scored */

/** @param {Wanted} wanted @param {Row[]} rows @returns {Scored[]} */
const scoresOf = (wanted, rows) => rows.map((row) => ({ row, score: bestScore(wanted, row) })).filter(({ score }) => score > 0);

/** @typedef {(text: string) => string} NameKey  how names are compared (places.js) */
/** @typedef {{key: string, accented: string, nameKey: NameKey}} Wanted  folded; and in small letters where it has accents */

/** @param {string} typed @param {NameKey} nameKey @returns {Wanted} */
function readTyped(typed, nameKey) {
  const lowered = typed.trim().normalize("NFC").toLowerCase();
  const key = nameKey(lowered);
  return { key, accented: /[^\x00-\x7f]/.test(lowered) ? lowered : "", nameKey };
}

/** @param {Row} row */
const isLesson = ([kind]) => kind === "levier" || kind === "frein";

/** The best of the scores of its names. @param {Wanted} wanted @param {Row} row */
function bestScore(wanted, row) {
  const [, label, , , others] = row;
  const own = scoreOf(wanted, label);
  const other = Math.max(0, ...others.map((name) => scoreOf(wanted, name)));
  if (isLesson(row)) return wanted.key.length < LEAST_OF_LESSONS ? 0 : own >= BEGINNING ? own + OWN : other === EXACT ? other : 0;
  return Math.max(own && own + OWN, wanted.key.length < LEAST_OF_OTHERS && other < EXACT ? 0 : other);
}

/** 4: its very name; 3: how it begins; 2: a word of it; 1: how a word of it begins, which takes some letters. @param {Wanted} wanted @param {string} name */
function scoreOf({ key, accented, nameKey }, name) {
  // « âgé » is no « agent ».
  if (accented && !name.toLowerCase().includes(accented)) return 0;
  const full = nameKey(name);
  if (full === key) return EXACT;
  if (full.startsWith(key) && (key.length >= SHORT || accented || full[key.length] === " " || isProper(name))) return 3;
  if (` ${full} `.includes(` ${key} `)) return 2;
  return (key.length >= SHORT || accented) && beginsWords(key, full) ? 1 : 0;
}

/** Whether the words of one begin words of the other, in the same order: « sant ment ». @param {string} key @param {string} full */
function beginsWords(key, full) {
  const wanted = key.split(" ");
  let rank = 0;
  for (const word of full.split(" ")) if (rank < wanted.length && word.startsWith(wanted[rank])) rank++;
  return rank === wanted.length;
}

/** A name of one place or an acronym: its first letters are enough. @param {string} name */
const isProper = (name) => /^\p{Lu}[\p{L}\p{N}’-]+(?: \(\w+\))?$/u.test(name);

/** The themes of which a word was meant, and the places, the nearest first: few queries come here, and bring what spelling needs. @param {Wanted} wanted @param {Row[]} rows @returns {Promise<Scored[]>} */
async function mistyped({ key, nameKey }, rows) {
  if (key.length < SHORT + 1) return [];
  const { slips } = await import("./rare.js");
  return rows
    .filter(([kind]) => kind === "theme" || (PLACES.has(kind) && key.length >= LONG))
    .map((row) => ({ row, score: FARTHEST - slipOf(key, row, slips, nameKey) }))
    .filter(({ score }) => score > 0);
}

/** What a slip costs, of a word of a theme's names or of the name of a place; infinite where it is none. @param {string} key @param {Row} row @param {typeof import("./corrections.js").slips} slips @param {NameKey} nameKey */
function slipOf(key, [kind, label, , , others], slips, nameKey) {
  const bound = key.length >= 8 ? 2 : 1;
  if (kind !== "theme") return slips(key, nameKey(label), bound);
  // A word of a synonym says less than the whole: « espaces sans tabac » is no theme for « tabca ».
  const names = [label, ...others].map(nameKey);
  const costs = [...names, ...names[0].split(" ")].filter((name) => name.length >= SHORT).map((name) => ({ name, cost: slips(key, name, bound) }));
  // In a word of four letters, a doubled one or a neighbour (« veloo »).
  return Math.min(...costs.map(({ name, cost }) => (name.length > SHORT || cost < 1 ? cost : Infinity)));
}
