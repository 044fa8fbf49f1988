//! One formatter for every number that a reader sees.
//!
//! English: `1,234.5`, `87%`, `$8.4 bn`. French: narrow no-break spaces,
//! decimal comma, `87 %`, `8,4 Md $`, octets. Digits come from [`decimal`], so they
//! are the same on every machine.

use crate::Lang;
use units::{Bandwidth, Bytes, Energy, Money, OpRate, Power, Time, decimal};

/// Narrow no-break space: French thousands, and before high punctuation.
pub const THIN: char = '\u{202f}';
/// No-break space: between a number and its unit.
pub const SPACE: char = '\u{a0}';

impl Lang {
    /// The number at so many significant digits, trailing zeros dropped beyond
    /// the point; whole numbers keep all their digits before it.
    pub fn number(self, value: f64, significant: usize) -> String {
        if !value.is_finite() {
            return "—".into();
        }
        if value == 0.0 {
            return "0".into();
        }
        let scientific = decimal::scientific(value.abs(), significant.max(1) - 1);
        let exponent: i32 = scientific
            .split_once('e')
            .and_then(|(_, e)| e.parse().ok())
            .unwrap_or(0);
        let decimals = (significant as i32 - 1 - exponent).clamp(0, 12) as usize;
        // Significant digits before the point are rounded too: 12,345 at three is 12,300.
        let rounded = match exponent - significant as i32 + 1 {
            places @ 1.. => {
                let step = power_of_ten(places);
                (value.abs() / step).round() * step
            }
            _ => value.abs(),
        };
        self.fixed(if value < 0.0 { -rounded } else { rounded }, decimals, true)
    }

    /// The number at so many decimals.
    pub fn decimals(self, value: f64, decimals: usize) -> String {
        self.fixed(value, decimals, false)
    }

    /// A whole number with its thousands marked.
    pub fn count(self, value: f64) -> String {
        self.fixed(value, 0, false)
    }

    /// A large count as thousands, millions or billions, for the ticks of an axis.
    pub fn short_count(self, value: f64) -> String {
        self.short_count_to(value, 3)
    }

    pub(crate) fn short_count_to(self, value: f64, significant: usize) -> String {
        let (value, unit) = match value.abs() {
            v if v >= 1e9 => (value / 1e9, self.text("unit.billion")),
            v if v >= 1e6 => (value / 1e6, self.text("unit.million")),
            _ => return self.number(value, significant),
        };
        self.with_unit(value, significant, unit)
    }

    fn fixed(self, value: f64, decimals: usize, trim: bool) -> String {
        if !value.is_finite() {
            return "—".into();
        }
        let text = decimal::fixed(value.abs(), decimals);
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let fraction = if trim {
            fraction.trim_end_matches('0')
        } else {
            fraction
        };
        let (comma, point) = match self {
            Self::En => (',', '.'),
            Self::Fr => (THIN, ','),
        };
        let mut out = String::new();
        if value < 0.0 && (whole != "0" || fraction.bytes().any(|b| b != b'0')) {
            out.push('−');
        }
        for (i, digit) in whole.chars().enumerate() {
            // French style leaves four digits whole only in years; numbers are grouped.
            if i > 0 && (whole.len() - i) % 3 == 0 {
                out.push(comma);
            }
            out.push(digit);
        }
        if !fraction.is_empty() {
            out.push(point);
            out.push_str(fraction);
        }
        out
    }

    /// The number with a unit behind it.
    pub fn with_unit(self, value: f64, significant: usize, unit: &str) -> String {
        format!("{}{SPACE}{unit}", self.number(value, significant))
    }

    /// A share as per cent.
    pub fn percent(self, share: f64) -> String {
        let number = self.number(share * 100.0, if share.abs() < 0.1 { 2 } else { 3 });
        let number = if share.abs() >= 0.1 {
            self.count((share * 100.0).round())
        } else {
            number
        };
        self.per_cent(&number)
    }

    pub(crate) fn percent_to(self, share: f64, significant: usize) -> String {
        self.per_cent(&self.number(share * 100.0, significant))
    }

    fn per_cent(self, number: &str) -> String {
        match self {
            Self::En => format!("{number}%"),
            Self::Fr => format!("{number}{THIN}%"),
        }
    }

    /// A duration, in the unit that a reader would choose.
    pub fn time(self, time: Time) -> String {
        match short_time(time) {
            Some((value, unit)) => self.with_unit(value, if value < 100.0 { 2 } else { 3 }, unit),
            None => self.days(time.days()),
        }
    }

    pub(crate) fn time_to(self, time: Time, significant: usize) -> String {
        let (value, unit) = match short_time(time) {
            Some(short) => short,
            None if time.days() < 730.5 => (time.days(), self.text("unit.days")),
            None => (time.days() / 365.25, self.text("unit.years")),
        };
        self.with_unit(value, significant, unit)
    }

    /// A number of days, or of years beyond two.
    pub fn days(self, days: f64) -> String {
        let (value, one, many) = if days < 730.5 {
            (days, "unit.day", "unit.days")
        } else {
            (days / 365.25, "unit.year", "unit.years")
        };
        let text = if value >= 10.0 {
            self.number(value.round(), 3)
        } else {
            self.number(value, 2)
        };
        let singular = match self {
            Self::En => text == "1",
            Self::Fr => self.is_one(value),
        };
        format!(
            "{text}{SPACE}{}",
            self.text(if singular { one } else { many })
        )
    }

    /// Whether so many are one to the grammar: French is singular below two,
    /// English only at one.
    pub fn is_one(self, number: f64) -> bool {
        match self {
            Self::En => number == 1.0,
            Self::Fr => number < 2.0,
        }
    }

    /// Power with an SI prefix.
    pub fn power(self, power: Power) -> String {
        self.power_to(power, 3)
    }

    pub(crate) fn power_to(self, power: Power, significant: usize) -> String {
        let (value, unit) = prefixed(power.get(), &[(1e6, "MW"), (1e3, "kW"), (1.0, "W")]);
        self.with_unit(value, significant, unit)
    }

    /// Energy: joules when small, watt-hours when large.
    pub fn energy(self, energy: Energy) -> String {
        self.energy_to(energy, if energy.get() < 1e5 { 2 } else { 3 })
    }

    pub(crate) fn energy_to(self, energy: Energy, significant: usize) -> String {
        let joules = energy.get();
        if joules < 1e5 {
            let (value, unit) = prefixed(joules, &[(1e3, "kJ"), (1.0, "J"), (1e-3, "mJ")]);
            return self.with_unit(value, significant, unit);
        }
        let (value, unit) = prefixed(
            energy.kwh(),
            &[(1e6, "GWh"), (1e3, "MWh"), (1.0, "kWh"), (1e-3, "Wh")],
        );
        self.with_unit(value, significant, unit)
    }

    /// Memory; French counts octets.
    pub fn bytes(self, bytes: Bytes) -> String {
        self.bytes_to(bytes, 3)
    }

    pub(crate) fn bytes_to(self, bytes: Bytes, significant: usize) -> String {
        let units = match self {
            Self::En => [(1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB")],
            Self::Fr => [(1e12, "To"), (1e9, "Go"), (1e6, "Mo"), (1e3, "ko")],
        };
        let (value, unit) = prefixed(bytes.get(), &units);
        self.with_unit(value, significant, unit)
    }

    /// Memory or link rate.
    pub fn bandwidth(self, rate: Bandwidth) -> String {
        self.bandwidth_to(rate, 3)
    }

    pub(crate) fn bandwidth_to(self, rate: Bandwidth, significant: usize) -> String {
        let units = match self {
            Self::En => [(1e12, "TB/s"), (1e9, "GB/s"), (1e6, "MB/s")],
            Self::Fr => [(1e12, "To/s"), (1e9, "Go/s"), (1e6, "Mo/s")],
        };
        let (value, unit) = prefixed(rate.get(), &units);
        self.with_unit(value, significant, unit)
    }

    /// Arithmetic rate, at the precision of datasheets.
    pub fn op_rate(self, rate: OpRate) -> String {
        self.op_rate_to(rate, 3)
    }

    pub(crate) fn op_rate_to(self, rate: OpRate, significant: usize) -> String {
        let (value, unit) = prefixed(rate.get(), &[(1e15, "PFLOP/s"), (1e12, "TFLOP/s")]);
        self.with_unit(value, significant, unit)
    }

    /// US dollars.
    pub fn money(self, money: Money) -> String {
        let (value, unit, _) = of_money(money);
        let text = match value.abs() {
            v if v >= 100.0 => self.number(value, 3),
            v if v >= 10.0 && unit.is_empty() => self.number(value, 3),
            v if unit.is_empty() && v >= 0.01 => self.decimals(value, 2),
            _ => self.number(value, 2),
        };
        self.dollars(text, money)
    }

    pub(crate) fn money_to(self, money: Money, significant: usize) -> String {
        let (value, ..) = of_money(money);
        self.dollars(self.number(value, significant), money)
    }

    /// The digits with the sign of the dollar, and the name of its multiple.
    fn dollars(self, text: String, money: Money) -> String {
        let (_, en, fr) = of_money(money);
        match self {
            Self::En => format!("${text}{}", en.replace(' ', &SPACE.to_string())),
            Self::Fr => format!("{text}{}{SPACE}$", fr.replace(' ', &SPACE.to_string())),
        }
    }

    /// A range with an en dash, the unit once.
    pub fn range(self, low: &str, high: &str, unit: &str) -> String {
        let joined = if low == high {
            low.to_owned()
        } else {
            format!("{low}–{high}")
        };
        if unit.is_empty() {
            joined
        } else {
            format!("{joined}{SPACE}{unit}")
        }
    }
}

/// A duration of less than two days in the unit that a reader would choose.
fn short_time(time: Time) -> Option<(f64, &'static str)> {
    Some(match time.get() {
        s if s < 1e-3 => (s * 1e6, "µs"),
        s if s < 1.0 => (s * 1e3, "ms"),
        s if s < 120.0 => (s, "s"),
        s if s < 7200.0 => (s / 60.0, "min"),
        s if s < 172_800.0 => (s / 3600.0, "h"),
        _ => return None,
    })
}

/// Dollars in the multiple that a reader would choose, with its names.
fn of_money(money: Money) -> (f64, &'static str, &'static str) {
    let dollars = money.get();
    match dollars.abs() {
        d if d >= 1e9 => (dollars / 1e9, " bn", " Md"),
        d if d >= 1e6 => (dollars / 1e6, " m", " M"),
        _ => (dollars, "", ""),
    }
}

fn power_of_ten(exponent: i32) -> f64 {
    // Powers of ten up to 22 are exact.
    (0..exponent.min(22)).fold(1.0, |power, _| power * 10.0)
}

/// The value over the largest prefix that it reaches.
fn prefixed<'a>(value: f64, units: &[(f64, &'a str)]) -> (f64, &'a str) {
    let (factor, unit) = units
        .iter()
        .find(|(factor, _)| value.abs() >= *factor)
        .or(units.last())
        .copied()
        .unwrap_or((1.0, ""));
    (value / factor, unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_and_french_write_the_same_numbers_their_own_way() {
        type Written = (fn(Lang) -> String, &'static str, &'static str);
        let cases: [Written; 13] = [
            (|l| l.number(1234.5, 5), "1,234.5", "1\u{202f}234,5"),
            (|l| l.number(12_345.0, 3), "12,300", "12\u{202f}300"),
            (|l| l.number(0.04567, 2), "0.046", "0,046"),
            (
                |l| l.count(14_800_000.0),
                "14,800,000",
                "14\u{202f}800\u{202f}000",
            ),
            (|l| l.percent(0.874), "87%", "87\u{202f}%"),
            (|l| l.percent(0.0123), "1.2%", "1,2\u{202f}%"),
            (
                |l| l.money(Money::new(8.4e9)),
                "$8.4\u{a0}bn",
                "8,4\u{a0}Md\u{a0}$",
            ),
            (|l| l.money(Money::new(0.339)), "$0.34", "0,34\u{a0}$"),
            (|l| l.time(Time::new(0.0444)), "44\u{a0}ms", "44\u{a0}ms"),
            (|l| l.bytes(Bytes::new(96e9)), "96\u{a0}GB", "96\u{a0}Go"),
            (
                |l| l.power(Power::new(559_400.0)),
                "559\u{a0}kW",
                "559\u{a0}kW",
            ),
            (|l| l.short_count(2_500_000.0), "2.5\u{a0}m", "2,5\u{a0}M"),
            (|l| l.number(-3.0, 2), "−3", "−3"),
        ];
        for (write, english, french) in cases {
            assert_eq!(write(Lang::En), english);
            assert_eq!(write(Lang::Fr), french);
        }
    }

    #[test]
    fn days_are_singular_where_the_language_says_so() {
        assert_eq!(Lang::En.days(1.5), "1.5\u{a0}days");
        assert_eq!(Lang::Fr.days(1.5), "1,5\u{a0}jour");
        assert_eq!(Lang::Fr.days(54.0), "54\u{a0}jours");
        assert_eq!(Lang::En.days(1461.0), "4\u{a0}years");
    }

    #[test]
    fn what_is_not_a_number_is_a_dash() {
        for lang in Lang::ALL {
            assert_eq!(lang.number(f64::NAN, 3), "—");
            assert_eq!(lang.number(f64::INFINITY, 3), "—");
        }
    }
}
