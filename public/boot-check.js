// Until the app is here: one language of the two that the page is delivered
// with and the file of its texts, the colours that the link asks for, what the
// browser may load, and a message where the app does not come. Plain and small,
// for browsers that run nothing else.
(function () {
  var root = document.documentElement;
  var query = location.search;
  root.dataset.boot = "1";

  // The page's policy names no host, since any may serve it. Here it is known which
  // one does, and from now on no other is asked for anything.
  var policy = document.querySelector("meta[http-equiv=Content-Security-Policy]");
  if (policy) {
    var here = policy.cloneNode();
    here.content = policy.content.replace(/https: http:/g, "'self' " + location.origin);
    document.head.appendChild(here);
  }

  var asked = /[?&]lang=(fr|en)(&|$)/.exec(query);
  // A page below the site's root is of one language.
  var languages = asked ? [asked[1]] : root.dataset.root ? [root.lang] : navigator.languages || [navigator.language || "en"];
  for (var i = 0; i < languages.length; i++) {
    var tag = String(languages[i]).slice(0, 2).toLowerCase();
    if (tag === "fr" || tag === "en") {
      root.lang = tag;
      break;
    }
  }

  var theme = /[?&]theme=(light|dark)(&|$)/.exec(query);
  if (theme) root.setAttribute("data-theme", theme[1]);

  function tellUnlessReady() {
    var message = document.getElementById("broken");
    if (message && !root.dataset.ready) message.hidden = false;
  }
  // A file that does not load, and a module that does not start.
  window.addEventListener("error", function (event) {
    var element = event.target;
    if (element && (element.tagName === "SCRIPT" || element.tagName === "LINK")) tellUnlessReady();
    if (element === window) tellUnlessReady();
  }, true);
  window.addEventListener("unhandledrejection", tellUnlessReady);
  setTimeout(tellUnlessReady, 15000);

  // Asked for now, so that the texts are here when the program is.
  var texts = document.createElement("link");
  texts.rel = "preload";
  texts.as = "fetch";
  texts.crossOrigin = "anonymous";
  texts.href = (root.dataset.root || "") + "texts." + root.lang + ".txt?" + root.dataset.texts;
  document.head.appendChild(texts);
})();
