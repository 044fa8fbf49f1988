//! Watts, joules per token, money and carbon.

use units::*;

/// Where a cluster stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Price of electricity.
    pub price: EnergyPrice,
    /// Carbon intensity.
    pub carbon: CarbonIntensity,
    /// Power usage effectiveness: the site's power over its computers'.
    pub pue: f64,
}

/// What stands around a chip.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Surroundings {
    /// Hosts, fans, switches per chip.
    pub host_power: Power,
    /// Optical modules per chip.
    pub optics_power: Power,
    /// Price of everything but the chip, per chip.
    pub host_price: Money,
}

/// How a chip's power follows its load: share of the limit = base + memory's
/// part × bandwidth in use + arithmetic's part × peak in use, between idle and 1.
/// Source: [serving-power-fits].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PowerCurve {
    /// Least share, with nothing to do.
    pub idle_share: f64,
    /// Share with the program running.
    pub base_share: f64,
    /// Added at full memory bandwidth.
    pub memory_share: f64,
    /// Added at full arithmetic.
    pub compute_share: f64,
}

impl PowerCurve {
    /// Power of a chip with that limit, at those shares of its bandwidth and peak.
    pub fn power(&self, limit: Power, bandwidth_used_share: f64, compute_used_share: f64) -> Power {
        let share = self.base_share
            + self.memory_share * bandwidth_used_share
            + self.compute_share * compute_used_share;
        limit * share.clamp(self.idle_share, 1.0)
    }
}

/// How capital is spread over what it produces.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Capital {
    /// Time over which it is written off.
    pub lifetime: Time,
    /// Share of that time in which it is in use.
    pub in_use_share: f64,
}

/// Site energy for some power of the computers over a time.
pub fn site_energy(power: Power, time: Time, place: &Place) -> Energy {
    power * time * place.pue
}

/// Capital that a chip and its surroundings cost over a time in use.
pub fn capital_cost(price: Money, time: Time, capital: &Capital) -> Money {
    price * (time / capital.lifetime / capital.in_use_share)
}
