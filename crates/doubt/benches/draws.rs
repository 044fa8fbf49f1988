//! Draws a second, sampling and quantiles included.

use divan::{Bencher, black_box, counter::ItemsCount};
use doubt::Study;

fn main() {
    divan::main();
}

const DRAWS: u32 = 10_000;
const SCENARIOS: [(&str, &str); 3] = [
    (
        "fixed layout",
        "v=1&tp=8&pp=1&ep=64&dp=256&batch=8192&recompute=selective&draws=10000",
    ),
    ("planned", "v=1&draws=10000"),
    ("planned, 8192", "v=1&p=train-8192&draws=10000"),
];

#[divan::bench(args = SCENARIOS.map(|(name, _)| name), sample_count = 10)]
fn study(bencher: Bencher, name: &str) {
    let query = SCENARIOS
        .iter()
        .find(|(known, _)| *known == name)
        .map_or("", |(_, query)| query);
    let link = sim::link::read(query);
    bencher.counter(ItemsCount::new(DRAWS)).bench(|| {
        Study::new(black_box(&link.state), &link.view.doubt)
            .run()
            .so_far()
    });
}

/// The parts of a draw: a point, numbers put in place, the scenario, the answer.
#[divan::bench(args = ["point", "put", "scenario", "answer"])]
fn part(bencher: Bencher, name: &str) {
    let link = sim::link::read(SCENARIOS[0].1);
    let spreads = doubt::spreads(&link.state, &link.view.doubt);
    let mut drawing = sim::inputs::Drawing::of(&link.state);
    let mut points = doubt::draw::Points::at(1, 0);
    let mut point = vec![0.0; spreads.len()];
    let among = drawing.with(|scenario| {
        let told = sim::outcome::brief(scenario, &Default::default());
        sim::outcome::Among {
            serving: told.serving.into_iter().collect(),
            training: told.training.into_iter().collect(),
        }
    });
    bencher.bench_local(|| {
        points.next_into(&mut point);
        if name == "point" {
            return;
        }
        drawing.put(
            spreads
                .iter()
                .zip(&point)
                .map(|(s, x)| (s.place(), s.at(*x))),
        );
        if name == "put" {
            return;
        }
        drawing.with(|scenario| {
            if name == "answer" {
                black_box(sim::outcome::brief(scenario, &among));
            }
        });
    });
}
