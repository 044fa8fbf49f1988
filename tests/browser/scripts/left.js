// What a site has left on this machine, to be found by its next page.
const done = arguments[0];
(async () => {
  const left = [];
  const look = async (kind, find) => {
    try {
      for (const name of await find()) left.push(`${kind}: ${name}`);
    } catch {
      // A store that does not open holds nothing.
    }
  };
  await look('cookie', () => document.cookie.split('; ').filter(Boolean));
  await look('localStorage', () => Object.keys(localStorage));
  await look('sessionStorage', () => Object.keys(sessionStorage));
  await look('IndexedDB', async () => (await indexedDB.databases()).map(({ name }) => name));
  await look('cache', () => caches.keys());
  await look('service worker', async () =>
    (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope),
  );
  done(left);
})();
