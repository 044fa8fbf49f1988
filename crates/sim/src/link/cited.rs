//! What a link says of the page that it was cited from: `m=` the model's version,
//! `d=` the day to which its data is known, `a=` the three answers as they were
//! then, so that a later page can say what became of them.
//!
//! They are no part of a scenario, and the address bar does not write them.

use super::text::number;
use crate::catalogue::{DATA_DATE, MODEL, Version};
use crate::date::Date;
use crate::outcome::Outcome;
use units::decimal;

/// Significant digits of an answer that a link carries.
const DIGITS: usize = 3;

/// Of which version a link was cited.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cited {
    /// Version of the model.
    pub model: Option<Version>,
    /// Last day to which its data was known.
    pub data: Option<Date>,
    /// What it answered.
    pub said: Option<Said>,
}

/// Three answers, to three significant digits. `None` is none: that was impossible.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Said {
    /// Time per output token, in seconds.
    pub tpot: Option<f64>,
    /// Days of the training run, failures included.
    pub days: Option<f64>,
    /// Joules per output token.
    pub joules: Option<f64>,
}

/// How a version stands to this one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Age {
    /// It is an older one.
    Older,
    /// It is this one.
    Same,
    /// It is one that this program cannot know.
    Newer,
}

impl Cited {
    /// What is cited now of that outcome.
    pub fn now(outcome: &Outcome) -> Self {
        Self {
            model: Some(MODEL),
            data: Some(DATA_DATE),
            said: Some(Said::of(outcome)),
        }
    }

    /// Takes what the key of the link says; false where it cannot be.
    pub(super) fn take(&mut self, key: &str, text: &str) -> bool {
        match key {
            "m" => text.parse().map(|model| self.model = Some(model)).is_ok(),
            "d" => text.parse().map(|day| self.data = Some(day)).is_ok(),
            _ => Said::read(text)
                .map(|said| self.said = Some(said))
                .is_some(),
        }
    }

    /// How what is cited stands to this program. What is not said is as it is here.
    pub fn age(&self) -> Age {
        let then = (self.model.unwrap_or(MODEL), self.data.unwrap_or(DATA_DATE));
        match then.cmp(&(MODEL, DATA_DATE)) {
            std::cmp::Ordering::Less => Age::Older,
            std::cmp::Ordering::Equal => Age::Same,
            std::cmp::Ordering::Greater => Age::Newer,
        }
    }
}

impl Said {
    /// What the outcome answers.
    pub fn of(outcome: &Outcome) -> Self {
        let served = outcome.inference.as_ref().ok();
        let run = outcome.training.reliability;
        let kept = |number| decimal::parse(&decimal::scientific(number, DIGITS - 1));
        Self {
            tpot: served.and_then(|served| kept(served.tpot.get())),
            days: run.and_then(|run| kept(run.wall.days())),
            joules: outcome.energy.per_token.and_then(|e| kept(e.get())),
        }
    }

    fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('~').map(|part| match part {
            "-" => Some(None),
            _ => number(part).filter(|number| *number >= 0.0).map(Some),
        });
        let said = Self {
            tpot: parts.next()??,
            days: parts.next()??,
            joules: parts.next()??,
        };
        parts.next().is_none().then_some(said)
    }

    /// As a link carries it.
    pub fn text(&self) -> String {
        let part = |number: Option<f64>| number.map_or_else(|| "-".into(), decimal::shortest);
        let parts: [String; 3] = [self.tpot, self.days, self.joules].map(part);
        parts.join("~")
    }
}

/// The pairs that say it, each with its ampersand.
pub fn write_cited(cited: &Cited) -> String {
    let pair = |key: &str, text: Option<String>| {
        text.map_or_else(String::new, |text| ["&", key, "=", &text].concat())
    };
    [
        pair("m", cited.model.map(|model| model.to_string())),
        pair("d", cited.data.map(|day| day.to_string())),
        pair("a", cited.said.map(|said| said.text())),
    ]
    .concat()
}
