//! How far an answer may be off where nobody measured the chip.

use super::{Outcome, device};
use crate::llm::{Serving, TrainingJob, plan_inference, plan_training};
use crate::scenario::Scenario;
use units::*;

/// The answers at the best and at the worst that the rows of kernels and software
/// defend, layout and batch as they are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PriorRange {
    /// Time per output token.
    pub tpot: Option<(Time, Time)>,
    /// Time of a training step.
    pub step: Option<(Time, Time)>,
}

/// That range; `None` where somebody measured the chip on this software.
pub fn prior_range(scenario: &Scenario, outcome: &Outcome) -> Option<PriorRange> {
    if scenario.kernels.calibrated {
        return None;
    }
    let at = |maturity: f64| {
        let mut other = scenario.clone();
        other.mature(maturity);
        // How experts are balanced is the reader's choice.
        other.software.expert_imbalance = scenario.software.expert_imbalance;
        other
    };
    let (best, worst) = (at(1.0), at(0.0));
    let both = |read: fn(&Scenario, &Outcome) -> Option<Time>| {
        Some((read(&best, outcome)?, read(&worst, outcome)?))
    };
    Some(PriorRange {
        tpot: both(tpot),
        step: both(step),
    })
}

fn tpot(scenario: &Scenario, outcome: &Outcome) -> Option<Time> {
    let here = outcome.inference.as_ref().ok()?;
    let (format, peak) = super::effective_format(scenario.serving.weights, &outcome.package);
    let serving = Serving {
        weights: format,
        batch: Some(here.batch),
        fixed: here.layout.fixed(),
        ..scenario.serving
    };
    let served = plan_inference(
        &scenario.shape,
        &device(scenario, &outcome.package, peak),
        &scenario.kernels.for_format(format, scenario.quantisation),
        &scenario.software,
        &serving,
    );
    Some(served.ok()?.tpot)
}

fn step(scenario: &Scenario, outcome: &Outcome) -> Option<Time> {
    let here = outcome.training.plan.as_ref().ok()?;
    let (format, peak) = super::training_format(scenario.job.format, &outcome.package);
    let job = TrainingJob {
        format,
        recompute: Some(here.recompute),
        fixed: here.layout.fixed(),
        ..scenario.job
    };
    let plan = plan_training(
        &scenario.shape,
        &device(scenario, &outcome.package, peak),
        &scenario.kernels.for_format(format, scenario.quantisation),
        &scenario.software,
        &job,
    );
    Some(plan.ok()?.step)
}
