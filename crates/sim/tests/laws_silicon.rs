//! Laws of chip making over the whole control box.

use proptest::prelude::*;
use sim::catalogue::{CHIPS, MEMORIES, NODES, node};
use sim::outcome::simulate;
use sim::scenario::Scenario;
use sim::silicon::*;
use sim::state::{State, Value};
use units::*;

fn state(pairs: &[(&str, Value)]) -> State {
    let mut state = State::default();
    for (key, value) in pairs {
        state.set(key, Some(*value));
    }
    state
}

fn any_chip() -> impl Strategy<Value = &'static str> {
    prop::sample::select(CHIPS).prop_map(|row| row.id)
}

/// Any silicon: chip, node, dies, area, spare cores, link, memory, packaging.
fn any_silicon() -> impl Strategy<Value = State> {
    let ids = |ids: &[&'static str]| prop::option::of(prop::sample::select(ids.to_vec()));
    let numbers = (
        prop::option::of(1.0f64..16.0),
        prop::option::of(10.0f64..2000.0),
        prop::option::of(0.0f64..0.9),
        prop::option::of(0.0f64..5.0),
        prop::option::of(1.0f64..64.0),
        prop::option::of(1.0f64..100_000.0),
    );
    let nodes: Vec<_> = NODES.iter().map(|row| row.id).collect();
    let memories: Vec<_> = MEMORIES.iter().map(|row| row.id).collect();
    let names = (
        any_chip(),
        ids(&nodes),
        ids(&memories),
        ids(&["own", "organic", "interposer", "hybrid"]),
        ids(&["organic", "fan-out", "interposer"]),
        ids(&["chip-first", "chip-last"]),
        ids(&[
            "poisson",
            "murphy",
            "seeds",
            "bose-einstein",
            "negative-binomial",
        ]),
    );
    (numbers, names).prop_map(|((dies, area, spare, d0, stacks, d2d), names)| {
        let (chip, node, hbm, link, pack, order, model) = names;
        let mut state = State::default().with("chip", Value::Id(chip));
        let numbers = [
            ("dies", dies),
            ("area", area),
            ("spare", spare),
            ("d0", d0),
            ("stacks", stacks),
            ("d2d", d2d),
        ];
        let ids = [
            ("node", node),
            ("hbm", hbm),
            ("link", link),
            ("pack", pack),
            ("order", order),
            ("yield", model),
        ];
        for (key, value) in numbers {
            state.set(key, value.map(Value::Number));
        }
        for (key, value) in ids {
            state.set(key, value.map(Value::Id));
        }
        state
    })
}

/// Two nodes, the first at least as dense, fast and thrifty as the second.
fn better_and_worse() -> impl Strategy<Value = (&'static str, &'static str)> {
    let pairs: Vec<_> = NODES
        .iter()
        .flat_map(|better| {
            let worse = NODES.iter().filter(|worse| {
                better.density.central >= worse.density.central
                    && better.speed_ratio.central >= worse.speed_ratio.central
                    && better.energy_ratio.central <= worse.energy_ratio.central
            });
            worse.map(|worse| (better.id, worse.id))
        })
        .collect();
    prop::sample::select(pairs)
}

fn made(scenario: &Scenario) -> (Package, Foundry) {
    let package = package(&scenario.anchor, &scenario.design, &scenario.making);
    let foundry = foundry(
        &scenario.anchor,
        &scenario.design,
        &package,
        &scenario.making,
    );
    (package, foundry)
}

/// Rounding in the ninth digit is no step back.
const HAIR: f64 = 1.0 + 1e-9;

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(1000), ..ProptestConfig::default() })]

    /// On the nodes that there are: one that is denser, faster and thriftier never
    /// makes a slower chip within the same power.
    #[test]
    fn a_better_node_never_makes_a_slower_chip(chip in any_chip(), dies in 1u32..9, (better, worse) in better_and_worse()) {
        let on = |node: &'static str| {
            let state = state(&[("chip", Value::Id(chip)), ("dies", Value::Number(f64::from(dies))), ("node", Value::Id(node))]);
            made(&state.scenario()).0.peaks.bf16.get()
        };
        prop_assert!(on(better) * HAIR >= on(worse));
    }

    #[test]
    fn the_parts_of_a_package_add_up(state in any_silicon()) {
        let (_, foundry) = made(&state.scenario());
        let sum: f64 = foundry.parts().iter().map(|(_, dollars)| dollars).sum();
        prop_assert!((sum - foundry.package_cost_usd).abs() <= 1e-9 * sum.max(1.0));
        for (part, dollars) in foundry.parts() {
            prop_assert!(dollars >= 0.0 && dollars.is_finite(), "{part} is {dollars}");
        }
        let dies = foundry.silicon_cost_usd + foundry.extra_passes_cost_usd + foundry.bad_dies_cost_usd;
        prop_assert!((dies - foundry.dies_cost_usd).abs() <= 1e-9 * dies.max(1.0));
    }

    #[test]
    fn selling_dies_with_dead_cores_never_lowers_yield(state in any_silicon(), spare in 0.0f64..0.8, more in 0.0f64..0.1) {
        let sold = |share: f64| {
            let scenario = state.clone().with("spare", Value::Number(share)).scenario();
            let design = &scenario.design;
            sellable_share(design.die_area, design.node.defects, scenario.making.yield_model, &design.cores)
        };
        prop_assert!(sold(spare + more) * (1.0 + 1e-7) >= sold(spare));
        let scenario = state.scenario();
        let (_, foundry) = made(&scenario);
        prop_assert!(foundry.die_yield_share * (1.0 + 1e-7) >= foundry.flawless_die_share);
    }

    #[test]
    fn the_nearest_choice_is_possible_or_one_die(state in any_silicon()) {
        let scenario = state.scenario();
        let (package, _) = made(&scenario);
        let near = nearest_possible(&scenario.anchor, &scenario.design, &scenario.making);
        if package.is_manufacturable() {
            prop_assert_eq!(near, scenario.design);
        } else {
            let near_package = sim::silicon::package(&scenario.anchor, &near, &scenario.making);
            // One die whose memory alone is too hot has nothing nearer.
            let hopeless = near.dies == 1 && near_package.limits.contains(&Limit::BeyondCooling)
                // The substrate is no part of the design.
                || near_package.limits.contains(&Limit::MemoryLacksLayer);
            prop_assert!(near_package.is_manufacturable() || hopeless, "{near:?}: {:?}", near_package.limits);
        }
    }

    #[test]
    fn stacks_stay_on_the_edge_unless_asked_otherwise(state in any_silicon()) {
        let scenario = state.scenario();
        let (design, anchor) = (&scenario.design, &scenario.anchor);
        let stacks = design.stacks(anchor, &scenario.making);
        let most = design.most_stacks(anchor, &scenario.making);
        prop_assert!(design.stacks.is_some() || stacks <= most, "{stacks} of {most}");
        prop_assert!(stacks >= 1);
    }

    #[test]
    fn a_memory_answer_repeats_itself(area in 10.0f64..900.0, other in 10.0f64..900.0) {
        let wafer = State::default().scenario().making.wafer;
        let count = |mm2: f64| exact_dies_per_wafer(Area::new(mm2), &wafer);
        let first = count(area);
        let elsewhere = std::thread::spawn(move || exact_dies_per_wafer(Area::new(area), &wafer)).join().expect("it counts");
        count(other);
        prop_assert_eq!(first, count(area));
        prop_assert_eq!(first, elsewhere);
        // Exact counts beat the first-order formula, which throws the rim away.
        let side = area.sqrt().min(26.0);
        let cell = Area::new((side + 0.1) * (area / side + 0.1));
        prop_assert!(first >= first_order_dies_per_wafer(cell, Length::new(294.0)).floor());
    }

    /// A wider link between dies makes nothing slower, once they are two.
    #[test]
    fn a_wider_link_slows_nothing(chip in any_chip(), dies in 2u32..6, link in 10.0f64..4000.0, more in 1.0f64..10.0) {
        let answer = |rate: f64| {
            let state = state(&[
                ("chip", Value::Id(chip)),
                ("dies", Value::Number(f64::from(dies))),
                ("d2d", Value::Number(rate)),
                ("chips", Value::Number(64.0)),
                ("llm", Value::Id("llama-3.1-70b")),
                ("batch", Value::Number(256.0)),
                ("tp", Value::Number(4.0)),
                ("pp", Value::Number(1.0)),
                ("dp", Value::Number(16.0)),
            ]);
            simulate(&state.scenario())
        };
        let (narrow, wide) = (answer(link), answer(link * more));
        if narrow.package.clock_ratio == wide.package.clock_ratio {
            if let (Ok(a), Ok(b)) = (&narrow.inference, &wide.inference) {
                prop_assert!(b.tpot.get() <= a.tpot.get() * HAIR);
            }
            if let (Ok(a), Ok(b)) = (&narrow.training.plan, &wide.training.plan) {
                prop_assert!(b.step.get() <= a.step.get() * HAIR);
            }
        }
    }
}

/// Every chip of the catalogue keeps its published area and watts where it stands,
/// and its memory has room on the edge of its dies.
#[test]
fn every_chip_keeps_its_area_and_watts() {
    let sold = CHIPS.iter().filter(|row| row.id != sim::state::OWN_CHIP);
    for row in sold {
        let scenario = state(&[("chip", Value::Id(row.id))]).scenario();
        let (package, foundry) = made(&scenario);
        let area = scenario.design.die_area;
        assert_eq!(area, row.die_area.central, "{}", row.id);
        assert_eq!(
            package.controlled_area,
            row.controlled_area.map(|f| f.central),
            "{}",
            row.id
        );
        assert!(
            (package.power / row.tdp.central - 1.0).abs() < 1e-12,
            "{}",
            row.id
        );
        assert_eq!(package.stacks, row.stacks, "{}", row.id);
        assert_eq!(
            package.die_to_die,
            row.die_to_die.map(|f| f.central),
            "{}",
            row.id
        );
        assert!(
            package.is_manufacturable(),
            "{}: {:?}",
            row.id,
            package.limits
        );
        assert!(foundry.good_packages_per_wafer > 0.0, "{}", row.id);
    }
}

/// A 910C is two devices of 376 TFLOP/s over 270 GB/s; a B200 is one.
#[test]
fn a_910c_is_two_devices_and_a_b200_is_one() {
    let package = |id| made(&state(&[("chip", Value::Id(id))]).scenario()).0;
    let ascend = package("ascend-910c");
    assert_eq!((ascend.devices, ascend.dies, ascend.layers), (2, 2, 2));
    assert_eq!(ascend.peaks.bf16.get() / 2.0, 376e12);
    assert_eq!(ascend.die_to_die, Some(Bandwidth::new(270e9)));
    let blackwell = package("b200");
    assert_eq!(
        (blackwell.devices, blackwell.dies, blackwell.layers),
        (1, 2, 1)
    );
    // And the link is paid for: as one device the 910C answers and trains faster.
    let outcome = |pairs: &[(&str, Value)]| simulate(&state(pairs).scenario());
    let fixed = [("batch", Value::Number(8192.0))];
    let wide = [
        ("batch", Value::Number(8192.0)),
        ("d2d", Value::Number(5000.0)),
    ];
    let (two, one) = (outcome(&fixed), outcome(&wide));
    let tpot =
        |o: &sim::outcome::Outcome| o.inference.as_ref().map(|i| i.tpot.get()).expect("served");
    let step = |o: &sim::outcome::Outcome| {
        o.training
            .plan
            .as_ref()
            .map(|p| p.step.get())
            .expect("trained")
    };
    assert!(tpot(&one) < tpot(&two) && step(&one) < step(&two));
}

/// What is impossible is an answer with a way out.
#[test]
fn impossible_choices_are_named_with_the_nearest_possible() {
    let near = |query: &str| {
        let scenario = sim::link::read(query).state.scenario();
        let (package, _) = made(&scenario);
        (
            package.limits.clone(),
            nearest_possible(&scenario.anchor, &scenario.design, &scenario.making),
        )
    };
    let (limits, design) = near("area=900&dies=1");
    assert!(limits.contains(&Limit::BeyondReticle));
    assert_eq!(design.die_area, Area::new(858.0));
    let (limits, design) = near("stacks=40");
    assert!(limits.contains(&Limit::BeyondEdge));
    assert_eq!(design.stacks, Some(10));
    let (limits, design) = near("pack=organic&link=interposer");
    assert!(limits.contains(&Limit::LinkLacksLayer));
    assert_eq!(design.link, None);
    let (limits, design) = near("dies=16");
    assert!(limits.contains(&Limit::BeyondPackage));
    assert!((2..16).contains(&design.dies));
    // A node that makes nothing yet: strained, with the one that ran.
    let scenario = sim::link::read("node=smic-n3&date=2024-06-01")
        .state
        .scenario();
    assert_eq!(simulate(&scenario).access, sim::outcome::Access::NotYet);
    assert_eq!(
        sim::outcome::nearest_node(&scenario).map(|row| row.id),
        Some("smic-n2")
    );
    assert!(node("smic-n3").is_some_and(|row| row.since > scenario.date));
}
