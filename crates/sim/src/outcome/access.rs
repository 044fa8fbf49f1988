//! Whether the chip may be had: what the rules look at, both gates, the fab.

use super::{Supply, in_force};
use crate::catalogue::{MEASURES, MeasureRow, Origin, RULES};
use crate::export::{self, *};
use crate::scenario::Scenario;
use crate::silicon::Package;

pub(super) fn metrics(scenario: &Scenario, package: &Package) -> Metrics {
    let peaks = &package.peaks;
    let tpp = tpp([
        (Some(peaks.bf16), 16.0),
        (peaks.fp8, 8.0),
        (peaks.int8, 8.0),
        (peaks.fp4, 4.0),
    ]);
    let area = package.controlled_area.filter(|_| scenario.node_advanced);
    Metrics {
        tpp,
        performance_density: area.map(|area| tpp / area.get()),
        links: package.io,
        memory: package.bandwidth,
        data_centre: scenario.data_centre,
        transistors: package.transistors,
    }
}

pub(super) fn china_gate_for(scenario: &Scenario) -> Gate {
    if scenario.origin == Origin::Chinese {
        return Gate::Open;
    }
    let in_force = |(i, measure): &(usize, &MeasureRow)| {
        let by_dates = measure.from <= scenario.date
            && measure.until.is_none_or(|until| scenario.date < until);
        scenario.rule_switches[RULES.len() + i].unwrap_or(by_dates)
    };
    let names = |measure: &MeasureRow| {
        measure.chips.is_empty() || measure.chips.contains(&scenario.chip_id)
    };
    china_gate(
        MEASURES
            .iter()
            .enumerate()
            .filter(|row| in_force(row) && names(row.1))
            .map(|(_, measure)| measure.gate),
    )
}

pub(super) fn design_route(scenario: &Scenario, metrics: &Metrics, us: &UsGate) -> Route {
    let presumed = scenario.node_advanced
        && RULES
            .iter()
            .filter(|rule| rule.kind == RuleKind::Foundry && in_force(scenario, rule))
            .any(|rule| rule.find(metrics).caught != Caught::No);
    export::route(&RouteFacts {
        date: scenario.date,
        abroad: scenario.fab_abroad,
        entity_listed: scenario.entity_listed,
        controlled: us.posture != Some(Posture::Free),
        presumed,
    })
}

pub(super) fn supply(
    scenario: &Scenario,
    package: &Package,
    us: &UsGate,
    china: Gate,
    route: Option<Route>,
) -> Supply {
    if !package.is_manufacturable() {
        return Supply::NotManufacturable;
    }
    if scenario.origin == Origin::Chinese {
        return match route {
            Some(Route::Open) | None => Supply::Domestic,
            Some(route) => Supply::NoFab(route),
        };
    }
    match (us.posture, china) {
        (Some(Posture::PresumptionOfDenial), _) => Supply::Denied,
        (_, Gate::Barred) => Supply::Barred,
        (Some(Posture::CaseByCase), _) => Supply::CaseByCase,
        (None, _) => Supply::Indeterminate,
        (_, Gate::Discouraged) => Supply::Discouraged,
        (Some(Posture::LicenceException), Gate::Open) => Supply::LicenceException,
        (Some(Posture::Free), Gate::Open) => Supply::Free,
    }
}
