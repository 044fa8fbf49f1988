//! Rows of chips, nodes and memory as the silicon domain's plain values.

use super::Rows;
use crate::catalogue::*;
use crate::silicon::*;

impl From<&NodeRow> for Node {
    fn from(row: &NodeRow) -> Self {
        Self {
            density: row.density.central,
            speed_ratio: row.speed_ratio.central,
            energy_ratio: row.energy_ratio.central,
            wafer_price: row.wafer_price.central,
            defects: row.defects.central,
            extra_passes_count: row.extra_passes.central,
            design_cost: row.design_cost.central,
        }
    }
}

impl From<&LinkRow> for Link {
    fn from(row: &LinkRow) -> Self {
        Self {
            edge_bandwidth: row.edge_bandwidth.central,
            energy: row.energy.central,
            area_share: row.area_share.central,
            needs_layer: row.needs_layer,
        }
    }
}

impl From<&MemoryRow> for Stack {
    fn from(row: &MemoryRow) -> Self {
        Self {
            capacity: row.capacity.central,
            bandwidth: row.bandwidth.central,
            edge: row.edge.central,
            area: row.area.central,
            price: row.price.central,
        }
    }
}

/// Cores as the maker says, else as many as assumed.
fn cores(row: &ChipRow, a: &Assumptions) -> Cores {
    let area_share = a.core_area_share.central;
    match row.cores {
        Some(cores) => Cores {
            built: cores.built,
            needed: cores.sold,
            area_share,
        },
        None => {
            let built = a.core_count.central as u32;
            Cores {
                built,
                needed: built,
                area_share,
            }
            .sparing(a.spare_share.central)
        }
    }
}

/// The chip as published, every disputed figure at its central value.
pub fn anchor(rows: &Rows) -> Chip {
    let row = &*rows.chip;
    Chip {
        node: Node::from(rows.own_node()),
        dies: row.dies,
        die_area: row.die_area.central,
        cores: cores(row, &rows.assumptions),
        controlled_area: row.controlled_area.map(|f| f.central),
        transistors: row.transistors.map(|f| f.central),
        peaks: Peaks {
            bf16: row.bf16.central,
            fp8: row.fp8.map(|f| f.central),
            int8: row.int8.map(|f| f.central),
            fp4: row.fp4.map(|f| f.central),
        },
        stacks: row.stacks,
        memory_stack: Stack::from(rows.own_memory()),
        memory: row.memory.central,
        bandwidth: row.bandwidth.central,
        scale_up: row.scale_up.central,
        scale_out: row.scale_out.central,
        io: row.io.map(|f| f.central),
        die_to_die: row.die_to_die.map(|f| f.central),
        tdp: row.tdp.central,
    }
}

/// The layer of that way of packaging; an organic package has none to speak of.
pub fn layer(packaging: Packaging, a: &Assumptions) -> Layer {
    match packaging {
        Packaging::FanOut => Layer {
            wafer_price: a.fan_out_wafer_price.central,
            defects: a.fan_out_defects.central,
            clustering: a.fan_out_clustering.central,
            area_ratio: a.fan_out_area_ratio.central,
            bond_yield_share: a.fan_out_bond_yield.central,
        },
        Packaging::Interposer | Packaging::Organic => Layer {
            wafer_price: a.interposer_wafer_price.central,
            defects: a.interposer_defects.central,
            clustering: a.interposer_clustering.central,
            area_ratio: a.interposer_area_ratio.central,
            bond_yield_share: a.interposer_bond_yield.central,
        },
    }
}

/// Constants of chip making, for that way of packaging.
pub fn making(packaging: Packaging, a: &Assumptions) -> Making {
    let wafer = Wafer {
        diameter: a.wafer_diameter.central,
        edge: a.wafer_edge.central,
        scribe: a.wafer_scribe.central,
        field_width: a.field_width.central,
    };
    let mut making = Making {
        reticle: a.reticle.central,
        package_reticles: a.package_reticles.central,
        cooling: a.cooling.central,
        logic_power_share: a.logic_power_share.central,
        voltage_floor_ratio: a.voltage_floor.central,
        link_area_share: a.link_area_share.central,
        die_to_die: a.die_to_die.central,
        one_device_link: a.one_device_link.central,
        own_link_energy: a.own_link_energy.central,
        link_edge_share: a.link_edge_share.central,
        memory_edge_share: a.memory_edge_share.central,
        yield_model: YieldModel::NegativeBinomial(a.defect_clustering.central),
        pass_price: a.pass_price.central,
        wafer,
        assembly: Assembly {
            packaging,
            order: AssemblyOrder::ChipLast,
            layer: layer(packaging, a),
            wafer,
            substrate_price: a.substrate_price.central,
            micro_bump_price: a.micro_bump_price.central,
            substrate_area_ratio: a.substrate_area_ratio.central,
            mount_yield_share: a.mount_yield.central,
        },
        development: Development {
            quoted_area: a.design_area.central,
            module_share: a.module_design_share.central,
            chip_share: a.chip_design_share.central,
            link_area: a.link_design_area.central,
            substrate_price: a.substrate_design_price.central,
            substrate_cost: a.substrate_design_cost.central,
            layer_cost: a.interposer_design_cost.central,
            volume_count: a.volume.central,
        },
    };
    making.package_as(packaging, a);
    making
}

impl Making {
    /// Puts packages together that way from now on.
    pub fn package_as(&mut self, packaging: Packaging, a: &Assumptions) {
        self.assembly.packaging = packaging;
        self.assembly.layer = layer(packaging, a);
        self.development.layer_cost = match packaging {
            Packaging::FanOut => a.fan_out_design_cost.central,
            Packaging::Interposer | Packaging::Organic => a.interposer_design_cost.central,
        };
    }
}
