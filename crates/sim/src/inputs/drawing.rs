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

    /// Where it stands among others that are [`Sorted`]: the rows' before the
    /// controls', those of a table together.
    pub fn order(self) -> (bool, u16) {
        match self {
            Self::Figure(id, _) => (false, id.table),
            Self::Control(_) => (true, 0),
        }
    }

    /// What a number in the input's unit is multiplied by when it is put there.
    pub fn factor(self) -> f64 {
        match self {
            Self::Figure(_, factor) => factor,
            Self::Control(_) => 1.0,
        }
    }
}

/// Places of many numbers, those of a table together.
#[derive(Clone, Debug, Default)]
pub struct Sorted {
    /// Tables, and the fields of each.
    tables: Vec<(u16, Vec<u16>)>,
    controls: Vec<usize>,
}

impl Sorted {
    /// Of those places, which are in the order of [`Place::order`].
    pub fn of(places: impl Iterator<Item = Place>) -> Self {
        let mut sorted = Self::default();
        for place in places {
            match (place, sorted.tables.last_mut()) {
                (Place::Control(control), _) => sorted.controls.push(control),
                (Place::Figure(id, _), Some((table, fields))) if *table == id.table => {
                    fields.push(id.field);
                }
                (Place::Figure(id, _), _) => sorted.tables.push((id.table, vec![id.field])),
            }
        }
        sorted
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
}

impl Drawing {
    /// Of that state, nothing put in place.
    pub fn of(state: &State) -> Self {
        let said = (0..CONTROLS.len()).filter_map(|i| Some((i, state.value(i)?)));
        Self {
            rows: None,
            said: said.collect(),
            state: state.clone(),
        }
    }

    /// Puts numbers in place, each in its input's unit and with all its digits.
    pub fn put(&mut self, numbers: impl IntoIterator<Item = (Place, f64)>) {
        for (place, number) in numbers {
            match place {
                Place::Figure(id, factor) => self.pin(id.table, &[id.field], &[number * factor]),
                Place::Control(control) => self.say(control, number),
            }
        }
    }

    /// The same for places that were sorted before: a number for each, times its
    /// [`Place::factor`]; any more are left out.
    pub fn put_sorted(&mut self, places: &Sorted, numbers: &[f64]) {
        let mut rest = numbers;
        for (table, fields) in &places.tables {
            let (these, others) = rest.split_at(fields.len());
            self.pin(*table, fields, these);
            rest = others;
        }
        for (control, number) in places.controls.iter().zip(rest) {
            self.say(*control, *number);
        }
    }

    /// Pins figures of a table's row, in base units.
    fn pin(&mut self, table: u16, fields: &[u16], numbers: &[f64]) {
        let rows = self.rows.get_or_insert_with(|| self.state.rows());
        if let Some(row) = rows.table(usize::from(table)) {
            row.pin_all(fields, numbers);
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
        let mut scenario = Scenario::from_rows(rows);
        self.state
            .write_to(&mut scenario, self.said.iter().copied());
        let told = of(&mut scenario);
        self.rows = Some(scenario.rows);
        told
    }
}
