// Sets the colour scheme before the first paint. Loaded at the top of <body>, not deferred.
(() => {
  let kept = null;
  try {
    kept = localStorage.getItem("schema");
  } catch {
    // Storage refused: follow the system.
  }
  const dark = kept ? kept === "slate" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.body.dataset.mdColorScheme = dark ? "slate" : "default";
})();
