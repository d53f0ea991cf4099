// @ts-check
// The way to the search engine and its files. The engine is fetched the first time that it is asked for.

/** The root of the site. */
export const SITE_ROOT = new URL("../../../", import.meta.url);

/** @type {Promise<import("../search/engine.js").Engine> | undefined} */
let engine;

/** The engine, opened once; rejects when it does not arrive, and tries again the next time. */
export function openEngine() {
  if (!engine) {
    engine = import("../search/engine.js").then(({ Engine }) => Engine.open(loadFrom("recherche/")));
    engine.catch(forgetEngine);
  }
  return engine;
}

/** A site rebuilt since has other files: what is asked next starts from its manifest. */
export function forgetEngine() {
  engine = undefined;
}

/** What gives the bytes of a file of a folder of the site; rejects when it does not arrive. @param {string} folder */
export const loadFrom = (folder) => async (/** @type {string} */ name) => {
  // Every name but the manifest's is that of its content.
  const response = await fetch(new URL(`${folder}${name}`, SITE_ROOT), name.startsWith("manifeste") ? { cache: "no-cache" } : {});
  if (!response.ok) throw new Error(`${name} : ${response.status}`);
  return response.arrayBuffer();
};
