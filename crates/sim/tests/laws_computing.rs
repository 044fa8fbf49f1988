//! Laws of serving and training: what a reader changes moves the answer the way
//! that arithmetic and wear do.

use proptest::prelude::*;
use sim::catalogue::{CHIPS, LLMS};
use sim::llm::{InferenceStop, TrainingStop};
use sim::outcome::{Outcome, simulate};
use sim::state::{State, Value};

/// Rounding in the ninth digit is no step back.
const HAIR: f64 = 1.0 + 1e-9;

fn answer(state: &State) -> Outcome {
    simulate(&state.scenario())
}

/// Any chip with any model, on so many chips that some pairs fit and some do not.
fn any_job() -> impl Strategy<Value = State> {
    (0..CHIPS.len(), 0..LLMS.len(), 3u32..12).prop_map(|(chip, llm, doublings)| {
        State::default()
            .with("chip", Value::Id(CHIPS[chip].id))
            .with("llm", Value::Id(LLMS[llm].id))
            .with("chips", Value::Number(f64::from(1u32 << doublings)))
    })
}

fn rate(state: &State) -> Option<f64> {
    answer(state)
        .inference
        .ok()
        .map(|i| i.tokens_per_s_per_chip)
}

fn step(state: &State) -> Option<f64> {
    answer(state).training.plan.ok().map(|plan| plan.step.get())
}

/// Memory of a training run in a layout that the reader fixes, whether it fits or
/// not.
fn training_memory(state: &State) -> Option<f64> {
    match answer(state).training.plan {
        Ok(plan) => Some(plan.memory_used.get()),
        Err(TrainingStop::Memory { needed }) => Some(needed.get()),
        Err(_) => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(400), ..ProptestConfig::default() })]

    #[test]
    fn a_larger_batch_never_lowers_throughput(
        state in any_job(),
        tp in prop::sample::select(vec![1.0, 2.0, 4.0, 8.0]),
        batch in 1f64..2000.0,
        more in 1f64..8.0,
        serve in prop::sample::select(vec!["mixed", "split", "decode-only"]),
    ) {
        let state = state
            .with("tp", Value::Number(tp))
            .with("pp", Value::Number(1.0))
            .with("ep", Value::Number(1.0))
            .with("serve", Value::Id(serve));
        let with = |batch: f64| rate(&state.clone().with("batch", Value::Number(batch)));
        if let (Some(small), Some(large)) = (with(batch.floor()), with((batch * more).floor())) {
            prop_assert!(large * HAIR >= small, "{small} then {large}");
        }
    }

    #[test]
    fn energy_is_never_below_the_dynamic_floor(state in any_job()) {
        let scenario = state.scenario();
        let outcome = simulate(&scenario);
        if let (Ok(served), Some(parts)) = (&outcome.inference, outcome.energy.parts) {
            let limit = outcome.package.power.get();
            let idle = limit * scenario.power_curve.idle_share;
            // A chip that did nothing but arithmetic at its peak would be at its limit.
            let busy = served.busy_share;
            let arithmetic = (limit - idle) * served.compute_used_share * busy;
            prop_assert!(parts.total().get() * HAIR >= idle + arithmetic);
            let bytes = outcome.package.bandwidth * (served.bandwidth_used_share * busy);
            let memory = scenario.power_curve.memory_energy * bytes;
            prop_assert!(parts.total().get() * HAIR >= (idle + memory.get()).min(limit));
            prop_assert!(parts.total().get() <= limit * HAIR);
        }
    }

    #[test]
    fn heat_never_helps(state in any_job(), cool in 20f64..120.0, more in 0f64..60.0) {
        let at = |degrees: f64| answer(&state.clone().with("temp", Value::Number(degrees)));
        let (cool, hot) = (at(cool.round()), at((cool + more).round()));
        if let (Some(cool), Some(hot)) = (cool.training.reliability, hot.training.reliability) {
            prop_assert!(hot.between_failures <= cool.between_failures * HAIR);
            prop_assert!(hot.goodput_share <= cool.goodput_share * HAIR);
            prop_assert!(hot.wall * HAIR >= cool.wall);
        }
        if let (Ok(cool), Ok(hot)) = (&cool.training.plan, &hot.training.plan) {
            prop_assert!(hot.mfu_share <= cool.mfu_share * HAIR);
        }
        if let (Ok(cool), Ok(hot)) = (&cool.inference, &hot.inference) {
            prop_assert!(hot.ttft * HAIR >= cool.ttft || hot.layout != cool.layout);
        }
    }

    #[test]
    fn the_second_layout_is_never_the_better(state in any_job()) {
        let scenario = state.scenario();
        let outcome = simulate(&scenario);
        if let Ok(first) = &outcome.inference
            && let Some(second) = first.runner_up
        {
            let within = |tpot: units::Time| tpot <= scenario.serving.limit;
            prop_assert!(within(first.tpot) || !within(second.tpot));
            if within(second.tpot) {
                prop_assert!(second.tokens_per_s_per_chip <= first.tokens_per_s_per_chip);
            } else if !within(first.tpot) {
                prop_assert!(second.tpot >= first.tpot);
            }
            prop_assert!(second.layout != first.layout);
        }
        if let Ok(first) = &outcome.training.plan
            && let Some(second) = first.runner_up
        {
            prop_assert!(second.step >= first.step && second.layout != first.layout);
        }
    }

    #[test]
    fn the_planner_leaves_no_room_for_one_more(state in any_job()) {
        let scenario = state.scenario();
        let Ok(best) = simulate(&scenario).inference else {
            return Ok(());
        };
        let limit = scenario.serving.limit;
        let most = scenario.serving.most_sequences.min(4096.0);
        if best.tpot > limit || best.working.per_replica + 1.0 > most {
            return Ok(());
        }
        let mut one_more = state.scenario();
        let layout = best.layout;
        one_more.serving.fixed.tp = Some(layout.tp);
        one_more.serving.fixed.pp = Some(layout.pp);
        one_more.serving.fixed.ep = Some(layout.ep);
        one_more.serving.fixed.dp = Some(layout.dp);
        one_more.serving.batch = Some(best.batch + f64::from(layout.dp));
        if let Ok(served) = simulate(&one_more).inference {
            prop_assert!(served.tpot > limit, "{} of {}", served.batch, best.batch);
        }
    }

    #[test]
    fn the_planner_interleaves_as_is_fastest(
        state in any_job(),
        chunks in prop::sample::select(vec![1.0, 2.0, 4.0, 8.0, 16.0]),
    ) {
        let asked = state.clone().with("vp", Value::Number(chunks));
        if let Some(asked) = step(&asked) {
            let planned = step(&state).expect("what fits as asked fits as planned");
            prop_assert!(planned <= asked * HAIR, "{planned} s, with {chunks} chunks {asked}");
        }
    }

    #[test]
    fn the_nearest_layout_works(
        state in any_job(),
        tp in 1f64..64.0,
        pp in 1f64..256.0,
        ep in 1f64..300.0,
        dp in 1f64..5000.0,
    ) {
        let asked = [("tp", tp), ("pp", pp), ("ep", ep), ("dp", dp)];
        let fixed = asked.into_iter().fold(state, |state, (key, n)| state.with(key, Value::Number(n.floor())));
        let taking = |layout: sim::llm::Layout| {
            let parts = [("tp", layout.tp), ("pp", layout.pp), ("ep", layout.ep), ("dp", layout.dp)];
            let fixed = fixed.clone();
            answer(&parts.into_iter().fold(fixed, |state, (key, n)| state.with(key, Value::Number(f64::from(n)))))
        };
        let outcome = answer(&fixed);
        if let Err(InferenceStop::Layout { nearest: Some(nearest) }) = outcome.inference {
            prop_assert!(taking(nearest).inference.is_ok(), "{nearest:?}");
        }
        if let Err(TrainingStop::Layout { nearest: Some(nearest) }) = outcome.training.plan {
            prop_assert!(taking(nearest).training.plan.is_ok(), "{nearest:?}");
        }
    }

    #[test]
    fn what_replicas_share_never_takes_more_memory(
        state in any_job(),
        tp in prop::sample::select(vec![1.0, 2.0, 4.0, 8.0]),
        recompute in prop::sample::select(vec!["none", "selective", "full"]),
    ) {
        let state = state
            .with("tp", Value::Number(tp))
            .with("pp", Value::Number(1.0))
            .with("ep", Value::Number(1.0))
            .with("recompute", Value::Id(recompute));
        let used = |key: &str, id: &'static str| training_memory(&state.clone().with(key, Value::Id(id)));
        for (less, more) in [("0", "1"), ("1", "2"), ("2", "3")] {
            if let (Some(before), Some(after)) = (used("zero", less), used("zero", more)) {
                prop_assert!(after <= before * HAIR, "stage {more}");
            }
        }
        if let (Some(apart), Some(split)) = (used("sp", "0"), used("sp", "1")) {
            prop_assert!(split <= apart * HAIR);
        }
    }

    #[test]
    fn better_balance_and_better_software_never_slow_a_fixed_layout(state in any_job(), maturity in 0f64..1.0, more in 0f64..1.0) {
        let state = state
            .with("tp", Value::Number(1.0))
            .with("pp", Value::Number(1.0))
            .with("batch", Value::Number(64.0));
        let balanced = |id: &'static str| rate(&state.clone().with("eplb", Value::Id(id)));
        if let (Some(none), Some(perfect)) = (balanced("none"), balanced("perfect")) {
            prop_assert!(perfect * HAIR >= none);
        }
        let mature = |m: f64| {
            let state = state.clone().with("stack", Value::Number(m.min(1.0)));
            (rate(&state), step(&state))
        };
        let (early, late) = (mature(maturity), mature(maturity + more));
        if let (Some(early), Some(late)) = (early.0, late.0) {
            prop_assert!(late * HAIR >= early);
        }
        if let (Some(early), Some(late)) = (early.1, late.1) {
            prop_assert!(late <= early * HAIR);
        }
    }

    #[test]
    fn ones_own_model_has_the_parameters_that_were_asked_for(
        exponent in 0.5f64..3.4,
        active in 0.03f64..1.0,
    ) {
        let total = (10f64.powf(exponent) * 1e3).round() / 1e3;
        let part = (total * active * 1e3).round() / 1e3;
        let state = State::default()
            .with("llm", Value::Id("custom"))
            .with("params", Value::Number(total));
        let dense = state.scenario().shape;
        prop_assert!((dense.parameters() / (total * 1e9) - 1.0).abs() < 0.01, "{dense:?}");
        let sparse = state.with("active", Value::Number(part)).scenario().shape;
        // Whole experts make steps, and one at least is added.
        let step = sparse.experts.map_or(0.0, |e| {
            f64::from(sparse.layers) * sparse.expert_parameters() * if e.routed == 8 { 0.0 } else { 1.0 }
        });
        let off = (sparse.parameters() - total * 1e9).abs();
        prop_assert!(off <= step + 0.02 * total * 1e9, "{sparse:?} is off by {off}");
    }
}

/// Long contexts, empty answers and models that do not fit are answers.
#[test]
fn the_ends_of_the_range_are_answered() {
    let said = |query: &str| answer(&sim::link::read(query).state).inference;
    // Ten million tokens of context fit nowhere on eight chips.
    assert!(matches!(
        said("chip=h20&chips=8&llm=llama-3.1-405b&in=10000000"),
        Err(InferenceStop::Memory { .. })
    ));
    // One token in, one token out.
    assert!(said("chip=h20&chips=8&llm=llama-3.1-8b&in=1&out=1").is_ok());
    // No tokens at all: held to one, and said.
    let zero = sim::link::read("chip=h20&chips=8&llm=llama-3.1-8b&out=0");
    assert!(matches!(
        zero.notices[..],
        [sim::link::Notice::Clamped { held, .. }] if held == 1.0
    ));
    // A layout that does not divide comes with one that does.
    let Err(InferenceStop::Layout { nearest }) =
        said("chip=h20&chips=8&llm=deepseek-r1&tp=3&ep=256")
    else {
        panic!("three do not divide 256 experts over eight chips")
    };
    assert!(nearest.is_some_and(|layout| layout.tp == 4 || layout.tp == 2));
    // More sequences than fit: as many as do.
    let Err(InferenceStop::Memory {
        largest_batch: Some(most),
        ..
    }) = said("chip=h20&chips=16&llm=deepseek-v3&batch=100000")
    else {
        panic!("a hundred thousand conversations do not fit")
    };
    assert!(said(&format!("chip=h20&chips=16&llm=deepseek-v3&batch={most}")).is_ok());
    // A long pipeline is tried before a model is said to fit nowhere.
    assert!(said("chip=rtx-4090&chips=256&llm=custom&params=2000").is_ok());
    // One copy cannot both read and write on chips of its own.
    assert!(matches!(
        said("chip=h20&chips=1&llm=llama-3.1-8b&serve=split"),
        Err(InferenceStop::Memory {
            chips_needed: Some(2),
            ..
        })
    ));
    // Sixteen chips cannot share a sequence among eight.
    let run =
        answer(&sim::link::read("chip=h100-sxm&chips=8&llm=llama-3.1-8b&tp=8&dp=1&cp=16").state);
    assert!(matches!(
        run.training.plan,
        Err(TrainingStop::Layout { .. })
    ));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(300), ..ProptestConfig::default() })]

    #[test]
    fn a_chip_reads_no_more_weights_than_it_holds(
        state in any_job(),
        ep in prop::sample::select(vec![1.0, 2.0, 8.0, 32.0, 64.0, 128.0]),
        batch in 1f64..20_000.0,
        eplb in prop::sample::select(vec!["usual", "none", "perfect"]),
    ) {
        let state = state
            .with("tp", Value::Number(1.0))
            .with("pp", Value::Number(1.0))
            .with("ep", Value::Number(ep))
            .with("batch", Value::Number(batch.floor()))
            .with("eplb", Value::Id(eplb))
            .with("serve", Value::Id("decode-only"));
        let scenario = state.scenario();
        let outcome = simulate(&scenario);
        if let Ok(served) = &outcome.inference {
            let kernels = scenario.kernels.for_format(outcome.format, scenario.quantisation);
            let rate = outcome.package.bandwidth * kernels.matrix.memory_share;
            let all = served.memory.weights / rate;
            prop_assert!(served.breakdown.weights <= all.get() * HAIR, "{} of {}", served.breakdown.weights, all.get());
        }
    }

    #[test]
    fn what_the_planner_finds_is_as_good_as_any_part_fixed(
        state in any_job(),
        key in prop::sample::select(vec!["tp", "pp", "dp"]),
        power in 0u32..4,
    ) {
        let fixed = state.clone().with(key, Value::Number(f64::from(1u32 << power)));
        let (free, fixed) = (answer(&state), answer(&fixed));
        let limit = state.scenario().serving.limit;
        // A wider tensor group than the planner tries may still be better.
        let tried = key != "tp" || 1u32 << power <= state.scenario().domain;
        if let (Ok(free), Ok(fixed), true) = (&free.inference, &fixed.inference, tried)
            && free.tpot <= limit
            && fixed.tpot <= limit
        {
            prop_assert!(fixed.tokens_per_s_per_chip <= free.tokens_per_s_per_chip * HAIR);
        }
        if let (Ok(free), Ok(fixed), true) = (&free.training.plan, &fixed.training.plan, tried && key != "dp") {
            prop_assert!(free.step <= fixed.step * HAIR);
        }
    }

    #[test]
    fn shares_in_use_and_of_the_peak_stay_shares(state in any_job(), temp in 20f64..125.0) {
        let outcome = answer(&state.with("temp", Value::Number(temp.round())));
        if let Ok(plan) = &outcome.training.plan {
            prop_assert!(plan.mfu_share <= plan.hfu_share && plan.hfu_share <= 1.0);
            prop_assert!((0.0..=1.0).contains(&plan.recomputed_share));
        }
        if let Ok(served) = &outcome.inference {
            prop_assert!(served.busy_share > 0.0 && served.busy_share <= 1.0);
            prop_assert!(outcome.energy.chip <= outcome.package.power * HAIR);
        }
    }
}
