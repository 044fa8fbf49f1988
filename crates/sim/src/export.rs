//! Export rules as dated law: which rule catches a chip, by which clause, and
//! by how much it misses.
//!
//! A rule is a row with clauses. A figure that nobody published gives
//! "indeterminate", never "free": clauses are three-valued, and a group is
//! false as soon as one clause is false.
//! Source: [bis-3a090] for the definitions.

mod gates;
mod reading;

pub use gates::{Law, Route, RouteFacts, UsGate, china_gate, route, us_gate};

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
    /// 1 if memory is stacked beside the logic, else 0.
    StackedMemory,
    /// 1 if the package is put together in China, else 0.
    PackagedInChina,
}

impl Metric {
    /// A number that a chip has more or less of, and not a yes or no.
    pub fn is_measured(self) -> bool {
        !matches!(
            self,
            Self::DataCentre | Self::StackedMemory | Self::PackagedInChina
        )
    }
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
    /// Fabs abroad that make for listed designers.
    List,
    /// What is paid on the way.
    Tax,
    /// Nothing of a chip's figures changes.
    Note,
}

/// What became of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It is law.
    Law,
    /// It was announced and bound nobody.
    Announced,
    /// It was never enacted: in force only where a reader switches it on.
    Bill,
}

/// A kind of Chinese buyer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Buyer {
    /// What the state pays for.
    State,
    /// A large internet firm.
    Platform,
    /// Any other.
    Other,
}

/// One version of US law, from the day it bites.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RuleRow {
    /// Public name in links (`rule.ID`).
    pub id: &'static str,
    /// Whom it speaks to.
    pub kind: RuleKind,
    /// What became of it.
    pub status: Status,
    /// Where a shipment must be going, in the rules' country groups.
    pub destination: &'static str,
    /// First day.
    pub from: Date,
    /// First day it no longer applies.
    pub until: Option<Date>,
    /// Rules whose licences it reviews, for [`RuleKind::Review`].
    pub reviews: &'static [&'static str],
    /// Chips that it names, as sold; empty: any with the figures.
    pub names: &'static [&'static str],
    /// Share of the price that is paid, for [`RuleKind::Tax`].
    pub duty_share: Option<f64>,
    /// Paragraphs, tried in order; the first that catches decides.
    pub paragraphs: &'static [ParagraphRow],
    /// Source of the text.
    pub source: &'static str,
}

/// China's own gate on foreign chips.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
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
    /// Put together in China.
    pub packaged_in_china: bool,
    /// Sold by an American maker: letters bind nobody else.
    pub american: bool,
    /// Its name as sold; empty for a design that nobody sells.
    pub name: &'static str,
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
            Metric::StackedMemory => {
                let stacked = self.stack_density.is_some_and(|density| density > 0.0);
                Some(f64::from(u8::from(stacked)))
            }
            Metric::PackagedInChina => Some(f64::from(u8::from(self.packaged_in_china))),
        }
    }
}

/// Whether a rule catches a chip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// In force on that day, by the law's own dates. A bill never is.
    pub fn in_force(&self, date: Date) -> bool {
        self.status != Status::Bill
            && self.from <= date
            && self.until.is_none_or(|until| date < until)
    }

    /// The threshold that a reader may move: the first that is measured, in the
    /// first paragraph that does not free.
    pub fn lever(&self) -> Option<&'static ClauseRow> {
        self.paragraphs
            .iter()
            .filter(|paragraph| paragraph.posture != Posture::Free || self.kind == RuleKind::Tax)
            .flat_map(|paragraph| paragraph.any.iter().copied().flatten())
            .find(|clause| clause.metric.is_measured())
    }
}
