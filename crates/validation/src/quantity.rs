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
    /// Operations of a chip in training as Megatron's papers count them: recomputed
    /// ones and all of the scores, TFLOP/s.
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

/// Operations of a token by Megatron's third equation: four passes of the layers
/// where forward is done twice, else three, whole squares of scores, and the head
/// once each way. Source: [narayanan-2104.04473].
fn hardware_ops(scenario: &Scenario, recomputed_share: f64) -> f64 {
    let shape = &scenario.shape;
    let passes = 3.0 + recomputed_share;
    let layers = shape.active_parameters() - shape.head_parameters();
    let scores = f64::from(shape.layers) * shape.full_attention_ops() * scenario.job.sequence;
    passes * (2.0 * layers + scores) + 6.0 * shape.head_parameters()
}

impl Quantity {
    /// Its name in `data/measurements.toml` and in keys of texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::FirstToken => "first-token",
            Self::TokenTime => "token-time",
            Self::TokenGap => "token-gap",
            Self::TokensPerChip => "tokens-per-chip",
            Self::TokensPerNode => "tokens-per-node",
            Self::TokensOfSystem => "tokens-of-system",
            Self::PromptTokensPerChip => "prompt-tokens-per-chip",
            Self::PromptTokensPerNode => "prompt-tokens-per-node",
            Self::SpeedUp => "speed-up",
            Self::ChipPower => "chip-power",
            Self::ChipEnergyPerToken => "chip-energy-per-token",
            Self::StepTime => "step-time",
            Self::Mfu => "mfu",
            Self::MfuOf16BitPeak => "mfu-of-16-bit-peak",
            Self::HardwareRate => "hardware-rate",
            Self::ModelRate => "model-rate",
            Self::ChipHours => "chip-hours",
            Self::TrainingTokens => "training-tokens",
            Self::TrainingTokensPerChip => "training-tokens-per-chip",
            Self::Goodput => "goodput",
            Self::Failures => "failures",
            Self::TimeBetweenFailures => "time-between-failures",
        }
    }

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
            Self::ChipPower => served.map(|_| outcome.energy.chip.get())?,
            Self::ChipEnergyPerToken => outcome.energy.chip.get() / served?.tokens_per_s_per_chip,
            Self::StepTime => plan?.step.get(),
            Self::Mfu => plan?.mfu_share * 100.0,
            Self::MfuOf16BitPeak => plan?.ops_per_chip / outcome.package.peaks.bf16 * 100.0,
            Self::HardwareRate => {
                plan?.tokens_per_s_per_chip * hardware_ops(scenario, plan?.recomputed_share) / 1e12
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
