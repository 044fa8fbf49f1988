//! A figure: a number with its unit, its range, its source and its tier.

use super::row::{Row, shown, some};
use toml::Value;
use units::Quantity;

/// Where a figure may lie.
#[derive(Clone, Copy, Debug)]
pub enum Bound {
    /// Above zero.
    Positive,
    /// Zero or above.
    NotNegative,
    /// From 0 to 1.
    Share,
    /// One or above.
    AtLeastOne,
    /// A loss of less than everything, or a gain.
    Change,
}

impl Bound {
    /// What is wrong with the number, if anything is.
    fn objection(self, number: f64) -> Option<&'static str> {
        let (holds, wanted) = match self {
            Self::Positive => (number > 0.0, "it must be above zero"),
            Self::NotNegative => (number >= 0.0, "it must not be negative"),
            Self::Share => ((0.0..=1.0).contains(&number), "a share lies from 0 to 1"),
            Self::AtLeastOne => (number >= 1.0, "it must be 1 or above"),
            Self::Change => (number > -1.0, "more than everything cannot be lost"),
        };
        (!holds || !number.is_finite()).then_some(wanted)
    }
}

/// A bare number's name in the data.
pub const RATIO: &str = "Ratio";

macro_rules! number_in {
    ($($quantity:ident)+) => {
        /// The number of a text in the base unit of the quantity so called, or
        /// `None` where there is no such quantity.
        fn number_in(quantity: &str, text: &str) -> Option<Result<f64, String>> {
            match quantity {
                $(stringify!($quantity) => Some(
                    units::$quantity::parse(text).map(Quantity::get).map_err(|e| e.to_string()),
                ),)+
                _ => None,
            }
        }
    };
}

number_in! {
    Bytes Bandwidth OpRate Ops Time Power Energy EnergyPerByte EnergyPerOp Money EnergyPrice
    CarbonIntensity CarbonMass Area Length DefectDensity TransistorDensity Transistors
    MoneyPerArea MoneyPerByte FailureRate BandwidthPerLength WaferRate MoneyPerWaferRate
    Temperature ActivationEnergy
}

impl<'a> Row<'a> {
    /// A figure with its unit, range, source and tier.
    pub fn figure(&mut self, field: &'static str, quantity: &str, bound: Bound) {
        self.note_figure(field, quantity, bound, false);
        if let Some(value) = self.required(field) {
            let literal = self.figure_of(field, value, quantity, bound);
            self.write(field, literal);
        }
    }

    /// A figure that may be absent.
    pub fn optional_figure(&mut self, field: &'static str, quantity: &str, bound: Bound) {
        self.note_figure(field, quantity, bound, true);
        let value = self.optional(field);
        let literal = value.map(|value| self.figure_of(field, value, quantity, bound));
        self.write(field, some(literal));
    }

    fn figure_of(
        &mut self,
        field: &'static str,
        value: &Value,
        quantity: &str,
        bound: Bound,
    ) -> String {
        if !value.is_table() {
            self.error(
                field,
                format!(
                    "{} has no source; write {{ value = …, source = …, tier = … }}",
                    shown(value)
                ),
            );
            return String::new();
        }
        let mut inner = self.within(field, Some(value));
        let literal = inner.figure_here(quantity, bound);
        inner.finish("");
        literal
    }

    /// An assumption: the table is the figure itself and names its quantity, or
    /// for a bare number where it lies. Returns the Rust type and the literal.
    pub fn assumption(&mut self, name: &str) -> (String, String) {
        let value = self.required("quantity");
        let word = self.string("quantity", value).unwrap_or_default();
        let (quantity, bound) = match word {
            "Share" => (RATIO, Bound::Share),
            "Multiple" => (RATIO, Bound::AtLeastOne),
            word => (word, Bound::NotNegative),
        };
        if quantity != RATIO && number_in(quantity, "").is_none() {
            let known: Vec<&str> = units::QUANTITIES.iter().map(|(name, _)| *name).collect();
            let known = known.join(", ");
            self.error(
                "quantity",
                format!("“{quantity}” is none; known are {RATIO}, Share, Multiple, {known}"),
            );
        }
        let kind = if quantity == RATIO { "f64" } else { quantity };
        self.note_figure(name, quantity, bound, false);
        (kind.to_owned(), self.figure_here(quantity, bound))
    }

    /// The figure that this table is: `value`, or `low`, `central` and `high`.
    fn figure_here(&mut self, quantity: &str, bound: Bound) -> String {
        let range = if self.has("value") {
            for field in ["low", "central", "high"] {
                if self.has(field) {
                    self.error(
                        field,
                        "stands beside `value`; keep `value` or the three of the range",
                    );
                    self.optional(field);
                }
            }
            let value = self.number("value", quantity, bound);
            [value; 3]
        } else {
            ["low", "central", "high"].map(|field| self.number(field, quantity, bound))
        };
        let tier = self.tier();
        let source = self.required("source");
        let source = self.string("source", source).unwrap_or_default();
        self.refer("source", "source", source);
        if let [Some(low), Some(central), Some(high)] = range {
            if low > central {
                self.error("low", "is above `central`; the order is low, central, high");
            }
            if central > high {
                self.error(
                    "high",
                    "is below `central`; the order is low, central, high",
                );
            }
            if tier == "Guess" && low >= high {
                self.error("tier", "a figure nobody published is a range, tagged as a guess: set low and high apart");
            }
        }
        let [low, central, high] =
            range.map(|number| literal_of(quantity, number.unwrap_or_default()));
        format!(
            "Figure {{ low: {low}, central: {central}, high: {high}, \
             tier: Tier::{tier}, source: {source:?} }}"
        )
    }

    /// How well a figure is known, as a variant's name.
    fn tier(&mut self) -> &'static str {
        let tiers = [
            ("vendor", "Vendor"),
            ("measured", "Measured"),
            ("estimate", "Estimate"),
            ("guess", "Guess"),
        ];
        let value = self.required("tier");
        let word = self.string("tier", value).unwrap_or_default();
        let variant = tiers
            .iter()
            .find(|(text, _)| *text == word)
            .map(|(_, variant)| *variant);
        if value.is_some() && variant.is_none() {
            self.error(
                "tier",
                format!("“{word}” is not one of vendor, measured, estimate, guess"),
            );
        }
        variant.unwrap_or_default()
    }

    /// A number in the base unit of its quantity.
    fn number(&mut self, field: &'static str, quantity: &str, bound: Bound) -> Option<f64> {
        let value = self.required(field)?;
        let bare = value
            .as_float()
            .or_else(|| value.as_integer().map(|n| n as f64));
        let number = match (value.as_str(), bare) {
            (None, Some(number)) if quantity == RATIO => Ok(number),
            (Some(text), _) if quantity == RATIO => text
                .parse()
                .map_err(|_| format!("“{text}” is not a bare number, as a ratio is")),
            (Some(text), _) => number_in(quantity, text)?,
            _ => Err(format!(
                "{} has no unit; write it in quotes with one of {quantity}",
                shown(value)
            )),
        };
        match number {
            Ok(number) => {
                if let Some(wanted) = bound.objection(number) {
                    self.error(
                        field,
                        format!("{} is out of bounds: {wanted}", shown(value)),
                    );
                }
                Some(number)
            }
            Err(problem) => {
                self.error(field, problem);
                None
            }
        }
    }
}

/// A number of that quantity as Rust text, with all its digits.
fn literal_of(quantity: &str, number: f64) -> String {
    if quantity == RATIO {
        format!("{number:?}")
    } else {
        format!("{quantity}::new({number:?})")
    }
}
