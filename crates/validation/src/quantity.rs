//! Which answer of an outcome a measurement is compared with, in its unit.

use serde::Deserialize;
use sim::outcome::Outcome;
use sim::scenario::Scenario;

/// An answer that was measured somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Quantity {
    /// Time to the first token, ms.
    FirstToken,
    /// Time per output token with others' prompts between, ms.
    TokenTime,
    /// Time between tokens without, ms.
    TokenGap,
    /// Output tokens per second and chip.
    TokensPerChip,
    /// Output tokens per second of eight chips.
    TokensPerNode,
    /// Output tokens per second of the system.
    TokensOfSystem,
    /// Prompt tokens per second and chip.
    PromptTokensPerChip,
    /// Prompt tokens per second of eight chips.
    PromptTokensPerNode,
    /// Output tokens per second and chip, over those of another scenario.
    SpeedUp,
    /// Average power of a chip while serving, W.
    ChipPower,
    /// Energy of the chips alone for an output token, J.
    ChipEnergyPerToken,
    /// Time of a training step, s.
    StepTime,
    /// Model operations over the highest peak in use, %.
    Mfu,
    /// The same over the 16-bit peak, %.
    #[serde(rename = "mfu-of-16-bit-peak")]
    MfuOf16BitPeak,
    /// Operations of a chip in training, recomputed ones included, TFLOP/s.
    HardwareRate,
    /// The same without them, TFLOP/s.
    ModelRate,
    /// Chip-hours of a run without failures.
    ChipHours,
    /// Training tokens per second of all chips.
    TrainingTokens,
    /// Training tokens per second and chip.
    TrainingTokensPerChip,
    /// Share of the time that makes progress, %.
    Goodput,
    /// Failures in 54 days.
    Failures,
    /// Mean time between failures of the cluster, h.
    TimeBetweenFailures,
}

/// Chips of the servers that rates "per node" are of.
const NODE: f64 = 8.0;
/// Days over which failures were counted. Source: [llama3-2407.21783].
const COUNTED_DAYS: f64 = 54.0;
const HOUR: f64 = 3600.0;

impl Quantity {
    /// The answer in the unit of measurements; `None` where the outcome has none.
    pub fn read(self, scenario: &Scenario, outcome: &Outcome) -> Option<f64> {
        let served = outcome.inference.as_ref().ok();
        let plan = outcome.training.plan.as_ref().ok();
        let run = outcome.training.reliability.as_ref();
        let chips = f64::from(scenario.serving.chips);
        Some(match self {
            Self::FirstToken => served?.ttft.get() * 1e3,
            Self::TokenTime => served?.tpot.get() * 1e3,
            Self::TokenGap => served?.itl.get() * 1e3,
            Self::TokensPerChip | Self::SpeedUp => served?.tokens_per_s_per_chip,
            Self::TokensPerNode => served?.tokens_per_s_per_chip * NODE,
            Self::TokensOfSystem => served?.tokens_per_s_per_chip * chips,
            Self::PromptTokensPerChip => served?.prefill_tokens_per_s_per_chip,
            Self::PromptTokensPerNode => served?.prefill_tokens_per_s_per_chip * NODE,
            Self::ChipPower => outcome.energy.parts?.total().get(),
            Self::ChipEnergyPerToken => {
                outcome.energy.parts?.total().get() / served?.tokens_per_s_per_chip
            }
            Self::StepTime => plan?.step.get(),
            Self::Mfu => plan?.mfu_share * 100.0,
            Self::MfuOf16BitPeak => plan?.ops_per_chip / outcome.package.peaks.bf16 * 100.0,
            Self::HardwareRate => {
                plan?.ops_per_chip.get() / 1e12 * (plan?.hfu_share / plan?.mfu_share)
            }
            Self::ModelRate => plan?.ops_per_chip.get() / 1e12,
            Self::ChipHours => scenario.job.tokens / plan?.tokens_per_s_per_chip / HOUR,
            Self::TrainingTokens => plan?.tokens_per_s_per_chip * f64::from(scenario.job.chips),
            Self::TrainingTokensPerChip => plan?.tokens_per_s_per_chip,
            Self::Goodput => run?.goodput_share * 100.0,
            Self::Failures => units::Time::from_days(COUNTED_DAYS) / run?.between_failures,
            Self::TimeBetweenFailures => run?.between_failures.get() / HOUR,
        })
    }
}
