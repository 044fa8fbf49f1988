//! Training: memory, the time of a step, and the layout that makes it shortest.
//!
//! Step = compute and exposed traffic of all micro-batches × (1 + bubble),
//! plus data-parallel sums and the optimiser. MFU follows; it is not assumed.
//! Sources: [narayanan-2104.04473], [korthikanti-2205.05198], [modelling-survey].

mod memory;
mod plan;
mod step;

pub use plan::plan_training;

use super::layout::{FixedLayout, Layout};
use super::parallel::Device;
use super::{Format, Kernels, Shape, Software};
use units::*;

/// What is kept of a layer's activations between forward and backward.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recompute {
    /// Everything, scores included.
    None,
    /// All but attention's scores, which are computed again.
    Selective,
    /// Only each layer's input: a third more arithmetic.
    Full,
}

/// How a pipeline orders forward and backward.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schedule {
    /// One forward, one backward; interleaved where a stage holds more chunks
    /// than one. Source: [narayanan-2104.04473].
    OneForward,
    /// From both ends at once, two copies of the weights, expert traffic behind
    /// computation. Source: [deepseek-v3-2412.19437], table 2.
    DualPipe,
}

/// What replicas share instead of keeping copies (ZeRO).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sharding {
    /// Nothing.
    Nothing,
    /// The optimiser's state (stage 1).
    Optimiser,
    /// Gradients too (stage 2).
    Gradients,
    /// Weights too, gathered for every use (stage 3, fully sharded).
    Weights,
}

/// A training run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TrainingJob {
    /// Chips.
    pub chips: u32,
    /// Tokens to train on.
    pub tokens: f64,
    /// Tokens of a sequence.
    pub sequence: f64,
    /// Sequences of a global batch.
    pub batch: f64,
    /// Sequences of a micro-batch.
    pub micro_batch: f64,
    /// Model chunks per pipeline stage (interleaving).
    pub interleave: f64,
    /// Chips that share one sequence.
    pub context_parallel: f64,
    /// Format of matrix products.
    pub format: Format,
    /// Recomputation; `None`: the planner's.
    pub recompute: Option<Recompute>,
    /// Parts of the layout that the reader fixes.
    pub fixed: FixedLayout,
    /// Memory kept for the runtime.
    pub reserve: Bytes,
    /// Order of forward and backward.
    pub schedule: Schedule,
    /// What replicas share.
    pub sharding: Sharding,
    /// Norms and residuals are split over tensor ranks along the sequence.
    pub sequence_parallel: bool,
    /// Bytes of a weight.
    pub weight_state: Bytes,
    /// Bytes of its gradient.
    pub gradient_state: Bytes,
    /// Bytes of its optimiser state.
    pub optimiser_state: Bytes,
    /// Share of data-parallel traffic that nothing hides.
    pub data_exposed_share: f64,
    /// Share of expert traffic that DualPipe leaves exposed.
    pub dual_pipe_exposed_share: f64,
    /// Time of the slowest of so many chips over the mean (stragglers).
    pub straggler_ratio: f64,
    /// Chips of which that is.
    pub straggler_chips: f64,
}

/// A step of the best layout.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Training {
    /// The layout.
    pub layout: Layout,
    /// Recomputation chosen.
    pub recompute: Recompute,
    /// Time of a step.
    pub step: Time,
    /// Share of it spent waiting in the pipeline.
    pub bubble_share: f64,
    /// Share of it spent on exposed traffic.
    pub network_share: f64,
    /// Steps of the run.
    pub steps: f64,
    /// Tokens per second and chip, failures excluded.
    pub tokens_per_s_per_chip: f64,
    /// Model operations per second over the highest peak in use: the format's,
    /// or 16 bit's (attention) where that is higher.
    pub mfu_share: f64,
    /// The same with recomputed operations counted.
    pub hfu_share: f64,
    /// Model operations per second and chip.
    pub ops_per_chip: OpRate,
    /// Average share of the memory bandwidth in use.
    pub bandwidth_used_share: f64,
    /// Bytes that a chip sends to others, on average.
    pub links_used: Bandwidth,
    /// Memory used on the fullest chip.
    pub memory_used: Bytes,
    /// The layout that came second; `None` where only one fits.
    pub runner_up: Option<SecondLayout>,
}

/// The layout that came second, and what it lost by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SecondLayout {
    /// The layout.
    pub layout: Layout,
    /// Its step.
    pub step: Time,
    /// What most of the difference is.
    pub lost: StepPart,
}

/// A part of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepPart {
    /// Arithmetic and what goes through memory.
    Compute,
    /// Waiting in the pipeline.
    Bubble,
    /// Exposed traffic.
    Network,
}

impl StepPart {
    /// Its name in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Compute => "compute",
            Self::Bubble => "bubble",
            Self::Network => "network",
        }
    }
}

/// Why no run starts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TrainingStop {
    /// Weights, gradients, optimiser and activations do not fit. Bytes a chip
    /// would need in the leanest layout.
    Memory {
        /// Memory needed per chip.
        needed: Bytes,
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

struct Run<'a> {
    shape: &'a Shape,
    device: &'a Device,
    kernels: &'a Kernels,
    software: &'a Software,
    job: &'a TrainingJob,
}

impl Run<'_> {
    /// Parameters on the fullest chip: shared by tensor and pipeline, experts
    /// by their spread.
    fn parameters(&self, layout: Layout) -> (f64, f64) {
        let (tp, pp) = (f64::from(layout.tp), f64::from(layout.pp));
        let heads = self.shape.head_parameters() * self.shape.embeddings_on_a_stage(layout.pp);
        let common = (self.shape.common_parameters() / pp + heads) / tp;
        (
            common,
            self.shape.routed_parameters() / (pp * layout.expert_spread()),
        )
    }

    /// Replicas of the common weights, and of the experts.
    fn replicas(&self, layout: Layout) -> (f64, f64) {
        let dp = f64::from(layout.dp);
        (
            dp,
            (dp * f64::from(layout.tp) / layout.expert_spread()).max(1.0),
        )
    }

    fn micro_batches(&self, layout: Layout) -> f64 {
        let job = self.job;
        (job.batch * job.context_parallel / (f64::from(layout.dp) * job.micro_batch)).max(1.0)
    }

    /// Micro-batches that a step waits for before all stages work.
    fn bubble(&self, layout: Layout) -> f64 {
        let pp = f64::from(layout.pp);
        match self.job.schedule {
            Schedule::OneForward => {
                // A stage cannot be cut into more chunks than it has layers.
                let chunks = self
                    .job
                    .interleave
                    .min((f64::from(self.shape.layers) / pp).floor())
                    .max(1.0);
                (pp - 1.0) / chunks
            }
            // (pp/2 − 1)(F&B + B − 3W) with B = 2F and W = F, in forwards and
            // backwards. Source: [deepseek-v3-2412.19437], table 2.
            Schedule::DualPipe => (pp / 2.0 - 1.0).max(0.0) * 2.0 / 3.0,
        }
    }

    /// Time of the slowest chip over the mean: it grows with the root of the
    /// logarithm of their number, as the largest of so many normal draws does.
    /// Source: [megascale-2402.15627] for its size.
    fn straggling(&self) -> f64 {
        let job = self.job;
        let growth =
            (libm::log(f64::from(job.chips)) / libm::log(job.straggler_chips.max(2.0))).max(0.0);
        1.0 + (job.straggler_ratio - 1.0) * growth.sqrt()
    }

    fn train(&self, layout: Layout, recompute: Recompute, memory_used: Bytes) -> Training {
        let (job, shape) = (self.job, self.shape);
        let pp = f64::from(layout.pp);
        let micro_batches = self.micro_batches(layout);
        let tokens = job.micro_batch * job.sequence / job.context_parallel;
        let work = self.compute(layout, tokens, recompute);
        let compute = work.time / pp;
        let traffic = self.traffic(layout, tokens, recompute);
        // Traffic that overlaps still has to fit behind the computation.
        let micro = (compute + traffic.exposed / pp).max(traffic.all / pp);
        let bubble_ratio = self.bubble(layout) / micro_batches;
        let data = self.data_time(layout) * job.data_exposed_share;
        let optimiser = self.optimiser_time(layout);
        let busy = micro * micro_batches;
        let straggling = self.straggling();
        let step = (busy * (1.0 + bubble_ratio) + data + optimiser) * straggling
            + self.software.training_overhead;
        let step_tokens = job.batch * job.sequence;
        let chips = f64::from(job.chips);
        let model_ops = shape.training_ops_per_token(job.sequence) * step_tokens;
        let per_chip = Ops::new(model_ops) / step / chips;
        let mfu_share = per_chip / self.device.peak.max(self.device.peak_16);
        let recomputed = self.recomputed_ratio(recompute);
        Training {
            layout,
            recompute,
            step,
            bubble_share: busy * bubble_ratio / step,
            network_share: ((micro - compute) * micro_batches + data) / step,
            steps: job.tokens / step_tokens,
            tokens_per_s_per_chip: step_tokens / step.get() / chips,
            mfu_share,
            hfu_share: mfu_share * recomputed,
            ops_per_chip: per_chip,
            bandwidth_used_share: (work.bytes * (micro_batches / pp)
                / step
                / self.device.bandwidth)
                .min(1.0),
            links_used: Bandwidth::new((traffic.bytes * (micro_batches / pp)).get() / step.get()),
            memory_used,
            runner_up: None,
        }
    }

    /// Operations done over those of the model: recomputing all is a fourth
    /// pass beside three; recomputing the scores is a fourth pass of those.
    /// Source: [korthikanti-2205.05198].
    fn recomputed_ratio(&self, recompute: Recompute) -> f64 {
        let scores = 1.0
            - 6.0 * self.shape.active_parameters()
                / self.shape.training_ops_per_token(self.job.sequence);
        match recompute {
            Recompute::None => 1.0,
            Recompute::Selective => 1.0 + scores / 3.0,
            Recompute::Full => 4.0 / 3.0,
        }
    }
}
