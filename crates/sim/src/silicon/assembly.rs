//! What it costs to put dies in a package that works.
//!
//! Chiplet Actuary's equations (Feng and Ma, DAC 2022) for an organic
//! substrate, a fan-out layer and a silicon interposer, chips first or last.
//! Source: [chiplet-actuary].

use super::Packaging;
use super::defects::negative_binomial;
use super::memo::{Memo, remembered};
use super::wafer::Wafer;
use units::*;

/// A compute die on its wafer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Die {
    /// Its area.
    pub area: Area,
    /// Wafer price over whole dies.
    pub raw_cost: Money,
    /// Share without a killing defect.
    pub yield_share: f64,
}

/// A redistribution layer or interposer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Layer {
    /// Price of its wafer.
    pub wafer_price: Money,
    /// Its killing defects.
    pub defects: DefectDensity,
    /// Their clustering.
    pub clustering: f64,
    /// Its area over that of the dies.
    pub area_ratio: f64,
    /// Chance that one die is bonded well.
    pub bond_yield_share: f64,
}

/// Whether dies are bonded to a layer that is known to be good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AssemblyOrder {
    /// The layer is made and tested before: a bad one costs no die.
    ChipLast,
    /// The layer is made around the dies: a bad one costs them all, and there
    /// is no bonding to fail.
    ChipFirst,
}

/// How a package is put together, and at what prices.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Assembly {
    /// Which of the three ways.
    pub packaging: Packaging,
    /// Dies first or last, where there is a layer.
    pub order: AssemblyOrder,
    /// The layer, for fan-out and interposer.
    pub layer: Layer,
    /// Geometry of the layer's wafer.
    pub wafer: Wafer,
    /// Price of substrate, and of bumping a die.
    pub substrate_price: MoneyPerArea,
    /// Price of micro-bumps on a die.
    pub micro_bump_price: MoneyPerArea,
    /// Substrate area over that of the dies or the layer.
    pub substrate_area_ratio: f64,
    /// Chance that one die, or one layer, is mounted well on the substrate.
    pub mount_yield_share: f64,
}

/// What carries a package.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Substrate {
    /// Its area.
    pub area: Area,
    /// Its price, of the plainest.
    pub price: MoneyPerArea,
    /// How much dearer the layers inside make it.
    pub layers_ratio: f64,
}

impl Substrate {
    /// What it costs.
    pub fn cost(&self) -> Money {
        self.price * self.area * self.layers_ratio
    }
}

/// A good package's cost by part, without memory.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AssemblyCost {
    /// Dies, as if all were good.
    pub raw_dies: Money,
    /// What bad dies add.
    pub defective_dies: Money,
    /// Substrate and layer, as if all assemblies worked.
    pub raw_package: Money,
    /// What failed assemblies add.
    pub defective_packages: Money,
    /// Good dies lost in failed assemblies.
    pub wasted_dies: Money,
}

impl AssemblyCost {
    /// All parts together.
    pub fn total(&self) -> Money {
        self.raw_dies
            + self.defective_dies
            + self.raw_package
            + self.defective_packages
            + self.wasted_dies
    }
}

thread_local! {
    static LAYERS: Memo<3> = const { Memo::new() };
}

impl Assembly {
    /// Share of dies that end in a package that works.
    pub fn yield_share(&self, carried: &Carried) -> f64 {
        self.yield_shares(carried).0
    }

    /// Cost of a good package of equal dies.
    pub fn cost(&self, die: Die, carried: &Carried) -> AssemblyCost {
        match self.packaging {
            Packaging::Organic => self.organic(die, carried),
            Packaging::FanOut | Packaging::Interposer => self.layered(die, carried),
        }
    }

    /// Area of one layer under dies and memory; none on a substrate.
    pub fn layer_area(&self, carried: &Carried) -> Area {
        match self.packaging {
            Packaging::Organic => Area::new(0.0),
            _ => carried.area() * (self.layer.area_ratio / f64::from(carried.layers.max(1))),
        }
    }

    /// Chance that so many dies or layers are all mounted well on the substrate.
    fn mounted_share(&self, count: u32) -> f64 {
        all_of(self.mount_yield_share, count)
    }

    /// [`Self::yield_share`], and the share of layers without a killing defect.
    pub(super) fn yield_shares(&self, carried: &Carried) -> (f64, f64) {
        match self.packaging {
            Packaging::Organic => (self.mounted_share(carried.dies), 1.0),
            Packaging::FanOut | Packaging::Interposer => {
                let yields = self.layer_yields(carried);
                (yields.kept(self.order), yields.layer)
            }
        }
    }

    /// Layers of that area on a wafer, good or not. Source: [chiplet-actuary].
    pub fn layers_per_wafer(&self, layer_area: Area) -> f64 {
        actuary_dies_per_wafer(layer_area, &self.wafer)
    }

    /// Bumps of a die: those of a substrate, or the finer ones of a layer.
    pub fn bumps(&self, die_area: Area) -> Money {
        match self.packaging {
            Packaging::Organic => self.substrate_price * die_area,
            Packaging::FanOut | Packaging::Interposer => self.micro_bump_price * die_area,
        }
    }

    /// One layer and its bumps, as if all were good; nothing on a substrate.
    pub fn layer_cost(&self, carried: &Carried) -> Money {
        let area = self.layer_area(carried);
        match self.packaging {
            Packaging::Organic => Money::new(0.0),
            _ => self.layer.wafer_price / self.layers_per_wafer(area) + self.substrate_price * area,
        }
    }

    /// The substrate under dies and memory, or under layers.
    pub fn substrate(&self, carried: &Carried) -> Substrate {
        let (area, layers_ratio) = match self.packaging {
            Packaging::Organic => {
                let area = carried.area() * self.substrate_area_ratio;
                (area, organic_layers_factor(area, carried.dies))
            }
            _ => {
                let layers = f64::from(carried.layers);
                let area = self.layer_area(carried) * (self.substrate_area_ratio * layers);
                (area, 1.0)
            }
        };
        Substrate {
            area,
            price: self.substrate_price,
            layers_ratio,
        }
    }

    fn organic(&self, die: Die, carried: &Carried) -> AssemblyCost {
        let count = f64::from(carried.dies);
        let raw_package = self.substrate(carried).cost();
        let raw_dies = (die.raw_cost + self.bumps(die.area)) * count;
        let defective_dies = (die.raw_cost / die.yield_share - die.raw_cost) * count;
        let lost = 1.0 / self.yield_share(carried) - 1.0;
        AssemblyCost {
            raw_dies,
            defective_dies,
            raw_package,
            defective_packages: raw_package * lost,
            wasted_dies: (raw_dies + defective_dies) * lost,
        }
    }

    fn layered(&self, die: Die, carried: &Carried) -> AssemblyCost {
        let count = f64::from(carried.dies);
        let yields = self.layer_yields(carried);
        let layer_cost = self.layer_cost(carried) * f64::from(carried.layers);
        let substrate = self.substrate(carried).cost();
        let raw_dies = (die.raw_cost + self.bumps(die.area)) * count;
        let defective_dies = (die.raw_cost / die.yield_share - die.raw_cost) * count;
        let layers_kept = match self.order {
            AssemblyOrder::ChipLast => yields.layer * yields.bonded * yields.mounted,
            AssemblyOrder::ChipFirst => yields.layer * yields.mounted,
        };
        AssemblyCost {
            raw_dies,
            defective_dies,
            raw_package: layer_cost + substrate,
            defective_packages: layer_cost * (1.0 / layers_kept - 1.0)
                + substrate * (1.0 / yields.mounted - 1.0),
            wasted_dies: (raw_dies + defective_dies) * (1.0 / yields.kept(self.order) - 1.0),
        }
    }

    /// Share of layers of that area without a killing defect. An answer asks for it
    /// four times: for the design and the published chip, counted and paid.
    fn layer_share(&self, area: Area) -> f64 {
        let (defects, clustering) = (self.layer.defects, self.layer.clustering);
        let arguments = [area.get(), defects.get(), clustering];
        remembered(&LAYERS, arguments, || {
            negative_binomial(area, defects, clustering)
        })
    }

    fn layer_yields(&self, carried: &Carried) -> LayerYields {
        LayerYields {
            layer: self.layer_share(self.layer_area(carried)),
            // Dies of one layer are lost together, those of another are not.
            bonded: all_of(
                self.layer.bond_yield_share,
                carried.dies / carried.layers.max(1),
            ),
            mounted: self.mounted_share(carried.layers),
        }
    }
}

/// What a package carries.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Carried {
    /// Compute dies.
    pub dies: u32,
    /// Area of one.
    pub die_area: Area,
    /// Area of the memory stacks beside them. Chiplet Actuary knows none.
    pub memory_area: Area,
    /// Layers that share the dies out: one in Chiplet Actuary, one a die where
    /// dies are joined through the substrate.
    pub layers: u32,
}

impl Carried {
    /// Dies and memory.
    pub fn area(&self) -> Area {
        self.die_area * f64::from(self.dies) + self.memory_area
    }
}

/// Shares of layers that are good, of layers on which every die is bonded well,
/// of packages on which every layer is mounted well.
struct LayerYields {
    layer: f64,
    bonded: f64,
    mounted: f64,
}

impl LayerYields {
    /// Share of dies that end in a package that works.
    fn kept(&self, order: AssemblyOrder) -> f64 {
        match order {
            AssemblyOrder::ChipLast => self.bonded * self.mounted,
            AssemblyOrder::ChipFirst => self.layer * self.mounted,
        }
    }
}

/// Chance that so many work, each with that chance.
fn all_of(chance: f64, count: u32) -> f64 {
    (0..count).fold(1.0, |all, _| all * chance)
}

/// A larger organic substrate needs more layers: one die 1, several 1.5, above
/// 289 mm² 1.75, above 900 mm² 2. Source: [chiplet-actuary].
fn organic_layers_factor(area: Area, dies: u32) -> f64 {
    match area.get() {
        _ if dies <= 1 => 1.0,
        area if area > 900.0 => 2.0,
        area if area > 289.0 => 1.75,
        _ => 1.5,
    }
}

/// Chiplet Actuary's count: a = (√A + s)², N = π(d/2 − e)²/a − π(d − 2e)/√(2a),
/// at least one. Source: [chiplet-actuary].
pub fn actuary_dies_per_wafer(area: Area, wafer: &Wafer) -> f64 {
    let side = area.get().max(0.0).sqrt() + wafer.scribe.get();
    let pitch = side * side;
    let radius = wafer.diameter.get() / 2.0 - wafer.edge.get();
    let pi = std::f64::consts::PI;
    (pi * radius * radius / pitch - pi * 2.0 * radius / (2.0 * pitch).sqrt()).max(1.0)
}
