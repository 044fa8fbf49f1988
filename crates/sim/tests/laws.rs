//! Laws over the whole control box: whatever a reader sets, the answer is
//! finite, and it moves the way physics says.

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use sim::controls::{CONTROLS, Kind, index};
use sim::outcome::{Outcome, Verdict, simulate, verdict};
use sim::state::{State, Value};

/// A value for the control, over its whole range, often at the ends.
fn any_value(control: usize) -> BoxedStrategy<Value> {
    match CONTROLS[control].kind {
        Kind::Choice { ids, .. } => prop::sample::select(ids()).prop_map(Value::Id).boxed(),
        Kind::Number {
            range: (least, most),
            ..
        } => {
            // Wide ranges are spread over their orders of magnitude.
            let spread = if most / least.max(1e-3) > 1e3 {
                let (low, high) = (least.max(1e-3).log10(), most.log10());
                (low..high)
                    .prop_map(|exponent| 10f64.powf(exponent))
                    .boxed()
            } else {
                (least..most).boxed()
            };
            prop_oneof![8 => spread, 1 => Just(least), 1 => Just(most)]
                .prop_map(Value::Number)
                .boxed()
        }
        Kind::Day => (2020u16..2030, 1u8..13, 1u8..29)
            .prop_filter_map("a day", |(y, m, d)| {
                sim::date::Date::new(y, m, d).map(Value::Day)
            })
            .boxed(),
        Kind::StackOrMaturity => prop_oneof![
            prop::sample::select(sim::catalogue::STACKS).prop_map(|row| Value::Id(row.id)),
            (0f64..1.0).prop_map(Value::Number),
        ]
        .boxed(),
    }
}

/// Any state: each control set or not.
fn any_state() -> impl Strategy<Value = State> {
    let controls: Vec<_> = (0..CONTROLS.len())
        .map(|i| prop_oneof![2 => Just(None), 1 => any_value(i).prop_map(Some)])
        .collect();
    controls.prop_map(|values| {
        let mut state = State::default();
        for (control, value) in CONTROLS.iter().zip(values) {
            state.set(control.key, value);
        }
        state
    })
}

/// A state in which a model is served: only the wide choices vary.
fn served_state() -> impl Strategy<Value = State> {
    let rows = ["chip", "llm", "place"].map(|key| any_value(index(key).expect("a control")));
    (rows, 3u32..13, 7u32..12).prop_map(|(values, chips, prompt)| {
        let mut state = State::default();
        for (key, value) in ["chip", "llm", "place"].into_iter().zip(values) {
            state.set(key, Some(value));
        }
        state.set("chips", Some(Value::Number(f64::from(2u32.pow(chips)))));
        state.set("in", Some(Value::Number(f64::from(2u32.pow(prompt)))));
        state
    })
}

fn finite(name: &str, value: f64) -> Result<(), TestCaseError> {
    prop_assert!(value.is_finite() && value >= 0.0, "{name} is {value}");
    Ok(())
}

fn share(name: &str, value: f64) -> Result<(), TestCaseError> {
    prop_assert!((0.0..=1.0).contains(&value), "{name} is {value}");
    Ok(())
}

fn all_finite(outcome: &Outcome) -> Result<(), TestCaseError> {
    finite("tpp", outcome.metrics.tpp)?;
    finite("peak", outcome.package.peaks.bf16.get())?;
    finite("memory", outcome.package.memory.get())?;
    finite("power", outcome.package.power.get())?;
    finite("package cost", outcome.foundry.package_cost_usd)?;
    finite("good packages", outcome.foundry.good_packages_per_wafer)?;
    share("die yield", outcome.foundry.die_yield_share)?;
    share("package yield", outcome.foundry.package_yield_share)?;
    if let Ok(inference) = &outcome.inference {
        finite("ttft", inference.ttft.get())?;
        finite("tpot", inference.tpot.get())?;
        finite("rate", inference.tokens_per_s_per_chip)?;
        prop_assert!(inference.tpot.get() > 0.0);
        share("compute used", inference.compute_used_share)?;
        share("bandwidth used", inference.bandwidth_used_share)?;
        prop_assert!(inference.memory.total() <= outcome.package.memory);
    }
    if let (Ok(plan), Some(run)) = (&outcome.training.plan, outcome.training.reliability) {
        finite("step", plan.step.get())?;
        share("mfu", plan.mfu_share)?;
        finite("wall", run.wall.get())?;
        finite("failures", run.failures)?;
        share("goodput", run.goodput_share)?;
        share("finishes", run.finishes_share)?;
        prop_assert!(plan.memory_used <= outcome.package.memory);
    }
    for gate in &outcome.training.gates {
        if let Some(margin) = gate.margin_ratio {
            finite("margin", margin)?;
        }
    }
    let energy = &outcome.energy;
    for value in [
        Some(energy.system.get()),
        Some(energy.site.get()),
        energy.per_token.map(|e| e.get()),
        energy.electricity_per_million.map(|m| m.get()),
        energy.total_per_million.map(|m| m.get()),
        energy.training.map(|e| e.get()),
    ]
    .into_iter()
    .flatten()
    {
        finite("energy or money", value)?;
    }
    Ok(())
}

fn tpot(state: &State) -> Option<f64> {
    simulate(&state.scenario())
        .inference
        .ok()
        .map(|inference| inference.tpot.get())
}

fn scaled(state: &State, key: &str, factor: f64) -> State {
    let Kind::Number { read, .. } = CONTROLS[index(key).expect("a control")].kind else {
        panic!("a number")
    };
    let now = read(&state.scenario()).expect("the chip has it");
    state.clone().with(key, Value::Number(now * factor))
}

/// Rounding in the ninth digit is no step back.
const HAIR: f64 = 1.0 + 1e-9;

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(600), ..ProptestConfig::default() })]

    #[test]
    fn every_answer_is_finite(state in any_state()) {
        all_finite(&simulate(&state.scenario()))?;
    }

    #[test]
    fn a_verdict_is_that_of_the_whole_answer(
        any in any_state(),
        served in served_state(),
        (tpot, dies, batch) in (1f64..300.0, 1u32..9, prop::option::of(1f64..5000.0)),
        serve in any_value(index("serve").expect("a control")),
    ) {
        let mut served = served
            .with("tpot", Value::Number(tpot))
            .with("dies", Value::Number(f64::from(dies)))
            .with("serve", serve);
        served.set("batch", batch.map(Value::Number));
        for state in [any, served] {
            let scenario = state.scenario();
            let whole = Verdict::of(&scenario, &simulate(&scenario));
            prop_assert_eq!(verdict(&scenario), whole);
        }
    }

    #[test]
    fn no_replica_answers_more_prompts_than_it_reads(state in served_state(), out in 1f64..4000.0) {
        let state = state.with("out", Value::Number(out));
        let scenario = state.scenario();
        if let Ok(inference) = simulate(&scenario).inference {
            let prompts = inference.tokens_per_s_per_chip * scenario.serving.prompt / scenario.serving.answer;
            prop_assert!(prompts <= inference.prefill_tokens_per_s_per_chip * HAIR);
        }
    }

    #[test]
    fn a_system_says_no_more_than_its_sequences_do(state in served_state(), batch in 1f64..5000.0) {
        let state = state.with("batch", Value::Number(batch));
        let scenario = state.scenario();
        if let Ok(inference) = simulate(&scenario).inference {
            let said = inference.tokens_per_s_per_chip * f64::from(scenario.serving.chips);
            prop_assert!(said <= inference.batch / (inference.tpot.get() - inference.breakdown.prefill) * HAIR);
        }
    }

    #[test]
    fn better_guesses_never_cost_tokens(state in served_state(), accepted in 1f64..3.9, more in 0.01f64..0.1) {
        let state = state.with("batch", Value::Number(64.0)).with("serve", Value::Id("decode-only"));
        let rate = |accepted: f64| {
            let state = state.clone().with("mtp", Value::Number(accepted));
            simulate(&state.scenario()).inference.ok().map(|i| i.tpot.get())
        };
        // A tenth of a token more never makes a step a fifth longer.
        if let (Some(before), Some(after)) = (rate(accepted), rate(accepted + more)) {
            prop_assert!(after <= before * 1.2, "{} then {}", before, after);
        }
    }

    #[test]
    fn more_of_the_same_silicon_is_never_slower(
        chip in any_value(index("chip").expect("a control")),
        dies in 1u32..16,
    ) {
        let peak = |dies: u32| {
            let state = State::default().with("chip", chip).with("dies", Value::Number(f64::from(dies)));
            let package = simulate(&state.scenario()).package;
            package.is_manufacturable().then(|| package.peaks.bf16.get() / package.clock_ratio)
        };
        if let (Some(fewer), Some(more)) = (peak(dies), peak(dies + 1)) {
            // The second die pays for the link; it is still worth having.
            prop_assert!(more >= fewer);
        }
    }

    #[test]
    fn more_bandwidth_never_slows_a_fixed_batch(state in served_state(), factor in 1f64..4.0) {
        let state = state.with("batch", Value::Number(64.0)).with("tp", Value::Number(8.0)).with("pp", Value::Number(1.0));
        if let (Some(before), Some(after)) = (tpot(&state), tpot(&scaled(&state, "bw", factor))) {
            prop_assert!(after <= before * HAIR, "{} then {}", before, after);
        }
    }

    #[test]
    fn more_arithmetic_never_slows_the_first_token(state in served_state(), factor in 1f64..4.0) {
        let state = state
            .with("prec", Value::Id("bf16"))
            .with("tp", Value::Number(8.0))
            .with("pp", Value::Number(1.0))
            .with("ep", Value::Number(1.0));
        let ttft = |state: &State| simulate(&state.scenario()).inference.ok().map(|i| i.ttft.get());
        if let (Some(before), Some(after)) = (ttft(&state), ttft(&scaled(&state, "bf16", factor))) {
            prop_assert!(after <= before * HAIR, "{} then {}", before, after);
        }
    }

    #[test]
    fn twice_the_tokens_take_twice_the_work(state in served_state()) {
        let failures = |state: &State| {
            simulate(&state.scenario()).training.reliability.map(|run| run.wall.get())
        };
        if let (Some(once), Some(twice)) = (failures(&state), failures(&scaled(&state, "tokens", 2.0))) {
            prop_assert!((twice / once - 2.0).abs() < 1e-6);
        }
    }

    #[test]
    fn fewer_failures_never_lower_goodput(state in served_state(), rate in 0.01f64..20.0, factor in 0.1f64..1.0) {
        let goodput = |rate: f64| {
            let state = state.clone().with("fail", Value::Number(rate));
            simulate(&state.scenario()).training.reliability.map(|run| run.goodput_share)
        };
        if let (Some(often), Some(seldom)) = (goodput(rate), goodput((rate * factor).max(0.001))) {
            prop_assert!(seldom * HAIR >= often);
        }
    }

    #[test]
    fn a_better_node_never_makes_a_slower_chip(
        chip in any_value(index("chip").expect("a control")),
        dies in 1u32..17,
        density in 1f64..4.0,
        speed in 1f64..2.0,
        energy in 0.3f64..1.0,
    ) {
        let state = State::default().with("chip", chip).with("dies", Value::Number(f64::from(dies)));
        let mut scenario = state.scenario();
        let before = simulate(&scenario).package;
        let node = &mut scenario.design.node;
        node.density = node.density * density;
        node.speed_ratio *= speed;
        node.energy_ratio *= energy;
        let after = simulate(&scenario).package;
        prop_assert!(after.peaks.bf16.get() * HAIR >= before.peaks.bf16.get());
        prop_assert!(after.power.get() <= before.power.get().max(scenario.making.cooling.get()) * HAIR);
    }

    #[test]
    fn more_defects_never_make_packages_cheaper(state in served_state(), defects in 0.0f64..1.0, more in 0.0f64..1.0) {
        let cost = |density: f64| simulate(&state.clone().with("d0", Value::Number(density)).scenario()).foundry;
        let (few, many) = (cost(defects), cost(defects + more));
        prop_assert!(many.package_cost_usd * HAIR >= few.package_cost_usd);
        prop_assert!(many.die_yield_share <= few.die_yield_share * HAIR);
    }

    #[test]
    fn energy_is_never_below_an_idle_machine(state in served_state()) {
        let scenario = state.scenario();
        let outcome = simulate(&scenario);
        if let (Ok(inference), Some(energy)) = (&outcome.inference, outcome.energy.per_token) {
            let idle = outcome.package.power.get() * scenario.power_curve.idle_share;
            prop_assert!(energy.get() * inference.tokens_per_s_per_chip >= idle * (1.0 - 1e-9));
        }
    }
}

/// A control that moves nothing would be a lie: each changes the answer
/// somewhere.
#[test]
fn every_control_moves_the_answer() {
    let bases = [
        "",
        "chip=h100-sxm&chips=512&llm=llama-3.1-70b",
        "chip=h20&chips=8&date=2025-09-17",
        "chip=rtx-4090&chips=8&llm=qwen2.5-7b",
        "chip=alibaba-ppu&chips=64&node=tsmc-n7&llm=qwen3-32b&date=2025-09-17",
        "chip=h100-sxm&chips=512&llm=llama-3.1-405b&tprec=fp8",
        "chip=b200&chips=64&llm=llama-3.1-8b",
        // Nothing but dies is scarce.
        "rule.r24d=off&layers=1000&fund=100",
        "hbm=hbm3&chips=100000",
        "chip=b300&date=2025-12-01",
        "chip=alibaba-ppu&chips=64&node=tsmc-n7&date=2025-09-17&transistors=10",
        "chip=h100-sxm&chips=64&llm=custom&params=70",
    ];
    for (i, control) in CONTROLS.iter().enumerate() {
        assert_eq!(
            index(control.key),
            Some(i),
            "{} is there twice",
            control.key
        );
        let moves = bases.iter().any(|base| {
            let state = sim::link::read(base).state;
            let before = simulate(&state.scenario());
            candidates(i)
                .into_iter()
                .any(|value| simulate(&state.clone().with(control.key, value).scenario()) != before)
        });
        assert!(moves, "{} moves nothing", control.key);
    }
}

fn candidates(control: usize) -> Vec<Value> {
    match CONTROLS[control].kind {
        Kind::Choice { ids, .. } => ids().into_iter().map(Value::Id).collect(),
        Kind::Number {
            range: (least, most),
            ..
        } => [
            least,
            (least.max(1e-3) * most).sqrt(),
            most,
            1.0,
            2.0,
            4.0,
            8.0,
        ]
        .map(Value::Number)
        .to_vec(),
        Kind::Day => ["2022-01-01", "2026-06-01"]
            .iter()
            .filter_map(|d| d.parse().ok())
            .map(Value::Day)
            .collect(),
        Kind::StackOrMaturity => vec![Value::Number(0.0), Value::Number(1.0)],
    }
}

/// What is switched off is out of force, and what is switched on is in it.
#[test]
fn rules_can_be_switched() {
    let answer = |query: &str| simulate(&sim::link::read(query).state.scenario()).access;
    let barred = answer("chip=h100-sxm&date=2023-12-01");
    assert_ne!(barred, answer("chip=h100-sxm&date=2023-12-01&rule.r23=off"));
    assert_ne!(
        answer("chip=h100-sxm&date=2022-01-01"),
        answer("chip=h100-sxm&date=2022-01-01&rule.r22=on")
    );
}

/// With no control at all any chip may be had, and a Chinese design goes to any
/// fab; given back, the law stands as it did.
#[test]
fn without_controls_everything_may_be_had() {
    for row in sim::catalogue::CHIPS {
        for node in ["smic-n2", "tsmc-n5"] {
            let law = State::default()
                .with("chip", Value::Id(row.id))
                .with("node", Value::Id(node));
            let free = law.clone().without_controls();
            let outcome = simulate(&free.scenario());
            let access = outcome.access.grade();
            assert!(
                access == sim::outcome::Grade::Passed || !outcome.package.is_manufacturable(),
                "{} on {node}: {:?}",
                row.id,
                outcome.access
            );
            let link = sim::link::write(&free);
            assert_eq!(sim::link::read(&link).state.scenario(), free.scenario());
            assert_eq!(free.with_the_law().scenario(), law.scenario());
        }
    }
}
