//! Answering: time to the first token, time per token, throughput.
//!
//! A step is a list of kernels; each takes t₀ + max(ops/(e_c·P), bytes/(e_m·W)).
//! What a plain roofline misses is t₀ per kernel and the prefills that
//! continuous batching interleaves with decoding. Queueing is not modelled.
//! Source: [modelling-survey].

mod kernels;
mod plan;
mod step;
mod time;

use super::layout::{FixedLayout, Layout};
use super::parallel::Device;
use super::{Format, Kernels, Shape, Software};
use kernels::Silent;
pub use kernels::{KernelOf, KernelTime, StepKernels, TrafficOf, step_kernels};
pub use plan::{every_batch, keeps_limit, plan_inference, serve_among};
use step::Step;
pub use time::{Part, TokenTime};
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
    /// Memory is kept for whole answers from their start.
    pub reserves_answers: bool,
    /// Tokens of prompts that one step reads together.
    pub chunk: f64,
    /// Share of the traffic behind which a second half-batch computes (φ).
    pub overlap_share: f64,
}

/// What the fullest chip holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Held {
    /// Weights, in their number.
    pub parameters: f64,
    /// The cache of one sequence, on average.
    pub cache: Bytes,
}

/// What fills the fullest chip's memory.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MemoryUse {
    /// Weights.
    pub weights: Bytes,
    /// The cache of all sequences that it holds.
    pub cache: Bytes,
    /// The runtime and activations.
    pub reserve: Bytes,
}

impl MemoryUse {
    /// All of it.
    pub fn total(&self) -> Bytes {
        self.weights + self.cache + self.reserve
    }
}

/// What a chip does in one phase: its place under the roofline.
/// Source: [roofline-2009].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Phase {
    /// Operations.
    pub ops: Ops,
    /// Bytes of weights and cache read; what else passes memory is not counted.
    pub bytes: Bytes,
    /// The time that takes, everything included.
    pub time: Time,
}

impl Phase {
    /// Operations for each byte read.
    pub fn intensity(&self) -> f64 {
        self.ops.get() / self.bytes.get()
    }

    /// Operations in a second.
    pub fn rate(&self) -> OpRate {
        self.ops / self.time
    }
}

/// The layout that came second, and what it lost by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunnerUp {
    /// The layout.
    pub layout: Layout,
    /// Sequences decoded together in the system.
    pub batch: f64,
    /// Its time per output token.
    pub tpot: Time,
    /// Its output tokens per second and chip.
    pub tokens_per_s_per_chip: f64,
    /// Why it lost.
    pub lost: Lost,
}

/// Why a layout lost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Lost {
    /// It keeps no token within the limit.
    Limit,
    /// It leaves so many chips without work.
    Idle(u32),
    /// A token takes longer on it, most of all in this part.
    Time(Part),
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
    /// Time per output token: the mean over an answer, prefills of others that
    /// interleave included.
    pub tpot: Time,
    /// Time between two tokens while nobody's prompt is read.
    pub itl: Time,
    /// Its parts.
    pub breakdown: TokenTime,
    /// Output tokens per second and chip.
    pub tokens_per_s_per_chip: f64,
    /// Prompt tokens per second and chip, when it only prefills.
    pub prefill_tokens_per_s_per_chip: f64,
    /// Memory used on the fullest chip.
    pub memory: MemoryUse,
    /// A chip's work in one step of decoding.
    pub decode: Phase,
    /// A chip's work while it reads prompts.
    pub prefill: Phase,
    /// Average share of the peak in use.
    pub compute_used_share: f64,
    /// Average share of the memory bandwidth in use.
    pub bandwidth_used_share: f64,
    /// Bytes that a chip sends to others, on average.
    pub links_used: Bandwidth,
    /// Share of the chips that have something to do; rates in use are of these.
    pub busy_share: f64,
    /// What these came from, for whoever explains them.
    pub working: Working,
    /// The layout that came second; `None` where only one fits.
    pub runner_up: Option<RunnerUp>,
}

/// What an answer's numbers came from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Working {
    /// Sequences that a replica decodes together.
    pub per_replica: f64,
    /// Time that a prompt takes of a replica which answers others too.
    pub prompt_time: Time,
    /// Parts of the time to the first token, in seconds.
    pub first_token: TokenTime,
    /// Weights and cache that a step reads one after another: of one chip, or of
    /// a chip in each stage.
    pub step_bytes: Bytes,
    /// Tokens that a step gives each sequence.
    pub accepted: f64,
    /// What the fullest chip holds.
    pub held: Held,
}

/// Why nothing is served.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Stop {
    /// The model and one conversation do not fit; so many chips would do, if
    /// any number does.
    Memory {
        /// Fewest chips that hold it.
        chips_needed: Option<u32>,
        /// Longest prompt that fits on the chips there are, if any does.
        longest_prompt: Option<f64>,
        /// Most sequences that fit, where more were asked for and one does.
        largest_batch: Option<f64>,
    },
    /// The layout asked for needs more chips than there are, or does not divide;
    /// the nearest that works, if any does.
    Layout {
        /// The nearest layout.
        nearest: Option<Layout>,
    },
    /// The chip cannot be made.
    NotMade,
}

/// Everything that a layout is judged by.
struct Bench<'a, N = Silent> {
    shape: &'a Shape,
    device: &'a Device,
    kernels: &'a Kernels,
    software: &'a Software,
    serving: &'a Serving,
    /// Where a step's kernels are written down.
    notes: N,
}

impl Bench<'_> {
    /// What the layout delivers with so many sequences per replica.
    fn serve(&self, layout: Layout, prefills: &Prefills, per_replica: f64) -> Inference {
        let serving = self.serving;
        // A batch smaller than the replicas leaves some without a sequence.
        let batch = per_replica * f64::from(layout.dp);
        let batch = serving.batch.map_or(batch, |asked| asked.min(batch));
        let (prefill, prompts) = prefills.beside(self, layout, per_replica);
        // Of one prompt, read with others.
        let prefill_time = prefill.time.total() / prompts;
        let decode = self.decode(layout, per_replica);
        let accepted = self.accepted();
        let mut breakdown = decode.time.scaled(1.0 / accepted);
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
        let (full, most_prompts) = &prefills.full;
        let full_rate = serving.prompt * most_prompts / full.time.total() * pp / chips_per_replica;
        let alone = per_replica / decode_only / chips_per_replica;
        // A replica reads every prompt that it answers, its own included:
        // b / (T_dec + b·T_pre/answer). Source: [modelling-survey].
        let both = 1.0 / (1.0 / alone + serving.prompt / serving.answer / prefill_rate);
        let rate = match serving.mode {
            ServeMode::Mixed | ServeMode::Split => both,
            ServeMode::DecodeOnly => alone,
        };
        // On chips of their own, only a part of them decodes.
        let batch = match (serving.mode, serving.batch) {
            (ServeMode::Split, None) => (batch * (both / alone)).max(1.0),
            _ => batch,
        };
        let transfer = match serving.mode {
            ServeMode::Split => {
                let cache =
                    serving.cache.width() * (serving.prompt * self.shape.cached_per_token());
                let (link, _) = self.device.path(serving.chips, &self.software.links);
                // Each chip of a replica sends its own part.
                cache / (link * chips_per_replica)
            }
            ServeMode::Mixed | ServeMode::DecodeOnly => Time::new(0.0),
        };
        // Work per second of a busy chip: its share of decoding, and of the
        // prompts that go with the answers.
        // A pipeline with fewer sequences than stages has stages that wait.
        let flowing = (per_replica / pp).min(1.0);
        let steps_per_s = rate * chips_per_replica / (per_replica * accepted) * flowing;
        let prompts_per_s = match serving.mode {
            ServeMode::Mixed | ServeMode::Split => rate * chips_per_replica / serving.answer / pp,
            ServeMode::DecodeOnly => 0.0,
        };
        let ops = decode.ops * steps_per_s + prefill.ops / prompts * prompts_per_s;
        let bytes = decode.bytes * steps_per_s + prefill.bytes / prompts * prompts_per_s;
        let sent = decode.sent * steps_per_s + prefill.sent / prompts * prompts_per_s;
        let mut first_token = prefills.one.time;
        first_token.network += transfer.get();
        Inference {
            layout,
            batch,
            ttft: Time::new(prefills.one.time.total()) + transfer,
            tpot: Time::new(tpot),
            itl: Time::new(decode_only),
            breakdown,
            tokens_per_s_per_chip: rate * used_share,
            prefill_tokens_per_s_per_chip: full_rate * f64::from(layout.dp) * chips_per_replica
                / f64::from(serving.chips),
            memory: self.memory(layout, per_replica),
            decode: decode.phase(flowing),
            prefill: prefill.phase(1.0),
            compute_used_share: (ops / self.device.peak.get() * self.device.clock_ratio).min(1.0),
            bandwidth_used_share: (bytes / self.device.bandwidth.get()).min(1.0),
            links_used: Bandwidth::new(sent),
            busy_share: used_share.min(1.0),
            working: Working {
                per_replica,
                prompt_time: Time::new(prefill_time / pp),
                first_token,
                step_bytes: Bytes::new(decode.bytes),
                accepted,
                held: self.held(layout, per_replica),
            },
            runner_up: None,
        }
    }
}

/// The prefills of a layout: of one prompt, and of as many as a step reads.
struct Prefills {
    one: Step,
    full: (Step, f64),
}

impl Prefills {
    fn of(bench: &Bench, layout: Layout) -> Self {
        let serving = bench.serving;
        let most = (serving.chunk / serving.prompt).floor().max(1.0);
        let one = bench.prefill(layout, 1.0);
        let full = if most > 1.0 {
            bench.prefill(layout, most)
        } else {
            one
        };
        // One prompt passes every layer once; many keep a pipeline full, which goes
        // at the pace of its fullest stage.
        let full = full.scaled(layout.fullest_stage(bench.shape));
        Self {
            one,
            full: (full, most),
        }
    }

    /// The prefill that interleaves with the decoding of so many sequences, and
    /// its prompts: no more arrive together than are decoded together.
    fn beside(&self, bench: &Bench, layout: Layout, per_replica: f64) -> (Step, f64) {
        let (full, most) = self.full;
        let prompts = within(per_replica.floor(), 1.0, most);
        if prompts == most {
            (full, most)
        } else if prompts == 1.0 {
            (self.one.scaled(layout.fullest_stage(bench.shape)), 1.0)
        } else {
            let step = bench.prefill(layout, prompts);
            (step.scaled(layout.fullest_stage(bench.shape)), prompts)
        }
    }
}
