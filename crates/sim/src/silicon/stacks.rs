//! Memory beside the dies: how many stacks their edge has room for, and what
//! they hold.

use super::links::{joined_sides, rim};
use super::{Chip, Design, Making};
use units::*;

/// A generation of memory: one stack, or one chip on the board.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stack {
    /// Capacity.
    pub capacity: Bytes,
    /// Its bandwidth.
    pub bandwidth: Bandwidth,
    /// Die edge that it needs.
    pub edge: Length,
    /// Its outline on the package; none on the board.
    pub area: Area,
    /// Price.
    pub price: MoneyPerByte,
}

/// Most stacks or chips of memory: what the address of a link allows.
const MOST_STACKS: u32 = 64;

impl Design {
    /// The generation in use.
    pub fn generation(&self, anchor: &Chip) -> Stack {
        self.memory.unwrap_or(anchor.memory_stack)
    }

    /// Most stacks that fit along the dies' edge: the rim that neighbours leave,
    /// less what links to other chips need, over the edge of a stack.
    pub fn most_stacks(&self, anchor: &Chip, making: &Making) -> u32 {
        let edge = self.generation(anchor).edge;
        let free_sides = 1.0 - joined_sides(self.dies) / 4.0;
        let free = rim(self.die_area, &making.wafer) * (free_sides * making.memory_edge_share);
        // A stack stands beside one die. A hair under a whole number is rounding,
        // not a missing stack.
        let per_die = (free / edge + 1e-9).floor();
        (per_die * f64::from(self.dies)).clamp(1.0, f64::from(MOST_STACKS)) as u32
    }

    /// Stacks of the package: as asked for; else as many per length of die edge
    /// as the anchor has, up to what fits.
    pub fn stacks(&self, anchor: &Chip, making: &Making) -> u32 {
        if let Some(asked) = self.stacks {
            return asked;
        }
        let unmoved = self.dies == anchor.dies && self.die_area == anchor.die_area;
        if unmoved && self.memory.is_none() {
            return anchor.stacks;
        }
        let edge = (self.die_area / anchor.die_area).max(0.0).sqrt();
        let per_die = f64::from(anchor.stacks) / f64::from(anchor.dies) * edge;
        let alike = (per_die * f64::from(self.dies) + 1e-9).floor().max(1.0) as u32;
        alike.min(self.most_stacks(anchor, making))
    }

    /// Memory and bandwidth of so many stacks: the anchor's own, in proportion,
    /// or another generation's.
    pub(super) fn memory_of(&self, anchor: &Chip, stacks: u32) -> (Bytes, Bandwidth) {
        match self.memory {
            Some(stack) => {
                let count = f64::from(stacks);
                (stack.capacity * count, stack.bandwidth * count)
            }
            None => {
                let ratio = f64::from(stacks) / f64::from(anchor.stacks.max(1));
                (anchor.memory * ratio, anchor.bandwidth * ratio)
            }
        }
    }
}
