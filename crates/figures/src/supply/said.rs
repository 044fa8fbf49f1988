//! What is said of a series: what binds when, and how it compares.

use super::made::Made;
use super::span;
use sim::scenario::Scenario;
use sim::state::OWN_CHIP;
use sim::supply::{Bottleneck, DAYS_PER_MONTH, Quarter, Supply};
use words::Lang;

/// The finding: what binds when, the model against reports, the reader's wait,
/// and what it all adds up to.
pub(super) fn caption(lang: Lang, scenario: &Scenario, made: &Made) -> String {
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
                    ("reported", &span(lang, *low, *high, 2)),
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
    let used_up = used_up(lang, scenario, made.supply);
    let binds = Some(binding(lang, made.supply));
    let unsold = unsold(lang, scenario);
    [binds, used_up, against, unsold, Some(wait), share]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

/// That the series begins before the chip was sold: it counts what a designer could
/// make, and not what it did.
fn unsold(lang: Lang, scenario: &Scenario) -> Option<String> {
    let launch = sim::catalogue::chip(scenario.chip_id)?.launch;
    let begins = Quarter::all().next()?.year();
    let later = launch.year() > begins || (launch.year() == begins && launch.month() > 3);
    (later && scenario.chip_id != OWN_CHIP)
        .then(|| lang.fill("figure.supply.unsold", &[("launch", &lang.month(launch))]))
}

/// That stacks from before the ban are used up, where fewer packages are made then.
fn used_up(lang: Lang, scenario: &Scenario, supply: &Supply) -> Option<String> {
    let resources = scenario.resources.as_ref()?;
    let quarters = resources.stock_quarters_count.central.ceil() as usize;
    let from = Quarter::all().find(|quarter| quarter.index() == quarters)?;
    let (last, next) = (
        supply.quarters.get(quarters.checked_sub(1)?)?,
        supply.quarters.get(quarters)?,
    );
    let fewer = next.bottleneck == Bottleneck::Memory && next.packages < last.packages;
    (fewer && resources.stock.central > 0.0)
        .then(|| lang.fill("figure.supply.used_up", &[("when", &season(lang, from))]))
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

pub(super) fn what_binds(lang: Lang, bottleneck: Bottleneck) -> &'static str {
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
