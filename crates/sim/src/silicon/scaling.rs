//! Moving a chip from its anchor.

use super::{Chip, Design, Limit, Making, Package};
use units::*;

/// The package that a design gives, scaled from the chip's anchor.
///
/// Logic per die grows with area and density; the peak with logic and with the
/// node's speed; energy per operation with the node's energy. Memory, links
/// and the power they take come per die edge. What would pass the power limit
/// is clocked down: above the voltage floor power falls with the cube of the
/// clock, below it in proportion.
/// Source: [tsmc-claims] for the nodes' ratios, [silicon-gap] for the floor.
pub fn package(anchor: &Chip, design: &Design, making: &Making) -> Package {
    let dies_ratio = f64::from(design.dies) / f64::from(anchor.dies);
    let logic = logic_ratio(anchor, design, making);
    let full_clock_peak = dies_ratio * logic * design.node.speed_ratio / anchor.node.speed_ratio;
    let energy = design.node.energy_ratio / anchor.node.energy_ratio;

    let stacks = stacks(anchor, design);
    let stacks_ratio = f64::from(stacks) / f64::from(anchor.stacks.max(1));
    let other_power = anchor.tdp * ((1.0 - making.logic_power_share) * stacks_ratio);
    let logic_power = anchor.tdp * (making.logic_power_share * full_clock_peak * energy);
    let budget = anchor.tdp.max(making.cooling);
    let clock = clock_within(
        logic_power,
        budget - other_power,
        making.voltage_floor_ratio,
    );
    let power =
        (logic_power * power_at_clock(clock, making.voltage_floor_ratio) + other_power).min(budget);

    let die_ratio = design.die_area / anchor.die_area;
    let mut limits = Vec::new();
    if design.die_area > making.reticle {
        limits.push(Limit::BeyondReticle);
    }
    if assembled_area(design, stacks, making) > making.reticle * making.package_reticles {
        limits.push(Limit::BeyondPackage);
    }
    if other_power >= budget {
        limits.push(Limit::BeyondCooling);
    } else if clock < 1.0 {
        limits.push(Limit::Power);
    }
    Package {
        peaks: anchor.peaks.scaled(full_clock_peak * clock),
        stacks,
        memory: anchor.memory * stacks_ratio,
        bandwidth: anchor.bandwidth * stacks_ratio,
        scale_up: anchor.scale_up * dies_ratio,
        scale_out: anchor.scale_out,
        io: anchor.io.map(|io| io * dies_ratio),
        dies: design.dies,
        die_to_die: (design.dies > 1).then(|| anchor.die_to_die.unwrap_or(making.die_to_die)),
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

/// Logic of one die over the anchor's: area, density, and the share that links
/// between dies take.
fn logic_ratio(anchor: &Chip, design: &Design, making: &Making) -> f64 {
    let left = |dies: u32| {
        if dies > 1 {
            1.0 - making.link_area_share
        } else {
            1.0
        }
    };
    (design.die_area / anchor.die_area)
        * (design.node.density / anchor.node.density)
        * (left(design.dies) / left(anchor.dies))
}

/// Whole memory stacks: as many per length of die edge as the anchor has.
fn stacks(anchor: &Chip, design: &Design) -> u32 {
    if design.dies == anchor.dies && design.die_area == anchor.die_area {
        return anchor.stacks;
    }
    let edge = (design.die_area / anchor.die_area).max(0.0).sqrt();
    let per_die = f64::from(anchor.stacks) / f64::from(anchor.dies) * edge;
    // A hair above a whole number is rounding, not a missing stack.
    (per_die * f64::from(design.dies) + 1e-9)
        .floor()
        .clamp(1.0, 1e4) as u32
}

fn assembled_area(design: &Design, stacks: u32, making: &Making) -> Area {
    design.die_area * f64::from(design.dies) + making.stack_area * f64::from(stacks)
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
