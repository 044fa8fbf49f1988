//! How many packages a month, and how long a buyer waits for a cluster.

use super::Book;
use super::formula::Amount;
use sim::supply::{DAYS_PER_MONTH, QUARTERS, Quarter, Supply};
use units::{SECONDS_PER_DAY, Time};

/// Months of a quarter.
const MONTHS: f64 = 3.0;

impl Book<'_> {
    fn supply(&self) -> Option<&Supply> {
        self.outcome.supplied.as_ref().map(|s| &s.supply)
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
