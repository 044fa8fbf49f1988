//! The chip: what a package costs, the share of good dies, what the rules read,
//! and what stands in the way of one that cannot be made.

use super::Book;
use super::formula::Amount;
use sim::silicon::{Limit, YieldModel};
use units::Money;

impl Book<'_> {
    /// What a package costs, and of it a good die.
    pub(super) fn package_cost(&mut self) {
        let foundry = &self.outcome.foundry;
        if foundry.package_cost_usd <= 0.0 {
            return;
        }
        let parts = self.sum(foundry.parts().map(|(name, dollars)| {
            let name = self.inside(&["figure.cost.part.", name].concat());
            (name, Amount::Money(Money::new(dollars)))
        }));
        if let Some(parts) = parts {
            let told = Amount::Money(Money::new(foundry.package_cost_usd));
            self.step("explain.package_cost", parts, told);
        }
        let wafer = self.scenario.design.node.wafer_price;
        let good = foundry.gross_dies_per_wafer * foundry.die_yield_share;
        let formula = self.named("page.control.wafer.name", Amount::Money(wafer))
            / (self.gross_dies() * self.named("explain.yield", self.die_yield_share()));
        self.step("explain.good_die", formula, Amount::Money(wafer / good));
        self.good_packages();
        self.cite(&["chiplet-actuary", "de-vries-2005"]);
        self.cite_node();
    }

    pub(super) fn gross_dies(&self) -> super::Formula {
        let gross = self.outcome.foundry.gross_dies_per_wafer;
        self.named("explain.gross", Amount::Number(gross))
    }

    fn die_yield_share(&self) -> Amount {
        Amount::Share(self.outcome.foundry.die_yield_share)
    }

    /// Packages of a wafer.
    pub(super) fn good_packages(&mut self) {
        let foundry = &self.outcome.foundry;
        if foundry.good_packages_per_wafer <= 0.0 {
            return;
        }
        let assembled = Amount::Share(foundry.package_yield_share);
        let formula = self.gross_dies()
            * self.named("explain.yield", self.die_yield_share())
            * self.named("explain.assembled", assembled)
            / self.dies();
        let told = Amount::Rough(foundry.good_packages_per_wafer);
        self.step("explain.good_packages", formula, told);
    }

    pub(super) fn dies(&self) -> super::Formula {
        let dies = Amount::Count(f64::from(self.outcome.package.dies));
        self.named("explain.dies", dies)
    }

    pub(super) fn cite_node(&mut self) {
        if let Some(row) = sim::catalogue::node(self.scenario.node_id) {
            self.cite(&[row.wafer_price.source, row.defects.source]);
        }
    }

    /// Dies without a killing defect, and those that are sold nevertheless.
    pub(super) fn die_yield(&mut self) {
        let foundry = &self.outcome.foundry;
        let (sold, flawless) = (foundry.die_yield_share, foundry.flawless_die_share);
        if foundry.gross_dies_per_wafer <= 0.0 {
            return;
        }
        let formula = self.named("explain.flawless", Amount::Share(flawless))
            + self.named("explain.spared", Amount::Share(sold - flawless));
        self.step("explain.yield", formula, Amount::Share(sold));
        let design = &self.scenario.design;
        let killing = design.node.defects.on(design.die_area);
        let mean = || self.named("explain.killing", Amount::Number(killing));
        let one = || self.bare(Amount::Count(1.0));
        let over = |shape: f64| {
            let clustering = self.named("page.control.alpha.name", Amount::Number(shape));
            let power = self.named("page.control.alpha.name", Amount::Number(shape));
            (one() + mean() / clustering).raised_to_minus(power, flawless)
        };
        let formula = match self.scenario.making.yield_model {
            YieldModel::NegativeBinomial(shape) | YieldModel::BoseEinstein(shape) => over(shape),
            YieldModel::Seeds => one() / (one() + mean()),
            YieldModel::Poisson => mean().wrapped("e^(−", ")", flawless),
            YieldModel::Murphy => {
                let missed = mean().wrapped("(1 − e^(−", "))", 1.0);
                (missed / mean()).wrapped("(", ")^2", flawless)
            }
        };
        self.step("explain.flawless", formula, Amount::Share(flawless));
        let formula = self.named("page.control.area.name", Amount::Area(design.die_area))
            * self.named("explain.defects", Amount::Number(design.node.defects.get()))
            / self.bare(Amount::Count(100.0));
        self.step("explain.killing", formula, Amount::Number(killing));
        self.cite(&["stapper-1983", "silicon-gap"]);
        self.cite_node();
    }

    /// Largest of peaks times bits.
    pub(super) fn tpp(&mut self) {
        let (peaks, tpp) = (&self.outcome.package.peaks, self.outcome.metrics.tpp);
        let of = [
            (Some(peaks.bf16), 16.0),
            (peaks.fp8, 8.0),
            (peaks.int8, 8.0),
            (peaks.fp4, 4.0),
        ];
        let largest = of
            .into_iter()
            .filter_map(|(peak, bits)| Some((peak?, bits)))
            .find(|(peak, bits)| peak.get() / 1e12 * bits == tpp);
        let Some((peak, bits)) = largest else { return };
        let formula = self.named("explain.tera", Amount::Number(peak.get() / 1e12))
            * self.named("explain.bits", Amount::Count(bits));
        self.step("explain.tpp", formula, Amount::Count(tpp));
        if peaks.bf16 != self.scenario.anchor.peaks.bf16 {
            self.peak_16();
        }
        self.cite(&["bis-3a090"]);
        self.cite_peak();
    }

    /// The same over the area that the rules count.
    pub(super) fn performance_density(&mut self) {
        let (metrics, package) = (&self.outcome.metrics, &self.outcome.package);
        let (density, area) = match metrics.performance_density.zip(package.controlled_area) {
            Some((density, area)) => {
                let area = self.named("page.figure.controlled_area", Amount::Area(area));
                (density, area)
            }
            // Nobody published what the rules count: all of the dies stands in.
            None => {
                let area = self.scenario.design.die_area;
                let dies = area * f64::from(package.dies);
                let each = self.named("page.control.area.name", Amount::Area(area));
                (metrics.tpp / dies.get(), self.dies() * each)
            }
        };
        if density <= 0.0 {
            return;
        }
        let formula = self.named("explain.tpp", Amount::Count(metrics.tpp)) / area;
        let result = self.lang.decimals(density, 2);
        self.step_as("explain.density", formula, Amount::Number(density), result);
        self.cite(&["bis-3a090"]);
        if let Some(row) = self.chip_row() {
            let area = row.controlled_area.as_ref();
            self.cite(&[area.map_or(row.die_area.source, |area| area.source)]);
        }
    }

    /// By how much the design passes what can be made.
    pub(super) fn limit(&mut self) {
        let (design, making) = (&self.scenario.design, &self.scenario.making);
        let stop = self.outcome.package.limits.iter();
        match stop.copied().find(|limit| *limit != Limit::Power) {
            Some(Limit::BeyondReticle) => {
                let formula = self.named("page.control.area.name", Amount::Area(design.die_area))
                    / self.named("explain.reticle", Amount::Area(making.reticle));
                let told = Amount::Number(design.die_area / making.reticle);
                self.step("explain.beyond_reticle", formula, told);
            }
            Some(Limit::BeyondPackage) => {
                let stack = design.generation(&self.scenario.anchor).area;
                let stacks = f64::from(self.outcome.package.stacks);
                let carried = design.die_area * f64::from(design.dies) + stack * stacks;
                let most = making.reticle * making.package_reticles;
                let formula = (self.dies()
                    * self.named("page.control.area.name", Amount::Area(design.die_area))
                    + self.named("page.control.stacks.name", Amount::Count(stacks))
                        * self.named("explain.stack_area", Amount::Area(stack)))
                    / self.named("explain.most_area", Amount::Area(most));
                let told = Amount::Number(carried / most);
                self.step("explain.beyond_package", formula, told);
            }
            Some(Limit::BeyondEdge) => {
                let most = f64::from(design.most_stacks(&self.scenario.anchor, making));
                let stacks = f64::from(self.outcome.package.stacks);
                if most > 0.0 {
                    let formula = self.named("page.control.stacks.name", Amount::Count(stacks))
                        / self.named("explain.most_stacks", Amount::Count(most));
                    self.step(
                        "explain.beyond_edge",
                        formula,
                        Amount::Number(stacks / most),
                    );
                }
            }
            _ => {}
        }
        if let Some(row) = self.chip_row() {
            self.cite(&[row.die_area.source]);
        }
    }
}
