//! The letters of a link: numbers as it writes them, percent signs, quotations.

use units::decimal;

/// Longest part of a bad text that a notice quotes, in characters.
const QUOTED: usize = 40;

/// A number as links write it: digits, one point, an exponent at most; no
/// grouping, no sign of infinity, at most fifteen digits.
pub(super) fn number(text: &str) -> Option<f64> {
    let digits = text
        .bytes()
        .take_while(|b| !matches!(b, b'e' | b'E'))
        .filter(u8::is_ascii_digit)
        .count();
    let plain = text
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    if !plain || !(1..=15).contains(&digits) || text.len() > 24 {
        return None;
    }
    let number = decimal::parse(text)?;
    // -0 is a number that nobody means.
    (number.is_finite() && !(number == 0.0 && number.is_sign_negative())).then_some(number)
}

/// The texts before and after two points.
pub(super) fn ends(text: &str) -> Option<(&str, &str)> {
    let at = text.as_bytes().windows(2).position(|two| two == b"..")?;
    text.get(..at).zip(text.get(at + 2..))
}

/// Percent-decoded text, `+` as a space; `None` where that is not UTF-8.
pub(super) fn decoded(text: &str) -> Option<String> {
    if !text.contains(['%', '+']) {
        return Some(text.to_owned());
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let hex = |j: usize| bytes.get(j).and_then(|b| char::from(*b).to_digit(16));
        match (bytes[i], hex(i + 1), hex(i + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                i += 3;
                continue;
            }
            (b'+', ..) => out.push(b' '),
            (byte, ..) => out.push(byte),
        }
        i += 1;
    }
    String::from_utf8(out).ok()
}

/// The text as a notice quotes it.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted: String = text
        .chars()
        .filter(|c| !c.is_control())
        .take(QUOTED)
        .collect();
    if text.chars().nth(QUOTED).is_some() {
        quoted.push('…');
    }
    quoted
}

/// The number at so many decimals, without zeros that say nothing.
pub(super) fn number_text(number: f64, decimals: u8) -> String {
    let text = decimal::fixed(number, usize::from(decimals));
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}
