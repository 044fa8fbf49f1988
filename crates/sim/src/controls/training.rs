//! The controls of a training run.

use super::serving::{format_name, format_named};
use super::{Control, Kind};
use crate::llm::{Recompute, Schedule, Sharding};

/// The run, its formats and how it is laid out in time.
pub(super) const TRAINING: &[Control] = &[
    number!("tokens", (1e6, 5e14), 0, |s| Some(s.job.tokens), |s, n| s
        .job
        .tokens =
        n),
    number!(
        "seq",
        (128.0, 1_048_576.0),
        0,
        |s| Some(s.job.sequence),
        |s, n| s.job.sequence = n
    ),
    number!(
        "gbs",
        (1.0, 1_000_000.0),
        0,
        |s| Some(s.job.batch),
        |s, n| s.job.batch = n
    ),
    number!(
        "mbs",
        (1.0, 64.0),
        0,
        |s| Some(s.job.micro_batch),
        |s, n| s.job.micro_batch = n
    ),
    number!("vp", (1.0, 64.0), 0, |s| s.job.interleave, |s, n| s
        .job
        .interleave =
        Some(n)),
    number!(
        "cp",
        (1.0, 64.0),
        0,
        |s| Some(s.job.context_parallel),
        |s, n| s.job.context_parallel = n
    ),
    choice!(
        "recompute",
        || vec!["none", "selective", "full"],
        |s| {
            s.job.recompute.map(|recompute| match recompute {
                Recompute::None => "none",
                Recompute::Selective => "selective",
                Recompute::Full => "full",
            })
        },
        |s, id| {
            s.job.recompute = Some(match id {
                "none" => Recompute::None,
                "full" => Recompute::Full,
                _ => Recompute::Selective,
            });
        }
    ),
    choice!(
        "tprec",
        || vec!["bf16", "fp8", "fp4"],
        |s| Some(format_name(s.job.format)),
        |s, id| s.job.format = format_named(id)
    ),
    choice!(
        "schedule",
        || vec!["1f1b", "dualpipe"],
        |s| {
            Some(match s.job.schedule {
                Schedule::OneForward => "1f1b",
                Schedule::DualPipe => "dualpipe",
            })
        },
        |s, id| {
            s.job.schedule = match id {
                "dualpipe" => Schedule::DualPipe,
                _ => Schedule::OneForward,
            }
        }
    ),
    choice!(
        "zero",
        || vec!["0", "1", "2", "3"],
        |s| {
            Some(match s.job.sharding {
                Sharding::Nothing => "0",
                Sharding::Optimiser => "1",
                Sharding::Gradients => "2",
                Sharding::Weights => "3",
            })
        },
        |s, id| {
            s.job.sharding = match id {
                "0" => Sharding::Nothing,
                "2" => Sharding::Gradients,
                "3" => Sharding::Weights,
                _ => Sharding::Optimiser,
            }
        }
    ),
    choice!(
        "sp",
        || vec!["0", "1"],
        |s| Some(if s.job.sequence_parallel { "1" } else { "0" }),
        |s, id| s.job.sequence_parallel = id == "1"
    ),
];
