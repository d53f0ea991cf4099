// The site opened from a disk: its modules in one script, its data in scripts that are loaded when they are asked for.
(() => {
  "use strict";
  const { currentScript } = document;
  const RACINE = new URL("../../", currentScript.src);
  const recus = new Map();

  // What a data script calls: bytes in base64, or a text.
  window.inspiractionsDonnee = (nom, { octets, texte }) => {
    const bytes = octets === undefined ? new TextEncoder().encode(texte) : Uint8Array.from(atob(octets), (c) => c.charCodeAt(0));
    recus.set(nom, bytes);
  };

  function fetch(adresse) {
    const url = new URL(adresse, document.baseURI);
    if (!url.href.startsWith(RACINE.href)) return window.fetch(adresse);
    const nom = url.pathname.slice(RACINE.pathname.length).replace(/(^|\/)$/, "$1index.html");
    return new Promise((resolve, reject) => {
      const rendre = () => resolve(new Response(recus.get(decodeURI(nom))));
      if (recus.has(decodeURI(nom))) return rendre();
      const script = document.createElement("script");
      script.src = new URL(`${nom}.js`, RACINE).href;
      script.addEventListener("load", rendre);
      script.addEventListener("error", () => reject(new TypeError(`${nom} manque`)));
      document.head.append(script);
    });
  }

  // Links made by scripts lead to folders, which a disk lists instead of opening their page.
  const vers = (adresse) => {
    const url = new URL(adresse, document.baseURI);
    if (url.protocol === "file:" && url.pathname.endsWith("/")) url.pathname += "index.html";
    return url.href;
  };
  const suivre = (adresse) => location.assign(vers(adresse));
  for (const genre of ["click", "auxclick"]) {
    addEventListener(genre, ({ target }) => {
      const a = target instanceof Element && target.closest("a[href]");
      if (a && a.protocol === "file:" && a.pathname.endsWith("/")) a.href = vers(a.href);
    }, true);
  }

  const cadre = Object.getOwnPropertyDescriptor(HTMLIFrameElement.prototype, "src");
  Object.defineProperty(HTMLIFrameElement.prototype, "src", { ...cadre, set(adresse) { cadre.set.call(this, vers(adresse)); } });

  const modules = {
/* modules */
  };
  const faits = {};
  function exige(nom) {
    if (!(nom in faits)) faits[nom] = modules[nom](new URL(nom, RACINE).href);
    return faits[nom];
  }
  for (const nom of currentScript.dataset.modules.split(" ")) {
    try {
      exige(nom);
    } catch (error) {
      // As modules do: one that fails leaves the others alone.
      reportError(error);
    }
  }
})();
