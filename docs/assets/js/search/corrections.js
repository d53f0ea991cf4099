// @ts-check
// Spelling: the word of the bank that is nearest to one that it does not know.

/** @typedef {{racine: string, nombre: number, forme: string}} Terme */

/** @param {string[]} lignes  "racine nombre [forme]" @returns {Terme[]} */
export function termes(lignes) {
  return lignes.map((line) => {
    const [racine, nombre, forme] = line.split(" ");
    return { racine, nombre: Number(nombre), forme: forme ?? racine };
  });
}

/**
 * The nearest term: one slip allowed, two from eight letters; then the one with the same first letter, then the commonest.
 * @param {string} part @param {string} racine @param {Terme[]} connus @returns {Terme | null}
 */
export function corriger(part, racine, connus) {
  if (part.length < 4 || /^\d+$/.test(part)) return null;
  const bound = part.length >= 8 ? 2 : 1;
  /** @type {Terme | null} */
  let best = null;
  let bestCost = Infinity;
  for (const terme of connus) {
    const distance = Math.min(ecart(part, terme.forme, bound), ecart(racine, terme.racine, racine.length >= 4 ? bound : 0));
    if (distance > bound) continue;
    const cost = distance * 10 + (terme.forme[0] === part[0] ? 0 : 5) - Math.min(4, Math.log10(terme.nombre + 1));
    if (cost < bestCost) {
      best = terme;
      bestCost = cost;
    }
  }
  return best;
}

/**
 * Damerau-Levenshtein distance (optimal string alignment), or more than `bound` as soon as that is sure.
 * @param {string} a @param {string} b @param {number} bound
 */
export function ecart(a, b, bound) {
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
