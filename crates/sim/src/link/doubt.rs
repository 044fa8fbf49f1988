//! What a link says of doubt: seed and number of draws, and spreads of the
//! reader's own.
//!
//! `u.TABLE.FIELD=low..high` puts ends of the reader's own in the place of the
//! row's, in the unit of that [`Input`]; `u.TABLE.FIELD=number` pins the figure
//! there, `u.TABLE.FIELD=pin` at the value in use. Doubt is no part of a
//! scenario: its answer is the central one whatever is drawn around it.

use super::Notice;
use super::text::{decoded, ends, number, quoted};
use crate::catalogue::DoubtRow;
use crate::inputs::{Input, inputs, text_of};
use crate::state::State;
use units::within;

/// Least and most draws, and those where nothing is said.
pub const DRAWS: (u32, u32) = (100, 10_000);
const USUAL_DRAWS: u32 = 2_000;
/// The seed where nothing is said.
const USUAL_SEED: u32 = 1;

/// A spread of the reader's own.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnSpread {
    /// Table of the figure.
    pub table: &'static str,
    /// Its name there.
    pub field: &'static str,
    /// Its ends in the input's unit, the lower first, the same twice for a pin;
    /// `None` pins it at the value in use.
    pub ends: Option<[f64; 2]>,
}

/// What is drawn, and how often.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubt {
    /// Seed of the draws.
    pub seed: u32,
    /// Number of draws.
    pub draws: u32,
    /// Spreads of the reader's own, by key.
    pub spreads: Vec<OwnSpread>,
}

impl Default for Doubt {
    fn default() -> Self {
        Self {
            seed: USUAL_SEED,
            draws: USUAL_DRAWS,
            spreads: Vec::new(),
        }
    }
}

impl OwnSpread {
    /// Its key in links.
    pub fn key(&self) -> String {
        key_of(self.table, self.field)
    }
}

fn key_of(table: &str, field: &str) -> String {
    ["u.", table, ".", field].concat()
}

impl Doubt {
    /// Forgets what was said of the old chip's silicon, for a new chip.
    pub fn forget_design(&mut self) {
        self.spreads
            .retain(|own| !crate::state::DESIGN_TABLES.contains(&own.table));
    }

    /// The reader's spread of that figure, if there is one.
    pub fn own(&self, table: &str, field: &str) -> Option<&OwnSpread> {
        self.spreads
            .iter()
            .find(|own| (own.table, own.field) == (table, field))
    }

    /// Between which values the input is drawn, in its unit: the reader's ends as a
    /// link would hold them, else the row's. Twice the same where it is pinned.
    pub fn ends(&self, input: &Input) -> [f64; 2] {
        let (least, most) = input.limits;
        let [low, _, high] = input.range;
        match self.own(input.table, input.field).map(|own| own.ends) {
            None => [low, high],
            Some(None) => [input.value; 2],
            Some(Some(ends)) => ends.map(|end| within(end, least, most)),
        }
    }

    /// Gives the input these ends, held to its limits; the same twice pins it.
    pub fn narrow(&mut self, input: &Input, ends: [f64; 2]) {
        let (least, most) = input.limits;
        let [a, b] = ends.map(|end| within(end, least, most));
        self.put(input, Some(Some([a.min(b), a.max(b)])));
    }

    /// Takes the input at the value in use, without doubt.
    pub fn pin(&mut self, input: &Input) {
        self.put(input, Some(None));
    }

    /// Gives the input back to its row.
    pub fn release(&mut self, input: &Input) {
        self.put(input, None);
    }

    fn put(&mut self, input: &Input, ends: Option<Option<[f64; 2]>>) {
        let (table, field) = (input.table, input.field);
        let at = self
            .spreads
            .binary_search_by(|own| (own.table, own.field).cmp(&(table, field)));
        let own = |ends| OwnSpread { table, field, ends };
        match (at, ends) {
            (Ok(at), Some(ends)) => self.spreads[at] = own(ends),
            (Err(at), Some(ends)) => self.spreads.insert(at, own(ends)),
            (Ok(at), None) => drop(self.spreads.remove(at)),
            (Err(_), None) => {}
        }
    }
}

/// The pair speaks of a spread.
pub(super) fn is_spread(key: &str) -> bool {
    key.starts_with("u.")
}

/// What the pairs say of doubt about the state's figures.
pub(super) fn read(state: &State, pairs: &[(&str, &str)], notices: &mut Vec<Notice>) -> Doubt {
    let mut doubt = Doubt::default();
    let mut known: Option<Vec<Input>> = None;
    let mut seen: Vec<&str> = Vec::new();
    for &(key, text) in pairs {
        let text = decoded(text).unwrap_or_default();
        let bad = || Notice::BadValue {
            key: quoted(key),
            value: quoted(&text),
        };
        match key {
            "seed" => match text.parse() {
                Ok(seed) => doubt.seed = seed,
                Err(_) => notices.push(bad()),
            },
            "draws" => match number(&text) {
                Some(draws) => {
                    let (least, most) = DRAWS;
                    doubt.draws = within(draws, f64::from(least), f64::from(most)) as u32;
                    if f64::from(doubt.draws) != draws {
                        notices.push(Notice::Clamped {
                            key: quoted(key),
                            value: quoted(&text),
                            held: f64::from(doubt.draws),
                        });
                    }
                }
                None => notices.push(bad()),
            },
            _ if is_spread(key) => {
                if seen.contains(&key) {
                    notices.push(Notice::Repeated(quoted(key)));
                }
                seen.push(key);
                let inputs = known.get_or_insert_with(|| inputs(state));
                match inputs.iter().find(|i| key_of(i.table, i.field) == key) {
                    Some(input) => doubt.take(input, key, &text, notices),
                    None => notices.push(Notice::UnknownKey(quoted(key))),
                }
            }
            _ => {}
        }
    }
    doubt
}

impl Doubt {
    /// Takes what a link says of an input's spread.
    fn take(&mut self, input: &Input, key: &str, text: &str, notices: &mut Vec<Notice>) {
        if text == "pin" {
            return self.pin(input);
        }
        let ends = ends(text);
        let (low, high) = ends.unwrap_or((text, text));
        let (key, value) = (quoted(key), quoted(text));
        let (Some(low), Some(high)) = (number(low), number(high)) else {
            return notices.push(Notice::BadValue { key, value });
        };
        let (least, most) = input.limits;
        for end in [low, high] {
            if !(least..=most).contains(&end) {
                notices.push(Notice::Clamped {
                    key: key.clone(),
                    value: value.clone(),
                    held: within(end, least, most),
                });
            }
        }
        self.narrow(input, [low, high]);
        let row = DoubtRow::of(input.table, input.field);
        let is_log = row.is_some_and(|(row, _)| row.kind.is_log());
        if low > high {
            notices.push(Notice::Crossed { key, value });
        } else if low == high && ends.is_some() {
            notices.push(Notice::NoWidth { key, value });
        } else if is_log && low <= 0.0 && low < high {
            notices.push(Notice::LogFromZero { key, value });
        }
    }
}

/// The pairs that say the doubt, each with an ampersand before it: to be put
/// behind what [`write_both`](super::write_both) gives.
pub fn write_doubt(doubt: &Doubt) -> String {
    let usual = Doubt::default();
    let mut query = String::new();
    let mut push = |key: &str, value: &str| {
        for part in ["&", key, "=", value] {
            query.push_str(part);
        }
    };
    if doubt.seed != usual.seed {
        push("seed", &doubt.seed.to_string());
    }
    if doubt.draws != usual.draws {
        push("draws", &doubt.draws.to_string());
    }
    for own in &doubt.spreads {
        let value = match own.ends {
            None => "pin".to_owned(),
            Some([low, high]) if low == high => text_of(low),
            Some([low, high]) => [&text_of(low), "..", &text_of(high)].concat(),
        };
        push(&own.key(), &value);
    }
    query
}
