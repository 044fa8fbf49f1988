//! How many packages can be made, quarter by quarter, and what holds them back.

use crate::costs::why_not;
use crate::reading::of_row;
use crate::yardstick::{YEAR_QUARTERS, equivalents, reported, us_installed, years_of};
use crate::{Figure, Table, frame};
use charts::{
    Axis, Drawing, LinesSpec, Panel, Rule, Said, Scale, Series, Zone, lines, series_style,
};
use sim::catalogue::{self, DATA_DATE};
use sim::outcome::{Outcome, Supplied};
use sim::scenario::Scenario;
use sim::supply::{Band, Bottleneck, DAYS_PER_MONTH, Quarter, Resources, Supply, band};
use words::{Lang, sentences};

/// Ticks of computing power: each ten times the one before.
const TENFOLD: [f64; 9] = [1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];
/// Packages a quarter with their range and what others reported, and the
/// computing power that they add up to beside that of the United States.
pub fn supply(lang: Lang, scenario: &Scenario, outcome: &Outcome, width: u32) -> Figure {
    let title = lang.text("figure.supply.title").to_owned();
    match (&scenario.resources, &outcome.supplied) {
        (Some(resources), Some(supplied)) => {
            let made = Made::new(scenario, outcome, resources, supplied);
            let caption = caption(lang, scenario, &made);
            let table = table(lang, &made);
            Figure {
                id: "figure-supply",
                drawing: chart(lang, scenario, (&made, &table), &title, &caption, width),
                title,
                caption,
                table,
            }
        }
        (None, _) => {
            let caption = lang.text("figure.supply.foreign").to_owned();
            bare(
                lang,
                scenario,
                title,
                caption,
                "figure.supply.foreign_short",
                width,
            )
        }
        (Some(_), None) => {
            let why = why_not(lang, &outcome.package).unwrap_or_else(|| {
                let access = sentences::access(lang, scenario, outcome);
                access.trim_end_matches('.').to_owned()
            });
            let caption = lang.fill("figure.supply.not_made", &[("why", &why)]);
            bare(lang, scenario, title, caption, "figure.not_made", width)
        }
    }
}

/// The series in all its forms.
struct Made<'a> {
    /// Short name of the chip.
    chip: &'static str,
    supply: &'a Supply,
    band: Band,
    /// Packages so far as so many H100s, at the end of each quarter.
    equivalents: Vec<f64>,
    /// What others said of the chip's designer: years with low, central and high.
    reported: Vec<(u16, [f64; 3])>,
    /// H100s' worth installed in the United States at the ends of years.
    us: Vec<(u16, [f64; 3])>,
}

impl<'a> Made<'a> {
    fn new(
        scenario: &Scenario,
        outcome: &Outcome,
        resources: &Resources,
        supplied: &'a Supplied,
    ) -> Self {
        let each = equivalents(&outcome.package);
        let chip = catalogue::chip(scenario.chip_id);
        Self {
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
        }
    }

    /// Packages of a year.
    fn of_year(&self, year: u16) -> f64 {
        Quarter::all()
            .filter(|quarter| quarter.year() == year)
            .map(|quarter| self.supply.quarters[quarter.index()].packages)
            .sum()
    }
}

/// A figure without a series: no chart, and the yardstick in its table.
fn bare(
    lang: Lang,
    scenario: &Scenario,
    title: String,
    caption: String,
    words: &str,
    width: u32,
) -> Figure {
    let mut frame = frame(lang, "supply", &title, &caption, width);
    frame.no_data = lang.text(words).to_owned();
    let format = |value: f64| lang.count(value);
    let spec = LinesSpec {
        frame,
        x: Axis::new("", Scale::Linear, &format),
        panels: Vec::new(),
        rule: None,
        zone: None,
    };
    let rows = us_installed(scenario)
        .into_iter()
        .map(|(year, [low, central, high])| {
            vec![
                year.to_string(),
                lang.number(central, 2),
                span(lang, low, high),
            ]
        });
    Figure {
        id: "figure-supply",
        drawing: lines(&spec),
        title,
        caption,
        table: Table {
            head: ["year", "us", "us_range"]
                .map(|key| lang.text(&format!("figure.supply.{key}")).to_owned())
                .to_vec(),
            rows: rows.collect(),
        },
    }
}

fn span(lang: Lang, low: f64, high: f64) -> String {
    lang.range(&lang.number(low, 2), &lang.number(high, 2), "")
}

fn chart(
    lang: Lang,
    scenario: &Scenario,
    (made, table): (&Made, &Table),
    title: &str,
    caption: &str,
    width: u32,
) -> Drawing {
    let short = |value: f64| lang.short_count(value);
    let year = |value: f64| format!("{value:.0}");
    let years = years_of(Quarter::all());
    let mut x = Axis::new("", Scale::Linear, &year);
    x.ticks = years.clone();
    x.range = years.first().copied().zip(years.last().copied());
    let place = |quarters: f64| years[0] + quarters / YEAR_QUARTERS;
    let own = Series {
        label: made.chip.to_owned(),
        style: series_style(0),
        ..Series::default()
    };
    let made_a_quarter = Series {
        points: Quarter::all()
            .map(|quarter| (place(quarter.middle()), made.band[quarter.index()].1))
            .collect(),
        band: Quarter::all()
            .map(|quarter| {
                let (low, _, high) = made.band[quarter.index()];
                (place(quarter.middle()), low, high)
            })
            .collect(),
        ..own.clone()
    };
    let so_far = Series {
        points: Quarter::all()
            .map(|quarter| (place(quarter.end()), made.equivalents[quarter.index()]))
            .collect(),
        ..own
    };
    let in_us = Series {
        label: lang.text("figure.supply.us_line").to_owned(),
        points: made
            .us
            .iter()
            .map(|(year, [_, central, _])| (f64::from(*year) + 1.0, *central))
            .collect(),
        band: made
            .us
            .iter()
            .map(|(year, [low, _, high])| (f64::from(*year) + 1.0, *low, *high))
            .collect(),
        style: series_style(2),
        ..Series::default()
    };
    let panel = |key: &str, scale: Scale, series: Vec<Series>| {
        let key = format!("figure.supply.{key}");
        Panel::new(Axis::new(lang.text(&key), scale, &short), series)
    };
    let said = |at: fn(Quarter) -> f64, columns: &[usize]| {
        Quarter::all()
            .map(|quarter| Said {
                x: place(at(quarter)),
                y: None,
                text: of_row(lang, table, quarter.index(), columns),
            })
            .collect()
    };
    let mut so_far = panel("so_far", Scale::Log, vec![in_us, so_far]);
    so_far.y.ticks = TENFOLD.to_vec();
    so_far.said = said(Quarter::end, &[5, 6]);
    let a_quarter = said_by_others(lang, made)
        .into_iter()
        .chain([made_a_quarter]);
    let mut a_quarter = panel("a_quarter", Scale::FromZero, a_quarter.collect());
    a_quarter.said = said(Quarter::middle, &[1, 2, 3, 4]);
    lines(&LinesSpec {
        frame: frame(lang, "supply", title, caption, width),
        x,
        panels: vec![a_quarter, so_far],
        rule: Some(Rule {
            x: place(Quarter::position(scenario.order.from)),
            label: lang.text("figure.supply.here").to_owned(),
        }),
        zone: Some(Zone {
            from: place(Quarter::position(DATA_DATE)),
            to: years[years.len() - 1],
            label: lang.text("figure.supply.outlook").to_owned(),
        }),
    })
}

/// What others reported, level over each year.
fn said_by_others(lang: Lang, made: &Made) -> Option<Series> {
    let ends = |year: u16| [f64::from(year), f64::from(year) + 1.0];
    (!made.reported.is_empty()).then(|| Series {
        label: lang.text("figure.supply.reported_line").to_owned(),
        points: made
            .reported
            .iter()
            .flat_map(|(year, [_, central, _])| ends(*year).map(|at| (at, central / YEAR_QUARTERS)))
            .collect(),
        band: made
            .reported
            .iter()
            .flat_map(|(year, [low, _, high])| {
                ends(*year).map(|at| (at, low / YEAR_QUARTERS, high / YEAR_QUARTERS))
            })
            .collect(),
        style: series_style(1),
        ..Series::default()
    })
}

/// The finding: what binds when, the model against reports, the reader's wait,
/// and what it all adds up to.
fn caption(lang: Lang, scenario: &Scenario, made: &Made) -> String {
    let wait = match made.supply.months_to_cluster {
        Some(months) => lang.fill(
            "figure.supply.wait",
            &[
                ("chips", &lang.count(scenario.order.packages)),
                ("share", &lang.percent(scenario.order.buyer_share)),
                (
                    "time",
                    &lang.days((months * DAYS_PER_MONTH).round().max(1.0)),
                ),
            ],
        ),
        None => lang.fill(
            "figure.supply.never",
            &[("chips", &lang.count(scenario.order.packages))],
        ),
    };
    let against = made
        .reported
        .iter()
        // The last: shares and paces were chosen with 2025 in sight.
        .max_by_key(|(year, _)| *year)
        .map(|(year, [low, _, high])| {
            lang.fill(
                "figure.supply.against",
                &[
                    ("year", &year.to_string()),
                    ("made", &lang.number(made.of_year(*year), 2)),
                    ("reported", &span(lang, *low, *high)),
                ],
            )
        });
    let us = made.us.last().zip(made.equivalents.last());
    let share = us.map(|((year, [_, central, _]), own)| {
        lang.fill(
            "figure.supply.share",
            &[
                ("year", &year.to_string()),
                ("share", &lang.percent(own / central)),
            ],
        )
    });
    [Some(binding(lang, made.supply)), against, Some(wait), share]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

/// What binds, one after the other, and from when on.
fn spells(supply: &Supply) -> Vec<(Bottleneck, Quarter)> {
    let mut spells: Vec<(Bottleneck, Quarter)> = Vec::new();
    for quarter in Quarter::all() {
        let binds = supply.quarters[quarter.index()].bottleneck;
        if spells.last().is_none_or(|(last, _)| *last != binds) {
            spells.push((binds, quarter));
        }
    }
    spells
}

/// What binds over the years, as a sentence.
fn binding(lang: Lang, supply: &Supply) -> String {
    let spells = spells(supply);
    let mut until: Vec<String> = spells
        .windows(2)
        .map(|pair| {
            lang.fill(
                "figure.supply.until",
                &[
                    ("what", what_binds(lang, pair[0].0)),
                    ("when", &season(lang, pair[1].1)),
                ],
            )
        })
        .collect();
    let last = spells
        .last()
        .map_or("", |(binds, _)| what_binds(lang, *binds));
    if until.is_empty() {
        return lang.fill("figure.supply.always", &[("what", last)]);
    }
    until.push(lang.fill("figure.supply.then", &[("what", last)]));
    lang.fill("figure.supply.binding", &[("spells", &until.join(", "))])
}

fn what_binds(lang: Lang, bottleneck: Bottleneck) -> &'static str {
    let key = match bottleneck {
        Bottleneck::Logic => "figure.supply.logic",
        Bottleneck::Memory => "figure.supply.memory",
        Bottleneck::Interposer => "figure.supply.interposer",
        Bottleneck::Node => "figure.supply.node",
    };
    lang.find(key).unwrap_or_default()
}

/// The beginning of a quarter, as a part of its year.
fn season(lang: Lang, quarter: Quarter) -> String {
    let key = match quarter.number() {
        1 => "figure.supply.early",
        4 => "figure.supply.late",
        _ => "figure.supply.middle",
    };
    lang.fill(key, &[("year", &quarter.year().to_string())])
}

fn table(lang: Lang, made: &Made) -> Table {
    let head = [
        "quarter", "made", "range", "binds", "reported", "so_far", "us",
    ]
    .map(|key| lang.text(&format!("figure.supply.{key}")).to_owned())
    .to_vec();
    let none = || lang.text("figure.none").to_owned();
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
            ),
            lang.number(central, 3),
            lang.range(&lang.number(low, 3), &lang.number(high, 3), ""),
            what_binds(lang, output.bottleneck).to_owned(),
            said.map_or_else(none, |(_, [low, _, high])| {
                span(lang, low / YEAR_QUARTERS, high / YEAR_QUARTERS)
            }),
            lang.number(made.equivalents[quarter.index()], 3),
            us.map_or_else(none, |(_, [_, central, _])| lang.number(*central, 3)),
        ]
    });
    Table {
        head,
        rows: rows.collect(),
    }
}
