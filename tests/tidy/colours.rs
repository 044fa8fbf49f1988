//! The page's colours under WCAG 2.2: every text and every edge on every surface,
//! light and dark, as it is and for readers who ask for more contrast. The charts'
//! own inks have their test beside them.

use crate::{assert_none, root};
use std::collections::BTreeMap;

/// What things stand on.
const SURFACES: [&str; 3] = ["paper", "raised", "wash"];
/// What is read.
const TEXTS: [&str; 6] = ["ink", "quiet", "accent", "passed", "strained", "failed"];
/// What bounds a control, rings the one with the keyboard, and marks a grade.
const EDGES: [&str; 5] = ["edge", "accent", "passed", "strained", "failed"];

/// Colours on a light and on a dark page, by the token's name.
type Tokens = BTreeMap<String, [String; 2]>;

/// Tokens of the sheet before its first condition, and with those of the block
/// that this condition opens.
fn tokens(condition: &str) -> Tokens {
    let sheet = std::fs::read_to_string(root().join("style/tokens.css")).expect("it is there");
    let (usual, _) = sheet.split_once("@media").expect("it has conditions");
    let mut tokens = Tokens::new();
    read(usual, &mut tokens);
    if !condition.is_empty() {
        let (_, rest) = sheet.split_once(condition).expect("the condition is there");
        let block = rest.split("@media").next().unwrap_or(rest);
        read(block, &mut tokens);
    }
    tokens
}

/// Takes in each `--NAME: light-dark(A, B);` and `--NAME: var(--OTHER);`.
fn read(css: &str, tokens: &mut Tokens) {
    for line in css.lines() {
        let Some((name, value)) = line
            .trim()
            .strip_prefix("--")
            .and_then(|l| l.split_once(": "))
        else {
            continue;
        };
        let value = value.trim_end_matches(';');
        let inside = |function: &str| value.strip_prefix(function)?.strip_suffix(')');
        let colours = if let Some((light, dark)) =
            inside("light-dark(").and_then(|both| both.split_once(", "))
        {
            Some([light.to_owned(), dark.to_owned()])
        } else {
            inside("var(--").and_then(|other| tokens.get(other).cloned())
        };
        if let Some(colours) = colours {
            tokens.insert(name.to_owned(), colours);
        }
    }
}

/// Contrast ratio of WCAG 2 between two colours `#rrggbb`.
fn contrast(a: &str, b: &str) -> f64 {
    let luminance = |hex: &str| {
        let channel = |at: usize| {
            let byte = hex.get(at..at + 2).expect("#rrggbb");
            let c = f64::from(u8::from_str_radix(byte, 16).expect("#rrggbb")) / 255.0;
            if c <= 0.04045 {
                c / 12.92
            } else {
                ((c + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Pairs that stand out less than they should.
fn faint(condition: &str, names: &[&str], least: f64) -> Vec<String> {
    let tokens = tokens(condition);
    let mut complaints = Vec::new();
    for (page, mode) in ["light", "dark"].iter().enumerate() {
        for name in names {
            for surface in SURFACES {
                let ratio = contrast(&tokens[*name][page], &tokens[surface][page]);
                if ratio < least {
                    complaints.push(format!(
                        "style/tokens.css: --{name} on --{surface}, {mode} {condition}: \
                         {ratio:.2}, not {least}"
                    ));
                }
            }
        }
    }
    complaints
}

#[test]
fn texts_and_edges_stand_out_from_every_surface() {
    assert_none([faint("", &TEXTS, 4.5), faint("", &EDGES, 3.0)].concat());
}

#[test]
fn they_stand_out_more_where_a_reader_asks_for_it() {
    let more = "(prefers-contrast: more)";
    assert_none([faint(more, &TEXTS, 7.0), faint(more, &EDGES, 4.5)].concat());
}

#[test]
fn contrast_is_that_of_the_standard() {
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
    // The grey that is just enough on white.
    assert!((contrast("#767676", "#ffffff") - 4.54).abs() < 0.01);
}
