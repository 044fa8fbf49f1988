//! Rows of the law beside the United States rules: Chinese measures, controls of
//! tools, and what tools let Chinese fabs do.

use super::{Buyer, Figure, Gate, Status};
use crate::date::Date;

/// One Chinese measure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MeasureRow {
    /// Key.
    pub id: &'static str,
    /// First day.
    pub from: Date,
    /// First day it no longer applies.
    pub until: Option<Date>,
    /// Chips it names; empty means every foreign chip.
    pub chips: &'static [&'static str],
    /// Buyers whom it binds; empty means every one.
    pub buyers: &'static [Buyer],
    /// What it does.
    pub gate: Gate,
    /// Source.
    pub source: &'static str,
}

/// Whose makers of tools a control binds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Maker {
    /// American ones, and others that use American parts.
    UnitedStates,
    /// Dutch ones.
    Netherlands,
    /// Japanese ones.
    Japan,
}

/// A control of tools for making chips.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EquipmentRow {
    /// Key of its words.
    pub id: &'static str,
    /// Whose makers it binds.
    pub by: Maker,
    /// What became of it.
    pub status: Status,
    /// First day.
    pub from: Date,
    /// First day it no longer applies.
    pub until: Option<Date>,
    /// Source.
    pub source: &'static str,
}

/// What Chinese fabs can do with the tools that are let through, against the
/// figures of the nodes and capacities.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RegimeRow {
    /// Public name in links.
    pub id: &'static str,
    /// First day.
    pub from: Date,
    /// Smallest class of node that they make in volume, in nanometres.
    pub finest_nm: u32,
    /// Tools for new wafers can be had.
    pub new_tools: bool,
    /// Killing defects over the data's.
    pub defects_ratio: Figure<f64>,
    /// Exposures for want of EUV over the data's.
    pub passes_ratio: Figure<f64>,
    /// What a year adds to the planned wafers, or takes.
    pub growth: Figure<f64>,
}

impl MeasureRow {
    /// In force on that day.
    pub fn in_force(&self, date: Date) -> bool {
        self.from <= date && self.until.is_none_or(|until| date < until)
    }
}

impl RegimeRow {
    /// The regime of that day: the last that had begun. The data has them in order.
    pub fn of(date: Date) -> &'static Self {
        let begun = |regime: &&Self| regime.from <= date;
        let last = super::REGIMES.iter().rev().find(begun);
        last.unwrap_or(&super::REGIMES[0])
    }

    /// The first day of the next regime; `None` after the last.
    pub fn until(&self) -> Option<Date> {
        super::REGIMES
            .iter()
            .map(|regime| regime.from)
            .filter(|from| *from > self.from)
            .min()
    }
}
