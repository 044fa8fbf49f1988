//! The chip: an anchor, moved; and what a wafer gives of it.
//!
//! A catalogue chip reproduces its published figures at its own node, die
//! count and die area. [`package`] moves everything that depends on them;
//! [`foundry`] says how many good packages a wafer gives and what one costs.

mod assembly;
mod defects;
mod development;
mod foundry;
mod harvest;
mod links;
mod memo;
mod plateaus;
mod scaling;
mod stacks;
mod wafer;

pub use assembly::{
    Assembly, AssemblyCost, AssemblyOrder, Carried, Die, Layer, Substrate, actuary_dies_per_wafer,
};
pub use defects::{YieldModel, bose_einstein, murphy, negative_binomial, poisson, seeds};
pub use development::Development;
pub use foundry::{
    Foundry, Given, assembled, carried, design_cost, foundry, given, package_cost_usd,
};
pub use harvest::{Cores, harvested, sellable_share};
pub use links::Link;
pub use scaling::{nearest_possible, package};
pub use stacks::Stack;
pub use wafer::{
    Wafer, corrected_dies_per_wafer, exact_dies_per_wafer, exponential_dies_per_wafer,
    first_order_dies_per_wafer,
};

use units::*;

/// How a package is put together (Chiplet Actuary's three cases).
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
    /// Exposures of a wafer that EUV would save; within the wafer's price.
    pub extra_passes_count: f64,
    /// Cost of designing for it, for the area that [`Development`] quotes.
    pub design_cost: Money,
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
    /// Cores of one, and those sold.
    pub cores: Cores,
    /// Non-planar logic area of the package, where published.
    pub controlled_area: Option<Area>,
    /// Transistors of the package, where published.
    pub transistors: Option<Transistors>,
    /// Dense peaks of the package.
    pub peaks: Peaks,
    /// Memory stacks.
    pub stacks: u32,
    /// Their generation, as such.
    pub memory_stack: Stack,
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

impl Chip {
    /// The design that it is.
    pub fn as_design(&self) -> Design {
        Design {
            node: self.node,
            dies: self.dies,
            die_area: self.die_area,
            cores: self.cores,
            link: None,
            die_to_die: None,
            memory: None,
            stacks: None,
        }
    }
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
    /// Cores of one, and those that must work.
    pub cores: Cores,
    /// How dies are joined; `None`: as published.
    pub link: Option<Link>,
    /// Rate between two dies, one direction; `None`: what the link gives.
    pub die_to_die: Option<Bandwidth>,
    /// Another generation of memory; `None`: the chip's own.
    pub memory: Option<Stack>,
    /// Stacks; `None`: as many per edge as the chip has.
    pub stacks: Option<u32>,
}

/// Limits and constants of chip making.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Making {
    /// Largest field that a scanner exposes.
    pub reticle: Area,
    /// Largest interposer or multi-die assembly, in reticles.
    pub package_reticles: f64,
    /// Power that a package can shed, if its anchor sheds no more.
    pub cooling: Power,
    /// Share of the power limit that goes to logic at full clock.
    pub logic_power_share: f64,
    /// Lowest supply voltage, full clock's = 1.
    pub voltage_floor_ratio: f64,
    /// Share of a die given to a published link, with two dies or more.
    pub link_area_share: f64,
    /// Die-to-die link of a chip whose maker never built one, one direction.
    pub die_to_die: Bandwidth,
    /// Link, one direction, that makes dies one device.
    pub one_device_link: Bandwidth,
    /// Energy of a published die-to-die link.
    pub own_link_energy: EnergyPerByte,
    /// Share of a die's rim that a link to one neighbour takes.
    pub link_edge_share: f64,
    /// Share of the rim left by neighbours that memory may take.
    pub memory_edge_share: f64,
    /// How killing defects fall.
    pub yield_model: YieldModel,
    /// Price of one exposure that EUV would save.
    pub pass_price: Money,
    /// Wafer geometry.
    pub wafer: Wafer,
    /// How packages are put together.
    pub assembly: Assembly,
    /// What a design costs.
    pub development: Development,
}

/// Why a design is not what its maker would want.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// The die is larger than the scanner's field.
    BeyondReticle,
    /// Dies and memory are larger than any package made.
    BeyondPackage,
    /// More memory stacks than the dies' edge has room for.
    BeyondEdge,
    /// The link asked for runs in a layer that an organic package lacks.
    LinkLacksLayer,
    /// Stacked memory is wired through a layer that an organic package lacks.
    MemoryLacksLayer,
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
    /// Devices that programs see: one where the link makes the dies one.
    pub devices: u32,
    /// Wiring layers under the dies, where the package has any.
    pub layers: u32,
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
