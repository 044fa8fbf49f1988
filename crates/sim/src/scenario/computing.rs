//! Rows of kernels, stacks, engines and models as the computing domain's plain
//! values.

use super::rows::held_or;
use super::{Rows, Scenario};
use crate::catalogue::*;
use crate::llm::*;
use units::*;

/// Kernel constants by format.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KernelSet {
    /// 16-bit matrix products.
    pub sixteen_bit: Kernel,
    /// 8-bit matrix products.
    pub eight_bit: Kernel,
    /// Launch time of 8-bit products that quantise activations on the fly.
    pub eight_bit_dynamic: Time,
    /// 8-bit products with a scale for each small block of weights.
    pub block: Kernel,
    /// The model's weights have such scales.
    pub scales_by_block: bool,
    /// 4-bit floating-point products.
    pub four_bit: Kernel,
    /// Launch time of 4-bit products that quantise activations on the fly.
    pub four_bit_dynamic: Time,
    /// Reading the cache.
    pub cache: Kernel,
    /// Time over which that comes to its full rate.
    pub cache_ramp: Time,
    /// Share of the peak in prefill attention.
    pub attention_share: f64,
    /// Tokens of a text over which it reaches half of that.
    pub attention_half_count: f64,
    /// Small kernels.
    pub small: Time,
    /// Somebody measured this chip on this stack.
    pub calibrated: bool,
}

/// How activations are quantised for 8-bit products.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantisation {
    /// Scales are fixed beforehand.
    Static,
    /// Scales are found on the fly.
    Dynamic,
}

impl Quantisation {
    /// Models published at 8 bit with a scale for each block of weights have
    /// theirs found on the fly; others are prepared by whoever serves them.
    pub fn of(llm: &LlmRow) -> Self {
        if llm.has_block_scales() {
            Self::Dynamic
        } else {
            Self::Static
        }
    }
}

/// Kernel constants of a model on a stack, every figure taken by `pick` (a share)
/// or `pick_time`. Constants that somebody measured hold what is not ported; on
/// others it slows the mean.
pub fn kernel_set(
    rows: &Rows,
    pick: impl Fn(&Figure<f64>) -> f64,
    pick_time: impl Fn(&Figure<Time>) -> Time,
) -> KernelSet {
    let (row, a) = (&rows.kernels, &rows.assumptions);
    let ported = if row.calibrated {
        1.0
    } else {
        pick(&rows.stack.ported_share)
    };
    let speed = 1.0 / (ported + (1.0 - ported) * a.unported_slowdown.central);
    let arithmetic = speed * pick(&row.sustained_share);
    let kernel = |k: &KernelRow| Kernel {
        compute_share: pick(&k.compute) * arithmetic,
        memory_share: pick(&k.memory) * speed,
        launch: pick_time(&k.launch),
    };
    KernelSet {
        sixteen_bit: kernel(&row.bf16),
        eight_bit: kernel(&row.eight_bit),
        eight_bit_dynamic: pick_time(&row.eight_bit.launch_dynamic),
        block: kernel(&row.block),
        scales_by_block: rows.llm.has_block_scales(),
        four_bit: kernel(&row.four_bit),
        four_bit_dynamic: pick_time(&row.four_bit.launch_dynamic),
        cache: Kernel {
            compute_share: pick(&row.cache_compute) * arithmetic,
            memory_share: pick(&row.attention_memory) * speed,
            launch: pick_time(&row.attention_launch),
        },
        cache_ramp: pick_time(&row.attention_ramp),
        attention_share: pick(&row.attention_compute) * arithmetic,
        attention_half_count: a.attention_half.central,
        small: pick_time(&row.small_kernel),
        calibrated: row.calibrated,
    }
}

/// The stack's constants, every figure taken by `better` where more is better
/// and by `worse` or `worse_time` where less is.
pub fn software(
    rows: &Rows,
    better: impl Fn(&Figure<f64>) -> f64,
    worse: impl Fn(&Figure<f64>) -> f64,
    worse_time: impl Fn(&Figure<Time>) -> Time,
) -> Software {
    let (row, a) = (&rows.stack, &rows.assumptions);
    Software {
        step_overhead: worse_time(&row.step_overhead),
        sequence_overhead: worse_time(&row.sequence_overhead),
        links: Links {
            scale_up_latency: worse_time(&row.scale_up_latency),
            scale_up_share: better(&row.scale_up_efficiency),
            scale_out_latency: worse_time(&row.scale_out_latency),
            scale_out_share: better(&row.scale_out_efficiency),
            die_latency: a.die_latency.central,
        },
        exposed_share: worse(&row.exposed_share),
        expert_imbalance: worse(&row.expert_imbalance),
        expert_ratio: better(&row.expert_ratio),
        expert_training_ratio: better(&row.expert_training_ratio),
        fused_attention: true,
        training_overhead: worse_time(&a.training_overhead),
        training_ratio: better(&row.training_ratio),
    }
}

impl KernelSet {
    /// The constants for products in that format.
    pub fn for_format(&self, format: Format, quantisation: Quantisation) -> Kernels {
        let matrix = match (format, quantisation) {
            (Format::Bf16 | Format::Int4, _) => self.sixteen_bit,
            (Format::Fp4, Quantisation::Static) => self.four_bit,
            (Format::Fp4, Quantisation::Dynamic) => Kernel {
                launch: self.four_bit_dynamic,
                ..self.four_bit
            },
            (Format::Fp8 | Format::Int8, Quantisation::Static) => self.eight_bit,
            (Format::Fp8 | Format::Int8, Quantisation::Dynamic) if self.scales_by_block => {
                self.block
            }
            (Format::Fp8 | Format::Int8, Quantisation::Dynamic) => Kernel {
                launch: self.eight_bit_dynamic,
                ..self.eight_bit
            },
        };
        Kernels {
            matrix,
            cache: self.cache,
            cache_ramp: self.cache_ramp,
            sixteen_bit: self.sixteen_bit,
            attention_share: self.attention_share,
            attention_half_count: self.attention_half_count,
            small: self.small,
        }
    }
}

/// Somebody measured this chip on the stack it is sold with, and it runs that.
pub(super) fn is_calibrated(rows: &Rows) -> bool {
    rows.chip.stack == rows.stack.id && rows.kernels.calibrated
}

/// The kernels that a chip gets on a stack: its own on the stack it is sold
/// with, the stack's prior on another.
pub fn kernels_row(chip: &ChipRow, stack: &StackRow) -> &'static KernelsRow {
    let key = if chip.stack == stack.id {
        chip.kernels
    } else {
        stack.kernels
    };
    kernels(key).unwrap_or(&KERNELS[0])
}

/// The blank that a reader fills in.
pub const OWN_MODEL: &str = "custom";

/// A model of the reader's own; `None` follows from the rest.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct OwnModel {
    /// All parameters.
    pub parameters: Option<f64>,
    /// Those that a token passes; all of them in a dense model.
    pub active: Option<f64>,
    /// Layers.
    pub layers: Option<u32>,
    /// Width of the residual stream.
    pub hidden: Option<u32>,
}

/// Width of a head.
const HEAD: f64 = 128.0;
/// Width of the residual stream over the number of layers: 12,288 over 96 in
/// GPT-3 175B, 7,168 over 61 in DeepSeek-V3. Source: [gpt3-2005.14165].
const WIDTH_PER_LAYER: f64 = 128.0;
/// Heads are a multiple of this.
const EVEN_HEADS: f64 = 8.0;
/// Experts that a token visits, as in DeepSeek-V3 and Qwen3.
const VISITED: u32 = 8;

impl OwnModel {
    /// The shape that has so many parameters: as deep and wide as its active
    /// part asks for, MLP or experts filling it up. `blank` gives vocabulary
    /// and key heads.
    pub fn shape(&self, blank: &Shape, parameters: f64) -> Shape {
        let total = self.parameters.unwrap_or(parameters);
        let active = self.active.unwrap_or(total).min(total);
        // A layer of 12·h² parameters and h = 128·L make 12·128²·L³.
        let layers = self.layers.unwrap_or_else(|| match self.hidden {
            Some(hidden) => whole(active / (12.0 * f64::from(hidden) * f64::from(hidden))),
            None => whole(libm::cbrt(
                active / (12.0 * WIDTH_PER_LAYER * WIDTH_PER_LAYER),
            )),
        });
        let hidden = self.hidden.unwrap_or_else(|| {
            // Eight heads more or less, so that tensor ranks divide them.
            let step = HEAD * EVEN_HEADS;
            whole(libm::sqrt(active / (12.0 * f64::from(layers))) / step) * step as u32
        });
        let heads = whole(f64::from(hidden) / HEAD);
        let key_heads = match blank.attention {
            AttentionRow::Grouped { kv_heads, .. } => kv_heads.min(heads),
            AttentionRow::Latent { .. } => heads,
        };
        let bare = Shape {
            layers,
            hidden,
            inner: 1,
            attention: AttentionRow::Grouped {
                heads,
                kv_heads: key_heads,
                head_dim: HEAD as u32,
            },
            experts: None,
            ..*blank
        };
        let (h, depth) = (f64::from(hidden), f64::from(layers));
        let matrices = if blank.gated { 3.0 } else { 2.0 } * h;
        let rest = depth * bare.attention_parameters() + bare.head_parameters();
        let inner = (active - rest).max(0.0) / depth / matrices;
        if active >= total {
            return Shape {
                inner: whole(inner),
                ..bare
            };
        }
        // An expert narrower than a head is none that anybody makes.
        let expert = whole(inner / f64::from(VISITED)).max(HEAD as u32);
        let others = (total - active) / (depth * matrices * f64::from(expert));
        Shape {
            experts: Some(ExpertsRow {
                routed: VISITED + whole(others),
                active: VISITED,
                shared: 0,
                inner: expert,
                dense_layers: 0,
                servers_at_most: 0,
            }),
            ..bare
        }
    }
}

/// The number as a count, at least one.
fn whole(number: f64) -> u32 {
    libm::round(number).clamp(1.0, 1e9) as u32
}

impl Scenario {
    /// The stack at a maturity: 0 is the worst that its row defends, 1 the best;
    /// kernels that somebody measured leave little to defend.
    pub fn mature(&mut self, maturity: f64) {
        let better = |f: &Figure<f64>| f.low + (f.high - f.low) * maturity;
        let worse = |f: &Figure<f64>| f.high - (f.high - f.low) * maturity;
        let worse_time = |f: &Figure<Time>| f.high - (f.high - f.low) * maturity;
        self.kernels = kernel_set(&self.rows, better, worse_time);
        self.software = software(&self.rows, better, worse, worse_time);
        if let Some(engine) = self.engine_id.and_then(engine) {
            self.run_with(engine);
        }
    }

    /// Serves and trains with that engine from now on: what its row says stands
    /// over the stack's.
    pub fn run_with(&mut self, engine: &'static EngineRow) {
        self.engine_id = Some(engine.id);
        let engine = held_or(&self.rows.engine, engine);
        let (software, kernels) = (&mut self.software, &mut self.kernels);
        let time = |figure: Option<Figure<Time>>, or: Time| figure.map_or(or, |f| f.central);
        let number = |figure: Option<Figure<f64>>, or: f64| figure.map_or(or, |f| f.central);
        software.step_overhead = time(engine.step_overhead, software.step_overhead);
        software.sequence_overhead = time(engine.sequence_overhead, software.sequence_overhead);
        software.links.scale_up_latency =
            time(engine.scale_up_latency, software.links.scale_up_latency);
        kernels.small = time(engine.small_kernel, kernels.small);
        self.job.data_exposed_share =
            number(engine.data_exposed_share, self.job.data_exposed_share);
        self.serving.most_sequences = number(engine.most_sequences, self.serving.most_sequences);
        self.serving.reserves_answers = engine.reserves_answers;
        software.fused_attention = engine.fused_attention;
        software.training_ratio = number(engine.training_ratio, software.training_ratio);
        software.exposed_share = number(engine.exposed_share, software.exposed_share);
    }
}
