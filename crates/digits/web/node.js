// `node node.js` prints the digits, `node node.js draw` what a run of draws took.
import { readFileSync } from 'node:fs';
import { initSync, digits, draw } from './digits.js';
import { timed } from './timed.js';

initSync({ module: readFileSync(new URL('digits_bg.wasm', import.meta.url)) });
process.stdout.write(process.argv[2] === 'draw' ? timed(draw) : digits());
