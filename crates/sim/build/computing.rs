//! The fields of the computing tables, in the order of `catalogue/computing.rs`.

use super::figure::Bound::{AtLeastOne, NotNegative, Positive, Share};
use super::figure::RATIO;
use super::row::Row;

/// `LlmRow`, after its id.
pub fn llm(row: &mut Row) {
    row.text("name");
    row.reference("source", "source");
    row.nested("shape", "Shape", shape);
    row.count("weight_bits", 1);
    row.figure("parameters", RATIO, Positive);
    row.figure("active_parameters", RATIO, Positive);
    row.figure("training_tokens", RATIO, Positive);
    row.count("training_sequence", 1);
    row.figure("training_batch", RATIO, Positive);
}

/// `Shape`.
fn shape(row: &mut Row) {
    row.count("layers", 1);
    row.count("hidden", 1);
    row.count("inner", 1);
    row.flag("gated");
    row.count("vocabulary", 1);
    row.flag("tied");
    attention(row);
    row.optional_nested("experts", "ExpertsRow", |experts| {
        let routed = experts.count("routed", 1);
        if experts.count("active", 1) > routed {
            experts.error(
                "active",
                "is above `routed`; a token visits some of the experts",
            );
        }
        experts.count("shared", 0);
        experts.count("inner", 1);
        experts.count("dense_layers", 0);
        experts.count("servers_at_most", 0);
    });
    row.count("draft_layers", 0);
}

/// `AttentionRow`: a table with `kv_rank` is latent, one without is grouped.
fn attention(row: &mut Row) {
    if row.has_within("attention", "kv_rank") {
        row.nested("attention", "AttentionRow::Latent", |attention| {
            attention.count("heads", 1);
            attention.count("query_rank", 0);
            for field in ["kv_rank", "rope_dim", "nope_dim", "value_dim"] {
                attention.count(field, 1);
            }
        });
    } else {
        row.nested("attention", "AttentionRow::Grouped", |attention| {
            for field in ["heads", "kv_heads", "head_dim"] {
                attention.count(field, 1);
            }
        });
    }
}

/// `StackRow`, after its id.
pub fn stack(row: &mut Row) {
    row.text("name");
    row.flag("cuda_compatible");
    row.figure("ported_share", RATIO, Share);
    row.reference("kernels", "kernels");
    row.figure("step_overhead", "Time", NotNegative);
    row.figure("sequence_overhead", "Time", NotNegative);
    row.figure("scale_up_latency", "Time", NotNegative);
    row.figure("scale_up_efficiency", RATIO, Share);
    row.figure("scale_out_latency", "Time", NotNegative);
    row.figure("scale_out_efficiency", RATIO, Share);
    row.figure("exposed_share", RATIO, Share);
    row.figure("expert_imbalance", RATIO, AtLeastOne);
    row.figure("expert_ratio", RATIO, Share);
    row.figure("expert_training_ratio", RATIO, Share);
    row.figure("training_ratio", RATIO, Positive);
}

/// `KernelsRow`, after its id.
pub fn kernels(row: &mut Row) {
    row.flag("calibrated");
    row.figure("sustained_share", RATIO, Share);
    for class in ["bf16", "eight_bit", "block", "four_bit"] {
        row.nested(class, "KernelRow", |kernel| {
            kernel.figure("compute", RATIO, Share);
            kernel.figure("memory", RATIO, Share);
            kernel.figure("launch", "Time", NotNegative);
            kernel.figure("launch_dynamic", "Time", NotNegative);
        });
    }
    row.figure("attention_memory", RATIO, Share);
    row.figure("attention_launch", "Time", NotNegative);
    row.figure("attention_ramp", "Time", NotNegative);
    row.figure("attention_compute", RATIO, Share);
    row.figure("cache_compute", RATIO, Share);
    row.figure("small_kernel", "Time", NotNegative);
}

/// `EngineRow`, after its id.
pub fn engine(row: &mut Row) {
    row.text("name");
    row.optional_figure("step_overhead", "Time", NotNegative);
    row.optional_figure("sequence_overhead", "Time", NotNegative);
    row.optional_figure("scale_up_latency", "Time", NotNegative);
    row.optional_figure("small_kernel", "Time", NotNegative);
    row.optional_figure("most_sequences", RATIO, AtLeastOne);
    row.flag("reserves_answers");
    row.flag("fused_attention");
    row.optional_figure("training_ratio", RATIO, Positive);
    row.optional_figure("exposed_share", RATIO, Share);
    row.optional_figure("data_exposed_share", RATIO, Share);
}
