//! A cell of a table: words for readers, and the number behind them for programs.

use crate::Origin;
use units::{Bandwidth, Bytes, Energy, Money, OpRate, Power, Time};
use words::Lang;

/// What programs take from a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Holds {
    /// Its words.
    #[default]
    Words,
    /// A number in that unit; a bare number has none.
    Number(f64, &'static str),
    /// A number from here to there, in that unit.
    Range([f64; 2], &'static str),
}

/// A cell. Two are equal where readers see no difference.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    /// What readers see.
    pub text: String,
    /// What programs take.
    pub holds: Holds,
    /// What explains it.
    pub origin: Option<Origin>,
}

impl Cell {
    fn new(text: String, value: f64, unit: &'static str) -> Self {
        let holds = match value.is_finite() {
            true => Holds::Number(value, unit),
            false => Holds::Words,
        };
        let origin = None;
        Self {
            text,
            holds,
            origin,
        }
    }

    /// The same, explained by that.
    pub(crate) fn by(self, origin: Origin) -> Self {
        let origin = Some(origin);
        Self { origin, ..self }
    }

    /// A number from here to there, in words that say so.
    pub(crate) fn range(text: String, ends: [f64; 2], unit: &'static str) -> Self {
        let holds = match ends.iter().all(|end| end.is_finite()) {
            true => Holds::Range(ends, unit),
            false => Holds::Words,
        };
        Self {
            holds,
            ..text.into()
        }
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self {
            text,
            ..Self::default()
        }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl std::ops::Deref for Cell {
    type Target = str;
    fn deref(&self) -> &str {
        &self.text
    }
}

impl PartialEq for Cell {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl PartialEq<str> for Cell {
    fn eq(&self, other: &str) -> bool {
        self.text == other
    }
}

/// A share, as per cent to readers.
pub(crate) const RATIO: &str = "ratio";

pub(crate) fn share(lang: Lang, share: f64) -> Cell {
    Cell::new(lang.percent(share), share, RATIO)
}

pub(crate) fn number(lang: Lang, value: f64, significant: usize) -> Cell {
    Cell::new(lang.number(value, significant), value, "")
}

/// The same, or that there is none.
pub(crate) fn number_or_none(lang: Lang, value: Option<f64>, significant: usize) -> Cell {
    match value {
        Some(value) => number(lang, value, significant),
        None => lang.text("figure.none").into(),
    }
}

pub(crate) fn count(lang: Lang, value: f64) -> Cell {
    Cell::new(lang.count(value), value, "")
}

pub(crate) fn decimals(lang: Lang, value: f64, decimals: usize) -> Cell {
    Cell::new(lang.decimals(value, decimals), value, "")
}

pub(crate) fn time(lang: Lang, time: Time) -> Cell {
    Cell::new(lang.time(time), time.get(), "s")
}

pub(crate) fn bytes(lang: Lang, bytes: Bytes) -> Cell {
    Cell::new(lang.bytes(bytes), bytes.get(), "B")
}

pub(crate) fn bandwidth(lang: Lang, rate: Bandwidth) -> Cell {
    Cell::new(lang.bandwidth(rate), rate.get(), "B/s")
}

pub(crate) fn op_rate(lang: Lang, rate: OpRate) -> Cell {
    Cell::new(lang.op_rate(rate), rate.get(), "FLOP/s")
}

pub(crate) fn power(lang: Lang, power: Power) -> Cell {
    Cell::new(lang.power(power), power.get(), "W")
}

pub(crate) fn energy(lang: Lang, energy: Energy) -> Cell {
    Cell::new(lang.energy(energy), energy.get(), "J")
}

pub(crate) fn money(lang: Lang, money: Money) -> Cell {
    Cell::new(lang.money(money), money.get(), "USD")
}

/// A number of an answer that is drawn, or that there is none.
pub(crate) fn answer(lang: Lang, answer: doubt::Answer, value: Option<f64>) -> Cell {
    use doubt::Answer::{Days, MonthsToCluster, PerToken, TotalPerMillion, Tpot, Ttft};
    let text = words::doubt::number_or_none(lang, answer, value);
    let unit = match answer {
        Tpot | Ttft => "s",
        PerToken => "J",
        TotalPerMillion => "USD",
        Days => "d",
        MonthsToCluster => "months",
        _ => "",
    };
    match value {
        Some(value) => Cell::new(text, value, unit),
        None => text.into(),
    }
}
