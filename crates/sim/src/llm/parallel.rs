//! A device, its links, and what collectives over them cost.
//!
//! α–β collectives: a latency plus bytes over the link's reached rate. Groups
//! larger than the scale-up domain go through the slower network for the part
//! that leaves it. Source: [modelling-survey] for the forms and constants.

use super::{ExpertsRow, Format};
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
    /// Clock over the rated one; peaks are of this clock.
    pub clock_ratio: f64,
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
    pub(super) fn path(&self, group: u32, links: &Links) -> (Bandwidth, Time) {
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
                links.die_latency + message * ring(k) / (link * links.scale_up_share)
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
    let inside = group.min(device.domain).max(1);
    let (rate, latency) = device.path(inside, links);
    let local = if inside > 1 {
        latency * hops(inside) + message * ring(f64::from(inside)) / rate
    } else {
        Time::new(0.0)
    };
    let outside = f64::from(group) / f64::from(inside);
    if outside <= 1.0 {
        return local;
    }
    let (rate, latency) = device.path(u32::MAX, links);
    local + latency * hops(group) + message / f64::from(inside) * ring(outside) / rate
}

/// Bytes that each of `n` chips sends for a sum, over the message's.
pub(super) fn sent_share(n: u32) -> f64 {
    ring(f64::from(n.max(1)))
}

/// What each member of a ring of `n` passes on to sum a message, over the message.
fn ring(n: f64) -> f64 {
    2.0 * (n - 1.0) / n
}

/// Latencies that a collective of `n` takes, in those of two chips: the depth
/// of a tree, half of it waiting that does not grow; between powers of two the
/// depth goes straight. Source: [modelling-survey], Thakur et al. 2005.
fn hops(n: u32) -> f64 {
    let n = n.max(1);
    let whole = n.ilog2();
    let depth = f64::from(whole) + f64::from(n) / f64::from(1u32 << whole) - 1.0;
    (1.0 + depth) / 2.0
}

/// Time of an all-to-all over `group` chips in which each sends `inside` bytes
/// to its own domain and `outside` bytes beyond it, both at once:
/// α + M/(e·B), whichever is longer. Source: [modelling-survey].
pub fn all_to_all(
    inside: Bytes,
    outside: Bytes,
    group: u32,
    device: &Device,
    links: &Links,
) -> Time {
    if group <= 1 {
        return Time::new(0.0);
    }
    let (rate, latency) = device.path(1, links);
    let local = inside / rate;
    if group <= device.domain {
        return latency * hops(group) + local;
    }
    let (rate, latency) = device.path(u32::MAX, links);
    latency * hops(group) + local.max(outside / rate)
}

/// Copies of a token that its experts ask for: those that stay in the domain,
/// itself apart, and those that leave it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Copies {
    /// Sent over the scale-up links.
    pub inside: f64,
    /// Sent over the network.
    pub outside: f64,
}

impl Copies {
    /// One copy for each expert, wherever it stands: what decoding sends, to be
    /// there soonest.
    pub fn to_each_expert(experts: &ExpertsRow, group: u32, device: &Device) -> Self {
        let (n, domain) = (f64::from(group), f64::from(group.min(device.domain).max(1)));
        let active = f64::from(experts.active);
        Self {
            inside: active * (domain - 1.0) / n,
            outside: active * (n - domain) / n,
        }
    }

    /// One copy for each server that holds an expert, which passes it on inside:
    /// what prefill and training send, to send least.
    pub fn to_each_server(experts: &ExpertsRow, group: u32, device: &Device) -> Self {
        let (n, domain) = (f64::from(group), f64::from(group.min(device.domain).max(1)));
        Self {
            inside: f64::from(experts.active) * (domain - 1.0) / domain,
            outside: experts.servers_reached(n / domain),
        }
    }

    /// Time for tokens of `numbers` in all to go to their experts in that format
    /// and for the results to come back at 16 bit.
    pub(super) fn there_and_back(
        &self,
        there: Format,
        numbers: f64,
        group: u32,
        device: &Device,
        links: &Links,
    ) -> Time {
        let exchange = |format: Format| {
            let bytes = format.width() * numbers;
            let (inside, outside) = (bytes * self.inside, bytes * self.outside);
            all_to_all(inside, outside, group, device, links)
        };
        exchange(there) + exchange(Format::Bf16)
    }
}
