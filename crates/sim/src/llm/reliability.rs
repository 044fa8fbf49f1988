//! Failures in long runs: how often, what they cost, and whether the run ends.
//!
//! Failures are independent and equally likely at any time. Sources:
//! [young-1974], [daly-2006]; rates from [llama3-2407.21783] and
//! [meta-rsc-2410.21680].

use units::*;

/// How a cluster fails and recovers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Failures {
    /// Failures of an accelerator that stop the run.
    pub rate: FailureRate,
    /// Time to notice, replace and restart.
    pub restart: Time,
    /// Time that writing a checkpoint holds up the run.
    pub checkpoint: Time,
}

/// What heat does to chips.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Heat {
    /// Temperature at which the chips work.
    pub junction: Temperature,
    /// Temperature to which the failure rate belongs.
    pub reference: Temperature,
    /// Activation energy of what wears out.
    pub activation: ActivationEnergy,
    /// Temperature above which the clock is lowered.
    pub limit: Temperature,
    /// Share of the clock lost for each degree above it.
    pub loss_per_degree_share: f64,
    /// Least share of the clock that a chip keeps before it turns itself off.
    pub least_clock_share: f64,
}

impl Heat {
    /// Failures at the junction's temperature over those at the reference:
    /// exp(Ea/k·(1/T₀ − 1/T)). Source: [jedec-jep122], Arrhenius.
    pub fn failure_ratio(&self) -> f64 {
        let inverse = 1.0 / self.reference.kelvin() - 1.0 / self.junction.kelvin();
        libm::exp(self.activation.get() / BOLTZMANN_EV * inverse)
    }

    /// Clock over the published one: all of it up to the limit.
    pub fn clock_ratio(&self) -> f64 {
        let above = (self.junction - self.limit).get().max(0.0);
        (1.0 - self.loss_per_degree_share * above).max(self.least_clock_share)
    }
}

/// Where the time goes that makes no progress, as shares of the whole run; with
/// the goodput they add up to one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LostTime {
    /// Writing checkpoints.
    pub checkpoints_share: f64,
    /// Work since the last checkpoint, done again.
    pub redone_share: f64,
    /// Noticing a failure, replacing what failed, starting again.
    pub restarts_share: f64,
}

impl LostTime {
    /// All of it.
    pub fn total(&self) -> f64 {
        self.checkpoints_share + self.redone_share + self.restarts_share
    }
}

/// What failures make of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reliability {
    /// Mean time between failures of the whole cluster.
    pub between_failures: Time,
    /// Best time between checkpoints.
    pub checkpoint_interval: Time,
    /// Share of the time that makes progress.
    pub goodput_share: f64,
    /// Where the rest goes.
    pub lost: LostTime,
    /// Time the run takes, failures included.
    pub wall: Time,
    /// Failures to expect.
    pub failures: f64,
    /// Chance that it ends within the patience.
    pub finishes_share: f64,
}

/// A run of `work` time without failures on `chips`, within `patience`.
///
/// Interval τ = √(2δM) (Young), at most M; a failure costs the restart and half
/// an interval: goodput G = (1 + δ/τ)⁻¹ (1 + (R + τ/2)/M)⁻¹, which never leaves
/// (0, 1] and agrees with the usual 1 − δ/τ − (R + τ/2)/M to first order. The
/// chance to finish takes the number of failures as normal with the Poisson
/// variance.
pub fn reliability(work: Time, chips: u32, failures: &Failures, patience: Time) -> Reliability {
    let per_second = failures.rate.per_second(f64::from(chips));
    let between = if per_second > 0.0 {
        Time::new(1.0 / per_second)
    } else {
        Time::from_days(NEVER_DAYS)
    };
    let checkpoint = failures.checkpoint.max(Time::new(1e-3));
    let young = Time::new((2.0 * checkpoint.get() * between.get()).sqrt());
    let interval = young.min(between).max(checkpoint);
    let writing = 1.0 + checkpoint / interval;
    let loss = failures.restart + interval * 0.5;
    let losing = 1.0 + loss / between;
    let wall = work * (writing * losing);
    let busy = work * writing;
    Reliability {
        between_failures: between,
        checkpoint_interval: interval,
        goodput_share: 1.0 / (writing * losing),
        lost: LostTime {
            checkpoints_share: (writing - 1.0) / (writing * losing),
            redone_share: interval * 0.5 / between / losing,
            restarts_share: failures.restart / between / losing,
        },
        wall,
        failures: busy / between,
        finishes_share: finishes_share(busy, loss, between, patience),
    }
}

/// Mean time between failures of a cluster that never fails, in days: a
/// thousand years, so that no quotient is infinite.
const NEVER_DAYS: f64 = 365_250.0;

/// P(busy + n·loss ≤ patience), n Poisson with mean busy/between, as a normal
/// with continuity correction.
fn finishes_share(busy: Time, loss: Time, between: Time, patience: Time) -> f64 {
    let mean = busy / between;
    let allowed = (patience - busy) / loss;
    if allowed < 0.0 {
        return 0.0;
    }
    let allowed = allowed.floor();
    if mean < 1e-9 {
        return 1.0;
    }
    let z = (allowed + 0.5 - mean) / mean.sqrt();
    (0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Llama 3: 419 failures in 54 days on 16,384 chips, one in 3.1 hours.
    fn llama(restart_minutes: f64) -> Reliability {
        let failures = Failures {
            rate: FailureRate::new(419.0 / 54.0 / 16_384.0 * 1000.0),
            restart: Time::new(restart_minutes * 60.0),
            checkpoint: Time::new(30.0),
        };
        reliability(
            Time::from_days(50.0),
            16_384,
            &failures,
            Time::from_days(90.0),
        )
    }

    #[test]
    fn the_published_run_comes_out_as_published() {
        let run = llama(3.0);
        assert!((run.between_failures.get() / 3600.0 - 3.09).abs() < 0.01);
        assert!((run.checkpoint_interval.get() - 817.0).abs() < 1.0);
        assert!(
            (run.goodput_share - 0.91).abs() < 0.01,
            "{}",
            run.goodput_share
        );
        assert!(
            (llama(10.0).goodput_share - 0.88).abs() < 0.015,
            "{}",
            llama(10.0).goodput_share
        );
    }

    #[test]
    fn a_cluster_that_never_fails_loses_next_to_nothing() {
        let failures = Failures {
            rate: FailureRate::new(0.0),
            restart: Time::new(600.0),
            checkpoint: Time::new(30.0),
        };
        let lost = llama(10.0);
        assert!((lost.goodput_share + lost.lost.total() - 1.0).abs() < 1e-12);
        let run = reliability(
            Time::from_days(10.0),
            8192,
            &failures,
            Time::from_days(90.0),
        );
        assert!(run.goodput_share > 0.999 && run.finishes_share == 1.0);
    }
}
