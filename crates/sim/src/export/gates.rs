//! The gates that rules in force add up to.

use super::{Caught, Finding, Gate, Metrics, Posture, RuleKind, RuleRow};
use crate::date::Date;

/// The US gate on one day.
#[derive(Clone, Debug, PartialEq)]
pub struct UsGate {
    /// How a licence would be met; `None` is indeterminate.
    pub posture: Option<Posture>,
    /// The rule that decided, `None` where none catches.
    pub deciding: Option<Finding>,
    /// What each item rule says, in force or not, in the table's order.
    pub findings: Vec<Finding>,
}

/// The rules as they stand on a day, with what a reader switched and moved.
#[derive(Clone, Copy, Debug)]
pub struct Law<'a> {
    /// The rules.
    pub rules: &'static [RuleRow],
    /// Whether each is in force.
    pub in_force: &'a [bool],
    /// Where a reader put each rule's lever.
    pub moved: &'a [Option<f64>],
}

impl<'a> Law<'a> {
    /// The rules of that kind, each with whether it is in force and what it says.
    pub fn read(
        self,
        metrics: &'a Metrics,
        kind: impl Fn(RuleKind) -> bool + 'a,
    ) -> impl Iterator<Item = (&'static RuleRow, bool, Finding)> + 'a {
        self.rules
            .iter()
            .zip(self.in_force)
            .zip(self.moved)
            .filter(move |((rule, _), _)| kind(rule.kind))
            .map(|((rule, in_force), moved)| (rule, *in_force, rule.find(metrics, *moved)))
    }

    /// A rule of that kind is in force.
    pub fn has(self, kind: RuleKind) -> bool {
        self.rules
            .iter()
            .zip(self.in_force)
            .any(|(rule, in_force)| rule.kind == kind && *in_force)
    }

    /// What the rules of that kind that are in force say, margins left out.
    fn catches(
        self,
        metrics: &'a Metrics,
        kind: RuleKind,
    ) -> impl Iterator<Item = (&'static RuleRow, Caught, Posture)> + 'a {
        self.rules
            .iter()
            .zip(self.in_force)
            .zip(self.moved)
            .filter(move |((rule, in_force), _)| rule.kind == kind && **in_force)
            .map(|((rule, _), moved)| {
                let (caught, posture) = rule.catches(metrics, *moved);
                (rule, caught, posture)
            })
    }

    /// A rule of that kind that is in force catches the chip, or may.
    pub fn may_catch(self, metrics: &Metrics, kind: RuleKind) -> bool {
        self.catches(metrics, kind)
            .any(|(_, caught, _)| caught != Caught::No)
    }

    /// A rule of that kind that is in force denies the chip, or may.
    pub fn may_deny(self, metrics: &Metrics, kind: RuleKind) -> bool {
        self.catches(metrics, kind).any(|(_, caught, posture)| {
            caught != Caught::No && posture == Posture::PresumptionOfDenial
        })
    }

    /// Share of the price that is paid as duty.
    pub fn duty_share(self, metrics: &Metrics) -> f64 {
        self.catches(metrics, RuleKind::Tax)
            .filter(|(_, caught, _)| *caught == Caught::Yes)
            .filter_map(|(rule, ..)| rule.duty_share)
            .fold(0.0, |sum, share| sum + share)
    }

    /// What a review in force says of licences under that rule.
    fn review(self, reviewed: &'static str, metrics: &Metrics) -> Option<Finding> {
        self.read(metrics, |kind| kind == RuleKind::Review)
            .find(|(rule, in_force, finding)| {
                *in_force && rule.reviews.contains(&reviewed) && finding.caught == Caught::Yes
            })
            .map(|(_, _, finding)| finding)
    }
}

/// The US gate for sales of the chip to China.
///
/// The strictest rule in force decides, after a review of its licences. A letter
/// adds to the rules for everybody only what they let go or deny: where a review
/// has opened the rule itself, the letter has nothing to say, nor does it to a maker
/// who got none.
pub fn us_gate(metrics: &Metrics, law: Law) -> UsGate {
    let mut gate = UsGate {
        posture: Some(Posture::Free),
        deciding: None,
        findings: Vec::new(),
    };
    let mut opened = false;
    // Rules for everybody first, whatever the table's order: letters look at
    // what became of them.
    let letters = metrics.american.then_some(RuleKind::Letter);
    for kind in std::iter::once(RuleKind::Item).chain(letters) {
        for (rule, in_force, finding) in law.read(metrics, |k| k == kind) {
            gate.findings.push(finding);
            if !in_force || (kind == RuleKind::Letter && opened) {
                continue;
            }
            match finding.caught {
                Caught::No => {}
                Caught::Indeterminate => {
                    // A rule that surely denies outweighs one that nobody can decide.
                    if gate.posture != Some(Posture::PresumptionOfDenial) {
                        gate.posture = None;
                        gate.deciding = Some(finding);
                    }
                }
                Caught::Yes => {
                    // A review opens what was denied; what goes after notice goes on.
                    let reviewed = (finding.posture == Posture::PresumptionOfDenial)
                        .then(|| law.review(rule.id, metrics))
                        .flatten();
                    opened |= kind == RuleKind::Item && reviewed.is_some();
                    let deciding = reviewed.unwrap_or(finding);
                    let stricter = match gate.posture {
                        Some(posture) => deciding.posture > posture,
                        None => deciding.posture == Posture::PresumptionOfDenial,
                    };
                    if stricter {
                        gate.posture = Some(deciding.posture);
                        gate.deciding = Some(deciding);
                    }
                }
            }
        }
    }
    gate
}

/// China's gate: the strictest measure in force that names the chip.
pub fn china_gate(measures: impl IntoIterator<Item = Gate>) -> Gate {
    measures.into_iter().max().unwrap_or(Gate::Open)
}

/// Whether a Chinese design may be made on a node, on one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// Nothing in the way.
    Open,
    /// Its designer is on the Entity List and the fab is abroad.
    EntityListed,
    /// A fab abroad may not make a chip that the item rules catch.
    Controlled,
    /// A fab abroad must presume it controlled: too many transistors.
    PresumedControlled,
}

/// Facts that decide the route of a Chinese design to a fab.
#[derive(Clone, Copy, Debug)]
pub struct RouteFacts {
    /// The day.
    pub date: Date,
    /// The fab stands outside China.
    pub abroad: bool,
    /// Day its designer was listed, if it was.
    pub entity_listed: Option<Date>,
    /// An item rule in force catches the chip (or may).
    pub controlled: bool,
    /// The foundry rule in force catches it (or may).
    pub presumed: bool,
}

/// The route of a Chinese design to a fab.
///
/// Fabs abroad obey the foreign-direct-product rules: none for a listed
/// designer, none for what the item rules catch, and none for what the
/// due-diligence rule presumes. Source: [bis-3a090], [bis-2025-fdd].
pub fn route(facts: &RouteFacts) -> Route {
    if !facts.abroad {
        Route::Open
    } else if facts
        .entity_listed
        .is_some_and(|listed| listed <= facts.date)
    {
        Route::EntityListed
    } else if facts.controlled {
        Route::Controlled
    } else if facts.presumed {
        Route::PresumedControlled
    } else {
        Route::Open
    }
}
