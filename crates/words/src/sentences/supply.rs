//! How many chips there are, and how long the reader waits for them.

use crate::Lang;
use sim::outcome::{Access, Grade, Outcome};
use sim::scenario::Scenario;
use sim::supply::{Bottleneck, DAYS_PER_MONTH};
use units::Time;

/// Output of the designer and the reader's wait, in a sentence; `None` where
/// wafers and memory are not what limits the chip.
pub fn wait(lang: Lang, scenario: &Scenario, outcome: &Outcome) -> Option<String> {
    let supply = &outcome.supplied.as_ref()?.supply;
    let rate = lang.number(supply.packages_per_month, 2);
    let share = lang.percent(scenario.order.buyer_share);
    let chips = lang.count(scenario.order.packages);
    let time = months(lang, supply.months_to_cluster);
    let values = [
        ("rate", rate.as_str()),
        ("share", &share),
        ("chips", &chips),
        ("time", time.as_deref().unwrap_or_default()),
        ("what", bottleneck(lang, supply.bottleneck)),
    ];
    let key = match (&time, supply.packages_per_month > 0.0) {
        (Some(_), true) if grows(scenario, outcome) => "supply.wait_growing",
        (Some(_), true) => "supply.wait",
        (Some(_), false) => "supply.wait_from_nothing",
        (None, true) => "supply.never",
        (None, false) => "supply.never_from_nothing",
    };
    Some(lang.fill(key, &values))
}

/// Whether the reader gathers chips clearly faster than today's output alone would
/// let them.
fn grows(scenario: &Scenario, outcome: &Outcome) -> bool {
    const CLEARLY: f64 = 1.1;
    let Some(supply) = outcome.supplied.as_ref().map(|supplied| &supplied.supply) else {
        return false;
    };
    let order = &scenario.order;
    let a_month = supply.packages_per_month * order.buyer_share;
    let at_first = supply.months_to_cluster.unwrap_or(0.0) * a_month;
    order.packages > at_first * CLEARLY
}

/// A number of months as a duration in whole days; none is less than one.
pub(crate) fn months(lang: Lang, months: Option<f64>) -> Option<String> {
    let days = months? * DAYS_PER_MONTH;
    Some(if days < 2.0 {
        lang.text("supply.a_day").to_owned()
    } else {
        lang.time(Time::from_days(days.round()))
    })
}

/// What holds output back, as the end of a sentence.
pub fn bottleneck(lang: Lang, bottleneck: Bottleneck) -> &'static str {
    let key = match bottleneck {
        Bottleneck::Logic => "supply.logic",
        Bottleneck::Memory => "supply.memory",
        Bottleneck::Interposer => "supply.interposer",
        Bottleneck::Node => "supply.node",
    };
    lang.find(key).unwrap_or(key)
}

/// What supply makes of a run, in a word or two: not to be had, uncertain, or
/// the wait that is too long.
pub(super) fn word(lang: Lang, outcome: &Outcome) -> String {
    let access = outcome.access.grade();
    // What is worse than the rules is the wait.
    let waits = outcome.training.gates[0].grade > access;
    let supply = outcome.supplied.as_ref().map(|supplied| &supplied.supply);
    match supply.map(|supply| months(lang, supply.months_to_cluster)) {
        Some(Some(time)) if waits => lang.fill("answer.training.supply_waits", &[("time", &time)]),
        Some(None) if waits => lang.text("answer.training.supply_never").to_owned(),
        _ if outcome.access == Access::NotYet => lang.text("answer.training.not_yet").to_owned(),
        _ if access == Grade::Failed => lang.text("answer.training.no_supply").to_owned(),
        _ => lang.text("answer.training.supply_uncertain").to_owned(),
    }
}
