//! What a package costs, part by part, as the parts of a bar; and why one cannot
//! be made, in a few words.

use crate::origin::Of;
use crate::{Cell, cell};
use charts::{Ink, Part};
use sim::silicon::{Foundry, Limit, Package};
use units::Money;
use words::Lang;
use words::explain::Subject;

/// Inks of the parts, in the order of [`Foundry::parts`]: silicon is blue, what
/// is lost is red or orange, memory and design stand apart.
const INKS: [Ink; 7] = [
    Ink::Blue,
    Ink::Sky,
    Ink::Vermilion,
    Ink::Green,
    Ink::Orange,
    Ink::Purple,
    Ink::Grey,
];

/// The name of a part of the cost.
pub(crate) fn name(lang: Lang, part: &str) -> String {
    lang.text(&format!("figure.cost.part.{part}")).to_owned()
}

/// Dollars in words.
pub(crate) fn money(lang: Lang, dollars: f64) -> String {
    lang.money(Money::new(dollars))
}

/// The parts of a bar, without those that none of these packages has.
pub(crate) fn bar_parts(lang: Lang, foundry: &Foundry, all: &[&Foundry]) -> Vec<Part> {
    foundry
        .parts()
        .into_iter()
        .zip(INKS)
        .enumerate()
        .filter(|(i, _)| all.iter().any(|other| other.parts()[*i].1 > 0.0))
        .map(|(_, ((part, dollars), ink))| Part {
            label: name(lang, part),
            value: dollars,
            ink,
            text: money(lang, dollars),
            ..Part::default()
        })
        .collect()
}

/// What a package costs in words, or that it cannot be made.
pub(crate) fn total(lang: Lang, package: &Package, foundry: &Foundry) -> Cell {
    if package.is_manufacturable() {
        cell::money(lang, Money::new(foundry.package_cost_usd))
    } else {
        lang.text("figure.not_made").into()
    }
}

/// Why a package cannot be made, in a few words; nothing for one that can.
pub(crate) fn why_not(lang: Lang, package: &Package) -> Option<String> {
    let limits = package.limits.iter();
    let first = limits.copied().find(|limit| *limit != Limit::Power)?;
    Some(limit_words(lang, first))
}

/// A limit in a few words.
pub(crate) fn limit_words(lang: Lang, limit: Limit) -> String {
    let key = match limit {
        Limit::BeyondReticle => "figure.limit.reticle",
        Limit::BeyondPackage => "figure.limit.package",
        Limit::BeyondEdge => "figure.limit.edge",
        Limit::LinkLacksLayer => "figure.limit.layer",
        Limit::MemoryLacksLayer => "figure.limit.memory_layer",
        Limit::BeyondCooling => "figure.limit.cooling",
        Limit::Power => "figure.limit.power",
    };
    lang.text(key).to_owned()
}

/// Cells of the parts of a cost, in the order of [`Foundry::parts`].
pub(crate) fn cells(lang: Lang, of: Of, package: &Package, foundry: &Foundry) -> Vec<Cell> {
    let made = package.is_manufacturable();
    foundry
        .parts()
        .into_iter()
        .enumerate()
        .map(|(i, (_, dollars))| match made {
            true => cell::money(lang, Money::new(dollars)).by(of.origin(Subject::CostPart(i))),
            false => lang.text("figure.none").into(),
        })
        .collect()
}
