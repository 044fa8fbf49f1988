// What fingers and small windows ask of the page as it stands: each question
// answers with a list of complaints.
window.fit = (() => {
  const called = (e) =>
    `${e.tagName.toLowerCase()}#${e.id}.${e.getAttribute("class") || ""} “${(e.getAttribute("aria-label") || e.textContent).trim().slice(0, 40)}”`;
  const seen = (selector) =>
    [...document.querySelectorAll(selector)].filter((e) =>
      e.checkVisibility({ visibilityProperty: true }),
    );
  const frame = () => new Promise(requestAnimationFrame);

  // In a line of text that goes on before or behind it: what is a block does not
  // stand in a sentence, nor does what has its line for itself.
  const inSentence = (e) => {
    const inLine = (element) => getComputedStyle(element).display.startsWith("inline");
    const blockOf = (element) => (inLine(element) ? blockOf(element.parentElement) : element);
    if (!inLine(e)) return false;
    const block = blockOf(e);
    const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { data, parentElement } = texts.currentNode;
      const isOther = parentElement.closest("a, button, select, label, .live, .unseen");
      if (!isOther && data.trim().length > 1 && blockOf(parentElement) === block) return true;
    }
    return false;
  };
  // How far to both sides of its middle a pointer still meets the element, to a
  // pixel; more than is asked for is not told.
  const reach = (e, shown) => {
    const box = shown.getBoundingClientRect();
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const own = (at) =>
      at && (shown.contains(at) || e.contains(at) || [...(e.labels || [])].some((l) => l.contains(at)));
    const far = (dx, dy) => {
      let steps = 0;
      while (steps < 44 && own(document.elementFromPoint(x + dx * (steps + 0.5), y + dy * (steps + 0.5)))) steps++;
      return steps;
    };
    return { across: far(-1, 0) + far(1, 0) + 1, down: far(0, -1) + far(0, 1) + 1 };
  };

  return {
    // WCAG 2.2, 2.5.5: 44 px, and 24 (2.5.8) for what stands in a sentence, whose
    // lines are no higher. Links that are text, in sentences, tables and lists of
    // sources, are as high as it; axe-core holds them to the space of 2.5.8.
    async targets() {
      const complaints = [];
      for (const e of seen("a[href], button, input, select, summary")) {
        if (e.tabIndex < 0 || e.matches(".skip")) continue;
        // A table's numbers are alike: those of its first and of its last row are tried.
        const row = e.matches("td > .explains") && e.closest("tr");
        if (row && row.previousElementSibling && row.nextElementSibling) continue;
        const sentence = inSentence(e.closest(".live-grip") || e);
        if (e.tagName === "A" && getComputedStyle(e).display === "inline") continue;
        const least = sentence ? 24 : 44;
        const through = getComputedStyle(e).pointerEvents === "none";
        const shown = through ? e.parentElement : e.closest("label") || e;
        shown.scrollIntoView({ block: "center", behavior: "instant" });
        await frame();
        const { across, down } = reach(e, shown);
        if (across < least || down < least) {
          complaints.push(`${called(e)} is ${across} × ${down} px to a finger, not ${least}`);
        }
      }
      return complaints;
    },
    // WCAG 1.4.10: nothing wider than the window but what scrolls in its own box.
    sideways() {
      const root = document.documentElement;
      if (root.scrollWidth <= innerWidth) return [];
      const out = seen("body *").filter((e) => e.getBoundingClientRect().right > innerWidth + 1);
      return [`${root.scrollWidth} px in ${innerWidth}`, ...out.slice(0, 4).map(called)];
    },
    // Nothing is cut off by its own box, unless that box scrolls, as fields do.
    clipped() {
      const cut = (e) => {
        const { overflowX, overflowY } = getComputedStyle(e);
        const hides = (overflow) => overflow === "hidden" || overflow === "clip";
        return (
          (hides(overflowX) && e.scrollWidth > e.clientWidth + 1) ||
          (hides(overflowY) && e.scrollHeight > e.clientHeight + 1)
        );
      };
      const words = seen("body *").filter((e) => !e.closest("svg, .unseen, input") && cut(e));
      return words.map((e) => `${called(e)} is cut off`);
    },
    // What stays on the screen leaves two thirds of it to what moves.
    async sticky() {
      scrollTo({ top: document.documentElement.scrollHeight / 2, behavior: "instant" });
      await frame();
      await frame();
      const stays = (e) => /sticky|fixed/.test(getComputedStyle(e).position);
      const boxes = seen("body *").filter((e) => stays(e) && !e.closest("table"));
      const inside = boxes.map((e) => e.getBoundingClientRect());
      const high = inside.reduce(
        (sum, box) => sum + Math.max(0, Math.min(box.bottom, innerHeight) - Math.max(box.top, 0)),
        0,
      );
      return high > innerHeight / 3
        ? [`${Math.round(high)} of ${innerHeight} px stay covered by ${boxes.map(called)}`]
        : [];
    },
    // WCAG 1.4.12: the spacing that a reader may ask for. Charts keep theirs: their
    // words are set for the place that they have, and said again in their tables.
    space() {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(
        `:not(svg, svg *) { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
         svg { letter-spacing: 0 !important; word-spacing: 0 !important }
         p { margin-block-end: 2em !important }`,
      );
      document.adoptedStyleSheets = [sheet];
    },
  };
})();
