//! Figures that a control sets: which, and in the control's unit.

use super::{Found, Input};
use crate::catalogue::{CAPACITIES, Country, Origin, Unit};
use crate::controls::{CONTROLS, Kind, index};
use crate::scenario::{Known, Rows, Scenario};
use crate::state::State;
use crate::supply::{Level, Resources};

/// A figure and the control that sets it.
pub(super) struct Controlled {
    figure: (&'static str, &'static str),
    /// The control.
    pub control: &'static str,
    /// Its unit and the base units in it, where not those of links.
    pub unit: Option<(&'static str, f64)>,
    /// The scenario uses this figure and not another in its place.
    pub when: fn(&Rows) -> bool,
}

const fn set(table: &'static str, field: &'static str, control: &'static str) -> Controlled {
    Controlled {
        figure: (table, field),
        control,
        unit: None,
        when: |_| true,
    }
}

impl Controlled {
    const fn counted_in(mut self, unit: &'static str, factor: f64) -> Self {
        self.unit = Some((unit, factor));
        self
    }

    const fn when(mut self, when: fn(&Rows) -> bool) -> Self {
        self.when = when;
        self
    }
}

fn is_chinese(rows: &Rows) -> bool {
    rows.chip.origin == Origin::Chinese
}

fn is_made_at_home(rows: &Rows) -> bool {
    rows.node.country == Country::China
}

fn has_own_price(rows: &Rows) -> bool {
    is_chinese(rows) && rows.waived && rows.place.domestic_price.is_some()
}

/// Stacks bought before are of the chip's own memory.
fn has_stock(rows: &Rows) -> bool {
    let own = rows.chip.memory_kind;
    let family = rows.family.as_ref();
    rows.memory.id == own && family.is_some_and(|family| family.stock_of.contains(&own))
}

const DAY: f64 = units::SECONDS_PER_DAY;

#[rustfmt::skip]
const CONTROLLED: [Controlled; 37] = [
    set("chip", "bf16", "bf16"),
    set("chip", "fp8", "fp8"),
    set("chip", "int8", "int8"),
    set("chip", "fp4", "fp4"),
    set("chip", "memory", "mem"),
    set("chip", "bandwidth", "bw"),
    set("chip", "tdp", "tdp"),
    set("chip", "io", "io"),
    set("chip", "transistors", "transistors"),
    set("node", "defects", "d0"),
    set("node", "wafer_price", "wafer"),
    set("llm", "training_tokens", "tokens"),
    set("llm", "training_batch", "gbs"),
    set("place", "price", "kwh").when(|rows| !has_own_price(rows)),
    set("place", "domestic_price", "kwh").when(has_own_price),
    set("place", "pue", "pue"),
    set("family", "share", "share"),
    set("family", "stock", "hbmstock").counted_in("million", 1e6).when(has_stock),
    set("family", "bank", "bank").counted_in("million", 1e6),
    set("assumption", "defect_clustering", "alpha"),
    set("assumption", "spare_share", "spare").when(|rows| rows.chip.cores.is_none()),
    set("assumption", "volume", "volume"),
    set("assumption", "ai_share", "aishare").when(is_made_at_home),
    set("assumption", "ai_share_abroad", "aishare").when(|rows| !is_made_at_home(rows)),
    set("assumption", "buyer_share", "buyer"),
    set("assumption", "gather_patience", "wait").counted_in("d", DAY),
    set("assumption", "fund", "fund").counted_in("bn$", 1e9),
    set("assumption", "tool_cap", "toolcap"),
    set("assumption", "prompt_tokens", "in"),
    set("assumption", "answer_tokens", "out"),
    set("assumption", "token_time_limit", "tpot").counted_in("ms", 1e-3),
    set("assumption", "prefill_chunk", "chunk"),
    set("assumption", "failure_rate_chinese", "fail").when(is_chinese),
    set("assumption", "failure_rate_foreign", "fail").when(|rows| !is_chinese(rows)),
    set("assumption", "junction", "temp"),
    set("assumption", "patience", "days").counted_in("d", DAY),
    set("assumption", "site_power", "mw").counted_in("MW", 1e6),
];

/// What sets the figure: nothing, or one of these.
pub(super) fn controlled<'a>(
    table: &'a str,
    field: &'a str,
) -> impl Iterator<Item = &'static Controlled> + 'a {
    CONTROLLED
        .iter()
        .filter(move |known| known.figure == (table, field))
}

/// A path over the years and the control that sets it by one of them.
struct PathSet {
    figure: (&'static str, &'static str),
    control: &'static str,
    unit: &'static str,
    /// Puts that level in use.
    take: fn(&mut Resources, Level),
}

const PATHS: [PathSet; 3] = [
    PathSet {
        figure: ("capacity", "wafers"),
        control: "wpm",
        unit: "kwpm",
        take: |r, level| r.wafers.central = r.wafers.at(level),
    },
    PathSet {
        figure: ("capacity", "layer_wafers"),
        control: "layers",
        unit: "kwpm",
        take: |r, level| r.layer_wafers.central = r.layer_wafers.at(level),
    },
    PathSet {
        figure: ("domestic", "stacks"),
        control: "hbmnew",
        unit: "million",
        take: |r, level| r.domestic.central = r.domestic.at(level),
    },
];

/// What supply draws on over the years, as its controls have it.
pub(super) fn paths(state: &State, scenario: &Scenario) -> Vec<Input> {
    let mut published = state.clone();
    for path in &PATHS {
        published.set(path.control, None);
    }
    let published = published.scenario();
    let pool = published.pool_id;
    let source = CAPACITIES.iter().find(|row| row.pool == pool);
    let Some((drawn, source)) = published.resources.as_ref().zip(source) else {
        return Vec::new();
    };
    let input = |path: &PathSet| {
        let setter = Controlled {
            unit: Some((path.unit, 1.0)),
            ..set(path.figure.0, path.figure.1, path.control)
        };
        let Kind::Number { read, .. } = CONTROLS[index(path.control)?].kind else {
            return None;
        };
        let mut at = published.clone();
        let range = [Level::Low, Level::Central, Level::High].map(|level| {
            let mut drawn = *drawn;
            (path.take)(&mut drawn, level);
            at.resources = Some(drawn);
            read(&at).unwrap_or_default()
        });
        let found = Found {
            table: path.figure.0,
            row: pool,
            field: path.figure.1,
            known: Known {
                range,
                tier: source.wafers.tier,
                source: source.wafers.source,
                used: range[1],
            },
        };
        found.set_by(&setter, Unit::Ratio, state, scenario)
    };
    PATHS.iter().filter_map(input).collect()
}
