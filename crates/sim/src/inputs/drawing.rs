//! Many scenarios of one state, figures put in place one after another: what an
//! uncertainty draws.

use super::{FigureId, Input};
use crate::controls::index;
use crate::scenario::{Rows, Scenario};
use crate::state::{State, Value};

/// Where a drawn number goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// Into a row in use, times so many base units.
    Figure(FigureId, f64),
    /// Over the rows, as a reader's hand on a control does.
    Control(usize),
}

impl Place {
    /// Where a number for the input goes: into its row, so that the chip stays the
    /// product that rules name; over it where a control already stands there, or
    /// where there is no one row.
    pub fn of(input: &Input, state: &State) -> Option<Self> {
        let control = input.control.and_then(index);
        let said = control.filter(|control| state.value(*control).is_some());
        let figure = FigureId::named(input.table, input.field);
        match (said, figure) {
            (Some(control), _) => Some(Self::Control(control)),
            (None, Some(id)) => Some(Self::Figure(id, input.factor)),
            (None, None) => control.map(Self::Control),
        }
    }
}

/// A state of which many scenarios are made. What was put in place stays until
/// something else is put there.
#[derive(Clone, Debug)]
pub struct Drawing {
    state: State,
    rows: Option<Rows>,
}

impl Drawing {
    /// Of that state, nothing put in place.
    pub fn of(state: &State) -> Self {
        Self {
            state: state.clone(),
            rows: None,
        }
    }

    /// Puts the number in place, in the input's unit and with all its digits.
    pub fn put(&mut self, place: Place, number: f64) {
        match place {
            Place::Figure(id, factor) => {
                let rows = self.rows.get_or_insert_with(|| self.state.rows());
                if let Some(row) = rows.table(usize::from(id.table)) {
                    row.pin(usize::from(id.field), number * factor);
                }
            }
            Place::Control(control) => self.state.put(control, Value::Number(number)),
        }
    }

    /// What is in place, meant: the scenario that a reader would have who had
    /// said it all, with all its digits.
    pub fn with<T>(&mut self, of: impl FnOnce(&mut Scenario) -> T) -> T {
        let rows = self.rows.take().unwrap_or_else(|| self.state.rows());
        let mut scenario = self.state.scenario_of(rows);
        let told = of(&mut scenario);
        self.rows = Some(scenario.rows);
        told
    }
}
