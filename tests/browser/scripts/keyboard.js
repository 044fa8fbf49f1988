// What the Tab key ought to meet, and what it meets. `keyboard.step()` is asked
// after each press of it and says whether there is more to come; `complaints`
// collects what is wrong.
window.keyboard = (() => {
  // Of radio buttons the one that is chosen is a stop, arrows reach the others.
  const isStop = (e) =>
    e.tabIndex >= 0 &&
    !e.disabled &&
    (e.type !== "radio" || e.checked) &&
    e.checkVisibility({ visibilityProperty: true });
  const every = "a[href], button, input, select, textarea, summary, [tabindex]";
  const stops = [...document.querySelectorAll(every)].filter(isStop);
  const complaints = [];
  const called = (e) =>
    `${e.tagName.toLowerCase()}#${e.id}.${e.getAttribute("class") || ""} “${e.textContent.trim().slice(0, 40)}”`;

  // Rules that style the thumb of a slider, which has no computed style to ask for.
  const THUMB = "::-webkit-slider-thumb";
  const rules = (of) => [...of.cssRules].flatMap((r) => (r.selectorText ? [r] : r.cssRules ? rules(r) : []));
  const thumbs = [...document.styleSheets]
    .flatMap(rules)
    .filter((rule) => rule.selectorText.endsWith(THUMB));
  const thumb = (e) =>
    thumbs
      .filter((rule) => e.matches(rule.selectorText.slice(0, -THUMB.length)))
      .map((rule) => rule.cssText);
  // The element and what is around it, as a focus ring would change them.
  const looks = (e) => {
    const around = [e, e.parentElement, e.parentElement.parentElement];
    const look = (element, part) => {
      const style = getComputedStyle(element, part);
      return [style.outline, style.boxShadow, style.borderColor, style.backgroundColor].join();
    };
    return around
      .flatMap((element) => [null, "::before", "::after"].map((part) => look(element, part)))
      .concat(thumb(e))
      .join("|");
  };
  // Where it begins: words in a text may go on in the next line.
  const firstBox = (e) => e.getClientRects()[0] ?? e.getBoundingClientRect();
  // Down the page, to the right within a row, and to the head of the next column: by
  // the boxes of the parts that they lie in, where these part company.
  const follows = (a, b) => {
    const parts = (e) => (e ? [...parts(e.parentElement), e] : []);
    const [ofA, ofB] = [parts(a), parts(b)];
    const apart = ofA.findIndex((part, i) => part !== ofB[i]);
    if (!ofA[apart] || !ofB[apart]) return true;
    const hasBox = [ofA[apart], ofB[apart]].every((e) => getComputedStyle(e).display !== "contents");
    const [boxA, boxB] = (hasBox ? [ofA[apart], ofB[apart]] : [a, b]).map(firstBox);
    const shared = Math.min(boxA.bottom, boxB.bottom) - Math.max(boxA.top, boxB.top);
    if (shared > Math.max(boxA.height, boxB.height) / 2) return boxB.left > boxA.left - 1;
    return boxB.top > boxA.top - 1 || boxB.left > boxA.right - 1;
  };
  // Nothing lies over the middle of what one sees of it; where a pointer passes
  // through it, what is around it is what one sees.
  const inSight = (e) => {
    const seen = getComputedStyle(e).pointerEvents === "none" ? e.parentElement : e;
    const box = firstBox(seen);
    const middle = (low, high, most) => (Math.max(low, 0) + Math.min(high, most)) / 2;
    const at = document.elementFromPoint(
      middle(box.left, box.right, innerWidth),
      middle(box.top, box.bottom, innerHeight),
    );
    return at && (seen.contains(at) || at.contains(seen) || [...(e.labels || [])].includes(at));
  };

  let last = null;
  const leave = () => {
    if (last && looks(last.element) === last.looks) {
      complaints.push(`${called(last.element)} looks the same with the keyboard on it`);
    }
  };
  return {
    complaints,
    stops,
    step(backwards) {
      leave();
      const order = backwards ? [...stops].reverse() : stops;
      const element = document.activeElement;
      const expected = last ? order[order.indexOf(last.element) + 1] : order[0];
      if (element === document.body || (last && element === order[0])) {
        if (expected) complaints.push(`the keyboard never comes to ${called(expected)}`);
        last = null;
        return false;
      }
      const now = { element, looks: looks(element) };
      if (element !== expected) {
        const wanted = expected ? called(expected) : "the end";
        complaints.push(`${called(element)} comes in place of ${wanted}`);
        if (last && element === last.element) return false;
      }
      if (last && !(backwards ? follows(element, last.element) : follows(last.element, element))) {
        complaints.push(`${called(element)} stands before ${called(last.element)}`);
      }
      if (!inSight(element)) complaints.push(`${called(element)} is covered while it has the keyboard`);
      last = now;
      return true;
    },
    nameless() {
      complaints.push(`${called(document.activeElement)} has no name`);
    },
  };
})();
