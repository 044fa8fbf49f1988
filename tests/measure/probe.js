// Says when what an input changed has been painted, and what work that took.
//
// A frame is one task of the main thread: callbacks of requestAnimationFrame, style,
// layout, paint, commit. A task that is posted inside it, more urgent than timers,
// therefore runs when the frame is painted and handed over, and before the page goes
// on. The same tells where an input's task and a timer's end: the time in all of them
// is the work, what lies between them is waiting.
(() => {
  const probe = (window.probe = { arm, report });
  const { requestAnimationFrame: frame, setTimeout: later } = window;
  const now = () => performance.now();
  // The task that runs, and whether it is a frame.
  let began = null;
  let inFrame = false;
  // Time in tasks since the page was armed.
  let worked = 0;
  let painted = new Set();
  let inputs = [];
  let visible = new Set();

  function beginTask() {
    if (began !== null) return;
    began = now();
    scheduler.postTask(endTask, { priority: 'user-blocking' });
  }
  function endTask() {
    const ended = now();
    worked += ended - began;
    began = null;
    if (!inFrame) return;
    inFrame = false;
    for (const where of painted) {
      for (const input of inputs) {
        const seen = { at: ended - input.begun, worked: worked - input.worked };
        // The first paint of an answer counts, and the last one of a figure.
        if (where === 'answers') input.answers ??= seen;
        else input.figures = seen;
      }
      if (where !== 'answers') probe.drawn.push(where);
    }
    painted = new Set();
  }
  function beginFrame() {
    beginTask();
    inFrame = true;
  }
  window.requestAnimationFrame = (act) =>
    frame((time) => {
      beginFrame();
      act(time);
    });
  window.setTimeout = (act, ...rest) =>
    later((...given) => {
      beginTask();
      act(...given);
    }, ...rest);

  function arm() {
    inputs = [];
    worked = 0;
    probe.drawn = [];
    const inSight = (figure) => {
      const { top, bottom } = figure.getBoundingClientRect();
      return bottom > 0 && top < innerHeight;
    };
    visible = new Set([...document.querySelectorAll('.figure')].filter(inSight));
  }
  function report() {
    const none = { at: 0, worked: 0 };
    const later = (a, b) => (a.at > b.at ? a : b);
    const times = ({ answers = none, figures = none }) => {
      const last = later(answers, figures);
      return [answers.at, answers.worked, last.at, last.worked];
    };
    return { inputs: inputs.map(times), drawn: probe.drawn.length, visible: visible.size };
  }

  // The time of a key or a pointer is the one at which the browser got it.
  let begun = 0;
  for (const kind of ['keydown', 'pointermove', 'pointerdown']) {
    const stamp = (event) => {
      beginTask();
      begun = event.timeStamp;
    };
    addEventListener(kind, stamp, { capture: true, passive: true });
  }
  for (const kind of ['input', 'change']) {
    const begin = (event) => {
      const known = inputs.at(-1)?.begun === begun;
      if (event.isTrusted && !known) inputs.push({ begun, worked });
    };
    addEventListener(kind, begin, { capture: true });
  }
  const place = (node) => {
    const element = node.nodeType === 1 ? node : node.parentElement;
    const figure = element?.closest('.figure');
    if (figure) return visible.has(figure) ? figure.id : null;
    return element?.closest('#answers, .levers, .setting') ? 'answers' : null;
  };
  const watch = new MutationObserver((changes) => {
    for (const change of changes) {
      const where = place(change.target);
      if (where) painted.add(where);
    }
    // Changed outside a frame: the next one paints it.
    if (painted.size && !inFrame) frame(beginFrame);
  });
  document.addEventListener('DOMContentLoaded', () => {
    const options = { subtree: true, childList: true, characterData: true, attributes: true };
    watch.observe(document.body, options);
  });
})();
