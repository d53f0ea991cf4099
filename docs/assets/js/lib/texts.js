// @ts-check
// The mark of a text that readers see: t`Aucune action`. A build takes it off and puts the language of the site in its place
// (inspiractions/base/source_texts.py); a script that no build has read says what is written.

/** @param {TemplateStringsArray} strings @param {unknown[]} values */
export const t = (strings, ...values) => String.raw({ raw: strings }, ...values);
