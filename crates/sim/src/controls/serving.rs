//! The controls of the language model and of serving it.

use super::{Control, Kind, rounded};
use crate::catalogue::{ENGINES, engine};
use crate::llm::{Format, ServeMode, Shape};
use crate::scenario::{OWN_MODEL, Quantisation};
use units::*;

/// What a reader says of a model of their own, in so many units, and what follows
/// for it where nothing is said.
macro_rules! own_model {
    ($key:literal, $range:expr, $decimals:literal, $field:ident, $unit:literal, $kind:ty, $follows:expr) => {
        number!(
            $key,
            $range,
            $decimals,
            |s| {
                let follows: fn(&Shape) -> f64 = $follows;
                let said = s.own_model.$field.map(f64::from);
                let own = s.llm_id == OWN_MODEL;
                // To three digits or whole: what follows is a round wish's shape.
                let near = |n: f64| if n >= 100.0 { n.round() } else { rounded(n, 1) };
                own.then(|| said.map_or_else(|| near(follows(&s.shape) / $unit), |n| n / $unit))
            },
            |s, n| s.own_model.$field = Some((n * $unit) as $kind)
        )
    };
}

pub(super) fn format_name(format: Format) -> &'static str {
    match format {
        Format::Bf16 => "bf16",
        Format::Fp8 => "fp8",
        Format::Int8 => "int8",
        Format::Int4 => "int4",
        Format::Fp4 => "fp4",
    }
}

pub(super) fn format_named(name: &str) -> Format {
    match name {
        "fp8" => Format::Fp8,
        "int8" => Format::Int8,
        "int4" => Format::Int4,
        "fp4" => Format::Fp4,
        _ => Format::Bf16,
    }
}

/// The choice that leaves a thing as the stack has it.
const USUAL: &str = "usual";

/// The model, the engine, the formats, the job.
pub(super) const SERVING: &[Control] = &[
    own_model!(
        "params",
        (0.05, 20_000.0),
        3,
        parameters,
        1e9,
        f64,
        Shape::parameters
    ),
    own_model!("active", (0.01, 20_000.0), 3, active, 1e9, f64, |s| s
        .active_parameters()),
    own_model!("depth", (1.0, 1_000.0), 0, layers, 1.0, u32, |s| f64::from(
        s.layers
    )),
    own_model!(
        "hidden",
        (64.0, 131_072.0),
        0,
        hidden,
        1.0,
        u32,
        Shape::width
    ),
    choice!(
        "engine",
        || std::iter::once(USUAL)
            .chain(ENGINES.iter().map(|row| row.id))
            .collect(),
        |s| Some(s.engine_id.unwrap_or(USUAL)),
        |s, id| {
            if let Some(row) = engine(id) {
                s.run_with(row);
            }
        }
    ),
    choice!(
        "prec",
        || vec!["bf16", "fp8", "int8", "int4", "fp4"],
        |s| Some(format_name(s.serving.weights)),
        |s, id| s.serving.weights = format_named(id)
    ),
    number!(
        "in",
        (1.0, 10_000_000.0),
        0,
        |s| Some(s.serving.prompt),
        |s, n| s.serving.prompt = n
    ),
    number!(
        "out",
        (1.0, 10_000_000.0),
        0,
        |s| Some(s.serving.answer),
        |s, n| s.serving.answer = n
    ),
    number!(
        "batch",
        (1.0, 10_000_000.0),
        0,
        |s| s.serving.batch,
        |s, n| s.serving.batch = Some(n)
    ),
    choice!(
        "kv",
        || vec!["bf16", "fp8", "int8"],
        |s| Some(format_name(s.serving.cache)),
        |s, id| s.serving.cache = format_named(id)
    ),
    choice!(
        "quant",
        || vec!["static", "dynamic"],
        |s| {
            Some(match s.quantisation {
                Quantisation::Static => "static",
                Quantisation::Dynamic => "dynamic",
            })
        },
        |s, id| {
            s.quantisation = match id {
                "static" => Quantisation::Static,
                _ => Quantisation::Dynamic,
            }
        }
    ),
    number!(
        "mtp",
        (1.0, 4.0),
        2,
        |s| Some(s.serving.accepted),
        |s, n| s.serving.accepted = n
    ),
    choice!(
        "serve",
        || vec!["mixed", "split", "decode-only"],
        |s| {
            Some(match s.serving.mode {
                ServeMode::Mixed => "mixed",
                ServeMode::Split => "split",
                ServeMode::DecodeOnly => "decode-only",
            })
        },
        |s, id| {
            s.serving.mode = match id {
                "split" => ServeMode::Split,
                "decode-only" => ServeMode::DecodeOnly,
                _ => ServeMode::Mixed,
            }
        }
    ),
    number!(
        "tpot",
        (0.1, 10_000.0),
        1,
        |s| Some(s.serving.limit.get() * 1e3),
        |s, n| s.serving.limit = Time::new(n / 1e3)
    ),
    choice!(
        "tbo",
        || vec!["0", "1"],
        |s| Some(if s.serving.overlap_share > 0.0 {
            "1"
        } else {
            "0"
        }),
        |s, id| {
            s.serving.overlap_share = if id == "1" {
                s.rows.assumptions.overlap_share.central
            } else {
                0.0
            }
        }
    ),
    number!(
        "chunk",
        (64.0, 1_048_576.0),
        0,
        |s| Some(s.serving.chunk),
        |s, n| s.serving.chunk = n
    ),
    // Experts' placement: as the stack has it, as tokens fall, or ideal.
    choice!(
        "eplb",
        || vec![USUAL, "none", "perfect"],
        |s| {
            let imbalance = s.software.expert_imbalance;
            Some(if imbalance == 1.0 {
                "perfect"
            } else if imbalance == s.rows.assumptions.unbalanced_experts.central {
                "none"
            } else {
                USUAL
            })
        },
        |s, id| match id {
            "none" => {
                s.software.expert_imbalance = s.rows.assumptions.unbalanced_experts.central;
            }
            "perfect" => s.software.expert_imbalance = 1.0,
            _ => {}
        }
    ),
];
