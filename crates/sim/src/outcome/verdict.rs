//! What works, without how well: all that a map of many designs shows.

use super::access::admitted;
use super::gates::training;
use super::{Grade, Outcome, TrainingGate, TrainingOutcome, serving_on, trained};
use crate::llm::{TrainingStop, keeps_limit};
use crate::scenario::Scenario;
use crate::silicon;

/// Whether a scenario's chip can be made and had, and what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// It can be made.
    pub made: bool,
    /// How well the legal gate is passed.
    pub access: Grade,
    /// The model is served within the limit on the time per token.
    pub serves: bool,
    /// The worst grade of training's gates, the legal one apart.
    pub trains: Grade,
}

impl Verdict {
    /// The verdict of a whole answer.
    pub fn of(scenario: &Scenario, outcome: &Outcome) -> Self {
        Self {
            made: outcome.package.is_manufacturable(),
            access: outcome.access.grade(),
            serves: outcome.inference_works(scenario),
            trains: outcome.training.grade(),
        }
    }
}

impl TrainingOutcome {
    /// The worst grade of the gates, the legal one apart.
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
    let access = admitted(scenario, &package).access;
    let made = package.is_manufacturable();
    let plan = if made {
        trained(scenario, &package)
    } else {
        Err(TrainingStop::NotMade)
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
        access: access.grade(),
        serves,
        trains: training(scenario, &package, access, None, plan).grade(),
    }
}
