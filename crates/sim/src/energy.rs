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

/// How a chip's power follows its load: a base, so much for each operation, for
/// each byte of memory and for each byte on links, held to the chip's limit.
/// Source: [serving-power-fits].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PowerCurve {
    /// Share of the limit with nothing to do.
    pub idle_share: f64,
    /// Share of the limit with the program running.
    pub base_share: f64,
    /// Share of the limit that arithmetic at the whole peak would add: per
    /// operation, this times the limit over the peak.
    pub compute_share: f64,
    /// Memory, its interface and controller.
    pub memory_energy: EnergyPerByte,
    /// Links to other chips.
    pub link_energy: EnergyPerByte,
}

/// What a chip does on average.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Load {
    /// Operations over the peak.
    pub compute_share: f64,
    /// Bytes read and written in memory.
    pub memory: Bandwidth,
    /// Bytes sent to other chips.
    pub links: Bandwidth,
}

/// A chip's power, by cause.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChipPower {
    /// Leakage, clocks, what runs anyhow.
    pub base: Power,
    /// Arithmetic.
    pub compute: Power,
    /// Memory.
    pub memory: Power,
    /// Links.
    pub links: Power,
}

impl ChipPower {
    /// All of it.
    pub fn total(&self) -> Power {
        self.base + self.compute + self.memory + self.links
    }
}

impl ChipPower {
    /// The mean over chips of which so many work like this and the others idle.
    pub fn averaged(&self, busy_share: f64, idle: Power) -> Self {
        Self {
            base: self.base * busy_share + idle * (1.0 - busy_share),
            compute: self.compute * busy_share,
            memory: self.memory * busy_share,
            links: self.links * busy_share,
        }
    }
}

/// Power of a site by cause.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SitePower {
    /// The chips.
    pub chips: Power,
    /// Hosts, fans, switches.
    pub hosts: Power,
    /// Optical modules.
    pub optics: Power,
    /// Cooling and losses of the building: the part of the PUE above one.
    pub overhead: Power,
}

impl SitePower {
    /// So many chips of that power each, with what stands around them.
    pub fn of(chip: Power, chips: f64, around: &Surroundings, place: &Place) -> Self {
        let (hosts, optics) = (around.host_power * chips, around.optics_power * chips);
        let chips = chip * chips;
        Self {
            chips,
            hosts,
            optics,
            overhead: (chips + hosts + optics) * (place.pue - 1.0),
        }
    }

    /// The computers alone.
    pub fn system(&self) -> Power {
        self.chips + self.hosts + self.optics
    }

    /// All of it.
    pub fn total(&self) -> Power {
        self.system() + self.overhead
    }
}

impl PowerCurve {
    /// Power of a chip with that limit under that load. Where the parts come to
    /// more than the limit, arithmetic gives way first, since its slope is that
    /// of chips with power to spare, then the base, down to idle.
    pub fn power(&self, limit: Power, load: &Load) -> ChipPower {
        let idle = limit * self.idle_share;
        let room = limit - idle;
        let moving = self.memory_energy * load.memory + self.link_energy * load.links;
        let held = if moving > room { room / moving } else { 1.0 };
        let memory = self.memory_energy * load.memory * held;
        let links = self.link_energy * load.links * held;
        let base = (limit * self.base_share)
            .min(limit - memory - links)
            .max(idle);
        let spare = limit - base - memory - links;
        ChipPower {
            base,
            compute: (limit * (self.compute_share * load.compute_share)).min(spare),
            memory,
            links,
        }
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
