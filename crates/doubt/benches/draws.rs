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
