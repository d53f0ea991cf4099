// @ts-check
// A published address: partners who search donnees/lunr.json normalise their queries with it (donnees/mode-d-emploi).

import { stems } from "./search/stems.js";

export const normaliser = stems;
