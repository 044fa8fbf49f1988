//! Releases of the model: numbered, dated, with what each changed.

use crate::date::Date;
use std::fmt;
use std::str::FromStr;

/// A version of the model, such as `1.0`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version {
    /// Moves when an answer or a key of links comes to mean something else.
    pub major: u16,
    /// Moves when a recorded answer does.
    pub minor: u16,
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// The text is no version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotAVersion;

impl FromStr for Version {
    type Err = NotAVersion;
    fn from_str(text: &str) -> Result<Self, NotAVersion> {
        let number = |text: &str| {
            let plain = text.bytes().all(|b| b.is_ascii_digit());
            plain.then(|| text.parse().ok()).flatten()
        };
        let numbers = text.split_once('.').map(|(a, b)| (number(a), number(b)));
        match numbers {
            Some((Some(major), Some(minor))) => Ok(Self { major, minor }),
            _ => Err(NotAVersion),
        }
    }
}

/// A release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReleaseRow {
    /// Its version.
    pub version: Version,
    /// The day on which it came out.
    pub date: Date,
    /// Last day to which its data is known.
    pub data: Date,
    /// Which of the three answers it moved.
    pub answers: &'static [&'static str],
    /// What changed, and why, in English and in French.
    pub texts: [&'static str; 2],
}
