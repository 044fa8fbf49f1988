//! The answer in a few numbers, for those who ask thousands of times.

use super::access::access_alone;
use super::energies::{Energies, energies};
use super::gates::training;
use super::{
    Grade, Outcome, TrainingOutcome, design_price, published, serving_on, supply, trained_among,
};
use crate::llm::{Inference, Layout, serve_among};
use crate::scenario::Scenario;
use crate::silicon::{self, Package};
use crate::supply::Wait;
use std::cell::LazyCell;
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
    /// The chip as published can be made: what is sold is evidence against figures
    /// by which it could not be. True for a chip of the reader's own.
    pub sold_can_be: bool,
    /// [`Outcome::inference_works`].
    pub inference_works: bool,
    /// [`Outcome::training_works`].
    pub training_works: bool,
    /// Tokens a second that a chip answers with.
    pub answering_rate: Option<f64>,
    /// Tokens a second that a chip trains on, failures left out.
    pub training_rate: Option<f64>,
    /// The layout that serves.
    pub serving: Option<Layout>,
    /// The layout that trains.
    pub training: Option<Layout>,
}

impl Outcome {
    /// The same in a few numbers.
    pub fn brief(&self, scenario: &Scenario) -> Brief {
        let published = published(scenario);
        Brief::of(
            scenario,
            published.as_ref().unwrap_or(&self.package),
            self.inference.as_ref().ok(),
            self.supplied.as_ref().map(|supplied| &supplied.supply.wait),
            &self.training,
            &self.energy,
        )
    }
}

impl Brief {
    fn of(
        scenario: &Scenario,
        published: &Package,
        served: Option<&Inference>,
        wait: Option<&Wait>,
        training: &TrainingOutcome,
        energy: &Energies,
    ) -> Self {
        let plan = training.plan.as_ref().ok();
        Self {
            tpot: served.map(|served| served.tpot),
            ttft: served.map(|served| served.ttft),
            per_token: energy.per_token,
            total_per_million: energy.total_per_million,
            run: training.reliability.map(|run| run.wall),
            packages_per_month: wait.map(|wait| wait.packages_per_month),
            months_to_cluster: wait.and_then(|wait| wait.months_to_cluster),
            sold_can_be: published.is_manufacturable(),
            inference_works: served.is_some_and(|served| served.tpot <= scenario.serving.limit),
            training_works: training.grade() == Grade::Passed,
            answering_rate: served.map(|served| served.tokens_per_s_per_chip),
            training_rate: plan.map(|plan| plan.tokens_per_s_per_chip),
            serving: served.map(|served| served.layout),
            training: plan.map(|plan| plan.layout),
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

/// The answer in a few numbers: those of [`simulate`](super::simulate), digit for
/// digit, where it looks among all layouts. The functions are the same; what no
/// number needs, findings, costs and reasons, is left out.
pub fn brief(scenario: &Scenario, among: &Among) -> Brief {
    let (anchor, design, making) = (&scenario.anchor, &scenario.design, &scenario.making);
    let package = silicon::package(anchor, design, making);
    let (metrics, access) = access_alone(scenario, &package);
    let published = published(scenario);
    let given = LazyCell::new(|| silicon::given(anchor, design, &package, making));
    let price = design_price(scenario, published.as_ref(), || {
        silicon::package_cost_usd(*given, anchor, design, &package, making)
    });
    let price = price * (1.0 + scenario.law().duty_share(&metrics));
    let made = package.is_manufacturable();
    let served = made.then(|| {
        let (device, kernels, serving) = serving_on(scenario, &package);
        let (shape, software) = (&scenario.shape, &scenario.software);
        serve_among(shape, &device, &kernels, software, &serving, &among.serving)
    });
    let served = served.flatten();
    let plan = trained_among(scenario, &package, &among.training);
    let wait = supply::wait_of(scenario, &package, || *given, &metrics, access);
    let training = training(scenario, &package, access, wait.as_ref(), plan);
    let energy = energies(scenario, &package, price, served.as_ref(), &training);
    Brief::of(
        scenario,
        published.as_ref().unwrap_or(&package),
        served.as_ref(),
        wait.as_ref(),
        &training,
        &energy,
    )
}
