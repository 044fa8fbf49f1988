//! Dies that are sold although some of their cores are dead.

use super::defects::{Spread, YieldModel, poisson};
use super::memo::{Memo, remembered};
use std::sync::LazyLock;
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

/// Share of dies that can be sold, under a model of how defects fall.
///
/// The average of [`harvested`] over the densities that the model spreads from
/// die to die; with k = n it is the model's own yield. Source: [stapper-1983].
pub fn sellable_share(area: Area, defects: DefectDensity, model: YieldModel, cores: &Cores) -> f64 {
    if cores.needed >= cores.built {
        return model.flawless_share(area, defects);
    }
    let (kind, shape) = match model.spread() {
        Spread::None => return harvested(area, defects, cores),
        Spread::Triangle => (0.0, 0.0),
        Spread::Gamma(shape) => (1.0, shape.max(0.5)),
    };
    let arguments = [
        area.get(),
        defects.get(),
        kind,
        shape,
        f64::from(cores.built),
        f64::from(cores.needed),
        cores.area_share,
    ];
    remembered(&SOLD, arguments, || {
        let mean = match model.spread() {
            Spread::Triangle => triangle_mean(|d| harvested(area, defects * d, cores)),
            _ => gamma_harvested(area, defects, shape, cores),
        };
        mean.clamp(0.0, 1.0)
    })
}

thread_local! {
    static SOLD: Memo<7> = const { Memo::new() };
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

/// A node of the double-exponential rule on (0, ∞): the density d = e^(x − e^(−x)),
/// its logarithm, and that logarithm's slope. Source: [takahasi-mori-1974].
#[derive(Clone, Copy)]
struct DensityNode {
    density: f64,
    log: f64,
    slope: f64,
}

/// Steps of the rule, each half of the one before, with the largest shape for
/// which its error is below 1e-12.
const STEPS: [(f64, f64); 3] = [(0.2, 5.0), (0.1, 20.0), (0.05, f64::INFINITY)];
/// Where the nodes begin and end: beyond, no weight is left.
const NODES_SPAN: (f64, f64) = (-4.4, 3.6);
/// Weights below e to this are left out.
const NO_WEIGHT: f64 = -37.0;
/// Mean defects beyond which the sum over dead cores leaves the range of numbers.
const MOST_DEFECTS: f64 = 300.0;

static NODES: LazyLock<[Vec<DensityNode>; STEPS.len()]> = LazyLock::new(|| {
    STEPS.map(|(step, _)| {
        let (from, to) = NODES_SPAN;
        let nodes = (0..=libm::round((to - from) / step) as u32).map(|i| {
            let x = from + step * f64::from(i);
            let tail = libm::exp(-x);
            DensityNode {
                density: libm::exp(x - tail),
                log: x - tail,
                slope: 1.0 + tail,
            }
        });
        nodes.collect()
    })
});

/// Mean of [`harvested`] over a gamma-distributed density of mean 1.
///
/// With r = (1 − y)/y = e^(λf/n) − 1 the sum over dead cores is a polynomial in
/// r: Y(d) = e^(−λd) Σⱼ C(n,j) rʲ, λ = A·D₀.
fn gamma_harvested(area: Area, defects: DefectDensity, shape: f64, cores: &Cores) -> f64 {
    let mean = defects.on(area);
    let built = cores.built.max(1);
    let needed = cores.needed.min(built);
    let share = cores.area_share.clamp(0.0, 1.0);
    let per_core = mean * share / f64::from(built);
    let normal = shape * libm::log(shape) - libm::lgamma(shape);
    let rule = STEPS.iter().position(|(_, most)| shape <= *most);
    let rule = rule.unwrap_or(STEPS.len() - 1);
    let sum: f64 = NODES[rule]
        .iter()
        .map(|node| {
            let weight = normal + shape * (node.log - node.density);
            if weight < NO_WEIGHT {
                0.0
            } else if mean * node.density > MOST_DEFECTS {
                libm::exp(weight) * node.slope * harvested(area, defects * node.density, cores)
            } else {
                let ratio = libm::expm1(per_core * node.density);
                libm::exp(weight - mean * node.density)
                    * node.slope
                    * ways(built, built - needed, ratio)
            }
        })
        .sum();
    sum * STEPS[rule].0
}

/// Σⱼ C(n,j) rʲ for j up to `most`.
fn ways(n: u32, most: u32, r: f64) -> f64 {
    let (mut term, mut sum) = (1.0, 1.0);
    for j in 1..=most {
        term *= f64::from(n - j + 1) / f64::from(j) * r;
        sum += term;
        // Past the largest the terms only shrink.
        if term < sum * 1e-17 {
            break;
        }
    }
    sum
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
    if works <= 0.0 {
        return if needed == 0 { 1.0 } else { 0.0 };
    }
    let mut term = libm::pow(works, f64::from(built));
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
    use super::super::defects::{murphy, negative_binomial};
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
        for alpha in [
            0.5, 0.7, 1.0, 1.5, 2.0, 3.0, 5.0, 5.1, 10.0, 20.0, 21.0, 50.0,
        ] {
            let closed = negative_binomial(area, defects, alpha);
            let ours = gamma_harvested(area, defects, alpha, &all);
            assert!(
                (ours - closed).abs() < 1e-11,
                "α {alpha}: {ours} against {closed}"
            );
        }
        let closed = murphy(area, defects);
        let ours = triangle_mean(at);
        assert!(
            (ours - closed).abs() < 1e-6,
            "Murphy: {ours} against {closed}"
        );
    }
}
