//! The law: every chip under every rule as published, and every slip of the pen
//! noticed.

#[path = "rules/edges.rs"]
mod edges;
#[path = "rules/slips.rs"]
mod slips;

use edges::{NOTHING, chip, edges};
use sim::catalogue::{RULES, rule};
use sim::export::*;
use sim::outcome::simulate;

/// What the table says of a chip under one rule.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Says {
    /// Outside.
    Free,
    /// Caught, and denied.
    Denied,
    /// Caught, under a licence exception.
    Exception,
    /// Nobody can tell.
    Unknown,
}

use Says::{Denied, Exception, Free, Unknown};

/// Query; October 2022; October 2023; letters of 2025; case by case in 2026 (where
/// October 2023 denies what an American seller ships); band of the duty.
type Line = (&'static str, Says, Says, bool, Option<bool>, Option<u8>);

#[rustfmt::skip]
const TABLE: &[Line] = &[
    ("chip=a100-80", Denied, Denied, true, Some(true), None),
    ("chip=a800", Free, Denied, true, Some(true), None),
    ("chip=h100-sxm", Denied, Denied, true, Some(true), None),
    ("chip=h800", Free, Denied, true, Some(true), None),
    ("chip=h20", Free, Free, true, None, None),
    ("chip=h20-141", Free, Free, true, None, None),
    ("chip=h200", Denied, Denied, true, Some(true), Some(1)),
    ("chip=b200", Denied, Denied, true, Some(false), None),
    ("chip=b300", Denied, Denied, true, Some(false), None),
    ("chip=b30a", Denied, Denied, true, Some(false), None),
    ("chip=rtx-4090", Free, Exception, false, None, None),
    ("chip=rtx-4090d", Free, Free, false, None, None),
    ("chip=l40s", Free, Denied, false, Some(true), None),
    ("chip=l20", Free, Free, false, None, None),
    ("chip=l2", Free, Free, false, None, None),
    ("chip=rtx-5090d", Free, Free, true, None, None),
    // Its second version: the same with slower memory.
    ("chip=rtx-5090d&bw=1344", Free, Free, false, None, None),
    ("chip=rtx-pro-6000d", Free, Unknown, false, None, None),
    ("chip=mi300x", Denied, Denied, true, Some(true), None),
    ("chip=mi325x", Denied, Denied, true, Some(true), Some(2)),
    ("chip=mi308x", Free, Free, true, None, None),
    // Its own links: 392 of fabric and 64 of PCIe, half of the 910C's.
    ("chip=ascend-910b", Free, Denied, true, None, None),
    ("chip=ascend-910c", Denied, Denied, true, None, None),
];

fn metrics(query: &str) -> Metrics {
    simulate(&sim::link::read(query).state.scenario()).metrics
}

fn find(id: &str, metrics: &Metrics) -> Finding {
    rule(id).expect("in data/rules.toml").find(metrics, None)
}

fn says(finding: &Finding) -> Says {
    match (finding.caught, finding.posture) {
        (Caught::No, _) => Free,
        (Caught::Indeterminate, _) => Unknown,
        (Caught::Yes, Posture::LicenceException) => Exception,
        (Caught::Yes, _) => Denied,
    }
}

#[test]
fn every_chip_is_judged_as_published() {
    for (query, oct_2022, oct_2023, letters, case_by_case, band) in TABLE {
        let metrics = metrics(query);
        let r23 = find("r23", &metrics);
        assert_eq!(says(&find("r22", &metrics)), *oct_2022, "{query} in 2022");
        assert_eq!(says(&r23), *oct_2023, "{query} in 2023");
        assert_eq!(
            find("inf25", &metrics).caught == Caught::Yes,
            *letters,
            "{query} under the letters"
        );
        let reviewed = find("r26", &metrics).caught == Caught::Yes;
        if let Some(case_by_case) = case_by_case {
            assert_eq!(reviewed, *case_by_case, "{query} in 2026");
            assert_eq!(says(&r23), Denied, "{query}");
        }
        let duty = find("tar26", &metrics);
        let paid = (duty.caught == Caught::Yes).then_some(match duty.paragraph {
            Some("Section 232, first band") => 1,
            _ => 2,
        });
        assert_eq!(paid, *band, "{query}'s duty");
    }
}

/// A review opens what was denied, and tightens nothing.
#[test]
fn what_goes_after_notice_goes_on_under_the_review() {
    for day in ["2025-03-01", "2026-03-01"] {
        let query = format!("chip=rtx-4090&date={day}");
        let outcome = simulate(&sim::link::read(&query).state.scenario());
        assert_eq!(outcome.us.posture, Some(Posture::LicenceException), "{day}");
    }
}

/// A MetaX C500 has more memory bandwidth than the letters let go, but no letter; its
/// area is what nobody published.
#[test]
fn letters_bind_none_but_american_makers() {
    let posture = |chip: &str| {
        let query = format!("chip={chip}&date=2025-05-01");
        simulate(&sim::link::read(&query).state.scenario())
            .us
            .posture
    };
    assert_eq!(posture("metax-c500"), None);
    assert_eq!(posture("rtx-5090d"), Some(Posture::PresumptionOfDenial));
}

/// The misses that the trade speaks of.
#[test]
fn near_misses_miss_by_what_was_published() {
    let nearest = |query: &str| find("r23", &metrics(query)).nearest.expect("measured");
    let near = nearest("chip=h20");
    assert_eq!((near.value, near.threshold), (2368.0, 2400.0));
    let near = nearest("chip=l20");
    assert_eq!(
        (format!("{:.3}", near.value), near.threshold),
        ("3.142".into(), 3.2)
    );
    let near = nearest("chip=l2");
    assert_eq!((near.value, near.threshold), (1544.0, 1600.0));
    let note = find("r23", &metrics("chip=rtx-4090d"));
    assert_eq!(note.paragraph, Some("3A090 Note 2"));
    // The B30A would be reviewed case by case, were it not for four-bit numbers.
    assert_eq!(find("r26", &metrics("chip=b30a")).caught, Caught::No);
    let eight_bit = Metrics {
        tpp: 18_000.0,
        ..metrics("chip=b30a")
    };
    assert_eq!(find("r26", &eight_bit).caught, Caught::Yes);
    // The SAFE bill catches the H20 by the sum of its bandwidths alone.
    let near = find("safe", &metrics("chip=h20"))
        .nearest
        .expect("measured");
    assert_eq!(
        (near.metric, near.value),
        (Metric::MemoryAndLinkBandwidth, 5028.0)
    );
}

/// Stacks: bandwidth over area, caught, and whether the exception still holds.
#[test]
fn memory_stacks_are_judged_as_published() {
    let rows = [
        (128.0, 39.95, "3.20", Exception),
        (256.0, 91.99, "2.78", Exception),
        (307.0, 91.99, "3.34", Denied),
        (460.8, 110.0, "4.19", Denied),
        (819.2, 110.0, "7.45", Denied),
        (1228.8, 110.0, "11.17", Denied),
    ];
    for (rate, area, density, verdict) in rows {
        let value: f64 = rate / area;
        assert_eq!(format!("{value:.2}"), density);
        let metrics = Metrics {
            stack_density: Some(value),
            ..NOTHING
        };
        assert_eq!(
            says(&find("r24d", &metrics)),
            verdict,
            "{rate} GB/s on {area} mm²"
        );
    }
}

/// Area at which a node's quoted density reaches 30 billion transistors.
#[test]
fn thirty_billion_transistors_are_reached_where_published() {
    for (id, area) in [("tsmc-n16", 1038.0), ("tsmc-n7", 329.0), ("tsmc-n5", 217.0)] {
        let density = sim::catalogue::node(id).expect("a node").density;
        let quoted = if id == "tsmc-n16" {
            density.low
        } else {
            density.central
        };
        let reached: units::Transistors = quoted * units::Area::new(area);
        assert!(
            (reached.get() / 30e9 - 1.0).abs() < 0.003,
            "{id}: {reached:?}"
        );
    }
}

fn paragraph(id: &str, place: usize) -> &'static ParagraphRow {
    &rule(id).expect("in data/rules.toml").paragraphs[place]
}

#[test]
fn every_paragraph_holds_up_to_its_edges() {
    for (id, place, metrics, holds) in edges() {
        let ours = paragraph(id, place).holds(&metrics);
        assert_eq!(ours, Some(holds), "{id}, paragraph {place}: {metrics:?}");
    }
}

/// A figure that nobody published never frees.
#[test]
fn what_is_unpublished_never_counts_as_free() {
    for (query, ..) in TABLE {
        let known = metrics(query);
        let unknown = Metrics {
            performance_density: None,
            links: None,
            ..known
        };
        for rule in RULES.iter().filter(|rule| {
            matches!(
                rule.kind,
                RuleKind::Item | RuleKind::Letter | RuleKind::Foundry | RuleKind::Memory
            )
        }) {
            let (before, after) = (rule.find(&known, None), rule.find(&unknown, None));
            assert!(
                !(before.caught == Caught::Yes && after.caught == Caught::No),
                "{query} under {}",
                rule.id
            );
        }
    }
}

/// The largest design that is let go. On NVIDIA's node of the H20: many dies of so
/// much silicon that their density stays below 1.6, up to a TPP of 4,800.
#[test]
fn the_largest_legal_design_sits_just_under_the_thresholds() {
    let best = |query: &str| {
        let scenario = sim::link::read(query).state.scenario();
        sim::outcome::largest_legal_design(&scenario).expect("something is let go")
    };
    let now = best("chip=h100-sxm&date=2025-09-17");
    assert!(now.tpp < 4800.0 && now.tpp > 4799.0, "{now:?}");
    assert!(now.performance_density < 1.6, "{now:?}");
    assert!(now.dies >= 4, "{now:?}");
    // A lower threshold gives a smaller answer.
    let held = best("chip=h100-sxm&date=2025-09-17&rule.r23=2400");
    assert!(held.tpp < 2400.0 && held.tpp > 2399.0, "{held:?}");
    // Before any rule there is no bound but silicon: several times an H100.
    let before = best("chip=h100-sxm&date=2022-01-01");
    assert!(before.tpp > 2.5 * 15_831.0, "{before:?}");
    // No design that is let go beats it: a sweep of clocks finds nothing larger.
    let scenario = sim::link::read("chip=h100-sxm&date=2025-09-17")
        .state
        .scenario();
    for dies in 1..=8u32 {
        for step in 1..=24 {
            for clock in 1..=200 {
                let area = f64::from(dies) * 858.0 * f64::from(step) / 24.0;
                let full = 15_831.2 / 814.0 * area;
                let metrics = chip(
                    full * f64::from(clock) / 200.0,
                    full * f64::from(clock) / 200.0 / area,
                );
                let free = find("r23", &metrics).caught == Caught::No;
                assert!(
                    !free || metrics.tpp <= now.tpp,
                    "{dies} × {step}: {metrics:?}"
                );
            }
        }
    }
    assert_eq!(scenario.node_id, "tsmc-n4");
}
