//! The chip that a reader describes.

use crate::scenario::Scenario;

/// A reader's own chip is what the reader says it is: node, dies, area, cores,
/// links and memory describe it instead of moving it. 8-bit integers run twice as
/// fast as 16 bit where nothing else is said, and memory is what its stacks hold.
pub(super) fn describe(scenario: &mut Scenario, says: impl Fn(&str) -> bool) {
    let (design, making) = (&mut scenario.design, &mut scenario.making);
    let anchor = &mut scenario.anchor;
    anchor.node = design.node;
    anchor.dies = design.dies;
    anchor.die_area = design.die_area;
    anchor.controlled_area = Some(design.die_area * f64::from(design.dies));
    anchor.cores = design.cores;
    let stack = design.generation(anchor);
    let most = design.most_stacks(anchor, making);
    let stacks = design.stacks.unwrap_or(anchor.stacks.min(most));
    if design.memory.is_some() || design.stacks.is_some() {
        if !says("mem") {
            anchor.memory = stack.capacity * f64::from(stacks);
        }
        if !says("bw") {
            anchor.bandwidth = stack.bandwidth * f64::from(stacks);
        }
    }
    anchor.memory_stack = stack;
    anchor.stacks = stacks;
    design.memory = None;
    anchor.die_to_die = design.die_to_die(anchor, making);
    making.link_area_share = design.link_area_share(making);
    if let Some(link) = design.link {
        making.own_link_energy = link.energy;
    }
    (design.link, design.die_to_die) = (None, None);
    if !says("int8") && !says("fp8") {
        anchor.peaks.int8 = Some(anchor.peaks.bf16 * 2.0);
    }
}
