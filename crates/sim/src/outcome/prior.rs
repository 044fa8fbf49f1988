//! How far an answer may be off where nobody measured the chip.

use super::{Outcome, served, trained};
use crate::scenario::Scenario;
use units::*;

/// The time per output token at the best and at the worst that the rows of kernels
/// and software defend, layout and batch as they are; `None` where somebody measured
/// the chip on this software, or where nothing is served.
pub fn tpot_range(scenario: &Scenario, outcome: &Outcome) -> Option<(Time, Time)> {
    let here = outcome.inference.as_ref().ok()?;
    range(scenario, |mut other| {
        other.serving.batch = Some(here.batch);
        other.serving.fixed = here.layout.fixed();
        Some(served(&other, &outcome.package).ok()?.tpot)
    })
}

/// The same of the time of a training step.
pub fn step_range(scenario: &Scenario, outcome: &Outcome) -> Option<(Time, Time)> {
    let here = outcome.training.plan.as_ref().ok()?;
    range(scenario, |mut other| {
        other.job.fixed = here.layout.fixed();
        Some(trained(&other, &outcome.package).ok()?.step)
    })
}

fn range(scenario: &Scenario, time: impl Fn(Scenario) -> Option<Time>) -> Option<(Time, Time)> {
    if scenario.kernels.calibrated {
        return None;
    }
    let at = |maturity: f64| {
        let mut other = scenario.clone();
        other.mature(maturity);
        // How experts are balanced is the reader's choice.
        other.software.expert_imbalance = scenario.software.expert_imbalance;
        time(other)
    };
    Some((at(1.0)?, at(0.0)?))
}
