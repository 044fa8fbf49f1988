//! Which layout and batch serve best.

use super::{Bench, Inference, Lost, MemoryUse, Prefills, RunnerUp, Serving, Stop};
use crate::llm::parallel::Device;
use crate::llm::{Kernels, Layout, Shape, Software};

/// Sequences per replica that the planner tries.
const LADDER: [f64; 22] = [
    1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0, 48.0, 64.0, 96.0, 128.0, 192.0, 256.0,
    384.0, 512.0, 768.0, 1024.0, 1536.0, 2048.0,
];
const TENSOR: [u32; 5] = [1, 2, 4, 8, 16];
const PIPELINE: [u32; 4] = [1, 2, 4, 8];
/// Largest system that is searched when a model does not fit.
const MOST_CHIPS_TRIED: u32 = 4096;

/// The best layout: most tokens per second within the limit on the time per
/// token or, where none keeps it, the shortest time per token.
///
/// # Errors
/// [`Stop`] where nothing fits.
pub fn plan_inference(
    shape: &Shape,
    device: &Device,
    kernels: &Kernels,
    software: &Software,
    serving: &Serving,
) -> Result<Inference, Stop> {
    let bench = Bench {
        shape,
        device,
        kernels,
        software,
        serving,
    };
    let layouts = bench.layouts(serving.chips);
    if layouts.is_empty() {
        return Err(Stop::Layout {
            nearest: bench.nearest(),
        });
    }
    let mut best: Option<Inference> = None;
    let mut second: Option<Inference> = None;
    for served in layouts.into_iter().filter_map(|l| bench.best_batch(l)) {
        match &best {
            Some(first) if !bench.better(&served, first) => {
                if second.as_ref().is_none_or(|s| bench.better(&served, s)) {
                    second = Some(served);
                }
            }
            _ => second = best.replace(served),
        }
    }
    match best {
        Some(first) => Ok(Inference {
            runner_up: second.map(|second| bench.runner_up(&first, &second)),
            ..first
        }),
        None => Err(Stop::Memory {
            chips_needed: bench.chips_needed(),
            longest_prompt: bench.longest_prompt(),
        }),
    }
}

impl Bench<'_> {
    /// Layouts of at most that many chips that respect what the reader fixed.
    fn layouts(&self, chips: u32) -> Vec<Layout> {
        let fixed = &self.serving.fixed;
        let own = |value: Option<u32>, choices: &[u32]| {
            value.map_or_else(|| choices.to_vec(), |v| vec![v])
        };
        let mut layouts = Vec::new();
        for tp in own(fixed.tp, &TENSOR) {
            let allowed =
                tp <= self.shape.heads() && (fixed.tp.is_some() || tp <= self.device.domain.max(1));
            if !allowed {
                continue;
            }
            for pp in own(fixed.pp, &PIPELINE) {
                if pp > self.shape.layers || tp.saturating_mul(pp) > chips {
                    continue;
                }
                let most = chips / (tp * pp);
                let dp = fixed.dp.unwrap_or(most);
                if dp == 0 || dp > most {
                    continue;
                }
                for ep in own(fixed.ep, &self.expert_choices(tp * dp)) {
                    if let Some(layout) =
                        Layout::whole(self.shape, tp, pp, ep, dp, fixed.dp.is_some())
                    {
                        layouts.push(layout);
                    }
                }
            }
        }
        layouts
    }

    /// Powers of two, and the largest that the experts allow.
    fn expert_choices(&self, most: u32) -> Vec<u32> {
        let Some(experts) = self.shape.experts else {
            return vec![1];
        };
        let top = most.min(experts.routed);
        let mut choices: Vec<u32> = (0..12)
            .map(|i| 1 << i)
            .take_while(|ep| *ep <= top)
            .collect();
        if !choices.contains(&top) {
            choices.push(top);
        }
        choices
    }

    /// What the fullest chip holds.
    pub(super) fn memory(&self, layout: Layout, per_replica: f64) -> MemoryUse {
        let (shape, serving) = (self.shape, self.serving);
        let (tp, pp) = (f64::from(layout.tp), f64::from(layout.pp));
        let heads = shape.head_parameters() * shape.embeddings_on_a_stage(layout.pp);
        let parameters = (shape.common_parameters() / pp + heads) / tp
            + shape.routed_parameters() / (pp * layout.expert_spread());
        // Sequences are at all stages of their answers, one alone comes to its end.
        let written = if serving.reserves_answers {
            1.0
        } else {
            0.5 + 0.5 / per_replica.max(1.0)
        };
        let context = serving.prompt + serving.answer * written;
        let cached =
            per_replica * context * shape.cached_per_token() / (pp * shape.cache_shards(layout.tp));
        MemoryUse {
            weights: serving.weights.width() * parameters,
            cache: serving.cache.width() * cached,
            reserve: serving.reserve,
        }
    }

    fn fits(&self, layout: Layout, per_replica: f64) -> bool {
        self.memory(layout, per_replica).total() <= self.device.memory
    }

    /// The layout at the batch asked for, or at the one that serves most.
    fn best_batch(&self, layout: Layout) -> Option<Inference> {
        let replicas = f64::from(layout.dp);
        if !self.fits(layout, 1.0) {
            return None;
        }
        let prefills = Prefills::of(self, layout);
        if let Some(batch) = self.serving.batch {
            let per_replica = (batch / replicas).max(1.0);
            return self
                .fits(layout, per_replica)
                .then(|| self.serve(layout, &prefills, per_replica));
        }
        // Memory and time per token grow along the ladder, so the best is the
        // last rung within the limit, and the first one where none is.
        let holds = |rung: &f64| *rung <= self.serving.most_sequences && self.fits(layout, *rung);
        let rungs = &LADDER[..LADDER.partition_point(holds)];
        let mut best: Option<Inference> = None;
        // Rungs below `low` keep the limit, those from `high` on do not.
        let (mut low, mut high) = (0, rungs.len());
        while low < high {
            let middle = low + (high - low) / 2;
            let served = self.serve(layout, &prefills, rungs[middle]);
            if served.tpot <= self.serving.limit {
                low = middle + 1;
                best = Some(served);
            } else {
                high = middle;
                if middle == 0 {
                    best = Some(served);
                }
            }
        }
        best
    }

    /// `a` serves the reader's aim better than `b`.
    fn better(&self, a: &Inference, b: &Inference) -> bool {
        let within = |x: &Inference| x.tpot <= self.serving.limit;
        match (within(a), within(b)) {
            (true, false) => true,
            (false, true) => false,
            (true, true) => a.tokens_per_s_per_chip > b.tokens_per_s_per_chip,
            (false, false) => a.tpot < b.tpot,
        }
    }

    /// The second, and the part of a token's time on all chips by which it lost.
    fn runner_up(&self, first: &Inference, second: &Inference) -> RunnerUp {
        let limit = self.serving.limit;
        let used = |x: &Inference| x.layout.tp * x.layout.pp * x.layout.dp;
        let lost = if first.tpot <= limit && second.tpot > limit {
            Lost::Limit
        } else {
            // Within the limit tokens of the whole system count, beyond it the
            // time of one.
            let weight = |x: &Inference| {
                if first.tpot <= limit {
                    1.0 / x.batch
                } else {
                    1.0
                }
            };
            let longer = |part: usize| {
                second.breakdown.parts()[part].1 * weight(second)
                    - first.breakdown.parts()[part].1 * weight(first)
            };
            let (part, by) = (0..first.breakdown.parts().len())
                .map(|part| (part, longer(part)))
                .fold((0, f64::MIN), |a, b| if b.1 > a.1 { b } else { a });
            let idle = self.serving.chips.saturating_sub(used(second));
            if by <= 0.0 || (idle > 0 && used(second) < used(first)) {
                Lost::Idle(idle)
            } else {
                Lost::Time(first.breakdown.parts()[part].0)
            }
        };
        RunnerUp {
            layout: second.layout,
            batch: second.batch,
            tpot: second.tpot,
            tokens_per_s_per_chip: second.tokens_per_s_per_chip,
            lost,
        }
    }

    /// The layout nearest to one that does not work: what the reader fixed, in
    /// powers of two that fit the chips.
    fn nearest(&self) -> Option<Layout> {
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
            bench.layouts(serving.chips)
        });
        asked.nearest(layouts.filter(|layout| self.fits(*layout, 1.0)))
    }

    /// Longest prompt of which one conversation fits on the chips there are; `None`
    /// where the weights alone do not.
    fn longest_prompt(&self) -> Option<f64> {
        let holds = |prompt: f64| {
            let serving = Serving {
                prompt,
                ..*self.serving
            };
            let bench = Bench {
                serving: &serving,
                ..*self
            };
            let layouts = bench.layouts(serving.chips);
            layouts.into_iter().any(|layout| bench.fits(layout, 1.0))
        };
        let (mut low, mut high) = (1.0, self.serving.prompt);
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

    /// Fewest chips that hold the model and one conversation.
    fn chips_needed(&self) -> Option<u32> {
        let holds = |chips: u32| {
            self.layouts(chips)
                .into_iter()
                .any(|layout| self.fits(layout, 1.0))
        };
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
