//! Rows of what can be had: wafers, memory stacks, dies from abroad, and what
//! others said of it.

use super::{Country, Figure};
use units::*;

/// Fabs that share their wafers among nodes and designers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PoolRow {
    /// Key.
    pub id: &'static str,
    /// Where they stand.
    pub country: Country,
}

/// Wafers a month of a pool, or of one of its fabs, at the end of a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CapacityRow {
    /// Key.
    pub id: &'static str,
    /// The pool.
    pub pool: &'static str,
    /// The fab, for readers; none where all of the pool are counted together.
    pub fab: Option<&'static str>,
    /// The year.
    pub year: u32,
    /// Its wafers.
    pub wafers: Figure<WaferRate>,
}

/// A designer and its part of what there is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FamilyRow {
    /// Key.
    pub id: &'static str,
    /// Name for readers.
    pub name: &'static str,
    /// Its share of AI wafers, memory stacks and interposers in China.
    pub share: Figure<f64>,
    /// Memory stacks that it bought before they were barred.
    pub stock: Figure<f64>,
    /// Generations that they may be of.
    pub stock_of: &'static [&'static str],
    /// Good dies that it had made abroad.
    pub bank: Option<Figure<f64>>,
    /// Area of one of them.
    pub bank_die: Option<Figure<Area>>,
}

/// Memory stacks of a generation made in China in a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DomesticRow {
    /// Key.
    pub id: &'static str,
    /// The generation.
    pub memory: &'static str,
    /// The year.
    pub year: u32,
    /// Stacks.
    pub stacks: Figure<f64>,
}

/// H100-equivalents installed in the world at the end of a year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InstalledRow {
    /// Key.
    pub id: &'static str,
    /// The year.
    pub year: u32,
    /// H100-equivalents.
    pub chips: Figure<f64>,
}

/// What others said a designer made in a year, in packages.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReportedRow {
    /// Key.
    pub id: &'static str,
    /// The designer.
    pub family: &'static str,
    /// The year.
    pub year: u32,
    /// Packages, lowest and highest that somebody said.
    pub packages: Figure<f64>,
}
