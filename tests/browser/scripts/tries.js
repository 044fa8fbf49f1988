// What a script that found its way into the page would try, one after the other, as a
// file of the site's own. Of each it keeps what the policy refused it by; whether
// something came of it all the same, the test sees.
(async () => {
  const foreign = document.currentScript.dataset.foreign;
  const add = (name, attributes, text = '') => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.textContent = text;
    document.body.append(element);
    return element;
  };
  const address = (name) => `${foreign}/${name}`;
  const tries = {
    'foreign script': () => add('script', { src: address('harm.js') }),
    'foreign module': () => add('script', { src: address('harm.mjs'), type: 'module' }),
    'inline script': () => add('script', {}, 'window.harm = "inline script"'),
    'script in an address': () => add('script', { src: 'data:text/javascript,window.harm="data"' }),
    'inline handler': () => add('p', { onclick: 'window.harm = "handler"' }).click(),
    'javascript link': () => add('a', { href: 'javascript:void(window.harm = "link")' }).click(),
    eval: () => window.eval('window.harm = "eval"'),
    'new Function': () => new Function('window.harm = "Function"')(),
    'text for a timer': () => setTimeout('window.harm = "timer"', 0),
    'import()': () => import(address('harm.mjs')).catch(() => 0),
    worker: () => new Worker(URL.createObjectURL(new Blob(['0'], { type: 'text/javascript' }))),
    'foreign sheet': () => add('link', { rel: 'stylesheet', href: address('harm.css') }),
    'inline sheet': () => add('style', {}, 'body { --harm: 1 }'),
    'style attribute': () => document.body.insertAdjacentHTML('beforeend', '<p style="--harm: 1">'),
    frame: () => add('iframe', { src: address('harm.html') }),
    'own frame': () => add('iframe', { src: new URL('texts.en.txt', document.baseURI).href }),
    object: () => add('object', { data: address('harm.html') }),
    embed: () => add('embed', { src: address('harm.html') }),
    image: () => add('img', { src: address('harm.png') }),
    sound: () => add('audio', { src: address('harm.mp3') }),
    font: () => new FontFace('harm', `url(${address('harm.woff2')})`).load().catch(() => 0),
    fetch: () => fetch(address('harm.txt')).catch(() => 0),
    beacon: () => navigator.sendBeacon(address('harm')),
    'event source': () => new EventSource(address('harm')),
    'web socket': () => new WebSocket(address('harm').replace('http', 'ws')),
    base: () => document.head.prepend(Object.assign(document.createElement('base'), { href: address('') })),
    form: () => add('form', { action: address('harm'), method: 'post' }).submit(),
    'own form': () => add('form', { action: location.href, method: 'post' }).submit(),
  };
  // As a policy that is only reported is not asked, its words do not count.
  let heard = () => {};
  addEventListener('securitypolicyviolation', (event) => {
    if (event.disposition !== 'report') heard(event.effectiveDirective);
  });
  const rest = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
  const refused = {};
  for (const [name, act] of Object.entries(tries)) {
    const refusal = new Promise((done) => (heard = done));
    try {
      act();
    } catch {
      // Refused at once.
    }
    refused[name] = await Promise.race([refusal, rest(3000).then(() => 'nothing')]);
    // Words that come late are of this one.
    heard = () => {};
    await rest(30);
  }
  window.refused = refused;
})();
