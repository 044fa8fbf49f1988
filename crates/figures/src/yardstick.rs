//! What output is held against: others' reports, and computing power installed
//! elsewhere.

use sim::catalogue::{self, INSTALLED, REPORTED};
use sim::scenario::Scenario;
use sim::silicon::Package;
use sim::supply::Quarter;

/// Quarters of a year.
pub(crate) const YEAR_QUARTERS: f64 = 4.0;
/// The chip in which computing power is counted.
pub(crate) const UNIT: &str = "h100-sxm";

/// How many H100s a package is worth, by 16-bit peak.
pub(crate) fn equivalents(package: &Package) -> f64 {
    catalogue::chip(UNIT).map_or(0.0, |unit| package.peaks.bf16 / unit.bf16.central)
}

/// Packages that others say a designer made in a year: the lowest figure, the
/// central one and the highest, by year.
pub(crate) fn reported(family: &str) -> Vec<(u16, [f64; 3])> {
    REPORTED
        .iter()
        .filter(|row| row.family == family)
        .map(|row| {
            let packages = &row.packages;
            let figures = [packages.low, packages.central, packages.high];
            (row.year as u16, figures)
        })
        .collect()
}

/// H100s' worth installed in the United States at the ends of years: its part of
/// the world's, the lowest figure, the central one and the highest.
pub(crate) fn us_installed(scenario: &Scenario) -> Vec<(u16, [f64; 3])> {
    let share = scenario.rows.assumptions.us_share.central;
    INSTALLED
        .iter()
        .map(|row| {
            let chips = &row.chips;
            let figures = [chips.low, chips.central, chips.high];
            (row.year as u16, figures.map(|figure| figure * share))
        })
        .collect()
}

/// The beginnings of the years of these quarters, and the end of the last.
pub(crate) fn years_of(quarters: impl Iterator<Item = Quarter>) -> Vec<f64> {
    let mut years: Vec<f64> = quarters.map(|quarter| f64::from(quarter.year())).collect();
    years.dedup();
    let end = years.last().map(|last| last + 1.0);
    years.extend(end);
    years
}
