//! The gates of training and the verdict.

use super::energies::full_load;
use super::{Access, GateResult, Grade, TrainingGate, TrainingOutcome};
use crate::llm::*;
use crate::scenario::Scenario;
use crate::silicon::Package;
use crate::supply::{DAYS_PER_MONTH, Wait};
use units::Time;

/// The run held against every bar.
pub(super) fn training(
    scenario: &Scenario,
    package: &Package,
    access: Access,
    wait: Option<&Wait>,
    plan: Result<Training, TrainingStop>,
) -> TrainingOutcome {
    let bar = &scenario.bar;
    let graded = |gate: TrainingGate, margin: f64| GateResult {
        gate,
        grade: grade(margin, bar.strained_ratio),
        margin_ratio: Some(margin),
    };
    let reliability = plan.as_ref().ok().map(|training| {
        reliability(
            training.step * training.steps,
            scenario.job.chips,
            &scenario.failures_at_work(),
            bar.patience,
        )
    });
    let memory = match &plan {
        Ok(training) => graded(TrainingGate::Memory, package.memory / training.memory_used),
        // What does not fit is broken, however near it comes.
        Err(TrainingStop::Memory { needed }) => GateResult {
            gate: TrainingGate::Memory,
            grade: Grade::Failed,
            margin_ratio: Some(package.memory / *needed),
        },
        Err(TrainingStop::Layout { .. } | TrainingStop::NotMade) => GateResult {
            gate: TrainingGate::Memory,
            grade: Grade::Failed,
            margin_ratio: None,
        },
    };
    let unreached = |gate| GateResult {
        gate,
        grade: Grade::Failed,
        margin_ratio: None,
    };
    let site = full_load(scenario, package) * scenario.place.pue;
    let gates = vec![
        supply(scenario, access, wait),
        memory,
        reliability.map_or(unreached(TrainingGate::Time), |r| {
            graded(TrainingGate::Time, bar.patience / r.wall)
        }),
        reliability.map_or(unreached(TrainingGate::Reliability), |r| {
            graded(
                TrainingGate::Reliability,
                r.goodput_share / bar.goodput_share,
            )
        }),
        graded(TrainingGate::Power, bar.site_power / site),
    ];
    let verdict = gates
        .iter()
        .map(|gate| gate.grade)
        .max()
        .unwrap_or(Grade::Passed);
    let binding = binding(&gates, verdict);
    TrainingOutcome {
        plan,
        reliability,
        gates,
        verdict,
        binding,
    }
}

/// A wait, in months, that is none: a margin needs something to divide by.
pub const SHORTEST_WAIT: f64 = 0.01;

/// Chips may be had, and the cluster is gathered within the reader's patience.
fn supply(scenario: &Scenario, access: Access, wait: Option<&Wait>) -> GateResult {
    let margin_ratio = wait.map(|wait| match wait.months_to_cluster {
        // A cluster that is there at once is there well in time.
        Some(months) => {
            scenario.order.patience / Time::from_days(months.max(SHORTEST_WAIT) * DAYS_PER_MONTH)
        }
        None => 0.0,
    });
    let waits = margin_ratio.map_or(Grade::Passed, |margin| {
        grade(margin, scenario.bar.strained_ratio)
    });
    GateResult {
        gate: TrainingGate::Supply,
        grade: access.grade().max(waits),
        margin_ratio,
    }
}

/// The gate that decides: the first of the worst grade, or the one of that
/// grade with the smallest margin.
fn binding(gates: &[GateResult], verdict: Grade) -> Option<TrainingGate> {
    if verdict == Grade::Passed {
        return None;
    }
    gates
        .iter()
        .filter(|gate| gate.grade == verdict)
        .reduce(|a, b| match (a.margin_ratio, b.margin_ratio) {
            (Some(x), Some(y)) if y < x => b,
            _ => a,
        })
        .map(|gate| gate.gate)
}

fn grade(margin_ratio: f64, strained_ratio: f64) -> Grade {
    if margin_ratio >= 1.0 {
        Grade::Passed
    } else if margin_ratio * strained_ratio >= 1.0 {
        Grade::Strained
    } else {
        Grade::Failed
    }
}
