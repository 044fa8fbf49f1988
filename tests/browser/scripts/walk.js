// Scrolls from the top of the page to its end, so that what is made when it
// comes near the screen is there; `window.walked` says that it has arrived.
(async () => {
  window.walked = false;
  const frame = () => new Promise(requestAnimationFrame);
  const near = (e) => {
    const { top, bottom } = e.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  };
  const waiting = () =>
    [...document.querySelectorAll(".drawing, .story > p")].some((e) => near(e) && !e.firstElementChild);
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
    scrollTo({ top: y, behavior: "instant" });
    await frame();
    await frame();
    while (waiting()) await frame();
  }
  scrollTo({ top: 0, behavior: "instant" });
  await frame();
  window.walked = true;
})();
