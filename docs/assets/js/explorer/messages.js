// @ts-check
// What the explorer says: how many actions, for which words, and what to do where there is none.

import { chiffres, copie, ecrire, plat, pluriel, un } from "../lib/dom.js";
import { adresse, choisis } from "./state.js";
import { conduite } from "./views.js";

/**
 * @typedef {import("./state.js").Etat} Etat
 * @typedef {import("../search/engine.js").Moteur} Moteur
 * @typedef {Awaited<ReturnType<import("../search/engine.js").Moteur["chercher"]>>} Reponse
 */

/** The count, said first; then for which words, and what the engine made of them. @param {HTMLElement} zone @param {Reponse} reponse @param {Etat} etat @param {Moteur} moteur */
export function compte(zone, reponse, etat, moteur) {
  const said = etat.q.trim();
  const { n } = moteur.manifeste;
  zone.replaceChildren(
    paragraphe("compte__n", pluriel(reponse.total)),
    paragraphe("petit", said || reponse.total < n ? `${said ? `pour « ${said} », ` : ""}sur ${chiffres(n)}` : "dans toute la banque"),
    ...reponse.corrections.map(({ tape, pris }) => paragraphe("avis", `Résultats pour « ${accentuer(pris, reponse, moteur)} » : « ${tape} » n’est écrit dans aucune action.`)),
  );
  if (reponse.mode === "certains" && reponse.total) {
    zone.append(paragraphe("avis", "Aucune action ne contient tous ces mots : voici celles qui en contiennent le plus."));
  }
  zone.append(...pourTous(reponse, etat));
}

/** Who filters by age may want what is meant for every age, too. @param {Reponse} reponse @param {Etat} etat */
function pourTous(reponse, etat) {
  const ages = etat.filtres.age ?? [];
  const tous = reponse.facettes.age?.tous ?? 0;
  if (!ages.length || ages.includes("tous") || !tous) return [];
  const p = paragraphe("petit compte__ages", "");
  const a = document.createElement("a");
  a.href = adresse({ ...etat, filtres: { ...etat.filtres, age: [...ages, "tous"] }, page: 1 });
  a.toggleAttribute("data-etat", true);
  ecrire(a, `Ajouter ${tous > 1 ? `les ${chiffres(tous)} actions` : "l’action"} pour tous les âges`);
  p.append(a);
  return [p];
}

/** A word that the index knows without its accents, as a card writes it. @param {string} mot @param {Reponse} reponse @param {Moteur} moteur */
function accentuer(mot, { cartes, mots }, moteur) {
  const marques = cartes.flatMap(({ titre, resume }) => moteur.marquer(`${titre} ${resume}`, mots).filter(({ marque }) => marque));
  // « l’alimentation » is marked whole.
  const ecrits = marques.map(({ texte }) => texte.toLowerCase().split(/['’]/).pop() ?? "");
  return ecrits.find((ecrit) => plat(ecrit) === mot) ?? mot;
}

/** @param {string} classe @param {string} texte */
function paragraphe(classe, texte) {
  const p = document.createElement("p");
  p.className = classe;
  ecrire(p, texte);
  return p;
}

/** Which filter to loosen, what it would give, and where to go. @param {Reponse} reponse @param {Etat} etat @param {(cle: string, id: string) => string} libelle */
export function vide(reponse, etat, libelle) {
  const zone = copie("vide");
  const gains = un(zone, "[data-desserrer]");
  gains.hidden = !reponse.desserrer.length;
  un(gains, "ul").append(
    ...reponse.desserrer.map(({ cle, id, gain }) => {
      if (cle === "q") return conduite(`Sans les mots « ${etat.q.trim()} »`, gain, { ...etat, q: "", page: 1 });
      if (cle === "*") return conduite("Sans aucun filtre", gain, { ...etat, filtres: {}, page: 1 });
      const others = (etat.filtres[cle] ?? []).filter((other) => other !== id);
      return conduite(`Sans « ${libelle(cle, id)} »`, gain, { ...etat, filtres: { ...etat.filtres, [cle]: others }, page: 1 });
    }),
  );
  ecrire(un(zone, "[data-conseil]"), conseil(reponse, etat));
  return zone;
}

/** @param {Reponse} reponse @param {Etat} etat */
function conseil(reponse, etat) {
  if (reponse.desserrer.length) return "Votre ville mène une action qui manque ici ? Racontez-la.";
  const filtres = choisis(etat).length ? " ou retirez des filtres" : "";
  if (etat.q.trim()) return `Vérifiez l’orthographe de « ${etat.q.trim()} », essayez un mot plus courant${filtres}. Votre ville mène une action qui manque ici ? Racontez-la.`;
  return "Retirez des filtres. Votre ville mène une action qui manque ici ? Racontez-la.";
}
