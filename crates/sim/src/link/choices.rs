//! The pairs of a link that choose: read into a state, and written from one.

use super::Notice;
use super::text::{number, number_text, quoted};
use crate::catalogue::{RULES, stack};
use crate::controls::{CONTROLS, Control, Kind, MATURITY_DECIMALS, index};
use crate::date::Date;
use crate::inputs::{FigureId, text_of as figure_text};
use crate::state::{
    MOST_THRESHOLD, State, Switch, THRESHOLD_DECIMALS, Value, rule_ids, rule_index,
};

/// A scenario whose choices are being read.
pub(super) struct Choices<'a> {
    /// The choices so far.
    pub state: State,
    /// What stands before their keys in the link.
    pub prefix: &'static str,
    /// What was not taken as it stood.
    pub notices: &'a mut Vec<Notice>,
}

impl Choices<'_> {
    /// Takes one pair, its key without the prefix.
    pub fn take(&mut self, key: &str, text: &str) {
        match (key.strip_prefix("rule."), index(key)) {
            (Some(rule), _) => self.take_rule(rule, key, text),
            (None, None) if key.starts_with("f.") => self.take_figure(key, text),
            (None, Some(i)) => self.take_control(i, text),
            (None, None) => self.unknown(key),
        }
    }

    /// The key as the link has it.
    fn whole(&self, key: &str) -> String {
        quoted(&[self.prefix, key].concat())
    }

    fn unknown(&mut self, key: &str) {
        let key = self.whole(key);
        self.notices.push(Notice::UnknownKey(key));
    }

    /// Notes a value that the key cannot hold.
    pub fn bad_value(&mut self, key: &str, text: &str) {
        let (key, value) = (self.whole(key), quoted(text));
        self.notices.push(Notice::BadValue { key, value });
    }

    fn clamped(&mut self, key: &str, text: &str, held: f64) {
        let (key, value) = (self.whole(key), quoted(text));
        self.notices.push(Notice::Clamped { key, value, held });
    }

    fn take_rule(&mut self, rule: &str, key: &str, text: &str) {
        let Some(i) = rule_index(rule) else {
            return self.unknown(key);
        };
        match text {
            "on" => self.state.switch_rule(i, Some(Switch::On)),
            "off" => self.state.switch_rule(i, Some(Switch::Off)),
            _ => match number(text) {
                Some(threshold) if has_lever(i) && threshold >= 0.0 => {
                    self.state.switch_rule(i, Some(Switch::Moved(threshold)));
                    if threshold > MOST_THRESHOLD {
                        self.clamped(key, text, MOST_THRESHOLD);
                    }
                }
                _ => self.bad_value(key, text),
            },
        }
    }

    fn take_figure(&mut self, key: &str, text: &str) {
        let id = FigureId::of_key(key);
        let span = id.and_then(|id| id.span(&mut self.state.published_rows()));
        match (span, number(text)) {
            (None, _) => self.unknown(key),
            (Some(_), None) => self.bad_value(key, text),
            (Some(span), Some(number)) => {
                let held = span.hold(number);
                if !(span.least..=span.most).contains(&number) {
                    self.clamped(key, text, held);
                }
                self.state.set_input(key, Some(held));
            }
        }
    }

    fn take_control(&mut self, i: usize, text: &str) {
        let control = &CONTROLS[i];
        // `batch=auto` and the like leave the choice to the planner.
        if text == "auto" && has_auto(control) {
            self.state.set(control.key, None);
            return;
        }
        match value_of(i, text) {
            None => self.bad_value(control.key, text),
            Some((value, clamped)) => {
                if let (true, Value::Number(held)) = (clamped, value) {
                    self.clamped(control.key, text, held);
                }
                self.state.set(control.key, Some(value));
            }
        }
    }
}

/// Controls that a planner decides when nothing is said.
fn has_auto(control: &Control) -> bool {
    matches!(
        control.key,
        "batch" | "tp" | "pp" | "ep" | "dp" | "recompute"
    )
}

/// A rule with a threshold to move.
fn has_lever(rule: usize) -> bool {
    RULES.get(rule).is_some_and(|rule| rule.lever().is_some())
}

/// The value that a text means to a control, and whether it was held to the
/// range.
pub fn value_of(control: usize, text: &str) -> Option<(Value, bool)> {
    let control = &CONTROLS[control];
    match control.kind {
        Kind::Choice { ids, .. } => {
            let id = ids().into_iter().find(|id| *id == text)?;
            Some((Value::Id(id), false))
        }
        Kind::Day => Some((Value::Day(text.parse::<Date>().ok()?), false)),
        Kind::StackOrMaturity => match stack(text) {
            Some(row) => Some((Value::Id(row.id), false)),
            None => {
                let number = number(text)?;
                Some((
                    Value::Number(control.tidy(number)),
                    !(0.0..=1.0).contains(&number),
                ))
            }
        },
        Kind::Number {
            range: (least, most),
            ..
        } => {
            let number = number(text)?;
            let tidy = control.tidy(number);
            Some((Value::Number(tidy), !(least..=most).contains(&number)))
        }
    }
}

/// The pairs that say what the state chose over its preset, in the controls'
/// order, each with the prefix and an ampersand before it. What `known` says
/// alike is left out.
pub(super) fn pairs(state: &State, known: Option<&State>, prefix: &str) -> String {
    let mut query = String::new();
    let mut push = |key: &str, value: &str| {
        for part in ["&", prefix, key, "=", value] {
            query.push_str(part);
        }
    };
    for (i, control) in CONTROLS.iter().enumerate() {
        let own = state.own(i);
        if own != known.and_then(|known| known.own(i))
            && let Some(value) = own
        {
            push(control.key, &text_of(control, value));
        }
    }
    for (i, id) in rule_ids().enumerate() {
        let own = state.rule(i);
        if own != known.and_then(|known| known.rule(i))
            && let Some(switch) = own
        {
            push(&["rule.", id].concat(), &switch_text(switch));
        }
    }
    let figures = known.map_or(&[][..], State::figures);
    for (id, number) in state.figures() {
        if !figures.contains(&(*id, *number)) {
            push(&id.key(), &figure_text(*number));
        }
    }
    query
}

fn switch_text(switch: Switch) -> String {
    match switch {
        Switch::On => "on".to_owned(),
        Switch::Off => "off".to_owned(),
        Switch::Moved(threshold) => number_text(threshold, THRESHOLD_DECIMALS),
    }
}

/// The text that means this value to the control.
pub fn text_of(control: &Control, value: Value) -> String {
    match value {
        Value::Id(id) => id.to_owned(),
        Value::Day(date) => date.to_string(),
        Value::Number(number) => {
            let decimals = match control.kind {
                Kind::Number { decimals, .. } => decimals,
                _ => MATURITY_DECIMALS,
            };
            number_text(number, decimals)
        }
    }
}
