//! How many packages can be made, quarter by quarter, and what holds them back.

mod made;
mod said;

use self::made::{Made, Without};
use self::said::{caption, what_binds};
use crate::origin::Of;
use crate::reading::along;
use crate::shown::{Joined, Shown, joined, of_b};
use crate::yardstick::{UNIT, YEAR_QUARTERS, us_installed, years_of};
use crate::{Cell, Figure, Table, cell};
use charts::{Axis, Drawing, LinesSpec, Panel, Scale, Series, Zone, lines, series_style};
use sim::catalogue::DATA_DATE;
use sim::outcome::supplied_by;
use sim::scenario::Scenario;
use sim::supply::Quarter;
use words::Lang;
use words::explain::Subject;
use words::sentences::{Distance, apart};

/// Ticks of computing power: each ten times the one before.
const TENFOLD: [f64; 9] = [1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];
/// Packages a quarter with their range and what others reported, and the
/// computing power that they add up to beside that of the United States.
pub fn supply(shown: &Shown) -> Figure {
    let lang = shown.lang;
    let title = lang.text("figure.supply.title").to_owned();
    let own = Made::new(&shown.own);
    let other = shown.other.as_ref().map(Made::new);
    let caption = match &own {
        Ok(made) => caption(lang, shown.own.scenario, made),
        Err(without) => without.said(lang, &shown.own),
    };
    let caption = shown.caption(caption, |_| versus(lang, &own, other.as_ref()?));
    let made = [
        own.as_ref().ok(),
        other.as_ref().and_then(|b| b.as_ref().ok()),
    ];
    let table_of = |(made, of): (Option<&Made>, Of)| Some(table(lang, of, made?));
    let tables = [(made[0], Of::OWN), (made[1], Of::OTHER)].map(table_of);
    let mut table = match tables {
        [None, None] => joined(lang, yardstick(lang, shown.own.scenario), None),
        // Whoever has no series has no rows.
        [a, b] => {
            let theirs = shown.other.map(|_| rows_of(b.clone(), &a));
            joined(lang, rows_of(a, &b), theirs)
        }
    };
    if made[0].is_some() {
        table.table = with_draws(shown, &table);
    }
    let drawing = match &own {
        Err(without) if made[1].is_none() => bare(shown, *without, (&title, &caption)),
        _ => chart(shown, made, &table, (&title, &caption)),
    };
    Figure {
        id: "figure-supply",
        drawing,
        title,
        caption,
        table: table.table,
    }
}

/// The numbers of a draw: packages of each quarter; infinitely few of what cannot be
/// made.
pub(crate) fn sample(scenario: &Scenario) -> Vec<f64> {
    let supplied = supplied_by(scenario);
    let made = |quarter: Quarter| {
        let supply = supplied.as_ref().map(|supplied| &supplied.supply);
        supply.map_or(f64::NEG_INFINITY, |supply| {
            supply.quarters[quarter.index()].packages
        })
    };
    Quarter::all().map(made).collect()
}

/// The table with where the draws of A's packages lie.
fn with_draws(shown: &Shown, joined: &Joined) -> Table {
    let (lang, table) = (shown.lang, joined.table.clone());
    let Some(along) = shown.along() else {
        return table;
    };
    shown.with_ranges(table, lang.text("figure.supply.made"), &|row| {
        let quarter = joined.rows[0].iter().position(|own| *own == row)?;
        let ends = along.range(quarter)?.ends();
        Some(ends.map(|end| cell::number_or_none(lang, end, 3)))
    })
}

/// How the computing power that B's packages add up to differs.
fn versus(lang: Lang, a: &Result<Made, Without>, b: &Result<Made, Without>) -> Option<String> {
    if a == b {
        return None;
    }
    let say = |count: f64| lang.number(count, 2);
    let year = Quarter::all().last().map_or(0, Quarter::year).to_string();
    let value = |count: f64| {
        let values = [("value", &*say(count)), ("year", &*year)];
        lang.fill("figure.supply.versus", &values)
    };
    let worth = |made: &Made| made.equivalents.last().copied();
    Some(match (a, b) {
        (_, Err(Without::Foreign)) => lang.text("figure.supply.foreign_other").to_owned(),
        (_, Err(Without::NotMade)) => [lang.text("compare.not_made"), "."].concat(),
        (Err(Without::Foreign), Ok(b)) => [&of_b(lang, &value(worth(b)?)), "."].concat(),
        (a, Ok(b)) => {
            let numbers = [a.as_ref().ok().and_then(worth), worth(b)];
            apart(lang, numbers, &value, Distance::Quantity(&say))
        }
    })
}

/// The chart that says why there is no series.
fn bare(shown: &Shown, without: Without, (title, caption): (&str, &str)) -> Drawing {
    let lang = shown.lang;
    let mut frame = shown.frame("supply", title, caption);
    frame.no_data = lang.text(without.short()).to_owned();
    let format = |value: f64| lang.count(value);
    lines(&LinesSpec {
        frame,
        x: Axis::new("", Scale::Linear, &format),
        panels: Vec::new(),
        rules: Vec::new(),
        zone: None,
    })
}

/// What output would be held against, where there is none.
fn yardstick(lang: Lang, scenario: &Scenario) -> Table {
    let rows = us_installed(scenario)
        .into_iter()
        .map(|(year, [low, central, high])| {
            vec![
                year.to_string().into(),
                cell::number(lang, central, 2),
                span(lang, low, high, 2),
            ]
        });
    Table {
        head: ["year", "us", "us_range"]
            .map(|key| lang.text(&format!("figure.supply.{key}")).to_owned())
            .to_vec(),
        rows: rows.collect(),
    }
}

/// The rows of a table, or none under the head of another.
fn rows_of(table: Option<Table>, like: &Option<Table>) -> Table {
    table.unwrap_or_else(|| Table {
        head: like
            .as_ref()
            .map_or_else(Vec::new, |like| like.head.clone()),
        rows: Vec::new(),
    })
}

fn span(lang: Lang, low: f64, high: f64, significant: usize) -> Cell {
    let [from, to] = [low, high].map(|end| lang.number(end, significant));
    Cell::range(lang.range(&from, &to, ""), [low, high], "")
}

fn chart(
    shown: &Shown,
    [made, other]: [Option<&Made>; 2],
    table: &Joined,
    (title, caption): (&str, &str),
) -> Drawing {
    let lang = shown.lang;
    let short = |value: f64| lang.short_count(value);
    let year = |value: f64| format!("{value:.0}");
    let years = years_of(Quarter::all());
    let mut x = Axis::new("", Scale::Linear, &year);
    x.ticks = years.clone();
    x.range = years.first().copied().zip(years.last().copied());
    let place = |quarters: f64| years[0] + quarters / YEAR_QUARTERS;
    let middles = || Quarter::all().map(|quarter| (place(quarter.middle()), quarter.index()));
    let made_a_quarter = |made: &Made| {
        let line = Series {
            label: made.chip.to_owned(),
            style: series_style(0),
            points: middles().map(|(x, i)| (x, made.band[i].1)).collect(),
            ..Series::default()
        };
        if shown.drawn.is_some() {
            return shown.in_band(line, middles());
        }
        let ends = middles().map(|(x, i)| (x, made.band[i].0, made.band[i].2));
        Series {
            band: ends.collect(),
            ..line
        }
    };
    let so_far = |made: &Made| Series {
        label: made.chip.to_owned(),
        style: series_style(0),
        points: Quarter::all()
            .map(|quarter| (place(quarter.end()), made.equivalents[quarter.index()]))
            .collect(),
        ..Series::default()
    };
    // A's line and B's, whichever there are.
    let both = |line: &dyn Fn(&Made) -> Series| match (shown.other.is_some(), made, other) {
        (false, made, _) => made.map(line).into_iter().collect(),
        (true, made, other) => shown.held_against(
            made.map(line).unwrap_or_default(),
            other.map(line).unwrap_or_default(),
            0,
        ),
    };
    let us = made.or(other).map_or(&[][..], |made| &made.us);
    let in_us = Series {
        label: lang.text("figure.supply.us_line").to_owned(),
        points: us
            .iter()
            .map(|(year, [_, central, _])| (f64::from(*year) + 1.0, *central))
            .collect(),
        band: us
            .iter()
            .map(|(year, [low, _, high])| (f64::from(*year) + 1.0, *low, *high))
            .collect(),
        style: series_style(2),
        ..Series::default()
    };
    let panel = |name: String, scale: Scale, series: Vec<Series>| {
        Panel::new(Axis::new(name, scale, &short), series)
    };
    let so_far = std::iter::once(in_us).chain(both(&so_far)).collect();
    let key = if us.is_empty() {
        "so_far"
    } else {
        "so_far_ranged"
    };
    let so_far_name = lang.text(&["figure.supply.", key].concat()).to_owned();
    let mut so_far = panel(so_far_name, Scale::Log, so_far);
    so_far.y.ticks = TENFOLD.to_vec();
    so_far.y.range = from_a_tick(&so_far);
    let a_quarter = made.and_then(|made| said_by_others(lang, made));
    let a_quarter = a_quarter.into_iter().chain(both(&made_a_quarter));
    let a_quarter_name = match shown.drawn {
        Some(_) => shown.shaded(lang.text("figure.supply.a_quarter")),
        None => lang.text("figure.supply.a_quarter_ranged").to_owned(),
    };
    let mut a_quarter = panel(a_quarter_name, Scale::FromZero, a_quarter.collect());
    let said = |at: fn(Quarter) -> f64, columns: &[usize]| {
        let places = [made, other].map(|made| {
            let quarters = made.iter().flat_map(|_| Quarter::all());
            let place = |quarter: Quarter| (quarter.index(), place(at(quarter)));
            quarters.map(place).collect()
        });
        along(lang, table, places, columns)
    };
    so_far.said = said(Quarter::end, &[5, 6]);
    a_quarter.said = said(Quarter::middle, &[1, 2, 3, 4, 7, 8, 9]);
    let from = |scenario: &Scenario| place(Quarter::position(scenario.order.from));
    lines(&LinesSpec {
        frame: shown.frame("supply", title, caption),
        x,
        panels: vec![a_quarter, so_far],
        rules: shown.rules(
            Some(from(shown.own.scenario)),
            shown.other.map(|b| from(b.scenario)),
            lang.text("figure.supply.here"),
        ),
        zone: Some(Zone {
            from: place(Quarter::position(DATA_DATE)),
            to: years[years.len() - 1],
            label: lang.text("figure.supply.outlook").to_owned(),
            ..Zone::default()
        }),
    })
}

/// The span of a panel from a tick under its lowest point.
fn from_a_tick(panel: &Panel) -> Option<(f64, f64)> {
    let points = panel
        .series
        .iter()
        .flat_map(|line| line.points.iter().map(|p| p.1));
    let least = points.clone().filter(|y| *y > 0.0).reduce(f64::min)?;
    let bands = panel
        .series
        .iter()
        .flat_map(|line| line.band.iter().map(|b| b.2));
    let most = points.chain(bands).fold(least, f64::max);
    let low = TENFOLD.into_iter().rfind(|tick| *tick <= least);
    Some((low.unwrap_or(least), most))
}

/// What others reported, level over each year; their range is told in the table.
fn said_by_others(lang: Lang, made: &Made) -> Option<Series> {
    let ends = |year: u16| [f64::from(year), f64::from(year) + 1.0];
    (!made.reported.is_empty()).then(|| Series {
        label: lang.text("figure.supply.reported_line").to_owned(),
        points: made
            .reported
            .iter()
            .flat_map(|(year, [_, central, _])| ends(*year).map(|at| (at, central / YEAR_QUARTERS)))
            .collect(),
        style: series_style(1),
        ..Series::default()
    })
}

fn table(lang: Lang, of: Of, made: &Made) -> Table {
    let head = [
        "quarter", "made", "range", "binds", "reported", "so_far", "us",
    ]
    .map(|key| lang.text(&format!("figure.supply.{key}")).to_owned())
    .to_vec();
    let none = || Cell::from(lang.text("figure.none"));
    let rows = Quarter::all().map(|quarter| {
        let output = made.supply.quarters[quarter.index()];
        let (low, central, high) = made.band[quarter.index()];
        let said = made.reported.iter().find(|row| row.0 == quarter.year());
        let us = made.us.iter().find(|row| row.0 == quarter.year());
        let us = us.filter(|_| quarter.number() == 4);
        vec![
            lang.fill(
                "figure.supply.quarter_name",
                &[
                    ("number", &quarter.number().to_string()),
                    ("year", &quarter.year().to_string()),
                ],
            )
            .into(),
            cell::number(lang, central, 3).by(of.origin(Subject::Quarter(quarter.index()))),
            span(lang, low, high, 3),
            what_binds(lang, output.bottleneck).into(),
            said.map_or_else(none, |(_, [low, _, high])| {
                span(lang, low / YEAR_QUARTERS, high / YEAR_QUARTERS, 2)
            }),
            cell::number(lang, made.equivalents[quarter.index()], 3)
                .by(of.origin(Subject::Worth(quarter.index(), UNIT))),
            us.map_or_else(none, |(_, [_, central, _])| cell::number(lang, *central, 3)),
        ]
    });
    Table {
        head,
        rows: rows.collect(),
    }
}
