//! The controls of chip making: yield, packaging, links between dies, memory.

use super::{Control, Kind};
use crate::catalogue::{Assumptions, LINKS, MEMORIES, Packaging, link, memory};
use crate::scenario::{OWN_LINK, Scenario, held_or};
use crate::silicon::{AssemblyOrder, Link, YieldModel};
use units::*;

fn yield_name(model: YieldModel) -> &'static str {
    match model {
        YieldModel::NegativeBinomial(_) => "negative-binomial",
        YieldModel::Poisson => "poisson",
        YieldModel::Murphy => "murphy",
        YieldModel::Seeds => "seeds",
        YieldModel::BoseEinstein(_) => "bose-einstein",
    }
}

fn yield_named(name: &str, a: &Assumptions) -> YieldModel {
    match name {
        "poisson" => YieldModel::Poisson,
        "murphy" => YieldModel::Murphy,
        "seeds" => YieldModel::Seeds,
        "bose-einstein" => YieldModel::BoseEinstein(a.bose_layers.central),
        _ => YieldModel::NegativeBinomial(a.defect_clustering.central),
    }
}

fn packaging_name(packaging: Packaging) -> &'static str {
    match packaging {
        Packaging::Organic => "organic",
        Packaging::FanOut => "fan-out",
        Packaging::Interposer => "interposer",
    }
}

fn package_as(scenario: &mut Scenario, name: &str) {
    let packaging = match name {
        "organic" => Packaging::Organic,
        "fan-out" => Packaging::FanOut,
        _ => Packaging::Interposer,
    };
    let making = &mut scenario.making;
    making.package_as(packaging, &scenario.rows.assumptions);
}

fn join_with(scenario: &mut Scenario, id: &str) {
    match link(id) {
        Some(row) => {
            scenario.link_id = row.id;
            scenario.design.link = Some(Link::from(held_or(&scenario.rows.link, row)));
        }
        None => {
            scenario.link_id = OWN_LINK;
            scenario.design.link = None;
        }
    }
}

/// What is written over the silicon of the rows.
pub(super) const MAKING: &[Control] = &[
    number!(
        "spare",
        (0.0, 0.9),
        3,
        |s| Some(1.0 - s.design.cores.needed_share()),
        |s, n| s.design.cores = s.design.cores.sparing(n)
    ),
    choice!(
        "yield",
        || vec![
            "negative-binomial",
            "poisson",
            "murphy",
            "seeds",
            "bose-einstein"
        ],
        |s| Some(yield_name(s.making.yield_model)),
        |s, id| s.making.yield_model = yield_named(id, &s.rows.assumptions)
    ),
    number!(
        "alpha",
        (0.5, 50.0),
        1,
        |s| match s.making.yield_model {
            YieldModel::NegativeBinomial(clustering) => Some(clustering),
            _ => None,
        },
        |s, n| {
            if let YieldModel::NegativeBinomial(clustering) = &mut s.making.yield_model {
                *clustering = n;
            }
        }
    ),
    number!(
        "wafer",
        (100.0, 100_000.0),
        0,
        |s| Some(s.design.node.wafer_price.get()),
        |s, n| s.design.node.wafer_price = Money::new(n)
    ),
    number!(
        "volume",
        (1_000.0, 100_000_000.0),
        0,
        |s| Some(s.making.development.volume_count),
        |s, n| s.making.development.volume_count = n
    ),
    choice!(
        "pack",
        || vec!["organic", "fan-out", "interposer"],
        |s| Some(packaging_name(s.making.assembly.packaging)),
        package_as
    ),
    choice!(
        "order",
        || vec!["chip-last", "chip-first"],
        |s| {
            Some(match s.making.assembly.order {
                AssemblyOrder::ChipLast => "chip-last",
                AssemblyOrder::ChipFirst => "chip-first",
            })
        },
        |s, id| {
            s.making.assembly.order = if id == "chip-first" {
                AssemblyOrder::ChipFirst
            } else {
                AssemblyOrder::ChipLast
            }
        }
    ),
    choice!(
        "link",
        || std::iter::once(OWN_LINK)
            .chain(LINKS.iter().map(|row| row.id))
            .collect(),
        |s| Some(s.link_id),
        join_with
    ),
    number!(
        "d2d",
        (1.0, 100_000.0),
        0,
        |s| s
            .design
            .die_to_die(&s.anchor, &s.making)
            .map(|rate| rate.get() / 1e9),
        |s, n| s.design.die_to_die = Some(Bandwidth::new(n * 1e9))
    ),
    choice!(
        "hbm",
        || MEMORIES.iter().map(|row| row.id).collect(),
        |s| Some(s.memory_id),
        |s, id| {
            if let Some(row) = memory(id) {
                s.remember_with(row);
            }
        }
    ),
    number!(
        "stacks",
        (1.0, 64.0),
        0,
        |s| Some(f64::from(s.design.stacks(&s.anchor, &s.making))),
        |s, n| s.design.stacks = Some(n as u32)
    ),
];
