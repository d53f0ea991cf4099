// @ts-check
// Which words exist, in French and on the map. Twin: inspiractions/search/known_words.py.

import { reader } from "./numbers.js";
import { stem } from "./stems.js";

const FILES = 16;
const SHIFT = 4;
const MASK = (1 << 24) - 1;
const SHORT = 3;

/** The table of CRC-32 (IEEE 802.3). */
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++) byte = byte & 1 ? (byte >>> 1) ^ 0xedb88320 : byte >>> 1;
  return byte;
});

/** @param {string} ascii */
export function crc32(ascii) {
  let crc = ~0;
  for (let i = 0; i < ascii.length; i++) crc = (crc >>> 8) ^ TABLE[(crc ^ ascii.charCodeAt(i)) & 255];
  return ~crc >>> 0;
}

/** The key of a folded word: its stem, or the whole word where little is left of it. @param {string} part */
function keyOfWord(part) {
  const root = stem(part);
  return root.length <= SHORT ? part : root;
}

/** Which of the files tells of a word. @param {string} part */
export const fileOfWord = (part) => crc32(keyOfWord(part)) % FILES;

/** Hashes, told by their gaps. @param {Uint8Array} bytes @returns {Set<number>} */
export function readHashes(bytes) {
  const hashes = new Set();
  const read = reader(bytes);
  for (let value = 0; !read.done(); ) hashes.add((value += read.number()));
  return hashes;
}

/** @param {string} part @param {Set<number>} hashes of its file */
export const isKnown = (part, hashes) => [keyOfWord(part), `=${part}`].some((key) => hashes.has((crc32(key) >>> SHIFT) & MASK));
