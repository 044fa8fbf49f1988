//! What a wafer gives, and what a good package costs.

use super::assembly::{AssemblyCost, Carried, Die};
use super::harvest::sellable_share;
use super::wafer::exact_dies_per_wafer;
use super::{Chip, Design, Making, Package};
use units::Money;

/// What a wafer gives and what a good package costs, in dollars. The parts of
/// the cost from `silicon_cost_usd` to `design_cost_usd` add up to
/// `package_cost_usd`; the others are sums of some of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Foundry {
    /// Whole dies on a wafer, good or not.
    pub gross_dies_per_wafer: f64,
    /// Share of dies that can be sold: enough of their cores work.
    pub die_yield_share: f64,
    /// Share of dies without any killing defect.
    pub flawless_die_share: f64,
    /// Share of dies that end in a package that works.
    pub package_yield_share: f64,
    /// Good packages of one wafer.
    pub good_packages_per_wafer: f64,
    /// Good layers (interposers, fan-out) of a wafer; 0 for an organic package.
    pub good_layers_per_wafer: f64,
    /// Layers in a package.
    pub layers_per_package: u32,
    /// Cost of a good package, its part of the design included.
    pub package_cost_usd: f64,
    /// Dies, good and bad: the next three.
    pub dies_cost_usd: f64,
    /// Of it: good dies, as if no wafer area were lost, extra exposures apart.
    pub silicon_cost_usd: f64,
    /// Of it: exposures that EUV would save, on good dies and bad.
    pub extra_passes_cost_usd: f64,
    /// Of it: bad dies.
    pub bad_dies_cost_usd: f64,
    /// Substrate, layer, and what assembly loses: the next two.
    pub assembly_cost_usd: f64,
    /// Of it: substrate and layer, as if every assembly worked.
    pub substrate_cost_usd: f64,
    /// Of it: good dies, layers and memory lost in assemblies that fail.
    pub assembly_losses_usd: f64,
    /// Memory.
    pub memory_cost_usd: f64,
    /// A package's part of the cost of the design.
    pub design_cost_usd: f64,
}

impl Foundry {
    /// The same, costs apart.
    pub fn given(&self) -> Given {
        Given {
            gross_dies_per_wafer: self.gross_dies_per_wafer,
            die_yield_share: self.die_yield_share,
            package_yield_share: self.package_yield_share,
            good_layers_per_wafer: self.good_layers_per_wafer,
            layers_per_package: self.layers_per_package,
        }
    }

    /// The parts of a package's cost, in the order of making.
    pub fn parts(&self) -> [(&'static str, f64); 7] {
        [
            ("silicon", self.silicon_cost_usd),
            ("passes", self.extra_passes_cost_usd),
            ("bad_dies", self.bad_dies_cost_usd),
            ("substrate", self.substrate_cost_usd),
            ("losses", self.assembly_losses_usd),
            ("memory", self.memory_cost_usd),
            ("design", self.design_cost_usd),
        ]
    }
}

/// What a wafer of this design gives and what a package costs.
///
/// Yield: [`sellable_share`] and the model's own; dies:
/// [`exact_dies_per_wafer`]; assembly: [`Assembly::cost`](super::Assembly::cost);
/// design: [`Development::cost`](super::Development::cost). What cannot be made
/// gives no packages, at no cost.
pub fn foundry(anchor: &Chip, design: &Design, package: &Package, making: &Making) -> Foundry {
    let given = given(anchor, design, package, making);
    let model = making.yield_model;
    Foundry {
        flawless_die_share: model.flawless_share(design.die_area, design.node.defects),
        ..foundry_of(given, anchor, design, package, making)
    }
}

/// What a package costs, of what its wafer is known to give: [`foundry`]'s.
pub fn package_cost_usd(
    given: Given,
    anchor: &Chip,
    design: &Design,
    package: &Package,
    making: &Making,
) -> f64 {
    foundry_of(given, anchor, design, package, making).package_cost_usd
}

/// What a wafer gives, costs apart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Given {
    /// [`Foundry::gross_dies_per_wafer`].
    pub gross_dies_per_wafer: f64,
    /// [`Foundry::die_yield_share`].
    pub die_yield_share: f64,
    /// [`Foundry::package_yield_share`].
    pub package_yield_share: f64,
    /// [`Foundry::good_layers_per_wafer`].
    pub good_layers_per_wafer: f64,
    /// [`Foundry::layers_per_package`].
    pub layers_per_package: u32,
}

impl Given {
    /// Something comes of the wafer: a yield too small for a number is none.
    fn is_something(&self, package: &Package) -> bool {
        let good = self.gross_dies_per_wafer * self.die_yield_share * self.package_yield_share;
        good >= 1e-9 && package.is_manufacturable()
    }
}

/// What a wafer of this design gives: [`foundry`] without the costs.
pub fn given(anchor: &Chip, design: &Design, package: &Package, making: &Making) -> Given {
    let carried = carried(anchor, design, package);
    let assembly = &making.assembly;
    let (assembled, good_layers) = assembly.yield_shares(&carried);
    let mut given = Given {
        gross_dies_per_wafer: exact_dies_per_wafer(design.die_area, &making.wafer),
        die_yield_share: sellable_share(
            design.die_area,
            design.node.defects,
            making.yield_model,
            &design.cores,
        ),
        package_yield_share: assembled,
        good_layers_per_wafer: 0.0,
        layers_per_package: 0,
    };
    let layer_area = assembly.layer_area(&carried);
    if layer_area.get() > 0.0 && given.is_something(package) {
        given.good_layers_per_wafer = assembly.layers_per_wafer(layer_area) * good_layers;
        given.layers_per_package = carried.layers;
    }
    given
}

/// What a package carries.
pub fn carried(anchor: &Chip, design: &Design, package: &Package) -> Carried {
    Carried {
        dies: design.dies,
        die_area: design.die_area,
        memory_area: design.generation(anchor).area * f64::from(package.stacks),
        layers: package.layers,
    }
}

/// What putting its dies together costs, of what its wafer is known to give.
pub fn assembled(
    given: Given,
    anchor: &Chip,
    design: &Design,
    package: &Package,
    making: &Making,
) -> AssemblyCost {
    let die = Die {
        area: design.die_area,
        raw_cost: design.node.wafer_price / given.gross_dies_per_wafer,
        yield_share: given.die_yield_share,
    };
    let carried = carried(anchor, design, package);
    making.assembly.cost(die, &carried)
}

/// What its design costs before the first is sold.
pub fn design_cost(anchor: &Chip, design: &Design, package: &Package, making: &Making) -> Money {
    let (carried, assembly) = (carried(anchor, design, package), &making.assembly);
    making.development.cost(
        design.node.design_cost,
        &carried,
        design.die_area * design.link_area_share(making),
        assembly.packaging,
        assembly.layer_area(&carried),
        assembly.substrate(&carried).area,
    )
}

/// All but the share of flawless dies.
fn foundry_of(
    given: Given,
    anchor: &Chip,
    design: &Design,
    package: &Package,
    making: &Making,
) -> Foundry {
    let node = &design.node;
    let generation = design.generation(anchor);
    let (gross, sold) = (given.gross_dies_per_wafer, given.die_yield_share);
    let kept = given.package_yield_share;
    let mut foundry = Foundry {
        gross_dies_per_wafer: gross,
        die_yield_share: sold,
        flawless_die_share: 0.0,
        package_yield_share: kept,
        good_packages_per_wafer: 0.0,
        good_layers_per_wafer: given.good_layers_per_wafer,
        layers_per_package: given.layers_per_package,
        package_cost_usd: 0.0,
        dies_cost_usd: 0.0,
        silicon_cost_usd: 0.0,
        extra_passes_cost_usd: 0.0,
        bad_dies_cost_usd: 0.0,
        assembly_cost_usd: 0.0,
        substrate_cost_usd: 0.0,
        assembly_losses_usd: 0.0,
        memory_cost_usd: 0.0,
        design_cost_usd: 0.0,
    };
    if !given.is_something(package) {
        return foundry;
    }
    let cost = assembled(given, anchor, design, package, making);
    let memory = generation.price * package.memory;
    let design_cost = design_cost(anchor, design, package, making);
    let design_cost = making.development.per_package(design_cost);
    // Extra exposures are a part of the wafer's price, good dies or bad.
    let extra = (making.pass_price * node.extra_passes_count / node.wafer_price).min(1.0);
    let bare_dies = node.wafer_price / gross * f64::from(design.dies);
    let passes = (bare_dies + cost.defective_dies) * extra;
    let losses = cost.defective_packages + cost.wasted_dies + memory * (1.0 / kept - 1.0);
    let dies = cost.raw_dies + cost.defective_dies;
    let substrate = cost.raw_package;

    foundry.good_packages_per_wafer = gross * sold * kept / f64::from(design.dies);
    foundry.silicon_cost_usd = (cost.raw_dies - bare_dies * extra).get();
    foundry.extra_passes_cost_usd = passes.get();
    foundry.bad_dies_cost_usd = (cost.defective_dies * (1.0 - extra)).get();
    foundry.dies_cost_usd = dies.get();
    foundry.substrate_cost_usd = substrate.get();
    foundry.assembly_losses_usd = losses.get();
    foundry.assembly_cost_usd = (substrate + losses).get();
    foundry.memory_cost_usd = memory.get();
    foundry.design_cost_usd = design_cost.get();
    foundry.package_cost_usd = (dies + substrate + losses + memory + design_cost).get();
    foundry
}
