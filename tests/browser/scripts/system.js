// What stays to be seen where the reader's system sets the colours, or the page is
// printed: each question answers with a list of complaints.
window.system = (() => {
  const seen = (selector) => [...document.querySelectorAll(selector)].filter((e) => e.checkVisibility());
  const called = (e) => `${e.tagName.toLowerCase()}#${e.id}.${e.getAttribute("class") || ""}`;
  // The colours that the system has for the page's parts.
  const probe = document.createElement("i");
  document.body.append(probe);
  probe.style.forcedColorAdjust = "none";
  const inSystem = (name) => {
    probe.style.color = name;
    return getComputedStyle(probe).color;
  };
  const own = new Set(
    ["Canvas", "CanvasText", "LinkText", "GrayText", "ButtonText", "ButtonFace", "Field", "FieldText"]
      .concat(["Highlight", "HighlightText", "SelectedItem", "AccentColor", "VisitedText"])
      .map(inSystem),
  );
  const paints = (e) => {
    const { fill, stroke } = getComputedStyle(e);
    return [fill, stroke];
  };
  const drawn = (svg) => [...svg.querySelectorAll("rect, path, polygon, circle, text")];

  return {
    // Every chart is in the system's colours, or hatched with them.
    charts() {
      const others = (svg) =>
        drawn(svg)
          .filter((e) => e.checkVisibility() && paints(e).some((p) => p.startsWith("rgb") && !own.has(p)))
          .slice(0, 3)
          .map((e) => `${svg.id}: ${called(e)} is ${paints(e)}`);
      return seen("svg.chart").flatMap(others);
    },
    // What a key tells apart by its colour elsewhere has another look.
    parts() {
      const complaints = [];
      for (const svg of seen("svg.chart.bars")) {
        const looks = new Map();
        for (const rect of svg.querySelectorAll("rect[class]")) {
          const name = /f-([a-z]+)/.exec(rect.getAttribute("class"))[1];
          const look = paints(rect).join();
          if (looks.has(look) && looks.get(look) !== name) {
            complaints.push(`${svg.id}: ${name} looks like ${looks.get(look)}`);
          }
          looks.set(look, name);
        }
      }
      return complaints;
    },
    // Cells of the map differ by what they hold, and so do barred ones.
    cells() {
      const looks = new Map();
      for (const cell of seen("svg.chart .cell")) {
        const state = `${cell.dataset.state} ${cell.dataset.barred || ""}`;
        const look = drawn(cell).map((e) => [e.tagName, ...paints(e)].join()).join(" ");
        looks.set(state, (looks.get(state) || new Set()).add(look));
      }
      const all = [...looks].flatMap(([state, own]) => [...own].map((look) => [look, state]));
      const states = new Map();
      return all
        .filter(([look, state]) => states.has(look) || !states.set(look, state))
        .map(([look, state]) => `${state} and ${states.get(look)} look alike`);
    },
    // What is chosen differs from what is not by more than a surface.
    chosen() {
      const look = (e) => {
        const s = getComputedStyle(e);
        return [s.fontWeight, s.borderBottomColor, s.color].join();
      };
      const [on, off] = ["true", "false"].map((state) => seen(`[aria-pressed=${state}]`)[0]);
      return on && off && look(on) === look(off) ? [`${called(on)} and ${called(off)} look alike`] : [];
    },
    // Nothing on paper waits to be pressed; what is printed of a control is its words.
    controls() {
      return seen("button, input[type=range], input[type=search], summary")
        .filter((e) => !e.matches(".explains, .rule-mark, .live *"))
        .map((e) => `${called(e)} is printed`);
    },
    // Every figure is there and goes to one page.
    figures() {
      return seen("figure.figure")
        .filter((e) => !e.querySelector("svg") || getComputedStyle(e).breakInside !== "avoid")
        .map((e) => `${called(e)} is not drawn, or may be broken`);
    },
    // Who holds the paper can read where a link goes.
    addresses() {
      return seen("a[href^=http]")
        .filter((e) => !e.closest("svg") && getComputedStyle(e, "::after").content === "none")
        .map((e) => `${called(e)} “${e.textContent.slice(0, 40)}” says no address`);
    },
    // Where motion is not wanted nothing moves.
    motion() {
      const moves = (e) => {
        const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(e);
        return /[1-9]/.test(transitionDuration) || animationName !== "none" || scrollBehavior === "smooth";
      };
      return seen("*").filter(moves).map((e) => `${called(e)} moves`);
    },
  };
})();
