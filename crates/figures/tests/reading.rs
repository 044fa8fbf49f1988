//! What can be read off each figure: something for each row of its table, in the
//! words and numbers of the figure.

use figures::{Figure, all};
use sim::catalogue::PRESETS;
use words::Lang;

#[test]
fn dump() {
    let state = sim::link::read("").state;
    for lang in Lang::ALL {
        for figure in all(lang, &state, 640) {
            println!("== {} {}", figure.id, figure.drawing.marks.len());
            for mark in figure.drawing.marks.iter().take(12) {
                println!(
                    "{},{} {}x{} {:?}",
                    mark.left, mark.top, mark.width, mark.height, mark.text
                );
            }
        }
    }
}
