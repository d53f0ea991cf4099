// Runs in every page before its own scripts: what the tests ask of a page. Not part of the site.

const violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile ?? ""}`),
);

const name = (element) => element.outerHTML.slice(0, 160).replace(/\s+/g, " ");
const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });

/** Does the element, or what holds it, scroll or cut what sticks out? */
const scrolls = (element) =>
  element !== null &&
  element !== document.body &&
  (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));

const inline = (element) => getComputedStyle(element).display === "inline";

/** Is the element, read aloud, a piece of a sentence? Then the line height rules, as WCAG 2.5.8 says (« inline »). */
function inSentence(element) {
  if (!inline(element)) return false;
  const block = element.closest("p, li, td, th, dt, dd, figcaption, span, div, h1, h2, h3, h4, h5, h6");
  const own = element.textContent.replace(/\s+/g, "");
  return block.textContent.replace(/\s+/g, "").length > own.length;
}

window.controles = {
  violations,

  /** What sticks out of the page to the right, or an empty list. */
  overflow() {
    const root = document.documentElement;
    const right = root.clientWidth;
    if (root.scrollWidth <= right && document.body.scrollWidth <= right) return [];
    const culprits = [...document.body.querySelectorAll("*")]
      .filter((element) => shown(element) && element.getBoundingClientRect().right > right + 0.5)
      .filter((element) => !scrolls(element.parentElement))
      .map((element) => `${Math.round(element.getBoundingClientRect().right)} > ${right} : ${name(element)}`)
      .slice(0, 5);
    return [`page : ${root.scrollWidth} > ${right}`, ...culprits];
  },

  /**
   * Links and buttons under 24 px (WCAG 2.2, 2.5.8), or whose height is the font's and not the style sheet's (a link in
   * line is as high as its letters), outside sentences and off-screen skip links.
   */
  smallTargets() {
    return [...document.querySelectorAll("a[href], button, input, select, summary")]
      .filter((element) => shown(element) && !element.matches(".saut:not(:focus)") && !inSentence(element))
      .map((element) => ({ element, box: element.getBoundingClientRect(), ofFont: inline(element) }))
      .filter(({ box, ofFont }) => box.width < 23.99 || box.height < 23.99 || ofFont)
      .map(({ element, box, ofFont }) =>
        `${box.width.toFixed(1)} × ${box.height.toFixed(1)}${ofFont ? " (en ligne)" : ""} : ${name(element)}`,
      );
  },

  /** Levels of the headings in the order of the page. */
  headings() {
    return [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].filter(shown).map((h) => Number(h.tagName[1]));
  },

  /** Ids that two elements bear. */
  repeatedIds() {
    const ids = [...document.querySelectorAll("[id]")].map(({ id }) => id);
    return ids.filter((id, rank) => ids.indexOf(id) !== rank);
  },

  /**
   * Leaves of a long list or table what axe-core needs to judge each of its kinds: an item stays if something that it holds
   * (an element, its classes, its role) is in fewer than three of those that stay before it. Axe takes a second for forty cards,
   * and finds in the other two hundred what it found in these. What looks at every element (above) runs before.
   */
  shorten() {
    const enough = 3;
    const traits = (item) => new Set([item, ...item.querySelectorAll("*")].map((e) => [e.tagName, e.getAttribute("class"), e.getAttribute("role")].join()));
    for (const list of document.querySelectorAll("ul, ol, dl:has(> div), tbody")) {
      if (list.children.length <= 2 * enough) continue;
      const seen = new Map();
      for (const item of [...list.children]) {
        const held = [...traits(item)];
        if (held.every((trait) => seen.get(trait) >= enough)) item.remove();
        else for (const trait of held) seen.set(trait, (seen.get(trait) ?? 0) + 1);
      }
    }
  },

  inlineStyles() {
    return [...document.querySelectorAll("[style], style")].map(name);
  },

  /** The focus mark of the focused element: an outline with a width and a colour; on the map, a thick stroke. */
  focusMark() {
    const shape = document.activeElement.querySelector(":scope > path");
    if (shape) return { element: name(document.activeElement), visible: parseFloat(getComputedStyle(shape).strokeWidth) >= 3 };
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(document.activeElement);
    const visible = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && !/, 0\)$/.test(outlineColor);
    return { element: name(document.activeElement), visible };
  },

  /** From now on, the focus mark of each element that takes the focus, until the focus leaves the page. */
  followFocus() {
    const path = { marks: [], left: false };
    addEventListener("focusin", () => path.left || path.marks.push(controles.focusMark()));
    addEventListener("focusout", ({ relatedTarget }) => (path.left ||= relatedTarget === null));
    controles.focusPath = path;
  },
};
