//! What a run keeps on the fullest chip.

use super::{Recompute, Run, Schedule, Sharding};
use crate::llm::layout::Layout;
use units::*;

/// Of the 34 bytes of a layer's activations per number of the residual stream,
/// those that tensor parallelism alone leaves on every rank: norms, dropouts
/// and residuals. Source: [korthikanti-2205.05198].
const UNSPLIT_BYTES: f64 = 10.0;

impl Run<'_> {
    /// Bytes on the fullest chip: state of the parameters, activations of the
    /// micro-batches in flight on the first stage.
    pub(super) fn memory_used(&self, layout: Layout, recompute: Recompute) -> Bytes {
        let job = self.job;
        let (common, routed) = self.parameters(layout);
        let (replicas, expert_replicas) = self.replicas(layout);
        let shared = common / replicas + routed / expert_replicas;
        let kept = |state: Bytes, from: Sharding| {
            state
                * if job.sharding >= from {
                    shared
                } else {
                    common + routed
                }
        };
        // From both ends at once means that every stage holds two.
        let copies = match job.schedule {
            Schedule::OneForward => 1.0,
            Schedule::DualPipe if layout.pp > 1 => 2.0,
            Schedule::DualPipe => 1.0,
        };
        let state = kept(job.weight_state, Sharding::Weights) * copies
            + kept(job.gradient_state, Sharding::Gradients)
            + kept(job.optimiser_state, Sharding::Optimiser);
        // One-forward-one-backward keeps as many micro-batches as stages: a
        // whole model's worth of layers.
        // Chunks that are interleaved keep a little more of them in flight, never
        // more than there are. Source: [korthikanti-2205.05198], 1 + (p − 1)/(p·v).
        let pp = f64::from(layout.pp);
        let chunks = self.chunks(layout);
        let interleaved = if chunks > 1.0 {
            1.0 + (pp - 1.0) / (pp * chunks)
        } else {
            1.0
        };
        let in_flight = (pp * interleaved).min(self.micro_batches(layout)) / pp;
        let layers = f64::from(self.shape.layers) * layout.fullest_stage(self.shape) * in_flight;
        let tokens = job.micro_batch * job.sequence / job.context_parallel;
        let tp = f64::from(layout.tp);
        let layer = self.activations_per_token(layout);
        let scores = self.scores_per_token() / tp;
        let activations = match recompute {
            Recompute::None if self.software.fused_attention => layers * layer,
            Recompute::None => layers * (layer + scores),
            Recompute::Selective => layers * layer,
            Recompute::Full => {
                let split = if job.sequence_parallel { tp } else { 1.0 };
                layers * 2.0 * self.shape.width() / split + layer
            }
        };
        state + Bytes::new(activations * tokens) + job.reserve
    }

    /// Bytes of activations of one token in one layer on a tensor rank, scores
    /// computed again: 34·h for a dense layer of inner width 4h with as many key
    /// heads as query heads and two dropout masks. The parts follow keys and
    /// MLP; gated models have no dropout. At 8 bit the inputs of products are
    /// kept in a byte each. Source: [korthikanti-2205.05198], generalised.
    fn activations_per_token(&self, layout: Layout) -> f64 {
        let h = self.shape.width();
        let tp = f64::from(layout.tp);
        let inner = self.shape.experts.map_or(f64::from(self.shape.inner), |e| {
            f64::from(e.inner) * f64::from(e.active + e.shared)
        });
        let matrices = if self.shape.gated { 3.0 } else { 2.0 };
        let routed = self
            .shape
            .experts
            .map_or(0.0, |e| 4.0 * f64::from(e.active) * h);
        let masks = if self.shape.gated { 0.0 } else { 2.0 * h };
        let keys = 2.0 * self.shape.cached_per_layer();
        let saved = (2.0 - self.job.format.width().get().max(1.0)) * (3.0 * h + inner);
        let all = 12.0 * h + keys + masks + 2.0 * matrices * inner + routed - saved;
        let unsplit = if self.job.sequence_parallel {
            0.0
        } else {
            UNSPLIT_BYTES * h
        };
        unsplit + (all - unsplit) / tp
    }

    /// Bytes of one token's scores in one layer: 5·a·s for a heads.
    /// Source: [korthikanti-2205.05198].
    fn scores_per_token(&self) -> f64 {
        5.0 * f64::from(self.shape.heads()) * self.job.sequence
    }
}
