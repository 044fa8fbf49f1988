//! Prints a page with sample charts: `preview WIDTH THEME > page.html`.

#[path = "../tests/charts/samples.rs"]
mod samples;

fn main() {
    let mut words = std::env::args().skip(1);
    let width = words.next().and_then(|w| w.parse().ok()).unwrap_or(1000);
    let theme = words.next().unwrap_or_else(|| "light".to_owned());
    println!("<!doctype html><html data-theme={theme}><meta charset=utf-8><style>");
    println!("{}", charts::PALETTE_CSS);
    println!("body{{background:var(--chart-paper);margin:12px}}svg{{margin-bottom:24px}}</style>");
    for (_, drawing) in samples::all(width) {
        println!("{}", drawing.svg);
    }
}
