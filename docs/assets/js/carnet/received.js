// @ts-check
// A carnet received by a link or a file: shown, and left alone until one chooses to add it or to put it in place of one's own.

import { one, plural, setText } from "../lib/dom.js";
import { t } from "../lib/texts.js";
import { namesOf, receivedCard } from "./cards.js";
import { LIMITS, merge } from "./carnet.js";
import { fromFile, fromFragment } from "./sharing.js";
import { announce, applyChange, askConfirmation, clearProblem, loadFiches, page, renderers, show, showProblem, state } from "./state.js";

/** @typedef {import("./carnet.js").Carnet} Carnet */

const zone = one(page, "[data-recu]");
/** @type {HTMLInputElement} */
const fileInput = one(page, "[data-choisir]");

/** What the list was drawn from: drawn again without need, it would lose the focus. */
let drawn = { carnet: /** @type {Carnet | null} */ (null), known: 0 };

renderers.push(() => {
  const { carnet, received, known } = state;
  zone.hidden = !received;
  if (!received) return;
  const shown = received.carnet;
  setText(one(zone, "#h-recu"), t`${plural(shown.actions.length)} : carnet reçu par ${received.origin}`);
  setText(one(zone, "[data-recu-dit]"), describeShown(carnet, shown));
  one(zone, "[data-recu-incomplet]").hidden = received.complete;
  one(zone, "[data-recu-remplacer]").hidden = !carnet.actions.length;
  const text = one(zone, "[data-recu-texte]");
  text.hidden = !shown.titre && !shown.introduction;
  one(text, "h3").textContent = shown.titre || t`Introduction`;
  one(text, "p").textContent = shown.introduction;
  if (drawn.carnet === shown && drawn.known === known.size) return;
  drawn = { carnet: shown, known: known.size };
  one(zone, "[data-recu-liste]").replaceChildren(...shown.actions.map((kept, rank) => receivedCard(kept, known.get(kept.id), rank)));
});

/** @param {Carnet} carnet @param {Carnet} shown */
function describeShown(carnet, shown) {
  if (!carnet.actions.length) return t`Vous le lisez seulement : votre carnet reste vide tant que vous n’ajoutez rien.`;
  const known = new Set(carnet.actions.map(({ id }) => id));
  const already = shown.actions.filter(({ id }) => known.has(id)).length;
  const part = already ? t` Il contient déjà ${already > 1 ? t`${already} de ces actions` : t`une de ces actions`}.` : "";
  return t`Vous le lisez seulement : votre carnet (${plural(known.size)}) n’a pas changé.${part}`;
}

/** @param {{carnet: Carnet | null, complete: boolean}} reading @param {string} origin */
function receive({ carnet, complete }, origin) {
  state.received = carnet && { carnet, complete, origin };
  if (carnet) clearProblem("recu");
  else showProblem("recu", t`Ce qui a été reçu par ${origin} n’est pas un carnet lisible. Rien n’a changé.`);
  show();
  if (!carnet) return;
  one(zone, "#h-recu").focus();
  void loadFiches();
}

/** A link to a place of the page is no carnet. */
export function readAddress() {
  const { hash } = location;
  const reading = fromFragment(hash);
  if (reading) receive(reading, t`un lien`);
  else if (hash.length > 1 && !document.getElementById(hash.slice(1))) receive({ carnet: null, complete: false }, t`un lien`);
}

/** Back to one's own carnet; the address no longer holds the other. */
function closeReceived() {
  state.received = null;
  history.replaceState(null, "", location.pathname + location.search);
  show();
  one(page, state.carnet.actions.length ? "#h-liste" : "#h-vide").focus();
}

one(zone, "[data-recu-fermer]").addEventListener("click", closeReceived);
one(zone, "[data-recu-ajouter]").addEventListener("click", () => {
  if (!state.received) return;
  const received = withNames(state.received.carnet);
  const before = state.carnet.actions.length;
  if (!applyChange((carnet) => merge(carnet, received))) return;
  const kept = new Set(state.carnet.actions.map(({ id }) => id));
  const lost = received.actions.filter(({ id }) => !kept.has(id)).length;
  closeReceived();
  announce(t`${plural(kept.size - before)} de plus dans le carnet, qui en contient ${kept.size}.`);
  if (lost) showProblem("plein", t`Le carnet est plein (${LIMITS.actions} actions au plus) : il manque ${plural(lost)}.`);
});
one(zone, "[data-recu-remplacer]").addEventListener("click", async () => {
  if (!state.received) return;
  const received = withNames(state.received.carnet);
  const detail = t`${plural(state.carnet.actions.length)} et vos notes seront effacées de ce navigateur, et remplacées par ${plural(received.actions.length)}.`;
  if (!(await askConfirmation(t`Remplacer votre carnet ?`, detail, t`Remplacer`)) || !applyChange(() => received)) return;
  closeReceived();
  announce(t`Votre carnet est remplacé.`);
});

/** A link holds ids only: the names of today are kept with them. @param {Carnet} received @returns {Carnet} */
function withNames(received) {
  return { ...received, actions: received.actions.map((kept) => ({ ...kept, ...namesOf(kept, state.known.get(kept.id)) })) };
}

for (const button of page.querySelectorAll("[data-ouvrir]")) button.addEventListener("click", () => fileInput.click());
fileInput.addEventListener("change", async () => {
  const [chosen] = fileInput.files ?? [];
  if (chosen) receive(await fromFile(chosen), t`un fichier`);
  fileInput.value = "";
});
addEventListener("hashchange", readAddress);
