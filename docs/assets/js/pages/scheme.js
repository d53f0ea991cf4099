// @ts-check
// Sets the colour scheme, and says that scripts run, before the first paint: what only works with a script is drawn at once
// in its place. Loaded at the top of <body>, not deferred.
(() => {
  let kept = null;
  try {
    kept = localStorage.getItem("schema");
  } catch {
    // Storage refused: follow the system.
  }
  const dark = kept ? kept === "slate" : matchMedia("(prefers-color-scheme: dark)").matches;
  document.body.classList.add("avec-script");
  document.body.dataset.mdColorScheme = dark ? "slate" : "default";
})();
