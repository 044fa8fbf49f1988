//! Which layout and batch serve best.

use super::{Bench, Inference, Lost, MemoryUse, Prefills, RunnerUp, ServeMode, Serving, Stop};
use crate::llm::parallel::Device;
use crate::llm::{FixedLayout, Kernels, Layout, Shape, Software};
use units::Time;

/// Sequences per replica that the planner tries.
const LADDER: [f64; 24] = [
    1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0, 48.0, 64.0, 96.0, 128.0, 192.0, 256.0,
    384.0, 512.0, 768.0, 1024.0, 1536.0, 2048.0, 3072.0, 4096.0,
];
const TENSOR: [u32; 5] = [1, 2, 4, 8, 16];
const PIPELINE: [u32; 4] = [1, 2, 4, 8];
const DEEP_PIPELINE: [u32; 3] = [16, 32, 64];
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
    let layouts = bench.layouts(serving.chips, &PIPELINE);
    // Where nobody fixed anything, what there is not is chips.
    if layouts.is_empty() && serving.fixed != FixedLayout::default() {
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
    // What fits in no short pipeline may fit in a long one.
    let best = best.or_else(|| {
        let deep = bench.layouts(serving.chips, &DEEP_PIPELINE);
        let served = deep.into_iter().filter_map(|l| bench.best_batch(l));
        served.reduce(|a, b| if bench.better(&b, &a) { b } else { a })
    });
    match best {
        Some(first) => Ok(Inference {
            runner_up: second.map(|second| bench.runner_up(&first, &second)),
            ..first
        }),
        None => Err(Stop::Memory {
            chips_needed: bench.chips_needed(),
            longest_prompt: bench.longest_prompt(),
            largest_batch: bench.largest_batch(),
        }),
    }
}

/// Whether the best layout keeps the limit on the time per token, as
/// [`plan_inference`] has it: it does where any does.
pub fn keeps_limit(
    shape: &Shape,
    device: &Device,
    kernels: &Kernels,
    software: &Software,
    serving: &Serving,
) -> bool {
    let bench = Bench {
        shape,
        device,
        kernels,
        software,
        serving,
    };
    let short = bench.layouts(serving.chips, &PIPELINE);
    if short.is_empty() && serving.fixed != FixedLayout::default() {
        return false;
    }
    let tpots = |layouts: Vec<Layout>| {
        let tpots = layouts.into_iter();
        tpots.filter_map(|layout| bench.shortest_tpot(layout))
    };
    let mut short = tpots(short).peekable();
    if short.peek().is_some() {
        short.any(|tpot| tpot <= serving.limit)
    } else {
        let deep = bench.layouts(serving.chips, &DEEP_PIPELINE);
        tpots(deep).any(|tpot| tpot <= serving.limit)
    }
}

/// What one layout delivers at every batch that it holds, the smallest first:
/// tokens a second for each user against tokens a second and chip.
pub fn every_batch(
    shape: &Shape,
    device: &Device,
    kernels: &Kernels,
    software: &Software,
    serving: &Serving,
    layout: Layout,
) -> Vec<Inference> {
    let bench = Bench {
        shape,
        device,
        kernels,
        software,
        serving: &Serving {
            batch: None,
            ..*serving
        },
    };
    let prefills = Prefills::of(&bench, layout);
    bench
        .rungs(layout)
        .iter()
        .map(|rung| bench.serve(layout, &prefills, *rung))
        .collect()
}

impl Bench<'_> {
    /// Sequences per replica that the layout holds, of those that are tried.
    fn rungs(&self, layout: Layout) -> &'static [f64] {
        let holds = |rung: &f64| *rung <= self.serving.most_sequences && self.fits(layout, *rung);
        &LADDER[..LADDER.partition_point(holds)]
    }

    /// Layouts of at most that many chips that respect what the reader fixed.
    fn layouts(&self, chips: u32, pipelines: &[u32]) -> Vec<Layout> {
        let fixed = &self.serving.fixed;
        let own = |value: Option<u32>, choices: &[u32]| {
            value.map_or_else(|| choices.to_vec(), |v| vec![v])
        };
        let mut layouts = Vec::new();
        for tp in own(fixed.tp, &TENSOR) {
            if fixed.tp.is_none() && tp > self.device.domain.max(1) {
                continue;
            }
            for pp in own(fixed.pp, pipelines) {
                if pp > self.shape.layers || tp.saturating_mul(pp) > chips {
                    continue;
                }
                let most = chips / (tp * pp);
                let dp = fixed.dp.unwrap_or(most);
                // Reading and writing on chips of their own take two copies.
                let copies = if self.serving.mode == ServeMode::Split {
                    2
                } else {
                    1
                };
                if dp < copies || dp > most {
                    continue;
                }
                for ep in own(fixed.ep, &self.expert_choices(tp * dp)) {
                    let whole = Layout::whole(self.shape, tp, pp, ep, dp, fixed.dp.is_some());
                    // As many copies of the experts as of the rest.
                    let enough =
                        |layout: &Layout| layout.dp / (layout.ep / layout.tp).max(1) >= copies;
                    layouts.extend(whole.filter(enough));
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
        let powers = (0..12).map(|i| 1 << i).take_while(|ep| *ep <= top);
        // Clusters are not always powers of two: their halves divide them.
        let halves = (0..12)
            .map(|i| most >> i)
            .filter(|ep| (1..=top).contains(ep));
        let mut choices: Vec<u32> = powers.chain(halves).chain([top]).collect();
        choices.sort_unstable();
        choices.dedup();
        choices
    }

    /// What the fullest chip holds.
    pub(super) fn memory(&self, layout: Layout, per_replica: f64) -> MemoryUse {
        let (shape, serving) = (self.shape, self.serving);
        let (tp, pp) = (f64::from(layout.tp), f64::from(layout.pp));
        let heads = shape.head_parameters() * shape.embeddings_on_a_stage(layout.pp);
        let fullest = layout.fullest_stage(shape);
        let common = shape.common_parameters();
        let routed =
            shape.routed_parameters() * layout.fullest_chip(shape) / layout.expert_spread();
        // Drafting layers are like the others, and stand on one stage.
        let drafting = if serving.accepted > 1.0 {
            shape.drafting_layers() / f64::from(shape.layers)
        } else {
            0.0
        };
        let stage = fullest / pp + drafting;
        let parameters = (common * stage + heads) / tp + routed * stage;
        // Sequences are at all stages of their answers, one alone comes to its end.
        let written = if serving.reserves_answers {
            1.0
        } else {
            0.5 + 0.5 / per_replica.max(1.0)
        };
        let context = serving.prompt + serving.answer * written;
        let cached = per_replica * context * shape.cached_per_token() * fullest
            / (pp * shape.cache_shards(layout.tp));
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
        let rungs = self.rungs(layout);
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

    /// The time per token of the layout at the batch asked for, or at the one that is
    /// quickest; `None` where it does not fit.
    fn shortest_tpot(&self, layout: Layout) -> Option<Time> {
        if self.serving.batch.is_some() {
            return Some(self.best_batch(layout)?.tpot);
        }
        // Time per token grows along the ladder, and one sequence alone waits for
        // nobody's prompt.
        let one = LADDER[0];
        (one <= self.serving.most_sequences && self.fits(layout, one)).then(|| {
            let step = self.decode(layout, one);
            Time::new(step.time.scaled(1.0 / self.accepted()).total())
        })
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
