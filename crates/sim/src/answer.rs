//! The answer as one flat record with the unit in every name: what the terminal
//! prints and the page saves, as JSON or row by row. Absent means "does not apply".

mod computing;
mod possible;
mod record;

pub use computing::held_back;
pub use record::{Record, Value};

use crate::catalogue::{Gate, Metric, Posture};
use crate::export::{Caught, Finding};
use crate::link::{Link, write, write_both};
use crate::outcome::{Access, Grade, Outcome, simulate};
use crate::scenario::Scenario;
use crate::silicon::Limit;
use crate::state::State;

/// The answer to a link, B's within it; the notices in words come from whoever
/// speaks them.
pub fn answer(link: &Link, notices: Vec<String>) -> Record {
    let other = link.other.as_ref();
    let mut record = of_state(&link.state, write_both(&link.state, other), notices);
    record.part(
        "other",
        other.map(|state| of_state(state, write(state), Vec::new())),
    );
    record
}

fn of_state(state: &State, link: String, notices: Vec<String>) -> Record {
    let scenario = &state.scenario();
    let outcome = &simulate(scenario);
    let mut record = Record::default();
    record.text("link", link);
    record.list("notices", notices.into_iter().map(Value::from).collect());
    record.part("chip", Some(chip(scenario, outcome)));
    record.part("export", Some(export(scenario, outcome)));
    record.part("silicon", Some(silicon(scenario, outcome)));
    record.part("supply", possible::supply(scenario, outcome));
    record.part("inference", Some(computing::inference(scenario, outcome)));
    record.part("training", Some(computing::training(outcome)));
    record.part("energy", Some(energy(scenario, outcome)));
    record
}

fn limits(limits: &[Limit]) -> Vec<Value> {
    let name = |limit: &Limit| match limit {
        Limit::BeyondReticle => "beyond-reticle",
        Limit::BeyondPackage => "beyond-package",
        Limit::BeyondEdge => "beyond-edge",
        Limit::LinkLacksLayer => "link-lacks-layer",
        Limit::MemoryLacksLayer => "memory-lacks-layer",
        Limit::BeyondCooling => "beyond-cooling",
        Limit::Power => "power",
    };
    limits.iter().map(|limit| name(limit).into()).collect()
}

/// The chip that the design gives.
fn chip(scenario: &Scenario, outcome: &Outcome) -> Record {
    let package = &outcome.package;
    let design = &scenario.design;
    let tera = |rate: units::OpRate| rate.get() / 1e12;
    let mut chip = Record::default();
    chip.word("id", scenario.chip_id);
    chip.word("node", scenario.node_id);
    chip.count("dies", package.dies);
    chip.number("die_area_mm2", design.die_area.get());
    chip.number("peak_bf16_tflops", tera(package.peaks.bf16));
    chip.maybe("peak_fp8_tflops", package.peaks.fp8.map(tera));
    chip.maybe("peak_int8_tops", package.peaks.int8.map(tera));
    chip.maybe("peak_fp4_tflops", package.peaks.fp4.map(tera));
    chip.number("memory_gb", package.memory.get() / 1e9);
    chip.number("memory_gb_per_s", package.bandwidth.get() / 1e9);
    chip.number("tdp_w", package.power.get());
    chip.number("clock_share", package.clock_ratio);
    chip.flag("calibrated", scenario.kernels.calibrated);
    chip.flag("manufacturable", package.is_manufacturable());
    chip.list("limits", chip_limits(outcome));
    // Where something asked for is impossible.
    chip.part("nearest", possible::nearest(scenario, outcome));
    chip.count("cores_built", design.cores.built);
    chip.count("cores_needed", design.cores.needed);
    chip.word("memory", scenario.memory_id);
    chip.count("stacks", package.stacks);
    let possible = design.most_stacks(&scenario.anchor, &scenario.making);
    chip.count("stacks_possible", possible);
    let joined = package.die_to_die.map(|rate| rate.get() / 1e9);
    chip.maybe("die_to_die_gb_per_s", joined);
    // That programs see in a package.
    chip.count("devices", package.devices);
    chip
}

/// What the chip runs into, a node that is not there yet included.
fn chip_limits(outcome: &Outcome) -> Vec<Value> {
    let mut limits = limits(&outcome.package.limits);
    match outcome.access {
        Access::NotYet => limits.push("node-not-yet".into()),
        Access::NoTools => limits.push("node-lacks-tools".into()),
        _ => {}
    }
    limits
}

/// What the rules say.
fn export(scenario: &Scenario, outcome: &Outcome) -> Record {
    let mut export = Record::default();
    export.text("date", scenario.date.to_string());
    if scenario.fabs != scenario.date {
        export.text("fabs_date", scenario.fabs.to_string());
    }
    let metrics = &outcome.metrics;
    export.number("tpp", metrics.tpp);
    export.maybe("performance_density_per_mm2", metrics.performance_density);
    // The item's status, whoever makes it; a Chinese chip needs no licence to be
    // sold in China, see `availability`.
    let us = match outcome.us.posture {
        Some(Posture::Free) => "free",
        Some(Posture::LicenceException) => "licence-exception",
        Some(Posture::CaseByCase) => "case-by-case",
        Some(Posture::PresumptionOfDenial) => "presumption-of-denial",
        None => "indeterminate",
    };
    export.word("us", us);
    let china = match outcome.china {
        Gate::Open => "open",
        Gate::Discouraged => "discouraged",
        Gate::Barred => "barred",
    };
    export.word("china", china);
    if let Some(deciding) = outcome.us.deciding {
        export.word("deciding_rule", deciding.rule);
    }
    let availability = match outcome.access.grade() {
        Grade::Passed if outcome.access == Access::Domestic => "domestic",
        Grade::Passed => "open",
        Grade::Strained => "uncertain",
        Grade::Failed => "closed",
    };
    export.word("availability", availability);
    let findings = outcome.us.findings.iter();
    let rules = findings.map(|found| Value::Record(rule(scenario, found)));
    export.list("rules", rules.collect());
    export.number("duty_share", scenario.law().duty_share(metrics));
    // The most computing power on this node that no rule for everybody catches.
    export.part("largest_free", possible::largest_free(scenario));
    export
}

/// One rule's finding.
fn rule(scenario: &Scenario, finding: &Finding) -> Record {
    let mut rule = Record::default();
    rule.word("id", finding.rule);
    let in_force = crate::state::rule_index(finding.rule).is_some_and(|i| scenario.in_force[i]);
    rule.flag("in_force", in_force);
    // Absent where a needed figure is unpublished.
    if finding.caught != Caught::Indeterminate {
        rule.flag("caught", finding.caught == Caught::Yes);
    }
    if let Some(paragraph) = finding.paragraph {
        rule.word("paragraph", paragraph);
    }
    if let Some(nearest) = finding.nearest {
        rule.number("margin_ratio", nearest.margin_ratio);
        rule.word("metric", metric(nearest.metric));
    }
    rule
}

fn metric(metric: Metric) -> &'static str {
    match metric {
        Metric::Tpp => "tpp",
        Metric::PerformanceDensity => "performance_density",
        Metric::LinkBandwidth => "link_bandwidth",
        Metric::MemoryBandwidth => "memory_bandwidth",
        Metric::MemoryAndLinkBandwidth => "memory_and_link_bandwidth",
        Metric::DataCentre => "data_centre",
        Metric::Transistors => "transistors",
        Metric::StackDensity => "stack_density",
        Metric::StackedMemory => "stacked_memory",
        Metric::PackagedInChina => "packaged_in_china",
    }
}

/// What the foundry gives.
fn silicon(scenario: &Scenario, outcome: &Outcome) -> Record {
    let foundry = &outcome.foundry;
    let mut silicon = Record::default();
    silicon.number("gross_dies_per_wafer", foundry.gross_dies_per_wafer);
    silicon.number("die_yield_share", foundry.die_yield_share);
    silicon.number("flawless_die_share", foundry.flawless_die_share);
    silicon.number("package_yield_share", foundry.package_yield_share);
    silicon.number("good_packages_per_wafer", foundry.good_packages_per_wafer);
    silicon.number("good_layers_per_wafer", foundry.good_layers_per_wafer);
    silicon.count("layers_per_package", foundry.layers_per_package);
    silicon.number("package_cost_usd", foundry.package_cost_usd);
    silicon.number("dies_cost_usd", foundry.dies_cost_usd);
    silicon.number("silicon_cost_usd", foundry.silicon_cost_usd);
    silicon.number("extra_passes_cost_usd", foundry.extra_passes_cost_usd);
    silicon.number("bad_dies_cost_usd", foundry.bad_dies_cost_usd);
    silicon.number("assembly_cost_usd", foundry.assembly_cost_usd);
    silicon.number("substrate_cost_usd", foundry.substrate_cost_usd);
    silicon.number("assembly_losses_usd", foundry.assembly_losses_usd);
    silicon.number("memory_cost_usd", foundry.memory_cost_usd);
    silicon.number("design_cost_usd", foundry.design_cost_usd);
    silicon.number("defects_per_cm2", scenario.design.node.defects.get());
    silicon.number("chip_price_usd", outcome.price.get());
    silicon.list("limits", limits(&outcome.package.limits));
    silicon
}

/// Energy and money.
fn energy(scenario: &Scenario, outcome: &Outcome) -> Record {
    let energy = &outcome.energy;
    let mut record = Record::default();
    record.number("chip_w", energy.chip.get());
    // Where a chip's watts go while it serves, and those around it.
    let parts = energy.parts.map(|parts| {
        let mut watts = Record::default();
        watts.number("base_w", parts.base.get());
        watts.number("compute_w", parts.compute.get());
        watts.number("memory_w", parts.memory.get());
        watts.number("links_w", parts.links.get());
        watts.number("host_w", scenario.surroundings.host_power.get());
        watts.number("optics_w", scenario.surroundings.optics_power.get());
        watts
    });
    record.part("parts", parts);
    record.number("system_kw", energy.system.get() / 1e3);
    record.number("site_mw", energy.site.get() / 1e6);
    let (token, run) = (energy.per_token, energy.training);
    record.maybe("joules_per_token", token.map(|e| e.get()));
    record.maybe("kwh_per_million_tokens", token.map(|e| e.kwh() * 1e6));
    record.maybe(
        "electricity_usd_per_million_tokens",
        energy.electricity_per_million.map(|m| m.get()),
    );
    record.maybe(
        "total_usd_per_million_tokens",
        energy.total_per_million.map(|m| m.get()),
    );
    record.maybe("training_mwh", run.map(|e| e.kwh() / 1e3));
    record.maybe(
        "training_electricity_usd",
        energy.training_electricity.map(|m| m.get()),
    );
    record.maybe(
        "training_tco2",
        energy.training_carbon.map(|c| c.get() / 1e6),
    );
    record
}
