// @ts-check
// The carnet on paper: title, introduction, contents, then each action, with the whole récit where it was asked for.

import { RACINE } from "../lib/access.js";
import { ecrire, pluriel } from "../lib/dom.js";

/**
 * @typedef {import("./carnet.js").Carnet} Carnet
 * @typedef {{titre: string, lieux: string, autour: string, resume: string, identite: string, note: string, adresse: string, avis: string, recit: DocumentFragment | undefined}} Piece
 */

/** @param {string} nom @param {string} classe @param {string} [texte] */
function element(nom, classe, texte) {
  const made = document.createElement(nom);
  if (classe) made.className = classe;
  if (texte !== undefined) ecrire(made, texte);
  return made;
}

/** A text as it was typed, a paragraph a line. @param {string} texte @param {string} classe */
function paragraphes(texte, classe) {
  const zone = element("div", classe);
  zone.append(...texte.split("\n").filter((ligne) => ligne.trim()).map((ligne) => element("p", "", ligne)));
  return zone;
}

/** @param {HTMLElement} zone @param {Carnet} carnet @param {Piece[]} pieces */
export function imprimable(zone, carnet, pieces) {
  zone.hidden = !pieces.length;
  const sommaire = element("ol", "dossier__sommaire");
  sommaire.append(
    ...pieces.map(({ titre, lieux }) => {
      const li = element("li", "", titre);
      if (lieux) li.append(element("span", "", `, ${lieux}`));
      return li;
    }),
  );
  const jour = new Date().toLocaleDateString("fr-FR", { dateStyle: "long" });
  zone.replaceChildren(
    element("p", "dossier__nom", "Inspir’Actions, la banque d’expériences des villes pour la santé"),
    element("h1", "", carnet.titre.trim() || `Dossier de ${pluriel(pieces.length)}`),
    paragraphes(carnet.introduction, "dossier__introduction"),
    element("h2", "", "Sommaire"),
    sommaire,
    ...pieces.map(ecrirePiece),
    element("p", "dossier__pied", `Imprimé le ${jour}. Récits publiés par Inspir’Actions sous Licence Ouverte 2.0 ; les notes n’engagent que leur auteur.`),
  );
}

/** @param {Piece} piece @param {number} rang */
function ecrirePiece(piece, rang) {
  const zone = element("section", piece.recit ? "dossier__piece dossier__piece--entiere" : "dossier__piece");
  zone.append(element("h2", "", `${rang + 1}. ${piece.titre}`));
  for (const [classe, texte] of [
    ["dossier__lieu", [piece.lieux, piece.autour].filter(Boolean).join(" · ")],
    ["dossier__avis", piece.avis],
    ["dossier__resume", piece.resume],
    ["dossier__identite", piece.identite],
  ]) {
    if (texte) zone.append(element("p", classe, texte));
  }
  if (piece.note.trim()) {
    const note = paragraphes(piece.note, "dossier__note");
    note.prepend(element("p", "dossier__mot", "Note"));
    zone.append(note);
  }
  if (piece.recit) zone.append(piece.recit.cloneNode(true));
  const adresse = element("p", "dossier__adresse");
  adresse.textContent = piece.adresse;
  zone.append(adresse);
  return zone;
}

/** What is taken over from a récit's page, and as what: its headings go below that of the action. @type {Record<string, string>} */
const REPRIS = {
  H2: "h3", H3: "h4", H4: "h5", P: "p", UL: "ul", OL: "ol", LI: "li", STRONG: "strong", B: "b", EM: "em", I: "i", BR: "br", BLOCKQUOTE: "blockquote",
  TABLE: "table", THEAD: "thead", TBODY: "tbody", TR: "tr", TH: "th", TD: "td", DL: "dl", DT: "dt", DD: "dd", SUP: "sup", SUB: "sub",
};
const LAISSES = "script, style, template, button, figure, svg, nav, form, .vh, [hidden]";

/** The parts of a récit that say something, and its sources, rebuilt from their texts. @param {string} id @returns {Promise<DocumentFragment>} */
export async function lireRecit(id) {
  const reponse = await fetch(new URL(`actions/${id}/`, RACINE));
  if (!reponse.ok) throw new Error(`${id} : ${reponse.status}`);
  // A parsed document is inert: it runs and loads nothing.
  const page = new DOMParser().parseFromString(await reponse.text(), "text/html");
  const parties = page.querySelectorAll(".recit__texte .rubrique:not(.rubrique--vide):not(.recit__suite *), .recit__suite .rubrique:has(> #ressources)");
  if (!parties.length) throw new Error(`${id} : récit sans texte`);
  const fragment = document.createDocumentFragment();
  for (const partie of parties) fragment.append(...reprendre(partie));
  return fragment;
}

/** @param {Element} source @returns {(Node | string)[]} */
function reprendre(source) {
  return [...source.childNodes].flatMap((node) => {
    if (node.nodeType === Node.TEXT_NODE) return [node.textContent ?? ""];
    if (!(node instanceof Element) || node.matches(LAISSES)) return [];
    const inside = reprendre(node);
    if (node.matches(".points > li > a")) return [" (", ...inside, ")"];
    if (node.tagName === "A") return [...inside, ...versUnSite(node)];
    const nom = node.matches(".redac") ? "em" : REPRIS[node.tagName];
    if (!nom) return inside;
    const made = document.createElement(nom);
    made.append(...inside);
    return [made];
  });
}

/** The address of a link out of the bank, for paper. @param {Element} a */
function versUnSite(a) {
  const href = a.getAttribute("href") ?? "";
  return /^https?:\/\//.test(href) && href !== a.textContent?.trim() ? [` (${href})`] : [];
}
