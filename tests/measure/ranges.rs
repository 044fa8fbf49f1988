//! How long ranges take once the hand rests, and how many draws a second are made.

use crate::{SPEEDS, driver::Browser};
use serde_json::json;
use std::time::Duration;

/// A layout that is fixed, and one that is planned.
const LINKS: [(&str, &str); 2] = [
    (
        "fixed",
        "v=1&tp=8&pp=1&ep=64&dp=256&batch=8192&recompute=selective&draws=10000",
    ),
    ("planned", "v=1&draws=10000"),
];
/// The draws after which ranges are shown first, and all.
const DRAWS: [f64; 2] = [128.0, 10_000.0];
/// Milliseconds until a hand rests, as in `browser::REST`.
const REST: f64 = 200.0;
/// Moves a lever, and notes when ranges stand: the first, and all of them.
const WATCH: &str = "const band = document.querySelector('#answer-inference .band'); \
    const lever = document.querySelector('#control-dies'); \
    window.ranges = []; \
    new MutationObserver(() => { if (band.dataset.stale === undefined) \
    window.ranges.push([performance.now() - window.moved, band.textContent]); }) \
    .observe(band, {attributes: true, childList: true, characterData: true, subtree: true}); \
    lever.value = Number(lever.value) + 1; window.moved = performance.now(); \
    lever.dispatchEvent(new Event('input', {bubbles: true}));";
const ALL: &str = "window.ranges.some(([, text]) => text.includes('10,000'))";
const FOUND: &str =
    "[window.ranges[0][0], window.ranges.find(([, text]) => text.includes('10,000'))[0]]";

/// Prints both, at each speed.
pub async fn measure(browser: &Browser) {
    println!("\nranges: milliseconds after the hand rests to the first, to all; draws a second");
    for (layout, query) in LINKS {
        for (speed, slowness) in SPEEDS {
            browser.visit_app(&format!("/?{query}")).await;
            browser.rest(Duration::from_secs(3)).await;
            let rate = json!({ "rate": slowness });
            browser
                .devtools("Emulation.setCPUThrottlingRate", rate)
                .await;
            browser.run(WATCH).await;
            let minute = Duration::from_secs(60);
            browser.within(minute, "all draws are done", ALL).await;
            let found: [f64; 2] =
                serde_json::from_value(browser.value(FOUND).await).unwrap_or([f64::NAN; 2]);
            let second = (DRAWS[1] - DRAWS[0]) / (found[1] - found[0]) * 1e3;
            let [first, all] = found.map(|time| time - REST);
            println!("{layout:8} {speed:4} {first:6.0} {all:6.0} {second:9.0}");
            let rate = json!({ "rate": 1 });
            browser
                .devtools("Emulation.setCPUThrottlingRate", rate)
                .await;
        }
    }
}
