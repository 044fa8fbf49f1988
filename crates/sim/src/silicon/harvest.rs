//! Dies that are sold although some of their cores are dead.

use super::defects::poisson;
use units::{Area, DefectDensity};

/// Equal cores of a die, of which some may be dead.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cores {
    /// Cores on the die.
    pub built: u32,
    /// Cores that must work for it to be sold.
    pub needed: u32,
    /// Share of the die's area that the cores take; the rest must be clean.
    pub area_share: f64,
}

/// Share of dies that can be sold, defects falling independently.
///
/// y = e^(−D₀·A·f/n); Y = e^(−D₀·A·(1−f)) · Σᵢ₌ₖ‥ₙ C(n,i) yⁱ (1−y)ⁿ⁻ⁱ: with
/// k = n it is plain Poisson. Source: [stapper-1983].
pub fn harvested(area: Area, defects: DefectDensity, cores: &Cores) -> f64 {
    let share = cores.area_share.clamp(0.0, 1.0);
    let built = cores.built.max(1);
    let core = poisson(area * (share / f64::from(built)), defects);
    poisson(area * (1.0 - share), defects) * at_least(cores.needed.min(built), built, core)
}

/// The same with clustered defects: the average of [`harvested`] over a density
/// that varies from die to die as a gamma with shape α. With k = n it is the
/// negative binomial. Source: [stapper-1983].
///
/// Simpson's rule in u = (D/D₀)^¼, which keeps the integrand smooth for α ≥ 0.5.
pub fn harvested_clustered(
    area: Area,
    defects: DefectDensity,
    clustering: f64,
    cores: &Cores,
) -> f64 {
    let alpha = clustering.max(0.5);
    let normal = alpha * libm::log(alpha) - libm::lgamma(alpha);
    let density = |u: f64| {
        if u <= 0.0 {
            return 0.0;
        }
        4.0 * libm::exp(normal + (4.0 * alpha - 1.0) * libm::log(u) - alpha * u * u * u * u)
    };
    let step = FARTHEST / f64::from(STEPS);
    let sum: f64 = (0..=STEPS)
        .map(|i| {
            let u = f64::from(i) * step;
            let weight = match i {
                0 | STEPS => 1.0,
                i if i % 2 == 1 => 4.0,
                _ => 2.0,
            };
            weight * density(u) * harvested(area, defects * (u * u * u * u), cores)
        })
        .sum();
    (sum * step / 3.0).clamp(0.0, 1.0)
}

/// Steps of the integration, even.
const STEPS: u32 = 400;
/// Largest u: a density of 36 times the mean, beyond which there is nothing.
const FARTHEST: f64 = 2.449489742783178;

/// Chance that at least `needed` of `built` work, each with chance `works`.
fn at_least(needed: u32, built: u32, works: f64) -> f64 {
    if works <= 0.0 {
        return if needed == 0 { 1.0 } else { 0.0 };
    }
    let mut term = libm::pow(works, f64::from(built));
    let mut sum = term;
    for working in (needed + 1..=built).rev() {
        term *= f64::from(working) / f64::from(built - working + 1) * ((1.0 - works) / works);
        sum += term;
    }
    sum.min(1.0)
}

#[cfg(test)]
mod tests {
    use super::super::defects::negative_binomial;
    use super::*;

    /// Area in cm², density, share, needed of built; Poisson and clustered at α 3.
    #[test]
    fn harvested_yields_are_the_published_ones() {
        let rows = [
            (8.14, 0.10, 0.6, 144, 144, 0.443082, 0.486656, 6e-7),
            (8.14, 0.10, 0.5, 132, 144, 0.665644, 0.682727, 6e-7),
            (8.14, 0.10, 0.6, 132, 144, 0.722094, 0.734097, 6e-7),
            (8.14, 0.10, 0.7, 132, 144, 0.783331, 0.790753, 6e-7),
            (6.6561, 0.14, 0.6, 25, 25, 0.3938, 0.4442, 6e-5),
            (6.6561, 0.14, 0.6, 24, 25, 0.6165, 0.6359, 6e-5),
            (6.6561, 0.14, 0.6, 22, 25, 0.6874, 0.7010, 6e-5),
            (6.6561, 0.14, 0.6, 20, 25, 0.6888, 0.7037, 6e-5),
            (6.6561, 0.20, 0.6, 25, 25, 0.2642, 0.3323, 6e-5),
            (6.6561, 0.20, 0.6, 24, 25, 0.4786, 0.5189, 6e-5),
            (6.6561, 0.20, 0.6, 22, 25, 0.5829, 0.6061, 6e-5),
            (6.6561, 0.20, 0.6, 20, 25, 0.5871, 0.6122, 6e-5),
            (6.6561, 0.30, 0.6, 25, 25, 0.1358, 0.2164, 6e-5),
            (6.6561, 0.30, 0.6, 24, 25, 0.3024, 0.3751, 6e-5),
            (6.6561, 0.30, 0.6, 22, 25, 0.4375, 0.4791, 6e-5),
            (6.6561, 0.30, 0.6, 20, 25, 0.4495, 0.4915, 6e-5),
        ];
        for (cm2, density, area_share, needed, built, independent, clustered, digits) in rows {
            let (area, defects) = (Area::new(cm2 * 100.0), DefectDensity::new(density));
            let cores = Cores {
                built,
                needed,
                area_share,
            };
            let ours = harvested(area, defects, &cores);
            assert!(
                (ours - independent).abs() < digits,
                "{needed}/{built} at {density}: {ours} against {independent}"
            );
            let ours = harvested_clustered(area, defects, 3.0, &cores);
            assert!(
                (ours - clustered).abs() < digits,
                "{needed}/{built} at {density}: {ours} against {clustered}"
            );
        }
    }

    #[test]
    fn needing_every_core_is_the_plain_model() {
        let (area, defects) = (Area::new(600.0), DefectDensity::new(0.25));
        let all = Cores {
            built: 32,
            needed: 32,
            area_share: 0.6,
        };
        assert!((harvested(area, defects, &all) - poisson(area, defects)).abs() < 1e-12);
        for alpha in [0.7, 1.0, 2.0, 5.0, 10.0] {
            let (ours, plain) = (
                harvested_clustered(area, defects, alpha, &all),
                negative_binomial(area, defects, alpha),
            );
            assert!(
                (ours - plain).abs() < 2e-5,
                "α {alpha}: {ours} against {plain}"
            );
        }
    }
}
