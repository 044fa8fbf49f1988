//! Where the time of a token goes.

/// Where the time of one output token goes, in seconds; the parts add up.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct TokenTime {
    /// Arithmetic that takes longer than its reads.
    pub compute: f64,
    /// Reading weights.
    pub weights: f64,
    /// Reading the cache.
    pub kv_cache: f64,
    /// Collectives between chips and between dies.
    pub network: f64,
    /// Starting kernels, and the step's own overhead.
    pub launches: f64,
    /// Prefills of other requests that interleave.
    pub prefill: f64,
}

impl TokenTime {
    /// All parts together.
    pub fn total(&self) -> f64 {
        self.parts().into_iter().map(|(_, time)| time).sum()
    }

    /// Each part by name.
    pub fn parts(&self) -> [(Part, f64); 6] {
        [
            (Part::Compute, self.compute),
            (Part::Weights, self.weights),
            (Part::KvCache, self.kv_cache),
            (Part::Network, self.network),
            (Part::Launches, self.launches),
            (Part::Prefill, self.prefill),
        ]
    }

    pub(super) fn scaled(self, k: f64) -> Self {
        Self {
            compute: self.compute * k,
            weights: self.weights * k,
            kv_cache: self.kv_cache * k,
            network: self.network * k,
            launches: self.launches * k,
            prefill: self.prefill * k,
        }
    }
}

/// A part of [`TokenTime`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Arithmetic.
    Compute,
    /// Reading weights.
    Weights,
    /// Reading the cache.
    KvCache,
    /// Collectives.
    Network,
    /// Starting kernels.
    Launches,
    /// Other requests' prefills.
    Prefill,
}

impl Part {
    /// Its name in answers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Compute => "compute",
            Self::Weights => "weights",
            Self::KvCache => "kv_cache",
            Self::Network => "network",
            Self::Launches => "launches",
            Self::Prefill => "prefill",
        }
    }
}
