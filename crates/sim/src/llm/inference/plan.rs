//! Which layout and batch serve best.

mod batch;
mod stops;

use super::kernels::Silent;
use super::{
    Bench, Held, Inference, Lost, MemoryUse, Prefills, RunnerUp, ServeMode, Serving, Stop,
};
use crate::llm::parallel::Device;
use crate::llm::{FixedLayout, Kernels, Layout, Shape, Software};

const TENSOR: [u32; 5] = [1, 2, 4, 8, 16];
const PIPELINE: [u32; 4] = [1, 2, 4, 8];
const DEEP_PIPELINE: [u32; 3] = [16, 32, 64];

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
        notes: Silent,
    };
    let Some(layouts) = bench.all() else {
        return Err(Stop::Layout {
            nearest: bench.nearest(),
        });
    };
    let (best, second) = bench.search(&layouts);
    match best {
        Some(first) => Ok(Inference {
            runner_up: second.map(|second| bench.runner_up(&first, &second)),
            ..first
        }),
        None => Err(bench.too_little_memory()),
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
        notes: Silent,
    };
    let Some(short) = bench.all() else {
        return false;
    };
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

/// The best of those layouts, each at its best batch; where none of them works,
/// of all, as [`plan_inference`] finds it. `None` where nothing is served, without
/// asking why. They are layouts that it would look at.
pub fn serve_among(
    shape: &Shape,
    device: &Device,
    kernels: &Kernels,
    software: &Software,
    serving: &Serving,
    layouts: &[Layout],
) -> Option<Inference> {
    let bench = Bench {
        shape,
        device,
        kernels,
        software,
        serving,
        notes: Silent,
    };
    let best = bench.best_of(layouts);
    // Every layout that a reader fixed whole was among them.
    if best.is_some() || (serving.fixed.is_whole() && !layouts.is_empty()) {
        return best;
    }
    bench.all().and_then(|all| bench.search(&all).0)
}

/// What the layout of `best` delivers at every batch that it holds, the smallest
/// first and its own among them: tokens a second for each user against tokens a second
/// and chip.
pub fn every_batch(
    shape: &Shape,
    device: &Device,
    kernels: &Kernels,
    software: &Software,
    serving: &Serving,
    best: &Inference,
) -> Vec<Inference> {
    let layout = best.layout;
    let bench = Bench {
        shape,
        device,
        kernels,
        software,
        serving: &Serving {
            batch: None,
            ..*serving
        },
        notes: Silent,
    };
    let prefills = Prefills::of(&bench, layout);
    let (rungs, most) = (bench.rungs(layout), bench.most_sequences(layout));
    let last = most.filter(|most| rungs.last().is_some_and(|rung| most > rung));
    let all = rungs.iter().copied().chain(last);
    let mut all: Vec<Inference> = all
        .map(|sequences| bench.serve(layout, &prefills, sequences))
        .collect();
    let own = best.working.per_replica;
    let at = all.partition_point(|served| served.working.per_replica < own);
    if all
        .get(at)
        .is_none_or(|served| served.working.per_replica > own)
    {
        let alone = Inference {
            runner_up: None,
            ..*best
        };
        all.insert(at, alone);
    }
    all
}

impl Bench<'_> {
    /// All that the planner looks at; `None` where what the reader fixed leaves
    /// none.
    fn all(&self) -> Option<Vec<Layout>> {
        let layouts = self.layouts(self.serving.chips, &PIPELINE);
        // Where nobody fixed anything, what there is not is chips.
        let some = !layouts.is_empty() || self.serving.fixed == FixedLayout::default();
        some.then_some(layouts)
    }

    /// The best of the layouts, and the second; where none works, the best of long
    /// pipelines.
    fn search(&self, layouts: &[Layout]) -> (Option<Inference>, Option<Inference>) {
        let mut best: Option<Inference> = None;
        let mut second: Option<Inference> = None;
        for layout in layouts {
            // What comes behind the second is of no interest.
            let Some(served) = self.best_batch(*layout, second.as_ref()) else {
                continue;
            };
            match &best {
                Some(first) if !self.better(&served, first) => {
                    if second.as_ref().is_none_or(|s| self.better(&served, s)) {
                        second = Some(served);
                    }
                }
                _ => second = best.replace(served),
            }
        }
        // What fits in no short pipeline may fit in a long one.
        let best = best.or_else(|| self.best_of(&self.layouts(self.serving.chips, &DEEP_PIPELINE)));
        (best, second)
    }

    /// The best of the layouts.
    fn best_of(&self, layouts: &[Layout]) -> Option<Inference> {
        let mut best: Option<Inference> = None;
        for layout in layouts {
            let served = self.best_batch(*layout, best.as_ref());
            if let Some(served) = served
                && best.as_ref().is_none_or(|b| self.better(&served, b))
            {
                best = Some(served);
            }
        }
        best
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
        let mut choices = Vec::new();
        for ep in powers.chain(halves).chain([top]) {
            if let Err(at) = choices.binary_search(&ep) {
                choices.insert(at, ep);
            }
        }
        choices
    }

    /// What the fullest chip holds.
    pub(super) fn held(&self, layout: Layout, per_replica: f64) -> Held {
        self.all_held(layout)(per_replica)
    }

    /// The same by the sequences per replica; the weights are the same for all.
    fn all_held(&self, layout: Layout) -> impl Fn(f64) -> Held {
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
        let of_a_token = shape.cached_per_token();
        let shards = pp * shape.cache_shards(layout.tp);
        move |per_replica| {
            // Sequences are at all stages of their answers, one alone comes to its
            // end.
            let written = if serving.reserves_answers {
                1.0
            } else {
                0.5 + 0.5 / per_replica.max(1.0)
            };
            let context = serving.prompt + serving.answer * written;
            let cached = context * of_a_token * fullest / shards;
            Held {
                parameters,
                cache: serving.cache.width() * cached,
            }
        }
    }

    /// What fills the fullest chip's memory.
    pub(super) fn memory(&self, layout: Layout, per_replica: f64) -> MemoryUse {
        self.memories(layout)(per_replica)
    }

    /// The same by the sequences per replica.
    fn memories(&self, layout: Layout) -> impl Fn(f64) -> MemoryUse {
        let (held, serving) = (self.all_held(layout), self.serving);
        move |per_replica| {
            let held = held(per_replica);
            MemoryUse {
                weights: serving.weights.width() * held.parameters,
                cache: held.cache * per_replica,
                reserve: serving.reserve,
            }
        }
    }

    fn fits(&self, layout: Layout, per_replica: f64) -> bool {
        self.memory(layout, per_replica).total() <= self.device.memory
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
}
