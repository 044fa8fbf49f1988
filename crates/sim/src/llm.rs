//! Language models on accelerators: shape, inference, training, failures.
//!
//! The domain knows a device, a shape, a stack's constants and a layout; it
//! does not know which chip that is or what day it is.

mod inference;
mod layout;
mod parallel;
mod reliability;
mod shape;
mod training;

pub use inference::{
    Held, Inference, KernelOf, KernelTime, Lost, MemoryUse, Part, Phase, RunnerUp, ServeMode,
    Serving, StepKernels, Stop as InferenceStop, TokenTime, TrafficOf, Working, every_batch,
    keeps_limit, plan_inference, serve_among, step_kernels,
};
pub use layout::{FixedLayout, Layout};
pub use parallel::{Copies, Device, Links, all_reduce, all_to_all};
pub use reliability::{Failures, Heat, LostTime, Reliability, reliability};
pub use shape::{AttentionRow, ExpertsRow, Shape};
pub use training::{
    Recompute, Schedule, SecondLayout, Sharding, StepPart, Training, TrainingJob, TrainingStop,
    plan_training, train_among,
};

use units::*;

/// A number format of weights, activations or the cache.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// 16-bit floating point.
    Bf16,
    /// 8-bit floating point.
    Fp8,
    /// 8-bit integer.
    Int8,
    /// 4-bit integer weights, computed at 16 bit.
    Int4,
    /// 4-bit floating point with a scale for each sixteen numbers.
    Fp4,
}

impl Format {
    /// Bytes of one number.
    pub fn width(self) -> Bytes {
        Bytes::new(match self {
            Self::Bf16 => 2.0,
            Self::Fp8 | Self::Int8 => 1.0,
            Self::Int4 => 0.5,
            // Sixteen numbers share a scale of 8 bits. Source: [nvfp4].
            Self::Fp4 => 0.5 + 1.0 / 16.0,
        })
    }
}

/// One kernel class: t = t₀ + max(ops/(e_c·P), bytes/(e_m·W)).
/// Source: [modelling-survey], fits to 4,000 measured matrix products a chip.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kernel {
    /// Share of the peak (e_c).
    pub compute_share: f64,
    /// Share of the memory bandwidth (e_m).
    pub memory_share: f64,
    /// Time of a kernel that does nothing (t₀).
    pub launch: Time,
}

/// Constants of a chip's kernels on its software stack.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kernels {
    /// Matrix products in the format in use.
    pub matrix: Kernel,
    /// Attention while decoding: reading the cache.
    pub cache: Kernel,
    /// Time over which reading the cache comes to its full rate.
    pub cache_ramp: Time,
    /// 16-bit matrix products, for attention whose scores go through memory.
    pub sixteen_bit: Kernel,
    /// Share of the 16-bit peak that attention reaches over a long text.
    pub attention_share: f64,
    /// Tokens of a text over which it reaches half of that.
    pub attention_half_count: f64,
    /// Time of a small kernel (norms, rotary, routing).
    pub small: Time,
}

impl Kernels {
    /// Share of the 16-bit peak that attention reaches over a text of so many
    /// tokens: short ones leave a chip half empty. Source: [kernel-fits].
    pub fn attention_over(&self, tokens: f64) -> f64 {
        self.attention_share * tokens / (tokens + self.attention_half_count)
    }
}

/// Constants of a software stack beyond its kernels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Software {
    /// Time of a decode step outside kernels.
    pub step_overhead: Time,
    /// Time of a decode step that each sequence adds.
    pub sequence_overhead: Time,
    /// Collectives.
    pub links: Links,
    /// Share of training traffic that no computation hides.
    pub exposed_share: f64,
    /// Busiest expert rank over the mean.
    pub expert_imbalance: f64,
    /// Speed of products of many small experts over that of one large product.
    pub expert_ratio: f64,
    /// Attention is one kernel in training, which writes no scores to memory.
    pub fused_attention: bool,
    /// The same in training, where tokens are sorted both ways and every expert's
    /// gradient is a product of its own.
    pub expert_training_ratio: f64,
    /// Time of a training step outside kernels and traffic.
    pub training_overhead: Time,
    /// Training kernels' speed over inference kernels'.
    pub training_ratio: f64,
}
