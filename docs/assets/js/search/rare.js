// @ts-check
// What few queries need, in one file: spelling, places without an action, those that one looks around.

import { placesCalled } from "./around.js";
import { ONE_SLIP, candidates, cut, nearest, parseTerms, slips, soundOf } from "./corrections.js";
import { Elsewhere } from "./elsewhere.js";

export { placesCalled, ONE_SLIP, candidates, cut, nearest, parseTerms, slips, soundOf, Elsewhere };
