//! What would work, where nothing does.

use super::{DEEP_PIPELINE, PIPELINE};
use crate::llm::Layout;
use crate::llm::inference::{Bench, Serving, Stop};

/// Largest system that is searched when a model does not fit.
const MOST_CHIPS_TRIED: u32 = 4096;

impl Bench<'_> {
    /// Nothing holds the model with what was asked for, and what would.
    pub(super) fn too_little_memory(&self) -> Stop {
        Stop::Memory {
            chips_needed: self.chips_needed(),
            longest_prompt: self.longest_prompt(),
            largest_batch: self.largest_batch(),
        }
    }

    /// The layout nearest to one that does not work: what the reader fixed, in
    /// powers of two that fit the chips.
    pub(super) fn nearest(&self) -> Option<Layout> {
        let asked = self.serving.fixed;
        let layouts = asked.relaxed().into_iter().flat_map(|fixed| {
            let serving = Serving {
                fixed,
                ..*self.serving
            };
            let bench = Bench {
                serving: &serving,
                ..*self
            };
            bench.layouts(serving.chips, &PIPELINE)
        });
        asked.nearest(layouts.filter(|layout| self.fits(*layout, 1.0)))
    }

    /// Every layout of at most that many chips, in pipelines short and long.
    fn all_layouts(&self, chips: u32) -> impl Iterator<Item = Layout> {
        let short = self.layouts(chips, &PIPELINE);
        short.into_iter().chain(self.layouts(chips, &DEEP_PIPELINE))
    }

    /// Something holds so many sequences of the whole system, and one a replica.
    fn holds(&self, chips: u32, batch: f64) -> bool {
        self.all_layouts(chips).any(|layout| {
            let per_replica = (batch / f64::from(layout.dp)).max(1.0);
            self.fits(layout, per_replica)
        })
    }

    /// Longest prompt that fits with the batch asked for on the chips there are;
    /// `None` where the weights alone do not.
    fn longest_prompt(&self) -> Option<f64> {
        let batch = self.serving.batch.unwrap_or(1.0);
        self.most(self.serving.prompt, |prompt| {
            let serving = Serving {
                prompt,
                ..*self.serving
            };
            let bench = Bench {
                serving: &serving,
                ..*self
            };
            bench.holds(serving.chips, batch)
        })
    }

    /// Most sequences that fit, where more were asked for.
    fn largest_batch(&self) -> Option<f64> {
        self.most(self.serving.batch?, |batch| {
            self.holds(self.serving.chips, batch)
        })
    }

    /// The largest whole number below `asked` that holds, if one does.
    fn most(&self, asked: f64, holds: impl Fn(f64) -> bool) -> Option<f64> {
        let (mut low, mut high) = (1.0, asked);
        if !holds(low) {
            return None;
        }
        while high - low > 1.0 {
            let middle = ((low + high) / 2.0).floor();
            if holds(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        Some(low)
    }

    /// Fewest chips that hold the model and the batch asked for, or one
    /// conversation.
    fn chips_needed(&self) -> Option<u32> {
        let batch = self.serving.batch.unwrap_or(1.0);
        let holds = |chips: u32| self.holds(chips, batch);
        let mut low = self.serving.chips;
        let mut high = low.max(1);
        while !holds(high) {
            low = high;
            high = high.checked_mul(2)?;
            if high > MOST_CHIPS_TRIED {
                return None;
            }
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if holds(middle) {
                high = middle
            } else {
                low = middle
            }
        }
        Some(high)
    }
}
