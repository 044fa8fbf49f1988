// Runs before the page does: moves a lever as soon as there are any, and keeps when
// its answer is painted. Levers come up in the task in which the program says that
// it is ready; a task that is posted in a frame runs when that frame is painted.
(() => {
  const arrival = (window.arrival = { live: null, report });
  const painted = () => (arrival.live ??= performance.now());
  const answers = { subtree: true, childList: true, characterData: true };
  const watch = new MutationObserver(() => {
    if (document.documentElement.dataset.ready !== '1') return;
    watch.disconnect();
    const told = new MutationObserver(() => scheduler.postTask(painted, { priority: 'user-blocking' }));
    told.observe(document.querySelector('#answers'), answers);
    const lever = document.querySelector('#control-dies');
    lever.value = Number(lever.value) + 1;
    lever.dispatchEvent(new Event('input', { bubbles: true }));
  });
  watch.observe(document, { subtree: true, attributeFilter: ['data-ready'] });
  let jumped = 0;
  const jumps = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) jumped += entry.value;
  });
  jumps.observe({ type: 'layout-shift', buffered: true });

  // Milliseconds to the first paint, and to the lever's answer; bytes; requests; by
  // how much the page jumped meanwhile.
  function report() {
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    const all = ['navigation', 'resource'].flatMap((kind) => performance.getEntriesByType(kind));
    // What came before the lever answered.
    const asked = all.filter((entry) => entry.startTime < arrival.live);
    const bytes = asked.reduce((sum, entry) => sum + entry.encodedBodySize, 0);
    return [paint.startTime, arrival.live, bytes, asked.length, jumped];
  }
})();
