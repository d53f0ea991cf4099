// @ts-check
// What few queries need, in one file: spelling, places without an action, those that one looks around.

import { placesCalled } from "./around.js";
import { slips } from "./corrections.js";
import { Elsewhere, naming } from "./elsewhere.js";
import { Mending, readTerms } from "./mending.js";

export { placesCalled, slips, Elsewhere, naming, Mending, readTerms };
