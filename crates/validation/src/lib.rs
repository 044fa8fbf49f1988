//! Published measurements, each with a link that is its scenario, run through
//! the same simulation as a reader's and compared one by one.
//!
//! Nothing is fitted here: what a measurement says of a row of the catalogue
//! stands in that row. Rows that the model does not predict say why.

#![forbid(unsafe_code)]

mod quantity;
mod table;

pub use quantity::Quantity;
pub use table::table;

use serde::Deserialize;
use sim::catalogue;
use sim::link;
use sim::outcome::simulate;
use std::collections::BTreeMap;

/// What a measurement is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A step of training, or a rate that follows from it.
    Train,
    /// Reading prompts.
    Prefill,
    /// Writing answers: the time of a token, or tokens per second.
    Decode,
    /// Both together, at the most that a system serves.
    Serve,
    /// Watts, or joules per token.
    Power,
    /// Failures, and what they leave.
    Reliability,
}

impl Kind {
    /// Every kind, in the order of tables.
    pub const ALL: [Self; 6] = [
        Self::Train,
        Self::Decode,
        Self::Prefill,
        Self::Serve,
        Self::Power,
        Self::Reliability,
    ];

    /// Its name in tables and keys.
    pub fn name(self) -> &'static str {
        match self {
            Self::Train => "train",
            Self::Prefill => "prefill",
            Self::Decode => "decode",
            Self::Serve => "serve",
            Self::Power => "power",
            Self::Reliability => "reliability",
        }
    }
}

/// How a figure came here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Confidence {
    /// Read in the source's own text or log.
    Exact,
    /// At second hand, or derived.
    Approx,
    /// Nobody could look it up again.
    FromMemory,
}

/// A published measurement.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measurement {
    /// Its name.
    pub id: String,
    /// What it is of.
    pub kind: Kind,
    /// The chip, as the source calls it.
    pub chip: String,
    /// How many.
    pub chips: Option<u32>,
    /// The language model, as the source calls it.
    pub model: String,
    /// Number format.
    pub format: Option<String>,
    /// Batch.
    pub batch: Option<String>,
    /// Tokens of a prompt, or of a training sequence.
    pub input: Option<String>,
    /// Tokens of an answer.
    pub output: Option<String>,
    /// The parallel layout and the like.
    pub layout: Option<String>,
    /// What was measured, as the source calls it.
    pub metric: String,
    /// The figure, in `unit`.
    pub value: f64,
    /// Its unit.
    pub unit: String,
    /// Key of the source.
    pub source: String,
    /// Where in it.
    pub place: Option<String>,
    /// How the figure came here.
    pub confidence: Confidence,
    /// The answer that is compared.
    pub reads: Option<Quantity>,
    /// The scenario.
    pub link: Option<String>,
    /// The scenario that a ratio is over.
    pub over: Option<String>,
    /// What the scenario says beyond the source.
    pub assumes: Option<String>,
    /// The row of stacks, or the assumption, that was set with this one in view.
    pub sets: Option<String>,
    /// The row of which this is another reading; errors count it once.
    pub same_as: Option<String>,
    /// Why the model does not predict it.
    pub left_out: Option<String>,
}

/// Where a measurement was published.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Key.
    pub key: String,
    /// Title.
    pub title: String,
    /// Publisher.
    pub publisher: String,
    /// Date.
    pub published: String,
    /// Address.
    pub url: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    measurement: Vec<Measurement>,
    source: Vec<Source>,
}

/// A measurement and what the model makes of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// The measurement.
    pub row: Measurement,
    /// Where it was published.
    pub source: Source,
    /// What the model says, in the row's unit; `None` where it is left out or,
    /// which a test rules out, where the scenario has no such answer.
    pub predicted: Option<f64>,
}

impl Checked {
    /// Predicted over measured.
    pub fn ratio(&self) -> Option<f64> {
        Some(self.predicted? / self.row.value)
    }

    /// The absolute error, as a share of the measured figure.
    pub fn error(&self) -> Option<f64> {
        Some((self.ratio()? - 1.0).abs())
    }
}

/// The errors of some measurements.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Summary {
    /// How many.
    pub count: usize,
    /// Middle of the absolute errors.
    pub median: f64,
    /// The error that nine in ten stay within.
    pub ninth: f64,
    /// Geometric mean of predicted over measured.
    pub bias: f64,
}

/// All measurements, checked, in the file's order.
///
/// # Errors
/// What is wrong with `data/measurements.toml`.
pub fn checked() -> Result<Vec<Checked>, String> {
    let text = include_str!("../../../data/measurements.toml");
    let file: File =
        toml::from_str(text).map_err(|error| format!("data/measurements.toml: {error}"))?;
    let own: BTreeMap<&str, &Source> = file.source.iter().map(|s| (s.key.as_str(), s)).collect();
    file.measurement
        .iter()
        .map(|row| {
            let known = || own.get(row.source.as_str()).map(|source| (*source).clone());
            let source = catalogue::source(&row.source)
                .map(of_catalogue)
                .or_else(known)
                .ok_or_else(|| format!("{}: no source is called “{}”", row.id, row.source))?;
            Ok(Checked {
                predicted: predict(row),
                source,
                row: row.clone(),
            })
        })
        .collect()
}

fn of_catalogue(row: &catalogue::SourceRow) -> Source {
    Source {
        key: row.key.to_owned(),
        title: row.title.to_owned(),
        publisher: row.publisher.to_owned(),
        published: row.published.to_owned(),
        url: row.url.map(str::to_owned),
    }
}

/// What the model says of the measurement's scenario.
fn predict(row: &Measurement) -> Option<f64> {
    let read = |link: &str| {
        let scenario = link::read(link).state.scenario();
        let outcome = simulate(&scenario);
        row.reads?.read(&scenario, &outcome)
    };
    let value = read(row.link.as_deref()?)?;
    match &row.over {
        Some(over) => Some(value / read(over)?),
        None => Some(value),
    }
}

/// The errors of those rows, each measurement once; `None` where none is predicted.
pub fn summary<'a>(rows: impl Iterator<Item = &'a Checked>) -> Option<Summary> {
    let ratios: Vec<f64> = rows
        .filter(|checked| checked.row.same_as.is_none())
        .filter_map(Checked::ratio)
        .collect();
    let mut errors: Vec<f64> = ratios.iter().map(|ratio| (ratio - 1.0).abs()).collect();
    errors.sort_by(f64::total_cmp);
    let count = errors.len();
    let last = count.checked_sub(1)?;
    let logs: f64 = ratios.iter().map(|ratio| ratio.ln()).sum();
    Some(Summary {
        count,
        median: (errors[last / 2] + errors[count / 2]) / 2.0,
        // The smallest error that at least nine in ten do not exceed.
        ninth: errors[(count * 9).div_ceil(10) - 1],
        bias: (logs / count as f64).exp(),
    })
}
