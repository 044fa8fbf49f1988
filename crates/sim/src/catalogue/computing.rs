//! Rows of language models, kernels, software stacks and engines.

use super::{Figure, Shape};
use units::*;

/// A language model's shape, from its published configuration.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LlmRow {
    /// Public name in links.
    pub id: &'static str,
    /// Name for readers.
    pub name: &'static str,
    /// Source of the shape.
    pub source: &'static str,
    /// Its shape.
    pub shape: Shape,
    /// Bits of a weight as published (16, 8).
    pub weight_bits: u32,
    /// Published parameter count.
    pub parameters: Figure<f64>,
    /// Published parameters active per token.
    pub active_parameters: Figure<f64>,
    /// Tokens it was trained on.
    pub training_tokens: Figure<f64>,
    /// Training sequence length.
    pub training_sequence: u32,
    /// Global batch in sequences.
    pub training_batch: Figure<f64>,
}

impl LlmRow {
    /// Its weights are published at 8 bit, with a scale for each small block.
    pub fn has_block_scales(&self) -> bool {
        self.weight_bits == 8
    }
}

/// One kernel class on one chip: t = t₀ + max(ops/(e_c·P), bytes/(e_m·W)).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KernelRow {
    /// Share of the peak that a large matrix product reaches (e_c).
    pub compute: Figure<f64>,
    /// Share of the memory bandwidth that it reaches (e_m).
    pub memory: Figure<f64>,
    /// Time of a kernel that does nothing (t₀).
    pub launch: Figure<Time>,
    /// The same when activations are quantised on the fly.
    pub launch_dynamic: Figure<Time>,
}

/// Kernel constants of a chip family, or the prior for chips nobody measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KernelsRow {
    /// Key that chips and stacks name.
    pub id: &'static str,
    /// Fitted to measurements of this family.
    pub calibrated: bool,
    /// Rate of arithmetic that a chip keeps for hours over the one that kernels
    /// measured alone reach.
    pub sustained_share: Figure<f64>,
    /// 16-bit matrix products.
    pub bf16: KernelRow,
    /// 8-bit matrix products, floating or integer.
    pub eight_bit: KernelRow,
    /// 8-bit matrix products whose scales are of small blocks of weights.
    pub block: KernelRow,
    /// 4-bit floating-point matrix products.
    pub four_bit: KernelRow,
    /// Share of the bandwidth that reading the KV cache reaches.
    pub attention_memory: Figure<f64>,
    /// Time of an attention kernel that does nothing.
    pub attention_launch: Figure<Time>,
    /// Time over which reading the KV cache comes to its full rate.
    pub attention_ramp: Figure<Time>,
    /// Share of the peak that prefill attention reaches.
    pub attention_compute: Figure<f64>,
    /// Share of the peak that attention over the cache reaches.
    pub cache_compute: Figure<f64>,
    /// Time of a small kernel (norms, rotary, routing).
    pub small_kernel: Figure<Time>,
}

/// A software stack.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StackRow {
    /// Public name in links.
    pub id: &'static str,
    /// Name for readers.
    pub name: &'static str,
    /// Runs programs written for CUDA without a port.
    pub cuda_compatible: bool,
    /// Of a new model's operations, those that have a kernel of the stack's own;
    /// the others run on what there is.
    pub ported_share: Figure<f64>,
    /// Kernel constants when the chip has none of its own on this stack.
    pub kernels: &'static str,
    /// Time of a decode step outside kernels (scheduling, sampling).
    pub step_overhead: Figure<Time>,
    /// Time of the step that each sequence adds (sampling, sending text).
    pub sequence_overhead: Figure<Time>,
    /// Latency of an all-reduce inside a scale-up domain.
    pub scale_up_latency: Figure<Time>,
    /// Share of the scale-up link's rate that collectives reach.
    pub scale_up_efficiency: Figure<f64>,
    /// Latency of a collective over the scale-out network.
    pub scale_out_latency: Figure<Time>,
    /// Share of the scale-out link's rate that collectives reach.
    pub scale_out_efficiency: Figure<f64>,
    /// Share of tensor- and expert-parallel traffic in training that no
    /// computation hides.
    pub exposed_share: Figure<f64>,
    /// Time of the busiest expert rank over the mean.
    pub expert_imbalance: Figure<f64>,
    /// Speed of products of many small experts over that of one large product.
    pub expert_ratio: Figure<f64>,
    /// The same in training.
    pub expert_training_ratio: Figure<f64>,
    /// Training kernels' speed against inference kernels' (1 is equal).
    pub training_ratio: Figure<f64>,
}

/// A program that serves or trains models on a stack: what it does otherwise
/// than the stack's own row says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EngineRow {
    /// Public name in links.
    pub id: &'static str,
    /// Name for readers.
    pub name: &'static str,
    /// Time of a decode step outside kernels.
    pub step_overhead: Option<Figure<Time>>,
    /// Time of the step that each sequence adds (sampling, sending text).
    pub sequence_overhead: Option<Figure<Time>>,
    /// Latency of an all-reduce inside a scale-up domain.
    pub scale_up_latency: Option<Figure<Time>>,
    /// Time of a small kernel.
    pub small_kernel: Option<Figure<Time>>,
    /// Sequences that one replica decodes together at most.
    pub most_sequences: Option<Figure<f64>>,
    /// Memory is kept for whole answers from their start.
    pub reserves_answers: bool,
    /// Attention is one kernel, which writes no scores to memory.
    pub fused_attention: bool,
    /// Training kernels' speed against inference kernels'.
    pub training_ratio: Option<Figure<f64>>,
    /// Share of traffic in training that no computation hides.
    pub exposed_share: Option<Figure<f64>>,
    /// The same of replicas' sums.
    pub data_exposed_share: Option<Figure<f64>>,
}
