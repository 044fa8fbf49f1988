//! The catalogue: every published figure, as rows baked from `data/*.toml`.
//!
//! The baker (`build/`) checks units, sources, dates and cross-references and
//! writes the rows as Rust literals, so a wrong row does not compile and a
//! browser parses nothing. Rows here are read-only facts; what a reader makes
//! of them is a [`Scenario`](crate::scenario::Scenario).

use crate::date::Date;
mod computing;
mod doubt;
mod fields;
mod law;
mod release;
mod silicon;
mod supply;

pub use computing::{EngineRow, KernelRow, KernelsRow, LlmRow, StackRow};
pub use doubt::{DoubtKind, DoubtRow};
pub use fields::{Bound, Field, Figured, Pen, Unit};
pub use law::{EquipmentRow, Maker, MeasureRow, RegimeRow};
pub use release::{NotAVersion, ReleaseRow, Version};
pub use silicon::{CoresRow, LinkRow, MemoryRow};
pub use supply::{CapacityRow, DomesticRow, FamilyRow, InstalledRow, PoolRow, ReportedRow};

pub use crate::export::{
    Buyer, ClauseRow, Compare, Gate, Metric, ParagraphRow, Posture, RuleKind, RuleRow, Status,
};
pub use crate::llm::{AttentionRow, ExpertsRow, Shape};
pub use crate::silicon::Packaging;
use units::*;

include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));

/// How well a figure is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tier {
    /// The maker's own publication.
    Vendor,
    /// Measured by a third party.
    Measured,
    /// Derived or reported by somebody who had a reason.
    Estimate,
    /// Nobody published it; a plain assumption with a range.
    Guess,
}

/// A figure with its range and its source.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure<Q> {
    /// The lowest value somebody defends.
    pub low: Q,
    /// The value used unless a reader says otherwise.
    pub central: Q,
    /// The highest value somebody defends.
    pub high: Q,
    /// How well it is known.
    pub tier: Tier,
    /// Key into [`SOURCES`].
    pub source: &'static str,
}

/// Where figures come from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SourceRow {
    /// The key that figures cite.
    pub key: &'static str,
    /// Title, in the source's language.
    pub title: &'static str,
    /// Who published it.
    pub publisher: &'static str,
    /// When, as far as known (a year, a month or a day).
    pub published: &'static str,
    /// Where it can be read, if an address is known.
    pub url: Option<&'static str>,
}

/// Whose design a chip is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Designed in China.
    Chinese,
    /// Designed elsewhere.
    Foreign,
}

/// An accelerator as its maker sells it: the anchor that scaling moves from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChipRow {
    /// Public name in links.
    pub id: &'static str,
    /// Name for readers, a proper noun in both languages.
    pub name: &'static str,
    /// A shorter name for charts.
    pub short: &'static str,
    /// Who designs it.
    pub maker: &'static str,
    /// Whose design it is.
    pub origin: Origin,
    /// First day it was sold or shown.
    pub launch: Date,
    /// The article names it, or a part it stands for.
    pub in_article: bool,
    /// Key of the designer whose share of Chinese fabs it draws on, for chips
    /// designed in China.
    pub family: Option<&'static str>,
    /// Key of the node of its compute dies.
    pub node: &'static str,
    /// Key of the software stack it is sold with.
    pub stack: &'static str,
    /// Key of the kernel constants measured on it, or of a prior.
    pub kernels: &'static str,
    /// Key of the server or system it is usually sold in.
    pub system: &'static str,
    /// Day from which fabs abroad may not make its designs, because its designer
    /// is on the US Entity List (for Huawei the foreign-product rule of 2020).
    pub entity_listed: Option<Date>,
    /// Designed or marketed for data centres.
    pub data_centre: bool,
    /// Compute dies in a package.
    pub dies: u32,
    /// Area of one compute die.
    pub die_area: Figure<Area>,
    /// Cores of a die, where its maker says.
    pub cores: Option<CoresRow>,
    /// All logic area on non-planar nodes (the rule's "applicable die area"),
    /// `None` where unpublished.
    pub controlled_area: Option<Figure<Area>>,
    /// Transistors of the package's logic, where published.
    pub transistors: Option<Figure<Transistors>>,
    /// How the package is put together.
    pub packaging: Packaging,
    /// Dense peak at 16 bit.
    pub bf16: Figure<OpRate>,
    /// Dense peak at 8-bit floating point, where the chip has it.
    pub fp8: Option<Figure<OpRate>>,
    /// Dense peak at 8-bit integer, where the chip has it.
    pub int8: Option<Figure<OpRate>>,
    /// Dense peak at 4-bit floating point, where the chip has it.
    pub fp4: Option<Figure<OpRate>>,
    /// Key of its memory's generation.
    pub memory_kind: &'static str,
    /// Memory stacks (or chips, for GDDR) in the package.
    pub stacks: u32,
    /// Memory of the package.
    pub memory: Figure<Bytes>,
    /// Memory bandwidth of the package.
    pub bandwidth: Figure<Bandwidth>,
    /// Scale-up link, one direction.
    pub scale_up: Figure<Bandwidth>,
    /// Chips in a scale-up domain.
    pub domain: u32,
    /// Scale-out link, one direction.
    pub scale_out: Figure<Bandwidth>,
    /// All links to other chips, both directions, memory excluded: what the
    /// rules count. `None` where unpublished.
    pub io: Option<Figure<Bandwidth>>,
    /// Die-to-die link inside the package, one direction, for two or more dies.
    pub die_to_die: Option<Figure<Bandwidth>>,
    /// Package power limit.
    pub tdp: Figure<Power>,
    /// Price of one package or card.
    pub price: Figure<Money>,
}

/// A server or rack: what stands around the chips.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SystemRow {
    /// Public name in links, where it can be chosen as a chip.
    pub id: &'static str,
    /// Name for readers.
    pub name: &'static str,
    /// Chip it is a system of, where it is a product of its own.
    pub chip: Option<&'static str>,
    /// Chips in one.
    pub chips: u32,
    /// Power of hosts, fans, switches and the like per chip, optics excluded.
    pub host_power: Figure<Power>,
    /// Power of optical modules per chip.
    pub optics_power: Figure<Power>,
    /// Price of everything but the chip, per chip.
    pub host_price: Figure<Money>,
}

/// Where a fab stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Country {
    /// Mainland China.
    China,
    /// Anywhere else.
    Abroad,
}

/// A manufacturing process.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NodeRow {
    /// Public name in links.
    pub id: &'static str,
    /// Name for readers.
    pub name: &'static str,
    /// A shorter name for charts.
    pub short: &'static str,
    /// Marketing class in nanometres, for words only.
    pub class_nm: u32,
    /// Where the fab stands.
    pub country: Country,
    /// Key of the fabs whose wafers it shares with nodes alike.
    pub pool: &'static str,
    /// First day of volume products.
    pub since: Date,
    /// Uses extreme-ultraviolet lithography.
    pub euv: bool,
    /// Non-planar transistors, or 16/14 nm and below: "advanced" in the rules.
    pub advanced: bool,
    /// Peak logic density.
    pub density: Figure<TransistorDensity>,
    /// Clock at equal power per transistor, TSMC N7 = 1.
    pub speed_ratio: Figure<f64>,
    /// Energy per operation, TSMC N7 = 1.
    pub energy_ratio: Figure<f64>,
    /// Price of a 300 mm wafer.
    pub wafer_price: Figure<Money>,
    /// Killing defects.
    pub defects: Figure<DefectDensity>,
    /// Exposures of a wafer that EUV would save; their price is part of the wafer's.
    pub extra_passes: Figure<f64>,
    /// Cost of designing for the node, per 300 mm² of design.
    pub design_cost: Figure<Money>,
}

/// Where a cluster stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlaceRow {
    /// Public name in links.
    pub id: &'static str,
    /// Price of electricity.
    pub price: Figure<EnergyPrice>,
    /// Price for sites with Chinese chips only, where there is one.
    pub domestic_price: Option<Figure<EnergyPrice>>,
    /// Carbon intensity.
    pub carbon: Figure<CarbonIntensity>,
    /// Power usage effectiveness.
    pub pue: Figure<f64>,
}

/// A moment that the page offers by name on the restrictions' timeline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MomentRow {
    /// Key of its words.
    pub id: &'static str,
    /// The day.
    pub date: Date,
}

/// A scenario that has a name: a story, or a chip in its own system.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PresetRow {
    /// Public name in links (`p`).
    pub id: &'static str,
    /// The choices, as a link's query without `v` and `p`.
    pub query: &'static str,
}

macro_rules! lookups {
    ($($(#[$doc:meta])* $name:ident: $rows:ident -> $row:ty;)+) => { $(
        $(#[$doc])*
        pub fn $name(id: &str) -> Option<&'static $row> {
            $rows.iter().find(|row| row.id == id)
        }
    )+ };
}

lookups! {
    /// The chip of that id.
    chip: CHIPS -> ChipRow;
    /// The system of that id.
    system: SYSTEMS -> SystemRow;
    /// The node of that id.
    node: NODES -> NodeRow;
    /// The memory of that id.
    memory: MEMORIES -> MemoryRow;
    /// The way to join dies of that id.
    link: LINKS -> LinkRow;
    /// The designer of that id.
    family: FAMILIES -> FamilyRow;
    /// The language model of that id.
    llm: LLMS -> LlmRow;
    /// The place of that id.
    place: PLACES -> PlaceRow;
    /// The software stack of that id.
    stack: STACKS -> StackRow;
    /// The engine of that id.
    engine: ENGINES -> EngineRow;
    /// The kernel constants of that id.
    kernels: KERNELS -> KernelsRow;
    /// The rule of that id.
    rule: RULES -> RuleRow;
    /// The regime of tools of that id.
    regime: REGIMES -> RegimeRow;
    /// The preset of that id.
    preset: PRESETS -> PresetRow;
}

/// The source of that key.
pub fn source(key: &str) -> Option<&'static SourceRow> {
    SOURCES.iter().find(|row| row.key == key)
}
