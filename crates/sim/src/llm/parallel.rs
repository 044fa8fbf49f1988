//! A device, its links, and what collectives over them cost.
//!
//! α–β collectives: a latency plus bytes over the link's reached rate. Groups
//! larger than the scale-up domain go through the slower network for the part
//! that leaves it. Source: [modelling-survey] for the forms and constants.

use units::*;

/// An accelerator as the software sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Device {
    /// Dense peak of matrix products in the format in use.
    pub peak: OpRate,
    /// Dense peak at 16 bit, for attention.
    pub peak_16: OpRate,
    /// Memory bandwidth.
    pub bandwidth: Bandwidth,
    /// Memory.
    pub memory: Bytes,
    /// Compute dies, sharing each layer as tensor-parallel ranks do.
    pub dies: u32,
    /// Link between them, one direction.
    pub die_to_die: Option<Bandwidth>,
    /// Scale-up link, one direction.
    pub scale_up: Bandwidth,
    /// Chips in a scale-up domain.
    pub domain: u32,
    /// Scale-out link, one direction.
    pub scale_out: Bandwidth,
}

/// What a stack makes of the links.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Links {
    /// Latency of a collective inside a domain.
    pub scale_up_latency: Time,
    /// Share of the link's rate reached there.
    pub scale_up_share: f64,
    /// Latency of a collective between domains.
    pub scale_out_latency: Time,
    /// Share of the link's rate reached there.
    pub scale_out_share: f64,
    /// Latency of an exchange between dies of a package.
    pub die_latency: Time,
}

impl Device {
    /// Effective rate and latency of a collective of `group` chips.
    fn path(&self, group: u32, links: &Links) -> (Bandwidth, Time) {
        if group <= self.domain {
            (self.scale_up * links.scale_up_share, links.scale_up_latency)
        } else {
            (
                self.scale_out * links.scale_out_share,
                links.scale_out_latency,
            )
        }
    }

    /// Time to sum a message of this size over the dies of the package; zero
    /// for one die.
    pub fn sum_over_dies(&self, message: Bytes, links: &Links) -> Time {
        match self.die_to_die {
            Some(link) if self.dies > 1 => {
                let k = f64::from(self.dies);
                links.die_latency + message * (2.0 * (k - 1.0) / k) / (link * links.scale_up_share)
            }
            _ => Time::new(0.0),
        }
    }
}

/// Time of an all-reduce of one message over `group` chips:
/// α + 2(n−1)/n · M/(e·B); between domains the part that leaves goes at the
/// network's rate on M/domain. Source: [modelling-survey], Thakur et al. 2005.
pub fn all_reduce(message: Bytes, group: u32, device: &Device, links: &Links) -> Time {
    if group <= 1 {
        return Time::new(0.0);
    }
    let ring = |n: f64| 2.0 * (n - 1.0) / n;
    let inside = group.min(device.domain).max(1);
    let (rate, latency) = device.path(inside, links);
    let local = if inside > 1 {
        latency + message * ring(f64::from(inside)) / rate
    } else {
        Time::new(0.0)
    };
    let outside = f64::from(group) / f64::from(inside);
    if outside <= 1.0 {
        return local;
    }
    let (rate, latency) = device.path(u32::MAX, links);
    local + latency + message / f64::from(inside) * ring(outside) / rate
}

/// Time of an all-to-all in which each chip sends `sent` bytes, spread evenly
/// over `group` chips: α + (n−1)/n · M/(e·B), the part that leaves the domain
/// at the network's rate, both at once. Source: [modelling-survey].
pub fn all_to_all(sent: Bytes, group: u32, device: &Device, links: &Links) -> Time {
    if group <= 1 {
        return Time::new(0.0);
    }
    let n = f64::from(group);
    let inside = f64::from(group.min(device.domain).max(1));
    let (rate, latency) = device.path(1, links);
    let local = sent * ((inside - 1.0) / n) / rate;
    if group <= device.domain {
        return latency + local;
    }
    let (rate, latency) = device.path(u32::MAX, links);
    latency + local.max(sent * ((n - inside) / n) / rate)
}
