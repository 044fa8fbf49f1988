//! Answering: time to the first token, time per token, throughput.
//!
//! A step is a list of kernels; each takes t₀ + max(ops/(e_c·P), bytes/(e_m·W)).
//! What a plain roofline misses is t₀ per kernel and the prefills that
//! continuous batching interleaves with decoding. Queueing is not modelled.
//! Source: [modelling-survey].

mod step;

use super::layout::{FixedLayout, Layout};
use super::parallel::Device;
use super::{Format, Kernels, Shape, Software};
use step::Step;
use units::*;

/// How prefill and decode share the chips.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServeMode {
    /// On the same chips, interleaved.
    Mixed,
    /// On chips of their own, in the proportion that keeps both busy.
    Split,
    /// Only decoding is looked at.
    DecodeOnly,
}

/// What is asked of the system.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Serving {
    /// Chips.
    pub chips: u32,
    /// Format of the weights.
    pub weights: Format,
    /// Format of the cache.
    pub cache: Format,
    /// Tokens of a prompt.
    pub prompt: f64,
    /// Tokens of an answer.
    pub answer: f64,
    /// Sequences decoded together in the system; `None`: the planner's.
    pub batch: Option<f64>,
    /// Tokens accepted per step with multi-token prediction, at least 1.
    pub accepted: f64,
    /// Chance that a drafted token is accepted.
    pub draft_acceptance: f64,
    /// How prefill and decode share the chips.
    pub mode: ServeMode,
    /// Limit on the time per output token.
    pub limit: Time,
    /// Parts of the layout that the reader fixes.
    pub fixed: FixedLayout,
    /// Memory kept for the runtime and activations.
    pub reserve: Bytes,
    /// Most sequences that one replica decodes together.
    pub most_sequences: f64,
}

/// Where the time of one output token goes, in seconds; the parts add up.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct TokenTime {
    /// Arithmetic that takes longer than its reads.
    pub compute: f64,
    /// Reading weights.
    pub weights: f64,
    /// Reading the cache.
    pub kv_cache: f64,
    /// Collectives between chips and between dies.
    pub network: f64,
    /// Starting kernels, and the step's own overhead.
    pub launches: f64,
    /// Prefills of other requests that interleave.
    pub prefill: f64,
}

impl TokenTime {
    /// All parts together.
    pub fn total(&self) -> f64 {
        self.compute + self.weights + self.kv_cache + self.network + self.launches + self.prefill
    }

    fn scaled(self, k: f64) -> Self {
        Self {
            compute: self.compute * k,
            weights: self.weights * k,
            kv_cache: self.kv_cache * k,
            network: self.network * k,
            launches: self.launches * k,
            prefill: self.prefill * k,
        }
    }

    /// The largest of arithmetic, memory and network.
    pub fn bound(&self) -> Bound {
        let compute = self.compute + self.prefill;
        let memory = self.weights + self.kv_cache;
        if self.network > compute && self.network > memory {
            Bound::Network
        } else if compute > memory {
            Bound::Compute
        } else {
            Bound::Memory
        }
    }
}

/// What decides the time per token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize),
    serde(rename_all = "lowercase")
)]
pub enum Bound {
    /// Arithmetic.
    Compute,
    /// Memory bandwidth.
    Memory,
    /// Links.
    Network,
}

/// What the system delivers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Inference {
    /// The layout.
    pub layout: Layout,
    /// Sequences decoded together in the system.
    pub batch: f64,
    /// Time to the first token of one prompt, queueing excluded.
    pub ttft: Time,
    /// Time per output token.
    pub tpot: Time,
    /// Its parts.
    pub breakdown: TokenTime,
    /// Output tokens per second and chip.
    pub tokens_per_s_per_chip: f64,
    /// Prompt tokens per second and chip, when it only prefills.
    pub prefill_tokens_per_s_per_chip: f64,
    /// Memory used on the fullest chip.
    pub memory_used: Bytes,
    /// Average share of the peak in use.
    pub compute_used_share: f64,
    /// Average share of the memory bandwidth in use.
    pub bandwidth_used_share: f64,
}

/// Why nothing is served.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stop {
    /// The model and one conversation do not fit; so many chips would do, if
    /// any number does.
    Memory {
        /// Fewest chips that hold it.
        chips_needed: Option<u32>,
    },
    /// The layout asked for needs more chips than there are, or does not divide.
    Layout,
    /// The chip cannot be made.
    NotMade,
}

/// Everything that a layout is judged by.
struct Bench<'a> {
    shape: &'a Shape,
    device: &'a Device,
    kernels: &'a Kernels,
    software: &'a Software,
    serving: &'a Serving,
}

/// Sequences per replica that the planner tries.
const LADDER: [f64; 20] = [
    1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0, 48.0, 64.0, 96.0, 128.0, 192.0, 256.0,
    384.0, 512.0, 768.0, 1024.0,
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
        return Err(Stop::Layout);
    }
    let best = layouts
        .into_iter()
        .filter_map(|layout| bench.best_batch(layout))
        .reduce(|a, b| if bench.better(&b, &a) { b } else { a });
    best.ok_or_else(|| Stop::Memory {
        chips_needed: bench.chips_needed(),
    })
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

    /// Bytes of weights and cache on the fullest chip.
    fn memory_used(&self, layout: Layout, per_replica: f64) -> Bytes {
        let (shape, serving) = (self.shape, self.serving);
        let (tp, pp) = (f64::from(layout.tp), f64::from(layout.pp));
        let heads = shape.head_parameters() * shape.embeddings_on_a_stage(layout.pp);
        let parameters = (shape.common_parameters() / pp + heads) / tp
            + shape.routed_parameters() / (pp * layout.expert_spread());
        let context = serving.prompt + serving.answer;
        let cached =
            per_replica * context * shape.cached_per_token() / (pp * shape.cache_shards(layout.tp));
        serving.weights.width() * parameters + serving.cache.width() * cached + serving.reserve
    }

    fn fits(&self, layout: Layout, per_replica: f64) -> bool {
        self.memory_used(layout, per_replica) <= self.device.memory
    }

    /// The layout at the batch asked for, or at the one that serves most.
    fn best_batch(&self, layout: Layout) -> Option<Inference> {
        let replicas = f64::from(layout.dp);
        if !self.fits(layout, 1.0) {
            return None;
        }
        let prefill = self.prefill(layout);
        if let Some(batch) = self.serving.batch {
            let per_replica = (batch / replicas).max(1.0);
            return self.fits(layout, per_replica).then(|| {
                self.serve(
                    layout,
                    &prefill,
                    per_replica,
                    batch.min(per_replica * replicas),
                )
            });
        }
        // Memory and time per token grow along the ladder, so the best is the
        // last rung within the limit, and the first one where none is.
        let holds = |rung: &f64| *rung <= self.serving.most_sequences && self.fits(layout, *rung);
        let rungs = &LADDER[..LADDER.partition_point(holds)];
        let serve = |rung: f64| self.serve(layout, &prefill, rung, rung * replicas);
        let within = rungs.partition_point(|rung| serve(*rung).tpot <= self.serving.limit);
        let rung = rungs.get(within.saturating_sub(1))?;
        Some(serve(*rung))
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

    /// What the layout delivers with so many sequences per replica.
    fn serve(&self, layout: Layout, prefill: &Step, per_replica: f64, batch: f64) -> Inference {
        let serving = self.serving;
        let prefill_time = prefill.time.total();
        let decode = self.decode(layout, per_replica);
        let mut breakdown = decode.time.scaled(1.0 / serving.accepted);
        let (pp, tp) = (f64::from(layout.pp), f64::from(layout.tp));
        // Each new request interleaves its prefill with everybody's decoding.
        // Source: [modelling-survey], TPOT ≈ T_dec + (b−1)·T_pre/answer.
        if serving.mode == ServeMode::Mixed {
            breakdown.prefill = (per_replica - 1.0).max(0.0) * prefill_time / pp / serving.answer;
        }
        let tpot = breakdown.total();
        let decode_only = tpot - breakdown.prefill;
        let chips_per_replica = tp * pp;
        // Replicas that a small batch leaves without a sequence do nothing.
        let filled_share = (batch / (per_replica * f64::from(layout.dp))).min(1.0);
        let used_share =
            filled_share * f64::from(layout.dp) * chips_per_replica / f64::from(serving.chips);
        let prefill_rate = serving.prompt / (prefill_time / pp) / chips_per_replica;
        let alone = per_replica / decode_only / chips_per_replica;
        // A replica reads every prompt that it answers, its own included:
        // b / (T_dec + b·T_pre/answer). Source: [modelling-survey].
        let both = 1.0 / (1.0 / alone + serving.prompt / serving.answer / prefill_rate);
        let rate = match serving.mode {
            ServeMode::Mixed | ServeMode::Split => both,
            ServeMode::DecodeOnly => alone,
        };
        let transfer = match serving.mode {
            ServeMode::Split => {
                let cache =
                    serving.cache.width() * (serving.prompt * self.shape.cached_per_token());
                cache / (self.device.scale_out * self.software.links.scale_out_share)
            }
            ServeMode::Mixed | ServeMode::DecodeOnly => Time::new(0.0),
        };
        // Work per second of a busy chip: its share of decoding, and of the
        // prompts that go with the answers.
        let steps_per_s = rate * chips_per_replica / (per_replica * serving.accepted);
        let prompts_per_s = match serving.mode {
            ServeMode::Mixed | ServeMode::Split => rate * chips_per_replica / serving.answer / pp,
            ServeMode::DecodeOnly => 0.0,
        };
        let ops = decode.ops * steps_per_s + prefill.ops * prompts_per_s;
        let bytes = decode.bytes * steps_per_s + prefill.bytes * prompts_per_s;
        Inference {
            layout,
            batch,
            ttft: Time::new(prefill_time) + transfer,
            tpot: Time::new(tpot),
            breakdown,
            tokens_per_s_per_chip: rate * used_share,
            prefill_tokens_per_s_per_chip: prefill_rate * f64::from(layout.dp) * chips_per_replica
                / f64::from(serving.chips),
            memory_used: self.memory_used(layout, per_replica),
            compute_used_share: (filled_share * ops / self.device.peak.get()).min(1.0),
            bandwidth_used_share: (filled_share * bytes / self.device.bandwidth.get()).min(1.0),
        }
    }
}
