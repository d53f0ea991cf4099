// @ts-check
// Spelling: the words of the bank that come near one that does not exist.

/** @typedef {{stem: string, count: number, form: string, letters: number, sound?: string}} Term  `letters`: which ones, a bit each; `sound`: once it was needed */
/** @typedef {{term: Term, cost: number}} Candidate */

// What a slip costs: the less, the likelier.
const NEIGHBOUR = 0.7;
const SWAP = 0.7;
const DOUBLED = 0.4;
const SAME_SOUND = 0.5;
const NEAR_SOUND = 0.8;
const OTHER_INITIAL = 0.4;
const COMMON = 0.12;
// Fewer letters are no slip of a word of another initial.
const LEAST_OF_OTHER_INITIAL = 6;
const RARE = 2;
const MOST_SILENT = 3;
const MOST_RESPELT = 5;
const LEAST_OF_MANY = 9;
const MOST_PIECES = 4;
const LONGEST_FORM = 48;
const LEFT_OUT = 7;
// So many letters before a stop word that is glued to them: the more, the shorter it is.
const LONG_HALF = 6;
const SHORT_HALF = 4;
/** Two links before a vowel, glued to it. */
const GLUED = new Map([["al", "a l"], ["del", "de l"]]);

/** « Lhopital » is « l hopital », and « space » no « s pace ». */
const NO_ELISION = /^[b-df-hj-np-tv-z][^aeiouyh]$/;

/** One slip, or what sounds the same: near enough to be taken for the word. */
export const ONE_SLIP = 1;

const AZERTY = ["azertyuiop", "qsdfghjklm", "wxcvbn"];
const FIRST_LETTER = 97;
/** By letter, those beside it on a French keyboard, a bit each. */
const NEIGHBOURS = new Uint32Array(128);
for (const [y, row] of AZERTY.entries()) {
  for (const [x, key] of [...row].entries()) {
    for (const other of [row[x + 1], AZERTY[y + 1]?.[x], AZERTY[y + 1]?.[x - 1]]) {
      if (!other) continue;
      NEIGHBOURS[key.charCodeAt(0)] |= 1 << (other.charCodeAt(0) - FIRST_LETTER);
      NEIGHBOURS[other.charCodeAt(0)] |= 1 << (key.charCodeAt(0) - FIRST_LETTER);
    }
  }
}

/** Whether two letters are beside one another on the keyboard; a digit is beside none. @param {number} a @param {number} b */
const areNeighbours = (a, b) => a >= FIRST_LETTER && b >= FIRST_LETTER && (NEIGHBOURS[a] >> (b - FIRST_LETTER)) % 2 !== 0;

/** What is heard, in the order in which it is written down. @type {[RegExp, string][]} */
const SOUNDS = [
  [/psych/g, "psik"],
  [/ph/g, "f"],
  [/ch(?=[lr]|o[lr])/g, "k"],
  [/(?<!c)h/g, ""],
  [/x(?!$)/g, "ks"],
  [/(?<=[aeou])ill/g, "y"],
  [/(.)\1/g, "$1"],
  [/qu?|k|c(?=[^eiyh]|$)/g, "k"],
  [/c(?=[eiy])|z/g, "s"],
  [/ti(?=on)/g, "si"],
  [/ge(?=[aou])|g(?=[eiy])/g, "j"],
  [/eau|au/g, "o"],
  [/[ae]i(?!n)/g, "e"],
  [/y/g, "i"],
  [/(?:a|e)(?:n|m)(?=[^aeioun m]|$)/g, "an"],
  [/(?:ai|ei|i)(?:n|m)(?=[^aeioun m]|$)/g, "in"],
  [/(.)\1/g, "$1"],
  [/(?<=..)[sx]$/g, ""],
  [/(?<=..)[etd]$/g, ""],
];

/** How a folded word sounds, roughly. @param {string} word */
export function soundOf(word) {
  return SOUNDS.reduce((sound, [pattern, heard]) => sound.replace(pattern, heard), word);
}

/** @param {string} word */
function lettersOf(word) {
  let letters = 0;
  for (let i = 0; i < word.length; i++) letters |= 1 << (word.charCodeAt(i) & 31);
  return letters;
}

/** @param {number} bits */
function countBits(bits) {
  let count = 0;
  for (; bits; bits &= bits - 1) count++;
  return count;
}

/** Each form of each term, the commonest first. @param {string[]} lines  "stem count [form …]" @returns {Term[]} */
export function parseTerms(lines) {
  return lines.flatMap((line) => {
    const [stem, count, ...forms] = line.split(" ");
    return (forms.length ? forms : [stem]).map((form) => ({ stem, count: Number(count), form, letters: lettersOf(form) }));
  });
}

/** Not a word: « 2A004 », « DMLA ». */
const CODE = /\d|^[b-df-hj-np-tv-xz]{3}.$/;

/** How far a word may be from another: not at all under four letters, two slips from eight on. @param {string} part */
const boundOf = (part) => (part.length < 4 || CODE.test(part) ? 0 : part.length < 8 ? 1 : 2);

/** How a term sounds. @param {Term} term */
const heard = (term) => (term.sound ??= soundOf(term.form));

/**
 * The terms that a word may have been meant for, the likeliest first.
 * Most are left out by the letters that they do not share: a slip changes two of them at most, another spelling of a sound five (« farmasie »).
 * @param {string} part @param {Term[]} terms @returns {Candidate[]}
 */
export function candidates(part, terms) {
  const bound = boundOf(part);
  if (!bound) return [];
  const letters = lettersOf(part);
  const sound = soundOf(part);
  /** @type {Candidate[]} */
  const near = [];
  for (const term of terms) {
    const longer = Math.abs(term.form.length - part.length);
    const others = countBits(term.letters ^ letters);
    if (term.form.length < 3 || longer > MOST_SILENT || others > MOST_RESPELT) continue;
    // Two letters that are left out (« munipal ») are fewer slips than two that are wrong.
    const most = term.form.length - part.length === 2 && part.length >= LEFT_OUT ? 2 : bound;
    let cost = longer <= most && others <= 2 * most ? slips(part, term.form, most) : Infinity;
    // What one or two actions have is hardly meant by its sound: « cencer » is « cancer », no « Sancerre ».
    if (sound.length > 3 && cost > SAME_SOUND && heard(term) === sound) cost = Math.min(cost, term.count > RARE ? SAME_SOUND : ONE_SLIP);
    else if (sound.length > 5 && cost > ONE_SLIP && term.form[0] === part[0]) cost = Math.min(cost, NEAR_SOUND + slips(sound, heard(term), 1));
    if (cost > most) continue;
    if (term.form[0] !== part[0] && heard(term)[0] !== sound[0]) cost += OTHER_INITIAL;
    cost -= COMMON * Math.min(3, Math.log10(term.count || 1));
    // « asdf » is no « SDF ».
    if (part.length >= LEAST_OF_OTHER_INITIAL || cost <= ONE_SLIP) near.push({ term, cost });
  }
  return near.sort((a, b) => a.cost - b.cost || b.term.count - a.term.count || (a.term.stem < b.term.stem ? -1 : 1));
}

/** Two rows before, one before, and this one: made once, for a word is compared with hundreds. */
const ROWS = [0, 1, 2].map(() => new Float64Array(LONGEST_FORM + 1));

/**
 * What it costs to write one word for another (optimal string alignment), or Infinity where it takes more than `bound` slips.
 * @param {string} typed @param {string} meant @param {number} bound
 */
export function slips(typed, meant, bound) {
  if (Math.abs(typed.length - meant.length) > bound || meant.length > LONGEST_FORM) return Infinity;
  let [before, last, row] = ROWS;
  for (let j = 0; j <= meant.length; j++) last[j] = j;
  let previous = 0;
  for (let i = 1; i <= typed.length; i++) {
    const a = typed.charCodeAt(i - 1);
    const again = a === previous ? DOUBLED : 1;
    let least = (row[0] = i);
    let earlier = 0;
    for (let j = 1; j <= meant.length; j++) {
      const b = meant.charCodeAt(j - 1);
      let cost = last[j - 1] + (a === b ? 0 : areNeighbours(a, b) ? NEIGHBOUR : 1);
      cost = Math.min(cost, last[j] + again, row[j - 1] + (b === earlier ? DOUBLED : 1));
      if (i > 1 && a === earlier && previous === b) cost = Math.min(cost, before[j - 2] + SWAP);
      row[j] = cost;
      if (cost < least) least = cost;
      earlier = b;
    }
    if (least > bound) return Infinity;
    previous = a;
    [before, last, row] = [last, row, before];
  }
  return last[meant.length] <= bound ? last[meant.length] : Infinity;
}

/** Whether a letter stands for an elided word: « l|air ». @param {string} rest  from the letter on */
const isElided = (rest) => /^[cdjlmnst][aeiouyh]/.test(rest);

/**
 * A word that is several: « gensduvoyage », « centredesante ». As few pieces as can be, and of these cuts the one whose rarest
 * piece is the commonest; links stand between two pieces only.
 * @param {string} part @param {(piece: string) => number} countOf @param {Set<string>} stopWords @returns {string[] | null}
 */
function cutInMany(part, countOf, stopWords) {
  if (part.length < LEAST_OF_MANY) return null;
  /** @type {({pieces: string[], words: number, least: number} | undefined)[]} by how many letters are cut */
  const best = [{ pieces: [], words: 0, least: Infinity }];
  for (let end = 1; end <= part.length; end++) {
    for (let start = 0; start < end; start++) {
      const before = best[start];
      const piece = part.slice(start, end);
      const isLink = start > 0 && end < part.length && stopWords.has(piece) && (piece.length > 1 || isElided(part.slice(start)));
      const count = isLink ? Infinity : stopWords.has(piece) ? 0 : countOf(piece);
      if (!before || !count) continue;
      const tried = { pieces: [...before.pieces, piece], words: before.words + (isLink ? 0 : 1), least: Math.min(before.least, count) };
      const other = best[end];
      if (!other || tried.pieces.length < other.pieces.length || (tried.pieces.length === other.pieces.length && tried.least > other.least)) best[end] = tried;
    }
  }
  const whole = best[part.length];
  return whole && whole.words > 1 && whole.words <= MOST_PIECES && whole.pieces.some((piece) => piece.length > 4) ? whole.pieces : null;
}

/**
 * A word that is two: « sportsante », « sansabri », « covid19 ». The cut whose rarer half is the commonest; else one in more
 * pieces; where none holds, one half may have a slip (« bucodentaire »).
 * @param {string} part @param {Term[]} terms @param {Map<string, Term>} byStem @param {Set<string>} stopWords @param {(word: string) => string} stem @returns {string[] | null}
 */
export function cut(part, terms, byStem, stopWords, stem) {
  /** @type {string[] | null} */
  let best = null;
  let most = 0;
  /** @param {string} half */
  const countOf = (half) => (half.length < 3 && !/^\d+$/.test(half) ? 0 : (byStem.get(stem(half))?.count ?? 0));
  const places = Array.from({ length: Math.max(0, part.length - 2) }, (_, i) => i + 1);
  for (const place of places) {
    const halves = [part.slice(0, place), part.slice(place)];
    if (NO_ELISION.test(part.slice(0, place + 1))) continue;
    const count = stopWords.has(halves[1]) ? 0 : Math.min(mayLead(halves, stopWords) ? Infinity : countOf(halves[0]), countOf(halves[1]));
    if (count > most) {
      most = count;
      best = [GLUED.get(halves[0]) ?? halves[0], halves[1]];
    }
  }
  best ??= cutInMany(part, countOf, stopWords);
  // « campingcar », « bienetre »: its end is a stop word.
  const before = places.find((place) => stopWords.has(part.slice(place)) && place >= (part.length - place > 3 ? SHORT_HALF : LONG_HALF) && part.length - place > 2 && countOf(part.slice(0, place)));
  best ??= before ? [part.slice(0, before), part.slice(before)] : null;
  if (best) return best;
  for (const place of places.filter((i) => i >= 4 && part.length - i >= 4)) {
    const halves = [part.slice(0, place), part.slice(place)];
    for (const sound of [0, 1]) {
      if (halves[sound].length < 5 || !countOf(halves[sound])) continue;
      const near = candidates(halves[1 - sound], terms)[0];
      if (near?.cost <= ONE_SLIP) return sound ? [near.term.form, halves[1]] : [halves[0], near.term.form];
    }
  }
  return null;
}

/** Whether the first half may be a stop word before the other: « la|nuit », « al|ecole », « l|ecole », but not « a|met ». @param {string[]} halves @param {Set<string>} stopWords */
function mayLead([first, second], stopWords) {
  if (GLUED.has(first)) return isElided(first.slice(-1) + second);
  return stopWords.has(first) && (first.length > 1 || (first === "a" ? second.length > SHORT_HALF : isElided(first + second)));
}

/** The term that goes on as a word that no action has begins (« vaccinal », « vaccination »), or that is one slip away; for a proposal. One that exists is no slip of another (« varices », « varies »), but may sound like it. @param {string} part @param {Term[]} terms @param {boolean} exists */
export function nearest(part, terms, exists) {
  const near = candidates(part, terms).find(({ term, cost }) => term.count && cost <= (exists || part.length < 6 ? SAME_SOUND : ONE_SLIP));
  const root = part.slice(0, Math.max(5, Math.ceil(part.length * 0.6)));
  const kin = part.length < 6 ? undefined : terms.filter(({ form, count }) => count > RARE && form.startsWith(root)).sort((a, b) => b.count - a.count)[0];
  return near?.term ?? kin;
}
