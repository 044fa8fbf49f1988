//! Quarters, and levels between the ends of years.

use crate::date::Date;

/// First year of the series.
const FIRST_YEAR: u16 = 2024;
/// Years of the series.
const YEARS: usize = 5;
/// Quarters of the series: 2024 to 2028.
pub const QUARTERS: usize = YEARS * 4;

/// A quarter of the series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quarter(usize);

impl Quarter {
    /// The quarter at that place, from 0.
    pub fn at(index: usize) -> Self {
        Self(index.min(QUARTERS - 1))
    }

    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        (0..QUARTERS).map(Self)
    }

    /// Its place, from 0.
    pub fn index(self) -> usize {
        self.0
    }

    /// Its year.
    pub fn year(self) -> u16 {
        FIRST_YEAR + (self.0 / 4) as u16
    }

    /// Its number in the year, from 1.
    pub fn number(self) -> u8 {
        (self.0 % 4) as u8 + 1
    }

    /// Its middle, in quarters from January 2024.
    pub fn middle(self) -> f64 {
        self.0 as f64 + 0.5
    }

    /// Its end, in quarters from January 2024.
    pub fn end(self) -> f64 {
        self.0 as f64 + 1.0
    }

    /// Where a day lies, in quarters from January 2024; months are taken as
    /// equal.
    pub fn position(day: Date) -> f64 {
        let years = f64::from(day.year()) - f64::from(FIRST_YEAR);
        let months = f64::from(day.month()) - 1.0 + (f64::from(day.day()) - 1.0) / 31.0;
        years * 4.0 + months / 3.0
    }
}

/// A level known at the ends of years, straight between them and level beyond.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Path {
    /// At the ends of 2023 to 2028.
    ends: [f64; YEARS + 1],
}

impl Path {
    /// The path through these points, each a year and its end's level; a year
    /// that is missing has that of the nearest one before, or after.
    pub fn through(points: impl Iterator<Item = (u32, f64)> + Clone) -> Self {
        Self {
            ends: std::array::from_fn(|i| {
                let year = u32::from(FIRST_YEAR) - 1 + i as u32;
                let before = points
                    .clone()
                    .filter(|(y, _)| *y <= year)
                    .max_by_key(|p| p.0);
                let after = points
                    .clone()
                    .filter(|(y, _)| *y > year)
                    .min_by_key(|p| p.0);
                before.or(after).map_or(0.0, |(_, level)| level)
            }),
        }
    }

    /// The level in the middle of a quarter.
    pub fn middle_of(&self, quarter: Quarter) -> f64 {
        let years = quarter.middle() / 4.0;
        let whole = (years as usize).min(YEARS - 1);
        let (from, to) = (self.ends[whole], self.ends[whole + 1]);
        from + (to - from) * (years - whole as f64)
    }

    /// The level at the end of a year.
    pub fn end_of(&self, year: u16) -> f64 {
        let i = usize::from(year.saturating_sub(FIRST_YEAR - 1));
        self.ends[i.min(YEARS)]
    }

    /// Every level times a ratio.
    pub fn times(self, ratio: f64) -> Self {
        Self {
            ends: self.ends.map(|level| level * ratio),
        }
    }
}

/// Totals of years, spread evenly over their quarters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct YearTotals {
    totals: [f64; YEARS],
}

impl YearTotals {
    /// The sums of these, each a year and an amount; a year that is missing has
    /// none.
    pub fn of_years(amounts: impl Iterator<Item = (u32, f64)>) -> Self {
        let mut totals = [0.0; YEARS];
        for (year, amount) in amounts {
            let i = year.checked_sub(u32::from(FIRST_YEAR)).map(|i| i as usize);
            if let Some(total) = i.and_then(|i| totals.get_mut(i)) {
                *total += amount;
            }
        }
        Self { totals }
    }

    /// A quarter's part.
    pub fn of(&self, quarter: Quarter) -> f64 {
        self.totals[quarter.index() / 4] / 4.0
    }

    /// A year's total.
    pub fn of_year(&self, year: u16) -> f64 {
        let i = usize::from(year.saturating_sub(FIRST_YEAR));
        self.totals[i.min(YEARS - 1)]
    }

    /// Every total times a ratio.
    pub fn times(self, ratio: f64) -> Self {
        Self {
            totals: self.totals.map(|total| total * ratio),
        }
    }
}
