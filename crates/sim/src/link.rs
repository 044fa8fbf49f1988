//! The link: a whole scenario in a query string.
//!
//! `v=1&p=PRESET&key=value…`: differences from a preset, in the controls'
//! order. Reading never fails: what is not understood, not possible or out of
//! range gives a [`Notice`] and the rest is kept. Keys that are none of ours
//! (`utm_source`) are kept for the address bar and ignored.

use crate::catalogue::{PRESETS, RULES, preset, stack};
use crate::controls::{CONTROLS, Control, Kind, MATURITY_DECIMALS, index};
use crate::date::Date;
use crate::state::{
    MOST_THRESHOLD, State, Switch, THRESHOLD_DECIMALS, Value, rule_ids, rule_index,
};

/// The version of the vocabulary that this code writes.
pub const VERSION: u32 = 1;
/// Longest query that is read, in bytes.
pub const LONGEST: usize = 8192;
/// Longest part of a bad text that a notice quotes, in characters.
const QUOTED: usize = 40;

/// Something in a link that was not taken as it stood.
#[derive(Clone, Debug, PartialEq)]
pub enum Notice {
    /// The query is longer than [`LONGEST`]; nothing of it was read.
    TooLong,
    /// Bytes that are not text.
    NotText,
    /// A key in our form that means nothing here.
    UnknownKey(String),
    /// A key of the vocabulary that this version does not act on yet.
    NotYet(String),
    /// The same key twice: the last one counts.
    Repeated(String),
    /// A value that the key cannot hold: the preset's stands.
    BadValue {
        /// The key.
        key: String,
        /// What was there.
        value: String,
    },
    /// A number beyond the range: held to its end.
    Clamped {
        /// The key.
        key: String,
        /// What was there.
        value: String,
        /// What stands now.
        held: f64,
    },
    /// A preset that does not exist: the first one stands.
    UnknownPreset(String),
    /// A version of the vocabulary that is newer than this code.
    NewerVersion(String),
}

/// Choices of how to look, not of what to compute.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct View {
    /// Language, as a two-letter code.
    pub lang: Option<String>,
    /// Colour theme.
    pub theme: Option<String>,
    /// Shown inside another page.
    pub embed: bool,
    /// Which view.
    pub view: Option<String>,
}

/// A link, read.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The scenario's choices.
    pub state: State,
    /// How to look at it.
    pub view: View,
    /// What was not taken as it stood.
    pub notices: Vec<Notice>,
    /// Pairs that are none of ours, as they stood.
    pub foreign: Vec<String>,
}

/// Vocabulary that later versions act on.
const NOT_YET: &[&str] = &["seed", "draws", "units", "m", "d"];
/// Keys that other people's tools add to links.
const FOREIGN: &[&str] = &[
    "utm_", "fbclid", "gclid", "mc_", "ref", "_", "igshid", "msclkid",
];

/// Reads a query string, with or without its question mark.
pub fn read(query: &str) -> Link {
    let mut link = Link {
        state: State::default(),
        view: View::default(),
        notices: Vec::new(),
        foreign: Vec::new(),
    };
    let query = query.trim();
    let query = query.split_once('#').map_or(query, |(query, _)| query);
    // A question mark before the first pair ends an address; a later one is
    // part of somebody's value.
    let query = match query.split_once('?') {
        Some((address, query)) if !address.contains(['=', '&']) => query,
        _ => query,
    };
    if query.len() > LONGEST {
        link.notices.push(Notice::TooLong);
        return link;
    }
    let pairs: Vec<(&str, &str)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .collect();
    // The preset first, wherever it stands: the rest are differences from it.
    if let Some((_, id)) = pairs.iter().rev().find(|(key, _)| *key == "p") {
        match decoded(id).as_deref().and_then(preset) {
            Some(row) => link.state = State::of_preset(row),
            None => link.notices.push(Notice::UnknownPreset(quoted(id))),
        }
    }
    let mut seen: Vec<&str> = Vec::new();
    for (key, text) in pairs {
        link.take(key, text, &mut seen);
    }
    link
}

/// Reads bytes that may not be text.
pub fn read_bytes(query: &[u8]) -> Link {
    match std::str::from_utf8(query) {
        Ok(query) => read(query),
        Err(_) => Link {
            notices: vec![Notice::NotText],
            ..read("")
        },
    }
}

impl Link {
    fn take<'a>(&mut self, key: &'a str, text: &str, seen: &mut Vec<&'a str>) {
        if is_foreign(key) {
            self.foreign.push(if text.is_empty() {
                key.to_owned()
            } else {
                format!("{key}={text}")
            });
            return;
        }
        if seen.contains(&key) {
            self.notices.push(Notice::Repeated(quoted(key)));
        }
        seen.push(key);
        let Some(text) = decoded(text) else {
            self.bad_value(key, text);
            return;
        };
        match key {
            "p" => {}
            "v" => self.take_version(&text),
            "lang" => self.view.lang = self.one_of(key, &text, &["fr", "en"]),
            "theme" => self.view.theme = self.one_of(key, &text, &["auto", "light", "dark"]),
            "view" => self.view.view = Some(text),
            "embed" => {
                self.view.embed = self.one_of(key, &text, &["0", "1"]).as_deref() == Some("1")
            }
            _ if NOT_YET.contains(&key) || key.starts_with("b.") => {
                self.notices.push(Notice::NotYet(quoted(key)))
            }
            _ => match (key.strip_prefix("rule."), index(key)) {
                (Some(rule), _) => self.take_rule(rule, &text),
                (None, Some(i)) => self.take_control(i, &text),
                (None, None) => self.notices.push(Notice::UnknownKey(quoted(key))),
            },
        }
    }

    fn bad_value(&mut self, key: &str, text: &str) {
        self.notices.push(Notice::BadValue {
            key: quoted(key),
            value: quoted(text),
        });
    }

    fn take_version(&mut self, text: &str) {
        match text.parse::<u32>() {
            Ok(version) if version > VERSION => {
                self.notices.push(Notice::NewerVersion(quoted(text)))
            }
            Ok(1..) => {}
            _ => self.bad_value("v", text),
        }
    }

    fn one_of(&mut self, key: &str, text: &str, names: &[&str]) -> Option<String> {
        if names.contains(&text) {
            return Some(text.to_owned());
        }
        self.bad_value(key, text);
        None
    }

    fn take_rule(&mut self, rule: &str, text: &str) {
        let position = rule_index(rule);
        let key = format!("rule.{rule}");
        match (position, text) {
            (None, _) => self.notices.push(Notice::UnknownKey(quoted(&key))),
            (Some(i), "on") => self.state.switch_rule(i, Some(Switch::On)),
            (Some(i), "off") => self.state.switch_rule(i, Some(Switch::Off)),
            (Some(i), text) => match number(text) {
                Some(threshold) if has_lever(i) && threshold >= 0.0 => {
                    self.take_threshold(i, key, text, threshold);
                }
                _ => self.bad_value(&key, text),
            },
        }
    }

    fn take_threshold(&mut self, rule: usize, key: String, text: &str, threshold: f64) {
        self.state.switch_rule(rule, Some(Switch::Moved(threshold)));
        if threshold > MOST_THRESHOLD {
            self.notices.push(Notice::Clamped {
                key,
                value: quoted(text),
                held: MOST_THRESHOLD,
            });
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
                    self.notices.push(Notice::Clamped {
                        key: control.key.to_owned(),
                        value: quoted(text),
                        held,
                    });
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

fn is_foreign(key: &str) -> bool {
    FOREIGN
        .iter()
        .any(|foreign| key == *foreign || (foreign.ends_with('_') && key.starts_with(foreign)))
        || !key.bytes().all(|b| {
            b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'.' | b'-')
        })
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

/// A number as links write it: digits, one point, an exponent at most; no
/// grouping, no sign of infinity, at most fifteen digits.
fn number(text: &str) -> Option<f64> {
    let digits = text
        .bytes()
        .take_while(|b| !matches!(b, b'e' | b'E'))
        .filter(u8::is_ascii_digit)
        .count();
    let plain = text
        .bytes()
        .all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b'e' | b'E'));
    if !plain || !(1..=15).contains(&digits) || text.len() > 24 {
        return None;
    }
    let number: f64 = text.parse().ok()?;
    // -0 is a number that nobody means.
    (number.is_finite() && !(number == 0.0 && number.is_sign_negative())).then_some(number)
}

/// Percent-decoded text, `+` as a space; `None` where that is not UTF-8.
fn decoded(text: &str) -> Option<String> {
    if !text.contains(['%', '+']) {
        return Some(text.to_owned());
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let hex = |j: usize| bytes.get(j).and_then(|b| char::from(*b).to_digit(16));
        match (bytes[i], hex(i + 1), hex(i + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                i += 3;
                continue;
            }
            (b'+', ..) => out.push(b' '),
            (byte, ..) => out.push(byte),
        }
        i += 1;
    }
    String::from_utf8(out).ok()
}

fn quoted(text: &str) -> String {
    let mut quoted: String = text
        .chars()
        .filter(|c| !c.is_control())
        .take(QUOTED)
        .collect();
    if text.chars().nth(QUOTED).is_some() {
        quoted.push('…');
    }
    quoted
}

/// The scenario's query: version, preset, what differs from it. Choices that
/// change nothing are left out, so one scenario has one link.
pub fn write(state: &State) -> String {
    let state = state.canonical();
    let mut query = format!("v={VERSION}");
    if state.preset().id != PRESETS[0].id {
        query.push_str("&p=");
        query.push_str(state.preset().id);
    }
    for (i, control) in CONTROLS.iter().enumerate() {
        if let Some(value) = state.own(i) {
            query.push('&');
            query.push_str(control.key);
            query.push('=');
            query.push_str(&text_of(control, value));
        }
    }
    for (i, id) in rule_ids().enumerate() {
        if let Some(switch) = state.rule(i) {
            query.push_str(&format!("&rule.{id}={}", switch_text(switch)));
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

/// The number at so many decimals, without zeros that say nothing.
fn number_text(number: f64, decimals: u8) -> String {
    let text = format!("{number:.*}", usize::from(decimals));
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
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
