// @ts-check
// From French text to the stems that the search compares. Twin: inspiractions/search/stems.py (same vectors).

import { FrenchStemmer } from "../vendor/snowball-fr.js";

// Signs that readers do not see: soft hyphens, zero-width spaces and joiners.
const UNSEEN = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;
// An acronym with dots, a number in groups of three, « cet été » with what tells the noun from « a été », else a word.
const WORD =
  /(?:[\p{L}\p{N}]+['’ʼ])?(?:\p{L}\.){2,}\p{L}?(?![\p{L}\p{N}])|[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+(?![\p{L}\p{N}])|(?:[Cc]et|[Ee]n|[Uu]n|[Cc]haque|[Pp]lein|[Bb]el)[ \u00a0]été(?![\p{L}\p{N}])|[\p{L}\p{N}]+(?:['’ʼ][\p{L}\p{N}]+)*/gu;
// Written so, a stop word is another word: « mémé » is no « même », « l’été » no « a été », « nouveau-né » no « ne ».
const MEANT = /^(?:[^]+été|mémés?|né)$/;
const MEANT_PARTS = ["ete", "meme", "memes", "ne"];
const ELISION = /^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu)'/;
const LIGATURES = { œ: "oe", æ: "ae", ß: "ss", "’": "'", ʼ: "'" };

const SHORT = 3;
const ACRONYM = /^(?!ans)[a-z][b-df-hj-np-tv-xz]s$/;

// « Gère » and « préfère » are verbs; « matrice » has no masculine.
const IERE = /^(.{4,}ier|boulanger|etranger|leger|maraicher|menager|passager|usager)es?$/;
const EE = /^((?:ain|defavoris|eloign|employ|exil|fragilis|handicap|hospitalis|immigr|isol|marginalis|prostitu|refugi|retrait|salari|vaccin)e)es?$/;
const IVE = /^((?:in)?act|sport)ives?$/;
const TRICE = /^(?!(?:cica|ma)trice)(.+)trices?$/;

// « Visitent » is « visite », which Snowball leaves; « patient » and « moment » are nouns.
const VERB = /^(?!(?:.*(?:consci|consequ|curr|oher|differ|flu|compet|sc|[iy]val|pertin|[tv]i|ai)|(?:im|in)?(?:abs|acc|accid|adher|anteced|appar|arg|auv|cli|coeffici|confid|cont|contin|conting|couv|dec|decad|defici|deterg|dissid|effici|evid|exced|excell|ferv|frequ|gradi|incid|inconveni|ingredi|inher|innoc|insol|intellig|intermitt|lat|laur|lori|mecont|neglig|occid|ori|par|penit|perman|preced|pres|presid|prud|rec|recipi|refer|reg|rel|resid|serg|serp|tal|tang|transpar|turbul|urg|viol|virul))ent$)((?:.{2,}[^m]|.*(?:ai|ani|ar|dor|esti|fer|fir|for|fu|om|pri|yth)m)e)nt$/;
// Words whose stem is that of words that mean something else: « aires » and « air », « mères » and « mer », « répit » and « repas ».
const APART = new RegExp(
  "^(aine|aire|allait|ambroisie|ambulance|application|assurance|attente|audit|boite|cafe|case|chaleureux|collecte" +
    "|colonie|communication|complication|courir|don|dose|environnement|foie|habit|loyer|maine|mamie|mere|navet|nourrisson|opera|papa" +
    "|pays|pere|poux|preservatif|publication|rat|repit|seine|selle|stationnement|taxi|tennis|terrasse|testament|vente|ventilation|vue" +
    "|zona)s?$",
);

// After these vowels Snowball leaves the s of a plural: « vélos », « élus », « emplois ».
const PLURAL = /^(?!(?:gro|.*clo|(?:ex|in|re)clu|abu|confu|diffu|intru|obtu|refu)s$)(?:.{2,}[aou]|.+ui|abri|ami|balai|convoi|delai|emploi|(?:r?en)?voi|essai|loi|paroi|quai|tournoi|tri|vrai)s$|^(?:aveu|cheveu|feu|(?:en)?jeu|milieu|neveu|voeu)x$/;

const stemmer = new FrenchStemmer();
/** @type {Map<string, string>} */
const known = new Map();

/** Lower case ASCII, without accents or ligatures. @param {string} text */
export function fold(text) {
  return text
    .toLowerCase()
    .replace(/[œæß’ʼ]/g, (sign) => LIGATURES[/** @type {keyof typeof LIGATURES} */ (sign)])
    .normalize("NFKD")
    .replace(/[^\x00-\x7f]/g, "");
}

/** The Snowball stem of a folded word; where it would leave next to nothing of it, the word in the masculine singular; an acronym of three letters (« CPS ») keeps its last one; « infirmière » and « médiatrice » are read in the masculine. @param {string} part */
export function stem(part) {
  let cached = known.get(part);
  if (cached === undefined) {
    const masculine = part.replace(IERE, "$1").replace(TRICE, "$1teur").replace(IVE, "$1if").replace(EE, "$1").replace(VERB, "$1");
    const apart = APART.exec(masculine);
    // The plural: the singular of « don » is the stem of « donner ».
    cached = ACRONYM.test(part) ? part : apart ? `${apart[1]}s` : stemOf(masculine);
    const singular = masculine.replace(/[sx]$/, "");
    if (cached.length <= SHORT && singular.length - cached.length >= SHORT) cached = singular.replace(/e$/, "");
    known.set(part, cached);
  }
  return cached;
}

/** @param {string} word @returns {string} */
function stemOf(word) {
  const root = stemmer.stemWord(word);
  // The stem of a plural is that of its singular: « cancer » is « canc ».
  return `${root}s` === word || (root === word && PLURAL.test(word)) ? stemmer.stemWord(word.slice(0, -1)) : root;
}

/** NFC, without the signs that nobody sees: a word cut by a soft hyphen is one word. @param {string} text */
export const clean = (text) => text.normalize("NFC").replace(UNSEEN, "");

/** A word folded, without its elision, cut at its other apostrophes; acronyms and numbers in one piece. @param {string} word */
export function partsOfWord(word) {
  let folded = fold(word);
  if (folded.includes(".") || /^\d/.test(folded)) folded = folded.replace(/[. ]/g, "");
  for (let elision = ELISION.exec(folded); elision; elision = ELISION.exec(folded)) folded = folded.slice(elision[0].length);
  return folded.split(/[' ]/).filter(Boolean);
}

/**
 * Each word of a text: as written, its folded parts that are not stop words, where it stands (UTF-16 units).
 * @param {string} text @param {Set<string>} stopWords
 * @returns {{word: string, parts: string[], stems: string[], start: number, end: number}[]}
 */
export function words(text, stopWords) {
  return [...clean(text).matchAll(WORD)].map((match) => {
    const meant = MEANT.test(match[0].toLowerCase());
    const parts = partsOfWord(match[0]).filter((part) => !stopWords.has(part) || (meant && MEANT_PARTS.includes(part)));
    return { word: match[0], parts, stems: parts.map(stem), start: match.index, end: match.index + match[0].length };
  });
}

/** The stems of a text, in order, stop words left out. @param {string} text @param {Set<string>} stopWords */
export function stems(text, stopWords) {
  return words(text, stopWords).flatMap((word) => word.stems);
}
