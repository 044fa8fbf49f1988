//! The figures behind the reader's choices in words.

use crate::phrases;
use sim::inputs::Input;
use units::Time;
use words::Lang;
use words::inputs::{name, unit};

/// A figure's number in words.
pub fn number(lang: Lang, input: &Input, number: f64) -> String {
    match (input.control, input.unit) {
        (Some(control), _) if !phrases::unit(lang, control).is_empty() => {
            phrases::number_with_unit(lang, control, number)
        }
        (_, "") => lang.number(number, 5),
        (_, "s") => lang.time(Time::new(number)),
        _ => lang.with_unit(number, 5, &unit(lang, input)),
    }
}

/// What is defended of it.
pub fn range(lang: Lang, input: &Input) -> String {
    let [low, _, high] = input.range;
    if low == high {
        return lang.text("page.sources.one_number").to_owned();
    }
    let ends = [low, high].map(|end| number(lang, input, end));
    lang.fill("page.from_to", &[("low", &ends[0]), ("high", &ends[1])])
}

/// Whether the reader's words are in its name, its row or its source's title.
pub fn speaks_of(lang: Lang, input: &Input, source: &str, words: &str) -> bool {
    let text = [
        &name(lang, input),
        input.table,
        input.row,
        &input.key,
        source,
    ]
    .join(" ");
    let text = text.to_lowercase();
    words
        .split_whitespace()
        .all(|word| text.contains(&word.to_lowercase()))
}
