//! Share of dies without a killing defect, by the five models in use.
//!
//! In each, A·D₀ is the mean number of killing defects on a die.

use units::{Area, DefectDensity};

/// How killing defects fall.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum YieldModel {
    /// Clustered, with α: [`negative_binomial`].
    NegativeBinomial(f64),
    /// Independently: [`poisson`].
    Poisson,
    /// At a density spread over a triangle: [`murphy`].
    Murphy,
    /// At a density spread exponentially: [`seeds`].
    Seeds,
    /// On so many critical layers: [`bose_einstein`].
    BoseEinstein(f64),
}

/// How a density varies from die to die, its mean being one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Spread {
    /// It does not.
    None,
    /// As a gamma with this shape.
    Gamma(f64),
    /// As a triangle from 0 to 2.
    Triangle,
}

impl YieldModel {
    /// Share of dies without a killing defect.
    pub fn flawless_share(self, area: Area, defects: DefectDensity) -> f64 {
        match self {
            Self::NegativeBinomial(clustering) => negative_binomial(area, defects, clustering),
            Self::Poisson => poisson(area, defects),
            Self::Murphy => murphy(area, defects),
            Self::Seeds => seeds(area, defects),
            Self::BoseEinstein(layers) => bose_einstein(area, defects, layers),
        }
    }

    /// The spread of densities that the model amounts to. Seeds is a gamma of
    /// shape 1, Bose–Einstein one whose shape is the number of layers.
    pub(super) fn spread(self) -> Spread {
        match self {
            Self::NegativeBinomial(shape) | Self::BoseEinstein(shape) => Spread::Gamma(shape),
            Self::Poisson => Spread::None,
            Self::Murphy => Spread::Triangle,
            Self::Seeds => Spread::Gamma(1.0),
        }
    }
}

/// Defects cluster: Y = (1 + A·D₀/α)^(−α); α → ∞ is Poisson, α = 1 Seeds.
/// Source: [stapper-1983]. Not modelled: edge dies, repair.
pub fn negative_binomial(area: Area, defects: DefectDensity, clustering: f64) -> f64 {
    libm::pow(1.0 + defects.on(area) / clustering, -clustering)
}

/// Defects fall independently: Y = e^(−A·D₀). Source: [stapper-1983].
pub fn poisson(area: Area, defects: DefectDensity) -> f64 {
    libm::exp(-defects.on(area))
}

/// Density is spread over a triangle: Y = ((1 − e^(−A·D₀)) / (A·D₀))².
/// Source: [stapper-1983], quoting Murphy 1964. A·D₀ = 0 gives 1.
pub fn murphy(area: Area, defects: DefectDensity) -> f64 {
    let mean = defects.on(area);
    if mean <= 0.0 {
        return 1.0;
    }
    let share = -libm::expm1(-mean) / mean;
    share * share
}

/// Density is spread exponentially: Y = 1 / (1 + A·D₀). Source: [stapper-1983].
pub fn seeds(area: Area, defects: DefectDensity) -> f64 {
    1.0 / (1.0 + defects.on(area))
}

/// `layers` critical layers share the density: Y = (1 + A·D₀/n)^(−n).
/// Source: [stapper-1983].
pub fn bose_einstein(area: Area, defects: DefectDensity, layers: f64) -> f64 {
    libm::pow(1.0 + defects.on(area) / layers, -layers)
}
