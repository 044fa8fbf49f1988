//! Every control, declared once: its name in links, its range, and how it
//! reads and writes a scenario. Clamping, reset, the "changed" mark and the
//! link codec follow from these rows.

macro_rules! number {
    ($key:literal, $range:expr, $decimals:literal, $read:expr, $write:expr) => {
        Control {
            key: $key,
            kind: Kind::Number {
                range: $range,
                decimals: $decimals,
                read: $read,
                write: $write,
            },
        }
    };
}

macro_rules! choice {
    ($key:literal, $ids:expr, $read:expr, $write:expr) => {
        Control {
            key: $key,
            kind: Kind::Choice {
                ids: $ids,
                read: $read,
                write: $write,
            },
        }
    };
}

mod making;
mod serving;
mod supply;
mod table;
mod training;

/// All controls, in the order that links write them.
pub const CONTROLS: &[Control] = &joined::<{ count() }>();

/// The tables, in the order of links.
const TABLES: [&[Control]; 6] = [
    table::CORE,
    serving::SERVING,
    training::TRAINING,
    table::SITE,
    making::MAKING,
    supply::SUPPLY,
];

/// Controls in all tables.
const fn count() -> usize {
    let (mut all, mut table) = (0, 0);
    while table < TABLES.len() {
        all += TABLES[table].len();
        table += 1;
    }
    all
}

/// The tables as one.
const fn joined<const N: usize>() -> [Control; N] {
    let tables = TABLES;
    let mut all = [tables[0][0]; N];
    let (mut i, mut table) = (0, 0);
    while table < tables.len() {
        let mut row = 0;
        while row < tables[table].len() {
            all[i] = tables[table][row];
            i += 1;
            row += 1;
        }
        table += 1;
    }
    all
}

use crate::scenario::Scenario;
use units::{decimal, within};

/// What a control holds.
#[derive(Clone, Copy)]
pub enum Kind {
    /// One of some names; those that pick rows are read by
    /// [`State::rows`](crate::state::State::rows), the others write.
    Choice {
        /// The names.
        ids: fn() -> Vec<&'static str>,
        /// The name in force.
        read: fn(&Scenario) -> Option<&'static str>,
        /// Puts a name in force; does nothing for rows.
        write: fn(&mut Scenario, &str),
    },
    /// A number.
    Number {
        /// Least and most.
        range: (f64, f64),
        /// Decimals kept in links.
        decimals: u8,
        /// The number in force, `None` where the scenario has none (a planner's
        /// choice, a format that the chip lacks).
        read: fn(&Scenario) -> Option<f64>,
        /// Puts a number in force.
        write: fn(&mut Scenario, f64),
    },
    /// A day.
    Day,
    /// A software stack's name, or its maturity from 0 to 1.
    StackOrMaturity,
}

/// One control.
#[derive(Clone, Copy)]
pub struct Control {
    /// Its name in links.
    pub key: &'static str,
    /// What it holds.
    pub kind: Kind,
}

/// Decimals of a stack's maturity in links.
pub const MATURITY_DECIMALS: u8 = 2;

impl Control {
    /// The number held to the range and to the decimals that links keep.
    pub fn tidy(&self, number: f64) -> f64 {
        match self.kind {
            Kind::Number {
                range: (least, most),
                decimals,
                ..
            } => rounded(within(number, least, most), decimals),
            Kind::StackOrMaturity => rounded(within(number, 0.0, 1.0), MATURITY_DECIMALS),
            Kind::Choice { .. } | Kind::Day => number,
        }
    }
}

/// The number at so many decimals, as the link writes it.
pub fn rounded(number: f64, decimals: u8) -> f64 {
    // By text, so that a link reads back as the very number it was written
    // from; and no minus before a zero.
    let text = decimal::fixed(number, usize::from(decimals));
    decimal::parse(&text).map_or(number, |rounded| rounded + 0.0)
}

/// Position of a control that is known to be there, found when this is compiled.
pub(crate) const fn at(key: &str) -> usize {
    let mut i = 0;
    while !is_same(CONTROLS[i].key, key) {
        i += 1;
    }
    i
}

/// The same letters; `==` of texts is no constant yet.
const fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut i = 0;
    while i < one.len() && i < other.len() && one[i] == other[i] {
        i += 1;
    }
    i == one.len() && i == other.len()
}

/// Position of the control of that name in [`CONTROLS`].
pub fn index(key: &str) -> Option<usize> {
    CONTROLS.iter().position(|control| control.key == key)
}
