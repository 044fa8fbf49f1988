//! A scenario's packages by quarter, or why there are none.

use crate::costs::why_not;
use crate::shown::Case;
use crate::yardstick::{equivalents, reported, us_installed};
use sim::catalogue;
use sim::supply::{Band, Quarter, Supply, band};
use words::{Lang, sentences};

/// Why there is no series.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Without {
    /// Made abroad, as many as may be sold.
    Foreign,
    /// Nothing can be made.
    NotMade,
}

impl Without {
    pub(super) fn said(self, lang: Lang, case: &Case) -> String {
        let Case {
            scenario, outcome, ..
        } = *case;
        match self {
            Self::Foreign => lang.text("figure.supply.foreign").to_owned(),
            Self::NotMade => {
                let why = why_not(lang, &outcome.package).unwrap_or_else(|| {
                    let access = sentences::access(lang, scenario, outcome);
                    access.trim_end_matches('.').to_owned()
                });
                lang.fill("figure.supply.not_made", &[("why", &why)])
            }
        }
    }

    pub(super) const fn short(self) -> &'static str {
        match self {
            Self::Foreign => "figure.supply.foreign_short",
            Self::NotMade => "figure.not_made",
        }
    }
}

/// The series in all its forms.
#[derive(PartialEq)]
pub(super) struct Made<'a> {
    /// Short name of the chip.
    pub(super) chip: &'static str,
    pub(super) supply: &'a Supply,
    pub(super) band: Band,
    /// Packages so far as so many H100s, at the end of each quarter.
    pub(super) equivalents: Vec<f64>,
    /// What others said of the chip's designer: years with low, central and high.
    pub(super) reported: Vec<(u16, [f64; 3])>,
    /// H100s' worth installed in the United States at the ends of years.
    pub(super) us: Vec<(u16, [f64; 3])>,
}

impl<'a> Made<'a> {
    pub(super) fn new(case: &Case<'a>) -> Result<Self, Without> {
        let Case {
            scenario, outcome, ..
        } = *case;
        let resources = scenario.resources.as_ref().ok_or(Without::Foreign)?;
        let supplied = outcome.supplied.as_ref().ok_or(Without::NotMade)?;
        let each = equivalents(&outcome.package);
        let chip = catalogue::chip(scenario.chip_id);
        Ok(Self {
            chip: chip.map_or("", |row| row.short),
            supply: &supplied.supply,
            band: band(resources, &supplied.recipe),
            equivalents: supplied
                .supply
                .cumulative()
                .iter()
                .map(|packages| packages * each)
                .collect(),
            reported: chip
                .and_then(|row| row.family)
                .map_or_else(Vec::new, reported),
            us: us_installed(scenario),
        })
    }

    /// Packages of a year.
    pub(super) fn of_year(&self, year: u16) -> f64 {
        Quarter::all()
            .filter(|quarter| quarter.year() == year)
            .map(|quarter| self.supply.quarters[quarter.index()].packages)
            .sum()
    }
}
