// @ts-check
// A list inside the page of another site: its colours, and its height told to that page. Loaded at the top of <body>.
(() => {
  const wanted = new URLSearchParams(location.search).get("schema");
  const prefersDark = matchMedia("(prefers-color-scheme: dark)");
  const paint = () => {
    const dark = wanted === "sombre" || (wanted !== "clair" && prefersDark.matches);
    document.body.dataset.mdColorScheme = dark ? "slate" : "default";
  };
  paint();
  prefersDark.addEventListener("change", paint);
  if (parent === window) return;

  // WordPress shows what it discovers by oEmbed in a closed sandbox, with a word of its own to be given back.
  const secret = new URLSearchParams(location.hash.replace(/^#\??/, "")).get("secret");

  // A height is no secret: whoever shows the list may know it.
  function tellHeight() {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    parent.postMessage({ inspiractions: "hauteur", hauteur: height }, "*");
    if (secret) parent.postMessage({ message: "height", value: height, secret }, "*");
  }

  new ResizeObserver(tellHeight).observe(document.body);
  addEventListener("load", tellHeight);
  addEventListener("message", ({ source, data }) => {
    if (source === parent && (data === "inspiractions" || data?.message === "ready")) tellHeight();
  });
  if (secret) {
    document.addEventListener("click", (event) => {
      const a = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest("a[href]"));
      if (!a) return;
      event.preventDefault();
      parent.postMessage({ message: "link", value: a.href, secret }, "*");
    });
  }
})();
