//! Where a quarter's output may lie.

use super::{Input, Level, QUARTERS, Recipe, Resources, series};

/// Low, central and high packages of each quarter.
pub type Band = [(f64, f64, f64); QUARTERS];

/// The series with a band around it.
///
/// Each input goes to either end of its range, the others staying; the changes
/// of the output are added in quadrature, up and down apart, as the inputs'
/// doubts are taken as independent. Source: [gum-2008], 5.1.
pub fn band(resources: &Resources, recipe: &Recipe) -> Band {
    let with = |input: Option<Input>, level: Level| {
        series(resources, recipe, |asked| {
            if Some(asked) == input {
                level
            } else {
                Level::Central
            }
        })
    };
    let central = with(None, Level::Central);
    // Sums of squares of the changes, down and up.
    let mut changes = [(0.0, 0.0); QUARTERS];
    for input in Input::ALL {
        for level in [Level::Low, Level::High] {
            let moved = with(Some(input), level);
            for ((change, there), here) in changes.iter_mut().zip(moved).zip(central) {
                let step = there.packages - here.packages;
                let side = if step < 0.0 {
                    &mut change.0
                } else {
                    &mut change.1
                };
                *side += step * step;
            }
        }
    }
    std::array::from_fn(|i| {
        let packages = central[i].packages;
        let (down, up) = changes[i];
        (
            (packages - f64::sqrt(down)).max(0.0),
            packages,
            packages + f64::sqrt(up),
        )
    })
}
