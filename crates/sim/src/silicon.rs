//! The chip: an anchor, moved; and what a wafer gives of it.
//!
//! A catalogue chip reproduces its published figures at its own node, die
//! count and die area. [`package`] moves everything that depends on them;
//! [`foundry`] says how many good packages a wafer gives and what one costs.

mod assembly;
mod defects;
mod harvest;
mod scaling;
mod wafer;

pub use assembly::{Assembly, AssemblyCost, Die, Layer};
pub use defects::{bose_einstein, murphy, negative_binomial, poisson, seeds};
pub use harvest::{Cores, harvested, harvested_clustered};
pub use scaling::package;
pub use wafer::{
    Wafer, exact_dies_per_wafer, exponential_dies_per_wafer, first_order_dies_per_wafer,
};

use units::*;

/// How dies are joined in a package (Chiplet Actuary's three cases).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packaging {
    /// Dies on an organic substrate.
    Organic,
    /// Fan-out redistribution layer.
    FanOut,
    /// Silicon interposer.
    Interposer,
}

/// What a process does to a design, relative to TSMC N7 where it is a ratio.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    /// Peak logic density.
    pub density: TransistorDensity,
    /// Clock at equal power per transistor.
    pub speed_ratio: f64,
    /// Energy per operation at full clock.
    pub energy_ratio: f64,
    /// Price of a wafer.
    pub wafer_price: Money,
    /// Killing defects.
    pub defects: DefectDensity,
}

/// Dense peaks by number format; `None` where the chip lacks the format.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Peaks {
    /// 16-bit floating point.
    pub bf16: OpRate,
    /// 8-bit floating point.
    pub fp8: Option<OpRate>,
    /// 8-bit integer.
    pub int8: Option<OpRate>,
    /// 4-bit floating point.
    pub fp4: Option<OpRate>,
}

impl Peaks {
    fn scaled(self, ratio: f64) -> Self {
        let scale = |peak: OpRate| peak * ratio;
        Self {
            bf16: scale(self.bf16),
            fp8: self.fp8.map(scale),
            int8: self.int8.map(scale),
            fp4: self.fp4.map(scale),
        }
    }
}

/// A chip as published: the anchor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chip {
    /// Process of its compute dies.
    pub node: Node,
    /// Compute dies.
    pub dies: u32,
    /// Area of one.
    pub die_area: Area,
    /// Non-planar logic area of the package, where published.
    pub controlled_area: Option<Area>,
    /// Transistors of the package, where published.
    pub transistors: Option<Transistors>,
    /// Dense peaks of the package.
    pub peaks: Peaks,
    /// Memory stacks.
    pub stacks: u32,
    /// Memory of the package.
    pub memory: Bytes,
    /// Its bandwidth.
    pub bandwidth: Bandwidth,
    /// Scale-up link, one direction.
    pub scale_up: Bandwidth,
    /// Scale-out link, one direction.
    pub scale_out: Bandwidth,
    /// Links to other chips, both directions, where published.
    pub io: Option<Bandwidth>,
    /// Die-to-die link, one direction, where it has two dies or more.
    pub die_to_die: Option<Bandwidth>,
    /// Package power limit.
    pub tdp: Power,
}

/// What the reader makes of the chip.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Design {
    /// Process of the compute dies.
    pub node: Node,
    /// Compute dies.
    pub dies: u32,
    /// Area of one.
    pub die_area: Area,
}

/// Limits and constants of chip making.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Making {
    /// Largest field that a scanner exposes.
    pub reticle: Area,
    /// Largest interposer or multi-die assembly, in reticles.
    pub package_reticles: f64,
    /// Area of a memory stack.
    pub stack_area: Area,
    /// Power that a package can shed, if its anchor sheds no more.
    pub cooling: Power,
    /// Share of the power limit that goes to logic at full clock.
    pub logic_power_share: f64,
    /// Lowest supply voltage, full clock's = 1.
    pub voltage_floor_ratio: f64,
    /// Share of a die given to links when the package has two dies or more.
    pub link_area_share: f64,
    /// Die-to-die link of a chip whose maker never built one, one direction.
    pub die_to_die: Bandwidth,
    /// Clustering of defects (α).
    pub clustering: f64,
    /// Wafer geometry.
    pub wafer: Wafer,
    /// How packages are put together.
    pub assembly: Assembly,
    /// Price of memory.
    pub memory_price: MoneyPerByte,
}

/// Why a design is not what its maker would want.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "kebab-case")
)]
pub enum Limit {
    /// The die is larger than the scanner's field.
    BeyondReticle,
    /// Dies and memory are larger than any package made.
    BeyondPackage,
    /// Memory and links alone draw more than the package can shed.
    BeyondCooling,
    /// The clock is lowered to stay within the power limit.
    Power,
}

/// The package that a design gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Package {
    /// Dense peaks.
    pub peaks: Peaks,
    /// Memory stacks.
    pub stacks: u32,
    /// Memory.
    pub memory: Bytes,
    /// Its bandwidth.
    pub bandwidth: Bandwidth,
    /// Scale-up link, one direction.
    pub scale_up: Bandwidth,
    /// Scale-out link, one direction.
    pub scale_out: Bandwidth,
    /// Links to other chips, both directions, where known.
    pub io: Option<Bandwidth>,
    /// Compute dies.
    pub dies: u32,
    /// Die-to-die link, one direction, for two dies or more.
    pub die_to_die: Option<Bandwidth>,
    /// Power at full load.
    pub power: Power,
    /// Clock, the anchor's full clock on this node = 1.
    pub clock_ratio: f64,
    /// Non-planar logic area, where known.
    pub controlled_area: Option<Area>,
    /// Transistors of the compute dies by density × area (an upper bound).
    pub transistors: Transistors,
    /// What it runs into.
    pub limits: Vec<Limit>,
}

impl Package {
    /// It can be made at all: no limit of geometry stands in the way.
    pub fn is_manufacturable(&self) -> bool {
        self.limits.iter().all(|limit| *limit == Limit::Power)
    }
}

/// What a wafer gives and what a good package costs.
#[derive(Clone, Copy, Debug, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Foundry {
    /// Whole dies on a wafer, good or not.
    pub gross_dies_per_wafer: f64,
    /// Share of dies without a killing defect.
    pub die_yield_share: f64,
    /// Share of assemblies that work.
    pub package_yield_share: f64,
    /// Good packages of one wafer.
    pub good_packages_per_wafer: f64,
    /// Cost of a good package, dollars: dies, assembly, memory.
    pub package_cost_usd: f64,
    /// Of it: good dies and the bad ones they carry.
    pub dies_cost_usd: f64,
    /// Of it: substrate, interposer, bonding and what bonding wastes.
    pub assembly_cost_usd: f64,
    /// Of it: memory.
    pub memory_cost_usd: f64,
}

/// What a wafer of this design gives and what a package costs.
///
/// Yield: [`negative_binomial`]; dies: [`exact_dies_per_wafer`]; assembly:
/// [`Assembly::cost`]. A die beyond the reticle gives no packages, at no cost.
pub fn foundry(design: &Design, package: &Package, making: &Making) -> Foundry {
    let gross = exact_dies_per_wafer(design.die_area, &making.wafer);
    let yield_share = negative_binomial(design.die_area, design.node.defects, making.clustering);
    let die = Die {
        area: design.die_area,
        raw_cost: if gross > 0.0 {
            design.node.wafer_price / gross
        } else {
            Money::new(0.0)
        },
        yield_share,
    };
    let count = f64::from(design.dies);
    let cost = making.assembly.cost(die, design.dies);
    let package_yield_share = making.assembly.yield_share(die.area, design.dies);
    let memory = making.memory_price * package.memory;
    let makes = gross > 0.0 && package.is_manufacturable();
    let money = |cost: Money| if makes { cost.get() } else { 0.0 };
    Foundry {
        gross_dies_per_wafer: gross,
        die_yield_share: yield_share,
        package_yield_share,
        good_packages_per_wafer: if makes {
            gross * yield_share * package_yield_share / count
        } else {
            0.0
        },
        package_cost_usd: money(cost.total() + memory),
        dies_cost_usd: money(cost.raw_dies + cost.defective_dies),
        assembly_cost_usd: money(cost.raw_package + cost.defective_packages + cost.wasted_dies),
        memory_cost_usd: money(memory),
    }
}
