//! Whose numbers a figure shows: keys of the sources of the rows that it is made of,
//! the reader's and those of the chips drawn beside, and of the rules where these
//! decide. A test moves every input and finds whose a figure follows.

use crate::bill::SYSTEMS;
use crate::cast::CAST;
use crate::frontier::others_drawn;
use crate::latency::REFERENCE;
use crate::watts::rack;
use sim::catalogue::{CHIPS, RULES};
use sim::inputs::inputs;
use sim::scenario::FIGURES;
use sim::state::{State, Value};

/// Figures of rows: whole tables, or `TABLE.FIELD`.
type Part = &'static [&'static str];

/// What a chip is.
const CHIP: Part = &[
    "chip.bandwidth",
    "chip.bf16",
    "chip.fp4",
    "chip.fp8",
    "chip.int8",
    "chip.die_area",
    "chip.die_to_die",
    "chip.io",
    "chip.memory",
    "chip.scale_out",
    "chip.scale_up",
    "chip.tdp",
    "memory.area",
    "memory.bandwidth",
    "memory.capacity",
    "memory.edge",
    "assumption.cooling",
    "assumption.field_width",
    "assumption.link_area_share",
    "assumption.memory_edge_share",
    "assumption.package_reticles",
    "assumption.reticle",
];

/// What becomes of it on other nodes and of other dies.
const MOVED: Part = &[
    "node.density",
    "node.energy_ratio",
    "node.speed_ratio",
    "link",
    "assumption.die_latency",
    "assumption.die_to_die",
    "assumption.junction",
    "assumption.logic_power_share",
    "assumption.one_device_link",
    "assumption.own_link_energy",
    "assumption.throttle_from",
];

/// How it is made, and what that costs.
const MAKING: Part = &[
    "node.defects",
    "node.design_cost",
    "node.extra_passes",
    "node.wafer_price",
    "memory.price",
    "regime.defects_ratio",
    "regime.passes_ratio",
    "assumption.chip_design_share",
    "assumption.core_area_share",
    "assumption.defect_clustering",
    "assumption.design_area",
    "assumption.interposer_area_ratio",
    "assumption.interposer_bond_yield",
    "assumption.interposer_clustering",
    "assumption.interposer_defects",
    "assumption.interposer_design_cost",
    "assumption.interposer_wafer_price",
    "assumption.link_design_area",
    "assumption.micro_bump_price",
    "assumption.module_design_share",
    "assumption.mount_yield",
    "assumption.pass_price",
    "assumption.substrate_area_ratio",
    "assumption.substrate_price",
    "assumption.volume",
    "assumption.wafer_diameter",
    "assumption.wafer_edge",
    "assumption.wafer_scribe",
];

/// How it answers.
const SERVING: Part = &[
    "kernels",
    "stack",
    "engine",
    "llm",
    "assumption.answer_tokens",
    "assumption.attention_half",
    "assumption.most_sequences",
    "assumption.prefill_chunk",
    "assumption.prompt_tokens",
    "assumption.runtime_memory",
    "assumption.token_time_limit",
    "assumption.unported_slowdown",
];

/// How it trains.
const TRAINING: Part = &[
    "kernels",
    "stack",
    "engine",
    "llm",
    "assumption.attention_half",
    "assumption.checkpoint_time",
    "assumption.copy_passes",
    "assumption.data_exposed_share",
    "assumption.failure_rate_chinese",
    "assumption.failure_rate_foreign",
    "assumption.goodput_floor",
    "assumption.gradient_state",
    "assumption.optimiser_state",
    "assumption.patience",
    "assumption.restart_time",
    "assumption.runtime_memory",
    "assumption.site_power",
    "assumption.straggler_chips",
    "assumption.straggler_ratio",
    "assumption.strained_ratio",
    "assumption.training_overhead",
    "assumption.weight_state",
];

/// What it draws.
const WATTS: Part = &[
    "memory.energy",
    "place.pue",
    "system.host_power",
    "system.optics_power",
    "assumption.link_energy",
    "assumption.power_base_share",
    "assumption.power_compute_share",
    "assumption.power_idle_share",
];

/// What it costs to run.
const MONEY: Part = &[
    "chip.price",
    "place.price",
    "system.host_price",
    "assumption.capital_lifetime",
    "assumption.in_use_share",
];

/// How many there are.
const SUPPLY: Part = &[
    "capacity",
    "domestic",
    "family",
    "regime",
    "assumption.ai_share",
    "assumption.bank_quarters",
    "assumption.buyer_share",
    "assumption.gather_patience",
    "assumption.node_ramp",
    "assumption.stock_quarters",
    "assumption.us_share",
];

/// What rules look at; their own sources are those of the rules in force.
const LAW: Part = &["chip.controlled_area", "chip.transistors"];

/// What the figure of that id is made of; nothing for one that may be made of all.
fn parts(id: &str) -> &'static [Part] {
    match id {
        "figure-map" => &[CHIP, MOVED, SERVING, TRAINING, LAW],
        "figure-sure" => &[CHIP, MOVED, SERVING, TRAINING],
        "figure-latency" | "figure-roofline" | "figure-frontier" => &[CHIP, MOVED, SERVING],
        "figure-gates" => &[CHIP, MOVED, MAKING, TRAINING, WATTS, SUPPLY, LAW],
        "figure-failures" => &[CHIP, MOVED, TRAINING],
        "figure-bill" => &[CHIP, MOVED, MAKING, SERVING, WATTS, MONEY],
        "figure-watts" => &[CHIP, MOVED, SERVING, WATTS],
        "figure-cost" | "figure-silicon" | "figure-ways" => &[CHIP, MOVED, MAKING],
        "figure-adding" => &[CHIP, MOVED, MAKING, SERVING, TRAINING],
        "figure-supply" => &[CHIP, MOVED, MAKING, SUPPLY, LAW],
        "figure-law" => &[CHIP, LAW],
        _ => &[],
    }
}

/// Ids of the chips that the figure draws beside the reader's.
fn beside(id: &str, state: &State) -> Vec<&'static str> {
    match id {
        "figure-latency" => vec![REFERENCE],
        "figure-roofline" => CAST.to_vec(),
        "figure-frontier" => others_drawn(&state.scenario())
            .map(|chip| chip.id)
            .collect(),
        "figure-bill" => SYSTEMS.to_vec(),
        "figure-watts" => vec![rack(state, &state.scenario()).0],
        "figure-law" => CHIPS.iter().map(|chip| chip.id).collect(),
        _ => Vec::new(),
    }
}

/// Keys of the sources of what the figure of that id shows of a scenario, and of
/// another beside it.
pub fn sources(id: &str, own: &State, other: Option<&State>) -> Vec<&'static str> {
    let parts = parts(id);
    let is_shown = |table: &str, field: &str| {
        let mut all = parts.iter().copied().flatten();
        parts.is_empty() || all.any(|of| *of == table || of.split_once('.') == Some((table, field)))
    };
    let mut found = Vec::new();
    let mut add = |source: &'static str| {
        if !found.contains(&source) {
            found.push(source);
        }
    };
    for state in std::iter::once(own).chain(other) {
        if parts.contains(&LAW) {
            let in_force = state.scenario().in_force;
            let rules = RULES.iter().zip(in_force).filter(|(_, holds)| *holds);
            rules.for_each(|(rule, _)| add(rule.source));
        }
        // Rows that a path over quarters is made of are inputs alone.
        let shown = inputs(state).into_iter();
        let shown = shown.filter(|input| is_shown(input.table, input.field));
        shown.for_each(|input| add(input.source));
    }
    let others = beside(id, own).into_iter().map(|chip| {
        let mut state = own.clone();
        state.forget_design();
        state.set("chip", Some(Value::Id(chip)));
        state
    });
    for state in std::iter::once(own.clone()).chain(others) {
        let mut rows = state.rows();
        for (i, (table, fields)) in FIGURES.iter().enumerate() {
            let Some(row) = rows.table(i) else { continue };
            let known = fields.iter().zip(row.all());
            let shown = known.filter(|(field, _)| is_shown(table, field.name));
            shown.for_each(|(_, known)| known.into_iter().for_each(|known| add(known.source)));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_names_figures_that_there_are() {
        let tables = FIGURES.iter().map(|(table, fields)| {
            let fields = fields.iter().map(|field| field.name);
            (*table, fields.collect::<Vec<_>>())
        });
        let tables: Vec<_> = tables.collect();
        let inputs = inputs(&State::default());
        for figure in crate::all(words::Lang::En, &State::default(), None, 640) {
            let id = figure.id;
            for part in parts(id).iter().copied().flatten() {
                let (table, field) = part.split_once('.').unwrap_or((part, ""));
                let is_there = |known: &str| field.is_empty() || known == field;
                let of_rows = tables.iter().any(|(known, fields)| {
                    *known == table && fields.iter().any(|field| is_there(field))
                });
                let mut of_inputs = inputs.iter();
                let of_inputs =
                    of_inputs.any(|input| input.table == table && is_there(input.field));
                assert!(of_rows || of_inputs, "{id}: {part}");
            }
        }
    }
}
