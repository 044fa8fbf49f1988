//! Moving a chip from its anchor.

use super::links::devices;
use super::{Chip, Design, Limit, Making, Package, Packaging};
use units::*;

/// The package that a design gives, scaled from the chip's anchor.
///
/// Logic per die grows with area and density; the peak with logic, with the
/// node's speed and with the cores that work; energy per operation with the
/// node's energy. Memory and links take power with the rate at which they run.
/// What would pass the power limit is clocked down: above the voltage floor
/// power falls with the cube of the clock, below it in proportion.
/// Source: [tsmc-claims] for the nodes' ratios, [silicon-gap] for the floor.
pub fn package(anchor: &Chip, design: &Design, making: &Making) -> Package {
    let dies_ratio = f64::from(design.dies) / f64::from(anchor.dies);
    let logic = logic_ratio(anchor, design, making);
    let speed = design.node.speed_ratio / anchor.node.speed_ratio;
    let full_clock_peak = dies_ratio * logic * speed * cores_ratio(anchor, design);
    let energy = design.node.energy_ratio / anchor.node.energy_ratio;

    let stacks = design.stacks(anchor, making);
    let (memory, bandwidth) = design.memory_of(anchor, stacks);
    let link = design.die_to_die(anchor, making);
    let budget = anchor.tdp.max(making.cooling);
    let other_power = other_power(anchor, design, making, bandwidth);
    let logic_power = anchor.tdp * (making.logic_power_share * full_clock_peak * energy);
    let clock = clock_within(
        logic_power,
        budget - other_power,
        making.voltage_floor_ratio,
    );
    let power =
        (logic_power * power_at_clock(clock, making.voltage_floor_ratio) + other_power).min(budget);

    let die_ratio = design.die_area / anchor.die_area;
    let devices = devices(design.dies, link, making.one_device_link);
    let mut limits = geometry_limits(anchor, design, making, stacks);
    if other_power >= budget {
        limits.push(Limit::BeyondCooling);
    } else if clock < 1.0 {
        limits.push(Limit::Power);
    }
    Package {
        peaks: anchor.peaks.scaled(full_clock_peak * clock),
        stacks,
        memory,
        bandwidth,
        scale_up: anchor.scale_up * dies_ratio,
        scale_out: anchor.scale_out,
        io: anchor.io.map(|io| io * dies_ratio),
        dies: design.dies,
        die_to_die: link,
        devices,
        layers: design.layers(devices),
        power,
        clock_ratio: clock,
        controlled_area: anchor
            .controlled_area
            .map(|area| area * (dies_ratio * die_ratio)),
        transistors: anchor.transistors.map_or_else(
            || design.node.density * (design.die_area * f64::from(design.dies)),
            |published| published * (dies_ratio * logic),
        ),
        limits,
    }
}

/// The nearest design that can be made: the die cut to the reticle, memory to
/// what the edge holds, the link to one that the package carries, then fewer
/// dies until package and cooling suffice. The design itself where nothing
/// stands in its way.
pub fn nearest_possible(anchor: &Chip, design: &Design, making: &Making) -> Design {
    let mut near = *design;
    if near.die_area > making.reticle {
        near.die_area = making.reticle;
    }
    if near.lacks_layer(making) {
        near.link = None;
    }
    let most = near.most_stacks(anchor, making);
    near.stacks = near.stacks.map(|asked| asked.min(most));
    // Fewer dies do not give the package a layer.
    let stands = |near: &Design| {
        let limits = package(anchor, near, making).limits;
        limits
            .iter()
            .all(|limit| matches!(limit, Limit::Power | Limit::MemoryLacksLayer))
    };
    while near.dies > 1 && !stands(&near) {
        near.dies -= 1;
        let most = near.most_stacks(anchor, making);
        near.stacks = near.stacks.map(|asked| asked.min(most));
    }
    near
}

/// Logic of one die over the anchor's: area, density, and the share that links
/// between dies take.
fn logic_ratio(anchor: &Chip, design: &Design, making: &Making) -> f64 {
    let left = |design: &Design| 1.0 - design.link_area_share(making);
    (design.die_area / anchor.die_area)
        * (design.node.density / anchor.node.density)
        * (left(design) / left(&anchor.as_design()))
}

/// Cores that must work, as a share of those built, over the anchor's.
fn cores_ratio(anchor: &Chip, design: &Design) -> f64 {
    design.cores.needed_share() / anchor.cores.needed_share()
}

/// Power of everything but the logic: memory and links to other chips with the
/// memory's bandwidth, links between dies with their rate. The published limit
/// holds the published link.
fn other_power(anchor: &Chip, design: &Design, making: &Making, bandwidth: Bandwidth) -> Power {
    let links = |design: &Design| design.link_power(anchor, making);
    let published = anchor.tdp * (1.0 - making.logic_power_share);
    (published - links(&anchor.as_design())) * (bandwidth / anchor.bandwidth) + links(design)
}

/// What of the design's geometry cannot be made, causes before what follows from
/// them.
fn geometry_limits(anchor: &Chip, design: &Design, making: &Making, stacks: u32) -> Vec<Limit> {
    let assembled = design.die_area * f64::from(design.dies)
        + design.generation(anchor).area * f64::from(stacks);
    let impossible = [
        (
            Limit::MemoryLacksLayer,
            stacks > 0
                && design.generation(anchor).area.get() > 0.0
                && making.assembly.packaging == Packaging::Organic,
        ),
        (Limit::BeyondReticle, design.die_area > making.reticle),
        (
            Limit::BeyondEdge,
            stacks > design.most_stacks(anchor, making),
        ),
        (Limit::LinkLacksLayer, design.lacks_layer(making)),
        (
            Limit::BeyondPackage,
            assembled > making.reticle * making.package_reticles,
        ),
    ];
    impossible
        .into_iter()
        .filter_map(|(limit, holds)| holds.then_some(limit))
        .collect()
}

/// Power of the logic at this clock, full clock's = 1.
fn power_at_clock(clock: f64, floor: f64) -> f64 {
    let voltage = clock.max(floor);
    clock * voltage * voltage
}

/// Highest clock, at most 1, at which the logic stays within its budget. A
/// chip always keeps a hundredth of its clock: a stopped chip has no latency.
fn clock_within(full: Power, budget: Power, floor: f64) -> f64 {
    let share = (budget / full).max(0.0);
    let clock = if share >= 1.0 {
        1.0
    } else if share >= floor * floor * floor {
        libm::cbrt(share)
    } else {
        share / (floor * floor)
    };
    clock.clamp(0.01, 1.0)
}
