// What pages hold that could act on its own, as a browser reads them: one line a fault. Templates are entered, too.
async (chemins) => {
  const ADRESSES = ["href", "src", "action", "formaction", "data", "poster", "xlink:href", "srcset", "ping", "background"];
  const INTERDITS = ["style", "object", "embed", "applet", "frame", "frameset"];
  const fautes = [];
  /** @param {ParentNode} racine @param {string} chemin */
  const fouiller = (racine, chemin) => {
    for (const element of racine.querySelectorAll("*")) {
      const nom = element.localName;
      const dire = (quoi) => fautes.push(`${chemin} : <${nom}> ${quoi}`);
      if (INTERDITS.includes(nom) || (nom === "base" && element.hasAttribute("href"))) dire("interdit");
      if (nom === "template") fouiller(element.content, chemin);
      if (nom === "script" && !element.src) {
        // A block of data: it never runs, but it must be sound.
        if (element.type === "application/ld+json") JSON.parse(element.textContent);
        else dire("en ligne");
      }
      const politique = element.httpEquiv === "Content-Security-Policy";
      if (nom === "meta" && element.httpEquiv && !politique && !(element.httpEquiv === "refresh" && /^0; url=(\.\.\/)+[a-z0-9/-]*$/.test(element.content))) dire(element.content);
      // Without a target, the page that opens knows nothing of this one.
      const vers = element.getAttribute("target");
      if (vers && nom !== "base" && !element.relList?.contains("noopener")) dire(`target=${vers}`);
      for (const { name, value } of element.attributes) {
        if (/^on/i.test(name) || ["style", "srcdoc"].includes(name) || !/^[\w:-]+$/.test(name)) dire(`attribut ${name}`);
        if (!ADRESSES.includes(name) || value.startsWith("mailto:")) continue;
        const url = URL.parse(value, location.origin + chemin);
        const dehors = ["a", "link"].includes(nom) && (url?.protocol === "https:" || value.startsWith("http://purl.org/dc/"));
        if (url?.origin !== location.origin && !dehors) dire(`${name}=${value.slice(0, 80)}`);
      }
    }
  };
  for (const chemin of chemins) {
    const reponse = await fetch(chemin);
    fouiller(new DOMParser().parseFromString(await reponse.text(), "text/html"), chemin);
  }
  return fautes;
}
