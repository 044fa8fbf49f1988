//! How long each figure takes to draw, as a reader moves a lever.
//!
//! `dies` goes through the die counts and back: what does not depend on them is
//! remembered. `chips` goes through clusters: every plan is new. `yardstick` is the
//! machine's own measure, as in the simulation's benches: report ratios to it.

use divan::{Bencher, black_box};
use doubt::Study;
use figures::{Along, Case, Figure, Shown};
use sim::outcome::{Outcome, simulate};
use sim::scenario::Scenario;
use sim::state::{State, Value};
use words::Lang;

fn main() {
    divan::main();
}

/// A figure by name.
const FIGURES: [&str; 15] = [
    "map", "latency", "roofline", "frontier", "gates", "failures", "bill", "watts", "silicon",
    "cost", "adding", "ways", "supply", "law", "sure",
];
/// Width of a figure on a page of 1280 pixels.
const WIDTH: u32 = 600;

/// The choices with what follows from them.
struct Asked {
    state: State,
    scenario: Scenario,
    outcome: Outcome,
}

impl Asked {
    fn with(key: &str, number: f64) -> Self {
        Self::of(State::default().with(key, Value::Number(number)))
    }

    fn of(state: State) -> Self {
        let scenario = state.scenario();
        Self {
            outcome: simulate(&scenario),
            scenario,
            state,
        }
    }

    fn case(&self) -> Case<'_> {
        Case {
            state: &self.state,
            scenario: &self.scenario,
            outcome: &self.outcome,
        }
    }

    fn draw(&self, name: &str) -> Figure {
        let shown = &Shown {
            lang: Lang::En,
            width: WIDTH,
            own: self.case(),
            other: None,
            drawn: None,
        };
        match name {
            "map" => figures::map(shown),
            "latency" => figures::latency(shown),
            "roofline" => figures::roofline(shown),
            "frontier" => figures::frontier(shown),
            "gates" => figures::gates(shown),
            "failures" => figures::failures(shown),
            "bill" => figures::bill(shown),
            "watts" => figures::watts(shown),
            "silicon" => figures::silicon(shown),
            "cost" => figures::cost(shown),
            "adding" => figures::adding(shown),
            "ways" => figures::ways(shown),
            "supply" => figures::supply(shown),
            "sure" => figures::sure(shown),
            _ => figures::law(shown),
        }
    }
}

/// Draws the figure for each number of the lever in turn.
fn moving(bencher: Bencher, name: &str, key: &str, numbers: impl Iterator<Item = f64>) {
    let asked: Vec<Asked> = numbers.map(|number| Asked::with(key, number)).collect();
    let mut turn = asked.iter().cycle();
    bencher.bench_local(|| turn.next().map(|asked| black_box(asked).draw(name)));
}

#[divan::bench(args = FIGURES)]
fn dies(bencher: Bencher, name: &str) {
    moving(bencher, name, "dies", (1..=16).map(f64::from));
}

#[divan::bench(args = FIGURES)]
fn chips(bencher: Bencher, name: &str) {
    // More clusters than are remembered.
    moving(bencher, name, "chips", (1..=64).map(|n| f64::from(n * 8)));
}

/// A chart's own numbers, drawn as often as the page does.
#[divan::bench(
    args = ["roofline", "frontier", "watts", "silicon", "cost", "adding", "ways", "supply"],
    sample_count = 10
)]
fn along(bencher: Bencher, name: &str) {
    let link = sim::link::read("v=1&draws=200");
    let study = Study::new(&link.state, &link.view.doubt).run();
    let id = ["figure-", name].concat();
    let asked = Asked::of(link.state);
    bencher.bench_local(|| Along::new(&id, &study, &asked.case()).map(Along::run));
}

/// The answer itself.
#[divan::bench(args = ["dies", "chips"])]
fn answer(bencher: Bencher, key: &str) {
    let most = if key == "dies" { 16 } else { 512 };
    let mut turn = (1..=most).cycle();
    bencher.bench_local(|| turn.next().map(|n| Asked::with(key, f64::from(n)).outcome));
}

#[divan::bench]
fn yardstick(bencher: Bencher) {
    let operations: Vec<(f64, f64)> = (0..1000)
        .map(|i| (1e9 * f64::from(i), 3e6 * f64::from(1000 - i)))
        .collect();
    bencher.bench(|| {
        black_box(&operations)
            .iter()
            .map(|(ops, bytes)| 4e-6 + (ops / (0.6 * 1e15)).max(bytes / (0.8 * 3e12)))
            .sum::<f64>()
    });
}
