//! How many packages a month, and how long a buyer waits for a cluster.

use super::formula::Amount;
use super::{Book, Formula};
use sim::outcome::Supplied;
use sim::supply::{Bottleneck, DAYS_PER_MONTH, QUARTERS, Quarter, Stocked, Supply, stocked};
use units::{SECONDS_PER_DAY, Time};

/// Months of a quarter.
const MONTHS: f64 = 3.0;

impl Book<'_> {
    fn supply(&self) -> Option<&Supply> {
        self.outcome.supplied.as_ref().map(|s| &s.supply)
    }

    /// Packages of a quarter by what holds them back, what the others would let be
    /// made, and where its dies come from.
    pub(super) fn quarter(&mut self, quarter: usize) {
        let (Some(supplied), Some(resources)) = (&self.outcome.supplied, &self.scenario.resources)
        else {
            return;
        };
        let (Some(made), Some(there)) = (
            supplied.supply.quarters.get(quarter),
            stocked(resources, &supplied.recipe).get(quarter).copied(),
        ) else {
            return;
        };
        let mut limits = self.limits(supplied, &there);
        // What binds comes first.
        let binds = |(of, ..): &(Bottleneck, Formula, f64)| *of != made.bottleneck;
        limits.sort_by_key(binds);
        for (i, (of, formula, allowed)) in limits.into_iter().enumerate() {
            let key = match (i, of) {
                (0, _) => "explain.quarter_output",
                (_, Bottleneck::Memory) => "explain.by_memory",
                (_, Bottleneck::Interposer) => "explain.by_layers",
                _ => "explain.by_dies",
            };
            let told = if i == 0 { made.packages } else { allowed };
            self.step(key, formula, Amount::Number(told));
        }
        self.new_dies(supplied, &there);
        self.cite(&["silicon-gap", "semianalysis-ascend-production"]);
    }

    /// Packages that dies, memory and layers each would let be made: by the formula,
    /// and as the outcome has it.
    fn limits(&self, supplied: &Supplied, there: &Stocked) -> Vec<(Bottleneck, Formula, f64)> {
        let [by_dies, by_stacks, by_layers] = there.allowed;
        let recipe = &supplied.recipe;
        let kept = || self.named("explain.assembled", Amount::Share(recipe.assembled_share));
        let dies = self.named("explain.dies_there", Amount::Number(there.dies));
        let logic = match there.dies > 0.0 || there.ramp_share > 0.0 {
            true => Bottleneck::Logic,
            false => Bottleneck::Node,
        };
        let mut limits = vec![(logic, dies * kept() / self.dies(), by_dies)];
        if recipe.stacks > 0 {
            let stacks = self.named("explain.stacks_there", Amount::Number(there.stacks));
            let each = Amount::Count(f64::from(recipe.stacks));
            let each = self.named("page.control.stacks.name", each);
            limits.push((Bottleneck::Memory, stacks * kept() / each, by_stacks));
        }
        if there.layers.is_finite() {
            let layers = self.named("explain.layers_there", Amount::Number(there.layers));
            limits.push((Bottleneck::Interposer, layers * kept(), by_layers));
        }
        limits
    }

    /// Dies that the quarter's own wafers give.
    fn new_dies(&mut self, supplied: &Supplied, there: &Stocked) {
        let Some(resources) = &self.scenario.resources else {
            return;
        };
        if there.made_dies <= 0.0 {
            return;
        }
        let sold = supplied.recipe.sold_dies_per_wafer.central;
        let wafers = self.named("explain.node_wafers", Amount::Number(there.wafers))
            * self.bare(Amount::Count(MONTHS));
        let shares = [
            ("page.control.aishare.name", resources.ai_share.central),
            ("page.control.share.name", resources.designer_share.central),
            ("explain.ramp", there.ramp_share),
        ];
        let part = shares.into_iter().filter(|(_, share)| *share != 1.0);
        let formula = part.fold(wafers, |all, (key, share)| {
            all * self.named(key, Amount::Share(share))
        });
        let formula = formula * self.named("explain.wafer_dies", Amount::Number(sold));
        self.step("explain.new_dies", formula, Amount::Rough(there.made_dies));
    }

    /// Packages so far, as so many of the chip of that name by their 16-bit peak.
    pub(super) fn worth(&mut self, quarter: usize, unit: &'static str) {
        let (Some(supply), Some(unit)) = (self.supply(), sim::catalogue::chip(unit)) else {
            return;
        };
        let Some(packages) = supply.cumulative().get(quarter).copied() else {
            return;
        };
        let (own, other) = (self.outcome.package.peaks.bf16, unit.bf16.central);
        let formula = self.named("explain.packages_so_far", Amount::Number(packages))
            * self.named("explain.peak_16", Amount::OpRate(own))
            / self.named("explain.unit_peak", Amount::OpRate(other));
        let told = Amount::Number(packages * (own / other));
        self.step("explain.worth", formula, told);
        self.peak_16();
        self.cite(&["silicon-gap", unit.bf16.source]);
    }

    /// Output of the quarter, and of a wafer.
    pub(super) fn packages_per_month(&mut self) {
        let Some(rate) = self.supply().map(|supply| supply.packages_per_month) else {
            return;
        };
        if rate > 0.0 {
            let quarter = Amount::Number(rate * MONTHS);
            let formula =
                self.named("explain.quarter_output", quarter) / self.bare(Amount::Count(MONTHS));
            self.step("explain.month_output", formula, Amount::Rough(rate));
            self.good_packages();
        }
        self.cite(&["silicon-gap", "semianalysis-ascend-production"]);
    }

    /// Chips wanted over a buyer's part of what is made.
    pub(super) fn wait(&mut self) {
        let order = &self.scenario.order;
        let Some((supply, months)) = self
            .supply()
            .and_then(|supply| Some((supply, supply.months_to_cluster?)))
        else {
            return;
        };
        let made_from = self.scenario.node_since;
        let begins = Quarter::position(order.from);
        let ends = begins + months / MONTHS;
        let mean = made(supply, begins.max(Quarter::position(made_from)), ends)
            / months
            / (DAYS_PER_MONTH * SECONDS_PER_DAY);
        let told = Time::from_days(months * DAYS_PER_MONTH);
        let formula = self.named("explain.chips", Amount::Count(order.packages))
            / (self.named("explain.buyer_share", Amount::Share(order.buyer_share))
                * self.named("explain.mean_output", Amount::Daily(mean)));
        let result = crate::sentences::months(self.lang, Some(months)).unwrap_or_default();
        // A wait of no time has no mean to divide by.
        if formula.value.is_finite() && told.days() >= 2.0 {
            self.step_as("explain.wait", formula, Amount::Time(told), result);
        }
        self.cite(&["silicon-gap", "semianalysis-ascend-production"]);
    }
}

/// Packages made between two positions in the series, whose first and last quarter
/// stand for what is before and after.
fn made(supply: &Supply, from: f64, to: f64) -> f64 {
    let last = QUARTERS - 1;
    (0..QUARTERS)
        .map(|i| {
            let begins = if i == 0 { f64::MIN } else { i as f64 };
            let ends = if i == last { f64::MAX } else { (i + 1) as f64 };
            let length = (to.min(ends) - from.max(begins)).max(0.0);
            supply.quarters[i].packages * length
        })
        .sum()
}
