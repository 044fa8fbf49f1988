//! How long one answer takes, whole and by part.
//!
//! `yardstick` is a thousand roofline operations, the machine's own measure:
//! report ratios to it, not times.

use divan::{Bencher, black_box};
use sim::link;
use sim::outcome::simulate;
use sim::scenario::Scenario;
use sim::state::State;

fn main() {
    divan::main();
}

const SCENARIOS: [(&str, &str); 3] = [
    ("planned", "v=1"),
    (
        "fixed layout",
        "v=1&tp=8&pp=1&ep=64&dp=256&batch=8192&recompute=selective",
    ),
    ("dense", "v=1&chip=h100-sxm&chips=64&llm=llama-3.1-70b"),
];

fn scenario(query: &str) -> Scenario {
    link::read(query).state.scenario()
}

#[divan::bench(args = SCENARIOS.map(|(name, _)| name))]
fn answer(bencher: Bencher, name: &str) {
    let query = SCENARIOS
        .iter()
        .find(|(known, _)| *known == name)
        .map_or("", |(_, query)| query);
    let scenario = scenario(query);
    bencher.bench(|| simulate(black_box(&scenario)));
}

#[divan::bench]
fn foundry(bencher: Bencher) {
    let scenario = scenario("v=1");
    let package = sim::silicon::package(&scenario.anchor, &scenario.design, &scenario.making);
    bencher.bench(|| {
        sim::silicon::foundry(
            &scenario.anchor,
            black_box(&scenario.design),
            &package,
            &scenario.making,
        )
    });
}

/// The same for a die of an area that nobody asked about before, as draws of an
/// uncertain area are.
#[divan::bench]
fn foundry_of_a_new_area(bencher: Bencher) {
    let scenario = scenario("v=1");
    let package = sim::silicon::package(&scenario.anchor, &scenario.design, &scenario.making);
    let mut design = scenario.design;
    bencher.bench_local(|| {
        design.die_area = design.die_area * (1.0 - 1e-7);
        sim::silicon::foundry(
            &scenario.anchor,
            black_box(&design),
            &package,
            &scenario.making,
        )
    });
}

#[divan::bench]
fn supply_series(bencher: Bencher) {
    let (resources, recipe) = supplied();
    bencher.bench(|| {
        sim::supply::series(black_box(&resources), &recipe, |_| {
            sim::supply::Level::Central
        })
    });
}

#[divan::bench]
fn supply_band(bencher: Bencher) {
    let (resources, recipe) = supplied();
    bencher.bench(|| sim::supply::band(black_box(&resources), &recipe));
}

fn supplied() -> (sim::supply::Resources, sim::supply::Recipe) {
    let scenario = scenario("v=1");
    let supplied = simulate(&scenario).supplied.expect("a Chinese chip");
    (scenario.resources.expect("a Chinese chip"), supplied.recipe)
}

#[divan::bench]
fn choices_to_scenario(bencher: Bencher) {
    let state = link::read("v=1&chip=h20&chips=8&dies=2").state;
    bencher.bench(|| black_box(&state).scenario());
}

#[divan::bench]
fn inputs_listed(bencher: Bencher) {
    let state = link::read("v=1&chip=h20&chips=8&dies=2").state;
    bencher.bench(|| sim::inputs::inputs(black_box(&state)));
}

/// Every figure drawn anew, as an uncertainty does.
#[divan::bench]
fn all_figures_changed(bencher: Bencher) {
    let mut state = State::default();
    for input in sim::inputs::inputs(&state) {
        state.set_input(&input.key, Some(input.range[2]));
    }
    bencher.bench(|| black_box(&state).scenario());
}

#[divan::bench]
fn link_read_and_written(bencher: Bencher) {
    bencher.bench(|| {
        link::write(
            &link::read(black_box(
                "v=1&chip=h20&llm=deepseek-v3&chips=8&node=smic-n2",
            ))
            .state,
        )
    });
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
