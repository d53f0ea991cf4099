// @ts-check
// The selection as a CSV file that French spreadsheets open as it is.

import { motsDesAxes } from "./cards.js";
import { lien } from "../explorer/views.js";

/** @typedef {import("../search/engine.js").Carte} Carte */
/** @typedef {import("../search/engine.js").Valeur} Valeur */

const TETE = ["Titre", "Lieu", "Département ou région", "Période", "Âges", "Axes", "QPV", "Résumé", "Adresse"];

/** UTF-8 with its mark, semicolons, CRLF. @param {Carte[]} cartes @param {Valeur[]} axes @param {string[]} [notes]  one a card: a last column */
export function csv(cartes, axes, notes) {
  const lignes = cartes.map((carte, rang) => [
    carte.titre,
    carte.lieux,
    carte.autour,
    carte.periode,
    carte.ages,
    motsDesAxes(carte, axes).join(", "),
    carte.qpv ? "oui" : "",
    carte.resume,
    lien(carte),
    ...(notes ? [notes[rang]] : []),
  ]);
  return `\ufeff${[notes ? [...TETE, "Note"] : TETE, ...lignes].map((ligne) => ligne.map(cellule).join(";")).join("\r\n")}\r\n`;
}

/** Quoted; a cell that a spreadsheet would run as a formula starts with an apostrophe (OWASP, « CSV Injection »). @param {string} texte */
function cellule(texte) {
  const sure = /^[=+\-@\t\r\n＝＋－＠]/.test(texte) && !/^-?\d+(\.\d+)?$/.test(texte) ? `'${texte}` : texte;
  return `"${sure.replaceAll('"', '""')}"`;
}

/** Hands a text over as a file. @param {string} texte @param {string} nom @param {string} [genre] */
export function enregistrer(texte, nom, genre = "text/csv") {
  const a = document.createElement("a");
  a.href = URL.createObjectURL(new Blob([texte], { type: `${genre};charset=utf-8` }));
  a.download = nom;
  a.click();
  setTimeout(() => URL.revokeObjectURL(a.href), 10_000);
}
