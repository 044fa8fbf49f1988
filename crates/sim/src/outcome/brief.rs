//! The answer in a few numbers, for those who ask thousands of times.

use super::{Outcome, answered, served_among, trained_among};
use crate::llm::Layout;
use crate::silicon::Package;
use crate::scenario::Scenario;
use units::*;

/// What an answer comes to. `None` where there is none: nothing is served, no run
/// starts, no supply is counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Brief {
    /// Time per output token.
    pub tpot: Option<Time>,
    /// Time to the first token.
    pub ttft: Option<Time>,
    /// Energy per output token, at the site's meter.
    pub per_token: Option<Energy>,
    /// Electricity and capital of a million output tokens.
    pub total_per_million: Option<Money>,
    /// Time of the training run, failures included.
    pub run: Option<Time>,
    /// Packages of a month when gathering begins; `None` also where none are
    /// counted.
    pub packages_per_month: Option<f64>,
    /// Months until the reader has the cluster; `None` also where that never ends.
    pub months_to_cluster: Option<f64>,
    /// [`Outcome::inference_works`].
    pub inference_works: bool,
    /// [`Outcome::training_works`].
    pub training_works: bool,
    /// The layout that serves.
    pub serving: Option<Layout>,
    /// The layout that trains.
    pub training: Option<Layout>,
}

impl Outcome {
    /// The same in a few numbers.
    pub fn brief(&self, scenario: &Scenario) -> Brief {
        let served = self.inference.as_ref().ok();
        let supply = self.supplied.as_ref().map(|supplied| &supplied.supply);
        Brief {
            tpot: served.map(|served| served.tpot),
            ttft: served.map(|served| served.ttft),
            per_token: self.energy.per_token,
            total_per_million: self.energy.total_per_million,
            run: self.training.reliability.map(|run| run.wall),
            packages_per_month: supply.map(|supply| supply.packages_per_month),
            months_to_cluster: supply.and_then(|supply| supply.months_to_cluster),
            inference_works: self.inference_works(scenario),
            training_works: self.training_works(),
            serving: served.map(|served| served.layout),
            training: self.training.plan.as_ref().ok().map(|plan| plan.layout),
        }
    }
}

/// Layouts to look among, where a planner would look at all.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Among {
    /// For serving; all, where there are none.
    pub serving: Vec<Layout>,
    /// For training; all, where there are none.
    pub training: Vec<Layout>,
}

/// The answer in a few numbers, digit for digit those of
/// [`simulate`](super::simulate) with the layouts that are best of those; where
/// none of them works, of all.
pub fn brief(scenario: &Scenario, among: &Among) -> Brief {
    let serve = |package: &Package| served_among(scenario, package, &among.serving);
    let train = |package: &Package| trained_among(scenario, package, &among.training);
    answered(scenario, serve, train).brief(scenario)
}
