// A list inside the page of another site: its colours, and its height told to that page. Loaded at the top of <body>.
(() => {
  const voulu = new URLSearchParams(location.search).get("schema");
  const sombre = matchMedia("(prefers-color-scheme: dark)");
  const peindre = () => {
    const dark = voulu === "sombre" || (voulu !== "clair" && sombre.matches);
    document.body.dataset.mdColorScheme = dark ? "slate" : "default";
  };
  peindre();
  sombre.addEventListener("change", peindre);
  if (parent === window) return;

  // WordPress shows what it discovers by oEmbed in a closed sandbox, with a word of its own to be given back.
  const secret = new URLSearchParams(location.hash.replace(/^#\??/, "")).get("secret");

  // A height is no secret: whoever shows the list may know it.
  function dire() {
    const hauteur = Math.ceil(document.body.getBoundingClientRect().height);
    parent.postMessage({ inspiractions: "hauteur", hauteur }, "*");
    if (secret) parent.postMessage({ message: "height", value: hauteur, secret }, "*");
  }

  new ResizeObserver(dire).observe(document.body);
  addEventListener("load", dire);
  addEventListener("message", ({ source, data }) => {
    if (source === parent && (data === "inspiractions" || data?.message === "ready")) dire();
  });
  if (secret) {
    document.addEventListener("click", (event) => {
      const a = event.target.closest("a[href]");
      if (!a) return;
      event.preventDefault();
      parent.postMessage({ message: "link", value: a.href, secret }, "*");
    });
  }
})();
