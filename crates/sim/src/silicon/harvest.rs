//! Dies that are sold although some of their cores are dead.

use super::defects::{Spread, YieldModel, negative_binomial, poisson};
use super::memo::{Memo, remembered};
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

impl Cores {
    /// Cores that must work over those built.
    pub fn needed_share(&self) -> f64 {
        f64::from(self.needed) / f64::from(self.built.max(1))
    }

    /// The same die with that share of its cores allowed to be dead.
    pub fn sparing(self, share: f64) -> Self {
        let dead = (f64::from(self.built) * share.clamp(0.0, 1.0)).round() as u32;
        Self {
            needed: self.built.saturating_sub(dead).max(1),
            ..self
        }
    }
}

/// Numbers of dead cores that are counted without asking for memory.
const FEW: usize = 8;

/// Share of dies that can be sold, under a model of how defects fall.
///
/// The average of [`harvested`] over the densities that the model spreads from
/// die to die; with k = n it is the model's own yield. Source: [stapper-1983].
pub fn sellable_share(area: Area, defects: DefectDensity, model: YieldModel, cores: &Cores) -> f64 {
    if cores.needed >= cores.built {
        return model.flawless_share(area, defects);
    }
    match model.spread() {
        Spread::None => harvested(area, defects, cores),
        Spread::Gamma(shape) => gamma_harvested(area, defects, shape.max(0.5), cores),
        Spread::Triangle => triangle_harvested(area, defects, cores),
    }
    .clamp(0.0, 1.0)
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

/// Mean of [`harvested`] over a gamma-distributed density of mean 1 and shape α.
///
/// Then the killing defects of a die are m with the chance
/// (1 + λ/α)^(−α) · α(α+1)‥(α+m−1)/m! · (λ/(α+λ))ᵐ, λ = A·D₀: the negative
/// binomial law, of which [`negative_binomial`] is m = 0. Each falls on any core
/// with the chance f/n, so j dead cores stay j with j of n, and come of j − 1 with
/// n − j + 1 of n. All terms are positive: nothing cancels. Source: [stapper-1983].
fn gamma_harvested(area: Area, defects: DefectDensity, shape: f64, cores: &Cores) -> f64 {
    let mean = defects.on(area);
    let built = cores.built.max(1);
    let spare = built - cores.needed.min(built);
    let share = cores.area_share.clamp(0.0, 1.0);
    let on_a_core = mean / (shape + mean) * (share / f64::from(built));
    // Chances that all m defects fall on cores, by the cores that they kill.
    let (mut few, mut many) = ([0.0; FEW], Vec::new());
    let dead = match few.get_mut(..=spare as usize) {
        Some(dead) => dead,
        None => {
            many.resize(spare as usize + 1, 0.0);
            &mut many
        }
    };
    dead[0] = negative_binomial(area, defects, shape);
    let (mut sum, mut now) = (dead[0], dead[0]);
    let mut found = 0;
    // While the chances rise, none is this small beside the sum of those before it.
    while now > sum * 1e-17 {
        let one_more = (shape + f64::from(found)) / f64::from(found + 1) * on_a_core;
        found += 1;
        let mut one_less = 0.0;
        now = 0.0;
        for (j, chance) in (0..=found).zip(dead.iter_mut()) {
            let killed = one_less * f64::from(built + 1 - j);
            one_less = *chance;
            *chance = (*chance * f64::from(j) + killed) * one_more;
            now += *chance;
        }
        sum += now;
    }
    sum
}

thread_local! {
    static AVERAGED: Memo<5> = const { Memo::new() };
}

/// Mean of [`harvested`] over a density that is a triangle from 0 to 2.
fn triangle_harvested(area: Area, defects: DefectDensity, cores: &Cores) -> f64 {
    let arguments = [
        area.get(),
        defects.get(),
        f64::from(cores.built),
        f64::from(cores.needed),
        cores.area_share,
    ];
    remembered(&AVERAGED, arguments, || {
        triangle_mean(|density| harvested(area, defects * density, cores))
    })
}

/// Mean of a function of a density that is a triangle from 0 to 2: Simpson's
/// rule on either side of the top.
fn triangle_mean(of: impl Fn(f64) -> f64) -> f64 {
    const STEPS: u32 = 32;
    let step = 1.0 / f64::from(STEPS);
    (0..=STEPS)
        .map(|i| {
            let weight = match i {
                0 | STEPS => 1.0,
                i if i % 2 == 1 => 4.0,
                _ => 2.0,
            };
            let density = step * f64::from(i);
            weight * density * (of(density) + of(2.0 - density))
        })
        .sum::<f64>()
        * (step / 3.0)
}

/// Chance that at least `needed` of `built` work, each with chance `works`.
fn at_least(needed: u32, built: u32, works: f64) -> f64 {
    let mut term = libm::pow(works, f64::from(built));
    if term <= 0.0 {
        return if needed == 0 { 1.0 } else { 0.0 };
    }
    let mut sum = term;
    for working in (needed + 1..=built).rev() {
        term *= f64::from(working) / f64::from(built - working + 1) * ((1.0 - works) / works);
        sum += term;
        // Past the likeliest number of dead cores the terms only shrink.
        let dead = built - working + 1;
        if term < sum * 1e-17 && f64::from(dead) > f64::from(built) * (1.0 - works) {
            break;
        }
    }
    sum.min(1.0)
}

#[cfg(test)]
mod tests {
    use super::super::defects::murphy;
    use super::*;

    #[test]
    fn needing_every_core_is_the_plain_model() {
        let (area, defects) = (Area::new(600.0), DefectDensity::new(0.25));
        let all = Cores {
            built: 32,
            needed: 32,
            area_share: 0.6,
        };
        assert!((harvested(area, defects, &all) - poisson(area, defects)).abs() < 1e-12);
    }

    /// The mean of [`harvested`] over a gamma's densities d = e^x, step by step.
    fn gamma_mean(shape: f64, of: impl Fn(f64) -> f64) -> f64 {
        const STEP: f64 = 1.0 / 128.0;
        let normal = shape * libm::log(shape) - libm::lgamma(shape);
        (-12_800..1_280)
            .map(|i| {
                let x = f64::from(i) * STEP;
                let density = libm::exp(x);
                STEP * libm::exp(normal + shape * (x - density)) * of(density)
            })
            .sum()
    }

    #[test]
    fn defects_counted_give_the_mean_over_densities() {
        for (area, defects, share) in [
            (600.0, 0.25, 0.6),
            (800.0, 0.07, 0.5),
            (2_000.0, 5.0, 0.7),
            (2_000.0, 20.0, 1.0),
        ] {
            let (area, defects) = (Area::new(area), DefectDensity::new(defects));
            for (built, needed) in [(25, 24), (144, 66), (32, 8), (2, 1)] {
                let cores = Cores {
                    built,
                    needed,
                    area_share: share,
                };
                for alpha in [0.5, 0.7, 1.0, 3.0, 5.1, 20.0, 100.0] {
                    let slow = gamma_mean(alpha, |d| harvested(area, defects * d, &cores));
                    let ours = gamma_harvested(area, defects, alpha, &cores);
                    assert!(
                        (ours - slow).abs() < 1e-12 + 1e-10 * slow,
                        "α {alpha}, {cores:?}: {ours} against {slow}"
                    );
                }
            }
        }
    }

    /// With no core to spare the averages must be the models' closed forms.
    #[test]
    fn averages_over_the_spread_are_the_closed_forms() {
        let (area, defects) = (Area::new(600.0), DefectDensity::new(0.25));
        let all = Cores {
            built: 32,
            needed: 32,
            area_share: 0.6,
        };
        let at = |density: f64| harvested(area, defects * density, &all);
        let same = |what: &str, ours: f64, closed: f64, within: f64| {
            let off = (ours - closed).abs();
            assert!(off < within, "{what}: {ours} against {closed}");
        };
        for alpha in [0.5, 0.7, 1.0, 3.0, 5.1, 20.0, 50.0] {
            let closed = negative_binomial(area, defects, alpha);
            let ours = gamma_harvested(area, defects, alpha, &all);
            same("none spare", ours, closed, 1e-15);
            same("mean", gamma_mean(alpha, at), closed, 1e-12);
        }
        same("Murphy", triangle_mean(at), murphy(area, defects), 1e-6);
    }
}
