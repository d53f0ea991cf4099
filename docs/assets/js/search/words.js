// @ts-check
// What the words of a query need, in one file: a page on which nobody types does not ask for it.

import { excerpt, hasPhrase, mark, stemsIn } from "./excerpts.js";
import { Lexicon } from "./lexicon.js";
import { readMeasures, takenOff, valuesFor, withoutMeasures, withoutRadius } from "./measures.js";
import { PlaceTable, nameKey, readPlaces } from "./places.js";
import { understand } from "./query.js";
import { Readings } from "./readings.js";
import { fold, stem, stems } from "./stems.js";

export {
  excerpt, hasPhrase, mark, stemsIn, Lexicon, readMeasures, takenOff, valuesFor, withoutMeasures, withoutRadius,
  PlaceTable, nameKey, readPlaces, understand, Readings, fold, stem, stems,
};
