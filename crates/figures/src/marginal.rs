//! What one die more adds to a package, and what it costs.

use sim::outcome::{Among, Outcome, brief, simulate};
use sim::scenario::Scenario;
use sim::silicon::{self, Limit};

/// Die counts looked at.
pub(crate) const DIES: [u32; 8] = [1, 2, 3, 4, 5, 6, 7, 8];

/// A package of so many dies of the reader's own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Step {
    /// Dies in it.
    pub(crate) dies: u32,
    /// Tokens per second that it answers with; `None` where nothing is served.
    pub(crate) answering: Option<f64>,
    /// Tokens per second that it trains on; `None` where the model does not fit.
    pub(crate) training: Option<f64>,
    /// What it costs, in dollars; `None` for what cannot be made.
    pub(crate) cost: Option<f64>,
    /// What stands in its way, see [`Marginal::limit`].
    pub(crate) limit: Option<Limit>,
}

impl Step {
    /// Answers for the money; training for the money where nothing is served
    /// with any number of dies (`by_training`).
    pub(crate) fn worth(&self, by_training: bool) -> Option<f64> {
        let speed = if by_training {
            self.training
        } else {
            self.answering
        };
        Some(speed? / self.cost?)
    }
}

/// What a package's last die adds to one with a die fewer, as shares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Marginal {
    /// Dies with it.
    pub dies: u32,
    /// What it adds to the speed of answering; `None` where either package
    /// answers nothing.
    pub answering_gain: Option<f64>,
    /// What it adds to the speed of training; `None` where the model does not
    /// fit on either.
    pub training_gain: Option<f64>,
    /// What it adds to the cost of a package; `None` where either cannot be made.
    pub cost_gain: Option<f64>,
    /// Whether a package of so many dies can be made.
    pub made: bool,
    /// Why it cannot be made; of one that can, [`Limit::Power`] where its clock
    /// is lowered to stay cool, and [`Limit::BeyondEdge`] where the edge of its
    /// dies has no room for the memory that each die of the chip as sold has.
    pub limit: Option<Limit>,
}

impl Marginal {
    /// Whether the die pays: it adds at least as large a share to the speed of
    /// answering (of training, where nothing is answered) as to the cost. So
    /// long as dies pay, the speed for the money does not fall.
    pub fn pays(&self) -> Option<bool> {
        let gain = self.answering_gain.or(self.training_gain)?;
        Some(gain >= self.cost_gain?)
    }
}

/// What each die from the second to the eighth adds to the reader's package, all
/// else as the reader has it.
pub fn marginals(scenario: &Scenario) -> Vec<Marginal> {
    gains(&steps(scenario))
}

/// What each step adds to the one before it, from the second on.
pub(crate) fn gains(steps: &[Step]) -> Vec<Marginal> {
    let gain = |before: Option<f64>, after: Option<f64>| {
        let before = before.filter(|value| *value > 0.0)?;
        Some(after? / before - 1.0)
    };
    steps
        .windows(2)
        .map(|pair| Marginal {
            dies: pair[1].dies,
            answering_gain: gain(pair[0].answering, pair[1].answering),
            training_gain: gain(pair[0].training, pair[1].training),
            cost_gain: gain(pair[0].cost, pair[1].cost),
            made: pair[1].cost.is_some(),
            limit: pair[1].limit,
        })
        .collect()
}

/// Packages of one to eight dies of the reader's own.
pub(crate) fn steps(scenario: &Scenario) -> Vec<Step> {
    DIES.iter()
        .map(|dies| {
            let mut other = scenario.clone();
            other.design.dies = *dies;
            let outcome = simulate(&other);
            let inference = outcome.inference.as_ref().ok();
            let plan = outcome.training.plan.as_ref().ok();
            Step {
                dies: *dies,
                answering: inference.map(|served| served.tokens_per_s_per_chip),
                training: plan.map(|plan| plan.tokens_per_s_per_chip),
                cost: outcome
                    .package
                    .is_manufacturable()
                    .then_some(outcome.foundry.package_cost_usd),
                limit: limit(&other, &outcome),
            }
        })
        .collect()
}

/// Layouts found before, for each die count; the first draws are planned in full.
#[derive(Clone, Debug, Default)]
pub(crate) struct Planned {
    among: [Among; DIES.len()],
    draws: u32,
}

/// Draws that are planned in full.
const PILOTS: u32 = 2;

/// The steps of a draw, among layouts that were found before.
pub(crate) fn drawn_steps(scenario: &Scenario, planned: &mut Planned) -> Vec<Step> {
    let pilot = planned.draws < PILOTS;
    planned.draws += 1;
    let step = |(dies, among): (&u32, &mut Among)| {
        let mut other = scenario.clone();
        other.design.dies = *dies;
        let told = match pilot {
            true => brief(&other, &Among::default()),
            false => brief(&other, among),
        };
        if pilot {
            let add = |known: &mut Vec<_>, found| known.extend(found);
            add(&mut among.serving, told.serving);
            add(&mut among.training, told.training);
        }
        let (anchor, design, making) = (&other.anchor, &other.design, &other.making);
        let package = silicon::package(anchor, design, making);
        let made = package.is_manufacturable();
        let cost =
            made.then(|| silicon::foundry(anchor, design, &package, making).package_cost_usd);
        Step {
            dies: *dies,
            answering: told.answering_rate,
            training: told.training_rate,
            cost,
            limit: None,
        }
    };
    DIES.iter().zip(&mut planned.among).map(step).collect()
}

fn limit(scenario: &Scenario, outcome: &Outcome) -> Option<Limit> {
    let limits = &outcome.package.limits;
    if let Some(limit) = limits.iter().find(|limit| **limit != Limit::Power) {
        return Some(*limit);
    }
    let (anchor, design) = (&scenario.anchor, &scenario.design);
    // Stacks of a die grow with its edge.
    let edge = (design.die_area / anchor.die_area).sqrt();
    let each = f64::from(anchor.stacks) / f64::from(anchor.dies) * edge;
    let alike = (each * f64::from(design.dies) + 1e-9).floor();
    let short = design.stacks.is_none() && f64::from(outcome.package.stacks) < alike.max(1.0);
    limits
        .first()
        .copied()
        .or(short.then_some(Limit::BeyondEdge))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(dies: u32, answering: Option<f64>, cost: Option<f64>) -> Step {
        Step {
            dies,
            answering,
            training: cost.map(|_| 10.0 * f64::from(dies)),
            cost,
            limit: cost.is_none().then_some(Limit::BeyondPackage),
        }
    }

    #[test]
    fn a_die_pays_while_it_adds_as_much_speed_as_cost() {
        let steps = [
            step(1, Some(100.0), Some(1000.0)),
            step(2, Some(150.0), Some(1500.0)),
            step(3, Some(165.0), Some(1800.0)),
            step(4, None, None),
        ];
        let found = gains(&steps);
        assert_eq!(found.len(), 3);
        assert_eq!(found[0].answering_gain, Some(0.5));
        assert_eq!(found[0].training_gain, Some(1.0));
        assert_eq!(found[0].cost_gain, Some(0.5));
        assert_eq!(found[0].pays(), Some(true));
        assert!((found[1].answering_gain.unwrap() - 0.1).abs() < 1e-12);
        assert!((found[1].cost_gain.unwrap() - 0.2).abs() < 1e-12);
        assert_eq!(found[1].pays(), Some(false));
        assert!(!found[2].made);
        assert_eq!(found[2].pays(), None);
        assert_eq!(found[2].limit, Some(Limit::BeyondPackage));
        // It pays exactly where the speed for the money does not fall.
        let worth = |i: usize| steps[i].worth(false).unwrap();
        assert!(worth(1) >= worth(0) && worth(2) < worth(1));
    }

    #[test]
    fn where_nothing_is_answered_training_decides() {
        let steps = [
            step(1, None, Some(1000.0)),
            step(2, None, Some(1500.0)),
            step(3, Some(5.0), Some(3000.0)),
        ];
        let found = gains(&steps);
        assert_eq!(found[0].pays(), Some(true));
        assert_eq!(found[1].answering_gain, None);
        assert_eq!(found[1].pays(), Some(false));
    }
}
