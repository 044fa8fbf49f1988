/* Silicon Gap: gives each of its frames in this page the height of what it shows.
   A frame is known by its window, and heard only from where this script is from
   (or from nowhere, "null", where it is sandboxed). */
(function () {
  var home = document.currentScript.src;
  var origin = new URL(home).origin;
  var base = home.slice(0, home.lastIndexOf("/embed/") + 1);
  addEventListener("message", function (event) {
    var data = event.data;
    if (event.origin !== origin && event.origin !== "null") return;
    if (!data || data.type !== "silicon-gap:height" || data.v !== 1) return;
    var height = data.height;
    if (typeof height !== "number" || !(height > 0 && height < 20000)) return;
    document.querySelectorAll("iframe").forEach(function (frame) {
      if (frame.contentWindow === event.source && frame.src.indexOf(base) === 0)
        frame.style.height = height + "px";
    });
  });
})();
