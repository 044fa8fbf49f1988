//! What a package costs, part by part, and what its computing power does.

use super::formula::Amount;
use super::{Book, Formula};
use units::{Bytes, Money, OpRate};

/// Peak that a cost is divided by.
const HUNDRED_TERAFLOPS: OpRate = OpRate::new(1e14);

impl Book<'_> {
    fn one_count(&self) -> Formula {
        self.bare(Amount::Count(1.0))
    }

    fn dollars(&self, key: &str, dollars: f64) -> Formula {
        self.named(key, Amount::Money(Money::new(dollars)))
    }

    fn cost_name(part: &str) -> String {
        ["figure.cost.part.", part].concat()
    }

    /// Dies of a wafer that can be sold.
    fn sold_dies(&self) -> Formula {
        let sold = Amount::Share(self.outcome.foundry.die_yield_share);
        self.gross_dies() * self.named("explain.yield", sold)
    }

    /// What extra exposures take of a wafer's price.
    fn exposures(&self) -> Money {
        let node = &self.scenario.design.node;
        let passes = self.scenario.making.pass_price * node.extra_passes_count;
        passes.min(node.wafer_price)
    }

    /// A part of the cost of a package, in the order of making.
    pub(super) fn cost_part(&mut self, part: usize) {
        let foundry = &self.outcome.foundry;
        let Some((name, dollars)) = foundry.parts().get(part).copied() else {
            return;
        };
        if foundry.package_cost_usd <= 0.0 {
            return;
        }
        let formula = match name {
            "silicon" => self.good_silicon(),
            "passes" => {
                let exposures = self.named("explain.exposures", Amount::Money(self.exposures()));
                self.dies() * exposures / self.sold_dies()
            }
            "bad_dies" => {
                let bare = self.scenario.design.node.wafer_price - self.exposures();
                let bare = self.named("explain.bare_wafer", Amount::Money(bare));
                let sold = foundry.die_yield_share;
                let lost = self.named("explain.unsold", Amount::Share(1.0 - sold))
                    / self.named("explain.yield", Amount::Share(sold));
                self.dies() * bare / self.gross_dies() * lost
            }
            "losses" => self.lost_in_assembly(),
            "memory" => {
                let bytes = self.outcome.package.memory;
                let gigabyte = Bytes::new(1e9);
                let price = self.scenario.design.generation(&self.scenario.anchor).price;
                self.named("explain.memory", Amount::Bytes(bytes))
                    * self.named("explain.memory_price", Amount::Money(price * gigabyte))
                    / self.bare(Amount::Bytes(gigabyte))
            }
            "design" => {
                let volume = self.scenario.making.development.volume_count.max(1.0);
                self.dollars("explain.design_cost", dollars * volume)
                    / self.named("page.control.volume.name", Amount::Number(volume))
            }
            _ => self.carrier(),
        };
        let told = Amount::Money(Money::new(dollars));
        self.step(&Self::cost_name(name), formula, told);
        match name {
            "silicon" | "passes" | "bad_dies" => self.die_yield(),
            _ => {}
        }
        self.cite(&["chiplet-actuary", "de-vries-2005"]);
        self.cite_node();
    }

    /// Good dies without their extra exposures, with their bumps.
    fn good_silicon(&self) -> Formula {
        let foundry = &self.outcome.foundry;
        let bare = self.scenario.design.node.wafer_price - self.exposures();
        let dies = f64::from(self.outcome.package.dies);
        let die = bare.get() / foundry.gross_dies_per_wafer;
        let bumps = foundry.silicon_cost_usd - die * dies;
        let wafer = self.named("explain.bare_wafer", Amount::Money(bare));
        self.dies() * wafer / self.gross_dies() + self.dollars("explain.bumps", bumps)
    }

    /// Substrate and layers: what they cost for each of the dies.
    fn carrier(&self) -> Formula {
        let foundry = &self.outcome.foundry;
        let area = self.scenario.design.die_area * f64::from(self.outcome.package.dies);
        let each = foundry.substrate_cost_usd / area.get() * 100.0;
        let area = Amount::Area(area);
        self.named("explain.dies_area", area) * self.dollars("explain.carrier_price", each)
            / self.bare(Amount::Area(units::Area::new(100.0)))
    }

    /// What assemblies that fail take with them: dies and memory, and the layers and
    /// substrates under them.
    fn lost_in_assembly(&self) -> Formula {
        let foundry = &self.outcome.foundry;
        let kept = foundry.package_yield_share;
        let carried = foundry.dies_cost_usd + foundry.memory_cost_usd;
        let under = foundry.assembly_losses_usd - carried * (1.0 / kept - 1.0);
        let lost = self.one_count() / self.named("explain.assembled", Amount::Share(kept))
            - self.one_count();
        (self.dollars("explain.dies_cost", foundry.dies_cost_usd)
            + self.dollars("figure.cost.part.memory", foundry.memory_cost_usd))
            * lost
            + self.dollars("explain.carriers_lost", under.max(0.0))
    }

    /// What a hundred teraflops cost, those parts of it.
    pub(super) fn peak_cost(&mut self, from: usize, to: usize) {
        let foundry = &self.outcome.foundry;
        let parts = foundry.parts();
        let whole = to - from == parts.len();
        let parts = parts.get(from..to).unwrap_or_default();
        let peak = self.outcome.package.peaks.bf16;
        let dollars: f64 = parts.iter().map(|(_, dollars)| dollars).sum();
        if foundry.package_cost_usd <= 0.0 || peak.get() <= 0.0 {
            return;
        }
        let named = parts.iter().map(|(name, dollars)| {
            let name = self.inside(&Self::cost_name(name));
            (name, Amount::Money(Money::new(*dollars)))
        });
        let sum = match whole {
            true => Some(self.dollars("explain.package_cost", foundry.package_cost_usd)),
            false => self.sum(named),
        };
        let Some(sum) = sum else { return };
        let hundred = self.bare(Amount::OpRate(HUNDRED_TERAFLOPS));
        let formula = sum * hundred / self.named("explain.peak_16", Amount::OpRate(peak));
        let dollars = if whole {
            foundry.package_cost_usd
        } else {
            dollars
        };
        let told = Amount::Money(Money::new(dollars * (HUNDRED_TERAFLOPS / peak)));
        self.step("explain.peak_cost", formula, told);
        if whole {
            self.package_cost();
        } else {
            self.cite(&["chiplet-actuary", "de-vries-2005"]);
            self.cite_node();
        }
        self.peak_16();
    }
}
