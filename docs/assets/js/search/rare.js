// @ts-check
// What few queries need, in one file: spelling, what is asked again, places without an action, those that one looks around.

import { askAgain, loosen } from "./again.js";
import { placesCalled } from "./around.js";
import { slips } from "./corrections.js";
import { Elsewhere, naming } from "./elsewhere.js";
import { Mending, readTerms } from "./mending.js";

export { askAgain, loosen, placesCalled, slips, Elsewhere, naming, Mending, readTerms };
