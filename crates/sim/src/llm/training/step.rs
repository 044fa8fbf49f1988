//! What one step of a run takes: arithmetic, traffic, sums, the optimiser.

use super::{Recompute, Run};
use crate::llm::layout::Layout;
use crate::llm::parallel::{all_reduce, all_to_all};
use crate::llm::{ExpertsRow, Format};
use units::*;

impl Run<'_> {
    /// Time of one micro-batch through all layers on one tensor rank, traffic
    /// apart, and the bytes that it reads and writes.
    pub(super) fn compute(
        &self,
        layout: Layout,
        tokens: f64,
        recompute: Recompute,
    ) -> (Time, Bytes) {
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
        let weights = self.job.format.width()
            * (passes * (shape.common_parameters() + shape.head_parameters()) / tp);
        (
            matrix + attention + elements + kernels,
            weights + element_bytes,
        )
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
    pub(super) fn traffic_time(&self, layout: Layout, tokens: f64) -> Time {
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
    pub(super) fn data_time(&self, layout: Layout) -> Time {
        let (common, routed) = self.parameters(layout);
        let (replicas, expert_replicas) = self.replicas(layout);
        let moved = |parameters: f64, replicas: f64| {
            Bytes::new(4.0 * parameters * (replicas - 1.0).max(0.0) / replicas)
        };
        let rate = self.device.scale_out * self.software.links.scale_out_share;
        (moved(common, replicas) + moved(routed, expert_replicas)) / rate
    }

    /// Reading and writing this chip's share of the optimiser's state.
    pub(super) fn optimiser_time(&self, layout: Layout) -> Time {
        let (common, routed) = self.parameters(layout);
        let (replicas, expert_replicas) = self.replicas(layout);
        let state = (self.job.optimiser_state + self.job.parameter_state) * 2.0;
        state * (common / replicas + routed / expert_replicas)
            / (self.device.bandwidth * self.kernels.matrix.memory_share)
    }
}
