//! What a design costs before the first package is sold (NRE), and its part in
//! each.

use super::Packaging;
use super::assembly::Carried;
use units::*;

/// Constants of the cost of a design, Chiplet Actuary's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Development {
    /// Area that a node's cost of design is quoted for.
    pub quoted_area: Area,
    /// Part of it for what is on the die.
    pub module_share: f64,
    /// Part of it for putting the die together; the rest is fixed.
    pub chip_share: f64,
    /// Area of the module as which a die-to-die link is designed.
    pub link_area: Area,
    /// Design of a substrate, by area.
    pub substrate_price: MoneyPerArea,
    /// Design of a substrate, fixed.
    pub substrate_cost: Money,
    /// Design of a layer, for the quoted area.
    pub layer_cost: Money,
    /// Packages over which the design is spread.
    pub volume_count: f64,
}

impl Development {
    /// Cost of the design of a package of equal dies.
    ///
    /// NRE = N·(m·(A − A_link) + m·A_d2d + c·A)/A₀ + N·(1 − m − c) + package,
    /// with m = 0.5, c = 0.3, A₀ = 300 mm², A_d2d = 20 mm²; a layer is a design
    /// of the node it is made on, fan-out half by area and half fixed.
    /// Source: [chiplet-actuary]. `node_cost` is N, `link_area` what links take
    /// of a die.
    pub fn cost(
        &self,
        node_cost: Money,
        carried: &Carried,
        link_area: Area,
        packaging: Packaging,
        layer_area: Area,
        substrate_area: Area,
    ) -> Money {
        let joined = carried.dies > 1;
        let module = if joined {
            carried.die_area - link_area + self.link_area
        } else {
            carried.die_area
        };
        let die = node_cost
            * (self.module_share * (module / self.quoted_area)
                + self.chip_share * (carried.die_area / self.quoted_area)
                + (1.0 - self.module_share - self.chip_share));
        let by_area = layer_area / self.quoted_area;
        let package = match packaging {
            Packaging::Organic => self.substrate_price * substrate_area + self.substrate_cost,
            Packaging::FanOut => self.layer_cost * (0.5 * by_area + 0.5),
            // A layer has no modules of its own: put together, and its masks, a
            // fifth dearer for its size.
            Packaging::Interposer => {
                self.layer_cost
                    * (1.2
                        * (self.chip_share * by_area + 1.0 - self.module_share - self.chip_share))
            }
        };
        die + package
    }

    /// A package's part of it.
    pub fn per_package(&self, cost: Money) -> Money {
        cost / self.volume_count.max(1.0)
    }
}
