//! What a package costs, part by part, and what its computing power does.

use super::formula::Amount;
use super::{Book, Formula};
use sim::silicon::{self, AssemblyCost, Carried};
use units::{Area, Bytes, Money, OpRate};

/// Peak that a cost is divided by.
const HUNDRED_TERAFLOPS: OpRate = OpRate::new(1e14);
/// Area that a substrate's price is told of.
const HUNDRED_SQUARE_MILLIMETRES: Area = Area::new(100.0);

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
                let (design, making) = (&self.scenario.design, &self.scenario.making);
                let (anchor, package) = (&self.scenario.anchor, &self.outcome.package);
                let cost = silicon::design_cost(anchor, design, package, making);
                self.named("explain.design_cost", Amount::Money(cost))
                    / self.named("page.control.volume.name", Amount::Number(volume))
            }
            _ => self.carrier(),
        };
        let told = Amount::Money(Money::new(dollars));
        self.step(&Self::cost_name(name), formula, told);
        match name {
            "silicon" | "passes" | "bad_dies" => self.die_yield(),
            "substrate" => self.layers(),
            _ => {}
        }
        self.cite(&["chiplet-actuary", "de-vries-2005"]);
        self.cite_node();
    }

    /// Good dies without their extra exposures, with their bumps.
    fn good_silicon(&self) -> Formula {
        let design = &self.scenario.design;
        let bare = design.node.wafer_price - self.exposures();
        let bumps = self.scenario.making.assembly.bumps(design.die_area);
        let wafer = self.named("explain.bare_wafer", Amount::Money(bare));
        let bumps = self.named("explain.bumps", Amount::Money(bumps));
        self.dies() * (wafer / self.gross_dies() + bumps)
    }

    fn carried(&self) -> Carried {
        let (anchor, design) = (&self.scenario.anchor, &self.scenario.design);
        silicon::carried(anchor, design, &self.outcome.package)
    }

    /// What putting the dies together costs.
    fn assembled(&self) -> AssemblyCost {
        let (scenario, outcome) = (self.scenario, self.outcome);
        let (anchor, design) = (&scenario.anchor, &scenario.design);
        let given = outcome.foundry.given();
        silicon::assembled(given, anchor, design, &outcome.package, &scenario.making)
    }

    /// Substrate and layers, as if every assembly worked.
    fn carrier(&self) -> Formula {
        let (carried, assembly) = (self.carried(), &self.scenario.making.assembly);
        let substrate = assembly.substrate(&carried);
        let price = substrate.price * HUNDRED_SQUARE_MILLIMETRES;
        let formula = self.named("explain.substrate_area", Amount::Area(substrate.area))
            * self.named("explain.substrate_price", Amount::Money(price))
            / self.bare(Amount::Area(HUNDRED_SQUARE_MILLIMETRES));
        let formula = match substrate.layers_ratio {
            1.0 => formula,
            ratio => formula * self.named("explain.substrate_layers", Amount::Number(ratio)),
        };
        let layer = assembly.layer_cost(&carried);
        if layer == Money::new(0.0) {
            return formula;
        }
        let layers = Amount::Count(f64::from(carried.layers));
        self.named("explain.layers", layers)
            * self.named("explain.layer_cost", Amount::Money(layer))
            + formula
    }

    /// A layer's part of its wafer, and its bumps.
    fn layers(&mut self) {
        let (carried, assembly) = (self.carried(), &self.scenario.making.assembly);
        let (area, told) = (assembly.layer_area(&carried), assembly.layer_cost(&carried));
        if told == Money::new(0.0) {
            return;
        }
        let wafer = Amount::Money(assembly.layer.wafer_price);
        let bumps = assembly.substrate_price * area;
        let formula = self.named("explain.layer_wafer", wafer)
            / self.named(
                "explain.wafer_layers",
                Amount::Number(assembly.layers_per_wafer(area)),
            )
            + self.named("explain.layer_bumps", Amount::Money(bumps));
        self.step("explain.layer_cost", formula, Amount::Money(told));
    }

    /// What assemblies that fail take with them: dies and memory, and the layers and
    /// substrates under them.
    fn lost_in_assembly(&self) -> Formula {
        let foundry = &self.outcome.foundry;
        let kept = foundry.package_yield_share;
        let under = self.assembled().defective_packages;
        let lost = self.one_count() / self.named("explain.assembled", Amount::Share(kept))
            - self.one_count();
        (self.dollars("explain.dies_cost", foundry.dies_cost_usd)
            + self.dollars("figure.cost.part.memory", foundry.memory_cost_usd))
            * lost
            + self.named("explain.carriers_lost", Amount::Money(under))
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
