// What every page needs: the scheme button, the menu of small screens, copy, print.

const body = document.body;

for (const button of document.querySelectorAll("[data-schema]")) {
  const word = button.querySelector("[data-schema-mot]");
  const label = () => {
    word.textContent = body.dataset.mdColorScheme === "slate" ? "Passer en mode clair" : "Passer en mode sombre";
  };
  label();
  button.addEventListener("click", () => {
    body.dataset.mdColorScheme = body.dataset.mdColorScheme === "slate" ? "default" : "slate";
    label();
    try {
      localStorage.setItem("schema", body.dataset.mdColorScheme);
    } catch {
      // Storage refused: the choice lasts as long as the page.
    }
  });
}

for (const button of document.querySelectorAll("[data-menu]")) {
  const menu = document.getElementById(button.getAttribute("aria-controls"));
  const open = (yes) => {
    button.setAttribute("aria-expanded", String(yes));
    menu.classList.toggle("est-ouvert", yes);
  };
  button.addEventListener("click", () => open(button.getAttribute("aria-expanded") !== "true"));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && button.getAttribute("aria-expanded") === "true") {
      open(false);
      button.focus();
    }
  });
}

for (const button of document.querySelectorAll("[data-copie]")) {
  const said = button.textContent;
  button.addEventListener("click", async () => {
    const source = document.getElementById(button.dataset.copie);
    const text = "value" in source ? source.value : source.textContent.trim();
    try {
      await navigator.clipboard.writeText(text);
      button.textContent = "Copié";
    } catch {
      // Refused, or a page opened without https: select the text so that Ctrl+C works.
      if ("select" in source) source.select();
      else getSelection().selectAllChildren(source);
      button.textContent = "Ctrl + C pour copier";
    }
    setTimeout(() => (button.textContent = said), 2500);
  });
}

for (const button of document.querySelectorAll("[data-imprimer]")) {
  button.addEventListener("click", () => print());
}

// A site is built once and read for years: whether a fiche is old is a question for the reader's clock.
for (const fraicheur of document.querySelectorAll("[data-verifie]")) {
  const limit = new Date(fraicheur.dataset.verifie);
  limit.setMonth(limit.getMonth() + 24);
  fraicheur.parentElement.querySelector("[data-perime]").hidden = new Date() < limit;
}
