//! How far an answer may be off where nobody measured the chip.

use super::{Outcome, served, trained};
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
        if let Ok(here) = &outcome.inference {
            other.serving.batch = Some(here.batch);
            other.serving.fixed = here.layout.fixed();
        }
        if let Ok(here) = &outcome.training.plan {
            other.job.fixed = here.layout.fixed();
        }
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
    outcome.inference.as_ref().ok()?;
    Some(served(scenario, &outcome.package).ok()?.tpot)
}

fn step(scenario: &Scenario, outcome: &Outcome) -> Option<Time> {
    outcome.training.plan.as_ref().ok()?;
    Some(trained(scenario, &outcome.package).ok()?.step)
}
