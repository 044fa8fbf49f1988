//! The answers that are drawn, and where many draws of one lie.

use sim::outcome::Brief;

/// An answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// Time per output token, in seconds.
    Tpot,
    /// Time to the first token, in seconds.
    Ttft,
    /// Energy per output token, in joules.
    PerToken,
    /// Electricity and capital of a million output tokens, in dollars.
    TotalPerMillion,
    /// Days of the training run, failures included.
    Days,
    /// Packages of a month when gathering begins.
    PackagesPerMonth,
    /// Months until the reader has the cluster.
    MonthsToCluster,
}

impl Answer {
    /// All of them, as they are kept.
    pub const ALL: [Self; 7] = [
        Self::Tpot,
        Self::Ttft,
        Self::PerToken,
        Self::TotalPerMillion,
        Self::Days,
        Self::PackagesPerMonth,
        Self::MonthsToCluster,
    ];

    /// Its name in records, with the unit: that of the answer as JSON.
    pub fn key(self) -> &'static str {
        match self {
            Self::Tpot => "tpot_s",
            Self::Ttft => "ttft_s",
            Self::PerToken => "joules_per_token",
            Self::TotalPerMillion => "total_usd_per_million_tokens",
            Self::Days => "days",
            Self::PackagesPerMonth => "packages_per_month",
            Self::MonthsToCluster => "months_to_cluster",
        }
    }

    /// Its number; `None` where there is none: that is impossible.
    pub fn of(self, brief: &Brief) -> Option<f64> {
        match self {
            Self::Tpot => brief.tpot.map(|time| time.get()),
            Self::Ttft => brief.ttft.map(|time| time.get()),
            Self::PerToken => brief.per_token.map(|energy| energy.get()),
            Self::TotalPerMillion => brief.total_per_million.map(|money| money.get()),
            Self::Days => brief.run.map(|time| time.days()),
            Self::PackagesPerMonth => brief.packages_per_month,
            Self::MonthsToCluster => brief.months_to_cluster,
        }
    }

    /// It belongs to supply, which is counted for Chinese designs only.
    pub fn is_of_supply(self) -> bool {
        matches!(self, Self::PackagesPerMonth | Self::MonthsToCluster)
    }

    /// Where the impossible stands among the numbers: at the bad end, for no run
    /// is longer than one that never starts, and no supply less than none.
    pub(crate) fn impossible(self) -> f64 {
        match self {
            Self::PackagesPerMonth => f64::NEG_INFINITY,
            _ => f64::INFINITY,
        }
    }
}

/// Where the draws of an answer lie. `None` is an impossible one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// A twentieth of the draws lies below.
    pub p5: Option<f64>,
    /// Half of them do.
    pub p50: Option<f64>,
    /// A twentieth lies above.
    pub p95: Option<f64>,
    /// Share of the draws in which there is no answer.
    pub impossible_share: f64,
}

impl Range {
    /// Of those draws, the impossible ones being infinite; `None` without any.
    pub fn of(draws: &[f64]) -> Option<Self> {
        if draws.is_empty() {
            return None;
        }
        let mut parted = draws.to_vec();
        let [p5, p50, p95] = quantiles(&mut parted, [0.05, 0.5, 0.95]);
        let possible = draws.iter().filter(|number| number.is_finite()).count();
        Some(Self {
            p5: finite(p5),
            p50: finite(p50),
            p95: finite(p95),
            impossible_share: 1.0 - possible as f64 / draws.len() as f64,
        })
    }

    /// The fifth per cent, the median and the ninety-fifth.
    pub fn ends(&self) -> [Option<f64>; 3] {
        [self.p5, self.p50, self.p95]
    }

    /// From the fifth per cent to the ninety-fifth; `None` where either is impossible.
    pub fn width(&self) -> Option<f64> {
        Some(self.p95? - self.p5?)
    }
}

fn finite(number: f64) -> Option<f64> {
    Some(number).filter(|number| number.is_finite())
}

/// For each of three shares, which grow, the smallest of the draws that has at least
/// that share at or below it: always a draw, defined for infinite ones. They are
/// parted there, not sorted, in a quarter of the time. Source: [hyndman-fan-1996],
/// type 1.
fn quantiles(draws: &mut [f64], shares: [f64; 3]) -> [f64; 3] {
    let place = |share: f64| (share * draws.len() as f64 - 1e-9).ceil().max(1.0) as usize;
    let [low, middle, high] = shares.map(|share| place(share).min(draws.len()) - 1);
    let at = |part: &mut [f64], place| *part.select_nth_unstable_by(place, f64::total_cmp).1;
    let median = at(draws, middle);
    [
        at(&mut draws[..=middle], low),
        median,
        at(&mut draws[middle..], high - middle),
    ]
}
