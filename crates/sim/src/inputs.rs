//! Every figure behind a scenario, to be listed and changed: the row's own value,
//! what is defended of it, and what a reader says instead.
//!
//! `f.TABLE.FIELD=number` in a link puts the number in the place of the central
//! value of that field of the row in use, in the one
//! [`Unit`] of its quantity.
//! What is put in place is known: its range goes. A figure that a control sets
//! is changed through that control and has no such key.

mod controlled;
mod drawing;

use crate::catalogue::{Bound, Field, Tier, Unit};
use crate::controls::{CONTROLS, Kind, index};
use crate::scenario::{FIGURES, Known, Rows, Scenario};
use crate::state::State;
use controlled::{Controlled, controlled, paths};
pub use drawing::{Drawing, Place, Sorted};
use units::{decimal, within};

/// A figure that links can change, by its place in [`FIGURES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FigureId {
    table: u16,
    field: u16,
}

/// How far below the lowest defended value and above the highest a reader may go.
const REACH: f64 = 10.0;
/// Most that a share may be of which nobody defends that it is everything.
const PART: f64 = 0.999;
/// Most that a change may lose.
const MOST_LOSS: f64 = -0.9;
/// Numbers further apart than this are apart at the digits of links too.
const NEAR: f64 = 1e-6;
/// Significant digits of a figure in links.
const DIGITS: usize = 9;

/// What a figure can be in a row, in link units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Span {
    /// Least that it can be set to.
    pub least: f64,
    /// The row's own.
    pub central: f64,
    /// Most that it can be set to.
    pub most: f64,
}

impl Span {
    /// Of the figure with that range in base units; `None` for one number only.
    fn of(field: &Field, range: [f64; 3]) -> Option<Self> {
        let [low, central, high] = range.map(|number| number / field.unit.factor());
        let (least, most) = match field.bound {
            Bound::Share => (
                low / REACH,
                (high * REACH).min(if high < 1.0 { PART } else { 1.0 }),
            ),
            Bound::AtLeastOne => ((low / REACH).max(1.0), high * REACH),
            Bound::Positive | Bound::NotNegative => (low / REACH, high * REACH),
            Bound::Change => {
                let (far, near) = (low.min(-high.abs()), high.max(low.abs()));
                ((far * REACH).max(MOST_LOSS), near * REACH)
            }
        };
        (least < most).then(|| Self {
            least: tidy(least),
            central: tidy(central),
            most: tidy(most),
        })
    }

    /// The number within it, as links keep it.
    pub fn hold(&self, number: f64) -> f64 {
        within(tidy(number), self.least, self.most)
    }
}

/// The number at the digits that links keep.
pub(crate) fn tidy(number: f64) -> f64 {
    decimal::tidy(number, DIGITS)
}

impl FigureId {
    /// The figure of that key, `f.TABLE.FIELD`; none where a control sets it.
    pub fn of_key(key: &str) -> Option<Self> {
        let (table, name) = key.strip_prefix("f.")?.split_once('.')?;
        let id = Self::named(table, name)?;
        controlled(table, name).next().is_none().then_some(id)
    }

    /// Its key in links.
    pub fn key(self) -> String {
        let (table, fields) = FIGURES[usize::from(self.table)];
        ["f.", table, ".", fields[usize::from(self.field)].name].concat()
    }

    /// The figure of that name, whether a control sets it or not.
    fn named(table: &str, name: &str) -> Option<Self> {
        let t = FIGURES.iter().position(|(known, _)| *known == table)?;
        let f = FIGURES[t].1.iter().position(|field| field.name == name)?;
        Some(Self {
            table: t as u16,
            field: f as u16,
        })
    }

    /// The name of its table.
    pub(crate) fn table(self) -> &'static str {
        FIGURES[usize::from(self.table)].0
    }

    /// What it can be in the row of these that has it; `None` where none has, or
    /// where it can be one number only.
    pub fn span(self, rows: &mut Rows) -> Option<Span> {
        let (table, field) = (usize::from(self.table), usize::from(self.field));
        Span::of(&FIGURES[table].1[field], rows.table(table)?.range(field)?)
    }

    /// Puts the number in place, held to what it can be.
    pub(crate) fn put(self, rows: &mut Rows, number: f64) {
        let (table, field) = (usize::from(self.table), usize::from(self.field));
        let Some(row) = rows.table(table) else { return };
        let Some(range) = row.range(field) else {
            return;
        };
        let known = &FIGURES[table].1[field];
        let factor = known.unit.factor();
        let [low, central, high] = range.map(|number| number / factor);
        // Draws lie within the range, and are many.
        let apart = (number - central).abs() > NEAR * central.abs();
        if apart && (low..=high).contains(&number) {
            return row.pin(field, number * factor);
        }
        if let Some(span) = Span::of(known, range) {
            let held = span.hold(number);
            if held != span.central {
                row.pin(field, held * factor);
            }
        }
    }
}

/// A figure behind the scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// Its table.
    pub table: &'static str,
    /// The row in use; none for an assumption.
    pub row: &'static str,
    /// The field.
    pub field: &'static str,
    /// What sets it in links: `f.TABLE.FIELD`, or the control's key.
    pub key: String,
    /// Lowest, central and highest value that somebody defends.
    pub range: [f64; 3],
    /// The value in use.
    pub value: f64,
    /// Least and most that it can be set to.
    pub limits: (f64, f64),
    /// The unit of all these.
    pub unit: &'static str,
    /// Base units of the row's figure in one.
    pub factor: f64,
    /// How well it is known.
    pub tier: Tier,
    /// Key of its source.
    pub source: &'static str,
    /// The control that sets it, if one does.
    pub control: Option<&'static str>,
    /// The reader changed it.
    pub changed: bool,
}

/// Every figure behind the scenario that a reader can change, in the order of
/// links: the rows in use, then what supply draws on.
pub fn inputs(state: &State) -> Vec<Input> {
    let (rows, scenario) = (state.rows(), state.scenario());
    let mut read = rows.clone();
    let mut list = Vec::new();
    for (t, (table, fields)) in FIGURES.iter().enumerate() {
        let Some(row) = read.table(t) else { continue };
        for (f, (field, known)) in fields.iter().zip(row.all()).enumerate() {
            let Some(known) = known else { continue };
            let found = Found {
                table,
                row: row.id(),
                field: field.name,
                known,
            };
            let mut setters = controlled(table, field.name).peekable();
            if setters.peek().is_some() {
                let setter = setters.find(|setter| (setter.when)(&rows));
                let set = setter.and_then(|s| found.set_by(s, field.unit, state, &scenario));
                list.extend(set);
                continue;
            }
            let Some(span) = Span::of(field, known.range) else {
                continue;
            };
            let id = FigureId {
                table: t as u16,
                field: f as u16,
            };
            let value = tidy(known.used / field.unit.factor());
            list.push(Input {
                key: id.key(),
                value,
                limits: (span.least, span.most),
                changed: value != span.central,
                ..found.input(field.unit.symbol(), field.unit.factor())
            });
        }
    }
    list.extend(paths(state, &scenario));
    list
}

/// A figure found in a row.
struct Found {
    table: &'static str,
    row: &'static str,
    field: &'static str,
    known: Known,
}

impl Found {
    /// As an input in that unit, of so many base units; still without a setter.
    fn input(self, unit: &'static str, factor: f64) -> Input {
        Input {
            table: self.table,
            row: self.row,
            field: self.field,
            key: String::new(),
            range: self.known.range.map(|number| tidy(number / factor)),
            value: 0.0,
            limits: (0.0, 0.0),
            unit,
            factor,
            tier: self.known.tier,
            source: self.known.source,
            control: None,
            changed: false,
        }
    }

    /// As an input that a control sets; `None` where the scenario has none.
    fn set_by(
        self,
        setter: &Controlled,
        unit: Unit,
        state: &State,
        scenario: &Scenario,
    ) -> Option<Input> {
        let i = index(setter.control)?;
        let Kind::Number { range, read, .. } = CONTROLS[i].kind else {
            return None;
        };
        let (unit, factor) = setter.unit.unwrap_or((unit.symbol(), unit.factor()));
        Some(Input {
            key: setter.control.to_owned(),
            value: read(scenario)?,
            limits: range,
            control: Some(CONTROLS[i].key),
            changed: state.own(i).is_some(),
            ..self.input(unit, factor)
        })
    }
}

/// The number as links write a figure.
pub fn text_of(number: f64) -> String {
    if number == 0.0 || (1e-3..1e9).contains(&number.abs()) {
        decimal::shortest(number)
    } else {
        decimal::shortest_scientific(number)
    }
}
