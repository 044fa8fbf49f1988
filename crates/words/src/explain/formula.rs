//! A formula that writes itself, in names and with the values put in, and
//! computes what it says: the three cannot come apart.

use crate::Lang;
use std::ops::{Add, Div, Mul, Sub};
use units::*;

/// A number as it stands in a formula, in its base unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Amount {
    /// A bare number; large ones in millions or billions.
    Number(f64),
    /// A number with all its digits before the point.
    Count(f64),
    /// A bare number, told at two digits.
    Rough(f64),
    /// A share, in per cent.
    Share(f64),
    /// So many a second.
    Rate(f64),
    /// So many a day, held as so many a second.
    Daily(f64),
    /// A duration.
    Time(Time),
    /// Memory.
    Bytes(Bytes),
    /// A rate of bytes.
    Bandwidth(Bandwidth),
    /// A rate of operations.
    OpRate(OpRate),
    /// Power.
    Power(Power),
    /// Energy.
    Energy(Energy),
    /// Dollars.
    Money(Money),
    /// Price of electricity, held in dollars a joule.
    Price(EnergyPrice),
    /// An area, in square millimetres.
    Area(Area),
}

/// Digits of the values put in.
const EXACT: usize = 4;

impl Amount {
    /// The number in its base unit.
    pub fn get(self) -> f64 {
        match self {
            Self::Number(n)
            | Self::Count(n)
            | Self::Rough(n)
            | Self::Share(n)
            | Self::Rate(n)
            | Self::Daily(n) => n,
            Self::Time(q) => q.get(),
            Self::Bytes(q) => q.get(),
            Self::Bandwidth(q) => q.get(),
            Self::OpRate(q) => q.get(),
            Self::Power(q) => q.get(),
            Self::Energy(q) => q.get(),
            Self::Money(q) => q.get(),
            Self::Price(q) => q.get() / JOULES_PER_KWH,
            Self::Area(q) => q.get(),
        }
    }

    /// As the answers tell it.
    pub fn told(self, lang: Lang) -> String {
        match self {
            Self::Rough(n) => lang.number(n, 2),
            Self::Share(share) => lang.percent(share),
            Self::Time(time) => lang.time(time),
            Self::Energy(energy) => lang.energy(energy),
            Self::Money(money) => lang.money(money),
            other => other.written(lang, 3),
        }
    }

    /// As it is put into a formula.
    pub fn exact(self, lang: Lang) -> String {
        self.written(lang, EXACT)
    }

    fn written(self, lang: Lang, digits: usize) -> String {
        match self {
            Self::Number(n) | Self::Rough(n) => lang.short_count_to(n, digits),
            Self::Count(n) if n >= 1000.0 => lang.count(n),
            Self::Count(n) => lang.number(n, digits),
            Self::Share(share) => lang.percent_to(share, digits),
            Self::Rate(n) => [&lang.short_count_to(n, digits), "/s"].concat(),
            Self::Daily(n) => {
                let number = lang.number(n * SECONDS_PER_DAY, digits);
                [&number, "/", lang.text("unit.day")].concat()
            }
            Self::Time(time) => lang.time_to(time, digits),
            Self::Bytes(bytes) => lang.bytes_to(bytes, digits),
            Self::Bandwidth(rate) => lang.bandwidth_to(rate, digits),
            Self::OpRate(rate) => lang.op_rate_to(rate, digits),
            Self::Power(power) => lang.power_to(power, digits),
            Self::Energy(energy) => lang.energy_to(energy, digits),
            Self::Money(money) => lang.money_to(money, digits),
            Self::Price(price) => lang.with_unit(price.get(), digits, "$/kWh"),
            Self::Area(area) => lang.with_unit(area.get(), digits, "mm²"),
        }
    }
}

/// How tightly a formula holds together, for its brackets.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Hold {
    Sum,
    Product,
    Whole,
}

/// A formula in names and in values, with what it gives.
pub(super) struct Formula {
    /// In names.
    pub words: String,
    /// With the values put in.
    pub values: String,
    /// What it gives, in base units.
    pub value: f64,
    hold: Hold,
}

impl Formula {
    /// A named value.
    pub fn named(lang: Lang, name: &str, amount: Amount) -> Self {
        Self {
            words: name.to_owned(),
            values: amount.exact(lang),
            value: amount.get(),
            hold: Hold::Whole,
        }
    }

    /// A value that is its own name.
    pub fn bare(lang: Lang, amount: Amount) -> Self {
        let text = amount.exact(lang);
        Self {
            words: text.clone(),
            values: text,
            value: amount.get(),
            hold: Hold::Whole,
        }
    }

    /// The square root.
    pub fn root(self) -> Self {
        let value = self.value.sqrt();
        self.wrapped("√(", ")", value)
    }

    /// The formula between two pieces of text that make it something else.
    pub fn wrapped(self, before: &str, after: &str, value: f64) -> Self {
        Self {
            words: [before, &self.words, after].concat(),
            values: [before, &self.values, after].concat(),
            value,
            hold: Hold::Whole,
        }
    }

    /// In brackets, raised to the power of the other's negative.
    pub fn raised_to_minus(self, exponent: Self, value: f64) -> Self {
        Self {
            words: ["(", &self.words, ")^(−", &exponent.words, ")"].concat(),
            values: ["(", &self.values, ")^(−", &exponent.values, ")"].concat(),
            value,
            hold: Hold::Whole,
        }
    }

    fn held(self, least: Hold) -> Self {
        if self.hold >= least {
            return self;
        }
        let value = self.value;
        self.wrapped("(", ")", value)
    }

    fn joined(self, sign: &str, other: Self, value: f64, hold: Hold) -> Self {
        Self {
            words: [&self.words, sign, &other.words].concat(),
            values: [&self.values, sign, &other.values].concat(),
            value,
            hold,
        }
    }
}

impl Add for Formula {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        let value = self.value + other.value;
        self.joined(" + ", other, value, Hold::Sum)
    }
}

impl Sub for Formula {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        let value = self.value - other.value;
        self.joined(" − ", other.held(Hold::Product), value, Hold::Sum)
    }
}

impl Mul for Formula {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        let value = self.value * other.value;
        self.held(Hold::Product)
            .joined(" × ", other.held(Hold::Product), value, Hold::Product)
    }
}

impl Div for Formula {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        let value = self.value / other.value;
        self.held(Hold::Product)
            .joined(" ÷ ", other.held(Hold::Whole), value, Hold::Product)
    }
}
