// Opens whatever the page lets its reader open: disclosures, also those that
// come to be inside others, and explanations, but for what the selector
// `window.leaveClosed` finds; `window.opened` says that no more is on its way.
(async () => {
  window.opened = false;
  const frame = () => new Promise(requestAnimationFrame);
  const closed = () => {
    const seen = (selector) =>
      [...document.querySelectorAll(selector)].filter(
        (e) => e.checkVisibility() && !e.matches(window.leaveClosed),
      );
    // Several buttons may open the same, and one of them is enough.
    const isOpen = (e) =>
      document.querySelector(`[aria-expanded=true][aria-controls="${e.getAttribute("aria-controls")}"]`);
    const buttons = seen("[aria-expanded=false][aria-controls]").filter((e) => !isOpen(e));
    const once = new Map(buttons.map((e) => [e.getAttribute("aria-controls"), e]));
    return [...seen("details:not([open]) > summary"), ...once.values()];
  };
  const onItsWay = () =>
    document.querySelector("#trust [open]:not(:has(table)), #glossary [open]:not(:has(dt))");
  while (closed().length || onItsWay()) {
    closed().forEach((e) => e.click());
    await frame();
    await frame();
  }
  window.opened = true;
})();
