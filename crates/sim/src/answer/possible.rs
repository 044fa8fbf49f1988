//! What can be had, and what is possible in place of what is not.

use crate::outcome::{Access, Outcome, largest_legal_design, nearest_node};
use crate::scenario::{OWN_LINK, Scenario};
use crate::silicon::nearest_possible;
use crate::supply::{Bottleneck, Quarter, band};
use serde::Serialize;

/// A design outside the rules.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "the names say it, with their units")]
pub struct LegalAnswer {
    pub dies: u32,
    pub die_area_mm2: f64,
    pub clock_share: f64,
    pub tpp: f64,
    pub performance_density_per_mm2: f64,
    pub peak_bf16_tflops: f64,
}

/// The nearest choice that is possible; only what would change is there.
#[derive(Debug, Default, PartialEq, Serialize)]
#[allow(missing_docs, reason = "the names say it, with their units")]
pub struct NearestAnswer {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub die_area_mm2: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dies: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stacks: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub node: Option<&'static str>,
}

/// What can be had, and when.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "the names say it, with their units")]
pub struct SupplyAnswer {
    pub packages_per_month: f64,
    pub binding: Bottleneck,
    /// Absent where the cluster is never complete.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub months_to_cluster: Option<f64>,
    pub buyer_share: f64,
    pub quarters: Vec<QuarterAnswer>,
}

/// One quarter, with what is defended of it.
#[derive(Debug, Serialize)]
#[allow(missing_docs, reason = "the names say it, with their units")]
pub struct QuarterAnswer {
    pub quarter: String,
    pub packages: f64,
    pub low: f64,
    pub high: f64,
    pub binding: Bottleneck,
}

pub(super) fn nearest(scenario: &Scenario, outcome: &Outcome) -> Option<NearestAnswer> {
    let design = &scenario.design;
    let near = nearest_possible(&scenario.anchor, design, &scenario.making);
    let changed = |is: bool| is.then_some(());
    let answer = NearestAnswer {
        die_area_mm2: changed(near.die_area != design.die_area).map(|()| near.die_area.get()),
        dies: changed(near.dies != design.dies).map(|()| near.dies),
        stacks: near.stacks.filter(|_| near.stacks != design.stacks),
        link: changed(near.link != design.link).map(|()| OWN_LINK),
        node: matches!(outcome.access, Access::NotYet | Access::NoTools)
            .then(|| nearest_node(scenario).map(|row| row.id))
            .flatten(),
    };
    (answer != NearestAnswer::default()).then_some(answer)
}

pub(super) fn supply(scenario: &Scenario, outcome: &Outcome) -> Option<SupplyAnswer> {
    let (supplied, resources) = (outcome.supplied.as_ref()?, scenario.resources.as_ref()?);
    let supply = &supplied.supply;
    let quarters = Quarter::all()
        .zip(supply.quarters)
        .zip(band(resources, &supplied.recipe))
        .map(|((quarter, output), (low, packages, high))| QuarterAnswer {
            quarter: format!("{}-Q{}", quarter.year(), quarter.number()),
            packages,
            low,
            high,
            binding: output.bottleneck,
        });
    Some(SupplyAnswer {
        packages_per_month: supply.packages_per_month,
        binding: supply.bottleneck,
        months_to_cluster: supply.months_to_cluster,
        buyer_share: scenario.order.buyer_share,
        quarters: quarters.collect(),
    })
}

pub(super) fn largest_free(scenario: &Scenario) -> Option<LegalAnswer> {
    let design = largest_legal_design(scenario)?;
    Some(LegalAnswer {
        dies: design.dies,
        die_area_mm2: design.die_area.get(),
        clock_share: design.clock_share,
        tpp: design.tpp,
        performance_density_per_mm2: design.performance_density,
        peak_bf16_tflops: design.peak.get() / 1e12,
    })
}
