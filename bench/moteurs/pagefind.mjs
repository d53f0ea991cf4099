// Pagefind's own JavaScript and WebAssembly, on its main thread, its fetches read from the folder.

import { join } from "node:path";
import { fileURLToPath } from "node:url";

let tour = 0;

/** @param {import("./reseau.mjs").Reseau} reseau @param {{index: string}} lieux */
export async function ouvrir(reseau, { index }) {
  const page = /** @type {any} */ (globalThis);
  page.document = { currentScript: null, querySelector: () => ({ getAttribute: () => "fr" }) };
  page.window = { location: { origin: "http://localhost" } };
  page.fetch = async (/** @type {any} */ demande) => {
    const chemin = fileURLToPath(String(demande.url ?? demande).split("?")[0]);
    const type = chemin.includes("wasm.") ? "application/wasm" : "application/octet-stream";
    return new Response(reseau.lire(chemin), { headers: { "content-type": type } });
  };
  reseau.lire(join(index, "pagefind.js"));
  // A browser runs the same code a second time in a worker: it fetches that too.
  reseau.lire(join(index, "pagefind-worker.js"));
  tour += 1;
  const pagefind = await import(`${join(index, "pagefind.js")}?tour=${tour}`);
  await pagefind.init();
  await pagefind.filters();
  return {
    /** Ranked ids; Pagefind counts the filters that are loaded. @param {string} q */
    classer: (q) => pagefind.search(q),
    /** @param {any} trouve */
    async montrer({ results }) {
      const cartes = await Promise.all(results.slice(0, 10).map((r) => r.data()));
      return cartes.map(({ url }) => url.split("/").pop().replace(/\.html$/, ""));
    },
  };
}
