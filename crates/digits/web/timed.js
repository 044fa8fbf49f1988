// Milliseconds of each run, one a line, the first without what engines learn from it.
const RUNS = 15;

export function timed(run) {
  const times = [];
  for (let i = 0; i < RUNS; i += 1) {
    const began = performance.now();
    run();
    times.push(performance.now() - began);
  }
  return times.map((time) => time.toFixed(3)).join('\n');
}
