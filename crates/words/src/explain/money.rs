//! Watts, joules and dollars.

use super::formula::Amount;
use super::{Book, Formula};
use sim::energy::{ChipPower, Load};
use units::{Money, Power};

/// Tokens of which the cost is told.
const MILLION: f64 = 1e6;

impl Book<'_> {
    fn pue(&self) -> Formula {
        self.named("page.figure.pue", Amount::Number(self.scenario.place.pue))
    }

    fn million(&self) -> Formula {
        self.bare(Amount::Count(MILLION))
    }

    /// Power of what stands around a chip.
    fn around(&self) -> Power {
        self.scenario.surroundings.host_power + self.scenario.surroundings.optics_power
    }

    fn with_around(&self, key: &str, chip: Power) -> Formula {
        let around = Amount::Power(self.around());
        self.named(key, Amount::Power(chip)) + self.named("explain.around", around)
    }

    /// A chip's power by its causes.
    fn chip_power(&mut self, key: &str, parts: &ChipPower) {
        let sum = self.sum(
            [
                ("explain.power_base", parts.base),
                ("explain.power_compute", parts.compute),
                ("explain.power_memory", parts.memory),
                ("explain.power_links", parts.links),
            ]
            .map(|(key, power)| (self.lang.text(key).to_owned(), Amount::Power(power))),
        );
        if let Some(sum) = sum {
            self.step(key, sum, Amount::Power(parts.total()));
        }
        self.cite(&["serving-power-fits"]);
    }

    fn cite_system(&mut self) {
        if let Some(row) = self.system_row() {
            self.cite(&[row.host_power.source, row.optics_power.source]);
        }
    }

    fn cite_place(&mut self) {
        if let Some(row) = sim::catalogue::place(self.scenario.place_id) {
            self.cite(&[row.pue.source, row.price.source]);
        }
    }

    /// Energy of a token, at the site's meter.
    pub(super) fn energy_per_token(&mut self) {
        let energy = &self.outcome.energy;
        let (Some(token), Some(parts), Ok(inference)) =
            (energy.per_token, energy.parts, &self.outcome.inference)
        else {
            return;
        };
        let rate = Amount::Number(inference.tokens_per_s_per_chip);
        let second = self.bare(Amount::Time(units::Time::new(1.0)));
        let formula = self.with_around("explain.chip_power", energy.chip) * self.pue() * second
            / self.named("explain.chip_rate", rate);
        self.step("explain.token_energy", formula, Amount::Energy(token));
        self.chip_power("explain.chip_power", &parts);
        self.cite_system();
        self.cite_place();
    }

    /// Electricity and machines of a million tokens.
    pub(super) fn cost_per_million(&mut self) {
        let energy = &self.outcome.energy;
        let (Some(token), Some(electricity), Some(total), Ok(inference)) = (
            energy.per_token,
            energy.electricity_per_million,
            energy.total_per_million,
            &self.outcome.inference,
        ) else {
            return;
        };
        let machines = total - electricity;
        let formula = self.named("explain.electricity", Amount::Money(electricity))
            + self.named("explain.machines", Amount::Money(machines));
        self.step("explain.million", formula, Amount::Money(total));
        let formula = self.named("explain.token_energy", Amount::Energy(token))
            * self.million()
            * self.named("explain.price", Amount::Price(self.scenario.place.price));
        self.step("explain.electricity", formula, Amount::Money(electricity));
        let (around, capital) = (
            self.scenario.surroundings.host_price,
            &self.scenario.capital,
        );
        let rate = inference.tokens_per_s_per_chip;
        let used = self.named("explain.lifetime", Amount::Time(capital.lifetime))
            * self.named("explain.in_use", Amount::Share(capital.in_use_share))
            * self.named("explain.chip_rate", Amount::Number(rate));
        let second = self.bare(Amount::Time(units::Time::new(1.0)));
        let formula = (self.named("explain.chip_price", Amount::Money(self.outcome.price))
            + self.named("page.figure.host_price", Amount::Money(around)))
            * self.million()
            * second
            / used;
        self.step("explain.machines", formula, Amount::Money(machines));
        self.chip_price();
        let formula = self.named("explain.electricity", Amount::Money(electricity))
            / self.named("explain.million", Amount::Money(total));
        let share = Amount::Share(electricity / total);
        self.step("explain.electricity_share", formula, share);
        self.cite_place();
        if let Some(row) = self.chip_row() {
            self.cite(&[row.price.source]);
        }
        if let Some(row) = self.system_row() {
            self.cite(&[row.host_price.source]);
        }
    }

    /// The price of a chip that is not the published one, or pays duty.
    fn chip_price(&mut self) {
        let (published, price) = (self.scenario.price, self.outcome.price);
        if published == price || published == Money::new(0.0) {
            return;
        }
        let duty = self.scenario.law().duty_share(&self.outcome.metrics);
        let moved = price / published / (1.0 + duty);
        let formula = self.named("explain.published_price", Amount::Money(published))
            * self.named("explain.cost_ratio", Amount::Number(moved));
        let formula = if duty > 0.0 {
            formula
                * (self.bare(Amount::Count(1.0)) + self.named("explain.duty", Amount::Share(duty)))
        } else {
            formula
        };
        self.step("explain.chip_price", formula, Amount::Money(price));
    }

    /// Power of chips and site at full load.
    pub(super) fn system_power(&mut self) {
        let energy = &self.outcome.energy;
        let formula = self.with_around("explain.tdp", self.outcome.package.power)
            * self.named("explain.chips", self.chips());
        self.step("explain.system", formula, Amount::Power(energy.system));
        let formula = self.named("explain.system", Amount::Power(energy.system)) * self.pue();
        self.step("explain.site", formula, Amount::Power(energy.site));
        if let Some(row) = self.chip_row() {
            self.cite(&[row.tdp.source]);
        }
        self.cite_system();
        self.cite_place();
    }

    /// Energy of the run, its electricity, and a chip's power in it.
    pub(super) fn training_energy(&mut self) {
        let training = &self.outcome.training;
        let (Some(run), Some(money), Ok(plan), Some(reliability)) = (
            self.outcome.energy.training,
            self.outcome.energy.training_electricity,
            &training.plan,
            training.reliability,
        ) else {
            return;
        };
        let load = Load {
            compute_share: plan.hfu_share,
            memory: self.outcome.package.bandwidth * plan.bandwidth_used_share,
            links: plan.links_used,
        };
        let limit = self.outcome.package.power;
        let parts = self.scenario.power_curve.power(limit, &load);
        let formula = self.with_around("explain.training_power", parts.total())
            * self.named("explain.chips", self.chips())
            * self.named("explain.days", Amount::Time(reliability.wall))
            * self.pue();
        self.step("explain.run_energy", formula, Amount::Energy(run));
        self.chip_power("explain.training_power", &parts);
        let formula = self.named("explain.run_energy", Amount::Energy(run))
            * self.named("explain.price", Amount::Price(self.scenario.place.price));
        self.step("explain.run_money", formula, Amount::Money(money));
        self.cite_system();
        self.cite_place();
    }
}
