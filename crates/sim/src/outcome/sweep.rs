//! What a chart asks beside the answer: one layout at every batch, the kernels of a
//! step, the run on clusters of other sizes, watts by cause, and packages by quarter.

use super::access::access_alone;
use super::supply::{Supplied, supplied};
use super::{serving_on, trained};
use crate::energy::SitePower;
use crate::llm::*;
use crate::scenario::Scenario;
use crate::silicon::{self, Package};
use units::Power;

/// The model served on the scenario's chip in the best of those layouts, or of all,
/// without the rest of the answer and without a reason where none works.
pub fn served_among(scenario: &Scenario, layouts: &[Layout]) -> (Package, Option<Inference>) {
    let package = silicon::package(&scenario.anchor, &scenario.design, &scenario.making);
    let served = package.is_manufacturable().then(|| {
        let (device, kernels, serving) = serving_on(scenario, &package);
        let (shape, software) = (&scenario.shape, &scenario.software);
        serve_among(shape, &device, &kernels, software, &serving, layouts)
    });
    (package, served.flatten())
}

/// What can be made of the scenario's chip, without the rest of the answer.
pub fn supplied_by(scenario: &Scenario) -> Option<Supplied> {
    let (anchor, design, making) = (&scenario.anchor, &scenario.design, &scenario.making);
    let package = silicon::package(anchor, design, making);
    let (metrics, access) = access_alone(scenario, &package);
    let given = || silicon::given(anchor, design, &package, making);
    supplied(scenario, &package, given, &metrics, access)
}

/// What the layout of what is served best delivers at every batch that it holds, the
/// smallest first, that one's own among them.
pub fn frontier(scenario: &Scenario, package: &Package, best: &Inference) -> Vec<Inference> {
    let (device, kernels, serving) = serving_on(scenario, package);
    every_batch(
        &scenario.shape,
        &device,
        &kernels,
        &scenario.software,
        &serving,
        best,
    )
}

/// The kernels of a step of decoding, and the constants of the software around them.
pub fn kernels(
    scenario: &Scenario,
    package: &Package,
    served: &Inference,
) -> (StepKernels, Kernels) {
    let (device, kernels, serving) = serving_on(scenario, package);
    let (shape, software) = (&scenario.shape, &scenario.software);
    let step = step_kernels(shape, &device, &kernels, software, &serving, served);
    (step, kernels)
}

/// The run on so many chips, with each replica laid out like that.
///
/// # Errors
/// [`TrainingStop`] where it does not fit or the chips are too few.
pub fn run_on(
    scenario: &Scenario,
    package: &Package,
    chips: u32,
    layout: Layout,
) -> Result<Training, TrainingStop> {
    let mut other = scenario.clone();
    other.job.chips = chips;
    other.job.fixed = FixedLayout {
        tp: Some(layout.tp),
        pp: Some(layout.pp),
        ep: Some(layout.ep),
        dp: None,
    };
    trained(&other, package)
}

/// The site's power with each chip at that power, by cause.
pub fn site_power(scenario: &Scenario, chip: Power) -> SitePower {
    let chips = f64::from(scenario.serving.chips);
    SitePower::of(chip, chips, &scenario.surroundings, &scenario.place)
}
