//! From the figures behind a scenario to spreads, and to the doubts that they
//! are: figures that one measurement would settle are one.

use crate::law::Law;
use sim::catalogue::{DoubtKind, DoubtRow};
use sim::controls::{CONTROLS, Kind, index};
use sim::inputs::{Input, Place, inputs};
use sim::link::Doubt;
use sim::state::{State, Value};

/// A figure in doubt.
#[derive(Clone, Debug, PartialEq)]
pub struct Spread {
    /// The figure, as the page's table of assumptions has it.
    pub input: Input,
    /// Lowest, likeliest and highest value, in the input's unit.
    pub range: [f64; 3],
    /// The law; never a choice.
    pub kind: DoubtKind,
    /// It is drawn from the other end than the rest of its doubt.
    pub against: bool,
    place: Place,
    law: Law,
}

/// Why nothing is drawn of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undrawn {
    /// Nobody defends another number.
    OneNumber,
    /// The reader or the preset said it, or it is theirs to decide.
    Decided,
}

/// What decides together: one figure, or several that one measurement settles.
#[derive(Clone, Debug, PartialEq)]
pub struct DoubtOf {
    /// `TABLE.FIELD`, or the name of a [`DoubtRow`] for several.
    pub id: String,
    /// It is a group by the data, whatever of it is in use.
    pub group: bool,
    /// Its spreads, by position.
    pub members: Vec<usize>,
}

impl Spread {
    fn of(input: Input, state: &State, doubt: &Doubt) -> Option<Self> {
        let place = Place::of(&input, state)?;
        let row = DoubtRow::of(input.table, input.field);
        let (kind, against) = row.map_or((DoubtKind::Triangular, false), |(row, against)| {
            (row.kind, against)
        });
        let range = match doubt.own(input.table, input.field).map(|own| own.ends) {
            Some(None) => return None,
            // A reader's pin is drawn too: it may lie beside the value in use.
            Some(Some(_)) => {
                let [low, high] = doubt.ends(&input);
                [low, input.value.clamp(low, high), high]
            }
            None if undrawn(&input, state).is_some() => return None,
            None => input.range,
        };
        let kind = match kind {
            DoubtKind::Choice => DoubtKind::Triangular,
            kind if kind.is_log() && range[0] <= 0.0 => DoubtKind::Triangular,
            kind => kind,
        };
        Some(Self {
            range,
            kind,
            against,
            place,
            law: Law::of(range, kind, against),
            input,
        })
    }

    /// There is something to draw.
    pub fn is_open(&self) -> bool {
        self.range[0] < self.range[2]
    }

    /// Where its numbers go.
    pub fn place(&self) -> Place {
        self.place
    }

    /// The value below which that share of the draws lies, from 0 to 1.
    pub fn at(&self, share: f64) -> f64 {
        if self.is_open() {
            self.law.at(share)
        } else {
            self.range[0]
        }
    }

    /// Its law.
    pub(crate) fn law(&self) -> Law {
        self.law
    }
}

/// Why nothing is drawn of the figure as long as the reader gives it no spread;
/// `None` where it is drawn.
pub fn undrawn(input: &Input, state: &State) -> Option<Undrawn> {
    let [low, _, high] = input.range;
    if low >= high {
        return Some(Undrawn::OneNumber);
    }
    let row = DoubtRow::of(input.table, input.field);
    // What a reader said is known, and so is what a reader decides.
    let decided = input.changed
        || row.is_some_and(|(row, _)| row.kind == DoubtKind::Choice)
        || input.control.is_some_and(|key| is_said(key, state))
        || is_of_maturity(input, state);
    decided.then_some(Undrawn::Decided)
}

/// A control holds it, by the reader's word or the preset's.
fn is_said(control: &str, state: &State) -> bool {
    index(control).is_some_and(|i| state.value(i).is_some())
}

/// A stack's maturity says it already.
fn is_of_maturity(input: &Input, state: &State) -> bool {
    let mature = CONTROLS.iter().enumerate().any(|(i, control)| {
        matches!(control.kind, Kind::StackOrMaturity)
            && matches!(state.value(i), Some(Value::Number(_)))
    });
    mature && matches!(input.table, "kernels" | "stack")
}

/// Everything in doubt about the scenario, in the order of links: what has a
/// range, is no choice, and was not said by the reader; and what the reader gave
/// a spread.
pub fn spreads(state: &State, doubt: &Doubt) -> Vec<Spread> {
    inputs(state)
        .into_iter()
        .filter_map(|input| Spread::of(input, state, doubt))
        .collect()
}

/// The doubts that the spreads are, in their order.
pub fn doubts(spreads: &[Spread]) -> Vec<DoubtOf> {
    let mut doubts: Vec<DoubtOf> = Vec::new();
    for (i, spread) in spreads.iter().enumerate() {
        if !spread.is_open() {
            continue;
        }
        let Input { table, field, .. } = spread.input;
        let group = DoubtRow::of(table, field).filter(|(row, _)| row.one);
        let id = group.map_or_else(
            || [table, ".", field].concat(),
            |(row, _)| row.id.to_owned(),
        );
        match doubts.iter_mut().find(|doubt| doubt.id == id) {
            Some(doubt) => doubt.members.push(i),
            None => doubts.push(DoubtOf {
                id,
                group: group.is_some(),
                members: vec![i],
            }),
        }
    }
    doubts
}
