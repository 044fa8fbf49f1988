//! The figures of a link as one HTML page: `preview LINK WIDTH > page.html`.

use words::Lang;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let link = sim::link::read(arguments.get(1).map_or("", String::as_str));
    let width = arguments
        .get(2)
        .and_then(|width| width.parse().ok())
        .unwrap_or(720);
    let lang = link
        .view
        .lang
        .as_deref()
        .and_then(Lang::from_tag)
        .unwrap_or_default();
    println!(
        "<!doctype html><meta charset=utf-8><style>{}</style>",
        charts::PALETTE_CSS
    );
    for figure in figures::all(lang, &link.state, link.other.as_ref(), width) {
        println!(
            "<h2>{}</h2>{}<p>{}</p>",
            figure.title, figure.drawing.svg, figure.caption
        );
    }
}
