//! What is served and what can be trained, as the answer has it.

use super::{Record, Value};
use crate::llm::*;
use crate::outcome::{Grade, Outcome, TrainingGate, tpot_range};
use crate::scenario::Scenario;

fn layout(layout: Layout) -> Record {
    let mut record = Record::default();
    record.count("tp", layout.tp);
    record.count("pp", layout.pp);
    record.count("ep", layout.ep);
    record.count("dp", layout.dp);
    record
}

fn format(format: Format) -> &'static str {
    match format {
        Format::Bf16 => "bf16",
        Format::Fp8 => "fp8",
        Format::Int8 => "int8",
        Format::Int4 => "int4",
        Format::Fp4 => "fp4",
    }
}

/// What is served, or why nothing is.
pub(super) fn inference(scenario: &Scenario, outcome: &Outcome) -> Record {
    let mut record = Record::default();
    record.flag("fits", outcome.inference.is_ok());
    if let Err(InferenceStop::Memory {
        chips_needed,
        longest_prompt,
        largest_batch,
    }) = outcome.inference
    {
        record.maybe("chips_needed", chips_needed.map(f64::from));
        // Tokens of the longest prompt that fits on these chips.
        record.maybe("longest_prompt", longest_prompt);
        // Most sequences that fit on them, where more were asked for.
        record.maybe("largest_batch", largest_batch);
    }
    record.word("format", format(outcome.format));
    match &outcome.inference {
        Ok(served) => add_served(&mut record, served, scenario, outcome),
        Err(InferenceStop::Memory { .. }) => record.word("stop", "memory"),
        Err(InferenceStop::Layout { nearest }) => {
            record.word("stop", "layout");
            // That would do.
            record.part("nearest_layout", nearest.map(layout));
        }
        Err(InferenceStop::NotMade) => record.word("stop", "not-made"),
    }
    record
}

fn add_served(record: &mut Record, served: &Inference, scenario: &Scenario, outcome: &Outcome) {
    let per_chip = served.tokens_per_s_per_chip;
    record.part("layout", Some(layout(served.layout)));
    record.number("batch", served.batch);
    record.number("ttft_s", served.ttft.get());
    record.number("tpot_s", served.tpot.get());
    // Between two tokens while nobody's prompt is read.
    record.number("itl_s", served.itl.get());
    record.flag("within_limit", served.tpot <= scenario.serving.limit);
    record.number("tokens_per_s_per_user", 1.0 / served.tpot.get());
    record.number("tokens_per_s_per_chip", per_chip);
    let system = per_chip * f64::from(scenario.serving.chips);
    record.number("tokens_per_s", system);
    record.number(
        "prefill_tokens_per_s_per_chip",
        served.prefill_tokens_per_s_per_chip,
    );
    let used = &served.memory;
    record.number("memory_used_gb", used.total().get() / 1e9);
    // What fills the fullest chip's memory.
    let mut memory = Record::default();
    memory.number("weights_gb", used.weights.get() / 1e9);
    memory.number("cache_gb", used.cache.get() / 1e9);
    memory.number("reserve_gb", used.reserve.get() / 1e9);
    record.part("memory", Some(memory));
    let (_, _, bound) = held_back(&served.breakdown);
    record.word("bound", bound);
    let mut breakdown = Record::default();
    for (part, time) in served.breakdown.parts() {
        breakdown.number(part.name(), time);
    }
    record.part("breakdown_s", Some(breakdown));
    // The layout that came second, and why.
    let second = served.runner_up.map(|second| {
        let lost = match second.lost {
            Lost::Limit => "limit",
            Lost::Idle(_) => "idle",
            Lost::Time(part) => part.name(),
        };
        runner_up(second.layout, "tpot_s", second.tpot.get(), lost)
    });
    record.part("runner_up", second);
    // Best and worst that are defended for a chip that nobody measured.
    if let Some((best, worst)) = tpot_range(scenario, outcome) {
        let ends = [best, worst].map(|end| Value::Number(end.get()));
        record.list("tpot_uncalibrated_s", ends.into());
    }
}

/// The largest part of a token's time, how long it is, and what it says holds the
/// answer back: `memory`, `network`, `overhead`, `prompts` or `compute`.
pub fn held_back(time: &TokenTime) -> (Part, f64, &'static str) {
    let first = (Part::Compute, time.compute);
    let (part, time) =
        time.parts().into_iter().fold(
            first,
            |most, next| {
                if next.1 > most.1 { next } else { most }
            },
        );
    let bound = match part {
        Part::Weights | Part::KvCache => "memory",
        Part::Network => "network",
        Part::Launches => "overhead",
        Part::Prefill => "prompts",
        Part::Compute => "compute",
    };
    (part, time, bound)
}

/// A layout that lost: its time, and the part of it that is longer.
fn runner_up(of: Layout, name: &'static str, time: f64, lost: &'static str) -> Record {
    let mut record = Record::default();
    record.part("layout", Some(layout(of)));
    record.number(name, time);
    record.word("lost_by", lost);
    record
}

fn gate(gate: TrainingGate) -> &'static str {
    match gate {
        TrainingGate::Supply => "supply",
        TrainingGate::Memory => "memory",
        TrainingGate::Time => "time",
        TrainingGate::Reliability => "reliability",
        TrainingGate::Power => "power",
    }
}

/// Whether a model can be trained.
pub(super) fn training(outcome: &Outcome) -> Record {
    let training = &outcome.training;
    let mut record = Record::default();
    let verdict = match training.verdict {
        Grade::Passed => "feasible",
        Grade::Strained => "strained",
        Grade::Failed => "infeasible",
    };
    record.word("verdict", verdict);
    if let Some(binding) = training.binding {
        record.word("binding", gate(binding));
    }
    record.flag("fits", training.plan.is_ok());
    record.word("format", format(outcome.training_format));
    match &training.plan {
        Ok(plan) => {
            if let Some(reliability) = &training.reliability {
                add_run(&mut record, plan, reliability);
            }
        }
        Err(TrainingStop::Memory { needed }) => {
            record.number("memory_needed_gb", needed.get() / 1e9);
        }
        Err(TrainingStop::Layout { nearest }) => {
            record.part("nearest_layout", nearest.map(layout));
        }
        Err(_) => {}
    }
    let gates = training.gates.iter().map(|result| {
        let mut record = Record::default();
        record.word("id", gate(result.gate));
        record.flag("passed", result.grade == Grade::Passed);
        record.flag("strained", result.grade == Grade::Strained);
        record.maybe("margin_ratio", result.margin_ratio);
        Value::Record(record)
    });
    record.list("gates", gates.collect());
    record
}

/// A run, where one starts.
fn add_run(record: &mut Record, plan: &Training, reliability: &Reliability) {
    record.number("step_s", plan.step.get());
    record.number("tokens_per_s_per_chip", plan.tokens_per_s_per_chip);
    record.number("days", reliability.wall.days());
    record.number("mfu_share", plan.mfu_share);
    record.number("hfu_share", plan.hfu_share);
    record.number("tflops_per_chip", plan.ops_per_chip.get() / 1e12);
    record.number("bubble_share", plan.bubble_share);
    record.number("network_share", plan.network_share);
    record.part("layout", Some(layout(plan.layout)));
    record.number("interleave", plan.chunks);
    let recompute = match plan.recompute {
        Recompute::None => "none",
        Recompute::Selective => "selective",
        Recompute::Full => "full",
    };
    record.word("recompute", recompute);
    // Of the layers.
    record.number("recomputed_share", plan.recomputed_share);
    record.number("memory_used_gb", plan.memory_used.get() / 1e9);
    record.number("goodput_share", reliability.goodput_share);
    record.number("failures", reliability.failures);
    record.number(
        "mean_time_between_failures_s",
        reliability.between_failures.get(),
    );
    record.number(
        "checkpoint_interval_s",
        reliability.checkpoint_interval.get(),
    );
    record.number("finishes_share", reliability.finishes_share);
    // The layout that came second, and why.
    let second = plan.runner_up.map(|second| {
        let lost = second.lost.name();
        runner_up(second.layout, "step_s", second.step.get(), lost)
    });
    record.part("runner_up", second);
}
