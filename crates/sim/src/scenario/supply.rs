//! Rows of fabs, memory makers and designers as the supply domain's plain
//! values.

use super::{Rows, Scenario};
use crate::catalogue::*;
use crate::silicon::{Node, Stack};
use crate::supply::{Expansion, Path, Ranged, Resources, YearTotals};

/// Interposers, by where the dies are made.
const LAYERS_IN_CHINA: &str = "china-interposer";
const LAYERS_ABROAD: &str = "abroad-interposer";

pub(super) fn ranged<T: Copy>(figure: &Figure<T>) -> Ranged<T> {
    Ranged {
        low: figure.low,
        central: figure.central,
        high: figure.high,
    }
}

/// Wafers a month of a pool, over the years: those of its fabs together.
pub fn wafers_of(pool: &str) -> Ranged<Path> {
    let at = |pick: fn(&CapacityRow) -> f64| {
        let rows = CAPACITIES.iter().filter(|row| row.pool == pool);
        let of_year = |year: u32| {
            let fabs = rows.clone().filter(|row| row.year == year);
            fabs.map(pick).sum::<f64>()
        };
        Path::through(rows.clone().map(|row| (row.year, of_year(row.year))))
    };
    Ranged {
        low: at(|row| row.wafers.low.get()),
        central: at(|row| row.wafers.central.get()),
        high: at(|row| row.wafers.high.get()),
    }
}

/// Stacks made in China over the years, of a generation or of one that stands in
/// for it.
fn domestic_stacks(id: &str) -> Ranged<YearTotals> {
    let serves = |row: &DomesticRow| {
        row.memory == id || memory(row.memory).and_then(|m| m.stands_in_for) == Some(id)
    };
    let at = |pick: fn(&DomesticRow) -> f64| {
        let rows = DOMESTIC.iter().filter(|row| serves(row));
        YearTotals::of_years(rows.map(|row| (row.year, pick(row))))
    };
    Ranged {
        low: at(|row| row.stacks.low),
        central: at(|row| row.stacks.central),
        high: at(|row| row.stacks.high),
    }
}

/// What a Chinese designer may draw on for that node; `None` for a foreign chip.
pub fn resources(rows: &Rows) -> Option<Resources> {
    let (chip, node, a) = (&rows.chip, &rows.node, &rows.assumptions);
    let family = rows.family.as_ref()?;
    Some(Resources {
        wafers: wafers_of(node.pool),
        ai_share: ai_share(node, a),
        designer_share: ranged(&family.share),
        node_since: node.since,
        node_ramp: a.node_ramp.central,
        at_home: node.country == Country::China,
        expansion: Expansion {
            fund: a.fund.central,
            planned_fund: a.fund.central,
            fab_share: a.fab_share.central,
            leverage_ratio: a.fund_leverage.central,
            fab_price: a.fab_price.central,
            paid: FUND_PAID,
            delay: a.fab_delay.central,
            tool_cap: a.tool_cap.central,
        },
        growth: Ranged::pinned(0.0),
        growth_from: FUND_PAID,
        bank: family.bank.as_ref().map_or(Ranged::pinned(0.0), ranged),
        bank_die: family.bank_die.map_or(units::Area::new(0.0), |f| f.central),
        bank_opens: BANK_OPENS,
        bank_quarters_count: a.bank_quarters.central,
        stock: stock(family, chip.memory_kind),
        stock_quarters_count: ranged(&a.stock_quarters),
        domestic: domestic_stacks(chip.memory_kind),
        layer_wafers: layer_wafers(node),
    })
}

/// Stacks of the generation that a designer bought before they were barred.
fn stock(family: &FamilyRow, memory: &str) -> Ranged<f64> {
    if family.stock_of.contains(&memory) {
        ranged(&family.stock)
    } else {
        Ranged::pinned(0.0)
    }
}

/// Part of the node's wafers for Chinese AI chips.
fn ai_share(node: &NodeRow, a: &Assumptions) -> Ranged<f64> {
    ranged(match node.country {
        Country::China => &a.ai_share,
        Country::Abroad => &a.ai_share_abroad,
    })
}

fn layer_wafers(node: &NodeRow) -> Ranged<Path> {
    wafers_of(match node.country {
        Country::China => LAYERS_IN_CHINA,
        Country::Abroad => LAYERS_ABROAD,
    })
}

impl Scenario {
    /// Makes the chip on another node; what the reader said of the old node's
    /// defects or fabs does not hold there.
    pub fn move_to(&mut self, node: &'static NodeRow) {
        if node.id == self.node_id {
            return;
        }
        self.node_id = node.id;
        self.fab_abroad = node.country == Country::Abroad;
        self.node_advanced = node.advanced;
        self.node_class_nm = node.class_nm;
        if let Some(resources) = &mut self.resources {
            if node.pool != self.pool_id {
                resources.wafers = wafers_of(node.pool);
            }
            resources.node_since = node.since;
            let at_home = node.country == Country::China;
            if at_home != resources.at_home {
                resources.ai_share = ai_share(node, &self.rows.assumptions);
            }
            resources.at_home = at_home;
            resources.layer_wafers = layer_wafers(node);
        }
        self.pool_id = node.pool;
        self.node_since = node.since;
        self.work_with(self.tools);
    }

    /// Gives Chinese fabs these tools from the scenario's day on: defects,
    /// exposures and wafers follow. Fabs abroad have theirs.
    pub fn work_with(&mut self, tools: &'static RegimeRow) {
        self.tools = tools;
        let Some(row) = node(self.node_id) else {
            return;
        };
        let row = self.rows.node.or(row);
        let regime = self.rows.regime.or(tools);
        self.design.node = Node::from(row);
        self.defects = ranged(&row.defects);
        let at_home = row.country == Country::China;
        if at_home {
            let ratio = regime.defects_ratio.central;
            self.design.node.defects = self.design.node.defects * ratio;
            let node = &mut self.design.node;
            let published = node.extra_passes_count;
            node.extra_passes_count *= regime.passes_ratio.central;
            // The wafer's price holds the exposures of the regime that it is of.
            node.wafer_price =
                node.wafer_price + self.making.pass_price * (node.extra_passes_count - published);
            self.defects = self.defects.map(|defects| defects * ratio);
        }
        if let Some(resources) = &mut self.resources {
            resources.growth = if at_home {
                ranged(&regime.growth)
            } else {
                Ranged::pinned(0.0)
            };
            // The rows of capacities are what came of the regime of their day:
            // others part from it then, and not before.
            resources.growth_from = self.fabs.max(RegimeRow::of(DATA_DATE).from);
            resources.expansion.tool_cap =
                self.rows.assumptions.tool_cap.central * if tools.new_tools { 1.0 } else { 0.0 };
        }
    }

    /// Puts another generation of memory beside the dies. What was bought before
    /// is of the chip's own.
    pub fn remember_with(&mut self, memory: &'static MemoryRow) {
        let own = memory.id == self.own_memory_id;
        self.memory_id = memory.id;
        let row = self.rows.memory.or(memory);
        self.power_curve.memory_energy = row.energy.central;
        self.design.memory = (!own).then(|| Stack::from(row));
        if let Some(resources) = &mut self.resources {
            resources.domestic = domestic_stacks(memory.id);
            if !own {
                resources.stock = Ranged::pinned(0.0);
            }
        }
    }
}
