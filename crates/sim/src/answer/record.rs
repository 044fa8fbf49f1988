//! A record of names and values, and how it is written as JSON.

use std::borrow::Cow;
use units::decimal;

/// What stands behind a name.
#[derive(Clone, Debug)]
pub enum Value {
    /// A number in the unit that its name says.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// Words, or the id of something.
    Text(Cow<'static, str>),
    /// Several.
    List(Vec<Value>),
    /// Names of its own.
    Record(Record),
}

impl From<&'static str> for Value {
    fn from(word: &'static str) -> Self {
        Self::Text(word.into())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}

/// Names with their values, in their order.
#[derive(Clone, Debug, Default)]
pub struct Record(Vec<(&'static str, Value)>);

// One copy of each: the page pays for every call that is written out.
impl Record {
    #[inline(never)]
    fn add(&mut self, name: &'static str, value: Value) {
        self.0.push((name, value));
    }

    /// Adds a number.
    #[inline(never)]
    pub fn number(&mut self, name: &'static str, number: f64) {
        self.add(name, Value::Number(number));
    }

    /// Adds a number, where there is one.
    #[inline(never)]
    pub fn maybe(&mut self, name: &'static str, number: Option<f64>) {
        if let Some(number) = number {
            self.number(name, number);
        }
    }

    /// Adds how many there are.
    #[inline(never)]
    pub fn count(&mut self, name: &'static str, count: u32) {
        self.number(name, f64::from(count));
    }

    /// Adds yes or no.
    #[inline(never)]
    pub fn flag(&mut self, name: &'static str, flag: bool) {
        self.add(name, Value::Flag(flag));
    }

    /// Adds a word.
    #[inline(never)]
    pub fn word(&mut self, name: &'static str, word: &'static str) {
        self.add(name, word.into());
    }

    /// Adds words.
    #[inline(never)]
    pub fn text(&mut self, name: &'static str, text: String) {
        self.add(name, text.into());
    }

    /// Adds a list.
    #[inline(never)]
    pub fn list(&mut self, name: &'static str, list: Vec<Value>) {
        self.add(name, Value::List(list));
    }

    /// Adds a record, where there is one.
    #[inline(never)]
    pub fn part(&mut self, name: &'static str, part: Option<Record>) {
        if let Some(part) = part {
            self.add(name, Value::Record(part));
        }
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Every number, flag and word with the way to it (`chip.dies`), in their order.
    /// A record in a list goes by its first word, anything else there by its place.
    pub fn rows(&self) -> Vec<(String, &Value)> {
        let mut rows = Vec::new();
        walk("", self, &mut rows);
        rows
    }

    /// It as JSON: over lines where it is for readers, else in one.
    pub fn json(&self, over_lines: bool) -> String {
        let mut writer = Writer {
            out: String::new(),
            over_lines,
            depth: 0,
        };
        writer.record(self);
        writer.out
    }
}

fn walk<'a>(path: &str, record: &'a Record, rows: &mut Vec<(String, &'a Value)>) {
    for (name, value) in &record.0 {
        step(&[path, name].concat(), value, rows);
    }
}

fn step<'a>(path: &str, value: &'a Value, rows: &mut Vec<(String, &'a Value)>) {
    match value {
        Value::Record(record) => walk(&[path, "."].concat(), record, rows),
        Value::List(list) => {
            for (i, item) in list.iter().enumerate() {
                let name = match item {
                    Value::Record(Record(names)) => match names.first() {
                        Some((_, Value::Text(word))) => word.to_string(),
                        _ => (i + 1).to_string(),
                    },
                    _ => (i + 1).to_string(),
                };
                step(&[path, ".", &name].concat(), item, rows);
            }
        }
        _ => rows.push((path.to_owned(), value)),
    }
}

/// JSON being written.
struct Writer {
    out: String,
    over_lines: bool,
    depth: usize,
}

impl Writer {
    fn value(&mut self, value: &Value) {
        match value {
            // JSON has no word for what is no number.
            Value::Number(number) if !number.is_finite() => self.out.push_str("null"),
            Value::Number(number) => self.out.push_str(&decimal::shortest(*number)),
            Value::Flag(true) => self.out.push_str("true"),
            Value::Flag(false) => self.out.push_str("false"),
            Value::Text(text) => self.text(text),
            Value::List(list) => {
                self.out.push('[');
                for (i, item) in list.iter().enumerate() {
                    self.begin(i);
                    self.value(item);
                }
                self.end(list.len(), ']');
            }
            Value::Record(record) => self.record(record),
        }
    }

    fn record(&mut self, record: &Record) {
        self.out.push('{');
        for (i, (name, value)) in record.0.iter().enumerate() {
            self.begin(i);
            self.text(name);
            self.out.push(':');
            if self.over_lines {
                self.out.push(' ');
            }
            self.value(value);
        }
        self.end(record.0.len(), '}');
    }

    /// Before the `i`th of several.
    fn begin(&mut self, i: usize) {
        if i == 0 {
            self.depth += 1;
        } else {
            self.out.push(',');
        }
        self.line();
    }

    /// After so many.
    fn end(&mut self, count: usize, bracket: char) {
        if count > 0 {
            self.depth -= 1;
            self.line();
        }
        self.out.push(bracket);
    }

    fn line(&mut self) {
        if self.over_lines {
            self.out.push('\n');
            for _ in 0..self.depth {
                self.out.push_str("  ");
            }
        }
    }

    fn text(&mut self, text: &str) {
        self.out.push('"');
        for c in text.chars() {
            match c {
                '"' | '\\' => self.out.extend(['\\', c]),
                // Controls are all of two digits.
                '\u{0}'..='\u{1f}' => {
                    let digit = |of: u32| char::from_digit(of, 16).unwrap_or('0');
                    self.out.push_str("\\u00");
                    self.out
                        .extend([digit(c as u32 / 16), digit(c as u32 % 16)]);
                }
                _ => self.out.push(c),
            }
        }
        self.out.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::{Record, Value};

    #[test]
    fn a_record_is_json_over_lines_and_in_one() {
        let mut inner = Record::default();
        inner.word("id", "a");
        inner.maybe("none", None);
        inner.maybe("x", Some(1e21));
        let mut record = Record::default();
        record.text("text", "\"é\\\n\u{202f}".to_owned());
        record.flag("is", true);
        record.number("tiny", 1e-7);
        record.list("empty", Vec::new());
        record.list("all", vec![Value::Record(inner), Value::Number(f64::NAN)]);
        record.part("nothing", Some(Record::default()));
        assert_eq!(
            record.json(false),
            "{\"text\":\"\\\"é\\\\\\u000a\u{202f}\",\"is\":true,\"tiny\":0.0000001,\"empty\":[],\
             \"all\":[{\"id\":\"a\",\"x\":1000000000000000000000},null],\"nothing\":{}}"
        );
        let lines = record.json(true);
        assert!(lines.starts_with("{\n  \"text\": ") && lines.ends_with("  \"nothing\": {}\n}"));
        assert!(lines.contains("\n  \"all\": [\n    {\n      \"id\": \"a\",\n"));
        let rows: Vec<String> = record.rows().into_iter().map(|(name, _)| name).collect();
        assert_eq!(rows, ["text", "is", "tiny", "all.a.id", "all.a.x", "all.2"]);
    }
}
