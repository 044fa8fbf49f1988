//! The controls of chip, model, layout and site.

use super::{Control, Kind};
use crate::catalogue::{CHIPS, LLMS, NODES, PLACES, REGIMES, SYSTEMS, regime};
use crate::supply::Ranged;
use units::*;

/// A peak that a reader gives the chip, in tera-operations per second.
macro_rules! peak {
    ($key:literal, $field:ident) => {
        number!(
            $key,
            (0.1, 1e6),
            1,
            |s| s.anchor.peaks.$field.map(|peak| peak.get() / 1e12),
            |s, n| s.anchor.peaks.$field = Some(OpRate::new(n * 1e12))
        )
    };
}

/// A part of the layout, absent while the planner chooses.
macro_rules! layout {
    ($key:literal, $field:ident, $most:literal) => {
        number!(
            $key,
            (1.0, $most),
            0,
            |s| s.serving.fixed.$field.map(f64::from),
            |s, n| {
                s.serving.fixed.$field = Some(n as u32);
                s.job.fixed.$field = Some(n as u32);
            }
        )
    };
}

fn chip_ids() -> Vec<&'static str> {
    let systems = SYSTEMS
        .iter()
        .filter(|system| system.chip.is_some() && !is_chip(system.id));
    CHIPS
        .iter()
        .map(|row| row.id)
        .chain(systems.map(|row| row.id))
        .collect()
}

fn is_chip(id: &str) -> bool {
    CHIPS.iter().any(|chip| chip.id == id)
}

/// Rows first, then what is written over them.
pub(super) const CORE: &[Control] = &[
    choice!("chip", chip_ids, |s| Some(s.chip_id), |_, _| {}),
    choice!(
        "node",
        || NODES.iter().map(|row| row.id).collect(),
        |s| Some(s.node_id),
        |_, _| {}
    ),
    Control {
        key: "date",
        kind: Kind::Day,
    },
    Control {
        key: "fabs",
        kind: Kind::Day,
    },
    // Before what a reader says of defects, which it moves.
    choice!(
        "tools",
        || REGIMES.iter().map(|row| row.id).collect(),
        |s| Some(s.tools.id),
        |s, id| {
            if let Some(row) = regime(id) {
                s.work_with(row);
            }
        }
    ),
    choice!(
        "llm",
        || LLMS.iter().map(|row| row.id).collect(),
        |_| None,
        |_, _| {}
    ),
    choice!(
        "place",
        || PLACES.iter().map(|row| row.id).collect(),
        |_| None,
        |_, _| {}
    ),
    Control {
        key: "stack",
        kind: Kind::StackOrMaturity,
    },
    number!(
        "bf16",
        (0.1, 1e6),
        1,
        |s| Some(s.anchor.peaks.bf16.get() / 1e12),
        |s, n| s.anchor.peaks.bf16 = OpRate::new(n * 1e12)
    ),
    peak!("fp8", fp8),
    peak!("int8", int8),
    peak!("fp4", fp4),
    number!(
        "mem",
        (1.0, 4096.0),
        1,
        |s| Some(s.anchor.memory.get() / 1e9),
        |s, n| s.anchor.memory = Bytes::new(n * 1e9)
    ),
    number!(
        "bw",
        (10.0, 100_000.0),
        0,
        |s| Some(s.anchor.bandwidth.get() / 1e9),
        |s, n| s.anchor.bandwidth = Bandwidth::new(n * 1e9)
    ),
    number!(
        "tdp",
        (10.0, 10_000.0),
        0,
        |s| Some(s.anchor.tdp.get()),
        |s, n| s.anchor.tdp = Power::new(n)
    ),
    number!(
        "io",
        (1.0, 100_000.0),
        0,
        |s| s.anchor.io.map(|io| io.get() / 1e9),
        |s, n| {
            // What goes both ways to other chips is, but for the host's share,
            // the scale-up link twice.
            let io = Bandwidth::new(n * 1e9);
            s.anchor.scale_up = match s.anchor.io {
                Some(published) => s.anchor.scale_up * (io / published),
                None => io / 2.0,
            };
            s.anchor.io = Some(io);
        }
    ),
    number!(
        "domain",
        (1.0, 16_384.0),
        0,
        |s| Some(f64::from(s.domain)),
        |s, n| s.domain = n as u32
    ),
    choice!(
        "dc",
        || vec!["0", "1"],
        |s| Some(if s.data_centre { "1" } else { "0" }),
        |s, id| s.data_centre = id == "1"
    ),
    number!(
        "transistors",
        (0.1, 10_000.0),
        1,
        |s| s.anchor.transistors.map(|t| t.get() / 1e9),
        |s, n| s.anchor.transistors = Some(Transistors::new(n * 1e9))
    ),
    number!(
        "dies",
        (1.0, 16.0),
        0,
        |s| Some(f64::from(s.design.dies)),
        |s, n| s.design.dies = n as u32
    ),
    number!(
        "area",
        (10.0, 2_000.0),
        2,
        |s| Some(s.design.die_area.get()),
        |s, n| s.design.die_area = Area::new(n)
    ),
    number!(
        "d0",
        (0.0, 5.0),
        3,
        |s| Some(s.design.node.defects.get()),
        |s, n| {
            s.design.node.defects = DefectDensity::new(n);
            s.defects = Ranged::pinned(DefectDensity::new(n));
        }
    ),
    number!(
        "chips",
        (1.0, 1_000_000.0),
        0,
        |s| Some(f64::from(s.serving.chips)),
        |s, n| {
            s.serving.chips = n as u32;
            s.job.chips = n as u32;
            s.order.packages = n;
        }
    ),
];

/// The layout, failures and the site.
pub(super) const SITE: &[Control] = &[
    layout!("tp", tp, 64.0),
    layout!("pp", pp, 256.0),
    layout!("ep", ep, 1024.0),
    layout!("dp", dp, 1_000_000.0),
    number!(
        "fail",
        (0.0, 100.0),
        3,
        |s| Some(s.failures.rate.get()),
        |s, n| s.failures.rate = FailureRate::new(n)
    ),
    number!(
        "temp",
        (20.0, 125.0),
        0,
        |s| Some(s.heat.junction.get()),
        |s, n| s.heat.junction = Temperature::new(n)
    ),
    number!(
        "kwh",
        (0.0, 2.0),
        4,
        |s| Some(s.place.price.get()),
        |s, n| s.place.price = EnergyPrice::new(n)
    ),
    number!("pue", (1.0, 3.0), 2, |s| Some(s.place.pue), |s, n| s
        .place
        .pue =
        n),
    number!(
        "days",
        (1.0, 3_650.0),
        0,
        |s| Some(s.bar.patience.days()),
        |s, n| s.bar.patience = Time::from_days(n)
    ),
    number!(
        "mw",
        (0.01, 10_000.0),
        2,
        |s| Some(s.bar.site_power.get() / 1e6),
        |s, n| s.bar.site_power = Power::new(n * 1e6)
    ),
];
