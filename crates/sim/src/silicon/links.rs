//! How dies of a package are joined, and what that makes of them.

use super::wafer::{Wafer, sides};
use super::{Chip, Design, Making, Packaging};
use units::*;

/// A way to join dies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// Rate of a length of die edge, both directions.
    pub edge_bandwidth: BandwidthPerLength,
    /// Energy of what is sent.
    pub energy: EnergyPerByte,
    /// Share of a die that it takes.
    pub area_share: f64,
    /// It runs in a fan-out layer or an interposer.
    pub needs_layer: bool,
}

/// Energy of the published link: as assumed, or less where it would take more
/// than half of what the published limit leaves for memory and links.
fn own_energy(anchor: &Chip, making: &Making) -> EnergyPerByte {
    let rate = anchor.die_to_die.unwrap_or(making.die_to_die) * 2.0 * f64::from(anchor.dies);
    let left = anchor.tdp * ((1.0 - making.logic_power_share) / 2.0);
    making.own_link_energy.min(left / rate)
}

/// Rim of a die of this area.
pub(super) fn rim(area: Area, wafer: &Wafer) -> Length {
    let (width, height) = sides(area, wafer);
    Length::new(2.0 * (width + height))
}

/// Sides of a die that its neighbours take: one where there are two dies, two in
/// any larger row or square.
pub(super) fn joined_sides(dies: u32) -> f64 {
    f64::from(dies.saturating_sub(1).min(2))
}

impl Design {
    /// Share of a die that its link to other dies takes; none for one die.
    pub fn link_area_share(&self, making: &Making) -> f64 {
        match (self.dies > 1, self.link) {
            (false, _) => 0.0,
            (true, Some(link)) => link.area_share,
            (true, None) => making.link_area_share,
        }
    }

    /// Rate between two dies, one direction: as the reader says, as a kind of
    /// link gives along one side of the die, as published, or as assumed for a
    /// maker that never joined dies. `None` for one die.
    pub fn die_to_die(&self, anchor: &Chip, making: &Making) -> Option<Bandwidth> {
        (self.dies > 1).then(|| {
            self.die_to_die.unwrap_or_else(|| match self.link {
                Some(link) => {
                    let side = rim(self.die_area, &making.wafer) * making.link_edge_share;
                    link.edge_bandwidth * side / 2.0
                }
                None => anchor.die_to_die.unwrap_or(making.die_to_die),
            })
        })
    }

    /// Power of all links between dies at full rate: both directions of as many
    /// links as a ring of the dies has, one for two dies.
    pub(super) fn link_power(&self, anchor: &Chip, making: &Making) -> Power {
        let links = match self.dies {
            0 | 1 => 0.0,
            2 => 1.0,
            more => f64::from(more),
        };
        let energy = self
            .link
            .map_or_else(|| own_energy(anchor, making), |link| link.energy);
        self.die_to_die(anchor, making)
            .map_or(Power::new(0.0), |rate| energy * rate * (2.0 * links))
    }

    /// The link asked for runs in a layer that this package does not have.
    pub(super) fn lacks_layer(&self, making: &Making) -> bool {
        self.dies > 1
            && self.link.is_some_and(|link| link.needs_layer)
            && making.assembly.packaging == Packaging::Organic
    }
}

/// Devices that programs see in a package. Dies whose link carries enough are
/// one device, whose memory is as near to any of them; dies with a slower link
/// are one each, and share a model as tensor-parallel ranks. A B200 (5 TB/s one
/// way) is one device, a 910C (0.27) is two. Source: [cloudmatrix-2506.12708]
/// for the 910C, [nvidia-datasheets] for the B200; where between them the line
/// lies is [silicon-gap]'s.
pub(super) fn devices(dies: u32, link: Option<Bandwidth>, enough: Bandwidth) -> u32 {
    match link {
        Some(link) if link < enough => dies,
        _ => 1,
    }
}

impl Design {
    /// Layers of a package. Dies whose link runs in a layer share one, and so do
    /// dies that are one device; others stand on one each, joined through the
    /// substrate as the 910C's are. Source: [huawei-evolution-2026].
    pub(super) fn layers(&self, devices: u32) -> u32 {
        if self.link.is_some_and(|link| link.needs_layer) || devices == 1 {
            1
        } else {
            self.dies
        }
    }
}
