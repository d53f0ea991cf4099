// @ts-check
// The carnet on paper: title, introduction, contents, then each action, with the whole récit where it was asked for.

import { makeElement, plural } from "../lib/dom.js";
import { LICENCE, NAME, fullName } from "../lib/identity.js";
import { rubriquesOf, takeOver } from "../lib/recits.js";
import { t } from "../lib/texts.js";

/**
 * @typedef {import("./carnet.js").Carnet} Carnet
 * @typedef {{titre: string, lieux: string, autour: string, resume: string, identity: string, note: string, adresse: string, notice: string, recit: DocumentFragment | undefined}} Part
 */

/** A text as it was typed, a paragraph a line. @param {string} text @param {string} className */
export function paragraphs(text, className) {
  const zone = makeElement("div", className);
  zone.append(...text.split("\n").filter((line) => line.trim()).map((line) => makeElement("p", "", line)));
  return zone;
}

/** @param {HTMLElement} zone @param {Carnet} carnet @param {Part[]} parts */
export function fillDossier(zone, carnet, parts) {
  zone.hidden = !parts.length;
  const contents = makeElement("ol", "dossier__sommaire");
  contents.append(
    ...parts.map(({ titre, lieux }) => {
      const li = makeElement("li", "", titre);
      if (lieux) li.append(makeElement("span", "", `, ${lieux}`));
      return li;
    }),
  );
  const day = new Date().toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
  zone.replaceChildren(
    makeElement("p", "dossier__nom", fullName()),
    makeElement("h1", "", carnet.titre.trim() || t`Dossier de ${plural(parts.length)}`),
    paragraphs(carnet.introduction, "dossier__introduction"),
    makeElement("h2", "", t`Sommaire`),
    contents,
    ...parts.map(makePart),
    makeElement("p", "dossier__pied", t`Imprimé le ${day}. Récits publiés par ${NAME} sous ${LICENCE.name} ; les notes n’engagent que leur auteur.`),
  );
}

/** @param {Part} part @param {number} rank */
function makePart(part, rank) {
  const zone = makeElement("section", part.recit ? "dossier__piece dossier__piece--entiere" : "dossier__piece");
  zone.append(makeElement("h2", "", `${rank + 1}. ${part.titre}`));
  for (const [className, text] of [
    ["dossier__lieu", [part.lieux, part.autour].filter(Boolean).join(" · ")],
    ["dossier__avis", part.notice],
    ["dossier__resume", part.resume],
    ["dossier__identite", part.identity],
  ]) {
    if (text) zone.append(makeElement("p", className, text));
  }
  if (part.note.trim()) {
    const note = paragraphs(part.note, "dossier__note");
    note.prepend(makeElement("p", "dossier__mot", t`Note`));
    zone.append(note);
  }
  if (part.recit) zone.append(part.recit.cloneNode(true));
  const address = makeElement("p", "dossier__adresse");
  address.textContent = part.adresse;
  zone.append(address);
  return zone;
}

/** The identity card of a récit, the parts that say something, and its sources, rebuilt from their texts. @param {Document} page */
export function wholeRecit(page) {
  const fragment = document.createDocumentFragment();
  for (const section of [...page.querySelectorAll(".identite"), ...rubriquesOf(page), ...page.querySelectorAll(".recit__suite .rubrique:has(> #ressources)")]) fragment.append(...takeOver(section));
  return fragment;
}
