import { normaliser } from "../assets/js/normaliser.js";

const banque = new URL("..", location.href); // ailleurs : l’adresse de la banque
const { index, actions, mots_vides } = await (await fetch(new URL("donnees/lunr.json", banque))).json();
const lunrIndex = lunr.Index.load(index);
const liste = document.getElementById("resultats");

document.getElementById("recherche").addEventListener("submit", (event) => {
  event.preventDefault();
  const racines = normaliser(event.target.q.value, new Set(mots_vides));
  const trouves = racines.length ? lunrIndex.search(racines.map((racine) => `+${racine}`).join(" ")) : [];
  document.getElementById("compte").textContent = `${trouves.length} action${trouves.length > 1 ? "s" : ""}`;
  liste.replaceChildren(
    ...trouves.slice(0, 10).map(({ ref }) => {
      const lien = Object.assign(document.createElement("a"), { href: new URL(`actions/${ref}/`, banque), textContent: actions[ref].titre });
      const item = document.createElement("li");
      item.append(lien, ` (${actions[ref].ville})`);
      return item;
    }),
  );
});
