// Opens whatever the page lets its reader open: disclosures, also those that
// come to be inside others, and explanations; `window.opened` says that no more
// is on its way.
(async () => {
  window.opened = false;
  const frame = () => new Promise(requestAnimationFrame);
  const closed = () => {
    const controls = [...document.querySelectorAll("[aria-expanded=false][aria-controls]")];
    // Several buttons may open the same.
    const once = new Map(controls.map((e) => [e.getAttribute("aria-controls"), e]));
    return [...document.querySelectorAll("details:not([open]) > summary"), ...once.values()];
  };
  const onItsWay = () => document.querySelector("#trust:not(:has(table)), #glossary:not(:has(dt))");
  while (closed().length || onItsWay()) {
    closed().forEach((e) => e.click());
    await frame();
    await frame();
  }
  window.opened = true;
})();
