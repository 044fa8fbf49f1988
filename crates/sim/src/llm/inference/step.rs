//! What one step of a replica takes: a list of kernels and exchanges.

use super::kernels::{KernelOf, KernelTime, Notes, TrafficOf};
use super::{Bench, Phase, TokenTime};
use crate::llm::parallel::{Copies, all_reduce, sent_share};
use crate::llm::{Format, Layout};
use units::*;

/// Small kernels of a layer: two norms, rotary positions or routing, and the
/// MLP's activation where nothing fuses them. Source: [modelling-survey].
const SMALL_KERNELS: f64 = 3.0;

/// A step's time and work on one chip.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Step {
    /// Where the time goes.
    pub time: TokenTime,
    /// Operations.
    pub ops: f64,
    /// Bytes of weights and cache read.
    pub bytes: f64,
    /// Bytes sent to other chips.
    pub sent: f64,
}

/// What a step works on.
struct Work {
    /// Tokens that pass the layers.
    tokens: f64,
    /// Of these, tokens whose next one is wanted: they pass the head.
    wanted: f64,
    /// Times that the head is read: once, and once for each draft.
    heads: f64,
    /// Layers, drafting ones included, over the model's.
    depth: f64,
    /// Experts are sent one copy each, not one a server.
    in_a_hurry: bool,
}

impl<N: Notes> Bench<'_, N> {
    /// One decode step of a replica: all layers, the head, the overhead.
    pub(super) fn decode(&self, layout: Layout, per_replica: f64) -> Step {
        let (shape, serving) = (self.shape, self.serving);
        // With a pipeline each stage works on its share of the batch in turn.
        let sequences = (per_replica / f64::from(layout.pp)).max(1.0);
        let drafts = drafts(self.accepted(), serving.draft_acceptance);
        let drafting = drafts * shape.drafting_layers() / f64::from(shape.layers);
        let tokens = sequences * (1.0 + drafts);
        let work = Work {
            tokens,
            // Those that are checked, and each draft.
            wanted: sequences * (1.0 + 2.0 * drafts),
            heads: 1.0 + drafts,
            depth: 1.0 + drafting,
            in_a_hurry: true,
        };
        let context = serving.prompt + serving.answer / 2.0;
        let mut step = self.layers(layout, &work);
        let layers = f64::from(shape.layers) * work.depth;
        step.cache(self, layout, sequences, tokens, context, layers);
        self.finish(&mut step, layout, &work);
        // A pipeline that is full goes at the pace of its fullest stage.
        if per_replica >= f64::from(layout.pp) {
            step = step.scaled(layout.fullest_stage(shape));
        }
        step.time.launches +=
            (self.software.step_overhead + self.software.sequence_overhead * per_replica).get();
        step
    }

    /// Prefill of so many prompts at once on a replica.
    pub(super) fn prefill(&self, layout: Layout, prompts: f64) -> Step {
        let (shape, prompt) = (self.shape, self.serving.prompt);
        let work = Work {
            tokens: prompts * prompt,
            wanted: prompts,
            heads: 1.0,
            depth: 1.0,
            in_a_hurry: false,
        };
        let mut step = self.layers(layout, &work);
        let layers = f64::from(shape.layers);
        // Causal: half of the scores. Source: [modelling-survey].
        let ops =
            layers * shape.full_attention_ops() * work.tokens * prompt / 2.0 / f64::from(layout.tp);
        let peak = (self.device.peak_16 * self.kernels.attention_over(prompt)).get();
        step.ops += ops;
        step.time.compute += ops / peak;
        step.time.launches += layers * self.kernels.cache.launch.get();
        self.finish(&mut step, layout, &work);
        step.time.launches += self.software.step_overhead.get();
        step
    }

    /// Everything in all layers that does not look at the context.
    fn layers(&self, layout: Layout, work: &Work) -> Step {
        let shape = self.shape;
        let mut step = Step::default();
        step.matrix(
            self,
            KernelOf::Attention,
            shape.attention_parameters() / f64::from(layout.tp),
            work.tokens,
            shape.attention_kernels(),
            f64::from(shape.layers) * work.depth,
        );
        self.mlps(&mut step, layout, work);
        self.exchange(&mut step, layout, work);
        step
    }

    /// The head, and the part of the traffic that two half-batches hide in
    /// turn. Source: [modelling-survey], (1 − φ)(C + X) + φ·max(C, X).
    fn finish(&self, step: &mut Step, layout: Layout, work: &Work) {
        let time = &mut step.time;
        let busy = time.compute + time.weights + time.kv_cache;
        let hidden = self.serving.overlap_share * busy.min(time.network);
        time.network -= hidden;
        self.notes.note(|notes| notes.hidden = Time::new(hidden));
        step.matrix(
            self,
            KernelOf::Head,
            self.shape.head_parameters() / f64::from(layout.tp),
            work.wanted / work.heads,
            1.0,
            work.heads,
        );
    }

    /// MLPs of all layers: dense ones, shared experts, routed experts.
    fn mlps(&self, step: &mut Step, layout: Layout, work: &Work) {
        let (shape, tokens) = (self.shape, work.tokens);
        let tp = f64::from(layout.tp);
        step.matrix(
            self,
            KernelOf::Dense,
            shape.dense_mlp_parameters() / tp,
            tokens,
            2.0,
            shape.dense_layers(),
        );
        let mut depth = work.depth;
        if let Some(experts) = shape.experts {
            // Drafting layers have experts too.
            let drafting = (work.depth - 1.0) * f64::from(shape.layers);
            let layers = shape.expert_layers() + drafting;
            if experts.shared > 0 {
                let shared = f64::from(experts.shared) * shape.expert_parameters();
                step.matrix(self, KernelOf::Shared, shared / tp, tokens, 2.0, layers);
            }
            let chosen = f64::from(experts.active);
            let spread = layout.expert_spread();
            let touched = experts.touched(tokens * spread / tp);
            let imbalance = layout.busiest_chip(shape, self.software.expert_imbalance);
            // The busiest rank touches more than others, and no more than it holds.
            let most = f64::from(experts.routed) * layout.fullest_chip(shape);
            let parameters = (touched * imbalance).min(most) * shape.expert_parameters() / spread;
            let ops = 2.0 * tokens * chosen * shape.expert_parameters() / tp;
            let ops = ops * imbalance / self.software.expert_ratio;
            step.kernel(self, KernelOf::Experts, ops, parameters, 2.0, layers);
            // Routing sorts the tokens before and after.
            depth += 2.0 / SMALL_KERNELS * layers / f64::from(shape.layers);
        }
        let small = SMALL_KERNELS * f64::from(shape.layers) * depth;
        step.time.launches += small * self.kernels.small.get();
        self.notes.note(|notes| notes.small_count = small);
    }

    /// Sums over tensor ranks and dies, and experts' traffic, of all layers.
    fn exchange(&self, step: &mut Step, layout: Layout, work: &Work) {
        let (device, links) = (self.device, &self.software.links);
        let (shape, tokens) = (self.shape, work.tokens);
        let message = Format::Bf16.width() * (tokens * shape.width());
        let drafting = (work.depth - 1.0) * f64::from(shape.layers);
        // Tokens that are sent to experts come back summed.
        let sent = if layout.sends_tokens(shape) {
            shape.expert_layers() + drafting
        } else {
            0.0
        };
        let sums = 2.0 * f64::from(shape.layers) * work.depth - sent;
        let per_sum =
            all_reduce(message, layout.tp, device, links) + device.sum_over_dies(message, links);
        self.send(step, TrafficOf::Sums, sums, per_sum);
        step.sent += sums * message.get() * sent_share(layout.tp);
        if let Some(experts) = shape.experts.filter(|_| layout.sends_tokens(shape)) {
            let copies = if work.in_a_hurry {
                Copies::to_each_expert(&experts, layout.ep, device)
            } else {
                Copies::to_each_server(&experts, layout.ep, device)
            };
            let width = tokens / f64::from(layout.tp) * shape.width();
            let layers = shape.expert_layers() + drafting;
            // Tokens go there in 8 bit where the weights are no wider.
            let there = match self.serving.weights {
                Format::Bf16 => Format::Bf16,
                _ => Format::Fp8,
            };
            // The busiest rank is also sent the most.
            let exchange = copies.there_and_back(there, width, layout.ep, device, links)
                * self.software.expert_imbalance;
            self.send(step, TrafficOf::Experts, layers, exchange);
            let both = (there.width() + Format::Bf16.width()) * width;
            step.sent += layers * both.get() * (copies.inside + copies.outside);
        }
        if layout.pp > 1 {
            let (rate, latency) = device.path(layout.tp * layout.pp, links);
            let hop = message / f64::from(layout.tp) / rate + latency;
            self.send(step, TrafficOf::Stages, f64::from(layout.pp), hop);
        }
    }

    fn send(&self, step: &mut Step, of: TrafficOf, count: f64, each: Time) {
        step.time.network += count * each.get();
        self.notes
            .note(|notes| notes.traffic.push((of, count, each)));
    }
}

impl<N: Notes> Bench<'_, N> {
    /// Tokens accepted a step: what the reader says, and no more than the longest
    /// chain of drafts gives.
    pub(super) fn accepted(&self) -> f64 {
        let chance = self.serving.draft_acceptance;
        if self.serving.accepted <= 1.0 {
            return 1.0;
        }
        let longest = (1.0 - libm::exp((LONGEST_CHAIN + 1.0) * libm::log(chance))) / (1.0 - chance);
        self.serving.accepted.min(longest)
    }
}

/// Tokens drafted for each that the model passes, so that as many are accepted on
/// average, each with that chance if all before it were: k in
/// (1 − αᵏ⁺¹)/(1 − α). A reader who claims more than any chain gives gets the
/// longest. Source: [speculative-2211.17192].
fn drafts(accepted: f64, chance: f64) -> f64 {
    let left = 1.0 - accepted * (1.0 - chance);
    if accepted <= 1.0 {
        0.0
    } else if left <= 0.0 {
        LONGEST_CHAIN
    } else {
        (libm::log(left) / libm::log(chance) - 1.0).min(LONGEST_CHAIN)
    }
}

/// Tokens drafted in a chain at most.
const LONGEST_CHAIN: f64 = 8.0;

impl Step {
    /// The step as a chip's work, of which so much of the time it has some.
    pub(super) fn phase(&self, busy_share: f64) -> Phase {
        Phase {
            ops: Ops::new(self.ops),
            bytes: Bytes::new(self.bytes),
            time: Time::new(self.time.total() / busy_share),
        }
    }

    pub(super) fn scaled(self, k: f64) -> Self {
        Self {
            time: self.time.scaled(k),
            ..self
        }
    }

    /// `count` layers of `kernels` matrix products over so many weights.
    fn matrix(
        &mut self,
        bench: &Bench<'_, impl Notes>,
        of: KernelOf,
        parameters: f64,
        tokens: f64,
        kernels: f64,
        count: f64,
    ) {
        let ops = 2.0 * parameters * tokens;
        self.kernel(bench, of, ops, parameters, kernels, count);
    }

    fn kernel(
        &mut self,
        bench: &Bench<'_, impl Notes>,
        of: KernelOf,
        ops: f64,
        parameters: f64,
        kernels: f64,
        count: f64,
    ) {
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
        bench.notes.note(|notes| {
            notes.kernels.push(KernelTime {
                of,
                count,
                kernels,
                launch: kernel.launch,
                ops: Ops::new(ops),
                peak: (bench.device.peak, kernel.compute_share),
                bytes: Bytes::new(bytes),
                bandwidth: (bench.device.bandwidth, kernel.memory_share),
                short_ratio: 1.0,
            });
        });
    }

    /// Attention over the cache, all layers.
    fn cache(
        &mut self,
        bench: &Bench<'_, impl Notes>,
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
        // Short reads come to half of the full rate, long ones to all of it.
        // Source: [kernel-fits], attention by size of a call.
        let full = bytes / (bench.device.bandwidth * kernel.memory_share).get();
        let ramp = bench.kernels.cache_ramp.get();
        let short_ratio = 1.0 + ramp / (full + ramp);
        let read = full * short_ratio;
        if compute > read {
            self.time.compute += layers * compute;
        } else {
            self.time.kv_cache += layers * read;
        }
        self.time.launches += layers * kernel.launch.get();
        self.ops += layers * ops;
        self.bytes += layers * bytes;
        bench.notes.note(|notes| {
            notes.kernels.push(KernelTime {
                of: KernelOf::Cache,
                count: layers,
                kernels: 1.0,
                launch: kernel.launch,
                ops: Ops::new(ops),
                peak: (bench.device.peak_16, kernel.compute_share),
                bytes: Bytes::new(bytes),
                bandwidth: (bench.device.bandwidth, kernel.memory_share),
                short_ratio,
            });
        });
    }
}
