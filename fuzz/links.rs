//! Links, and the queries of `set` messages, which the same reader reads, as nobody
//! would write them: whatever is read is written, read again as the same, and
//! answered by finite numbers.
//!
//! A short run stands in `cargo xtask test`; `cargo xtask fuzz N` tries N inputs.

use bolero::{TypeGenerator, check};
use sim::catalogue::{CHIPS, LLMS, NODES, PRESETS, RULES, STACKS};
use sim::controls::CONTROLS;
use sim::link::{Notice, read, read_bytes, write_both, write_cited, write_doubt};
use sim::outcome::simulate;
use words::Lang;

/// One input in so many is simulated as a whole, since that takes a thousand times
/// as long as reading it.
const SIMULATED: u8 = 64;

/// Words that stand between the names of things, and values that are none.
const SIGNS: [&str; 40] = [
    "&",
    "=",
    "&",
    "=",
    "&b.",
    "&f.",
    "&u.",
    "&rule.",
    "b.p=",
    "&p=",
    "v=1",
    "v=2",
    "v=-1",
    "..",
    ".",
    "~",
    ",",
    "-",
    "+",
    "%",
    "%FF",
    "%26",
    "%00",
    "?",
    "#",
    "on",
    "off",
    "pin",
    "auto",
    "0",
    "1e999",
    "-0",
    "NaN",
    "inf",
    "1e-320",
    "99999999999999999999",
    "0.1",
    "2025-09-17",
    "0000-00-00",
    "é\u{202f}\u{feff}",
];

/// Names of the model's figures, as links write them.
const FIGURES: [&str; 8] = [
    "node.defects",
    "chip.bf16",
    "chip.tdp",
    "assumption.link_energy",
    "stack.ported_share",
    "place.pue",
    "assumption.failures",
    "llm.layers",
];

/// A piece of a link.
#[derive(Clone, Copy, Debug, TypeGenerator)]
enum Piece {
    Sign(u8),
    Control(u8),
    Named(u8, u8),
    Figure(u8),
    Number(i32),
    Small(f32),
    Any(char),
}

impl Piece {
    fn write(self, out: &mut String) {
        fn of<T>(all: &[T], i: u8) -> &T {
            &all[usize::from(i) % all.len()]
        }
        match self {
            Self::Sign(i) => out.push_str(of::<&str>(&SIGNS, i)),
            Self::Control(i) => {
                out.push('&');
                out.push_str(of(CONTROLS, i).key);
                out.push('=');
            }
            Self::Named(table, i) => out.push_str(match table % 6 {
                0 => of(CHIPS, i).id,
                1 => of(NODES, i).id,
                2 => of(LLMS, i).id,
                3 => of(STACKS, i).id,
                4 => of(PRESETS, i).id,
                _ => of(RULES, i).id,
            }),
            Self::Figure(i) => {
                out.push_str(of::<&str>(&["&f.", "&u.", "&b.f."], i / 8));
                out.push_str(of::<&str>(&FIGURES, i));
                out.push('=');
            }
            Self::Number(number) => out.push_str(&number.to_string()),
            Self::Small(number) => out.push_str(&number.to_string()),
            Self::Any(c) => out.push(c),
        }
    }
}

/// What must hold of every query.
fn assert_read(query: &str, simulated: bool) {
    let link = read(query);
    let write = |link: &sim::link::Link| {
        let mut out = write_both(&link.state, link.other.as_ref());
        out += &write_doubt(&link.view.doubt);
        out + &write_cited(&link.view.cited)
    };
    let written = write(&link);
    let again = read(&written);
    assert_eq!(write(&again), written, "read again from {query:?}");
    // How a spread from zero is drawn is told each time; the others found a fault.
    let faults = again.notices.iter();
    let faults = faults.filter(|notice| !matches!(notice, Notice::LogFromZero { .. }));
    assert_eq!(faults.count(), 0, "{written:?} of {query:?} is a good link");
    for lang in Lang::ALL {
        for notice in &link.notices {
            let told = words::notices::sentence(lang, notice);
            assert!(!told.is_empty() && told.len() < 4_000, "{notice:?}: {told}");
        }
    }
    if !simulated {
        return;
    }
    for state in [Some(&link.state), link.other.as_ref()]
        .into_iter()
        .flatten()
    {
        let scenario = state.scenario();
        let outcome = simulate(&scenario);
        let answers = [
            outcome
                .inference
                .as_ref()
                .ok()
                .map(|served| served.tpot.get()),
            outcome.training.reliability.map(|run| run.wall.get()),
            outcome.energy.per_token.map(|energy| energy.get()),
        ];
        for answer in answers.into_iter().flatten() {
            assert!(answer >= 0.0 && answer.is_finite(), "{answer} to {query:?}");
        }
    }
}

#[test]
fn links_put_together_from_their_own_words() {
    check!()
        .with_type::<(Vec<Piece>, u8)>()
        .for_each(|(pieces, chance)| {
            let mut query = String::new();
            pieces.iter().for_each(|piece| piece.write(&mut query));
            assert_read(&query, chance % SIMULATED == 0);
        });
}

#[test]
fn bytes_that_may_be_no_text() {
    check!().with_type::<Vec<u8>>().for_each(|bytes| {
        let link = read_bytes(bytes);
        if let Ok(text) = std::str::from_utf8(bytes) {
            assert_read(text, false);
        } else {
            assert!(!link.notices.is_empty(), "{bytes:?}");
        }
    });
}
