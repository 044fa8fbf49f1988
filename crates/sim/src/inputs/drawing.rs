//! Many scenarios of one state, figures put in place one after another: what an
//! uncertainty draws.

use super::{FigureId, Input};
use crate::controls::{CONTROLS, index};
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
    /// What the controls say, in their order.
    said: Vec<(usize, Value)>,
    /// Room for the figures of a table.
    pins: Vec<(usize, f64)>,
}

impl Drawing {
    /// Of that state, nothing put in place.
    pub fn of(state: &State) -> Self {
        let said = (0..CONTROLS.len()).filter_map(|i| Some((i, state.value(i)?)));
        Self {
            rows: None,
            said: said.collect(),
            state: state.clone(),
            pins: Vec::new(),
        }
    }

    /// Puts numbers in place, each in its input's unit and with all its digits.
    /// Those of a table are fastest one after another.
    pub fn put(&mut self, numbers: impl IntoIterator<Item = (Place, f64)>) {
        let mut table = 0;
        for (place, number) in numbers {
            match place {
                Place::Figure(id, factor) => {
                    if id.table != table {
                        self.pin(table);
                        table = id.table;
                    }
                    self.pins.push((usize::from(id.field), number * factor));
                }
                Place::Control(control) => self.say(control, number),
            }
        }
        self.pin(table);
    }

    /// Pins what is waiting in a table's row.
    fn pin(&mut self, table: u16) {
        if !self.pins.is_empty() {
            let rows = self.rows.get_or_insert_with(|| self.state.rows());
            if let Some(row) = rows.table(usize::from(table)) {
                row.pin_all(&self.pins);
            }
            self.pins.clear();
        }
    }

    fn say(&mut self, control: usize, number: f64) {
        let value = Value::Number(number);
        match self
            .said
            .binary_search_by_key(&control, |(known, _)| *known)
        {
            Ok(at) => self.said[at].1 = value,
            Err(at) => self.said.insert(at, (control, value)),
        }
    }

    /// What is in place, meant: the scenario that a reader would have who had
    /// said it all, with all its digits.
    pub fn with<T>(&mut self, of: impl FnOnce(&mut Scenario) -> T) -> T {
        let rows = self.rows.take().unwrap_or_else(|| self.state.rows());
        let mut scenario = self.state.scenario_saying(rows, self.said.iter().copied());
        let told = of(&mut scenario);
        self.rows = Some(scenario.rows);
        told
    }
}
