//! One TOML table, read field by field; the Rust literal grows as it is read.
//!
//! A field that is absent, of another kind, out of bounds or unknown is
//! reported with its file, row and name, and what would do. Reading goes on
//! with a stand-in, so that one run finds every mistake.

use super::date::Date;
use std::collections::BTreeSet;
use std::fmt::Display;
use toml::Value;
use units::Quantity;

/// What reading found besides the rows.
#[derive(Default)]
pub struct Findings {
    /// Mistakes.
    pub errors: Vec<String>,
    /// Names of other rows, to be looked up when all are read.
    pub references: Vec<Reference>,
}

/// A field that names a row of some table.
pub struct Reference {
    /// File, row and field.
    pub place: String,
    /// Key of the table.
    pub table: &'static str,
    /// Id of the row.
    pub id: String,
}

/// Where a figure may lie.
#[derive(Clone, Copy)]
pub enum Bound {
    /// Above zero.
    Positive,
    /// Zero or above.
    NotNegative,
    /// From 0 to 1.
    Share,
    /// One or above.
    AtLeastOne,
}

impl Bound {
    /// What is wrong with the number, if anything is.
    fn objection(self, number: f64) -> Option<&'static str> {
        let (holds, wanted) = match self {
            Self::Positive => (number > 0.0, "it must be above zero"),
            Self::NotNegative => (number >= 0.0, "it must not be negative"),
            Self::Share => ((0.0..=1.0).contains(&number), "a share lies from 0 to 1"),
            Self::AtLeastOne => (number >= 1.0, "it must be 1 or above"),
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
    MoneyPerArea MoneyPerByte FailureRate
}

/// A table being read.
pub struct Row<'a> {
    place: String,
    table: Option<&'a toml::Table>,
    seen: BTreeSet<&'static str>,
    fields: Vec<String>,
    found: &'a mut Findings,
}

impl<'a> Row<'a> {
    /// A reader of the table; a `None` is reported as soon as it is read from.
    pub fn new(
        file: &str,
        name: &str,
        table: Option<&'a toml::Table>,
        found: &'a mut Findings,
    ) -> Self {
        let place = format!("data/{file}, {name}");
        Self {
            place,
            table,
            seen: BTreeSet::new(),
            fields: Vec::new(),
            found,
        }
    }

    /// Notes a mistake in a field.
    pub fn error(&mut self, field: &str, problem: impl Display) {
        self.found
            .errors
            .push(format!("{}: `{field}`: {problem}", self.place));
    }

    /// The Rust literal of the row; fields that nobody asked for are reported.
    pub fn finish(self, name: &str) -> String {
        for key in self.table.into_iter().flat_map(|table| table.keys()) {
            if !self.seen.contains(key.as_str()) && key != "note" {
                let known: Vec<&str> = self.seen.iter().copied().collect();
                self.found.errors.push(format!(
                    "{}: `{key}`: unknown field; known are {}",
                    self.place,
                    known.join(", ")
                ));
            }
        }
        format!("{name} {{ {} }}", self.fields.join(", "))
    }

    fn optional(&mut self, field: &'static str) -> Option<&'a Value> {
        self.seen.insert(field);
        self.table.and_then(|table| table.get(field))
    }

    fn required(&mut self, field: &'static str) -> Option<&'a Value> {
        let value = self.optional(field);
        if value.is_none() {
            self.error(field, "is missing; every row of this table has one");
        }
        value
    }

    /// Whether the table has the field.
    pub fn has(&self, field: &str) -> bool {
        self.table.is_some_and(|table| table.contains_key(field))
    }

    /// Whether the table within this one has the field.
    pub fn has_within(&self, table: &str, field: &str) -> bool {
        let inner = self.table.and_then(|outer| outer.get(table));
        inner.is_some_and(|inner| inner.get(field).is_some())
    }

    /// Adds a field whose Rust text is at hand.
    pub fn write(&mut self, field: &str, literal: impl Display) {
        self.fields.push(format!("{field}: {literal}"));
    }

    /// A string, or a report that it is none.
    fn string(&mut self, field: &'static str, value: Option<&'a Value>) -> Option<&'a str> {
        let value = value?;
        if value.as_str().is_none_or(str::is_empty) {
            self.error(field, format!("{} is not a text in quotes", shown(value)));
        }
        value.as_str()
    }

    /// The id: short, lower case, fit for a link.
    pub fn id(&mut self, field: &'static str) {
        let value = self.required(field);
        let id = self.string(field, value).unwrap_or_default();
        let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        if !id.starts_with(letter) || !id.chars().all(|c| letter(c) || c == '.' || c == '-') {
            self.error(
                field,
                format!("“{id}” does not fit a link; use a-z, 0-9, dot and hyphen"),
            );
        }
        self.write(field, format!("{id:?}"));
    }

    /// A text.
    pub fn text(&mut self, field: &'static str) {
        let value = self.required(field);
        let text = self.string(field, value).unwrap_or_default();
        self.write(field, format!("{text:?}"));
    }

    /// A text that may be absent.
    pub fn optional_text(&mut self, field: &'static str) {
        let value = self.optional(field);
        let text = self.string(field, value);
        self.write(field, format!("{text:?}"));
    }

    /// Yes or no.
    pub fn flag(&mut self, field: &'static str) {
        let value = self.required(field);
        if let Some(value) = value
            && value.as_bool().is_none()
        {
            self.error(field, format!("{} is neither true nor false", shown(value)));
        }
        self.write(field, value.and_then(Value::as_bool).unwrap_or_default());
    }

    /// A whole number, `least` or more.
    pub fn count(&mut self, field: &'static str, least: u32) -> u32 {
        let value = self.required(field);
        let count = value
            .and_then(Value::as_integer)
            .and_then(|n| u32::try_from(n).ok());
        if let Some(value) = value
            && count.is_none_or(|count| count < least)
        {
            self.error(
                field,
                format!("{} is not a whole number of at least {least}", shown(value)),
            );
        }
        self.write(field, count.unwrap_or_default());
        count.unwrap_or_default()
    }

    /// One of a few words, each with its Rust variant.
    pub fn word(&mut self, field: &'static str, kind: &str, words: &[(&str, &str)]) -> &'a str {
        let value = self.required(field);
        let word = self.string(field, value).unwrap_or_default();
        match words.iter().find(|(text, _)| *text == word) {
            Some((_, variant)) => self.write(field, format!("{kind}::{variant}")),
            None if value.is_some() => {
                let known: Vec<&str> = words.iter().map(|(text, _)| *text).collect();
                self.error(
                    field,
                    format!("“{word}” is not one of {}", known.join(", ")),
                );
            }
            None => (),
        }
        word
    }

    fn date_of(&mut self, field: &'static str, value: Option<&'a Value>) -> Option<Date> {
        let value = value?;
        let date = value.as_str().and_then(|text| text.parse().ok());
        if date.is_none() {
            self.error(
                field,
                format!(
                    "{} is no day; write one that exists as \"2025-09-17\"",
                    shown(value)
                ),
            );
        }
        date
    }

    /// A day's Rust literal, outside the row's own.
    pub fn date_literal(&mut self, field: &'static str) -> String {
        let value = self.required(field);
        self.date_of(field, value)
            .map_or_else(String::new, literal_of_date)
    }

    /// A day.
    pub fn date(&mut self, field: &'static str) -> Option<Date> {
        let value = self.required(field);
        let date = self.date_of(field, value);
        self.write(field, date.map_or_else(String::new, literal_of_date));
        date
    }

    /// A day that may be absent.
    pub fn optional_date(&mut self, field: &'static str) -> Option<Date> {
        let value = self.optional(field);
        let date = self.date_of(field, value);
        self.write(field, some(date.map(literal_of_date)));
        date
    }

    fn refer(&mut self, field: &'static str, table: &'static str, id: &str) {
        let place = format!("{}: `{field}`", self.place);
        self.found.references.push(Reference {
            place,
            table,
            id: id.to_owned(),
        });
    }

    /// The id of a row of another table.
    pub fn reference(&mut self, field: &'static str, table: &'static str) {
        let value = self.required(field);
        let id = self.string(field, value).unwrap_or_default();
        if value.is_some() {
            self.refer(field, table, id);
        }
        self.write(field, format!("{id:?}"));
    }

    /// The id of a row of another table, if there is one.
    pub fn optional_reference(&mut self, field: &'static str, table: &'static str) {
        let value = self.optional(field);
        let id = self.string(field, value);
        if let Some(id) = id {
            self.refer(field, table, id);
        }
        self.write(field, format!("{id:?}"));
    }

    /// Ids of rows of another table, none or more.
    pub fn references(&mut self, field: &'static str, table: &'static str) {
        let mut ids = Vec::new();
        for value in self.list(field) {
            if let Some(id) = self.string(field, Some(value)) {
                self.refer(field, table, id);
                ids.push(id);
            }
        }
        self.write(field, format!("&{ids:?}"));
    }

    /// The items of a list.
    pub fn list(&mut self, field: &'static str) -> &'a [Value] {
        let value = self.required(field);
        if let Some(value) = value
            && !value.is_array()
        {
            self.error(field, "is not a list in brackets");
        }
        value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// A table within this one, with a name of its own in reports.
    pub fn within<'b>(&'b mut self, field: &'static str, table: Option<&'b Value>) -> Row<'b> {
        let place = format!("{}: `{field}`", self.place);
        let table = table.and_then(Value::as_table);
        Row {
            place,
            table,
            seen: BTreeSet::new(),
            fields: Vec::new(),
            found: self.found,
        }
    }

    /// A field that is a table: read by `read`, written as its row type.
    pub fn nested(&mut self, field: &'static str, kind: &str, read: fn(&mut Row)) {
        if let Some(value) = self.required(field) {
            let mut inner = self.within(field, Some(value));
            read(&mut inner);
            let literal = inner.finish(kind);
            self.write(field, literal);
        }
    }

    /// The same where the field may be absent.
    pub fn optional_nested(&mut self, field: &'static str, kind: &str, read: fn(&mut Row)) {
        let literal = self.optional(field).map(|value| {
            let mut inner = self.within(field, Some(value));
            read(&mut inner);
            inner.finish(kind)
        });
        self.write(field, some(literal));
    }

    /// A figure with its unit, range, source and tier.
    pub fn figure(&mut self, field: &'static str, quantity: &str, bound: Bound) {
        if let Some(value) = self.required(field) {
            let literal = self.figure_of(field, value, quantity, bound);
            self.write(field, literal);
        }
    }

    /// A figure that may be absent.
    pub fn optional_figure(&mut self, field: &'static str, quantity: &str, bound: Bound) {
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

    /// An assumption: the table is the figure itself and names its quantity.
    /// Returns the Rust type and the literal.
    pub fn assumption(&mut self) -> (String, String) {
        let value = self.required("quantity");
        let quantity = self.string("quantity", value).unwrap_or_default();
        if quantity != RATIO && number_in(quantity, "").is_none() {
            let known: Vec<&str> = units::QUANTITIES.iter().map(|(name, _)| *name).collect();
            let known = known.join(", ");
            self.error(
                "quantity",
                format!("“{quantity}” is none; known are {RATIO}, {known}"),
            );
        }
        let kind = if quantity == RATIO { "f64" } else { quantity };
        (
            kind.to_owned(),
            self.figure_here(quantity, Bound::NotNegative),
        )
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

/// A value as a message shows it.
pub fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("“{text}”"),
        Value::Integer(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        Value::Boolean(flag) => flag.to_string(),
        other => format!("a {}", other.type_str()),
    }
}

/// `Some(literal)` or `None`, as Rust text.
fn some(literal: Option<String>) -> String {
    literal.map_or_else(|| "None".to_owned(), |literal| format!("Some({literal})"))
}

fn literal_of_date(date: Date) -> String {
    format!(
        "Date::baked({}, {}, {})",
        date.year(),
        date.month(),
        date.day()
    )
}

/// A number of that quantity as Rust text, with all its digits.
fn literal_of(quantity: &str, number: f64) -> String {
    if quantity == RATIO {
        format!("{number:?}")
    } else {
        format!("{quantity}::new({number:?})")
    }
}
