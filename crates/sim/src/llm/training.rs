//! Training: memory, the time of a step, and the layout that makes it shortest.
//!
//! Step = compute and exposed traffic of all micro-batches × (1 + bubble),
//! plus data-parallel sums and the optimiser. MFU follows; it is not assumed.
//! Sources: [narayanan-2104.04473], [korthikanti-2205.05198], [modelling-survey].

use super::inference::{FixedLayout, Layout};
use super::parallel::{Device, all_reduce, all_to_all};
use super::{ExpertsRow, Format, Kernels, Shape, Software};
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
                    layouts.push(Layout { tp, pp, ep, dp });
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
            Some(ep) => (1..=top).contains(&ep).then_some(ep).into_iter().collect(),
            None => EXPERT.into_iter().filter(|ep| *ep <= top).collect(),
        }
    }

    /// Parameters on the fullest chip: shared by tensor and pipeline, experts
    /// by their spread.
    fn parameters(&self, layout: Layout) -> (f64, f64) {
        let (tp, pp) = (f64::from(layout.tp), f64::from(layout.pp));
        let common = (self.shape.common_parameters() / pp + self.shape.head_parameters()) / tp;
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
        let compute = self.compute_time(layout, tokens, recompute) / pp;
        let traffic = self.traffic_time(layout, tokens) / pp;
        let exposed = traffic * self.software.exposed_share;
        // Overlapped traffic still has to fit behind the computation.
        let micro = (compute + exposed).max(traffic);
        let bubble_ratio = (pp - 1.0) / (job.interleave * micro_batches);
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
            memory_used,
        }
    }

    /// Arithmetic of one micro-batch through all layers, on one tensor rank.
    fn compute_time(&self, layout: Layout, tokens: f64, recompute: Recompute) -> Time {
        let (shape, job) = (self.shape, self.job);
        let tp = f64::from(layout.tp);
        let layers = f64::from(shape.layers);
        let passes = match recompute {
            Recompute::None | Recompute::Selective => 3.0,
            Recompute::Full => 4.0,
        };
        let ratio = self.software.training_ratio;
        let matrix = self.products(
            tokens,
            (shape.common_parameters() + shape.head_parameters()) / tp,
        ) + shape.experts.map_or(Time::new(0.0), |experts| {
            self.routed_products(layout, tokens, &experts)
        });
        let matrix = matrix * (passes / ratio);
        let attention_ops = layers * shape.full_attention_ops() * tokens * job.sequence / 2.0 / tp;
        // Backward computes the scores again, half a pass, unless they are kept.
        let again = if recompute == Recompute::None {
            0.0
        } else {
            0.5
        };
        let attention = Ops::new(attention_ops * (passes + again))
            / (self.device.peak_16 * (self.kernels.attention_share * ratio));
        // Norms, activations and residuals: 24·h numbers of two bytes, three
        // passes. Source: [modelling-survey]. Experts add the copies of a token
        // that are sorted, sent on and summed: four of h and four of the inner
        // width each. Source: [silicon-gap].
        let numbers = 24.0 * shape.width() * layers
            + shape.experts.map_or(0.0, |e| {
                4.0 * f64::from(e.active)
                    * (shape.width() + f64::from(e.inner))
                    * shape.expert_layers()
            });
        let element_bytes = Format::Bf16.width() * (numbers * 3.0 * tokens / tp);
        let elements = element_bytes / (self.device.bandwidth * self.kernels.matrix.memory_share);
        let kernels = self.kernels.matrix.launch
            * (layers
                * passes
                * (shape.attention_kernels()
                    + 2.0
                    + if shape.experts.is_some() { 2.0 } else { 0.0 }));
        matrix + attention + elements + kernels
    }

    /// One pass of products of so many tokens with so many weights: arithmetic
    /// or reading the weights, whichever is longer.
    fn products(&self, tokens: f64, parameters: f64) -> Time {
        let kernel = &self.kernels.matrix;
        let arithmetic =
            Ops::new(2.0 * tokens * parameters) / (self.device.peak * kernel.compute_share);
        let read =
            self.job.format.width() * parameters / (self.device.bandwidth * kernel.memory_share);
        arithmetic.max(read)
    }

    /// The same for routed experts: few tokens meet each, so that reading
    /// weights is what a thin spread of experts saves.
    fn routed_products(&self, layout: Layout, tokens: f64, experts: &ExpertsRow) -> Time {
        let tp = f64::from(layout.tp);
        let spread = layout.expert_spread();
        let chosen = f64::from(experts.active);
        let met = tokens * spread / tp;
        let touched = experts.touched(met);
        let weights =
            self.shape.expert_layers() * self.shape.expert_parameters() * touched / spread;
        let imbalance = if layout.ep > 1 {
            self.software.expert_imbalance
        } else {
            1.0
        };
        // Each weight meets its share of the group's tokens.
        let tokens_per_weight = met * chosen / touched.max(1.0);
        self.products(tokens_per_weight, weights) * imbalance
    }

    /// Traffic of one micro-batch through all layers: tensor sums (forward and
    /// backward), dies, experts.
    fn traffic_time(&self, layout: Layout, tokens: f64) -> Time {
        let (shape, device, links) = (self.shape, self.device, &self.software.links);
        let message = Format::Bf16.width() * (tokens * shape.width());
        let sum = all_reduce(message, layout.tp, device, links)
            + device.sum_over_dies(message / f64::from(layout.tp), links);
        let mut time = sum * (4.0 * f64::from(shape.layers));
        if let Some(experts) = shape.experts.filter(|_| layout.ep > 1) {
            let copies = tokens / f64::from(layout.tp) * f64::from(experts.active) * shape.width();
            let there = all_to_all(self.job.format.width() * copies, layout.ep, device, links);
            let back = all_to_all(Format::Bf16.width() * copies, layout.ep, device, links);
            time = time + (there + back) * (2.0 * shape.expert_layers());
        }
        time
    }

    /// Gradients summed and parameters gathered over replicas, once a step.
    fn data_time(&self, layout: Layout) -> Time {
        let (common, routed) = self.parameters(layout);
        let (replicas, expert_replicas) = self.replicas(layout);
        let moved = |parameters: f64, replicas: f64| {
            Bytes::new(4.0 * parameters * (replicas - 1.0).max(0.0) / replicas)
        };
        let rate = self.device.scale_out * self.software.links.scale_out_share;
        (moved(common, replicas) + moved(routed, expert_replicas)) / rate
    }

    /// Reading and writing this chip's share of the optimiser's state.
    fn optimiser_time(&self, layout: Layout) -> Time {
        let (common, routed) = self.parameters(layout);
        let (replicas, expert_replicas) = self.replicas(layout);
        let state = (self.job.optimiser_state + self.job.parameter_state) * 2.0;
        state * (common / replicas + routed / expert_replicas)
            / (self.device.bandwidth * self.kernels.matrix.memory_share)
    }
}
