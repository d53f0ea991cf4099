// @ts-check
// Spelling: the word of the bank that is nearest to one that it does not know.

/** @typedef {{stem: string, count: number, form: string}} Term */

/** @param {string[]} lines  "stem count [form]" @returns {Term[]} */
export function parseTerms(lines) {
  return lines.map((line) => {
    const [stem, count, form] = line.split(" ");
    return { stem, count: Number(count), form: form ?? stem };
  });
}

/**
 * The nearest term: one slip allowed, two from eight letters; then the one with the same first letter, then the commonest.
 * @param {string} part @param {string} stem @param {Term[]} terms @returns {Term | null}
 */
export function correct(part, stem, terms) {
  if (part.length < 4 || /^\d+$/.test(part)) return null;
  const bound = part.length >= 8 ? 2 : 1;
  /** @type {Term | null} */
  let best = null;
  let bestCost = Infinity;
  for (const term of terms) {
    const distance = Math.min(editDistance(part, term.form, bound), editDistance(stem, term.stem, stem.length >= 4 ? bound : 0));
    if (distance > bound) continue;
    const cost = distance * 10 + (term.form[0] === part[0] ? 0 : 5) - Math.min(4, Math.log10(term.count + 1));
    if (cost < bestCost) {
      best = term;
      bestCost = cost;
    }
  }
  return best;
}

/**
 * Damerau-Levenshtein distance (optimal string alignment), or more than `bound` as soon as that is sure.
 * @param {string} a @param {string} b @param {number} bound
 */
export function editDistance(a, b, bound) {
  if (Math.abs(a.length - b.length) > bound) return bound + 1;
  /** @type {number[]} */
  let before = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, before[j - 2] + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > bound) return bound + 1;
    before = last;
    last = row;
  }
  return last[b.length];
}
