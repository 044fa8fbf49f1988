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
        Study::new(black_box(&link.state), &link.doubt)
            .run()
            .so_far()
    });
}

/// The parts of a draw: a point, numbers put in place, the scenario, the answer.
#[divan::bench(sample_count = 2000, args = ["point", "put", "scenario", "package", "dies", "sold", "given", "metrics", "answer"])]
fn part(bencher: Bencher, name: &str) {
    let link = sim::link::read(SCENARIOS[0].1);
    let spreads = doubt::spreads(&link.state, &link.doubt);
    let mut drawing = sim::inputs::Drawing::of(&link.state);
    let mut points = doubt::draw::Points::at(name.bytes().fold(7u32, |h, b| h.wrapping_mul(31).wrapping_add(b.into())), 0);
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
            if name == "scenario" { return; }
            if name != "answer" {
                let package = sim::silicon::package(&scenario.anchor, &scenario.design, &scenario.making);
                if name == "package" { black_box(package); return; }
                if name == "metrics" { black_box(sim::outcome::metrics_of(scenario)); return; }
                if name == "dies" { black_box(sim::silicon::exact_dies_per_wafer(scenario.design.die_area, &scenario.making.wafer)); return; }
                if name == "sold" { black_box(sim::silicon::sellable_share(scenario.design.die_area, scenario.design.node.defects, scenario.making.yield_model, &scenario.design.cores)); return; }
                let given = sim::silicon::given(&scenario.anchor, &scenario.design, &package, &scenario.making);
                black_box(given);
            }
            if name == "answer" {
                black_box(sim::outcome::brief(scenario, &among));
            }
        });
    });
}
