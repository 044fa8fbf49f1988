//! Quantities that carry their unit in the type.
//!
//! One table (at the foot of this file) names each quantity, the unit its
//! number is kept in and the unit names a text may use. Parsing, `+`, `-`,
//! ratios and scaling follow from the table; products and quotients between
//! quantities are the `relations!` below it. The crate knows no domain word:
//! a die, a chip or a price list means nothing here.
//!
//! Texts are parsed by shifting the decimal exponent before the conversion to
//! binary, so `"3.35 TB/s"` is the nearest number to 3.35e12 and not a product
//! of two rounded ones.

#![forbid(unsafe_code)]

pub mod decimal;

use std::fmt;

/// Why a text is not a quantity of the kind asked for.
#[derive(Clone, Debug, PartialEq)]
pub enum ParseError {
    /// No number at the start.
    NotANumber(String),
    /// The number is there and the unit is of another kind, or unknown.
    WrongUnit {
        /// The unit found.
        found: String,
        /// The quantity asked for.
        quantity: &'static str,
        /// The units that would do.
        expected: Vec<&'static str>,
    },
}

impl fmt::Display for ParseError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotANumber(text) => write!(f, "“{text}” does not start with a number"),
            Self::WrongUnit {
                found,
                quantity,
                expected,
            } => {
                write!(
                    f,
                    "unit “{found}” is not one of {quantity}: {}",
                    expected.join(", ")
                )
            }
        }
    }
}

impl std::error::Error for ParseError {}

/// A quantity: a finite number in a fixed unit.
pub trait Quantity: Copy {
    /// The quantity's name, as the table has it.
    const NAME: &'static str;
    /// The unit that [`Quantity::get`] counts in.
    const UNIT: &'static str;
    /// The quantity from its number in [`Quantity::UNIT`].
    fn from_number(number: f64) -> Self;
    /// The number in [`Quantity::UNIT`].
    fn get(self) -> f64;
    /// The number itself, to write to.
    fn number_mut(&mut self) -> &mut f64;
    /// The quantity written as `"3.35 TB/s"`.
    fn parse(text: &str) -> Result<Self, ParseError>;
}

/// A bare number: a count, a share, a ratio.
impl Quantity for f64 {
    const NAME: &'static str = "Ratio";
    const UNIT: &'static str = "";
    fn from_number(number: f64) -> Self {
        number
    }
    fn get(self) -> f64 {
        self
    }
    fn number_mut(&mut self) -> &mut f64 {
        self
    }
    fn parse(text: &str) -> Result<Self, ParseError> {
        parse_in(text, Self::NAME, &[("", 0, 1.0)])
    }
}

/// The number and the unit of a text such as `"3.35 TB/s"`.
fn split(text: &str) -> Result<(&str, &str), ParseError> {
    let text = text.trim();
    let end = text
        .char_indices()
        .find(|&(i, c)| {
            let exponent = (c == 'e' || c == 'E')
                && text[i + 1..].starts_with(|d: char| d.is_ascii_digit() || d == '-');
            let sign = (c == '-' || c == '+') && (i == 0 || text[..i].ends_with(['e', 'E']));
            !(c.is_ascii_digit() || c == '.' || exponent || sign)
        })
        .map_or(text.len(), |(i, _)| i);
    Ok((&text[..end], text[end..].trim()))
}

/// The number times ten to the `exponent`, rounded once.
fn shifted(number: &str, exponent: i32) -> Option<f64> {
    let (mantissa, own) = match number.split_once(['e', 'E']) {
        Some((mantissa, own)) => (mantissa, own.parse::<i32>().ok()?),
        None => (number, 0),
    };
    let value: f64 = format!("{mantissa}e{}", own + exponent).parse().ok()?;
    value.is_finite().then_some(value)
}

fn parse_in(
    text: &str,
    quantity: &'static str,
    units: &[(&'static str, i32, f64)],
) -> Result<f64, ParseError> {
    let (number, unit) = split(text)?;
    let Some((_, exponent, factor)) = units.iter().find(|(name, ..)| *name == unit) else {
        return Err(ParseError::WrongUnit {
            found: unit.to_owned(),
            quantity,
            expected: units.iter().map(|(name, ..)| *name).collect(),
        });
    };
    shifted(number, *exponent)
        .map(|number| number * factor)
        .ok_or_else(|| ParseError::NotANumber(text.to_owned()))
}

macro_rules! quantities {
    ($( $(#[$doc:meta])* $name:ident in $base:literal { $($unit:literal = $exp:literal $(of $factor:ident)?),+ $(,)? } )+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Default)]
            pub struct $name(f64);

            impl $name {
                #[doc = concat!("The quantity from its number in ", $base, ".")]
                pub const fn new(number: f64) -> Self { Self(number) }
                #[doc = concat!("The number in ", $base, ".")]
                pub const fn get(self) -> f64 { self.0 }
                /// The smaller of the two.
                pub fn min(self, other: Self) -> Self { Self(self.0.min(other.0)) }
                /// The larger of the two.
                pub fn max(self, other: Self) -> Self { Self(self.0.max(other.0)) }
            }

            impl Quantity for $name {
                const NAME: &'static str = stringify!($name);
                const UNIT: &'static str = $base;
                fn from_number(number: f64) -> Self { Self(number) }
                fn get(self) -> f64 { self.0 }
                fn number_mut(&mut self) -> &mut f64 { &mut self.0 }
                fn parse(text: &str) -> Result<Self, ParseError> {
                    parse_in(text, stringify!($name), &[$(($unit, $exp, 1.0 $(* $factor)?)),+]).map(Self)
                }
            }

            impl std::ops::Add for $name { type Output = Self; fn add(self, o: Self) -> Self { Self(self.0 + o.0) } }
            impl std::ops::Sub for $name { type Output = Self; fn sub(self, o: Self) -> Self { Self(self.0 - o.0) } }
            impl std::ops::Mul<f64> for $name { type Output = Self; fn mul(self, k: f64) -> Self { Self(self.0 * k) } }
            impl std::ops::Mul<$name> for f64 { type Output = $name; fn mul(self, q: $name) -> $name { $name(self * q.0) } }
            impl std::ops::Div<f64> for $name { type Output = Self; fn div(self, k: f64) -> Self { Self(self.0 / k) } }
            /// A ratio of two like quantities is a bare number.
            impl std::ops::Div for $name { type Output = f64; fn div(self, o: Self) -> f64 { self.0 / o.0 } }
            impl std::iter::Sum for $name { fn sum<I: Iterator<Item = Self>>(i: I) -> Self { i.fold(Self(0.0), |a, b| a + b) } }
        )+

        /// Name and base unit of every quantity, for tables and checks.
        pub const QUANTITIES: &[(&str, &str)] = &[$((stringify!($name), $base)),+];
    };
}

/// `A * B = C` (both ways) and `C / A = B`, `C / B = A`, with the divisor that
/// the base units need.
macro_rules! relations {
    ($($a:ident * $b:ident / $k:expr => $c:ident;)+) => { $(
        impl std::ops::Mul<$b> for $a { type Output = $c; fn mul(self, o: $b) -> $c { $c(self.0 * o.0 / $k) } }
        impl std::ops::Mul<$a> for $b { type Output = $c; fn mul(self, o: $a) -> $c { $c(self.0 * o.0 / $k) } }
        impl std::ops::Div<$a> for $c { type Output = $b; fn div(self, o: $a) -> $b { $b(self.0 * $k / o.0) } }
        impl std::ops::Div<$b> for $c { type Output = $a; fn div(self, o: $b) -> $a { $a(self.0 * $k / o.0) } }
    )+ };
}

quantities! {
    /// Memory or message size.
    Bytes in "B" { "B" = 0, "kB" = 3, "MB" = 6, "GB" = 9, "TB" = 12 }
    /// Memory or link rate. Prefixes are decimal; link rates given in bits are eighths.
    Bandwidth in "B/s" { "B/s" = 0, "GB/s" = 9, "TB/s" = 12 }
    /// Arithmetic rate: dense operations per second, a multiply-add counting as two.
    OpRate in "op/s" { "TFLOP/s" = 12, "TOP/s" = 12, "PFLOP/s" = 15, "op/s" = 0 }
    /// Arithmetic work, a multiply-add counting as two.
    Ops in "op" { "op" = 0, "GFLOP" = 9, "TFLOP" = 12 }
    /// Duration.
    Time in "s" { "s" = 0, "ms" = -3, "µs" = -6, "ns" = -9, "d" = 0 of SECONDS_PER_DAY }
    /// Power.
    Power in "W" { "W" = 0, "kW" = 3, "MW" = 6 }
    /// Energy.
    Energy in "J" { "J" = 0, "kJ" = 3, "MJ" = 6 }
    /// Energy per byte moved.
    EnergyPerByte in "J/B" { "J/B" = 0, "pJ/B" = -12, "pJ/bit" = -12 of BITS_PER_BYTE }
    /// Energy per operation.
    EnergyPerOp in "J/op" { "J/op" = 0, "pJ/op" = -12 }
    /// Money, in US dollars.
    Money in "$" { "$" = 0, "k$" = 3, "M$" = 6, "bn$" = 9 }
    /// Price of electricity.
    EnergyPrice in "$/kWh" { "$/kWh" = 0, "c/kWh" = -2 }
    /// Carbon intensity of electricity.
    CarbonIntensity in "g/kWh" { "g/kWh" = 0 }
    /// Mass of carbon dioxide.
    CarbonMass in "g" { "g" = 0, "kg" = 3, "t" = 6 }
    /// Silicon or package area.
    Area in "mm²" { "mm²" = 0 }
    /// Length on a wafer or package.
    Length in "mm" { "mm" = 0, "µm" = -3 }
    /// Killing defects per area.
    DefectDensity in "/cm²" { "/cm²" = 0 }
    /// Logic density.
    TransistorDensity in "MTr/mm²" { "MTr/mm²" = 0 }
    /// Number of transistors.
    Transistors in "Tr" { "Tr" = 0, "MTr" = 6, "GTr" = 9 }
    /// Price per area of substrate or interposer.
    MoneyPerArea in "$/mm²" { "$/mm²" = 0 }
    /// Price of memory.
    MoneyPerByte in "$/B" { "$/B" = 0, "$/GB" = -9 }
    /// Link rate that a length of die edge carries.
    BandwidthPerLength in "B/s/mm" { "B/s/mm" = 0, "GB/s/mm" = 9 }
    /// Wafer starts.
    WaferRate in "wafers/month" { "wafers/month" = 0, "kwpm" = 3 }
    /// Price of equipping a fab for so many wafers a month.
    MoneyPerWaferRate in "$/(wafers/month)" { "$/(wafers/month)" = 0, "M$/kwpm" = 3 }
    /// Failures of an accelerator in time.
    FailureRate in "/1000/day" { "/1000/day" = 0 }
    /// Temperature.
    Temperature in "°C" { "°C" = 0 }
    /// Activation energy of an ageing process.
    ActivationEnergy in "eV" { "eV" = 0 }
}

relations! {
    Bandwidth * Time / 1.0 => Bytes;
    OpRate * Time / 1.0 => Ops;
    Power * Time / 1.0 => Energy;
    EnergyPerByte * Bytes / 1.0 => Energy;
    EnergyPerByte * Bandwidth / 1.0 => Power;
    EnergyPerOp * Ops / 1.0 => Energy;
    BandwidthPerLength * Length / 1.0 => Bandwidth;
    MoneyPerWaferRate * WaferRate / 1.0 => Money;
    MoneyPerArea * Area / 1.0 => Money;
    MoneyPerByte * Bytes / 1.0 => Money;
    TransistorDensity * Area / 1e-6 => Transistors;
    EnergyPrice * Energy / JOULES_PER_KWH => Money;
    CarbonIntensity * Energy / JOULES_PER_KWH => CarbonMass;
}

/// The number held between two; what is none stays so. `clamp` would bring words about
/// ends that stand the wrong way round.
pub fn within(number: f64, least: f64, most: f64) -> f64 {
    match number {
        below if below < least => least,
        above if above > most => most,
        between => between,
    }
}

/// Joules in a kilowatt-hour, by definition.
pub const JOULES_PER_KWH: f64 = 3.6e6;
/// Bits in a byte, by definition.
pub const BITS_PER_BYTE: f64 = 8.0;
/// Seconds in a day, by definition.
pub const SECONDS_PER_DAY: f64 = 86_400.0;

/// Zero degrees Celsius in kelvin, by definition.
pub const KELVIN_AT_ZERO: f64 = 273.15;
/// Boltzmann's constant in electronvolts per kelvin, by definition.
pub const BOLTZMANN_EV: f64 = 8.617_333_262e-5;

impl Temperature {
    /// The temperature in kelvin.
    pub fn kelvin(self) -> f64 {
        self.0 + KELVIN_AT_ZERO
    }
}

impl Energy {
    /// The energy in kilowatt-hours.
    pub fn kwh(self) -> f64 {
        self.0 / JOULES_PER_KWH
    }
}

impl Time {
    /// The duration of a number of days.
    pub const fn from_days(days: f64) -> Self {
        Self(days * SECONDS_PER_DAY)
    }
    /// The duration in days.
    pub fn days(self) -> f64 {
        self.0 / SECONDS_PER_DAY
    }
}

impl Length {
    /// The area of a rectangle with these sides.
    pub fn by(self, other: Length) -> Area {
        Area(self.0 * other.0)
    }
}

impl DefectDensity {
    /// Mean number of killing defects on an area (A·D₀, a bare number).
    pub fn on(self, area: Area) -> f64 {
        self.0 * area.0 / 100.0
    }
}

impl FailureRate {
    /// Failures per second of a system of `chip_count` accelerators.
    pub fn per_second(self, chip_count: f64) -> f64 {
        self.0 / 1000.0 / SECONDS_PER_DAY * chip_count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_rounded_once() {
        assert_eq!(Bandwidth::parse("3.35 TB/s"), Ok(Bandwidth::new(3.35e12)));
        assert_eq!(Bytes::parse("141 GB"), Ok(Bytes::new(141e9)));
        assert_eq!(EnergyPrice::parse("8.8 c/kWh"), Ok(EnergyPrice::new(0.088)));
        assert_eq!(Time::parse("3.5 µs"), Ok(Time::new(3.5e-6)));
        assert_eq!(Ops::parse("1.5e3 GFLOP"), Ok(Ops::new(1.5e12)));
    }

    #[test]
    fn a_wrong_dimension_is_refused_with_the_units_that_would_do() {
        let error = Bandwidth::parse("80 GB").unwrap_err().to_string();
        assert!(error.contains("GB") && error.contains("TB/s"), "{error}");
        assert!(matches!(
            Bytes::parse("many GB"),
            Err(ParseError::NotANumber(_)) | Err(ParseError::WrongUnit { .. })
        ));
        assert!(matches!(
            Bytes::parse("1e999 GB"),
            Err(ParseError::NotANumber(_))
        ));
    }

    #[test]
    fn relations_hold_both_ways() {
        let moved = Bandwidth::new(4e12) * Time::new(0.5);
        assert_eq!(moved, Bytes::new(2e12));
        assert_eq!(moved / Bandwidth::new(4e12), Time::new(0.5));
        assert_eq!(
            (EnergyPrice::new(0.1) * Energy::new(JOULES_PER_KWH)).get(),
            0.1
        );
        assert_eq!(
            (TransistorDensity::new(91.2) * Area::new(100.0)).get(),
            91.2e8
        );
    }
}
