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
    let (resources, recipe) = recipe_of(scenario, package, given, metrics, access)?;
    Some(Supplied {
        supply: supply(resources, &recipe, &scenario.order),
        recipe,
    })
}

/// Its wait alone, for those who ask often.
pub(super) fn wait_of(
    scenario: &Scenario,
    package: &Package,
    given: impl FnOnce() -> Given,
    metrics: &Metrics,
    access: Access,
) -> Option<Wait> {
    let (resources, recipe) = recipe_of(scenario, package, given, metrics, access)?;
    Some(wait(resources, &recipe, &scenario.order))
}

fn recipe_of<'a>(
    scenario: &'a Scenario,
    package: &Package,
    given: impl FnOnce() -> Given,
    metrics: &Metrics,
    access: Access,
) -> Option<(&'a Resources, Recipe)> {
    let resources = scenario.resources.as_ref()?;
    (access.grade() != Grade::Failed).then(|| {
        let recipe = recipe(scenario, resources, package, &given(), metrics);
        (resources, recipe)
    })
}

fn recipe(
    scenario: &Scenario,
    resources: &Resources,
    package: &Package,
    given: &Given,
    metrics: &Metrics,
) -> Recipe {
    let (design, making) = (&scenario.design, &scenario.making);
    let sold = |defects| {
        given.gross_dies_per_wafer
            * sellable_share(design.die_area, defects, making.yield_model, &design.cores)
    };
    // Memory that is sold and that no rule keeps back is bought.
    let sold_abroad = crate::catalogue::memory(scenario.memory_id).is_none_or(|row| row.sold);
    let counted = !sold_abroad || scenario.law().may_deny(metrics, RuleKind::Memory);
    Recipe {
        // Few defects give many dies.
        sold_dies_per_wafer: Ranged {
            low: sold(scenario.defects.high),
            central: given.gross_dies_per_wafer * given.die_yield_share,
            high: sold(scenario.defects.low),
        },
        dies: package.dies,
        assembled_share: given.package_yield_share,
        stacks: if counted { package.stacks } else { 0 },
        packages_per_layer_wafer: given.good_layers_per_wafer
            / f64::from(given.layers_per_package.max(1)),
        uses_bank: scenario.node_id == scenario.own_node_id
            && resources.bank_die == design.die_area,
    }
}
