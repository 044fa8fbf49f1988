//! How wide a text is, without a font to ask.
//!
//! Widths are those of a wide sans (DejaVu Sans), in thousandths of the font
//! size. Helvetica, Arial, Roboto and Segoe UI are narrower, so what fits here
//! fits with them too.

/// Advance widths of U+0020 to U+007E.
#[rustfmt::skip]
const ASCII: [u16; 95] = [
    318, 401, 460, 838, 636, 950, 780, 275, 390, 390, 500, 838, 318, 361, 318, 337, 636, 636, 636,
    636, 636, 636, 636, 636, 636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632,
    575, 775, 752, 295, 295, 656, 557, 863, 748, 787, 603, 787, 695, 635, 611, 732, 684, 989, 685,
    611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635, 634, 278, 278, 579,
    278, 974, 634, 612, 635, 635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838,
];

/// Advance widths of U+00A0 to U+00FF.
#[rustfmt::skip]
const LATIN_1: [u16; 96] = [
    318, 401, 636, 636, 636, 636, 337, 500, 500, 1000, 471, 612, 838, 361, 1000, 500, 500, 838,
    401, 401, 500, 636, 636, 318, 500, 401, 471, 612, 969, 969, 969, 531, 684, 684, 684, 684, 684,
    684, 974, 698, 632, 632, 632, 632, 295, 295, 295, 295, 775, 748, 787, 787, 787, 787, 787, 838,
    787, 732, 732, 732, 732, 611, 605, 630, 613, 613, 613, 613, 613, 613, 982, 550, 615, 615, 615,
    615, 278, 278, 278, 278, 612, 634, 612, 612, 612, 612, 612, 838, 612, 634, 634, 634, 634, 592,
    635, 592,
];

/// Width of a character in thousandths of the font size.
fn advance(c: char) -> u32 {
    match c {
        ' '..='~' => u32::from(ASCII[c as usize - 0x20]),
        '\u{a0}'..='ÿ' => u32::from(LATIN_1[c as usize - 0xa0]),
        '\u{202f}' | '\u{2009}' => 200,
        '‘' | '’' => 318,
        '“' | '”' | '„' => 518,
        '–' => 500,
        '‑' => 361,
        '•' => 590,
        '₀'..='₉' | '⁰' | '⁴'..='⁹' => 401,
        'α'..='ω' | '€' => 650,
        '≥' | '≤' | '≈' | '−' | '→' | '←' | '∞' => 838,
        '\u{0}'..='\u{1f}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => 0,
        // Ideographs and everything else not listed: a full em.
        'œ' | 'Œ' => 1070,
        _ => 1000,
    }
}

/// Width in pixels of a text set at `size` pixels, bold if so said.
pub fn text_width(text: &str, size: f64, bold: bool) -> f64 {
    f64::from(thousandths(text)) * size * weight(bold) / 1000.0
}

/// Width at a size of one, in thousandths.
fn thousandths(text: &str) -> u32 {
    text.chars().map(advance).sum()
}

/// How much wider bold is.
const fn weight(bold: bool) -> f64 {
    if bold { 1.12 } else { 1.0 }
}

/// Width in tenths of a pixel of a text set at `size` tenths, rounded up.
pub(crate) fn width(text: &str, size: i32, bold: bool) -> i32 {
    text_width(text, f64::from(size), bold).ceil() as i32
}

/// The text broken at spaces into lines of at most `limit` tenths of a pixel.
///
/// A word wider than that alone is cut with an ellipsis. No-break spaces hold.
pub(crate) fn wrap(text: &str, size: i32, bold: bool, limit: i32) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split([' ', '\n', '\t']).filter(|w| !w.is_empty()) {
        if let Some(line) = lines.last_mut() {
            let before = line.len();
            line.push(' ');
            line.push_str(word);
            if width(line, size, bold) <= limit {
                continue;
            }
            line.truncate(before);
        }
        let word = shorten(word, size, bold, limit);
        if !word.is_empty() {
            lines.push(word);
        }
    }
    lines
}

/// The text, or its beginning and an ellipsis, within `limit` tenths of a pixel;
/// nothing where not even the ellipsis fits.
pub(crate) fn shorten(text: &str, size: i32, bold: bool, limit: i32) -> String {
    if width(text, size, bold) <= limit {
        return text.to_owned();
    }
    if width("…", size, bold) > limit {
        return String::new();
    }
    let mut kept = String::new();
    for c in text.chars() {
        kept.push(c);
        if width(&kept, size, bold) + width("…", size, bold) > limit {
            kept.pop();
            break;
        }
    }
    kept.truncate(kept.trim_end().len());
    kept.push('…');
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_hold_within_their_limit() {
        let text = "Mémoire à haut débit « HBM3 » : 3,35 To/s";
        for limit in [300, 600, 1200, 9000] {
            for line in wrap(text, 120, false, limit) {
                assert!(width(&line, 120, false) <= limit, "{line}");
            }
        }
        assert_eq!(wrap(text, 120, false, 9000), [text]);
        assert!(wrap("", 120, false, 500).is_empty());
    }

    #[test]
    fn no_break_spaces_hold() {
        assert_eq!(
            wrap("41\u{202f}ms net", 120, false, 460),
            ["41\u{202f}ms", "net"]
        );
    }

    #[test]
    fn a_cut_text_ends_in_an_ellipsis() {
        let cut = shorten("Redistribution", 120, false, 600);
        assert!(cut.ends_with('…') && width(&cut, 120, false) <= 600);
    }
}
