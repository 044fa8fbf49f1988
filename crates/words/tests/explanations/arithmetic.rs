//! Reads a formula with its values put in, as a reader with a pocket calculator
//! would, and says how far the digits shown let it be off.

use words::Lang;
use words::numbers::{SPACE, THIN};

/// A number in base units, and how far off it may be.
#[derive(Clone, Copy, Debug)]
pub struct About {
    pub value: f64,
    pub off: f64,
}

impl About {
    fn relative(self) -> f64 {
        self.off / self.value.abs().max(f64::MIN_POSITIVE)
    }

    fn of(value: f64, relative: f64) -> Self {
        Self {
            value,
            off: value.abs() * relative,
        }
    }
}

/// Digits of the values put in.
const DIGITS: i32 = 4;

/// What the text comes to.
pub fn computed(lang: Lang, text: &str) -> About {
    let mut reader = Reader { lang, rest: text };
    let about = reader.sum();
    assert!(
        reader.rest.is_empty(),
        "{:?} is left of {text}",
        reader.rest
    );
    about
}

/// What a result says, off by half of its last digit.
pub fn told(lang: Lang, text: &str) -> About {
    let mut reader = Reader { lang, rest: text };
    let sign = if reader.take("−") { -1.0 } else { 1.0 };
    let (value, place, factor) = reader.number();
    assert!(
        reader.rest.is_empty(),
        "{:?} is left of {text}",
        reader.rest
    );
    About {
        value: sign * value * factor,
        off: place / 2.0 * factor,
    }
}

struct Reader<'a> {
    lang: Lang,
    rest: &'a str,
}

impl Reader<'_> {
    fn take(&mut self, text: &str) -> bool {
        match self.rest.strip_prefix(text) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn sum(&mut self) -> About {
        let mut all = self.product();
        loop {
            let sign = match (self.take(" + "), self.take(" − ")) {
                (true, _) => 1.0,
                (_, true) => -1.0,
                _ => return all,
            };
            let next = self.product();
            all = About {
                value: all.value + sign * next.value,
                off: all.off + next.off,
            };
        }
    }

    fn product(&mut self) -> About {
        let mut all = self.power();
        loop {
            let (times, over) = (self.take(" × "), self.take(" ÷ "));
            if !times && !over {
                return all;
            }
            let next = self.power();
            // Nothing may be off too: its digits end somewhere.
            let (factor, off) = match times {
                true => (next.value, next.off),
                false => (1.0 / next.value, next.off / next.value.powi(2)),
            };
            all = About {
                value: all.value * factor,
                off: all.off * factor.abs() + all.value.abs() * off,
            };
        }
    }

    fn power(&mut self) -> About {
        let base = self.whole();
        if !self.take("^") {
            return base;
        }
        let exponent = self.whole();
        let relative =
            exponent.value.abs() * base.relative() + base.value.abs().ln().abs() * exponent.off;
        About::of(base.value.powf(exponent.value), relative)
    }

    fn whole(&mut self) -> About {
        if self.take("√(") {
            let inside = self.closed();
            return About::of(inside.value.sqrt(), inside.relative() / 2.0);
        }
        if self.take("e^(−") {
            let inside = self.closed();
            return About::of((-inside.value).exp(), inside.off);
        }
        if self.take("(") {
            return self.closed();
        }
        if self.take("−") {
            let inside = self.whole();
            return About {
                value: -inside.value,
                ..inside
            };
        }
        let (value, _, factor) = self.number();
        let last = match value {
            0.0 => 0.0,
            _ => 10f64.powi(value.abs().log10().floor() as i32 + 1 - DIGITS),
        };
        // Numbers are written to the twelfth decimal, and zeros at their end are not.
        let last = last.max(1e-12);
        About {
            value: value * factor,
            off: last / 2.0 * factor,
        }
    }

    fn closed(&mut self) -> About {
        let inside = self.sum();
        assert!(
            self.take(")"),
            "a bracket stays open before {:?}",
            self.rest
        );
        inside
    }

    /// The digits, the place of the last of them, and the unit.
    fn number(&mut self) -> (f64, f64, f64) {
        let dollars = self.take("$");
        let (group, point) = match self.lang {
            Lang::En => (',', '.'),
            Lang::Fr => (THIN, ','),
        };
        // A thin space before a per cent sign ends the number.
        let digits = |c: char| c.is_ascii_digit() || c == group || c == point;
        let end = self.rest.find(|c| !digits(c)).unwrap_or(self.rest.len());
        let (number, rest) = self.rest.split_at(end);
        let plain: String = number
            .chars()
            .filter(|c| *c != group)
            .map(|c| if c == point { '.' } else { c })
            .collect();
        let value: f64 = plain
            .parse()
            .unwrap_or_else(|_| panic!("a number, not {:?}", self.rest));
        let place = match plain.split_once('.') {
            Some((_, decimals)) => 10f64.powi(-(decimals.len() as i32)),
            None if value == 0.0 => 1.0,
            None => 10f64.powi((plain.len() - plain.trim_end_matches('0').len()) as i32),
        };
        let end = rest.find([' ', ')', '^']).unwrap_or(rest.len());
        let (unit, rest) = rest.split_at(end);
        self.rest = rest;
        let unit: String = unit.chars().filter(|c| *c != SPACE).collect();
        assert!(
            !dollars || ["", "m", "bn"].contains(&unit.as_str()),
            "${value} {unit}"
        );
        (value, place, factor(&unit))
    }
}

fn factor(unit: &str) -> f64 {
    match unit {
        "" | "$" | "s" | "W" | "J" | "mm²" => 1.0,
        "%" => 0.01,
        "µs" => 1e-6,
        "ms" | "mJ" => 1e-3,
        "min" => 60.0,
        "h" => 3600.0,
        "day" | "days" | "jour" | "jours" => 86_400.0,
        "year" | "years" | "an" | "ans" => 365.25 * 86_400.0,
        "/s" => 1.0,
        "/day" | "/jour" => 1.0 / 86_400.0,
        "kW" | "kJ" | "kB" | "ko" => 1e3,
        "m" | "M" | "M$" | "MW" | "MB" | "Mo" | "MB/s" | "Mo/s" => 1e6,
        "bn" | "Md" | "Md$" | "GB" | "Go" | "GB/s" | "Go/s" => 1e9,
        "TB" | "To" | "TB/s" | "To/s" | "TFLOP/s" => 1e12,
        "PFLOP/s" => 1e15,
        "Wh" => 3.6e3,
        "kWh" => 3.6e6,
        "MWh" => 3.6e9,
        "GWh" => 3.6e12,
        "$/kWh" => 1.0 / 3.6e6,
        other => panic!("a unit, not {other:?}"),
    }
}

#[test]
fn a_pocket_calculator_reads_both_languages() {
    let english = computed(Lang::En, "2 × (1,000\u{a0}ms + 3.5\u{a0}s) ÷ 50%");
    let french = computed(
        Lang::Fr,
        "2 × (1\u{202f}000\u{a0}ms + 3,5\u{a0}s) ÷ 50\u{202f}%",
    );
    for about in [english, french] {
        assert!((about.value - 18.0).abs() < 1e-9, "{about:?}");
        assert!(about.off > 0.0 && about.off < 0.1);
    }
    let powers = computed(Lang::En, "(1 + 0.5 ÷ 2)^(−2) × √(4) × e^(−0)");
    assert!((powers.value - 1.28).abs() < 1e-12);
    let money = told(Lang::Fr, "1,2\u{a0}Md\u{a0}$");
    assert_eq!((money.value, money.off), (1.2e9, 0.05e9));
}
