//! What one step of a replica takes: a list of kernels and exchanges.

use super::{Bench, TokenTime};
use crate::llm::parallel::{all_reduce, all_to_all};
use crate::llm::{Format, Layout};

/// A step's time and work on one chip.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Step {
    /// Where the time goes.
    pub time: TokenTime,
    /// Operations.
    pub ops: f64,
    /// Bytes of weights and cache read.
    pub bytes: f64,
}

impl Bench<'_> {
    /// One decode step of a replica: all layers, the head, the overhead.
    pub(super) fn decode(&self, layout: Layout, per_replica: f64) -> Step {
        let serving = self.serving;
        // With a pipeline each stage works on its share of the batch in turn.
        let sequences = (per_replica / f64::from(layout.pp)).max(1.0);
        // Every accepted token beyond the first was drafted, with those that
        // were not accepted. Source: [modelling-survey], 1.7 at one draft.
        let drafted = 1.0 + (serving.accepted - 1.0) / serving.draft_acceptance;
        let tokens = sequences * drafted;
        let context = serving.prompt + serving.answer / 2.0;
        let mut step = Step::default();
        let layers = f64::from(self.shape.layers);
        step.matrix(
            self,
            self.shape.attention_parameters() / f64::from(layout.tp),
            tokens,
            self.shape.attention_kernels(),
            layers,
        );
        step.cache(self, layout, sequences, tokens, context, layers);
        self.mlps(&mut step, layout, tokens);
        self.exchange(&mut step, layout, tokens);
        step.matrix(
            self,
            self.shape.head_parameters() / f64::from(layout.tp),
            tokens,
            1.0,
            1.0,
        );
        step.time.launches += self.software.step_overhead.get();
        step
    }

    /// Prefill of one prompt on a replica.
    pub(super) fn prefill(&self, layout: Layout) -> Step {
        let tokens = self.serving.prompt;
        let layers = f64::from(self.shape.layers);
        let tp = f64::from(layout.tp);
        let mut step = Step::default();
        step.matrix(
            self,
            self.shape.attention_parameters() / tp,
            tokens,
            self.shape.attention_kernels(),
            layers,
        );
        let ops = layers * self.shape.full_attention_ops() * tokens * tokens / 2.0 / tp;
        let peak = (self.device.peak_16 * self.kernels.attention_share).get();
        step.ops += ops;
        step.time.compute += ops / peak;
        step.time.launches += layers * self.kernels.cache.launch.get();
        self.mlps(&mut step, layout, tokens);
        self.exchange(&mut step, layout, tokens);
        step.matrix(self, self.shape.head_parameters() / tp, 1.0, 1.0, 1.0);
        step.time.launches += self.software.step_overhead.get();
        step
    }

    /// MLPs of all layers: dense ones, shared experts, routed experts.
    fn mlps(&self, step: &mut Step, layout: Layout, tokens: f64) {
        let shape = self.shape;
        let tp = f64::from(layout.tp);
        step.matrix(
            self,
            shape.dense_mlp_parameters() / tp,
            tokens,
            2.0,
            shape.dense_layers(),
        );
        if let Some(experts) = shape.experts {
            let layers = shape.expert_layers();
            if experts.shared > 0 {
                let shared = f64::from(experts.shared) * shape.expert_parameters();
                step.matrix(self, shared / tp, tokens, 2.0, layers);
            }
            let chosen = f64::from(experts.active);
            let spread = layout.expert_spread();
            let touched = experts.touched(tokens * spread / tp);
            let imbalance = if layout.ep > 1 {
                self.software.expert_imbalance
            } else {
                1.0
            };
            let parameters = touched * shape.expert_parameters() / spread;
            let ops = 2.0 * tokens * chosen * shape.expert_parameters() / tp;
            step.kernel(self, ops * imbalance, parameters * imbalance, 2.0, layers);
        }
        step.time.launches += 3.0 * f64::from(shape.layers) * self.kernels.small.get();
    }

    /// Sums over tensor ranks and dies, and experts' traffic, of all layers.
    fn exchange(&self, step: &mut Step, layout: Layout, tokens: f64) {
        let (device, links) = (self.device, &self.software.links);
        let message = Format::Bf16.width() * (tokens * self.shape.width());
        let sums = 2.0 * f64::from(self.shape.layers);
        let per_sum = all_reduce(message, layout.tp, device, links)
            + device.sum_over_dies(message / f64::from(layout.tp), links);
        step.time.network += sums * per_sum.get();
        if let Some(experts) = self.shape.experts.filter(|_| layout.ep > 1) {
            let copies =
                tokens / f64::from(layout.tp) * f64::from(experts.active) * self.shape.width();
            let there = all_to_all(Format::Fp8.width() * copies, layout.ep, device, links);
            let back = all_to_all(Format::Bf16.width() * copies, layout.ep, device, links);
            step.time.network += self.shape.expert_layers() * (there + back).get();
        }
        if layout.pp > 1 {
            let hop = message / f64::from(layout.tp) / (device.scale_out * links.scale_out_share)
                + links.scale_out_latency;
            step.time.network += f64::from(layout.pp) * hop.get();
        }
    }
}

impl Step {
    /// `count` layers of `kernels` matrix products over so many weights.
    fn matrix(&mut self, bench: &Bench, parameters: f64, tokens: f64, kernels: f64, count: f64) {
        self.kernel(bench, 2.0 * parameters * tokens, parameters, kernels, count);
    }

    fn kernel(&mut self, bench: &Bench, ops: f64, parameters: f64, kernels: f64, count: f64) {
        let kernel = &bench.kernels.matrix;
        let bytes = bench.serving.weights.width().get() * parameters;
        let compute = ops / (bench.device.peak * kernel.compute_share).get();
        let read = bytes / (bench.device.bandwidth * kernel.memory_share).get();
        if compute > read {
            self.time.compute += count * compute;
        } else {
            self.time.weights += count * read;
        }
        self.time.launches += count * kernels * kernel.launch.get();
        self.ops += count * ops;
        self.bytes += count * bytes;
    }

    /// Attention over the cache, all layers.
    fn cache(
        &mut self,
        bench: &Bench,
        layout: Layout,
        sequences: f64,
        tokens: f64,
        context: f64,
        layers: f64,
    ) {
        let (shape, kernel) = (bench.shape, &bench.kernels.cache);
        let cached = sequences * context * shape.cached_per_layer() / shape.cache_shards(layout.tp);
        let bytes = bench.serving.cache.width().get() * cached;
        let ops = tokens * context * shape.decode_attention_ops() / f64::from(layout.tp);
        let compute = ops / (bench.device.peak_16 * kernel.compute_share).get();
        let read = bytes / (bench.device.bandwidth * kernel.memory_share).get();
        if compute > read {
            self.time.compute += layers * compute;
        } else {
            self.time.kv_cache += layers * read;
        }
        self.time.launches += layers * kernel.launch.get();
        self.ops += layers * ops;
        self.bytes += layers * bytes;
    }
}
