//! Rules with one slip, each of which a published verdict notices.

use super::edges::{chip, edges};
use super::{Says, TABLE, metrics, says};
use Says::{Denied, Exception, Free};
use sim::catalogue::{RULES, rule};
use sim::export::*;

/// Every variant of a paragraph with one slip: a clause dropped, a comparison
/// that lets its own threshold in or out, a threshold one per cent off.
fn slips(original: &ParagraphRow) -> Vec<Vec<Vec<ClauseRow>>> {
    let groups: Vec<Vec<ClauseRow>> = original.any.iter().map(|group| group.to_vec()).collect();
    let mut mutants = Vec::new();
    for (g, group) in groups.iter().enumerate() {
        for (c, clause) in group.iter().enumerate() {
            let mut dropped = groups.clone();
            dropped[g].remove(c);
            mutants.push(dropped);
            let mut put = |compare: Compare, threshold: f64| {
                let mut changed = groups.clone();
                changed[g][c] = ClauseRow {
                    compare,
                    threshold,
                    ..*clause
                };
                mutants.push(changed);
            };
            let threshold = clause.threshold;
            match clause.compare {
                Compare::AtLeast => put(Compare::Above, threshold),
                Compare::Above => put(Compare::AtLeast, threshold),
                // At or below: the next number up, strictly below it.
                Compare::Below => put(Compare::Below, threshold * (1.0 + 1e-12)),
            }
            put(clause.compare, threshold * 1.01);
            // A yes or no is as well asked at 0.99 as at 1.
            if clause.metric.is_measured() {
                put(clause.compare, threshold * 0.99);
            }
        }
    }
    mutants
}

fn leaked(groups: Vec<Vec<ClauseRow>>) -> &'static [&'static [ClauseRow]] {
    let groups: Vec<&'static [ClauseRow]> = groups
        .into_iter()
        .map(|group| &*Box::leak(group.into_boxed_slice()))
        .collect();
    Box::leak(groups.into_boxed_slice())
}

/// Chips around every threshold of a paragraph, in computing power and density:
/// a slip that changes none of their verdicts is none. (The second group of
/// 3A090.b covers what the upper bound of the first leaves out.)
fn around(original: &ParagraphRow) -> Vec<Metrics> {
    let near = |metric: Metric| -> Vec<f64> {
        let clauses = original.any.iter().copied().flatten();
        clauses
            .filter(|clause| clause.metric == metric)
            .flat_map(|clause| {
                [
                    0.5, 0.985, 0.995, 0.999_999, 1.0, 1.000_001, 1.005, 1.015, 2.0,
                ]
                .map(|ratio| clause.threshold * ratio)
            })
            .chain([0.0, 1e5])
            .collect()
    };
    let densities = near(Metric::PerformanceDensity);
    near(Metric::Tpp)
        .into_iter()
        .flat_map(|tpp| densities.iter().map(move |density| chip(tpp, *density)))
        .collect()
}

#[test]
fn every_slip_is_noticed() {
    let edges = edges();
    let (mut mutants, mut the_same, mut survivors) = (0, 0, Vec::new());
    for rule in RULES {
        for (place, original) in rule.paragraphs.iter().enumerate() {
            for groups in slips(original) {
                mutants += 1;
                let words = format!("{groups:?}");
                let mutant = ParagraphRow {
                    any: leaked(groups),
                    ..*original
                };
                let noticed = edges.iter().any(|(id, at, metrics, holds)| {
                    *id == rule.id && *at == place && mutant.holds(metrics) != Some(*holds)
                });
                let differs = || {
                    around(original)
                        .iter()
                        .any(|m| mutant.holds(m) != original.holds(m))
                };
                if noticed {
                    continue;
                }
                if rule.id == "r23" && !differs() {
                    the_same += 1;
                } else {
                    survivors.push(format!("{}, paragraph {place}: {words}", rule.id));
                }
            }
        }
    }
    println!(
        "{mutants} mutants, of which {the_same} change no verdict; {} survivors",
        survivors.len()
    );
    assert!(survivors.is_empty(), "{}", survivors.join("\n"));
    assert!(mutants > 150 && the_same <= 1, "{mutants}, {the_same}");
}

/// A rule whose paragraphs are dropped, swapped or met otherwise.
fn turned(rule: &RuleRow) -> Vec<RuleRow> {
    let with = |paragraphs: Vec<ParagraphRow>| RuleRow {
        paragraphs: Box::leak(paragraphs.into_boxed_slice()),
        ..*rule
    };
    let own = || rule.paragraphs.to_vec();
    let mut mutants = Vec::new();
    for i in 0..rule.paragraphs.len() {
        let mut dropped = own();
        dropped.remove(i);
        mutants.push(with(dropped));
        for posture in [
            Posture::Free,
            Posture::LicenceException,
            Posture::PresumptionOfDenial,
        ] {
            if posture != rule.paragraphs[i].posture {
                let mut otherwise = own();
                otherwise[i].posture = posture;
                mutants.push(with(otherwise));
            }
        }
        if i > 0 {
            let mut swapped = own();
            swapped.swap(i - 1, i);
            mutants.push(with(swapped));
        }
    }
    mutants
}

/// What October 2023 says of made-up cards and chips in each of its paragraphs;
/// the catalogue holds none for the second group of 3A090.b.
const OTHERS_IN_2023: [(f64, f64, bool, Says); 6] = [
    // A player's card below 4,800 is outside, however dense.
    (4799.0, 9.0, false, Free),
    // One above goes after notice, as 3A090.a has it for cards.
    (4800.0, 9.0, false, Exception),
    (1600.0, 5.92, true, Denied),
    (2400.0, 1.6, true, Exception),
    (1600.0, 3.2, true, Exception),
    (1599.0, 9.0, true, Free),
];

/// The rules of 2022 and 2023 with their paragraphs in another order, one short,
/// or met otherwise, each say something else of a chip than was published.
#[test]
fn every_turned_paragraph_is_noticed() {
    let table: Vec<_> = TABLE
        .iter()
        .map(|(query, oct_2022, oct_2023, ..)| (metrics(query), *oct_2022, *oct_2023))
        .collect();
    let (mut mutants, mut the_same) = (0, 0);
    for id in ["r22", "r23"] {
        let original = rule(id).expect("in data/rules.toml");
        for mutant in turned(original) {
            mutants += 1;
            // Paragraphs of which no chip meets two may stand in either order.
            let differs = original.paragraphs.iter().flat_map(around).any(|metrics| {
                [false, true].into_iter().any(|data_centre| {
                    let metrics = Metrics {
                        data_centre,
                        ..metrics
                    };
                    says(&mutant.find(&metrics, None)) != says(&original.find(&metrics, None))
                })
            });
            if id == "r23" && !differs {
                the_same += 1;
                continue;
            }
            let noticed = table.iter().any(|(metrics, oct_2022, oct_2023)| {
                let published = if id == "r22" { oct_2022 } else { oct_2023 };
                says(&mutant.find(metrics, None)) != *published
            });
            let others = || {
                id == "r23"
                    && OTHERS_IN_2023
                        .iter()
                        .any(|(tpp, density, data_centre, published)| {
                            let metrics = Metrics {
                                data_centre: *data_centre,
                                ..chip(*tpp, *density)
                            };
                            says(&mutant.find(&metrics, None)) != *published
                        })
            };
            let words: Vec<_> = mutant
                .paragraphs
                .iter()
                .map(|p| (p.name, p.posture))
                .collect();
            assert!(noticed || others(), "{id}: {words:?}");
        }
    }
    println!("{mutants} turned rules, of which {the_same} change no verdict; all others noticed");
    assert!(mutants > 15 && the_same <= 2, "{mutants}, {the_same}");
}
