// @ts-check
// Donne à chaque liste de la banque, dans cette page, la hauteur qu’elle demande. Facultatif.
{
  const cadres = () => [...document.querySelectorAll("iframe")].filter((cadre) => "inspiractions" in cadre.dataset);
  addEventListener("message", ({ origin, source, data }) => {
    for (const cadre of cadres()) {
      const connu = source === cadre.contentWindow && origin === new URL(cadre.src).origin;
      if (connu && data?.inspiractions === "hauteur" && data.hauteur > 0) cadre.height = String(Math.min(data.hauteur, 8000));
    }
  });
  for (const cadre of cadres()) cadre.contentWindow?.postMessage("inspiractions", "*");
}
