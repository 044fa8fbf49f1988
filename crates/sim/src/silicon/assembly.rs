//! What it costs to put dies in a package that works.
//!
//! Chiplet Actuary's equations (Feng and Ma, DAC 2022) for an organic
//! substrate, a fan-out layer and a silicon interposer, chip-last.
//! Source: [chiplet-actuary].

use super::Packaging;
use super::defects::negative_binomial;
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

/// How a package is put together, and at what prices.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Assembly {
    /// Which of the three ways.
    pub packaging: Packaging,
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

impl Assembly {
    /// Share of assemblies that work, given good dies. A bad layer is found
    /// before dies are bonded to it (chip-last), so it costs a layer, no dies.
    pub fn yield_share(&self, die_area: Area, dies: u32) -> f64 {
        let mounted = libm::pow(self.mount_yield_share, f64::from(dies));
        match self.packaging {
            Packaging::Organic => mounted,
            Packaging::FanOut | Packaging::Interposer => {
                let (_, bonded, mounted) = self.layer_yields(die_area, dies);
                bonded * mounted
            }
        }
    }

    /// Cost of a good package of `dies` equal dies.
    pub fn cost(&self, die: Die, dies: u32) -> AssemblyCost {
        match self.packaging {
            Packaging::Organic => self.organic(die, dies),
            Packaging::FanOut | Packaging::Interposer => self.layered(die, dies),
        }
    }

    fn organic(&self, die: Die, dies: u32) -> AssemblyCost {
        let count = f64::from(dies);
        let area = die.area * (count * self.substrate_area_ratio);
        let raw_package = self.substrate_price * area * organic_layers_factor(area, dies);
        let bumped = die.raw_cost + self.substrate_price * die.area;
        let raw_dies = bumped * count;
        let defective_dies = (die.raw_cost / die.yield_share - die.raw_cost) * count;
        let lost = 1.0 / self.yield_share(die.area, dies) - 1.0;
        AssemblyCost {
            raw_dies,
            defective_dies,
            raw_package,
            defective_packages: raw_package * lost,
            wasted_dies: (raw_dies + defective_dies) * lost,
        }
    }

    fn layered(&self, die: Die, dies: u32) -> AssemblyCost {
        let count = f64::from(dies);
        let layer_area = die.area * (count * self.layer.area_ratio);
        let (layer_yield, bonded, mounted) = self.layer_yields(die.area, dies);
        let layer_cost = self.layer.wafer_price / actuary_dies_per_wafer(layer_area, &self.wafer)
            + self.substrate_price * layer_area;
        let substrate = self.substrate_price * layer_area * self.substrate_area_ratio;
        let raw_dies = (die.raw_cost + self.micro_bump_price * die.area) * count;
        let defective_dies = (die.raw_cost / die.yield_share - die.raw_cost) * count;
        AssemblyCost {
            raw_dies,
            defective_dies,
            raw_package: layer_cost + substrate,
            defective_packages: layer_cost * (1.0 / (layer_yield * bonded * mounted) - 1.0)
                + substrate * (1.0 / mounted - 1.0),
            wasted_dies: (raw_dies + defective_dies) * (1.0 / (bonded * mounted) - 1.0),
        }
    }

    /// Yields of the layer, of bonding all dies to it, of mounting it.
    fn layer_yields(&self, die_area: Area, dies: u32) -> (f64, f64, f64) {
        let layer_area = die_area * (f64::from(dies) * self.layer.area_ratio);
        (
            negative_binomial(layer_area, self.layer.defects, self.layer.clustering),
            libm::pow(self.layer.bond_yield_share, f64::from(dies)),
            self.mount_yield_share,
        )
    }
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
pub(super) fn actuary_dies_per_wafer(area: Area, wafer: &Wafer) -> f64 {
    let side = area.get().max(0.0).sqrt() + wafer.scribe.get();
    let pitch = side * side;
    let radius = wafer.diameter.get() / 2.0 - wafer.edge.get();
    let pi = std::f64::consts::PI;
    (pi * radius * radius / pitch - pi * 2.0 * radius / (2.0 * pitch).sqrt()).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tool's own geometry and die yield, to reproduce its figures.
    fn actuary(node: (f64, f64), packaging: Packaging) -> (impl Fn(f64, u32) -> Die, Assembly) {
        let wafer = Wafer {
            diameter: Length::new(300.0),
            edge: Length::new(5.0),
            scribe: Length::new(0.2),
            field_width: Length::new(26.0),
        };
        let (price, density) = node;
        let die = move |area: f64, _: u32| {
            let area = Area::new(area);
            Die {
                area,
                raw_cost: Money::new(price) / actuary_dies_per_wafer(area, &wafer),
                yield_share: negative_binomial(area, DefectDensity::new(density), 10.0),
            }
        };
        let layer = match packaging {
            Packaging::FanOut => Layer {
                wafer_price: Money::new(1200.0),
                defects: DefectDensity::new(0.05),
                clustering: 3.0,
                area_ratio: 1.2,
                bond_yield_share: 0.98,
            },
            _ => Layer {
                wafer_price: Money::new(1937.0),
                defects: DefectDensity::new(0.06),
                clustering: 6.0,
                area_ratio: 1.1,
                bond_yield_share: 0.95,
            },
        };
        let assembly = Assembly {
            packaging,
            layer,
            wafer,
            substrate_price: MoneyPerArea::new(0.005),
            micro_bump_price: MoneyPerArea::new(0.01),
            substrate_area_ratio: 4.0,
            mount_yield_share: 0.99,
        };
        (die, assembly)
    }

    const N5: (f64, f64) = (16_988.0, 0.11);
    const N7: (f64, f64) = (9_346.0, 0.09);
    const N14: (f64, f64) = (3_984.0, 0.08);

    /// Published parts of a cost, and published totals, to the cent.
    #[test]
    fn costs_are_the_published_ones_to_the_cent() {
        use Packaging::{FanOut, Interposer, Organic};
        // 800 mm² of modules; several dies pay a tenth more area for the link.
        let cases = [
            (N5, Organic, 800.0, 1, 698.578),
            (N5, Organic, 440.0, 2, 516.236),
            (N5, FanOut, 440.0, 2, 578.894),
            (N5, Interposer, 440.0, 2, 641.455),
            (N5, Organic, 176.0, 5, 383.610),
            (N5, Interposer, 176.0, 5, 560.645),
            (N7, Organic, 800.0, 1, 342.022),
            (N7, Organic, 440.0, 2, 281.023),
            (N7, FanOut, 440.0, 2, 336.431),
            (N7, Interposer, 440.0, 2, 383.438),
            (N14, Organic, 800.0, 1, 147.486),
            (N14, Organic, 440.0, 2, 138.715),
            (N14, Interposer, 440.0, 2, 227.333),
            (N7, Interposer, 665.61, 2, 752.770),
        ];
        for (node, packaging, area, dies, published) in cases {
            let (die, assembly) = actuary(node, packaging);
            let total = assembly.cost(die(area, dies), dies).total().get();
            assert!(
                (total - published).abs() < 0.005,
                "{packaging:?} {dies} × {area}: {total} against {published}"
            );
        }
    }

    #[test]
    fn the_parts_of_a_cost_are_the_published_ones() {
        let (die, assembly) = actuary(N5, Packaging::Interposer);
        let cost = assembly.cost(die(440.0, 2), 2);
        let parts = [
            cost.raw_dies,
            cost.defective_dies,
            cost.raw_package,
            cost.defective_packages,
            cost.wasted_dies,
        ];
        for (part, published) in parts
            .into_iter()
            .zip([299.506, 175.657, 65.595, 44.046, 56.652])
        {
            assert!(
                (part.get() - published).abs() < 0.005,
                "{part:?} against {published}"
            );
        }
    }

    #[test]
    fn a_known_good_die_costs_what_was_published() {
        let (die, _) = actuary(N7, Packaging::Organic);
        let die = die(665.61, 1);
        assert!((die.yield_share - 0.558896).abs() < 5e-7);
        assert!((die.raw_cost.get() - 128.1393).abs() < 5e-5);
        assert!((die.raw_cost.get() / die.yield_share - 229.2722).abs() < 5e-5);
    }
}
