//! A page's picture: what a feed shows where somebody passes the page on. On the left
//! what it is about and what it finds, on the right its figure.

mod png;
mod press;

use super::Told;
use crate::escaped;
use charts::{Theme, standalone};
use figures::Figure;
pub(super) use press::Press;
use press::{PLAIN, SERIF, STRONG};
use sim::outcome::Grade;
use std::io::{Error, Result};
use words::cite::{LICENCE, version};
use words::sentences;

/// Pixels, as feeds ask for them.
pub(super) const SIZE: (u32, u32) = (1200, 630);
/// Room at the edges.
const EDGE: f64 = 52.0;
/// Where the left side begins, and how wide it is; the same of the right.
const LEFT: (f64, f64) = (EDGE, 512.0);
const RIGHT: (f64, f64) = (612.0, 536.0);
/// The lowest baseline.
const FOOT: f64 = SIZE.1 as f64 - EDGE;
/// Sizes of texts, the first that fits: of the title, of the finding, of one line.
const TITLE: [f64; 5] = [56.0, 52.0, 48.0, 44.0, 40.0];
const FINDING: [f64; 4] = [28.0, 26.0, 24.0, 22.0];
const HEADLINE: [f64; 4] = [36.0, 32.0, 28.0, 24.0];
const SMALL: [f64; 4] = [22.0, 20.0, 18.0, 16.0];
/// The most lines of a title: over a story, and over the three answers.
const TITLE_LINES: [usize; 2] = [4, 3];
/// Below this a drawing is not read any more.
const LEAST_SCALE: f64 = 0.75;
/// From line to line, for a size of one.
const LEADING: f64 = 1.36;

/// The page's own colours.
const TOKENS: &str = include_str!("../../../../style/tokens.css");

/// A line of text: where its baseline begins, and how it is set.
struct Line {
    text: String,
    at: (f64, f64),
    size: f64,
    face: usize,
    /// A token of the page's colours.
    ink: &'static str,
}

/// A text being set, line under line.
struct Column<'a> {
    press: &'a Press,
    lines: Vec<Line>,
    x: f64,
    width: f64,
    y: f64,
}

impl<'a> Column<'a> {
    /// At the top of that side.
    fn new(press: &'a Press, (x, width): (f64, f64)) -> Self {
        Self {
            press,
            lines: Vec::new(),
            x,
            width,
            y: EDGE - 6.0,
        }
    }

    /// The three answers, so far apart.
    fn answer(&mut self, told: &Told, apart: f64) {
        let (_, scenario, outcome) = &told.cases[0];
        for answer in sentences::answers(told.page.lang, scenario, outcome) {
            self.set(answer.question, PLAIN, &SMALL, 1, "quiet");
            self.set(&answer.headline, STRONG, &HEADLINE, 1, grade(answer.grade));
            self.y += apart;
        }
    }

    /// Sets the text in the first of these sizes in which it takes no more lines; in
    /// the last otherwise.
    fn set(&mut self, text: &str, face: usize, sizes: &[f64], most: usize, ink: &'static str) {
        let set = |size: f64| (size, self.press.wrapped(face, size, text, self.width));
        let fits = sizes
            .iter()
            .map(|size| set(*size))
            .find(|(_, rows)| rows.len() <= most);
        if let Some((size, rows)) = fits.or_else(|| sizes.last().map(|size| set(*size))) {
            self.put(rows, face, size, ink);
        }
    }

    fn put(&mut self, rows: Vec<String>, face: usize, size: f64, ink: &'static str) {
        let leading = if face == PLAIN { LEADING } else { 1.12 };
        for text in rows {
            self.y += size * leading;
            let at = (self.x, self.y);
            self.lines.push(Line {
                text,
                at,
                size,
                face,
                ink,
            });
        }
    }
}

/// The page's picture as a PNG file.
pub(super) fn picture(press: &Press, told: &Told) -> Result<Vec<u8>> {
    let pixels = press.printed(&drawn(press, told)?, SIZE)?;
    png::written(&pixels, SIZE)
}

/// What it says, for those who do not see it.
pub(super) fn description(told: &Told) -> String {
    [
        told.heading(),
        ". ",
        &told
            .shown(super::WIDTH)
            .map_or_else(String::new, |f| f.caption),
    ]
    .concat()
}

/// The picture as SVG.
fn drawn(press: &Press, told: &Told) -> Result<String> {
    let (width, height) = SIZE;
    let between = (LEFT.0 + LEFT.1 + RIGHT.0) / 2.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\">\
         <rect width=\"100%\" height=\"100%\" fill=\"{}\"/>\
         <rect width=\"100%\" height=\"10\" fill=\"{}\"/>\
         <path d=\"M{between} {EDGE}V{FOOT}\" stroke=\"{}\" stroke-width=\"1.5\"/>",
        colour("paper")?,
        colour("accent")?,
        colour("line")?,
    );
    let mut lines = said(press, told);
    if let Some((title, figure)) = shown(press, told) {
        let top = title.last().map_or(EDGE, |line| line.at.1 + 14.0);
        let (w, h) = pixels(&figure);
        let scale = scale(&figure, FOOT - top);
        let x = RIGHT.0 + (RIGHT.1 - w * scale) / 2.0;
        let y = top + (FOOT - top - h * scale) / 2.0;
        svg += &format!(
            "<g transform=\"translate({x:.1} {y:.1}) scale({scale:.3})\">{}</g>",
            standalone(&figure.drawing.svg, Theme::Light)
        );
        lines.extend(title);
    } else {
        lines.extend(answered(press, told));
    }
    for line in &lines {
        svg += &format!(
            "<text x=\"{:.1}\" y=\"{:.1}\" font-size=\"{}\" fill=\"{}\" style=\"{}\">{}</text>",
            line.at.0,
            line.at.1,
            line.size,
            colour(line.ink)?,
            press.style(line.face),
            escaped(&line.text)
        );
    }
    Ok(svg + "</svg>")
}

/// The left side: whose page it is, what it is about, what it finds, and where that
/// is from.
fn said(press: &Press, told: &Told) -> Vec<Line> {
    let lang = told.page.lang;
    let mut column = Column::new(press, LEFT);
    column.set(lang.text("page.brand"), STRONG, &[26.0], 1, "accent");
    column.y += 14.0;
    let is_story = told.page.passage.is_some();
    let most = TITLE_LINES[usize::from(!is_story)];
    column.set(told.heading(), SERIF, &TITLE, most, "ink");
    column.y += 20.0;
    if is_story {
        let room = FOOT - 40.0 - column.y;
        if let Some((size, rows)) = finding(press, &told.text, room) {
            column.put(rows, PLAIN, size, "ink");
        }
    } else {
        column.answer(told, 16.0);
    }
    let source = [("version", &*version(lang)), ("licence", LICENCE)];
    let source = lang.fill("figure.saved", &source);
    column.y = FOOT - SMALL[1] * LEADING;
    column.set(&source, PLAIN, &SMALL[1..], 1, "quiet");
    column.lines
}

/// The token of a grade.
fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::Passed => "passed",
        Grade::Strained => "strained",
        Grade::Failed => "failed",
    }
}

/// The end of a story, where its finding stands: as many whole sentences as there is
/// room for, as large as that leaves them.
fn finding(press: &Press, text: &str, room: f64) -> Option<(f64, Vec<String>)> {
    let sentences = text.match_indices(". ").map(|(at, _)| at + 2);
    let set = |from: usize| {
        let set = |size: &f64| (*size, press.wrapped(PLAIN, *size, &text[from..], LEFT.1));
        let fits = |(size, rows): &(f64, Vec<String>)| rows.len() as f64 * size * LEADING <= room;
        FINDING.iter().map(set).find(fits)
    };
    std::iter::once(0).chain(sentences).find_map(set)
}

/// The right side: the figure, drawn as wide as lets its words be the largest, and its
/// title; nothing where they would be too small to read.
fn shown(press: &Press, told: &Told) -> Option<(Vec<Line>, Figure)> {
    let drawn = (260..=560)
        .step_by(20)
        .filter_map(|width| told.shown(width));
    let of = |figure: &Figure| scale(figure, FOOT - EDGE - 40.0);
    let best = drawn.reduce(|best, figure| {
        if of(&figure) > of(&best) {
            figure
        } else {
            best
        }
    })?;
    if of(&best) < LEAST_SCALE {
        return None;
    }
    let mut column = Column::new(press, RIGHT);
    column.set(&best.title, STRONG, &SMALL, 2, "ink");
    Some((column.lines, best))
}

/// The right side where the figure is too tall: the three answers.
fn answered(press: &Press, told: &Told) -> Vec<Line> {
    let mut column = Column::new(press, RIGHT);
    let (_, scenario, _) = &told.cases[0];
    column.set(&told.machine(scenario), STRONG, &SMALL, 2, "ink");
    column.y += 48.0;
    column.answer(told, 48.0);
    column.lines
}

/// Width and height of a drawing.
fn pixels(figure: &Figure) -> (f64, f64) {
    let (width, height) = figure.drawing.size;
    (f64::from(width) / 10.0, f64::from(height) / 10.0)
}

/// How much larger a drawing may be than it is, on the right side.
fn scale(figure: &Figure, room: f64) -> f64 {
    let (width, height) = pixels(figure);
    (RIGHT.1 / width).min(room / height)
}

/// A token's colour on a light page.
fn colour(token: &str) -> Result<&'static str> {
    let (_, rest) = TOKENS
        .split_once(&format!("--{token}: light-dark("))
        .ok_or_else(|| Error::other(format!("style/tokens.css has no --{token}")))?;
    rest.split(',')
        .next()
        .ok_or_else(|| Error::other("no colour"))
}

#[cfg(test)]
mod tests {
    use super::super::{Page, Told};
    use super::*;

    /// Every page's, with its texts.
    fn pages() -> impl Iterator<Item = Told> {
        Page::all().map(Told::of)
    }

    #[test]
    fn every_text_is_whole_and_within_its_place() {
        let press = Press::new().expect("the faces are there");
        for told in pages() {
            let path = told.page.path();
            let left = said(&press, &told);
            let right = match shown(&press, &told) {
                Some((title, _)) => title,
                None => answered(&press, &told),
            };
            for (lines, width) in [(&left, LEFT.1), (&right, RIGHT.1)] {
                let mut above = 0.0;
                for line in lines {
                    let wide = press.width(line.face, line.size, &line.text);
                    assert!(wide <= width, "{path}: {wide} of {}", line.text);
                    let top = line.at.1 - 0.8 * line.size;
                    assert!(top > above && line.at.1 <= FOOT, "{path}: {}", line.text);
                    above = line.at.1;
                    let missing: String = line
                        .text
                        .chars()
                        .filter(|c| !press.has(line.face, *c))
                        .collect();
                    assert_eq!(missing, "", "{path}: {}", line.text);
                }
            }
            // Wrapped lines say what was to be said: the title whole, a finding to its end.
            let text: Vec<&str> = left.iter().map(|line| &*line.text).collect();
            let text = text.join(" ");
            assert!(text.contains(told.heading()), "{path}: {text}");
            if told.page.passage.is_some() {
                let last = told.text.rsplit(". ").next().unwrap_or_default();
                assert!(text.contains(last), "{path}: {text}");
            }
        }
    }

    #[test]
    fn a_picture_is_of_the_size_that_feeds_ask_for_and_light() {
        let press = Press::new().expect("the faces are there");
        let told = pages().last().expect("there are pages");
        let file = picture(&press, &told).expect("it is printed");
        assert!(file.starts_with(b"\x89PNG\r\n\x1a\n"));
        let number =
            |at: usize| u32::from_be_bytes([file[at], file[at + 1], file[at + 2], file[at + 3]]);
        assert_eq!((number(16), number(20)), SIZE);
        // A blank sheet packs into a few hundred.
        assert!(
            (8_000..60_000).contains(&file.len()),
            "{} bytes",
            file.len()
        );
    }
}
