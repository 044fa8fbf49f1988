//! A chart as a file of its own: with its title and finding above, where it is from
//! below, and the same for programs.

use crate::canvas::{Theme, standalone};
use crate::ink::Ink;
use crate::marks::Drawing;
use crate::metrics::wrap;
use crate::sheet::{PX, escape};

/// What stands around the chart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Poster {
    /// Above the chart.
    pub title: String,
    /// Under the title: what the chart is of.
    pub subject: String,
    /// Under that.
    pub finding: String,
    /// Under the chart, a line each; one that is too long is broken at spaces.
    pub notes: Vec<String>,
    /// Terms of Dublin Core with their values, for programs.
    pub metadata: Vec<(&'static str, String)>,
}

/// A standing text: size in tenths of a pixel, bold or not, its ink.
type Style = (i32, bool, Ink);
const TITLE: Style = (180, true, Ink::Ink);
const SUBJECT: Style = (120, false, Ink::Muted);
const FINDING: Style = (130, false, Ink::Ink);
const NOTE: Style = (105, false, Ink::Muted);
/// Room at the edges, in pixels.
const EDGE: i32 = 16;

/// The chart on its sheet, on light paper, and the sheet's width and height in
/// pixels.
pub fn poster(drawing: &Drawing, poster: &Poster) -> (String, (u32, u32)) {
    let width = drawing.size.0 / PX + 2 * EDGE;
    let mut y = EDGE;
    let mut texts = String::new();
    let mut write = |text: &str, (size, bold, ink): Style, y: &mut i32| {
        for line in wrap(text, size, bold, drawing.size.0) {
            *y += size * 13 / 10 / PX;
            let class = [if bold { "b " } else { "" }, "f-", ink.name()].concat();
            let tenths = [size / PX, size % PX].map(|part| part.to_string());
            for part in [
                "<text x=\"",
                &EDGE.to_string(),
                "\" y=\"",
                &y.to_string(),
                "\" font-size=\"",
                &tenths.join("."),
                "\" class=\"",
                &class,
                "\">",
            ] {
                texts.push_str(part);
            }
            escape(&mut texts, &line);
            texts.push_str("</text>");
        }
    };
    write(&poster.title, TITLE, &mut y);
    y += EDGE / 4;
    if !poster.subject.is_empty() {
        write(&poster.subject, SUBJECT, &mut y);
        y += EDGE / 4;
    }
    write(&poster.finding, FINDING, &mut y);
    y += EDGE;
    let chart_at = y;
    y += drawing.size.1 / PX + EDGE / 2;
    for note in &poster.notes {
        write(note, NOTE, &mut y);
    }
    let height = y + EDGE;
    let [w, h] = [width, height].map(|length| length.to_string());
    let mut out = [
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"",
        &w,
        "\" height=\"",
        &h,
        "\" viewBox=\"0 0 ",
        &w,
        " ",
        &h,
        "\"><title>",
    ]
    .concat();
    escape(&mut out, &poster.title);
    out.push_str(
        "</title><metadata><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><rdf:Description rdf:about=\"\">",
    );
    for (term, value) in poster
        .metadata
        .iter()
        .filter(|(_, value)| !value.is_empty())
    {
        for part in ["<dc:", term, ">"] {
            out.push_str(part);
        }
        escape(&mut out, value);
        for part in ["</dc:", term, ">"] {
            out.push_str(part);
        }
    }
    out.push_str("</rdf:Description></rdf:RDF></metadata><rect width=\"100%\" height=\"100%\" class=\"f-paper\"/>");
    let place = [
        "<svg x=\"",
        &EDGE.to_string(),
        "\" y=\"",
        &chart_at.to_string(),
        "\"",
    ]
    .concat();
    // Its own style sheet is that of the whole.
    out.push_str(&standalone(&drawing.svg, Theme::Light).replacen("<svg", &place, 1));
    out.push_str(&texts);
    out.push_str("</svg>");
    (out, (width as u32, height as u32))
}
