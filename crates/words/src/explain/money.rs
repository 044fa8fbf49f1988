//! Watts, joules and dollars.

use super::formula::Amount;
use super::{Book, Formula, Watts};
use sim::energy::{ChipPower, Load};
use sim::outcome::site_power;
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
        let rate = Amount::Rate(inference.tokens_per_s_per_chip);
        let formula = self.with_around("explain.chip_power", energy.chip) * self.pue()
            / self.named("explain.chip_rate", rate);
        self.step("explain.token_energy", formula, Amount::Energy(token));
        self.chip_power("explain.chip_power", &parts);
        self.cite_system();
        self.cite_place();
    }

    /// Electricity and machines of a million tokens.
    pub(super) fn cost_per_million(&mut self) {
        let Some([electricity, machines]) = self.million_parts() else {
            return;
        };
        let total = electricity + machines;
        let formula = self.named("explain.electricity", Amount::Money(electricity))
            + self.named("explain.machines", Amount::Money(machines));
        self.step("explain.million", formula, Amount::Money(total));
        self.electricity();
        self.machines();
        let formula = self.named("explain.electricity", Amount::Money(electricity))
            / self.named("explain.million", Amount::Money(total));
        let share = Amount::Share(electricity / total);
        self.step("explain.electricity_share", formula, share);
    }

    /// What a million tokens take of electricity and of machines.
    fn million_parts(&self) -> Option<[Money; 2]> {
        let energy = &self.outcome.energy;
        let electricity = energy.electricity_per_million?;
        Some([electricity, energy.total_per_million? - electricity])
    }

    /// Electricity of a million tokens.
    pub(super) fn electricity(&mut self) {
        let Some(([electricity, _], token)) =
            self.million_parts().zip(self.outcome.energy.per_token)
        else {
            return;
        };
        let formula = self.named("explain.token_energy", Amount::Energy(token))
            * self.million()
            * self.named("explain.price", Amount::Price(self.scenario.place.price));
        self.step("explain.electricity", formula, Amount::Money(electricity));
        self.cite_place();
    }

    /// Machines of a million tokens, and what a chip costs.
    pub(super) fn machines(&mut self) {
        let (Some([_, machines]), Ok(inference)) = (self.million_parts(), &self.outcome.inference)
        else {
            return;
        };
        let (around, capital) = (
            self.scenario.surroundings.host_price,
            &self.scenario.capital,
        );
        let rate = inference.tokens_per_s_per_chip;
        let used = self.named("explain.lifetime", Amount::Time(capital.lifetime))
            * self.named("explain.in_use", Amount::Share(capital.in_use_share))
            * self.named("explain.chip_rate", Amount::Rate(rate));
        let formula = (self.named("explain.chip_price", Amount::Money(self.outcome.price))
            + self.named("page.figure.host_price", Amount::Money(around)))
            * self.million()
            / used;
        self.step("explain.machines", formula, Amount::Money(machines));
        self.chip_price();
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
        let cost = || self.outcome.foundry.package_cost_usd;
        let as_published = sim::outcome::published(self.scenario);
        let moved = sim::outcome::cost_ratio(self.scenario, as_published.as_ref(), cost);
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

    /// A part of the site's power, while it serves or at full load.
    pub(super) fn watts(&mut self, watts: Watts, at_full_load: bool) {
        let (energy, limit) = (&self.outcome.energy, self.outcome.package.power);
        let (each, key) = match at_full_load {
            true => (limit, "explain.tdp"),
            false => (energy.chip, "explain.chip_power"),
        };
        let (site, around) = (site_power(self.scenario, each), self.scenario.surroundings);
        let cause = |parts: &ChipPower| match watts {
            Watts::Compute => ("compute", "explain.power_compute", parts.compute),
            Watts::Memory => ("memory", "explain.power_memory", parts.memory),
            Watts::Links => ("links", "explain.power_links", parts.links),
            _ => ("base", "explain.power_base", parts.base),
        };
        // What it is, and so much of it for each chip.
        let (title, name, each) = match (watts, &energy.parts) {
            (Watts::Chips, _) => ("chips", self.inside(key), each),
            (Watts::Optics, _) => {
                let name = self.inside("page.figure.optics_power");
                ("optics", name, around.optics_power)
            }
            (Watts::Hosts, _) => {
                let name = self.inside("page.figure.host_power");
                ("hosts", name, around.host_power)
            }
            (Watts::System | Watts::Site | Watts::Overhead, _) => {
                return self.whole_site(watts, self.with_around(key, each), &site);
            }
            (_, None) => return,
            (_, Some(parts)) => {
                let (cause, key, each) = cause(parts);
                let name = self.lang.text(key);
                (
                    cause,
                    self.lang.fill("explain.of_each", &[("what", name)]),
                    each,
                )
            }
        };
        let formula = Formula::named(self.lang, &name, Amount::Power(each))
            * self.named("explain.chips", self.chips());
        let told = each * f64::from(self.scenario.serving.chips);
        self.step(
            &["figure.watts.", title].concat(),
            formula,
            Amount::Power(told),
        );
        match watts {
            Watts::Optics | Watts::Hosts => self.cite_system(),
            Watts::Chips if at_full_load => self.power_limit(),
            _ => self.serving_power(),
        }
    }

    /// A chip's power by its causes while it serves.
    fn serving_power(&mut self) {
        if let Some(parts) = self.outcome.energy.parts {
            self.chip_power("explain.chip_power", &parts);
        }
    }

    /// Sums over the site of what a chip takes with what stands around it.
    fn whole_site(&mut self, watts: Watts, each: Formula, site: &sim::energy::SitePower) {
        let system = Amount::Power(site.system());
        let named = || self.named("explain.drawn", system);
        let beyond = self.pue() - self.bare(Amount::Count(1.0));
        match watts {
            Watts::Overhead => {
                let formula = named() * beyond;
                self.step(
                    "figure.watts.overhead",
                    formula,
                    Amount::Power(site.overhead),
                );
            }
            Watts::Site => {
                let formula = named() * self.pue();
                self.step("explain.meter", formula, Amount::Power(site.total()));
            }
            _ => {}
        }
        let formula = each * self.named("explain.chips", self.chips());
        self.step("explain.drawn", formula, system);
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
