//! What a language model's published configuration implies: parameters,
//! operations and cache bytes per token.

/// How a language model keeps its context.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AttentionRow {
    /// Grouped query heads (multi-head is `kv_heads == heads`).
    Grouped {
        /// Query heads.
        heads: u32,
        /// Key and value heads.
        kv_heads: u32,
        /// Width of a head.
        head_dim: u32,
    },
    /// Multi-head latent attention (DeepSeek).
    Latent {
        /// Query heads.
        heads: u32,
        /// Rank of the query compression; 0 is none.
        query_rank: u32,
        /// Rank of the cached latent.
        kv_rank: u32,
        /// Rotary part of a head, cached once.
        rope_dim: u32,
        /// The rest of a key head.
        nope_dim: u32,
        /// Width of a value head.
        value_dim: u32,
    },
}

/// Routed experts of a mixture-of-experts model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExpertsRow {
    /// Routed experts per layer.
    pub routed: u32,
    /// Routed experts a token visits.
    pub active: u32,
    /// Experts every token visits.
    pub shared: u32,
    /// Inner width of one expert.
    pub inner: u32,
    /// Leading layers without experts.
    pub dense_layers: u32,
    /// Most servers that a token's experts may stand on; 0 is any number.
    pub servers_at_most: u32,
}

impl ExpertsRow {
    /// Routed experts that so many tokens touch, each choosing at random:
    /// E·(1 − (1 − k/E)^T). Source: [modelling-survey].
    pub fn touched(&self, tokens: f64) -> f64 {
        let (routed, active) = (f64::from(self.routed), f64::from(self.active));
        -routed * libm::expm1(tokens * libm::log1p(-active / routed))
    }

    /// Servers other than its own to which a token is sent, once to each, where
    /// experts are spread evenly over so many: (S − 1)(1 − (1 − 1/S)^k), held
    /// to the model's limit. Source: [deepseek-v3-2412.19437] for the limit.
    pub fn servers_reached(&self, servers: f64) -> f64 {
        if servers <= 1.0 {
            return 0.0;
        }
        let missed = libm::exp(f64::from(self.active) * libm::log1p(-1.0 / servers));
        let reached = (servers - 1.0) * (1.0 - missed);
        match self.servers_at_most {
            0 => reached,
            most => reached.min(f64::from(most) * (servers - 1.0) / servers),
        }
    }
}

/// A language model's shape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shape {
    /// Transformer layers.
    pub layers: u32,
    /// Width of the residual stream.
    pub hidden: u32,
    /// Inner width of a dense layer's MLP.
    pub inner: u32,
    /// Three matrices in the MLP rather than two.
    pub gated: bool,
    /// Vocabulary.
    pub vocabulary: u32,
    /// Input and output embeddings are one matrix.
    pub tied: bool,
    /// Attention.
    pub attention: AttentionRow,
    /// Experts, if it has them.
    pub experts: Option<ExpertsRow>,
    /// Layers that only draft further tokens (multi-token prediction).
    pub draft_layers: u32,
}

impl Shape {
    /// Width of the residual stream, as a number to compute with.
    pub fn width(&self) -> f64 {
        f64::from(self.hidden)
    }

    /// Query heads.
    pub fn heads(&self) -> u32 {
        match self.attention {
            AttentionRow::Grouped { heads, .. } | AttentionRow::Latent { heads, .. } => heads,
        }
    }

    /// Attention weights of one layer.
    pub fn attention_parameters(&self) -> f64 {
        let h = self.width();
        match self.attention {
            AttentionRow::Grouped {
                heads,
                kv_heads,
                head_dim,
            } => {
                let head = f64::from(head_dim);
                h * head * (2.0 * f64::from(heads) + 2.0 * f64::from(kv_heads))
            }
            AttentionRow::Latent {
                heads,
                query_rank,
                kv_rank,
                rope_dim,
                nope_dim,
                value_dim,
            } => {
                let n = f64::from(heads);
                let (q, kv) = (f64::from(query_rank), f64::from(kv_rank));
                let (rope, nope, value) = (
                    f64::from(rope_dim),
                    f64::from(nope_dim),
                    f64::from(value_dim),
                );
                let query = if query_rank == 0 {
                    h * n * (nope + rope)
                } else {
                    h * q + q * n * (nope + rope)
                };
                query + h * (kv + rope) + kv * n * (nope + value) + n * value * h
            }
        }
    }

    /// Matrix products in one layer's attention, the scores apart.
    pub fn attention_kernels(&self) -> f64 {
        match self.attention {
            AttentionRow::Grouped { .. } => 2.0,
            AttentionRow::Latent { .. } => 5.0,
        }
    }

    fn mlp_matrices(&self) -> f64 {
        if self.gated { 3.0 } else { 2.0 }
    }

    /// MLP weights of a layer without experts.
    pub fn dense_mlp_parameters(&self) -> f64 {
        self.mlp_matrices() * self.width() * f64::from(self.inner)
    }

    /// Weights of one expert.
    pub fn expert_parameters(&self) -> f64 {
        self.experts.map_or(0.0, |e| {
            self.mlp_matrices() * self.width() * f64::from(e.inner)
        })
    }

    /// Layers without experts.
    pub fn dense_layers(&self) -> f64 {
        f64::from(
            self.experts
                .map_or(self.layers, |e| e.dense_layers.min(self.layers)),
        )
    }

    /// Layers with experts.
    pub fn expert_layers(&self) -> f64 {
        f64::from(self.layers) - self.dense_layers()
    }

    /// Weights of the output head (and of a separate input embedding, each).
    pub fn head_parameters(&self) -> f64 {
        f64::from(self.vocabulary) * self.width()
    }

    /// Embedding matrices on the fullest pipeline stage: input and output are
    /// two unless tied, and stand on different stages where there are several.
    pub fn embeddings_on_a_stage(&self, stages: u32) -> f64 {
        if self.tied || stages > 1 { 1.0 } else { 2.0 }
    }

    /// All weights that every token passes: attention, dense layers, shared
    /// experts, routers; embeddings apart.
    pub fn common_parameters(&self) -> f64 {
        let experts = self.experts.map_or(0.0, |e| {
            self.expert_layers()
                * (f64::from(e.shared) * self.expert_parameters()
                    + f64::from(e.routed) * self.width())
        });
        f64::from(self.layers) * self.attention_parameters()
            + self.dense_layers() * self.dense_mlp_parameters()
            + experts
    }

    /// All weights of routed experts.
    pub fn routed_parameters(&self) -> f64 {
        self.experts.map_or(0.0, |e| {
            self.expert_layers() * f64::from(e.routed) * self.expert_parameters()
        })
    }

    /// All parameters, embeddings included, norms and biases left out (below a
    /// thousandth).
    pub fn parameters(&self) -> f64 {
        let embeddings = if self.tied { 1.0 } else { 2.0 };
        self.common_parameters() + self.routed_parameters() + embeddings * self.head_parameters()
    }

    /// Parameters that one token multiplies: the chosen experts, the head, no
    /// input embedding.
    pub fn active_parameters(&self) -> f64 {
        let routed = self.experts.map_or(0.0, |e| {
            self.expert_layers() * f64::from(e.active) * self.expert_parameters()
        });
        self.common_parameters() + routed + self.head_parameters()
    }

    /// Numbers cached per token and layer: keys and values, or the latent.
    /// Source: [modelling-survey]; 576 for DeepSeek-V3.
    pub fn cached_per_layer(&self) -> f64 {
        match self.attention {
            AttentionRow::Grouped {
                kv_heads, head_dim, ..
            } => 2.0 * f64::from(kv_heads) * f64::from(head_dim),
            AttentionRow::Latent {
                kv_rank, rope_dim, ..
            } => f64::from(kv_rank) + f64::from(rope_dim),
        }
    }

    /// Numbers cached per token.
    pub fn cached_per_token(&self) -> f64 {
        f64::from(self.layers) * self.cached_per_layer()
    }

    /// Ways to share one token's cache among tensor-parallel ranks: latent
    /// attention keeps one copy on each.
    pub fn cache_shards(&self, tp: u32) -> f64 {
        match self.attention {
            AttentionRow::Grouped { kv_heads, .. } => f64::from(tp.min(kv_heads).max(1)),
            AttentionRow::Latent { .. } => 1.0,
        }
    }

    /// Layers that draft further tokens: the model's own, or one that is put beside
    /// a model without. Source: [eagle-2401.15077].
    pub fn drafting_layers(&self) -> f64 {
        f64::from(self.draft_layers.max(1))
    }

    /// Operations of one token's scores and values over one cached token, one
    /// layer, while decoding (latent attention works on the latent).
    pub fn decode_attention_ops(&self) -> f64 {
        match self.attention {
            AttentionRow::Grouped {
                heads, head_dim, ..
            } => 4.0 * f64::from(heads) * f64::from(head_dim),
            AttentionRow::Latent {
                heads,
                kv_rank,
                rope_dim,
                ..
            } => 2.0 * f64::from(heads) * (2.0 * f64::from(kv_rank) + f64::from(rope_dim)),
        }
    }

    /// The same over whole heads, as prefill and training do it.
    pub fn full_attention_ops(&self) -> f64 {
        match self.attention {
            AttentionRow::Grouped {
                heads, head_dim, ..
            } => 4.0 * f64::from(heads) * f64::from(head_dim),
            AttentionRow::Latent {
                heads,
                rope_dim,
                nope_dim,
                value_dim,
                ..
            } => {
                2.0 * f64::from(heads)
                    * (f64::from(nope_dim) + f64::from(rope_dim) + f64::from(value_dim))
            }
        }
    }

    /// Model operations of one token in training at that sequence length:
    /// 6 per active parameter, and causal attention forward and backward.
    /// Source: [modelling-survey].
    pub fn training_ops_per_token(&self, sequence: f64) -> f64 {
        6.0 * self.active_parameters()
            + 3.0 * f64::from(self.layers) * self.full_attention_ops() * sequence / 2.0
    }
}
