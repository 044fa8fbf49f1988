//! Rows of what a chip is put together from: cores, memory, links.

use super::Figure;
use crate::date::Date;
use units::*;

/// Cores of a die: those built, and those that must work for it to be sold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CoresRow {
    /// Built.
    pub built: u32,
    /// Sold.
    pub sold: u32,
    /// Source.
    pub source: &'static str,
}

/// A generation of memory: one stack, or one chip on the board.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MemoryRow {
    /// Public name in links.
    pub id: &'static str,
    /// Name for readers.
    pub name: &'static str,
    /// Key of a generation that a redesigned package replaces by this one.
    pub stands_in_for: Option<&'static str>,
    /// Others may buy it, where no rule keeps it back.
    pub sold: bool,
    /// First day of volume products.
    pub since: Date,
    /// Capacity.
    pub capacity: Figure<Bytes>,
    /// Its bandwidth.
    pub bandwidth: Figure<Bandwidth>,
    /// Die edge that it needs.
    pub edge: Figure<Length>,
    /// Its outline on the package; none on the board.
    pub area: Figure<Area>,
    /// Energy of a byte read or written, interface and controller included.
    pub energy: Figure<EnergyPerByte>,
    /// Price.
    pub price: Figure<MoneyPerByte>,
}

/// A way to join the dies of a package.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LinkRow {
    /// Public name in links.
    pub id: &'static str,
    /// It needs a fan-out layer or an interposer under the dies.
    pub needs_layer: bool,
    /// Rate that a length of die edge carries, both directions together.
    pub edge_bandwidth: Figure<BandwidthPerLength>,
    /// Energy of what is sent.
    pub energy: Figure<EnergyPerByte>,
    /// Share of a die that the link takes.
    pub area_share: Figure<f64>,
}
