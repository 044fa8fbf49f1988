//! What a reader may change in a sentence, and where it stops.

use crate::Lang;
use sim::catalogue::MOMENTS;
use sim::controls::{CONTROLS, Kind, index};
use sim::state::{State, Value};

/// A control of some of a passage's scenarios.
pub struct Lever {
    /// The control's key.
    pub key: &'static str,
    /// The scenes that it moves, the first of which it is read from.
    pub(super) on: &'static [usize],
    /// What it can be.
    pub(super) stops: Stops,
}

/// What a lever can be.
pub(super) enum Stops {
    /// Numbers, the preset's own among them, and how they are written.
    Numbers(&'static [f64], fn(Lang, f64) -> String),
    /// Names, and how they are written.
    Names(
        &'static [&'static str],
        fn(Lang, &'static str) -> &'static str,
    ),
    /// The moments of the restrictions' timeline.
    Days,
}

/// A place where a lever stops.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// What the control is set to.
    pub value: Value,
    /// What the sentence says then.
    pub text: String,
}

impl Lever {
    /// True if it moves along numbers; else it is one of some choices.
    pub fn is_number(&self) -> bool {
        matches!(self.stops, Stops::Numbers(..))
    }

    /// Where it stops, in order; `presets` are the passage's scenarios before
    /// anybody changed them.
    pub fn stops(&self, lang: Lang, presets: &[State]) -> Vec<Stop> {
        let values: Vec<Value> = match self.stops {
            Stops::Numbers(numbers, _) => {
                let mut numbers = numbers.to_vec();
                if let Some(Value::Number(own)) = self.value(presets)
                    && !numbers.contains(&own)
                {
                    numbers.push(own);
                    numbers.sort_by(f64::total_cmp);
                }
                numbers.into_iter().map(Value::Number).collect()
            }
            Stops::Names(names, _) => names.iter().map(|name| Value::Id(name)).collect(),
            Stops::Days => MOMENTS.iter().map(|row| Value::Day(row.date)).collect(),
        };
        values
            .into_iter()
            .map(|value| Stop {
                text: self.written(lang, value),
                value,
            })
            .collect()
    }

    /// What it says in these scenarios.
    pub fn value(&self, states: &[State]) -> Option<Value> {
        let state = states.get(*self.on.first()?)?;
        let control = index(self.key)?;
        match CONTROLS[control].kind {
            Kind::Number { read, .. } => read(&state.scenario()).map(Value::Number),
            Kind::Day if self.key == "fabs" => Some(Value::Day(state.fabs())),
            Kind::Day => Some(Value::Day(state.date())),
            _ if self.key == "chip" => Some(Value::Id(state.rows().chip.id)),
            Kind::Choice { read, .. } => read(&state.scenario()).map(Value::Id),
            Kind::StackOrMaturity => state.value(control),
        }
    }

    /// Puts it there, in every scenario that it moves.
    pub fn set(&self, states: &mut [State], value: Value) {
        for scene in self.on {
            if let Some(state) = states.get_mut(*scene) {
                state.set(self.key, Some(value));
            }
        }
    }

    /// What it says in these scenarios, in words.
    pub(super) fn text(&self, lang: Lang, states: &[State]) -> String {
        self.value(states)
            .map_or_else(String::new, |value| self.written(lang, value))
    }

    fn written(&self, lang: Lang, value: Value) -> String {
        match (&self.stops, value) {
            (Stops::Numbers(_, write), Value::Number(number)) => write(lang, number),
            (Stops::Names(_, write), Value::Id(id)) => write(lang, id).to_owned(),
            (_, Value::Day(day)) => lang.date(day),
            _ => String::new(),
        }
    }
}
