//! The answer as one flat record with the unit in every name: what the terminal
//! prints and the page exports. Absent means "does not apply".

mod computing;
mod possible;

pub use computing::{
    GateAnswer, InferenceAnswer, LayoutAnswer, MemoryAnswer, RunAnswer, Served, TrainingAnswer,
};
pub use possible::{LegalAnswer, NearestAnswer, QuarterAnswer, SupplyAnswer};

use crate::catalogue::{Gate, Metric, Posture};
use crate::export::{Caught, Finding};
use crate::link::{Link, write, write_both};
use crate::outcome::{Access, Grade, Outcome, simulate};
use crate::scenario::Scenario;
use crate::silicon::{Foundry, Limit};
use crate::state::State;
use serde::Serialize;

/// The whole answer.
#[derive(Debug, Serialize)]
pub struct Answer {
    /// The scenario's canonical link.
    pub link: String,
    /// Notices in words.
    pub notices: Vec<String>,
    /// The chip.
    pub chip: ChipAnswer,
    /// Export rules.
    pub export: ExportAnswer,
    /// Foundry.
    pub silicon: SiliconAnswer,
    /// Packages over time; absent where wafers are not what limits them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub supply: Option<SupplyAnswer>,
    /// Inference.
    pub inference: InferenceAnswer,
    /// Training.
    pub training: TrainingAnswer,
    /// Energy and money.
    pub energy: EnergyAnswer,
    /// Scenario B's, where the link has one; its link is B's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other: Option<Box<Answer>>,
}

/// The chip that the design gives.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "the names say it, with their units")]
pub struct ChipAnswer {
    pub id: &'static str,
    pub node: &'static str,
    pub dies: u32,
    pub die_area_mm2: f64,
    pub peak_bf16_tflops: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub peak_fp8_tflops: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub peak_int8_tops: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub peak_fp4_tflops: Option<f64>,
    pub memory_gb: f64,
    pub memory_gb_per_s: f64,
    pub tdp_w: f64,
    pub clock_share: f64,
    pub calibrated: bool,
    pub manufacturable: bool,
    pub limits: Vec<&'static str>,
    /// Present where something asked for is impossible.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nearest: Option<NearestAnswer>,
    pub cores_built: u32,
    pub cores_needed: u32,
    pub memory: &'static str,
    pub stacks: u32,
    pub stacks_possible: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub die_to_die_gb_per_s: Option<f64>,
    /// Devices that programs see in a package.
    pub devices: u32,
}

/// What the rules say.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "the names say it, with their units")]
pub struct ExportAnswer {
    pub date: String,
    /// The day of the fabs, where it is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fabs_date: Option<String>,
    pub tpp: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub performance_density_per_mm2: Option<f64>,
    /// The item's status, whoever makes it; a Chinese chip needs no licence to
    /// be sold in China, see `availability`.
    pub us: &'static str,
    pub china: Gate,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deciding_rule: Option<&'static str>,
    pub availability: &'static str,
    pub rules: Vec<RuleAnswer>,
    pub duty_share: f64,
    /// The most computing power on this node that no rule for everybody catches.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub largest_free: Option<LegalAnswer>,
}

/// One rule's finding.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "the names say it, with their units")]
pub struct RuleAnswer {
    pub id: &'static str,
    pub in_force: bool,
    /// Absent where a needed figure is unpublished.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub caught: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin_ratio: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metric: Option<Metric>,
}

/// What the foundry gives.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "the names say it, with their units")]
pub struct SiliconAnswer {
    #[serde(flatten)]
    pub foundry: Foundry,
    pub defects_per_cm2: f64,
    pub chip_price_usd: f64,
    pub limits: Vec<&'static str>,
}

/// Energy and money.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "the names say it, with their units")]
pub struct EnergyAnswer {
    pub chip_w: f64,
    /// Per chip while serving.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parts: Option<PowerAnswer>,
    pub system_kw: f64,
    pub site_mw: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub joules_per_token: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kwh_per_million_tokens: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub electricity_usd_per_million_tokens: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total_usd_per_million_tokens: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub training_mwh: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub training_electricity_usd: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub training_tco2: Option<f64>,
}

/// Where a chip's watts go while it serves, and those around it.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "the names say it, with their units")]
pub struct PowerAnswer {
    pub base_w: f64,
    pub compute_w: f64,
    pub memory_w: f64,
    pub links_w: f64,
    pub host_w: f64,
    pub optics_w: f64,
}

impl Answer {
    /// The record of an outcome; link and notices come from whoever read them.
    pub fn new(link: String, notices: Vec<String>, scenario: &Scenario, outcome: &Outcome) -> Self {
        Self {
            link,
            notices,
            chip: chip(scenario, outcome),
            export: export(scenario, outcome),
            silicon: SiliconAnswer {
                foundry: outcome.foundry,
                defects_per_cm2: scenario.design.node.defects.get(),
                chip_price_usd: outcome.price.get(),
                limits: limits(&outcome.package.limits),
            },
            supply: possible::supply(scenario, outcome),
            inference: computing::inference(scenario, outcome),
            training: computing::training(outcome),
            energy: energy(scenario, outcome),
            other: None,
        }
    }

    /// The answer to a link, B's within it; the notices in words come from
    /// whoever speaks them.
    pub fn to(link: &Link, notices: Vec<String>) -> Self {
        let answer = |state: &State, link: String| {
            let scenario = state.scenario();
            Self::new(link, Vec::new(), &scenario, &simulate(&scenario))
        };
        let other = link.other.as_ref();
        Self {
            notices,
            other: other.map(|state| Box::new(answer(state, write(state)))),
            ..answer(&link.state, write_both(&link.state, other))
        }
    }
}

fn limits(limits: &[Limit]) -> Vec<&'static str> {
    limits
        .iter()
        .map(|limit| match limit {
            Limit::BeyondReticle => "beyond-reticle",
            Limit::BeyondPackage => "beyond-package",
            Limit::BeyondEdge => "beyond-edge",
            Limit::LinkLacksLayer => "link-lacks-layer",
            Limit::MemoryLacksLayer => "memory-lacks-layer",
            Limit::BeyondCooling => "beyond-cooling",
            Limit::Power => "power",
        })
        .collect()
}

fn chip(scenario: &Scenario, outcome: &Outcome) -> ChipAnswer {
    let package = &outcome.package;
    let tera = |rate: units::OpRate| rate.get() / 1e12;
    ChipAnswer {
        id: scenario.chip_id,
        node: scenario.node_id,
        dies: package.dies,
        die_area_mm2: scenario.design.die_area.get(),
        peak_bf16_tflops: tera(package.peaks.bf16),
        peak_fp8_tflops: package.peaks.fp8.map(tera),
        peak_int8_tops: package.peaks.int8.map(tera),
        peak_fp4_tflops: package.peaks.fp4.map(tera),
        memory_gb: package.memory.get() / 1e9,
        memory_gb_per_s: package.bandwidth.get() / 1e9,
        tdp_w: package.power.get(),
        clock_share: package.clock_ratio,
        calibrated: scenario.kernels.calibrated,
        manufacturable: package.is_manufacturable(),
        limits: chip_limits(outcome),
        nearest: possible::nearest(scenario, outcome),
        cores_built: scenario.design.cores.built,
        cores_needed: scenario.design.cores.needed,
        memory: scenario.memory_id,
        stacks: package.stacks,
        stacks_possible: scenario
            .design
            .most_stacks(&scenario.anchor, &scenario.making),
        die_to_die_gb_per_s: package.die_to_die.map(|rate| rate.get() / 1e9),
        devices: package.devices,
    }
}

/// What the chip runs into, a node that is not there yet included.
fn chip_limits(outcome: &Outcome) -> Vec<&'static str> {
    let mut limits = limits(&outcome.package.limits);
    match outcome.access {
        Access::NotYet => limits.push("node-not-yet"),
        Access::NoTools => limits.push("node-lacks-tools"),
        _ => {}
    }
    limits
}

fn export(scenario: &Scenario, outcome: &Outcome) -> ExportAnswer {
    let rule = |finding: &Finding| RuleAnswer {
        id: finding.rule,
        in_force: crate::state::rule_index(finding.rule).is_some_and(|i| scenario.in_force[i]),
        caught: match finding.caught {
            Caught::Yes => Some(true),
            Caught::No => Some(false),
            Caught::Indeterminate => None,
        },
        paragraph: finding.paragraph,
        margin_ratio: finding.nearest.map(|nearest| nearest.margin_ratio),
        metric: finding.nearest.map(|nearest| nearest.metric),
    };
    ExportAnswer {
        date: scenario.date.to_string(),
        fabs_date: (scenario.fabs != scenario.date).then(|| scenario.fabs.to_string()),
        tpp: outcome.metrics.tpp,
        performance_density_per_mm2: outcome.metrics.performance_density,
        us: match outcome.us.posture {
            Some(Posture::Free) => "free",
            Some(Posture::LicenceException) => "licence-exception",
            Some(Posture::CaseByCase) => "case-by-case",
            Some(Posture::PresumptionOfDenial) => "presumption-of-denial",
            None => "indeterminate",
        },
        china: outcome.china,
        deciding_rule: outcome.us.deciding.map(|finding| finding.rule),
        availability: match outcome.access.grade() {
            Grade::Passed if outcome.access == Access::Domestic => "domestic",
            Grade::Passed => "open",
            Grade::Strained => "uncertain",
            Grade::Failed => "closed",
        },
        rules: outcome.us.findings.iter().map(rule).collect(),
        duty_share: scenario.law().duty_share(&outcome.metrics),
        largest_free: possible::largest_free(scenario),
    }
}

fn energy(scenario: &Scenario, outcome: &Outcome) -> EnergyAnswer {
    let energy = &outcome.energy;
    EnergyAnswer {
        chip_w: energy.chip.get(),
        parts: energy.parts.map(|parts| PowerAnswer {
            base_w: parts.base.get(),
            compute_w: parts.compute.get(),
            memory_w: parts.memory.get(),
            links_w: parts.links.get(),
            host_w: scenario.surroundings.host_power.get(),
            optics_w: scenario.surroundings.optics_power.get(),
        }),
        system_kw: energy.system.get() / 1e3,
        site_mw: energy.site.get() / 1e6,
        joules_per_token: energy.per_token.map(|e| e.get()),
        kwh_per_million_tokens: energy.per_token.map(|e| e.kwh() * 1e6),
        electricity_usd_per_million_tokens: energy.electricity_per_million.map(|m| m.get()),
        total_usd_per_million_tokens: energy.total_per_million.map(|m| m.get()),
        training_mwh: energy.training.map(|e| e.kwh() / 1e3),
        training_electricity_usd: energy.training_electricity.map(|m| m.get()),
        training_tco2: energy.training_carbon.map(|c| c.get() / 1e6),
    }
}
