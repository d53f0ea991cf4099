// node banc.mjs ENGINE REQUEST.json: what an engine fetches, how long it takes, what it finds first; JSON on stdout.

import { readFileSync } from "node:fs";
import { Reseau } from "./reseau.mjs";

const [moteur, demande] = process.argv.slice(2);
const { lieux, courantes, sujets, tours, limite } = JSON.parse(readFileSync(demande, "utf-8"));
const { ouvrir } = await import(`./${moteur}.mjs`);

/** What each of some questions gives; once so many seconds are spent, the others are left. @template Q, A @param {Q[]} questions @param {(question: Q) => Promise<A>} ask @returns {Promise<A[]>} */
async function demander(questions, ask) {
  const reponses = [];
  const end = performance.now() + limite * 1000;
  for (const question of questions) {
    reponses.push(await ask(question));
    if (performance.now() > end) break;
  }
  return reponses;
}

/** A visitor who comes and asks one thing. @param {string} q */
async function premiere(q) {
  const reseau = new Reseau();
  const ouvert = await ouvrir(reseau, lieux);
  await ouvert.montrer(await ouvert.classer(q));
  return reseau.octets;
}

const premieres = await demander(courantes, premiere);

const reseau = new Reseau();
const ouvert = await ouvrir(reseau, lieux);
/** What a query costs, and what it finds first. @param {string} q */
async function poser(q) {
  const before = reseau.octets;
  const shown = await ouvert.montrer(await ouvert.classer(q));
  return { octets: reseau.octets - before, premier: shown[0] ?? null };
}
const suivantes = await demander(courantes, poser);
/** How many topics have their action first, of how many that were asked. @type {Record<string, [number, number]>} */
const trouves = {};
/** @type {Record<string, {octets: number, premier: string | null}[]>} */
const poses = {};
for (const cas of ["exact", "faute", "sans_accent"]) {
  poses[cas] = await demander(sujets.map((sujet) => sujet[cas]), poser);
  trouves[cas] = [poses[cas].filter(({ premier }, i) => premier === sujets[i].action).length, poses[cas].length];
}
/** @param {{octets: number}[]} some */
const octets = (some) => some.map((one) => one.octets);

/** Milliseconds of each query, so many times. @param {string[]} questions */
const chronometrer = (questions) =>
  demander(
    Array.from({ length: tours }, () => questions).flat(),
    async (q) => {
      const start = performance.now();
      await ouvert.classer(q);
      return performance.now() - start;
    },
  );
// Common words and rare ones by turns, for the time may end before they do.
const durees = await chronometrer(courantes.flatMap((q, i) => [q, sujets[i].exact]));
const durees_faute = await chronometrer(sujets.map(({ faute }) => faute));
process.stdout.write(
  JSON.stringify({
    premieres,
    // The first of them all is no next query; those with a slip ask for the same words again.
    suivantes: [...octets(suivantes).slice(1), ...octets(poses.exact)],
    faute: Math.max(...octets([...poses.faute, ...poses.sans_accent])),
    durees,
    durees_faute,
    trouves,
  }),
);
process.exit(0);
