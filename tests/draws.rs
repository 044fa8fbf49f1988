//! Draws a second of a scenario whose layout is fixed: native code, Node's wasm and
//! Chromium's beside each other, in turn, since machines have other work. `cargo
//! xtask bench` runs it; nothing passes or fails by it.

#[path = "browser/driver.rs"]
#[allow(dead_code)]
mod driver;
#[path = "browser/server.rs"]
#[allow(dead_code)]
mod server;

use driver::{Browser, Engine, Setup, named};
use std::process::Command;
use std::time::{Duration, Instant};

/// Times that all three are measured.
const ROUNDS: usize = 5;
/// Runs of a round, as in `crates/digits/web/timed.js`.
const RUNS: usize = 15;
/// Draws of a run.
const DRAWS: f64 = 10_000.0;
/// Milliseconds of a frame that the page draws in, as in `src/browser/slices.rs`.
const SLICE: f64 = 6.0;

fn main() {
    let Some(mut setup) = Setup::of(Engine::Chromium) else {
        println!("`cargo xtask bench` runs this");
        return;
    };
    setup.dist = named("SILICON_GAP_DIGITS");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime starts");
    let mut times: [Vec<f64>; 3] = Default::default();
    runtime.block_on(async {
        let browser = Browser::open(&setup).await;
        for _ in 0..ROUNDS {
            times[0].extend(native());
            times[1].extend(node());
            times[2].extend(in_browser(&browser).await);
        }
        browser.close().await;
    });
    println!("\n10,000 draws: milliseconds (least, median), draws a second and in a page's slice");
    for (name, mut times) in ["native", "Node", "Chromium"].into_iter().zip(times) {
        times.sort_by(f64::total_cmp);
        let Some(least) = times.first() else {
            println!("{name:9} is not here");
            continue;
        };
        let second = DRAWS / least * 1e3;
        let slice = SLICE * second / 1e3;
        let median = times[times.len() / 2];
        println!("{name:9} {least:6.1} {median:6.1} {second:9.0} {slice:6.0}");
    }
}

fn native() -> Vec<f64> {
    let run = || {
        let began = Instant::now();
        std::hint::black_box(digits::draw());
        began.elapsed().as_secs_f64() * 1e3
    };
    (0..RUNS).map(|_| run()).collect()
}

/// Without Node, nothing.
fn node() -> Vec<f64> {
    let Some(node) = std::env::var_os("NODE") else {
        return Vec::new();
    };
    let script = named("SILICON_GAP_DIGITS").join("node.js");
    let run = Command::new(node).arg(script).arg("draw").output();
    numbers(&String::from_utf8_lossy(&run.expect("Node starts").stdout))
}

async fn in_browser(browser: &Browser) -> Vec<f64> {
    // Another address each time, or the engine stays on the page.
    browser.visit("/").await;
    browser.visit("/?#draw").await;
    let ready = "document.body.dataset.ready === '1'";
    let minute = Duration::from_secs(60);
    browser.within(minute, "the draws are made", ready).await;
    let printed = "document.querySelector('#digits').textContent";
    numbers(&browser.text(printed).await)
}

fn numbers(text: &str) -> Vec<f64> {
    text.lines().filter_map(|line| line.parse().ok()).collect()
}
