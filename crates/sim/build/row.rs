//! One TOML table, read field by field; the Rust literal grows as it is read.
//!
//! A field that is absent, of another kind, out of bounds or unknown is
//! reported with its file, row and name, and what would do. Reading goes on
//! with a stand-in, so that one run finds every mistake.

use super::date::Date;
use super::figure::Bound;
use std::collections::BTreeSet;
use std::fmt::Display;
use toml::Value;

/// What reading found besides the rows.
#[derive(Default)]
pub struct Findings {
    /// Mistakes.
    pub errors: Vec<String>,
    /// Names of other rows, to be looked up when all are read.
    pub references: Vec<Reference>,
    /// Figures of the row that is being read.
    pub figures: Vec<FigureField>,
}

/// A field that is a figure.
pub struct FigureField {
    /// Its name, after those of the tables that it stands in: `bf16.compute`.
    pub path: String,
    /// Its quantity.
    pub quantity: String,
    /// Where it may lie.
    pub bound: Bound,
    /// A row may lack it.
    pub optional: bool,
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

/// A table being read.
pub struct Row<'a> {
    place: String,
    /// Names of the tables that it stands in, each with a point after it.
    path: String,
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
            path: String::new(),
            table,
            seen: BTreeSet::new(),
            fields: Vec::new(),
            found,
        }
    }

    /// Notes that a field is a figure.
    pub(super) fn note_figure(
        &mut self,
        field: &str,
        quantity: &str,
        bound: Bound,
        optional: bool,
    ) {
        self.found.figures.push(FigureField {
            path: format!("{}{field}", self.path),
            quantity: quantity.to_owned(),
            bound,
            optional,
        });
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

    pub(super) fn optional(&mut self, field: &'static str) -> Option<&'a Value> {
        self.seen.insert(field);
        self.table.and_then(|table| table.get(field))
    }

    pub(super) fn required(&mut self, field: &'static str) -> Option<&'a Value> {
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
    pub(super) fn string(
        &mut self,
        field: &'static str,
        value: Option<&'a Value>,
    ) -> Option<&'a str> {
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

    pub(super) fn refer(&mut self, field: &'static str, table: &'static str, id: &str) {
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

    /// The same where the list may be absent.
    pub fn optional_references(&mut self, field: &'static str, table: &'static str) {
        if self.has(field) {
            self.references(field, table);
        } else {
            self.optional(field);
            self.write(field, "&[]");
        }
    }

    /// Words of a few, none or more, each with its Rust variant.
    pub fn words(&mut self, field: &'static str, kind: &str, words: &[(&str, &str)]) {
        let mut variants = Vec::new();
        for value in self.list(field) {
            let word = self.string(field, Some(value)).unwrap_or_default();
            match words.iter().find(|(text, _)| *text == word) {
                Some((_, variant)) => variants.push(format!("{kind}::{variant}")),
                None => {
                    let known: Vec<&str> = words.iter().map(|(text, _)| *text).collect();
                    self.error(
                        field,
                        format!("“{word}” is not one of {}", known.join(", ")),
                    );
                }
            }
        }
        self.write(field, format!("&[{}]", variants.join(", ")));
    }

    /// A share that may be absent.
    pub fn optional_share(&mut self, field: &'static str) {
        let value = self.optional(field);
        let share = value.and_then(Value::as_float);
        if value.is_some() && share.is_none_or(|share| !(0.0..=1.0).contains(&share)) {
            self.error(field, "is not a share from 0 to 1");
        }
        self.write(field, some(share.map(|share| format!("{share:?}"))));
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
            path: format!("{}{field}.", self.path),
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
pub fn some(literal: Option<String>) -> String {
    literal.map_or_else(|| "None".to_owned(), |literal| format!("Some({literal})"))
}

pub(super) fn literal_of_date(date: Date) -> String {
    format!(
        "Date::baked({}, {}, {})",
        date.year(),
        date.month(),
        date.day()
    )
}
