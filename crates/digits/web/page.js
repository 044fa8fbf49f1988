// What Node says, said in a browser: see node.js.
import start, { digits, draw } from './digits.js';
import { timed } from './timed.js';

await start();
const asked = location.hash === '#draw' ? timed(draw) : digits();
document.querySelector('#digits').textContent = asked;
document.body.dataset.ready = '1';
