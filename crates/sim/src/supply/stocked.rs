//! What a quarter has to make packages of, for whoever explains its output.

use super::{Level, QUARTERS, Quarter, Recipe, Resources, quarter_by_quarter};

/// What there was in a quarter to make packages of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stocked {
    /// Good dies, those that quarters before left over among them.
    pub dies: f64,
    /// Of these, made in this quarter.
    pub made_dies: f64,
    /// Wafers a month from which they were made, of all the node's fabs.
    pub wafers: f64,
    /// The node's part of its full output.
    pub ramp_share: f64,
    /// Memory stacks, those left over among them.
    pub stacks: f64,
    /// Packages that the quarter's layers carry, before assembly; without limit
    /// where none is needed.
    pub layers: f64,
    /// Packages that dies, memory and layers each would let be made; without limit
    /// where none is needed.
    pub allowed: [f64; 3],
}

/// What there was in each quarter, every input at its middle.
pub fn stocked(resources: &Resources, recipe: &Recipe) -> Vec<Stocked> {
    let mut found = Vec::with_capacity(QUARTERS);
    let mut next = quarter_by_quarter(
        resources,
        recipe,
        |_| Level::Central,
        |there| found.push(there),
    );
    for quarter in Quarter::all() {
        next(quarter);
    }
    drop(next);
    found
}
