//! Export rules as dated law: which rule catches a chip, by which clause, and
//! by how much it misses.
//!
//! A rule is a row with clauses. A figure that nobody published gives
//! "indeterminate", never "free": clauses are three-valued, and a group is
//! false as soon as one clause is false.
//! Source: [bis-3a090] for the definitions.

mod gates;

pub use gates::{Route, RouteFacts, UsGate, china_gate, route, us_gate};

use crate::date::Date;
use units::*;

/// How a metric compares with its threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compare {
    /// At or above the threshold.
    AtLeast,
    /// Strictly above it.
    Above,
    /// Strictly below it.
    Below,
}

/// What a clause looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "snake_case")
)]
pub enum Metric {
    /// Total processing performance: dense TOPS × bits, the largest over formats.
    Tpp,
    /// TPP per mm² of non-planar logic.
    PerformanceDensity,
    /// Links to other chips, both directions, in GB/s.
    LinkBandwidth,
    /// Memory bandwidth, in GB/s.
    MemoryBandwidth,
    /// Memory plus link bandwidth, in GB/s.
    MemoryAndLinkBandwidth,
    /// 1 if marketed for data centres, else 0.
    DataCentre,
    /// Transistors of the package, in billions.
    Transistors,
    /// Bandwidth of a memory stack over its area, in GB/s/mm².
    StackDensity,
}

/// One condition of a rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClauseRow {
    /// What it looks at.
    pub metric: Metric,
    /// How it compares.
    pub compare: Compare,
    /// With what.
    pub threshold: f64,
}

/// How an application for a licence is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "kebab-case")
)]
pub enum Posture {
    /// No licence needed.
    Free,
    /// A licence exception after notice (NAC, ACA).
    LicenceException,
    /// Each case on its own.
    CaseByCase,
    /// Refused unless there is a reason.
    PresumptionOfDenial,
}

/// One paragraph of a rule: caught if all clauses of any group hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ParagraphRow {
    /// Name in the law ("3A090.a").
    pub name: &'static str,
    /// Any group, all its clauses.
    pub any: &'static [&'static [ClauseRow]],
    /// What follows.
    pub posture: Posture,
}

/// Whom a rule speaks to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleKind {
    /// Sellers of finished chips.
    Item,
    /// Sellers who got a letter: it binds nobody else.
    Letter,
    /// Changes how licences under another rule are met.
    Review,
    /// Foundries abroad that make Chinese designs.
    Foundry,
    /// Sellers of memory stacks.
    Memory,
}

/// One version of US law, from the day it bites.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RuleRow {
    /// Public name in links (`rule.ID`).
    pub id: &'static str,
    /// Whom it speaks to.
    pub kind: RuleKind,
    /// First day.
    pub from: Date,
    /// First day it no longer applies.
    pub until: Option<Date>,
    /// Rule whose licences it reviews, for [`RuleKind::Review`].
    pub reviews: Option<&'static str>,
    /// Paragraphs, tried in order; the first that catches decides.
    pub paragraphs: &'static [ParagraphRow],
    /// Source of the text.
    pub source: &'static str,
}

/// China's own gate on foreign chips.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "lowercase")
)]
pub enum Gate {
    /// Nothing in the way.
    Open,
    /// Buyers are told to abstain.
    Discouraged,
    /// Buyers may not.
    Barred,
}

/// What the rules look at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Metrics {
    /// Total processing performance.
    pub tpp: f64,
    /// TPP over non-planar logic area, where that is known.
    pub performance_density: Option<f64>,
    /// Links to other chips, both directions.
    pub links: Option<Bandwidth>,
    /// Memory bandwidth.
    pub memory: Bandwidth,
    /// Marketed for data centres.
    pub data_centre: bool,
    /// Transistors of the package.
    pub transistors: Transistors,
    /// Bandwidth of a memory stack over its area in GB/s/mm², where it is a stack.
    pub stack_density: Option<f64>,
}

/// Total processing performance: the largest over formats of dense tera-
/// operations per second times the bits of the operands, over all dies.
/// Source: [bis-3a090]. 300 TFLOP/s at 16 bit is 4,800.
pub fn tpp(peaks_by_bits: impl IntoIterator<Item = (Option<OpRate>, f64)>) -> f64 {
    peaks_by_bits
        .into_iter()
        .filter_map(|(peak, bits)| Some(peak?.get() / 1e12 * bits))
        .fold(0.0, f64::max)
}

impl Metrics {
    /// The metric's number, `None` where it is unknown.
    pub fn value(&self, metric: Metric) -> Option<f64> {
        let giga = |rate: Bandwidth| rate.get() / 1e9;
        match metric {
            Metric::Tpp => Some(self.tpp),
            Metric::PerformanceDensity => self.performance_density,
            Metric::LinkBandwidth => self.links.map(giga),
            Metric::MemoryBandwidth => Some(giga(self.memory)),
            Metric::MemoryAndLinkBandwidth => self.links.map(|links| giga(links + self.memory)),
            Metric::DataCentre => Some(f64::from(u8::from(self.data_centre))),
            Metric::Transistors => Some(self.transistors.get() / 1e9),
            Metric::StackDensity => self.stack_density,
        }
    }
}

impl ClauseRow {
    /// Whether the clause holds; `None` where the figure is unknown.
    pub fn holds(&self, metrics: &Metrics) -> Option<bool> {
        let value = metrics.value(self.metric)?;
        Some(match self.compare {
            Compare::AtLeast => value >= self.threshold,
            Compare::Above => value > self.threshold,
            Compare::Below => value < self.threshold,
        })
    }

    /// How far along the clause is: 1 at the threshold, more once it holds.
    fn reach(&self, metrics: &Metrics) -> Option<f64> {
        let value = metrics.value(self.metric)?;
        let ratio = match self.compare {
            Compare::AtLeast | Compare::Above => value / self.threshold,
            Compare::Below => self.threshold / value,
        };
        ratio.is_finite().then_some(ratio)
    }
}

/// Whether a rule catches a chip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "lowercase")
)]
pub enum Caught {
    /// A group of clauses holds.
    Yes,
    /// No group can hold.
    No,
    /// A needed figure is unpublished.
    Indeterminate,
}

/// The clause that decides and how near it is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nearest {
    /// The metric.
    pub metric: Metric,
    /// The chip's number.
    pub value: f64,
    /// The rule's.
    pub threshold: f64,
    /// Reach of the rule: at least 1 is caught, below it is not.
    pub margin_ratio: f64,
}

/// One rule's finding.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static str,
    /// Whether it catches.
    pub caught: Caught,
    /// The paragraph that does, or that cannot be decided.
    pub paragraph: Option<&'static str>,
    /// What follows if it is in force.
    pub posture: Posture,
    /// The clause that decides; `None` where no clause can be measured.
    pub nearest: Option<Nearest>,
}

impl RuleRow {
    /// In force on that day.
    pub fn in_force(&self, date: Date) -> bool {
        self.from <= date && self.until.is_none_or(|until| date < until)
    }

    /// What the rule says of a chip with these metrics, whatever the day.
    pub fn find(&self, metrics: &Metrics) -> Finding {
        let mut finding = Finding {
            rule: self.id,
            caught: Caught::No,
            paragraph: None,
            posture: Posture::Free,
            nearest: None,
        };
        for paragraph in self.paragraphs {
            match holds_any(paragraph.any, metrics) {
                Some(false) => {}
                Some(true) => {
                    finding.paragraph = Some(paragraph.name);
                    finding.posture = paragraph.posture;
                    finding.nearest = held(paragraph.any, metrics);
                    // A paragraph that frees (Note 2) ends the search: what was
                    // its reach is the distance to being caught.
                    let frees = paragraph.posture == Posture::Free;
                    finding.caught = if frees { Caught::No } else { Caught::Yes };
                    if let Some(nearest) = finding.nearest.as_mut().filter(|_| frees) {
                        nearest.margin_ratio = 1.0 / nearest.margin_ratio;
                    }
                    return finding;
                }
                None if finding.caught == Caught::No => {
                    finding.caught = Caught::Indeterminate;
                    finding.paragraph = Some(paragraph.name);
                    finding.posture = paragraph.posture;
                }
                None => {}
            }
        }
        if finding.caught == Caught::No {
            finding.nearest = self
                .paragraphs
                .iter()
                .filter_map(|p| missed(p.any, metrics))
                .reduce(farther_along);
        }
        finding
    }
}

fn holds_any(groups: &[&[ClauseRow]], metrics: &Metrics) -> Option<bool> {
    let mut any = Some(false);
    for group in groups {
        match holds_all(group, metrics) {
            Some(true) => return Some(true),
            None => any = None,
            Some(false) => {}
        }
    }
    any
}

fn holds_all(group: &[ClauseRow], metrics: &Metrics) -> Option<bool> {
    let mut all = Some(true);
    for clause in group {
        match clause.holds(metrics) {
            Some(false) => return Some(false),
            None => all = None,
            Some(true) => {}
        }
    }
    all
}

fn farther_along(a: Nearest, b: Nearest) -> Nearest {
    if b.margin_ratio > a.margin_ratio {
        b
    } else {
        a
    }
}

fn less_far(a: Nearest, b: Nearest) -> Nearest {
    if b.margin_ratio < a.margin_ratio {
        b
    } else {
        a
    }
}

fn nearest(clause: &ClauseRow, metrics: &Metrics) -> Option<Nearest> {
    (clause.metric != Metric::DataCentre).then_some(())?;
    Some(Nearest {
        metric: clause.metric,
        value: metrics.value(clause.metric)?,
        threshold: clause.threshold,
        margin_ratio: clause.reach(metrics)?,
    })
}

/// The clause to escape by: the first to fail in each group that holds, of the
/// group that holds longest.
fn held(groups: &[&[ClauseRow]], metrics: &Metrics) -> Option<Nearest> {
    groups
        .iter()
        .filter(|group| holds_all(group, metrics) == Some(true))
        .filter_map(|group| {
            group
                .iter()
                .filter_map(|clause| nearest(clause, metrics))
                .reduce(less_far)
        })
        .reduce(farther_along)
}

/// The failing clause of the group that is nearest to holding.
fn missed(groups: &[&[ClauseRow]], metrics: &Metrics) -> Option<Nearest> {
    groups
        .iter()
        .filter_map(|group| {
            group
                .iter()
                .filter(|clause| clause.holds(metrics) == Some(false))
                .map(|clause| nearest(clause, metrics))
                // A group that fails on something unmeasurable (a chip that is
                // not for data centres) is not "nearly" met.
                .reduce(|a, b| match (a, b) {
                    (Some(a), Some(b)) => Some(less_far(a, b)),
                    _ => None,
                })
                .flatten()
        })
        .reduce(farther_along)
}
