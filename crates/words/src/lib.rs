//! Everything said to a reader, in French and in English.
//!
//! Texts are those of `locales/` ([`texts`]); numbers go through one
//! formatter ([`numbers`]); sentences about an outcome ([`sentences`]) and
//! about a link ([`notices`]), names of figures ([`inputs`]) are made here, so that the page, the terminal and
//! the charts say the same thing in the same words.

pub mod cite;
pub mod cited;
mod dates;
pub mod doubt;
pub mod explain;
pub mod glossary;
pub mod inputs;
pub mod notices;
pub mod numbers;
pub mod sentences;
pub mod stories;
pub mod texts;

/// A language of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// French.
    Fr,
}

impl Lang {
    /// Both.
    pub const ALL: [Lang; 2] = [Lang::En, Lang::Fr];

    /// What its readers call it.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Fr => "Français",
        }
    }

    /// The two-letter code.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Fr => "fr",
        }
    }

    /// The language of a tag such as `fr-CA`; `None` for any other.
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.get(..2)? {
            "fr" | "FR" => Some(Self::Fr),
            "en" | "EN" => Some(Self::En),
            _ => None,
        }
    }

    /// The text of that key; the key itself where there is none, which a test
    /// of the sources rules out.
    pub fn text(self, key: &str) -> &str {
        self.find(key).unwrap_or(key)
    }

    /// The text of that key, if there is one.
    pub fn find(self, key: &str) -> Option<&'static str> {
        texts::find(self, key)
    }

    /// The text of that key with its placeholders filled.
    pub fn fill(self, key: &str, values: &[(&str, &str)]) -> String {
        let mut out = String::new();
        let mut rest = self.text(key);
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((name, after)) = after.split_once('}') else {
                out.push('{');
                rest = after;
                continue;
            };
            match values.iter().find(|(key, _)| *key == name) {
                Some((_, value)) => out.push_str(value),
                None => {
                    out.push('{');
                    out.push_str(name);
                    out.push('}');
                }
            }
            rest = after;
        }
        out.push_str(rest);
        out
    }
}

impl Lang {
    /// A number of dies in words.
    pub fn dies(self, dies: u32) -> String {
        match dies {
            1 => self.text("figure.die").to_owned(),
            _ => self.fill("figure.dies", &[("count", &self.count(f64::from(dies)))]),
        }
    }
}
