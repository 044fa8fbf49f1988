//! Where a number comes from: the formula, the same with the values put in, and
//! the sources, from the result down to what a reader can change.
//!
//! Numbers are those of the outcome. A test holds that every formula gives them.

mod chip;
mod cost;
mod formula;
mod gain;
mod gates;
mod kernels;
mod money;
mod roofline;
mod serving;
mod supply;
mod training;

use crate::Lang;
use formula::{Amount, Formula};
pub use gain::gain;
use sim::catalogue::{self, ChipRow, SystemRow};
use sim::llm::Part;
use sim::outcome::{Outcome, TrainingGate};
use sim::scenario::Scenario;

/// A number that can be explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// Time per output token.
    TimePerToken,
    /// Time to the first token.
    FirstToken,
    /// Tokens per second, of all chips and of one.
    Rate,
    /// Length of the training run.
    TrainingDays,
    /// Share of the peak that training reaches.
    Mfu,
    /// Share of the time that makes progress.
    Goodput,
    /// Share of the time that failures and checkpoints take.
    Lost,
    /// Failures of the run.
    Failures,
    /// Energy of a token.
    EnergyPerToken,
    /// Cost of a million tokens.
    CostPerMillion,
    /// Power of chips and site.
    SystemPower,
    /// Energy of the training run.
    TrainingEnergy,
    /// What a package costs to make.
    PackageCost,
    /// Share of dies that can be sold.
    DieYield,
    /// Total processing performance.
    Tpp,
    /// The same over the area.
    PerformanceDensity,
    /// Operations for each byte at which the roofline bends.
    Ridge,
    /// Packages made in a month.
    PackagesPerMonth,
    /// How long a buyer waits for a cluster.
    Wait,
    /// A part of the time per output token.
    TokenPart(Part),
    /// Time between two tokens while nobody's prompt is read.
    BetweenTokens,
    /// Tokens per second of one chip, and for one reader.
    ChipRate,
    /// Tokens per second for one reader.
    ReaderRate,
    /// Tokens per second that one chip trains on.
    TrainingRate,
    /// What the weights take of the fullest chip's memory, and what the cache does.
    WeightsMemory,
    /// What the cache takes of the fullest chip's memory.
    CacheMemory,
    /// A place under the roofline: operations for each byte read.
    Intensity(Phase),
    /// Operations in a second.
    Pace(Phase),
    /// The most that the roofline allows there.
    Roof(Phase),
    /// Operations in a second over that.
    OfRoof(Phase),
    /// The roof of arithmetic.
    Peak,
    /// Peak at 16 bit.
    Peak16,
    /// Bandwidth of the memory.
    Bandwidth,
    /// Memory of a package.
    Memory,
    /// Power limit of a package.
    PowerLimit,
    /// What there is over what is needed.
    Margin(TrainingGate),
    /// What serving and training are held against.
    Works,
    /// Time between failures of the cluster.
    BetweenFailures,
    /// Share of the time that this takes.
    LostTo(Loss),
    /// Electricity of a million tokens.
    Electricity,
    /// Machines of a million tokens.
    Machines,
    /// A part of the site's power, while it serves or (`true`) at full load.
    Watts(Watts, bool),
    /// A part of what a package costs, in the order of
    /// [`Foundry::parts`](sim::silicon::Foundry::parts).
    CostPart(usize),
    /// What a hundred teraflops cost.
    PeakCost,
    /// Parts of that: those of the cost from the first to before the second.
    PeakCostPart(usize, usize),
    /// Packages of a quarter, by its place in the series.
    Quarter(usize),
    /// Packages up to the end of a quarter, as so many of the chip of that name.
    Worth(usize, &'static str),
}

/// Work of a chip under the roofline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Answering.
    Decode,
    /// Reading prompts.
    Prefill,
}

/// What takes time of a run without progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loss {
    /// Writing checkpoints.
    Checkpoints,
    /// Work done again.
    Redone,
    /// Starting again.
    Restarts,
}

/// A part of a site's power, or a sum of parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Watts {
    /// All chips.
    Chips,
    /// Of it: what runs anyhow.
    Base,
    /// Of it: arithmetic.
    Compute,
    /// Of it: memory.
    Memory,
    /// Of it: links.
    Links,
    /// Optical modules.
    Optics,
    /// Hosts.
    Hosts,
    /// Cooling and losses of the building.
    Overhead,
    /// Chips, hosts and optics.
    System,
    /// All.
    Site,
}

impl Subject {
    /// The numbers of each of the three answers, in the order in which they are
    /// said.
    pub const ANSWERS: [&[Self]; 3] = [
        &[Self::TimePerToken, Self::FirstToken, Self::Rate],
        &[
            Self::TrainingDays,
            Self::Mfu,
            Self::Goodput,
            Self::Failures,
            Self::Wait,
        ],
        &[
            Self::EnergyPerToken,
            Self::CostPerMillion,
            Self::SystemPower,
            Self::TrainingEnergy,
        ],
    ];

    /// The numbers of the chip itself: what there is of it, what the rules read,
    /// what it costs.
    pub const CHIP: &[Self] = &[
        Self::Wait,
        Self::PackagesPerMonth,
        Self::DieYield,
        Self::PackageCost,
        Self::Tpp,
        Self::PerformanceDensity,
    ];
}

/// A number explained.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// What it is, in plain words.
    pub title: String,
    /// From the result down to what a reader can change.
    pub steps: Vec<Step>,
    /// Keys of the sources of formulas and figures.
    pub sources: Vec<&'static str>,
}

/// One formula of an explanation.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// What it gives, in plain words.
    pub what: String,
    /// In names.
    pub formula: String,
    /// With the values put in.
    pub values: String,
    /// What that gives, as the answers tell it.
    pub result: String,
    /// What the formula gives, in base units.
    pub computed: f64,
    /// What the outcome says, in base units.
    pub told: f64,
    /// The same with what it is a number of.
    amount: Amount,
}

/// Where that number comes from; `None` where there is no such number, and no
/// formula says why.
pub fn explain(
    lang: Lang,
    subject: Subject,
    scenario: &Scenario,
    outcome: &Outcome,
) -> Option<Explanation> {
    let mut book = Book {
        lang,
        scenario,
        outcome,
        steps: Vec::new(),
        sources: Vec::new(),
    };
    let made = outcome.package.is_manufacturable();
    match subject {
        Subject::TimePerToken | Subject::TrainingDays | Subject::PackageCost if !made => {
            book.limit();
        }
        Subject::TimePerToken => book.time_per_token(),
        Subject::FirstToken => book.first_token(),
        Subject::Rate => book.rate(),
        Subject::TrainingDays => book.training_days(),
        Subject::Mfu => book.mfu(),
        Subject::Goodput => book.goodput(),
        Subject::Lost => book.lost(),
        Subject::Failures => book.failures(),
        Subject::EnergyPerToken => book.energy_per_token(),
        Subject::CostPerMillion => book.cost_per_million(),
        Subject::SystemPower => book.system_power(),
        Subject::TrainingEnergy => book.training_energy(),
        Subject::PackageCost => book.package_cost(),
        Subject::DieYield => book.die_yield(),
        Subject::Tpp => book.tpp(),
        Subject::PerformanceDensity => book.performance_density(),
        Subject::Ridge => book.ridge(),
        Subject::PackagesPerMonth => book.packages_per_month(),
        Subject::Wait => book.wait(),
        Subject::TokenPart(part) => book.token_part(part),
        Subject::BetweenTokens => book.between_tokens(),
        Subject::ChipRate => book.chip_rate(),
        Subject::ReaderRate => book.reader_rate(),
        Subject::TrainingRate => book.training_rate(),
        Subject::WeightsMemory => book.weights_memory(),
        Subject::CacheMemory => book.cache_memory(),
        Subject::Intensity(phase) => book.intensity(phase),
        Subject::Pace(phase) => book.pace(phase),
        Subject::Roof(phase) => book.roof(phase),
        Subject::OfRoof(phase) => book.of_roof(phase),
        Subject::Peak => book.roof_peak(),
        Subject::Peak16 => book.peak_16(),
        Subject::Bandwidth => book.bandwidth(),
        Subject::Memory => book.memory(),
        Subject::PowerLimit => book.power_limit(),
        Subject::Margin(gate) => book.margin(gate),
        Subject::Works => book.works(),
        Subject::BetweenFailures => book.between_failures(),
        Subject::LostTo(loss) => book.lost_to(loss),
        Subject::Electricity => book.electricity(),
        Subject::Machines => book.machines(),
        Subject::Watts(watts, at_full_load) => book.watts(watts, at_full_load),
        Subject::CostPart(part) => book.cost_part(part),
        Subject::PeakCost => book.peak_cost(0, 7),
        Subject::PeakCostPart(from, to) => book.peak_cost(from, to),
        Subject::Quarter(quarter) => book.quarter(quarter),
        Subject::Worth(quarter, unit) => book.worth(quarter, unit),
    }
    book.closed()
}

/// An explanation as it is written.
struct Book<'a> {
    lang: Lang,
    scenario: &'a Scenario,
    outcome: &'a Outcome,
    steps: Vec<Step>,
    sources: Vec<&'static str>,
}

impl Book<'_> {
    /// The value of that name (a text key).
    fn named(&self, key: &str, amount: Amount) -> Formula {
        Formula::named(self.lang, &self.inside(key), amount)
    }

    /// A number that has no name.
    fn bare(&self, amount: Amount) -> Formula {
        Formula::bare(self.lang, amount)
    }

    /// The sum of parts with names of their own, those of nothing left out.
    fn sum(&self, parts: impl IntoIterator<Item = (String, Amount)>) -> Option<Formula> {
        let parts = parts.into_iter().filter(|(_, part)| part.get() != 0.0);
        parts
            .map(|(name, part)| Formula::named(self.lang, &name, part))
            .reduce(|all, part| all + part)
    }

    /// The text of that key as it stands in the middle of a sentence.
    fn inside(&self, key: &str) -> String {
        recased(self.lang.text(key), |c| c.to_lowercase().collect())
    }

    /// That what the key names is so many, by the formula.
    fn step(&mut self, key: &str, formula: Formula, told: Amount) {
        let result = told.told(self.lang);
        self.step_as(key, formula, told, result);
    }

    /// The same, told in words of its own.
    fn step_as(&mut self, key: &str, formula: Formula, told: Amount, result: String) {
        self.step_of(self.lang.text(key).to_owned(), formula, told, result);
    }

    /// The same under a name that is no text of its own.
    fn step_of(&mut self, what: String, formula: Formula, told: Amount, result: String) {
        self.steps.push(Step {
            what: recased(&what, |c| c.to_uppercase().collect()),
            formula: formula.words,
            values: formula.values,
            result,
            computed: formula.value,
            told: told.get(),
            amount: told,
        });
    }

    /// Says where formulas or figures come from, each source once.
    fn cite(&mut self, sources: &[&'static str]) {
        for source in sources {
            if !self.sources.contains(source) {
                self.sources.push(source);
            }
        }
    }

    fn chips(&self) -> Amount {
        Amount::Count(f64::from(self.scenario.serving.chips))
    }

    fn chip_row(&self) -> Option<&'static ChipRow> {
        catalogue::chip(self.scenario.chip_id)
    }

    /// What the chip is sold in.
    fn system_row(&self) -> Option<&'static SystemRow> {
        catalogue::system(self.chip_row()?.system)
    }

    fn closed(self) -> Option<Explanation> {
        let title = self.steps.first()?.what.clone();
        Some(Explanation {
            title,
            steps: self.steps,
            sources: self.sources,
        })
    }
}

/// The text with its first letter in another case; an abbreviation stays.
fn recased(text: &str, case: impl Fn(char) -> String) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), second) if !second.is_some_and(char::is_uppercase) => {
            case(first) + letters.as_str()
        }
        _ => text.to_owned(),
    }
}
