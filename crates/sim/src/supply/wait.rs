//! The reader's cluster in what a designer makes.

use super::quarter_by_quarter;
use super::{Bottleneck, Level, MONTHS, Order, Output, QUARTERS, Quarter, Recipe, Resources};

/// Longest wait that is counted, in quarters.
const LONGEST_WAIT: f64 = 400.0;

/// When the reader has a cluster.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Wait {
    /// Packages of a month when gathering begins; none before the node's first
    /// products.
    pub packages_per_month: f64,
    /// Months until the reader has the cluster; `None` where that never ends.
    pub months_to_cluster: Option<f64>,
    /// What binds while it is gathered: the quarter in which it is complete, or
    /// the last.
    pub bottleneck: Bottleneck,
}

/// The reader's wait alone: quarters after it are not made.
pub fn wait(resources: &Resources, recipe: &Recipe, order: &Order) -> Wait {
    made_until(resources, recipe, order, 0).1
}

/// The wait, and as many quarters as it takes, or that many.
pub(super) fn made_until(
    resources: &Resources,
    recipe: &Recipe,
    order: &Order,
    least: usize,
) -> (Vec<Output>, Wait) {
    let mut next = quarter_by_quarter(resources, recipe, |_| Level::Central, |_| ());
    let mut made = Vec::with_capacity(QUARTERS);
    let mut output = |quarter| {
        while made.len() <= quarter {
            made.push(next(Quarter::at(made.len())));
        }
        made[quarter]
    };
    if let Some(last) = least.checked_sub(1) {
        output(last);
    }
    // Before the series its first quarter stands, from the node's first products.
    let mut at = |position: f64| output((position.max(0.0) as usize).min(QUARTERS - 1));
    let begins = Quarter::position(order.from);
    let made_from = Quarter::position(resources.node_since);
    let mut position = begins.max(made_from);
    let mut missing = order.packages;
    let mut months = Some(0.0);
    while missing > 0.0 {
        // Beyond the series the last quarter goes on.
        let last = position >= (QUARTERS - 1) as f64;
        let until = if last {
            position + LONGEST_WAIT
        } else {
            position.floor() + 1.0
        };
        let rate = at(position).packages * order.buyer_share;
        if rate * (until - position) >= missing {
            position += missing / rate;
            missing = 0.0;
        } else if last {
            months = None;
            break;
        } else {
            missing -= rate * (until - position);
            position = until;
        }
    }
    let months = months.map(|_| (position - begins) * MONTHS);
    let wait = Wait {
        packages_per_month: if begins < made_from {
            0.0
        } else {
            at(begins).packages / MONTHS
        },
        months_to_cluster: months,
        // A hair earlier: a cluster complete at a quarter's end is of that quarter.
        bottleneck: at((position - 1e-9).max(begins)).bottleneck,
    };
    (made, wait)
}
