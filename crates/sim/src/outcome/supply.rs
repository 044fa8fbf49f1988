//! How many packages there can be, and when the reader has a cluster of them.

use super::{Access, Grade};
use crate::export::{Metrics, RuleKind};
use crate::scenario::Scenario;
use crate::silicon::{Given, Package, sellable_share};
use crate::supply::{Ranged, Recipe, Resources, Supply, Wait, supply, wait};

/// What a package takes, and what there is of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Supplied {
    /// What a package takes.
    pub recipe: Recipe,
    /// The series and the reader's wait.
    pub supply: Supply,
}

/// Supply of a Chinese design that can be made, by a fab that may and is able to;
/// `None` for any other chip.
pub(super) fn supplied(
    scenario: &Scenario,
    package: &Package,
    given: impl FnOnce() -> Given,
    metrics: &Metrics,
    access: Access,
) -> Option<Supplied> {
    let resources = resources_of(scenario, access)?;
    let given = given();
    let mut recipe = recipe(scenario, resources, package, &given, metrics);
    let (design, model) = (&scenario.design, scenario.making.yield_model);
    let sold = |defects| {
        given.gross_dies_per_wafer * sellable_share(design.die_area, defects, model, &design.cores)
    };
    // Few defects give many dies.
    recipe.sold_dies_per_wafer.low = sold(scenario.defects.high);
    recipe.sold_dies_per_wafer.high = sold(scenario.defects.low);
    Some(Supplied {
        supply: supply(resources, &recipe, &scenario.order),
        recipe,
    })
}

/// Its wait alone, for those who ask often: no range has a say in it.
pub(super) fn wait_of(
    scenario: &Scenario,
    package: &Package,
    given: impl FnOnce() -> Given,
    metrics: &Metrics,
    access: Access,
) -> Option<Wait> {
    let resources = resources_of(scenario, access)?;
    let recipe = recipe(scenario, resources, package, &given(), metrics);
    Some(wait(resources, &recipe, &scenario.order))
}

/// What there is, where a chip may be made at all.
fn resources_of(scenario: &Scenario, access: Access) -> Option<&Resources> {
    let resources = scenario.resources.as_ref();
    resources.filter(|_| access.grade() != Grade::Failed)
}

/// What a package takes, its yield without a range.
fn recipe(
    scenario: &Scenario,
    resources: &Resources,
    package: &Package,
    given: &Given,
    metrics: &Metrics,
) -> Recipe {
    // Memory that is sold and that no rule keeps back is bought.
    let sold_abroad = crate::catalogue::memory(scenario.memory_id).is_none_or(|row| row.sold);
    let counted = !sold_abroad || scenario.law().may_deny(metrics, RuleKind::Memory);
    Recipe {
        sold_dies_per_wafer: Ranged::pinned(given.gross_dies_per_wafer * given.die_yield_share),
        dies: package.dies,
        assembled_share: given.package_yield_share,
        stacks: if counted { package.stacks } else { 0 },
        packages_per_layer_wafer: given.good_layers_per_wafer
            / f64::from(given.layers_per_package.max(1)),
        uses_bank: scenario.node_id == scenario.own_node_id
            && resources.bank_die == scenario.design.die_area,
    }
}
