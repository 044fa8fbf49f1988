//! What can be had, and what is possible in place of what is not.

use super::{Record, Value};
use crate::outcome::{Access, Outcome, largest_legal_design, nearest_node};
use crate::scenario::{OWN_LINK, Scenario};
use crate::silicon::nearest_possible;
use crate::supply::{Bottleneck, Quarter, band};

/// The nearest choice that is possible, only what would change; `None` where all is.
pub(super) fn nearest(scenario: &Scenario, outcome: &Outcome) -> Option<Record> {
    let design = &scenario.design;
    let near = nearest_possible(&scenario.anchor, design, &scenario.making);
    let mut record = Record::default();
    if near.die_area != design.die_area {
        record.number("die_area_mm2", near.die_area.get());
    }
    if near.dies != design.dies {
        record.count("dies", near.dies);
    }
    if let Some(stacks) = near.stacks.filter(|_| near.stacks != design.stacks) {
        record.count("stacks", stacks);
    }
    if near.link != design.link {
        record.word("link", OWN_LINK);
    }
    if matches!(outcome.access, Access::NotYet | Access::NoTools)
        && let Some(node) = nearest_node(scenario)
    {
        record.word("node", node.id);
    }
    (!record.is_empty()).then_some(record)
}

fn bottleneck(bottleneck: Bottleneck) -> &'static str {
    match bottleneck {
        Bottleneck::Logic => "logic",
        Bottleneck::Memory => "memory",
        Bottleneck::Interposer => "interposer",
        Bottleneck::Node => "node",
    }
}

/// What can be had, and when, with what is defended of each quarter; `None` where
/// wafers are not what limits it.
pub(super) fn supply(scenario: &Scenario, outcome: &Outcome) -> Option<Record> {
    let (supplied, resources) = (outcome.supplied.as_ref()?, scenario.resources.as_ref()?);
    let supply = &supplied.supply;
    let quarters = Quarter::all()
        .zip(supply.quarters)
        .zip(band(resources, &supplied.recipe))
        .map(|((quarter, output), (low, packages, high))| {
            let mut record = Record::default();
            let [year, number] = [quarter.year().to_string(), quarter.number().to_string()];
            record.text("quarter", [&year, "-Q", &number].concat());
            record.number("packages", packages);
            record.number("low", low);
            record.number("high", high);
            record.word("binding", bottleneck(output.bottleneck));
            Value::Record(record)
        });
    let mut record = Record::default();
    record.number("packages_per_month", supply.packages_per_month);
    record.word("binding", bottleneck(supply.bottleneck));
    // Absent where the cluster is never complete.
    record.maybe("months_to_cluster", supply.months_to_cluster);
    record.number("buyer_share", scenario.order.buyer_share);
    record.list("quarters", quarters.collect());
    Some(record)
}

/// The largest design outside the rules.
pub(super) fn largest_free(scenario: &Scenario) -> Option<Record> {
    let design = largest_legal_design(scenario)?;
    let mut record = Record::default();
    record.count("dies", design.dies);
    record.number("die_area_mm2", design.die_area.get());
    record.number("clock_share", design.clock_share);
    record.number("tpp", design.tpp);
    record.number("performance_density_per_mm2", design.performance_density);
    record.number("peak_bf16_tflops", design.peak.get() / 1e12);
    Some(record)
}
