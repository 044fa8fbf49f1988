//! The same silicon cut into more or fewer dies.

use crate::moved;
use sim::catalogue::NodeRow;
use sim::scenario::Scenario;
use sim::silicon::{self, Design, Foundry, Package};

/// One cut of the reader's silicon.
#[derive(PartialEq)]
pub(crate) struct Cut {
    /// Its node.
    pub(crate) node: &'static str,
    /// Dies that it is cut into.
    pub(crate) dies: u32,
    /// The package that it gives.
    pub(crate) package: Package,
    /// What that costs.
    pub(crate) foundry: Foundry,
}

/// The reader's silicon on a node, cut into so many dies, whether or not that
/// can be made.
pub(crate) fn cut(scenario: &Scenario, node: &'static NodeRow, dies: u32) -> Cut {
    let other = cut_as(scenario, node, dies);
    let package = silicon::package(&other.anchor, &other.design, &other.making);
    let foundry = silicon::foundry(&other.anchor, &other.design, &package, &other.making);
    Cut {
        node: node.id,
        dies,
        package,
        foundry,
    }
}

/// The scenario of that cut. The silicon left for computing stays the same: several dies give
/// up a share of their area to links, and are larger for it.
pub(crate) fn cut_as(scenario: &Scenario, node: &'static NodeRow, dies: u32) -> Scenario {
    let design = &scenario.design;
    // What links leave of each die.
    let left = |dies: u32| {
        let cut = Design { dies, ..*design };
        1.0 - cut.link_area_share(&scenario.making)
    };
    let useful = design.die_area * (f64::from(design.dies) * left(design.dies));
    let mut other = moved(scenario, node, dies);
    other.design.die_area = useful / (f64::from(dies) * left(dies));
    // The memory stays what the reader's own package has, as far as the edge of
    // the dies has room for it.
    let own = design.stacks(&scenario.anchor, &scenario.making);
    let most = other.design.most_stacks(&other.anchor, &other.making);
    let is_own = (node.id, dies) == (scenario.node_id, design.dies);
    other.design.stacks = Some(if is_own { own } else { own.min(most) });
    other
}
