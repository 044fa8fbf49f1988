//! Training: memory, the time of a step, and the layout that makes it shortest.
//!
//! Step = compute and exposed traffic of all micro-batches × (1 + bubble),
//! plus data-parallel sums and the optimiser. MFU follows; it is not assumed.
//! Sources: [narayanan-2104.04473], [korthikanti-2205.05198], [modelling-survey].

mod step;

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
    /// Bytes of a parameter and its gradient, on every replica.
    pub parameter_state: Bytes,
    /// Bytes of its optimiser state, shared by replicas (ZeRO-1).
    pub optimiser_state: Bytes,
    /// Share of data-parallel traffic that nothing hides.
    pub data_exposed_share: f64,
    /// Slowest chip's step over the mean (stragglers).
    pub straggler_ratio: f64,
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
    /// Memory used on the fullest chip.
    pub memory_used: Bytes,
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
    /// The layout asked for needs more chips than there are, or does not divide.
    Layout,
    /// The chip cannot be made.
    NotMade,
}

const TENSOR: [u32; 4] = [1, 2, 4, 8];
const PIPELINE: [u32; 6] = [1, 2, 4, 8, 16, 32];
const EXPERT: [u32; 6] = [1, 8, 16, 32, 64, 128];

struct Run<'a> {
    shape: &'a Shape,
    device: &'a Device,
    kernels: &'a Kernels,
    software: &'a Software,
    job: &'a TrainingJob,
}

/// The layout with the shortest step that fits in memory.
///
/// # Errors
/// [`TrainingStop`] where none does.
pub fn plan_training(
    shape: &Shape,
    device: &Device,
    kernels: &Kernels,
    software: &Software,
    job: &TrainingJob,
) -> Result<Training, TrainingStop> {
    // A micro-batch is part of the global batch.
    let job = &TrainingJob {
        micro_batch: job.micro_batch.min(job.batch),
        ..*job
    };
    let run = Run {
        shape,
        device,
        kernels,
        software,
        job,
    };
    let mut leanest: Option<Bytes> = None;
    let mut best: Option<Training> = None;
    for layout in run.layouts() {
        for &recompute in run.recomputations() {
            let used = run.memory_used(layout, recompute);
            leanest = Some(leanest.map_or(used, |least| least.min(used)));
            if used > device.memory {
                continue;
            }
            let training = run.train(layout, recompute, used);
            if best.as_ref().is_none_or(|b| training.step < b.step) {
                best = Some(training);
            }
            // Less recomputation is faster: the next one is only for memory.
            break;
        }
    }
    match (best, leanest) {
        (Some(training), _) => Ok(training),
        (None, Some(needed)) => Err(TrainingStop::Memory { needed }),
        (None, None) => Err(TrainingStop::Layout),
    }
}

impl Run<'_> {
    fn recomputations(&self) -> &'static [Recompute] {
        match self.job.recompute {
            Some(Recompute::None) => &[Recompute::None],
            Some(Recompute::Selective) => &[Recompute::Selective],
            Some(Recompute::Full) => &[Recompute::Full],
            None => &[Recompute::Selective, Recompute::Full],
        }
    }

    fn layouts(&self) -> Vec<Layout> {
        let fixed = &self.job.fixed;
        let own = |value: Option<u32>, choices: &[u32]| {
            value.map_or_else(|| choices.to_vec(), |v| vec![v])
        };
        let chips = self.job.chips;
        let mut layouts = Vec::new();
        for tp in own(fixed.tp, &TENSOR) {
            if tp > self.shape.heads() || (fixed.tp.is_none() && tp > self.device.domain.max(1)) {
                continue;
            }
            for pp in own(fixed.pp, &PIPELINE) {
                if pp > self.shape.layers || tp.saturating_mul(pp) > chips {
                    continue;
                }
                // Replicas beyond one sequence each have nothing to do.
                let most = (chips / (tp * pp)).min(self.most_replicas());
                let dp = fixed.dp.unwrap_or(most);
                if dp == 0 || dp > chips / (tp * pp) {
                    continue;
                }
                for ep in self.expert_choices(tp * dp) {
                    layouts.extend(Layout::whole(
                        self.shape,
                        tp,
                        pp,
                        ep,
                        dp,
                        fixed.dp.is_some(),
                    ));
                }
            }
        }
        layouts
    }

    fn most_replicas(&self) -> u32 {
        (self.job.batch / self.job.micro_batch * self.job.context_parallel).clamp(1.0, 1e9) as u32
    }

    fn expert_choices(&self, most: u32) -> Vec<u32> {
        let Some(experts) = self.shape.experts else {
            return vec![1];
        };
        let top = most.min(experts.routed);
        match self.job.fixed.ep {
            Some(ep) => vec![ep],
            None => EXPERT.into_iter().filter(|ep| *ep <= top).collect(),
        }
    }

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

    /// Bytes on the fullest chip: state of the parameters, activations of the
    /// micro-batches in flight on the first stage.
    fn memory_used(&self, layout: Layout, recompute: Recompute) -> Bytes {
        let job = self.job;
        let (common, routed) = self.parameters(layout);
        let (replicas, expert_replicas) = self.replicas(layout);
        let state = job.parameter_state * (common + routed)
            + job.optimiser_state * (common / replicas + routed / expert_replicas);
        // One-forward-one-backward keeps as many micro-batches as stages: a
        // whole model's worth of layers.
        let in_flight = f64::from(layout.pp).min(self.micro_batches(layout)) / f64::from(layout.pp);
        let layers = f64::from(self.shape.layers) * in_flight;
        let tokens = job.micro_batch * job.sequence / job.context_parallel;
        let activations = match recompute {
            Recompute::None => {
                layers * (self.activations_per_token() + self.scores_per_token())
                    / f64::from(layout.tp)
            }
            Recompute::Selective => layers * self.activations_per_token() / f64::from(layout.tp),
            Recompute::Full => {
                (layers * 2.0 * self.shape.width() + self.activations_per_token())
                    / f64::from(layout.tp)
            }
        };
        state + Bytes::new(activations * tokens) + job.reserve
    }

    /// Bytes of activations of one token in one layer, scores computed again:
    /// 34·h for a dense layer of inner width 4h; the MLP's part follows its
    /// width. Source: [korthikanti-2205.05198], generalised to gated MLPs and experts.
    fn activations_per_token(&self) -> f64 {
        let h = self.shape.width();
        let inner = self.shape.experts.map_or(f64::from(self.shape.inner), |e| {
            f64::from(e.inner) * f64::from(e.active + e.shared)
        });
        let matrices = if self.shape.gated { 3.0 } else { 2.0 };
        let routed = self
            .shape
            .experts
            .map_or(0.0, |e| 4.0 * f64::from(e.active) * h);
        18.0 * h + 2.0 * matrices * inner + routed
    }

    /// Bytes of one token's scores in one layer: 5·a·s for a heads.
    /// Source: [korthikanti-2205.05198].
    fn scores_per_token(&self) -> f64 {
        5.0 * f64::from(self.shape.heads()) * self.job.sequence
    }

    fn micro_batches(&self, layout: Layout) -> f64 {
        let job = self.job;
        (job.batch * job.context_parallel / (f64::from(layout.dp) * job.micro_batch)).max(1.0)
    }

    fn train(&self, layout: Layout, recompute: Recompute, memory_used: Bytes) -> Training {
        let (job, shape) = (self.job, self.shape);
        let pp = f64::from(layout.pp);
        let micro_batches = self.micro_batches(layout);
        let tokens = job.micro_batch * job.sequence / job.context_parallel;
        let (compute, bytes) = self.compute(layout, tokens, recompute);
        let compute = compute / pp;
        let traffic = self.traffic_time(layout, tokens) / pp;
        let exposed = traffic * self.software.exposed_share;
        // Overlapped traffic still has to fit behind the computation.
        let micro = (compute + exposed).max(traffic);
        // A stage cannot be cut into more chunks than it has layers.
        let chunks = job
            .interleave
            .min((f64::from(shape.layers) / pp).floor())
            .max(1.0);
        let bubble_ratio = (pp - 1.0) / (chunks * micro_batches);
        let data = self.data_time(layout) * job.data_exposed_share;
        let optimiser = self.optimiser_time(layout);
        let busy = micro * micro_batches;
        let step = (busy * (1.0 + bubble_ratio) + data + optimiser) * job.straggler_ratio;
        let step_tokens = job.batch * job.sequence;
        let chips = f64::from(job.chips);
        let model_ops = shape.training_ops_per_token(job.sequence) * step_tokens;
        let per_chip = Ops::new(model_ops) / step / chips;
        let mfu_share = per_chip / self.device.peak.max(self.device.peak_16);
        let recomputed = if recompute == Recompute::Full {
            4.0 / 3.0
        } else {
            1.0
        };
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
            bandwidth_used_share: (bytes * (micro_batches / pp) / step / self.device.bandwidth)
                .min(1.0),
            memory_used,
        }
    }
}
