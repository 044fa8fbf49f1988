//! What serving and training take of power and money.

use super::TrainingOutcome;
use crate::energy::{ChipPower, Load, capital_cost, site_energy};
use crate::llm::Inference;
use crate::scenario::Scenario;
use crate::silicon::Package;
use units::*;

/// Watts, joules, money and carbon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Energies {
    /// Average power of a chip while serving (its limit where nothing is served).
    pub chip: Power,
    /// The same by cause; `None` where nothing is served.
    pub parts: Option<ChipPower>,
    /// All chips, hosts and optics at full load.
    pub system: Power,
    /// The site at full load.
    pub site: Power,
    /// Per output token, at the site's meter.
    pub per_token: Option<Energy>,
    /// Electricity of a million output tokens.
    pub electricity_per_million: Option<Money>,
    /// The same with capital.
    pub total_per_million: Option<Money>,
    /// Energy of the training run, at the site's meter.
    pub training: Option<Energy>,
    /// Its electricity.
    pub training_electricity: Option<Money>,
    /// Its carbon.
    pub training_carbon: Option<CarbonMass>,
}

/// All chips at their limit, with hosts and optics.
pub(super) fn full_load(scenario: &Scenario, package: &Package) -> Power {
    let around = scenario.surroundings.host_power + scenario.surroundings.optics_power;
    (package.power + around) * f64::from(scenario.serving.chips)
}

/// Average power of a chip while it serves like that, by cause.
pub fn serving_power(scenario: &Scenario, package: &Package, served: &Inference) -> ChipPower {
    let curve = &scenario.power_curve;
    let load = Load {
        compute_share: served.compute_used_share,
        memory: package.bandwidth * served.bandwidth_used_share,
        links: served.links_used,
    };
    // Chips outside the layout do nothing, at the power of that.
    let idle = package.power * curve.idle_share;
    let working = curve.power(package.power, &load);
    working.averaged(served.busy_share, idle)
}

/// What the answer takes and costs.
pub(super) fn energies(
    scenario: &Scenario,
    package: &Package,
    price: Money,
    served: Option<&Inference>,
    training: &TrainingOutcome,
) -> Energies {
    let chips = f64::from(scenario.serving.chips);
    let around = scenario.surroundings.host_power + scenario.surroundings.optics_power;
    let system = full_load(scenario, package);
    let power = |load: Load| scenario.power_curve.power(package.power, &load);
    let parts = served.map(|i| serving_power(scenario, package, i));
    let chip = parts.map_or(package.power, |parts| parts.total());
    let million = served.map(|i| Time::new(1e6 / i.tokens_per_s_per_chip));
    let electricity = million
        .map(|time| scenario.place.price * site_energy(chip + around, time, &scenario.place));
    let capital = |time: Time| {
        capital_cost(
            price + scenario.surroundings.host_price,
            time,
            &scenario.capital,
        )
    };
    let run = training
        .plan
        .as_ref()
        .ok()
        .zip(training.reliability)
        .map(|(plan, reliability)| {
            let chip = power(Load {
                compute_share: plan.hfu_share,
                memory: package.bandwidth * plan.bandwidth_used_share,
                links: plan.links_used,
            })
            .total();
            site_energy((chip + around) * chips, reliability.wall, &scenario.place)
        });
    Energies {
        chip,
        parts,
        system,
        site: system * scenario.place.pue,
        per_token: million.map(|time| site_energy(chip + around, time, &scenario.place) / 1e6),
        electricity_per_million: electricity,
        total_per_million: electricity
            .zip(million)
            .map(|(money, time)| money + capital(time)),
        training: run,
        training_electricity: run.map(|energy| scenario.place.price * energy),
        training_carbon: run.map(|energy| scenario.place.carbon * energy),
    }
}
