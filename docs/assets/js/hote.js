// Donne à chaque liste d’Inspir’Actions de cette page la hauteur qu’elle demande. Facultatif.
{
  const cadres = () => document.querySelectorAll("iframe[data-inspiractions]");
  addEventListener("message", ({ origin, source, data }) => {
    for (const cadre of cadres()) {
      const connu = source === cadre.contentWindow && origin === new URL(cadre.src).origin;
      if (connu && data?.inspiractions === "hauteur" && data.hauteur > 0) cadre.height = Math.min(data.hauteur, 8000);
    }
  });
  for (const cadre of cadres()) cadre.contentWindow.postMessage("inspiractions", "*");
}
