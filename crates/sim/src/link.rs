//! The link: a whole scenario in a query string.
//!
//! `v=1&p=PRESET&key=value…`: differences from a preset, in the controls'
//! order; `f.TABLE.FIELD=number` replaces a figure of a row
//! ([`inputs`](crate::inputs)). `b.KEY=value` says the same of a second scenario, B, beside it: it
//! starts as a copy of the first, or from `b.p=PRESET`. Reading never fails: what is not understood, not possible or out of
//! range gives a [`Notice`] and the rest is kept. Keys that are none of ours
//! (`utm_source`) are kept for the address bar and ignored.

mod choices;
mod cited;
mod doubt;
mod text;

pub use choices::{text_of, value_of};
pub use cited::{Age, Cited, Said, write_cited};
pub use doubt::{DRAWS, Doubt, OwnSpread, write_doubt};

use crate::catalogue::{PRESETS, preset};
use crate::state::State;
use choices::{Choices, pairs};
use text::{decoded, quoted};

/// The version of the vocabulary that this code writes.
pub const VERSION: u32 = 1;
/// Longest query that is read, in bytes.
pub const LONGEST: usize = 32_768;

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
    /// A spread whose ends stand the wrong way round: they are swapped.
    Crossed {
        /// The key.
        key: String,
        /// What was there.
        value: String,
    },
    /// A spread from a number to itself: the figure is pinned there.
    NoWidth {
        /// The key.
        key: String,
        /// What was there.
        value: String,
    },
    /// A spread from zero of a figure that is drawn over orders of magnitude: it is
    /// drawn evenly.
    LogFromZero {
        /// The key.
        key: String,
        /// What was there.
        value: String,
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
    /// What is drawn around the answer.
    pub doubt: Doubt,
    /// Of which version the link was cited, and what it found.
    pub cited: Cited,
}

/// A link, read.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The scenario's choices.
    pub state: State,
    /// Those of scenario B, where the link has one.
    pub other: Option<State>,
    /// How to look at it.
    pub view: View,
    /// What was not taken as it stood.
    pub notices: Vec<Notice>,
    /// Pairs that are none of ours, as they stood.
    pub foreign: Vec<String>,
}

/// What a frame in another page may show alone: an answer, or a figure.
pub const VIEWS: [&str; 18] = [
    "inference",
    "training",
    "energy",
    "map",
    "sure",
    "latency",
    "roofline",
    "frontier",
    "gates",
    "failures",
    "bill",
    "watts",
    "cost",
    "silicon",
    "adding",
    "ways",
    "supply",
    "law",
];
/// What stands before the names of figures where they are ids.
const FIGURE: &str = "figure-";
/// What stands before the keys of scenario B.
const B: &str = "b.";
/// The key of the preset that B starts from, where it is no copy of the first.
const B_PRESET: &str = "b.p";
/// Vocabulary that later versions act on.
const NOT_YET: &[&str] = &["units"];
/// Keys that other people's tools add to links.
const FOREIGN: &[&str] = &[
    "utm_", "fbclid", "gclid", "mc_", "ref", "_", "igshid", "msclkid",
];

/// Reads a query string, with or without its question mark.
pub fn read(query: &str) -> Link {
    let mut link = Link {
        state: State::default(),
        other: None,
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
    let (foreign, ours): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(key, _)| is_foreign(key));
    let whole = |(key, text): (&str, &str)| match text {
        "" => key.to_owned(),
        _ => [key, "=", text].concat(),
    };
    link.foreign = foreign.into_iter().map(whole).collect();
    let (second, first): (Vec<_>, Vec<_>) =
        ours.into_iter().partition(|(key, _)| key.starts_with(B));
    let of_doubt = first.clone();
    let first: Vec<_> = first
        .into_iter()
        .filter(|(key, _)| !doubt::is_spread(key))
        .collect();
    let base = link.base(&first, "p").unwrap_or_default();
    link.state = link.chosen("", base, &first);
    link.view.doubt = doubt::read(&link.state, &of_doubt, &mut link.notices);
    if !second.is_empty() {
        let base = link.base(&second, B_PRESET);
        let base = base.unwrap_or_else(|| link.state.clone());
        link.other = Some(link.chosen(B, base, &second));
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
    /// The preset that the pairs are differences from, wherever it stands among
    /// them; the first where there is none of that name.
    fn base(&mut self, pairs: &[(&str, &str)], key: &str) -> Option<State> {
        let (_, id) = pairs.iter().rev().find(|(name, _)| *name == key)?;
        Some(match decoded(id).as_deref().and_then(preset) {
            Some(row) => State::of_preset(row),
            None => {
                self.notices.push(Notice::UnknownPreset(quoted(id)));
                State::default()
            }
        })
    }

    /// The base with the choices of the pairs, whose keys begin with the prefix.
    fn chosen(&mut self, prefix: &'static str, base: State, pairs: &[(&str, &str)]) -> State {
        let mut choices = Choices {
            state: base,
            prefix,
            notices: &mut self.notices,
        };
        // Figures last: what they can be is of the rows that the others pick.
        let is_figure = |(key, _): &&(&str, &str)| without(key, prefix).starts_with("f.");
        let (figures, others): (Vec<_>, Vec<_>) = pairs.iter().partition(is_figure);
        let mut seen: Vec<&str> = Vec::new();
        for &(key, text) in others.into_iter().chain(figures) {
            match seen.binary_search(&key) {
                Ok(_) => choices.notices.push(Notice::Repeated(quoted(key))),
                Err(at) => seen.insert(at, key),
            }
            let key = without(key, prefix);
            match decoded(text) {
                None => choices.bad_value(key, text),
                Some(_) if key == "p" => {}
                Some(text) if prefix.is_empty() && self.view.has(key) => {
                    self.view.take(key, &text, choices.notices);
                }
                Some(text) => choices.take(key, &text),
            }
        }
        choices.state
    }
}

impl View {
    /// The pair speaks of the link or of the look, not of the scenario.
    fn has(&self, key: &str) -> bool {
        matches!(
            key,
            "v" | "lang" | "theme" | "view" | "embed" | "seed" | "draws" | "m" | "d" | "a"
        ) || NOT_YET.contains(&key)
    }

    fn take(&mut self, key: &str, text: &str, notices: &mut Vec<Notice>) {
        let bad = || Notice::BadValue {
            key: quoted(key),
            value: quoted(text),
        };
        let mut one_of = |names: &[&str]| {
            let known = names.contains(&text);
            if !known {
                notices.push(bad());
            }
            known.then(|| text.to_owned())
        };
        match key {
            "v" => match text.parse::<u32>() {
                Ok(version) if version > VERSION => {
                    notices.push(Notice::NewerVersion(quoted(text)));
                }
                Ok(1..) => {}
                _ => notices.push(bad()),
            },
            "lang" => self.lang = one_of(&["fr", "en"]),
            "theme" => self.theme = one_of(&["auto", "light", "dark"]),
            "embed" => self.embed = one_of(&["0", "1"]).as_deref() == Some("1"),
            "view" => {
                let name = text.strip_prefix(FIGURE).unwrap_or(text);
                self.view = VIEWS.contains(&name).then(|| name.to_owned());
                if self.view.is_none() {
                    notices.push(bad());
                }
            }
            "m" | "d" | "a" if !self.cited.take(key, text) => notices.push(bad()),
            "m" | "d" | "a" => {}
            // Read with the rest of the doubt.
            "seed" | "draws" => {}
            _ => notices.push(Notice::NotYet(quoted(key))),
        }
    }
}

/// The key without what stands before it.
fn without<'a>(key: &'a str, prefix: &str) -> &'a str {
    key.strip_prefix(prefix).unwrap_or(key)
}

fn is_foreign(key: &str) -> bool {
    FOREIGN
        .iter()
        .any(|foreign| key == *foreign || (foreign.ends_with('_') && key.starts_with(foreign)))
        || !key.bytes().all(|b| {
            b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'_' | b'.' | b'-')
        })
}

/// The scenario's query: version, preset, what differs from it. Choices that
/// change nothing are left out, so one scenario has one link.
pub fn write(state: &State) -> String {
    write_both(state, None)
}

/// The query of a scenario and of scenario B beside it. B is written as what it
/// says otherwise than the first, where that says it all; else, and where both
/// are the same, from its own preset on.
pub fn write_both(state: &State, other: Option<&State>) -> String {
    let state = state.canonical();
    let mut query = format!("v={VERSION}");
    if state.preset().id != PRESETS[0].id {
        query.push_str("&p=");
        query.push_str(state.preset().id);
    }
    query.push_str(&pairs(&state, None, ""));
    let Some(other) = other.map(State::canonical) else {
        return query;
    };
    let differences = pairs(&other, Some(&state), B);
    if !differences.is_empty()
        && state
            .overlaid(&other)
            .is_some_and(|b| b.canonical() == other)
    {
        query.push_str(&differences);
    } else {
        for part in ["&", B_PRESET, "=", other.preset().id] {
            query.push_str(part);
        }
        query.push_str(&pairs(&other, None, B));
    }
    query
}
