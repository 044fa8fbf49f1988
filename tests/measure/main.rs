//! How long a reader waits: from an input to the paint that shows its answer, and
//! to the one after which every figure on the screen is drawn anew.
//!
//! `cargo xtask measure` runs it on the built site; nothing passes or fails by it.
//! Keys and pointer are Chromium's own (`Input.dispatch…`), and time counts from the
//! event's own stamp, so that what an event waits for counts too. `probe.js` says
//! when a frame is painted, and why that is so.
//!
//! Each lever is moved through its stops, with the top of the page or some of its
//! figures on the screen, at full speed and with the processor slowed to a quarter.
//! Frames come at 60 Hz or when the browser finds time, so a part of each wait is
//! nobody's work: both are told. Words after `--` pick places, speeds and levers;
//! `ranges` alone tells how long the ranges around the answers take, `arrival` alone
//! how long a first visit does.

mod arrival;
#[path = "../browser/driver.rs"]
#[allow(dead_code, unused_imports)]
mod driver;
mod ranges;
#[path = "../browser/server.rs"]
#[allow(dead_code)]
mod server;

use driver::{Browser, Setup};
use serde_json::{Value, json};
use std::time::Duration;

/// What runs in the page before the page does.
const PROBE: &str = include_str!("probe.js");
/// Least time between two inputs; frames differ in where they fall in it.
const REST: Duration = Duration::from_millis(130);
/// How much slower than its own the processor is made.
const SPEEDS: [(&str, u32); 2] = [("1", 1), ("1/4", 4)];

/// A lever and the keys that take it through its stops.
struct Lever {
    name: &'static str,
    /// Where its page starts.
    query: &'static str,
    /// What takes the keys.
    selector: &'static str,
    /// Name and code of the key; `None` where it is dragged.
    key: Option<(&'static str, u32)>,
    /// How often it is pressed or moved.
    times: u32,
}

const RIGHT: (&str, u32) = ("ArrowRight", 39);
const DOWN: (&str, u32) = ("ArrowDown", 40);

const LEVERS: [Lever; 6] = [
    Lever {
        name: "dies",
        query: "v=1&dies=1",
        selector: "#control-dies",
        key: Some(RIGHT),
        times: 15,
    },
    Lever {
        name: "node",
        query: "v=1&node=smic-n3",
        selector: "#control-node",
        key: Some(DOWN),
        times: 10,
    },
    Lever {
        name: "date",
        query: "v=1&date=2022-01-01",
        selector: "#control-date input:checked",
        key: Some(DOWN),
        times: 8,
    },
    Lever {
        name: "chip",
        query: "v=1&chip=h20",
        selector: "#control-chip",
        key: Some(DOWN),
        times: 20,
    },
    Lever {
        name: "chips",
        query: "v=1&chips=1",
        selector: "#control-chips",
        key: Some(RIGHT),
        times: 29,
    },
    Lever {
        name: "drag",
        query: "v=1&dies=1",
        selector: "#control-dies",
        key: None,
        times: 120,
    },
];

/// What of the page is on the screen.
const PLACES: [(&str, &str); 4] = [
    ("top", "scrollTo(0, 0)"),
    (
        "answering",
        "document.querySelector('#figure-latency').scrollIntoView()",
    ),
    (
        "making",
        "document.querySelector('#figure-cost').scrollIntoView()",
    ),
    (
        "law",
        "document.querySelector('#figure-law').scrollIntoView({block: 'end'})",
    ),
];

/// Milliseconds to the paint of the answer, and the work in them; to that of the last
/// figure, and the work in them.
type Input = [f64; 4];

/// What moving a lever gave.
#[derive(Default)]
struct Times {
    inputs: Vec<Input>,
    /// Figures on the screen, and paints of them for one input, at most.
    seen: [u64; 2],
}

impl Times {
    fn add(&mut self, report: &Value) {
        let inputs: Vec<Input> =
            serde_json::from_value(report["inputs"].clone()).unwrap_or_default();
        self.inputs.extend(inputs);
        for (seen, name) in self.seen.iter_mut().zip(["visible", "drawn"]) {
            *seen = report[name].as_u64().unwrap_or_default().max(*seen);
        }
    }

    fn line(&self) -> String {
        let spreads = (0..4).map(|i| spread(self.inputs.iter().map(|input| input[i]).collect()));
        let spreads = spreads.collect::<Vec<_>>().join("   ");
        let [visible, drawn] = self.seen;
        format!("{:5}  {spreads}  {visible}, {drawn}", self.inputs.len())
    }
}

/// Median, 95th percentile and most.
fn spread(mut times: Vec<f64>) -> String {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let place = (share * times.len() as f64).ceil() as usize;
        times.get(place.max(1) - 1).copied().unwrap_or(f64::NAN)
    };
    format!("{:5.1} {:5.1} {:5.1}", at(0.5), at(0.95), at(1.0))
}

fn main() {
    let Some(setup) = Setup::find() else {
        println!("`cargo xtask measure` runs this");
        return;
    };
    let only: Vec<String> = std::env::args().skip(1).collect();
    let asked = |names: &[&str], name: &str| {
        let mut picked = only.iter().filter(|word| names.contains(&word.as_str()));
        picked.clone().next().is_none() || picked.any(|word| word == name)
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime starts");
    println!("milliseconds after an input: median, 95th percentile, most\n");
    println!(
        "{:21}moves  {:^17}   {:^17}   {:^17}   {:^17}  figures seen, painted",
        "place, speed, lever", "answer painted", "of it work", "figures painted", "of it work"
    );
    runtime.block_on(async {
        let browser = Browser::open(&setup).await;
        let source = json!({ "source": PROBE });
        browser
            .devtools("Page.addScriptToEvaluateOnNewDocument", source)
            .await;
        browser.set_width(1280).await;
        let alone = |name: &str| only == [name];
        let levers = !alone("ranges") && !alone("arrival");
        for (place, scroll) in PLACES
            .iter()
            .filter(|_| levers)
            .filter(|(name, _)| asked(&PLACES.map(|p| p.0), name))
        {
            for (speed, slowness) in SPEEDS
                .iter()
                .filter(|(name, _)| asked(&SPEEDS.map(|s| s.0), name))
            {
                let mut all = Times::default();
                for lever in LEVERS
                    .iter()
                    .filter(|l| asked(&LEVERS.map(|l| l.name), l.name))
                {
                    let times = match lever.key {
                        Some(key) => move_through(&browser, lever, key, scroll, *slowness).await,
                        None => drag(&browser, lever, scroll, *slowness).await,
                    };
                    println!("{place:9} {speed:4}{:7}{}", lever.name, times.line());
                    if lever.key.is_some() {
                        all.inputs.extend(&times.inputs);
                    }
                }
                println!("{place:9} {speed:4}{:7}{}", "all", all.line());
            }
        }
        if only.is_empty() || alone("ranges") {
            ranges::measure(&browser).await;
        }
        if only.is_empty() || alone("arrival") {
            arrival::measure(&browser).await;
        }
        browser.close().await;
    });
}

/// Opens the page of a lever where it starts, at full speed and then at that one.
async fn open(browser: &Browser, query: &str, scroll: &str, slowness: u32) {
    let rate = |rate: u32| json!({ "rate": rate });
    browser
        .devtools("Emulation.setCPUThrottlingRate", rate(1))
        .await;
    browser.visit_app(&format!("/?{query}")).await;
    // Twice: figures that are drawn on the way move what stands below them.
    for _ in 0..3 {
        browser.value(scroll).await;
        browser.rest(REST * 3).await;
    }
    browser
        .devtools("Emulation.setCPUThrottlingRate", rate(slowness))
        .await;
}

/// One press after another, each when the page has come to rest.
async fn move_through(
    browser: &Browser,
    lever: &Lever,
    (key, code): (&str, u32),
    scroll: &str,
    slowness: u32,
) -> Times {
    open(browser, lever.query, scroll, slowness).await;
    let focus = format!(
        "document.querySelector('{}').focus({{preventScroll: true}})",
        lever.selector
    );
    browser.value(&focus).await;
    let press = |kind: &str| json!({ "type": kind, "key": key, "code": key, "windowsVirtualKeyCode": code });
    let mut times = Times::default();
    for turn in 0..lever.times {
        browser.value("probe.arm()").await;
        browser
            .devtools("Input.dispatchKeyEvent", press("rawKeyDown"))
            .await;
        browser
            .devtools("Input.dispatchKeyEvent", press("keyUp"))
            .await;
        // Not in step with the frames.
        let step = Duration::from_micros(u64::from(turn * 6180 % 16667));
        browser.rest(REST * slowness.min(2) + step).await;
        times.add(&browser.value("probe.report()").await);
    }
    times
}

/// The thumb dragged to the end and back, a move each frame, where it is on the
/// screen. Figures may wait for the hand: of their times the last one counts.
async fn drag(browser: &Browser, lever: &Lever, scroll: &str, slowness: u32) -> Times {
    open(browser, lever.query, scroll, slowness).await;
    let mut times = Times::default();
    let track = format!(
        "(() => {{ const r = document.querySelector('{}').getBoundingClientRect(); \
         return [r.left, r.right, r.top + r.height / 2, innerHeight]; }})()",
        lever.selector
    );
    let track = browser.value(&track).await;
    let at = |i: usize| track[i].as_f64().unwrap_or_default();
    if at(2) < 0.0 || at(2) > at(3) {
        return times;
    }
    let pointer = |kind: &str, share: f64, held: bool| {
        let x = at(0) + 10.0 + share * (at(1) - at(0) - 20.0);
        json!({ "type": kind, "x": x, "y": at(2), "button": if held { "left" } else { "none" },
                "buttons": u32::from(held), "clickCount": 1 })
    };
    browser.value("probe.arm()").await;
    let send = async |event: Value| browser.devtools("Input.dispatchMouseEvent", event).await;
    send(pointer("mousePressed", 0.0, true)).await;
    for i in (0..=lever.times).chain((0..lever.times).rev()) {
        let share = f64::from(i) / f64::from(lever.times);
        send(pointer("mouseMoved", share, true)).await;
        browser.rest(Duration::from_millis(16)).await;
    }
    send(pointer("mouseReleased", 0.0, true)).await;
    browser.rest(REST * 4).await;
    times.add(&browser.value("probe.report()").await);
    if let Some(last) = times.inputs.last().copied() {
        for input in &mut times.inputs {
            input[2..].copy_from_slice(&last[2..]);
        }
    }
    times
}
