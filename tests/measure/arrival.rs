//! How long a first visit takes by telephone: to the first paint, and to the answer
//! of a lever that is moved as soon as there is one.

use crate::driver::Browser;
use serde_json::json;
use std::time::Duration;

/// What they are held against.
const BUDGETS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../budgets.toml");
/// What runs in the page before the page does.
const PROBE: &str = include_str!("arrival.js");
/// A start, a start in a language, a passage: pages written in advance.
const PAGES: [&str; 3] = ["/", "/fr/", "/s/huawei/"];
/// Of so many visits the middle one is told.
const VISITS: usize = 5;
/// Pixels that a telephone is wide.
const WIDTH: u32 = 375;
/// How much slower than its own the processor is made.
const SLOWNESS: u32 = 4;

/// A network: its name, milliseconds that each request waits, and bits a second down
/// and up.
type Network = (&'static str, f64, f64, f64);

/// Both are 1.6 Mbit/s down, 0.75 up, 150 ms a round trip. The first has a wait and
/// a loss for what opening connections and filling them cost, which the emulation
/// does not do by itself: the devtools' own preset. The second is the bare line.
const NETWORKS: [Network; 2] = [
    ("slow 4G", 3.75 * 150.0, 0.9 * 1.6e6, 0.9 * 0.75e6),
    ("bare line", 150.0, 1.6e6, 0.75e6),
];

/// Milliseconds to the first paint and to the lever's answer, bytes, requests, and by
/// how much the page jumped (layout shift).
type Visit = [f64; 5];

/// Prints both for each page.
pub async fn measure(browser: &Browser) {
    println!(
        "\nfirst visits, processor at 1/{SLOWNESS}: milliseconds to the first paint, and to \
         the answer of a lever (median of {VISITS}; least and most)"
    );
    let probe = json!({ "source": PROBE });
    browser
        .devtools("Page.addScriptToEvaluateOnNewDocument", probe)
        .await;
    browser.devtools("Network.enable", json!({})).await;
    let rate = |rate: u32| json!({ "rate": rate });
    browser
        .devtools("Emulation.setCPUThrottlingRate", rate(SLOWNESS))
        .await;
    browser.set_width(WIDTH).await;
    // Of the slowest page, by the devtools' own preset.
    let mut slowest = [0.0f64; 2];
    for (name, latency, down, up) in NETWORKS {
        let conditions = json!({
            "offline": false, "latency": latency,
            "downloadThroughput": down / 8.0, "uploadThroughput": up / 8.0,
        });
        browser
            .devtools("Network.emulateNetworkConditions", conditions)
            .await;
        for page in PAGES {
            let mut visits = Vec::new();
            for _ in 0..VISITS {
                visits.push(visit(browser, page).await);
            }
            let [paint, live, bytes, requests, jumped] =
                [0, 1, 2, 3, 4].map(|i| sorted(visits.iter().map(|visit| visit[i]).collect()));
            println!(
                "{name:10} {page:12} {}   {}   {:.0} kB in {:.0} requests, jumps by {:.3}",
                told(&paint),
                told(&live),
                bytes[VISITS / 2] / 1e3,
                requests[VISITS / 2],
                jumped[VISITS / 2]
            );
            if name == NETWORKS[0].0 {
                slowest = [
                    slowest[0].max(paint[VISITS / 2]),
                    slowest[1].max(live[VISITS / 2]),
                ];
            }
        }
    }
    browser
        .devtools("Emulation.setCPUThrottlingRate", rate(1))
        .await;
    let budgets = std::fs::read_to_string(BUDGETS).unwrap_or_default();
    let budgets: toml::Table = budgets.parse().unwrap_or_default();
    for (name, time) in ["first_paint", "controls_live"].iter().zip(slowest) {
        let of = |what: &str| {
            budgets["arrival"][*name][what]
                .as_integer()
                .unwrap_or_default()
        };
        println!(
            "{name}: {time:.0} ms; budgets.toml has {}, its goal is {}",
            of("now"),
            of("goal")
        );
    }
}

/// A first visit.
async fn visit(browser: &Browser, page: &str) -> Visit {
    browser.visit_address("about:blank").await;
    browser
        .devtools("Network.clearBrowserCache", json!({}))
        .await;
    browser.visit(page).await;
    let minute = Duration::from_secs(60);
    let live = "typeof window.arrival.live === 'number'";
    browser.within(minute, "a lever answers", live).await;
    let visit = browser.value("window.arrival.report()").await;
    serde_json::from_value(visit).unwrap_or([f64::NAN; 5])
}

fn sorted(mut all: Vec<f64>) -> Vec<f64> {
    all.sort_by(f64::total_cmp);
    all
}

fn told(times: &[f64]) -> String {
    let [least, middle, most] = [0, VISITS / 2, VISITS - 1].map(|i| times[i]);
    format!("{middle:5.0} ({least:.0}–{most:.0})")
}
