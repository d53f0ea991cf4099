// @ts-check
// What Decap CMS, which is read after this, does not do by itself: the file of a fiche keeps, byte for byte, each key that was not
// touched; the récit is the Markdown that was written, with its preview; a page that is refused shows its first fault.
{
  const { ordre = "" } = /** @type {HTMLScriptElement} */ (document.currentScript).dataset;
  const site = /** @type {any} */ (window);
  const order = ordre.split(" ");
  const parts = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)^---[ \t]*(?:\r?\n(?:[ \t]*\r?\n)*|$(?![\s\S]))([\s\S]*)$/m;
  const identifier = /^[a-z0-9_]+(?:-[a-z0-9_]+)*$/;
  const width = 110;

  // Where a fiche that is open keeps its front matter as it was written; no key is named so.
  const asWritten = "<en-tête>";

  /** @param {unknown} value @returns {boolean} */
  const isBlank = (value) =>
    value === undefined || value === null || value === "" || (typeof value === "object" && Object.values(value).every(isBlank));

  /** Whether two values say the same: the form forgets the order of keys and leaves empty ones. @param {unknown} a @param {unknown} b */
  const isSame = (a, b) => {
    const [first, second] = [a, b].map((value) =>
      JSON.stringify(value, (_, part) =>
        part && typeof part === "object" && !Array.isArray(part)
          ? Object.fromEntries(Object.entries(part).filter(([, inside]) => !isBlank(inside)).sort(([k], [l]) => (k < l ? -1 : 1)))
          : part,
      ),
    );
    return first === second || (isBlank(a) && isBlank(b));
  };

  /** All scalars stay texts, as in inspiractions/model/source.py. */
  const schema = () => site.jsyaml.FAILSAFE_SCHEMA.extend({ implicit: [site.jsyaml.types.null] });

  /** @param {string} text @returns {Record<string, unknown> | null} */
  const readYaml = (text) => {
    try {
      const value = site.jsyaml.load(text, { schema: schema() });
      return value && typeof value === "object" && !Array.isArray(value) ? value : null;
    } catch {
      return null;
    }
  };

  /** Break long lines as inspiractions/model/canonical.py does: at the first space beyond the width. @param {string} text */
  const wrap = (text) =>
    text.replace(/^( *(?:- )?)([a-z_]+:(?: |$))?(.*)$/gm, (_line, indent, key = "", rest) => {
      const inside = " ".repeat(indent.length + (key ? 2 : 0));
      let column = indent.length + key.length;
      return indent + key + rest.replace(/([^ ]+)( ?)(?![ ]|$)/g, (/** @type {string} */ _all, /** @type {string} */ word, /** @type {string} */ space) => {
        column += word.length;
        const broken = space && column > width;
        column = broken ? inside.length : column + space.length;
        return word + (broken ? `\n${inside}` : space);
      });
    });

  /** @param {string} key @param {unknown} value */
  const writeKey = (key, value) => {
    const onOneLine =
      Array.isArray(value) && value.every((item) => typeof item === "string" && (key === "villes" || identifier.test(item)));
    const text = site.jsyaml.dump({ [key]: value }, { schema: schema(), lineWidth: -1, flowLevel: onOneLine ? 1 : -1 });
    return /[|>][-+]?\d*$/m.test(text) ? text : wrap(text);
  };

  /** The lines of each key, with what stands between them and the next one, and under « "" » what stands before the first; none where
   * they cannot be told apart. @param {string} front */
  const cut = (front) => {
    const meta = readYaml(front) ?? {};
    const lines = new Map(
      front.split(/^(?=[^\s#\-\]}])/m).map((part) => {
        const one = readYaml(part) ?? {};
        const [key = "", ...others] = Object.keys(one);
        return [!others.length && isSame(one[key], meta[key]) ? key : "?", part];
      }),
    );
    return [...lines.values()].join("") === front && !lines.has("?") ? lines : new Map();
  };

  /** @param {string} key */
  const place = (key) => (order.includes(key) ? order.indexOf(key) : order.length);

  const fiche = {
    /** @param {string} text */
    fromFile(text) {
      const [, front = "", body = ""] = parts.exec(text) ?? [];
      const meta = readYaml(front);
      // What cannot be read is shown whole, where it can be mended.
      return meta ? { ...meta, [asWritten]: front, ...(body && { body }) } : { body: text };
    },
    /** @param {Record<string, unknown>} data */
    toFile({ body, [asWritten]: front, ...meta }) {
      const lines = cut(String(front ?? ""));
      const before = readYaml(String(front ?? "")) ?? {};
      const keys = [...lines.keys()];
      for (const key of Object.keys(meta).filter((one) => !lines.has(one)).sort((a, b) => place(a) - place(b))) {
        const next = keys.findIndex((one) => one && place(one) > place(key));
        keys.splice(next < 0 ? keys.length : next, 0, key);
      }
      const written = keys.map((key) => {
        if (!key || (lines.has(key) && isSame(before[key], meta[key]))) return lines.get(key);
        return isBlank(meta[key]) ? "" : writeKey(key, meta[key]);
      });
      const recit = String(body ?? "");
      return `---\n${written.join("")}---\n${recit.trim() && "\n"}${recit}`;
    },
  };

  /** A page that is refused tells neither which field nor where: bring the first fault into sight, and the keyboard to its field. */
  const showFirstFault = () => {
    let fault = document.querySelector("[class*='ControlErrorsList']");
    const field = fault?.closest("[class*='ControlContainer']")?.querySelector("input, textarea, button");
    // In a group that is folded, the group itself.
    while (fault && !fault.checkVisibility()) fault = fault.parentElement;
    fault?.scrollIntoView({ block: "center" });
    /** @type {HTMLElement | null | undefined} */ (field)?.focus({ preventScroll: true });
  };

  site.CMS_MANUAL_INIT = true;
  addEventListener("DOMContentLoaded", () => {
    const { CMS, h } = site;
    CMS.registerCustomFormat("fiche", "md", fiche);
    // Decap's own preview reads « 2 * 3 * 4 » otherwise than the site.
    const markdown = site.markdownit({ linkify: true });
    CMS.registerWidget("recit", "text", (/** @type {any} */ { value }) => h("div", { dangerouslySetInnerHTML: { __html: markdown.render(value ?? "") } }));
    CMS.registerPreviewStyle("body { font: 1rem/1.5 sans-serif; max-width: 40rem; } .resume { font-size: 1.2rem; }", { raw: true });
    CMS.registerPreviewTemplate("actions", (/** @type {any} */ { entry, widgetFor }) =>
      h(
        "article",
        {},
        h("h1", {}, entry.getIn(["data", "titre"])),
        h("p", { className: "resume" }, entry.getIn(["data", "resume"])),
        widgetFor("body"),
      ),
    );
    // So does Decap give up saving: a promise that it refuses without a reason.
    addEventListener("unhandledrejection", ({ reason }) => reason === undefined && requestAnimationFrame(showFirstFault));
    CMS.init();
  });
}
