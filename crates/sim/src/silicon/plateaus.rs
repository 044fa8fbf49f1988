//! Wafers on which the number of dies is known: draws ask for one that differs a
//! little from the others, and mostly as many dies fit.

use std::cell::RefCell;

/// How a grid of dies lies on a wafer: the usable radius over the pitch, then the
/// street over the pitch, each by width and by height. More of any of the four
/// never takes a die away: a larger circle holds the same grid, and in the same
/// pitch a wider street leaves a smaller die.
pub(super) type Laid = [f64; 4];

/// Plateaus kept.
const KEPT: usize = 64;

/// Rounding moves a count by less than this part of the radius, and draws move it
/// by more. So much inside its plateau, a wafer holds what would be counted.
const HAIR: f64 = 1e-10;

/// Wafers that hold as many dies.
struct Plateau {
    /// Already here.
    from: Laid,
    /// And still here.
    to: Laid,
    dies: u32,
}

impl Plateau {
    /// That one wafer, the hair apart.
    fn of(at: Laid, dies: u32) -> Self {
        let [by_width, by_height, ..] = at;
        let beside = |ratio: f64| [by_width * ratio, by_height * ratio, at[2], at[3]];
        Self {
            from: beside(1.0 + HAIR),
            to: beside(1.0 - HAIR),
            dies,
        }
    }

    fn holds(&self, at: &Laid) -> bool {
        (0..at.len()).all(|i| self.from[i] <= at[i] && at[i] <= self.to[i])
    }

    /// Reaches as far as the other, whose dies are as many, unless a corner would be
    /// a wafer that nobody counted.
    fn reaches(&mut self, other: &Self) -> bool {
        let from = std::array::from_fn(|i| self.from[i].min(other.from[i]));
        let to = std::array::from_fn(|i| self.to[i].max(other.to[i]));
        let counted = [self.from, other.from].contains(&from) && [self.to, other.to].contains(&to);
        if counted {
            (self.from, self.to) = (from, to);
        }
        counted
    }
}

thread_local! {
    static KNOWN: RefCell<Vec<Plateau>> = const { RefCell::new(Vec::new()) };
}

/// Dies of the wafer, counted only where no plateau holds it.
pub(super) fn dies(at: Laid, count: impl FnOnce() -> u32) -> u32 {
    let known = KNOWN.with_borrow(|known| {
        let plateau = known.iter().find(|plateau| plateau.holds(&at));
        plateau.map(|plateau| plateau.dies)
    });
    known.unwrap_or_else(|| {
        let dies = count();
        // None may be too few or, of dies that nobody cuts, too many.
        if dies > 0 {
            KNOWN.with_borrow_mut(|known| learn(known, Plateau::of(at, dies)));
        }
        dies
    })
}

/// Plateaus that grow go forward, so that those of wafers nobody asks for any more
/// are the last and make room.
fn learn(known: &mut Vec<Plateau>, new: Plateau) {
    let grown = known
        .iter_mut()
        .position(|plateau| plateau.dies == new.dies && plateau.reaches(&new));
    match grown {
        Some(at) => known.swap(at, at.saturating_sub(1)),
        None => {
            known.truncate(KEPT - 1);
            known.push(new);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Wafer;
    use super::super::wafer::exact_dies_per_wafer;
    use units::{Area, Length};

    /// Wafers as draws ask for them, one after another: each holds what is counted
    /// where nothing is known.
    #[test]
    fn what_follows_from_others_is_what_is_counted() {
        for (area, part) in [(665.61, 0.0), (665.61, 0.03), (828.0, 0.02), (90.0, 0.1)] {
            for i in 0..3_000 {
                let share = |step: f64| (f64::from(i) * step).fract();
                let wafer = Wafer {
                    diameter: Length::new(300.0),
                    edge: Length::new(2.0 + 3.0 * share(0.618_033_988_7)),
                    scribe: Length::new(0.08 + 0.12 * share(0.414_213_562_3)),
                    field_width: Length::new(26.0),
                };
                let area = Area::new(area * (1.0 + part * share(0.302_775_637_7)));
                let (width, height) = super::super::wafer::sides(area, &wafer);
                let counted = wafer.exact_dies(Length::new(width), Length::new(height));
                assert_eq!(
                    exact_dies_per_wafer(area, &wafer),
                    f64::from(counted),
                    "{area:?}, {wafer:?}"
                );
            }
        }
    }
}
