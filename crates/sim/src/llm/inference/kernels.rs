//! The kernels of a step of decoding one by one, for whoever explains its time.

use super::{Bench, Inference, Serving};
use crate::llm::parallel::Device;
use crate::llm::{Kernels, Shape, Software};
use std::cell::RefCell;
use units::*;

/// What a kernel is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KernelOf {
    /// Projections of attention.
    Attention,
    /// Dense MLPs.
    Dense,
    /// Experts that every token passes.
    Shared,
    /// Experts that tokens are sent to.
    Experts,
    /// The head.
    Head,
    /// Attention over the cache.
    Cache,
}

impl KernelOf {
    /// Its name in texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Attention => "attention",
            Self::Dense => "dense",
            Self::Shared => "shared",
            Self::Experts => "experts",
            Self::Head => "head",
            Self::Cache => "cache",
        }
    }
}

/// A kernel, or several that are one product: t₀ + max(ops/(e_c·P), bytes/(e_m·W)).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KernelTime {
    /// What it is for.
    pub of: KernelOf,
    /// Times that it runs in a step.
    pub count: f64,
    /// Kernels that it is.
    pub kernels: f64,
    /// Time of one that does nothing (t₀).
    pub launch: Time,
    /// Operations.
    pub ops: Ops,
    /// Peak (P), and the share of it that is reached (e_c).
    pub peak: (OpRate, f64),
    /// Bytes read.
    pub bytes: Bytes,
    /// Bandwidth (W), and the share of it that is reached (e_m).
    pub bandwidth: (Bandwidth, f64),
    /// How much longer its reads take than at that rate, being short.
    pub short_ratio: f64,
}

impl KernelTime {
    /// Time of its arithmetic.
    pub fn computing(&self) -> Time {
        self.ops / (self.peak.0 * self.peak.1)
    }

    /// Time of its reads.
    pub fn reading(&self) -> Time {
        self.bytes / (self.bandwidth.0 * self.bandwidth.1) * self.short_ratio
    }

    /// Arithmetic takes longer than reads.
    pub fn computes(&self) -> bool {
        self.computing() > self.reading()
    }
}

/// What passes links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TrafficOf {
    /// Sums over tensor ranks and dies.
    Sums,
    /// Tokens to their experts and back.
    Experts,
    /// From one pipeline stage to the next.
    Stages,
}

impl TrafficOf {
    /// Its name in texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sums => "sums",
            Self::Experts => "exchange",
            Self::Stages => "stages",
        }
    }
}

/// Everything that a step's time is made of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StepKernels {
    /// Kernels that compute or read.
    pub kernels: Vec<KernelTime>,
    /// Small kernels that do little else than start.
    pub small_count: f64,
    /// What passes links: how often, and the time of each.
    pub traffic: Vec<(TrafficOf, f64, Time)>,
    /// Time of traffic behind which something else computes.
    pub hidden: Time,
    /// The fullest pipeline stage over the mean; 1 without a full pipeline.
    pub fullest_ratio: f64,
}

/// Where a step writes them down: nowhere but for explanations, at no cost elsewhere.
pub(super) trait Notes {
    /// Writes something down.
    fn note(&self, how: impl FnOnce(&mut StepKernels));
}

/// Writes nothing down.
#[derive(Clone, Copy)]
pub(super) struct Silent;

impl Notes for Silent {
    fn note(&self, _: impl FnOnce(&mut StepKernels)) {}
}

impl Notes for RefCell<StepKernels> {
    fn note(&self, how: impl FnOnce(&mut StepKernels)) {
        how(&mut self.borrow_mut());
    }
}

/// The kernels of a step of what is served there.
pub fn step_kernels(
    shape: &Shape,
    device: &Device,
    kernels: &Kernels,
    software: &Software,
    serving: &Serving,
    served: &Inference,
) -> StepKernels {
    let bench = Bench {
        shape,
        device,
        kernels,
        software,
        serving,
        notes: RefCell::new(StepKernels::default()),
    };
    let (layout, per_replica) = (served.layout, served.working.per_replica);
    bench.decode(layout, per_replica);
    let full = per_replica >= f64::from(layout.pp);
    let fullest_ratio = if full {
        layout.fullest_stage(shape)
    } else {
        1.0
    };
    StepKernels {
        fullest_ratio,
        ..bench.notes.into_inner()
    }
}
