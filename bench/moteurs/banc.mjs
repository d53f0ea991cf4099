// node banc.mjs ENGINE REQUEST.json: what an engine fetches, how long it takes, what it finds first; JSON on stdout.

import { readFileSync } from "node:fs";
import { Reseau } from "./reseau.mjs";

const [moteur, demande] = process.argv.slice(2);
const { lieux, courantes, sujets, tours } = JSON.parse(readFileSync(demande, "utf-8"));
const { ouvrir } = await import(`./${moteur}.mjs`);

/** A visitor who comes and asks one thing. @param {string} q */
async function premiere(q) {
  const reseau = new Reseau();
  const ouvert = await ouvrir(reseau, lieux);
  await ouvert.montrer(await ouvert.classer(q));
  return reseau.octets;
}

const premieres = [];
for (const q of courantes) premieres.push(await premiere(q));

const reseau = new Reseau();
const ouvert = await ouvrir(reseau, lieux);
const suivantes = [];
/** @param {string} q */
async function poser(q) {
  const before = reseau.octets;
  const shown = await ouvert.montrer(await ouvert.classer(q));
  suivantes.push(reseau.octets - before);
  return shown[0] ?? null;
}
for (const q of courantes) await poser(q);
const trouves = { exact: 0, faute: 0, sans_accent: 0 };
for (const sujet of sujets) trouves.exact += Number((await poser(sujet.exact)) === sujet.action);
// The first of them all is no next query; those below ask for the same words again.
const octets = suivantes.slice(1);
const fautes = suivantes.length;
for (const sujet of sujets) {
  for (const cas of ["faute", "sans_accent"]) trouves[cas] += Number((await poser(sujet[cas])) === sujet.action);
}

/** Milliseconds of each query, so many times. @param {string[]} questions */
async function chronometrer(questions) {
  const durees = [];
  for (let tour = 0; tour < tours; tour++) {
    for (const q of questions) {
      const start = performance.now();
      await ouvert.classer(q);
      durees.push(performance.now() - start);
    }
  }
  return durees;
}
const durees = await chronometrer([...courantes, ...sujets.map(({ exact }) => exact)]);
const durees_faute = await chronometrer(sujets.map(({ faute }) => faute));
process.stdout.write(JSON.stringify({ premieres, suivantes: octets, faute: Math.max(...suivantes.slice(fautes)), durees, durees_faute, trouves }));
process.exit(0);
