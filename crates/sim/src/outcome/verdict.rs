//! What works, without how well: all that a map of many designs shows.

use super::access::access_alone;
use super::gates::training;
use super::{Access, Grade, Outcome, TrainingGate, TrainingOutcome, serving_on, trained_among};
use crate::llm::{TrainingStop, keeps_limit};
use crate::scenario::Scenario;
use crate::silicon;

/// Whether a scenario's chip can be made and had, and what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// It can be made.
    pub made: bool,
    /// Whether it may be had.
    pub access: Access,
    /// The model is served within the limit on the time per token.
    pub serves: bool,
    /// The worst grade of training's gates, that of supply apart.
    pub trains: Grade,
}

impl Verdict {
    /// The verdict of a whole answer.
    pub fn of(scenario: &Scenario, outcome: &Outcome) -> Self {
        Self {
            made: outcome.package.is_manufacturable(),
            access: outcome.access,
            serves: outcome.inference_works(scenario),
            trains: outcome.training.grade(),
        }
    }
}

impl TrainingOutcome {
    /// The worst grade of the gates, that of supply apart.
    pub fn grade(&self) -> Grade {
        let gates = self.gates.iter();
        let counted = gates.filter(|gate| gate.gate != TrainingGate::Supply);
        counted
            .map(|gate| gate.grade)
            .max()
            .unwrap_or(Grade::Passed)
    }
}

/// The verdict on a scenario: that of [`simulate`](super::simulate), at a fraction of
/// the work. Supply, money and energy have no part in it, and of all layouts that
/// serve, the best need not be found.
pub fn verdict(scenario: &Scenario) -> Verdict {
    let package = silicon::package(&scenario.anchor, &scenario.design, &scenario.making);
    let (_, access) = access_alone(scenario, &package);
    let made = package.is_manufacturable();
    let plan = match made {
        true => trained_among(scenario, &package, &[]),
        false => Err(TrainingStop::NotMade),
    };
    let serves = made && {
        let (device, kernels, serving) = serving_on(scenario, &package);
        keeps_limit(
            &scenario.shape,
            &device,
            &kernels,
            &scenario.software,
            &serving,
        )
    };
    Verdict {
        made,
        access,
        serves,
        trains: training(scenario, &package, access, None, plan).grade(),
    }
}
