//! What a scenario gives: the one way from choices to answers.
//!
//! [`simulate`] never fails and never panics: what cannot be made, does not fit
//! or is not allowed is part of the answer.

mod access;
mod brief;
mod designer;
mod energies;
mod gates;
mod prior;
mod supply;
mod sweep;
mod verdict;

pub use access::nearest_node;
pub use brief::{Among, Brief, brief};
pub use designer::{LegalDesign, largest_legal_design};
pub use energies::{Energies, serving_power};
pub use gates::SHORTEST_WAIT;
pub use prior::{step_range, tpot_range};
pub use supply::Supplied;
pub use sweep::{frontier, kernels, run_on, served_among, site_power, supplied_by};
pub use verdict::{Verdict, verdict};

use crate::export::*;
use crate::llm::*;
use crate::scenario::Scenario;
use crate::silicon::{self, Foundry, Package};
use access::{Admitted, admitted, metrics};
use energies::energies;
use gates::training;
use units::*;

/// Everything that follows from a scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The package that the design gives.
    pub package: Package,
    /// What a wafer gives and what a package costs.
    pub foundry: Foundry,
    /// Price of the chip, moved from the published one as its cost moves, with
    /// any duty.
    pub price: Money,
    /// What the export rules look at.
    pub metrics: Metrics,
    /// The US gate.
    pub us: UsGate,
    /// China's gate.
    pub china: Gate,
    /// The route of a Chinese design to its fab; `None` for foreign chips.
    pub route: Option<Route>,
    /// Whether the chip may be had.
    pub access: Access,
    /// How many there can be; `None` for foreign chips, of which makers abroad
    /// make as many as they may sell, and for what cannot be made.
    pub supplied: Option<Supplied>,
    /// Format that inference really uses.
    pub format: Format,
    /// Format that training really uses.
    pub training_format: Format,
    /// Inference, or why there is none.
    pub inference: Result<Inference, InferenceStop>,
    /// Training.
    pub training: TrainingOutcome,
    /// Energy and money.
    pub energy: Energies,
}

/// How well a bar is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Kept.
    Passed,
    /// Missed by little, or kept at somebody's pleasure.
    Strained,
    /// Missed.
    Failed,
}

/// Why a chip may or may not be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Foreign, and nothing stands in the way.
    Free,
    /// Foreign, under a licence exception.
    LicenceException,
    /// Foreign, licences case by case.
    CaseByCase,
    /// Foreign, and an unpublished figure decides.
    Indeterminate,
    /// Foreign, and Beijing tells buyers to abstain.
    Discouraged,
    /// Foreign, and Washington denies it.
    Denied,
    /// Foreign, and Beijing bars it.
    Barred,
    /// Chinese, and its fab may make it.
    Domestic,
    /// Chinese, and a fab abroad may still make it.
    MadeAbroad,
    /// Chinese, and its fab may not.
    NoFab(Route),
    /// Its node makes nothing in volume on that day.
    NotYet,
    /// Chinese fabs lack the tools for its node.
    NoTools,
    /// No fab and no packager can make it.
    NotManufacturable,
}

impl Access {
    /// How well the gate is passed.
    pub fn grade(self) -> Grade {
        match self {
            Self::Free | Self::LicenceException | Self::Domestic | Self::MadeAbroad => {
                Grade::Passed
            }
            Self::CaseByCase | Self::Indeterminate | Self::Discouraged | Self::NotYet => {
                Grade::Strained
            }
            Self::Denied
            | Self::Barred
            | Self::NoFab(_)
            | Self::NoTools
            | Self::NotManufacturable => Grade::Failed,
        }
    }
}

/// What a training run must pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrainingGate {
    /// Chips may be had.
    Supply,
    /// The model fits.
    Memory,
    /// The run ends within the reader's patience.
    Time,
    /// Failures leave enough time that makes progress.
    Reliability,
    /// The site has the power.
    Power,
}

/// One gate of training.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GateResult {
    /// Which.
    pub gate: TrainingGate,
    /// How well it is passed.
    pub grade: Grade,
    /// What there is over what is needed; 1 just passes. `None` where the gate
    /// is not a number, or cannot be reached.
    pub margin_ratio: Option<f64>,
}

/// Training, with its gates and verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct TrainingOutcome {
    /// A step of the best layout, or why there is none.
    pub plan: Result<Training, TrainingStop>,
    /// What failures make of the run.
    pub reliability: Option<Reliability>,
    /// All gates, in the order they are met.
    pub gates: Vec<GateResult>,
    /// The worst grade of all.
    pub verdict: Grade,
    /// The gate that decides, where the verdict is not "passed".
    pub binding: Option<TrainingGate>,
}

impl Outcome {
    /// The model is served within the limit on the time per token, on chips
    /// that can be made.
    pub fn inference_works(&self, scenario: &Scenario) -> bool {
        self.inference
            .as_ref()
            .is_ok_and(|inference| inference.tpot <= scenario.serving.limit)
    }

    /// The run passes every gate, that of supply apart, of which the rules are part.
    pub fn training_works(&self) -> bool {
        self.training.grade() == Grade::Passed
    }
}

/// The answer to a scenario.
pub fn simulate(scenario: &Scenario) -> Outcome {
    let package = silicon::package(&scenario.anchor, &scenario.design, &scenario.making);
    let foundry = silicon::foundry(
        &scenario.anchor,
        &scenario.design,
        &package,
        &scenario.making,
    );
    let published = published(scenario);
    let price = design_price(scenario, published.as_ref(), || foundry.package_cost_usd);
    let Admitted {
        metrics,
        us,
        china,
        route,
        access,
    } = admitted(scenario, &package);
    let price = price * (1.0 + scenario.law().duty_share(&metrics));

    let made = package.is_manufacturable();
    let (format, _) = effective_format(scenario.serving.weights, &package);
    let (training_format, _) = training_format(scenario.job.format, &package);
    let inference = if made {
        served(scenario, &package)
    } else {
        Err(InferenceStop::NotMade)
    };
    let plan = if made {
        trained(scenario, &package)
    } else {
        Err(TrainingStop::NotMade)
    };
    let given = || foundry.given();
    let supplied = supply::supplied(scenario, &package, given, &metrics, access);
    let wait = supplied.as_ref().map(|supplied| &supplied.supply.wait);
    let training = training(scenario, &package, access, wait, plan);
    let energy = energies(
        scenario,
        &package,
        price,
        inference.as_ref().ok(),
        &training,
    );
    Outcome {
        package,
        foundry,
        price,
        metrics,
        us,
        china,
        route,
        access,
        supplied,
        format,
        training_format,
        inference,
        training,
        energy,
    }
}

/// The device, its kernels and the serving, in the format that the package has.
fn serving_on(scenario: &Scenario, package: &Package) -> (Device, Kernels, Serving) {
    let (format, peak) = effective_format(scenario.serving.weights, package);
    let serving = Serving {
        weights: format,
        ..scenario.serving
    };
    let kernels = scenario.kernels.for_format(format, scenario.quantisation);
    (device(scenario, package, peak), kernels, serving)
}

/// The model served on that package.
fn served(scenario: &Scenario, package: &Package) -> Result<Inference, InferenceStop> {
    let (device, kernels, serving) = serving_on(scenario, package);
    plan_inference(
        &scenario.shape,
        &device,
        &kernels,
        &scenario.software,
        &serving,
    )
}

/// The device, its kernels and the run, in the format that the package has.
fn training_on(scenario: &Scenario, package: &Package) -> (Device, Kernels, TrainingJob) {
    let (format, peak) = training_format(scenario.job.format, package);
    let job = TrainingJob {
        format,
        ..scenario.job
    };
    let kernels = scenario.kernels.for_format(format, scenario.quantisation);
    (device(scenario, package, peak), kernels, job)
}

/// The model trained on that package.
fn trained(scenario: &Scenario, package: &Package) -> Result<Training, TrainingStop> {
    let (device, kernels, job) = training_on(scenario, package);
    plan_training(&scenario.shape, &device, &kernels, &scenario.software, &job)
}

/// The same among those layouts, or among all: without a reason where none works,
/// whatever the package.
fn trained_among(
    scenario: &Scenario,
    package: &Package,
    layouts: &[Layout],
) -> Result<Training, TrainingStop> {
    let plan = package.is_manufacturable().then(|| {
        let (device, kernels, job) = training_on(scenario, package);
        let (shape, software) = (&scenario.shape, &scenario.software);
        train_among(shape, &device, &kernels, software, &job, layouts)
    });
    plan.flatten().ok_or(TrainingStop::NotMade)
}

/// What the rules look at, without the rest of the answer.
pub fn metrics_of(scenario: &Scenario) -> Metrics {
    let package = silicon::package(&scenario.anchor, &scenario.design, &scenario.making);
    metrics(scenario, &package)
}

/// The package of the chip as published, where the design is another.
pub fn published(scenario: &Scenario) -> Option<Package> {
    let published = scenario.anchor.as_design();
    (published != scenario.design)
        .then(|| silicon::package(&scenario.anchor, &published, &scenario.making))
}

/// The published price, moved in proportion to the cost of a package.
fn design_price(
    scenario: &Scenario,
    published: Option<&Package>,
    moved_cost: impl FnOnce() -> f64,
) -> Money {
    scenario.price * cost_ratio(scenario, published, moved_cost)
}

/// What a package costs over what the published one does; one where either costs
/// nothing.
pub fn cost_ratio(
    scenario: &Scenario,
    published: Option<&Package>,
    moved_cost: impl FnOnce() -> f64,
) -> f64 {
    let (anchor, making) = (&scenario.anchor, &scenario.making);
    let Some(package) = published else {
        return 1.0;
    };
    let moved_cost = moved_cost();
    if moved_cost <= 0.0 {
        return 1.0;
    }
    let design = anchor.as_design();
    let given = silicon::given(anchor, &design, package, making);
    let cost = silicon::package_cost_usd(given, anchor, &design, package, making);
    if cost > 0.0 { moved_cost / cost } else { 1.0 }
}

/// The format that the chip can compute in, and its peak: 8-bit formats stand
/// in for each other, 16 bit for both; 4-bit weights are computed at 16 bit.
pub fn effective_format(asked: Format, package: &Package) -> (Format, OpRate) {
    let peaks = &package.peaks;
    let eight = |first: Option<OpRate>, other: Option<OpRate>, kind: Format, fallback: Format| {
        first
            .map(|peak| (kind, peak))
            .or(other.map(|peak| (fallback, peak)))
            .unwrap_or((Format::Bf16, peaks.bf16))
    };
    match asked {
        Format::Bf16 => (Format::Bf16, peaks.bf16),
        Format::Int4 => (Format::Int4, peaks.bf16),
        Format::Fp4 => peaks.fp4.map_or_else(
            || eight(peaks.fp8, peaks.int8, Format::Fp8, Format::Int8),
            |peak| (Format::Fp4, peak),
        ),
        Format::Fp8 => eight(peaks.fp8, peaks.int8, Format::Fp8, Format::Int8),
        Format::Int8 => eight(peaks.int8, peaks.fp8, Format::Int8, Format::Fp8),
    }
}

/// The format that the chip can train in: no 8-bit integer holds gradients, so
/// a chip without 8-bit floating point trains at 16 bit, one without 4-bit at 8.
fn training_format(asked: Format, package: &Package) -> (Format, OpRate) {
    let peaks = &package.peaks;
    match (asked, peaks.fp4, peaks.fp8) {
        (Format::Fp4, Some(peak), _) => (Format::Fp4, peak),
        (Format::Fp4 | Format::Fp8, _, Some(peak)) => (Format::Fp8, peak),
        _ => (Format::Bf16, peaks.bf16),
    }
}

fn device(scenario: &Scenario, package: &Package, peak: OpRate) -> Device {
    let clock = scenario.heat.clock_ratio();
    Device {
        peak: peak * clock,
        peak_16: package.peaks.bf16 * clock,
        bandwidth: package.bandwidth,
        memory: package.memory,
        dies: package.devices,
        die_to_die: package.die_to_die,
        scale_up: package.scale_up,
        domain: scenario.domain,
        scale_out: package.scale_out,
        clock_ratio: clock,
    }
}
