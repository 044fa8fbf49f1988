//! Training: memory, the time of a step, and the layout that makes it shortest.
//!
//! Step = compute and exposed traffic of all micro-batches × (1 + bubble),
//! plus data-parallel sums and the optimiser. MFU follows; it is not assumed.
//! Sources: [narayanan-2104.04473], [korthikanti-2205.05198], [modelling-survey].

mod memory;
mod plan;
mod step;

pub use plan::{plan_training, train_among};

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

/// What of forward is done again in backward: of how many layers everything, and
/// whether of the others the scores.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Again {
    layers_share: f64,
    scores: bool,
}

impl From<Recompute> for Again {
    fn from(recompute: Recompute) -> Self {
        Self {
            layers_share: if recompute == Recompute::Full {
                1.0
            } else {
                0.0
            },
            scores: recompute == Recompute::Selective,
        }
    }
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
    /// Model chunks per pipeline stage (interleaving); `None`: the planner's.
    pub interleave: Option<f64>,
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
    /// Bytes that a score takes through memory where attention is several kernels.
    pub score_traffic: Bytes,
    /// Times that a token's copy for an expert passes memory, forward or back.
    pub copy_passes_count: f64,
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
    /// Model chunks per pipeline stage: one where stages are not interleaved.
    pub chunks: f64,
    /// Recomputation chosen.
    pub recompute: Recompute,
    /// Share of the layers that are computed again: all of them where the reader
    /// asks for that, else as many as memory asks for.
    pub recomputed_share: f64,
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
    /// Model chunks per pipeline stage, where stages have as many layers.
    interleave: f64,
}

impl Run<'_> {
    /// Parameters on the fullest chip: shared by tensor and pipeline, experts
    /// by their spread.
    fn parameters(&self, layout: Layout) -> (f64, f64) {
        let (tp, pp) = (f64::from(layout.tp), f64::from(layout.pp));
        let heads = self.shape.head_parameters() * self.shape.embeddings_on_a_stage(layout.pp);
        let fullest = layout.fullest_stage(self.shape);
        let common = (self.shape.common_parameters() * fullest / pp + heads) / tp;
        let routed = self.shape.routed_parameters() * fullest * layout.fullest_chip(self.shape);
        (common, routed / (pp * layout.expert_spread()))
    }

    /// Replicas of the common weights, and of the experts.
    fn replicas(&self, layout: Layout) -> (f64, f64) {
        let dp = f64::from(layout.dp);
        (
            dp,
            (dp * f64::from(layout.tp) / layout.expert_spread()).max(1.0),
        )
    }

    /// Micro-batches of a replica in a step; the last may be smaller.
    fn micro_batches(&self, layout: Layout) -> f64 {
        let job = self.job;
        (job.batch * job.context_parallel / (f64::from(layout.dp) * job.micro_batch)).ceil()
    }

    /// Chunks of a pipeline stage: no more than it has layers.
    fn chunks(&self, layout: Layout) -> f64 {
        let layers = f64::from(self.shape.layers / layout.pp);
        match self.job.schedule {
            Schedule::OneForward => self.interleave.min(layers).max(1.0),
            Schedule::DualPipe => 1.0,
        }
    }

    /// Micro-batches that a step waits for before all stages work.
    fn bubble(&self, layout: Layout) -> f64 {
        let pp = f64::from(layout.pp);
        match self.job.schedule {
            Schedule::OneForward => (pp - 1.0) / self.chunks(layout),
            // (pp/2 − 1)(F&B + B − 3W) with B = 2F and W = F, in forwards and
            // backwards. Source: [deepseek-v3-2412.19437], table 2.
            Schedule::DualPipe => (pp / 2.0 - 1.0).max(0.0) * 2.0 / 3.0,
        }
    }

    /// Work of the fullest pipeline stage over the mean: stages hold whole layers,
    /// and the last one the head, in place of as many layers as is best.
    fn fullest_stage(&self, layout: Layout) -> f64 {
        let (layers, stages) = (self.shape.layers, layout.pp);
        if stages <= 1 {
            return 1.0;
        }
        let head = self.shape.head_parameters();
        let layer = (self.shape.active_parameters() - head) / f64::from(layers);
        let head = head / layer;
        let fullest = (0..=layers / stages)
            .map(|last| {
                let others = (layers - last).div_ceil(stages - 1);
                (f64::from(last) + head).max(f64::from(others))
            })
            .fold(f64::MAX, f64::min);
        fullest * f64::from(stages) / (f64::from(layers) + head)
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

    fn train(
        &self,
        layout: Layout,
        recompute: Recompute,
        again: Again,
        memory_used: Bytes,
    ) -> Training {
        let (job, shape) = (self.job, self.shape);
        let pp = f64::from(layout.pp);
        let micro_batches = self.micro_batches(layout);
        let tokens = job.micro_batch * job.sequence / job.context_parallel;
        let work = self.compute(layout, tokens, again);
        let compute = work.time * (self.fullest_stage(layout) / pp);
        let traffic = self.traffic(layout, tokens, again);
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
        // Of the rated peak, whatever the clock.
        let peak = self.device.peak.max(self.device.peak_16);
        let mfu_share = per_chip / peak * self.device.clock_ratio;
        let recomputed = self.recomputed_ratio(again);
        Training {
            layout,
            chunks: self.chunks(layout),
            recompute,
            recomputed_share: again.layers_share,
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
    fn recomputed_ratio(&self, again: Again) -> f64 {
        let scores = 1.0
            - 6.0 * self.shape.active_parameters()
                / self.shape.training_ops_per_token(self.job.sequence);
        // One kernel for attention has no scores to compute again.
        let scores_again = if again.scores && !self.software.fused_attention {
            scores / 3.0 * (1.0 - again.layers_share)
        } else {
            0.0
        };
        1.0 + again.layers_share / 3.0 + scores_again
    }
}
