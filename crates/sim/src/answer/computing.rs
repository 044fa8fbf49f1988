//! What is served and what can be trained, as the answer has it.

use crate::llm::*;
use crate::outcome::{Grade, Outcome, TrainingGate, tpot_range};
use crate::scenario::Scenario;
use serde::Serialize;

/// What is served.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "the names say it, with their units")]
pub struct InferenceAnswer {
    pub fits: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chips_needed: Option<u32>,
    /// Tokens of the longest prompt that fits on these chips.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longest_prompt: Option<f64>,
    /// Most sequences that fit on them, where more were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub largest_batch: Option<f64>,
    pub format: Format,
    /// Why nothing is served, and the layout that would do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nearest_layout: Option<Layout>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub served: Option<Served>,
}

/// What is served, where the model fits.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "the names say it, with their units")]
pub struct Served {
    pub layout: Layout,
    pub batch: f64,
    pub ttft_s: f64,
    pub tpot_s: f64,
    /// Between two tokens while nobody's prompt is read.
    pub itl_s: f64,
    pub within_limit: bool,
    pub tokens_per_s_per_user: f64,
    pub tokens_per_s_per_chip: f64,
    /// Of the whole system.
    pub tokens_per_s: f64,
    pub prefill_tokens_per_s_per_chip: f64,
    pub memory_used_gb: f64,
    pub memory: MemoryAnswer,
    pub bound: Bound,
    pub breakdown_s: TokenTime,
    /// The layout that came second, and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub runner_up: Option<LayoutAnswer>,
    /// Best and worst that are defended for a chip that nobody measured.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tpot_uncalibrated_s: Option<[f64; 2]>,
}

/// What fills the fullest chip's memory.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "the names say it, with their units")]
pub struct MemoryAnswer {
    pub weights_gb: f64,
    pub cache_gb: f64,
    pub reserve_gb: f64,
}

/// A layout that lost.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "the names say it, with their units")]
pub struct LayoutAnswer {
    pub layout: Layout,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tpot_s: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step_s: Option<f64>,
    /// `limit`, `idle`, or the part of the time that is longer.
    pub lost_by: &'static str,
}

/// Whether a model can be trained.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "the names say it, with their units")]
pub struct TrainingAnswer {
    pub verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub binding: Option<TrainingGate>,
    pub fits: bool,
    pub format: Format,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory_needed_gb: Option<f64>,
    /// The layout that would do, where the one asked for does not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nearest_layout: Option<Layout>,
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    pub run: Option<RunAnswer>,
    pub gates: Vec<GateAnswer>,
}

/// A run, where one starts.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "the names say it, with their units")]
pub struct RunAnswer {
    pub step_s: f64,
    pub tokens_per_s_per_chip: f64,
    pub days: f64,
    pub mfu_share: f64,
    pub hfu_share: f64,
    pub tflops_per_chip: f64,
    pub bubble_share: f64,
    pub network_share: f64,
    pub layout: Layout,
    pub recompute: Recompute,
    /// Of the layers.
    pub recomputed_share: f64,
    pub memory_used_gb: f64,
    pub goodput_share: f64,
    pub failures: f64,
    pub mean_time_between_failures_s: f64,
    pub checkpoint_interval_s: f64,
    pub finishes_share: f64,
    /// The layout that came second, and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub runner_up: Option<LayoutAnswer>,
}

/// One gate.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "the names say it, with their units")]
pub struct GateAnswer {
    pub id: TrainingGate,
    pub passed: bool,
    pub strained: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin_ratio: Option<f64>,
}

pub(super) fn inference(scenario: &Scenario, outcome: &Outcome) -> InferenceAnswer {
    let served = outcome.inference.as_ref().ok().map(|inference| Served {
        layout: inference.layout,
        batch: inference.batch,
        ttft_s: inference.ttft.get(),
        tpot_s: inference.tpot.get(),
        itl_s: inference.itl.get(),
        within_limit: inference.tpot <= scenario.serving.limit,
        tokens_per_s_per_user: 1.0 / inference.tpot.get(),
        tokens_per_s_per_chip: inference.tokens_per_s_per_chip,
        tokens_per_s: inference.tokens_per_s_per_chip * f64::from(scenario.serving.chips),
        prefill_tokens_per_s_per_chip: inference.prefill_tokens_per_s_per_chip,
        memory_used_gb: inference.memory.total().get() / 1e9,
        memory: MemoryAnswer {
            weights_gb: inference.memory.weights.get() / 1e9,
            cache_gb: inference.memory.cache.get() / 1e9,
            reserve_gb: inference.memory.reserve.get() / 1e9,
        },
        bound: inference.breakdown.bound(),
        breakdown_s: inference.breakdown,
        tpot_uncalibrated_s: tpot_range(scenario, outcome)
            .map(|(best, worst)| [best.get(), worst.get()]),
        runner_up: inference.runner_up.map(|second| LayoutAnswer {
            layout: second.layout,
            tpot_s: Some(second.tpot.get()),
            step_s: None,
            lost_by: match second.lost {
                Lost::Limit => "limit",
                Lost::Idle(_) => "idle",
                Lost::Time(part) => part.name(),
            },
        }),
    });
    InferenceAnswer {
        fits: outcome.inference.is_ok(),
        chips_needed: match &outcome.inference {
            Err(InferenceStop::Memory { chips_needed, .. }) => *chips_needed,
            _ => None,
        },
        longest_prompt: match outcome.inference {
            Err(InferenceStop::Memory { longest_prompt, .. }) => longest_prompt,
            _ => None,
        },
        largest_batch: match outcome.inference {
            Err(InferenceStop::Memory { largest_batch, .. }) => largest_batch,
            _ => None,
        },
        format: outcome.format,
        stop: match &outcome.inference {
            Ok(_) => None,
            Err(InferenceStop::Memory { .. }) => Some("memory"),
            Err(InferenceStop::Layout { .. }) => Some("layout"),
            Err(InferenceStop::NotMade) => Some("not-made"),
        },
        nearest_layout: match outcome.inference {
            Err(InferenceStop::Layout { nearest }) => nearest,
            _ => None,
        },
        served,
    }
}

pub(super) fn training(outcome: &Outcome) -> TrainingAnswer {
    let training = &outcome.training;
    let run = training
        .plan
        .as_ref()
        .ok()
        .zip(training.reliability)
        .map(|(plan, reliability)| RunAnswer {
            step_s: plan.step.get(),
            tokens_per_s_per_chip: plan.tokens_per_s_per_chip,
            days: reliability.wall.days(),
            mfu_share: plan.mfu_share,
            hfu_share: plan.hfu_share,
            tflops_per_chip: plan.ops_per_chip.get() / 1e12,
            bubble_share: plan.bubble_share,
            network_share: plan.network_share,
            layout: plan.layout,
            recompute: plan.recompute,
            recomputed_share: plan.recomputed_share,
            memory_used_gb: plan.memory_used.get() / 1e9,
            goodput_share: reliability.goodput_share,
            failures: reliability.failures,
            mean_time_between_failures_s: reliability.between_failures.get(),
            checkpoint_interval_s: reliability.checkpoint_interval.get(),
            finishes_share: reliability.finishes_share,
            runner_up: plan.runner_up.map(|second| LayoutAnswer {
                layout: second.layout,
                tpot_s: None,
                step_s: Some(second.step.get()),
                lost_by: second.lost.name(),
            }),
        });
    TrainingAnswer {
        verdict: match training.verdict {
            Grade::Passed => "feasible",
            Grade::Strained => "strained",
            Grade::Failed => "infeasible",
        },
        binding: training.binding,
        fits: training.plan.is_ok(),
        format: outcome.training_format,
        memory_needed_gb: match &training.plan {
            Err(TrainingStop::Memory { needed }) => Some(needed.get() / 1e9),
            _ => None,
        },
        run,
        nearest_layout: match training.plan {
            Err(TrainingStop::Layout { nearest }) => nearest,
            _ => None,
        },
        gates: training
            .gates
            .iter()
            .map(|gate| GateAnswer {
                id: gate.gate,
                passed: gate.grade == Grade::Passed,
                strained: gate.grade == Grade::Strained,
                margin_ratio: gate.margin_ratio,
            })
            .collect(),
    }
}
