// @ts-check
// What few queries need, in one file: spelling, and places without an action.

import { ONE_SLIP, candidates, cut, nearest, parseTerms, slips, soundOf } from "./corrections.js";
import { Elsewhere } from "./elsewhere.js";

export { ONE_SLIP, candidates, cut, nearest, parseTerms, slips, soundOf, Elsewhere };
