//! What one step of a run takes: arithmetic, traffic, sums, the optimiser.

use super::{Again, Run, Schedule, Sharding};
use crate::llm::layout::Layout;
use crate::llm::parallel::{Copies, all_reduce, sent_share};
use crate::llm::{ExpertsRow, Format};
use units::*;

/// Of the 24 numbers of the residual stream that a layer's element-wise kernels
/// pass, those that tensor parallelism alone leaves to every rank: the ten of
/// norms, dropouts and residuals. Sources: [modelling-survey] for 24,
/// [korthikanti-2205.05198] for the ten.
const PASSED_NUMBERS: f64 = 24.0;
const UNSPLIT_NUMBERS: f64 = 10.0;
/// Backward passes of attention over a forward one: the scores again, and four
/// products where forward has two. Source: [flash-attention-2307.08691].
const BACKWARD_ATTENTION: f64 = 2.5;

/// Time and bytes of some work.
pub(super) struct Work {
    pub time: Time,
    pub bytes: Bytes,
}

/// Time of some traffic, the part that no computation hides, and bytes sent.
pub(super) struct Traffic {
    pub all: Time,
    pub exposed: Time,
    pub bytes: Bytes,
}

impl Run<'_> {
    /// One micro-batch through all layers on one tensor rank, traffic apart.
    pub(super) fn compute(&self, layout: Layout, tokens: f64, again: Again) -> Work {
        let shape = self.shape;
        let tp = f64::from(layout.tp);
        let layers = f64::from(shape.layers);
        let passes = 3.0 + again.layers_share;
        let dense = (shape.common_parameters() + shape.head_parameters()) / tp;
        let matrix = self.products(tokens, dense)
            + shape.experts.map_or(Time::new(0.0), |experts| {
                self.routed_products(layout, tokens, &experts)
            });
        let matrix = matrix * (passes / self.software.training_ratio);
        // Numbers of two bytes, each pass of a layer. Experts add the copies of
        // a token that are sorted, sent on and summed, of both widths.
        let unsplit = if self.job.sequence_parallel {
            0.0
        } else {
            UNSPLIT_NUMBERS
        };
        let numbers = (unsplit + (PASSED_NUMBERS - unsplit) / tp) * shape.width() * layers
            + shape.experts.map_or(0.0, |e| {
                self.job.copy_passes_count
                    * f64::from(e.active)
                    * (shape.width() + f64::from(e.inner))
                    * shape.expert_layers()
                    / tp
            });
        let element_bytes = Format::Bf16.width() * (numbers * passes * tokens);
        let attention = self.attention(layout, tokens, again);
        let through_memory = element_bytes + attention.bytes;
        let elements = through_memory / (self.device.bandwidth * self.kernels.matrix.memory_share);
        let kernels_per_layer =
            shape.attention_kernels() + 2.0 + if shape.experts.is_some() { 2.0 } else { 0.0 };
        let kernels = self.kernels.matrix.launch * (layers * passes * kernels_per_layer);
        let weights = self.job.format.width() * (passes * dense);
        Work {
            time: matrix + attention.time + elements + kernels,
            bytes: weights + through_memory,
        }
    }

    /// Scores and values of all layers: one kernel that skips what lies in the
    /// future, or products of whole squares whose scores go through memory.
    fn attention(&self, layout: Layout, tokens: f64, again: Again) -> Work {
        let shape = self.shape;
        let tp = f64::from(layout.tp);
        let layers = f64::from(shape.layers);
        let square = layers * shape.full_attention_ops() * tokens * self.job.sequence / tp;
        let ratio = self.software.training_ratio;
        if self.software.fused_attention {
            // The kernel computes the scores again whatever is kept.
            let passes = 1.0 + BACKWARD_ATTENTION + again.layers_share;
            let ops = Ops::new(square / 2.0 * passes);
            let rate =
                self.device.peak_16 * (self.kernels.attention_over(self.job.sequence) * ratio);
            return Work {
                time: ops / rate,
                bytes: Bytes::new(0.0),
            };
        }
        let again = if again.scores {
            1.0
        } else {
            again.layers_share
        };
        let ops = Ops::new(square * (3.0 + again));
        let rate = self.device.peak_16 * (self.kernels.sixteen_bit.compute_share * ratio);
        let scores = layers * f64::from(shape.heads()) * self.job.sequence * tokens / tp;
        Work {
            time: ops / rate,
            bytes: self.job.score_traffic * (scores * (2.0 + again)),
        }
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
        let imbalance = layout.busiest_chip(self.shape, self.software.expert_imbalance);
        // Each weight meets its share of the group's tokens.
        let tokens_per_weight = met * chosen / touched.max(1.0);
        self.products(tokens_per_weight, weights)
            * (imbalance / self.software.expert_training_ratio)
    }

    /// Traffic of one micro-batch through all layers: tensor sums, dies, the
    /// sequence's other parts, experts, weights that replicas share.
    pub(super) fn traffic(&self, layout: Layout, tokens: f64, again: Again) -> Traffic {
        let (shape, device, links) = (self.shape, self.device, &self.software.links);
        let layers = f64::from(shape.layers);
        let message = Format::Bf16.width() * (tokens * shape.width());
        let sum =
            all_reduce(message, layout.tp, device, links) + device.sum_over_dies(message, links);
        // Two sums forward and two backward, two more where forward is done
        // again; split along the sequence, backward gathers once more each.
        // Source: [korthikanti-2205.05198]: 10 and 8 units.
        let sums =
            4.0 + 2.0 * again.layers_share + if self.job.sequence_parallel { 1.0 } else { 0.0 };
        // Tokens that are sent to experts come back summed: half of a layer's sums.
        let sent = if layout.sends_tokens(shape) {
            shape.expert_layers() / 2.0
        } else {
            0.0
        };
        let sums = sums * (layers - sent);
        let tensor = sum * sums;
        // Forward and backward, and forward again where that is done twice.
        let passes = 2.0 + again.layers_share;
        let context = self.context_time(layout, tokens) * (passes / 2.0);
        let experts = self.expert_traffic(layout, tokens, passes);
        let stages = self.stage_time(layout, message);
        let expert_exposed = match self.job.schedule {
            Schedule::OneForward => self.software.exposed_share,
            Schedule::DualPipe => self.job.dual_pipe_exposed_share,
        };
        let shared = self.sharing_time(layout);
        Traffic {
            all: tensor + context + experts.time + stages + shared,
            bytes: message * (sums * sent_share(layout.tp)) + experts.bytes,
            exposed: (tensor + context + stages) * self.software.exposed_share
                + experts.time * expert_exposed
                + shared * self.job.data_exposed_share,
        }
    }

    /// Experts' traffic, forward and backward.
    fn expert_traffic(&self, layout: Layout, tokens: f64, passes: f64) -> Work {
        let sent = layout.sends_tokens(self.shape);
        let Some(experts) = self.shape.experts.filter(|_| sent) else {
            return Work {
                time: Time::new(0.0),
                bytes: Bytes::new(0.0),
            };
        };
        let (device, links) = (self.device, &self.software.links);
        let (there, layers) = (self.job.format, self.shape.expert_layers());
        let copies = Copies::to_each_server(&experts, layout.ep, device);
        let width = tokens / f64::from(layout.tp) * self.shape.width();
        Work {
            // The busiest rank is also sent the most.
            time: copies.there_and_back(there, width, layout.ep, device, links)
                * (passes * layers * self.software.expert_imbalance),
            bytes: (there.width() + Format::Bf16.width())
                * (width * (copies.inside + copies.outside) * passes * layers),
        }
    }

    /// Keys and values that chips sharing a sequence pass around: forward, and
    /// twice backward, with their gradients.
    fn context_time(&self, layout: Layout, tokens: f64) -> Time {
        let parts = self.job.context_parallel;
        if parts <= 1.0 {
            return Time::new(0.0);
        }
        let passed = self.shape.cached_per_token() / self.shape.cache_shards(layout.tp);
        let bytes = Format::Bf16.width() * (3.0 * passed * tokens * (parts - 1.0));
        let group = (f64::from(layout.tp) * parts).ceil() as u32;
        let (rate, _) = self.device.path(group, &self.software.links);
        bytes / rate
    }

    /// Activations handed from stage to stage and gradients back, by all stages, each
    /// chunk of them apart; a stage of a sequence-parallel rank hands on its part.
    fn stage_time(&self, layout: Layout, message: Bytes) -> Time {
        if layout.pp <= 1 {
            return Time::new(0.0);
        }
        let links = &self.software.links;
        let (rate, latency) = self.device.path(layout.tp * layout.pp, links);
        let hop = message / f64::from(layout.tp) / rate + latency;
        hop * (2.0 * self.chunks(layout) * f64::from(layout.pp))
    }

    /// What replicas that share more than the optimiser do for every micro-batch:
    /// gathering the weights for each use, forward and backward, and summing the
    /// gradients of which each keeps a part.
    fn sharing_time(&self, layout: Layout) -> Time {
        if self.job.sharding < Sharding::Gradients {
            return Time::new(0.0);
        }
        let (common, routed) = self.parameters(layout);
        let (replicas, expert_replicas) = self.replicas(layout);
        let gathered = if self.job.sharding < Sharding::Weights {
            Bytes::new(0.0)
        } else {
            Format::Bf16.width() * 2.0
        };
        let moved = gathered + self.job.gradient_state;
        let stages = f64::from(layout.pp);
        (self.over_replicas(layout, moved * common, replicas)
            + self.over_replicas(layout, moved * routed, expert_replicas))
            * stages
    }

    /// Time for so many bytes to be gathered from, or summed over, replicas: in
    /// the domain first, and each chip's part of it over the network.
    fn over_replicas(&self, layout: Layout, bytes: Bytes, replicas: f64) -> Time {
        let (device, links) = (self.device, &self.software.links);
        let beside = f64::from((device.domain / layout.tp).max(1));
        let inside = replicas.min(beside);
        let outside = (replicas / inside).max(1.0);
        let ring = |n: f64| (n - 1.0) / n;
        let (near, _) = device.path(1, links);
        let (far, _) = device.path(u32::MAX, links);
        bytes * ring(inside) / near + bytes / inside * ring(outside) / far
    }

    /// Gradients summed and weights gathered over replicas, once a step.
    pub(super) fn data_time(&self, layout: Layout) -> Time {
        let job = self.job;
        let (common, routed) = self.parameters(layout);
        let (replicas, expert_replicas) = self.replicas(layout);
        let gathered = if job.sharding < Sharding::Weights {
            Format::Bf16.width()
        } else {
            Bytes::new(0.0)
        };
        let summed = if job.sharding < Sharding::Gradients {
            job.gradient_state
        } else {
            Bytes::new(0.0)
        };
        let moved = summed + gathered;
        self.over_replicas(layout, moved * common, replicas)
            + self.over_replicas(layout, moved * routed, expert_replicas)
    }

    /// Reading and writing this chip's share of the optimiser's state.
    pub(super) fn optimiser_time(&self, layout: Layout) -> Time {
        let job = self.job;
        let (common, routed) = self.parameters(layout);
        let (replicas, expert_replicas) = self.replicas(layout);
        let mine = if job.sharding >= Sharding::Optimiser {
            common / replicas + routed / expert_replicas
        } else {
            common + routed
        };
        let state = (job.optimiser_state + job.weight_state + job.gradient_state) * 2.0;
        state * mine / (self.device.bandwidth * self.kernels.matrix.memory_share)
    }
}
