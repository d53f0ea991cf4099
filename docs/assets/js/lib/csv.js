// @ts-check
// The selection as a CSV file that French spreadsheets open as it is.

import { axisLabels, cardUrl, qpvLabel } from "./cards.js";
import { HAS_QPV } from "./identity.js";
import { t } from "./texts.js";

/** @typedef {import("../search/engine.js").Card} Card */
/** @typedef {import("../search/engine.js").FacetValue} FacetValue */

const HEADER = [
  t`Titre`, t`Lieu`, t`Département ou région`, t`Période`, t`Âges`, t`Axes`, ...(HAS_QPV ? [t`QPV`] : []), t`Résumé`, t`Adresse`, t`Habitants (arrondi)`,
  t`Montants (€)`, t`Par`, t`Année`, t`Ce que chaque somme couvre`, t`Ordre de coût`,
];
/** Between several amounts of an action. */
const SEPARATOR = " | ";

const NOTE = t`Note`;
const DISTANCE = t`Distance (km)`;

/** A line a card. @param {Card[]} cards @param {FacetValue[]} axes @param {string[]} [notes]  one a card: a last column */
export function csv(cards, axes, notes) {
  const isFar = cards.some(({ distance }) => distance !== undefined);
  const header = [...HEADER, ...(isFar ? [DISTANCE] : []), ...(notes ? [NOTE] : [])];
  const rows = cards.map((card, rank) => [
    card.titre,
    card.lieux,
    card.autour,
    card.periode,
    card.ages,
    axisLabels(card, axes).join(", "),
    ...(HAS_QPV ? [qpvLabel(card)] : []),
    card.resume,
    cardUrl(card),
    card.habitants?.replace(/\D/g, "") ?? "",
    ...[0, 1, 2, 3].map((part) => (card.montants ?? []).map((amount) => amount[part] ?? "").join(SEPARATOR)),
    card.cout ?? "",
    ...(isFar ? [String(card.distance ?? "")] : []),
    ...(notes ? [notes[rank]] : []),
  ]);
  return table([header, ...rows]);
}

/** UTF-8 with its mark, semicolons, CRLF. @param {string[][]} rows */
export const table = (rows) => `\ufeff${rows.map((row) => row.map(cell).join(";")).join("\r\n")}\r\n`;

/** Quoted; a cell that a spreadsheet would run as a formula starts with an apostrophe (OWASP, « CSV Injection »). @param {string} text */
function cell(text) {
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** Hands a text over as a file. @param {string} text @param {string} name @param {string} [kind] */
export function saveFile(text, name, kind = "text/csv") {
  const a = document.createElement("a");
  a.href = URL.createObjectURL(new Blob([text], { type: `${kind};charset=utf-8` }));
  a.download = name;
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 10_000);
}
