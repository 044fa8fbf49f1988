//! Whether the chip may be had: what the rules look at, both gates, the fab.

use super::{Access, Grade};
use crate::catalogue::{Country, MEASURES, MeasureRow, NODES, NodeRow, Origin, RULES};
use crate::export::{self, *};
use crate::scenario::Scenario;
use crate::silicon::Package;

/// What the law says of a package.
pub(super) struct Admitted {
    pub(super) metrics: Metrics,
    pub(super) us: UsGate,
    pub(super) china: Gate,
    pub(super) route: Option<Route>,
    pub(super) access: Access,
}

pub(super) fn admitted(scenario: &Scenario, package: &Package) -> Admitted {
    let metrics = metrics(scenario, package);
    let us = us_gate(&metrics, scenario.law());
    let china = china_gate_for(scenario);
    let route = (scenario.origin == Origin::Chinese).then(|| design_route(scenario, &metrics));
    let access = access(scenario, package, us.posture, china, route);
    Admitted {
        metrics,
        us,
        china,
        route,
        access,
    }
}

/// What the rules look at, and whether the chip may be had: those of [`admitted`],
/// for those who do not ask what each rule found.
pub(super) fn access_alone(scenario: &Scenario, package: &Package) -> (Metrics, Access) {
    let metrics = metrics(scenario, package);
    // Washington's gate says nothing of chips that fabs make for Chinese designers.
    let (us, route) = if scenario.origin == Origin::Chinese {
        (Some(Posture::Free), Some(design_route(scenario, &metrics)))
    } else {
        (us_gate(&metrics, scenario.law()).posture, None)
    };
    let access = access(scenario, package, us, china_gate_for(scenario), route);
    (metrics, access)
}

pub(super) fn metrics(scenario: &Scenario, package: &Package) -> Metrics {
    let peaks = &package.peaks;
    let tpp = tpp([
        (Some(peaks.bf16), 16.0),
        (peaks.fp8, 8.0),
        (peaks.int8, 8.0),
        (peaks.fp4, 4.0),
    ]);
    // Only non-planar logic counts: a planar chip has no density to speak of.
    let performance_density = if scenario.node_advanced {
        package.controlled_area.map(|area| tpp / area.get())
    } else {
        Some(0.0)
    };
    Metrics {
        tpp,
        performance_density,
        links: package.io,
        memory: package.bandwidth,
        data_centre: scenario.data_centre,
        transistors: package.transistors,
        stack_density: Some(stack_density(scenario)),
        packaged_in_china: scenario.packaged_in_china,
        american: scenario.origin == Origin::Foreign,
        // What a reader moved is not the product that a rule names.
        name: if is_as_sold(scenario, package) {
            scenario.chip_id
        } else {
            ""
        },
    }
}

/// The package is the catalogue's: figures, node, dies, area and memory.
fn is_as_sold(scenario: &Scenario, package: &Package) -> bool {
    let (design, anchor) = (&scenario.design, &scenario.anchor);
    scenario.node_id == scenario.own_node_id
        && (design.dies, design.die_area) == (anchor.dies, anchor.die_area)
        && (package.memory, package.peaks) == (anchor.memory, anchor.peaks)
        && crate::scenario::anchor(&scenario.rows) == *anchor
}

/// Bandwidth of a stack over its outline, in GB/s/mm²; none for memory on the
/// board. A chip may run its stacks below what they can do, or be published above.
fn stack_density(scenario: &Scenario) -> f64 {
    let (design, anchor) = (&scenario.design, &scenario.anchor);
    let stack = design.generation(anchor);
    if stack.area.get() <= 0.0 {
        return 0.0;
    }
    let as_run = match design.memory {
        Some(_) => 0.0,
        None => anchor.bandwidth.get() / f64::from(anchor.stacks.max(1)),
    };
    as_run.max(stack.bandwidth.get()) / 1e9 / stack.area.get()
}

fn china_gate_for(scenario: &Scenario) -> Gate {
    if scenario.origin == Origin::Chinese {
        return Gate::Open;
    }
    let binds = |measure: &MeasureRow| {
        (measure.chips.is_empty() || measure.chips.contains(&scenario.chip_id))
            && (measure.buyers.is_empty() || measure.buyers.contains(&scenario.buyer))
    };
    china_gate(
        MEASURES
            .iter()
            .enumerate()
            .filter(|(i, measure)| scenario.in_force[RULES.len() + i] && binds(measure))
            .map(|(_, measure)| measure.gate),
    )
}

fn design_route(scenario: &Scenario, metrics: &Metrics) -> Route {
    let law = scenario.law();
    // Letters to American sellers do not bind a foundry.
    let controlled = law.may_catch(metrics, RuleKind::Item);
    let presumed = scenario.node_advanced && law.may_catch(metrics, RuleKind::Foundry);
    export::route(&RouteFacts {
        date: scenario.date,
        abroad: scenario.fab_abroad,
        entity_listed: scenario.entity_listed.filter(|_| law.has(RuleKind::List)),
        controlled,
        presumed,
    })
}

/// Whether the chip may be had: made at all, let through by both gates, taken by
/// a fab, on a node that runs that day.
fn access(
    scenario: &Scenario,
    package: &Package,
    us: Option<Posture>,
    china: Gate,
    route: Option<Route>,
) -> Access {
    if !package.is_manufacturable() {
        return Access::NotManufacturable;
    }
    let lawful = if scenario.origin == Origin::Chinese {
        match route {
            Some(Route::Open) if scenario.fab_abroad => Access::MadeAbroad,
            Some(Route::Open) | None => Access::Domestic,
            Some(route) => Access::NoFab(route),
        }
    } else {
        match (us, china) {
            (Some(Posture::PresumptionOfDenial), _) => Access::Denied,
            (_, Gate::Barred) => Access::Barred,
            (Some(Posture::CaseByCase), _) => Access::CaseByCase,
            (None, _) => Access::Indeterminate,
            (_, Gate::Discouraged) => Access::Discouraged,
            (Some(Posture::LicenceException), Gate::Open) => Access::LicenceException,
            (Some(Posture::Free), Gate::Open) => Access::Free,
        }
    };
    if lawful.grade() == Grade::Failed {
        lawful
    } else if !scenario.fab_abroad && scenario.node_class_nm < scenario.tools.finest_nm {
        Access::NoTools
    } else if scenario.fabs < scenario.node_since {
        Access::NotYet
    } else {
        lawful
    }
}

/// The node that ran on the day of the scenario's fabs with the scenario's tools, in the same
/// country, whose logic is nearest in density to the one asked for; `None` where
/// none ran.
pub fn nearest_node(scenario: &Scenario) -> Option<&'static NodeRow> {
    let country = if scenario.fab_abroad {
        Country::Abroad
    } else {
        Country::China
    };
    let asked = scenario.design.node.density;
    let far = |row: &NodeRow| {
        let ratio = row.density.central / asked;
        ratio.max(1.0 / ratio)
    };
    NODES
        .iter()
        .filter(|row| row.country == country && row.since <= scenario.fabs)
        .filter(|row| scenario.fab_abroad || row.class_nm >= scenario.tools.finest_nm)
        .min_by(|a, b| far(a).total_cmp(&far(b)))
}
