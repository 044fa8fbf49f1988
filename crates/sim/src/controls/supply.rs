//! The controls of supply: wafers, memory stacks, money for fabs, who buys and
//! which part. A figure that the reader sets has no range any more.

use super::{Control, Kind};
use crate::catalogue::Buyer;
use crate::supply::{Path, Ranged, YearTotals};
use units::*;

/// The year whose end a path is set at.
const PATH_YEAR: u16 = 2025;
/// The year whose total domestic memory is set by.
const MEMORY_YEAR: u16 = 2026;

/// The path with that level at the end of [`PATH_YEAR`], the rest in proportion.
fn path_with(path: Path, level: f64) -> Ranged<Path> {
    let now = path.end_of(PATH_YEAR);
    Ranged::pinned(if now > 0.0 {
        path.times(level / now)
    } else {
        Path::through([(u32::from(PATH_YEAR), level)].into_iter())
    })
}

/// The totals with that one in [`MEMORY_YEAR`], the rest in proportion; the same
/// in every later year where there was none.
fn totals_with(totals: YearTotals, total: f64) -> Ranged<YearTotals> {
    let now = totals.of_year(MEMORY_YEAR);
    Ranged::pinned(if now > 0.0 {
        totals.times(total / now)
    } else {
        let years = u32::from(MEMORY_YEAR)..u32::from(MEMORY_YEAR) + 3;
        YearTotals::of_years(years.map(|year| (year, total)))
    })
}

/// A figure of what there is: read in some unit, and pinned when written.
macro_rules! resource {
    ($key:literal, $range:expr, $decimals:literal, $unit:expr, $field:ident) => {
        number!(
            $key,
            $range,
            $decimals,
            |s| s.resources.as_ref().map(|r| r.$field.central / $unit),
            |s, n| {
                if let Some(r) = &mut s.resources {
                    r.$field = Ranged::pinned(n * $unit);
                }
            }
        )
    };
}

/// A path of wafers a month, read and set in thousands.
macro_rules! wafers {
    ($key:literal, $field:ident) => {
        number!(
            $key,
            (0.1, 1_000.0),
            1,
            |s| s
                .resources
                .as_ref()
                .map(|r| r.$field.central.end_of(PATH_YEAR) / 1e3),
            |s, n| {
                if let Some(r) = &mut s.resources {
                    r.$field = path_with(r.$field.central, n * 1e3);
                }
            }
        )
    };
}

/// What is written over the resources of the rows.
pub(super) const SUPPLY: &[Control] = &[
    wafers!("wpm", wafers),
    resource!("aishare", (0.0, 1.0), 3, 1.0, ai_share),
    resource!("share", (0.0, 1.0), 3, 1.0, designer_share),
    number!(
        "fund",
        (0.0, 100.0),
        1,
        |s| s.resources.as_ref().map(|r| r.expansion.fund.get() / 1e9),
        |s, n| {
            if let Some(r) = &mut s.resources {
                r.expansion.fund = Money::new(n * 1e9);
            }
        }
    ),
    number!(
        "toolcap",
        (0.0, 100.0),
        1,
        |s| s
            .resources
            .as_ref()
            .map(|r| r.expansion.tool_cap.get() / 1e3),
        |s, n| {
            if let Some(r) = &mut s.resources {
                r.expansion.tool_cap = WaferRate::new(n * 1e3);
            }
        }
    ),
    resource!("bank", (0.0, 20.0), 2, 1e6, bank),
    resource!("hbmstock", (0.0, 100.0), 2, 1e6, stock),
    number!(
        "hbmnew",
        (0.0, 100.0),
        2,
        |s| s
            .resources
            .as_ref()
            .map(|r| r.domestic.central.of_year(MEMORY_YEAR) / 1e6),
        |s, n| {
            if let Some(r) = &mut s.resources {
                r.domestic = totals_with(r.domestic.central, n * 1e6);
            }
        }
    ),
    wafers!("layers", layer_wafers),
    choice!(
        "firm",
        || vec!["state", "platform", "other"],
        |s| Some(match s.buyer {
            Buyer::State => "state",
            Buyer::Platform => "platform",
            Buyer::Other => "other",
        }),
        |s, id| s.buyer = match id {
            "state" => Buyer::State,
            "other" => Buyer::Other,
            _ => Buyer::Platform,
        }
    ),
    choice!(
        "osat",
        || vec!["abroad", "china"],
        |s| Some(if s.packaged_in_china {
            "china"
        } else {
            "abroad"
        }),
        |s, id| s.packaged_in_china = id == "china"
    ),
    number!(
        "buyer",
        (0.0, 1.0),
        3,
        |s| Some(s.order.buyer_share),
        |s, n| s.order.buyer_share = n
    ),
    number!(
        "wait",
        (1.0, 3_650.0),
        0,
        |s| Some(s.order.patience.days()),
        |s, n| s.order.patience = Time::from_days(n)
    ),
];
