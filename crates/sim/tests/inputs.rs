//! Laws of inputs: every figure behind a scenario is listed, can be changed
//! between its limits, and moves the answer.

use sim::controls::index;
use sim::inputs::{Input, inputs};
use sim::link::{read, write};
use sim::outcome::{Outcome, simulate};
use sim::state::State;
use std::collections::{BTreeMap, BTreeSet};

/// Scenarios in which each input may matter.
const BASES: [&str; 21] = [
    "",
    "p=train-8192",
    "p=nvl72",
    "p=deepseek-ways",
    "chip=h100-sxm&chips=512&llm=llama-3.1-70b&date=2022-01-01",
    "chip=h20&chips=8&llm=llama-3.1-8b&date=2025-09-17",
    "chip=b200&chips=64&llm=llama-3.1-8b&date=2022-01-01&prec=fp4&quant=dynamic&tprec=fp8",
    "chip=ascend-910c&dies=4&link=hybrid&pack=fan-out&node=smic-n3&chips=64",
    "chip=alibaba-ppu&chips=64&node=tsmc-n7&llm=qwen3-32b&yield=bose-einstein",
    "chip=ascend-910c&engine=vllm&chips=100000&tbo=1&eplb=none&mtp=1.7&schedule=dualpipe",
    "chip=h100-sxm&engine=trt-llm&chips=64&llm=llama-3.1-70b&quant=dynamic&prec=fp8&temp=95",
    "chip=rtx-4090&chips=8&llm=qwen2.5-7b&place=us-industrial",
    "chip=h100-sxm&chips=16384&llm=deepseek-v3&prec=bf16&engine=megatron&date=2022-01-01",
    "chip=ascend-910c&tools=free&hbm=hbm3&rule.r24d=off&layers=1000&fund=100",
    "chip=h100-sxm&chips=64&llm=custom&params=70&engine=faster-transformer&date=2022-01-01",
    "chip=ascend-910c&area=1100&node=smic-n1&order=chip-first&tools=no-service",
    "chip=alibaba-ppu&chips=100000&node=tsmc-n7&date=2022-01-01&layers=1000&hbmstock=100&hbmnew=100",
    "chip=h20&chips=8&dies=2",
    "rule.r24d=off&layers=1000&fund=12",
    "chip=b200&chips=64&llm=llama-3.1-8b&prec=fp4&quant=static",
    "chip=h100-sxm&chips=512&llm=custom",
];

fn state(query: &str) -> State {
    let link = read(query);
    assert_eq!(link.notices, [], "{query}");
    link.state
}

fn answer(state: &State) -> Outcome {
    simulate(&state.scenario())
}

/// The input set to that number.
fn with(state: &State, input: &Input, number: f64) -> State {
    let mut state = state.clone();
    state.set_input(&input.key, Some(number));
    state
}

/// Every digit is one.
fn is_finite(outcome: &Outcome) -> bool {
    let told = format!("{outcome:?}");
    let mut words = told.split(|c: char| !c.is_alphanumeric());
    !words.any(|word| word == "NaN" || word == "inf")
}

#[test]
fn any_input_at_its_limits_is_answered_in_numbers() {
    for base in BASES {
        let state = state(base);
        for input in inputs(&state) {
            for end in [input.limits.0, input.limits.1] {
                let moved = with(&state, &input, end);
                assert!(is_finite(&answer(&moved)), "{base}: {} = {end}", input.key);
            }
        }
    }
}

/// Inputs that move no answer, and why.
const STILL: [(&str, &str); 4] = [
    (
        "assumption.us_share",
        "only the supply chart's yardstick counts it",
    ),
    (
        "kernels.bf16.launch_dynamic",
        "16-bit products quantise nothing",
    ),
    (
        "kernels.block.launch_dynamic",
        "such products always quantise on the fly",
    ),
    ("llm.active_parameters", "the shape says it"),
];

#[test]
fn every_input_moves_the_answer() {
    let mut moves: BTreeMap<String, bool> = BTreeMap::new();
    for base in BASES {
        let state = state(base);
        let before = answer(&state);
        for input in inputs(&state) {
            let name = format!("{}.{}", input.table, input.field);
            let known = moves.entry(name).or_default();
            let [low, _, high] = input.range;
            let numbers = [input.limits.0, low, high, input.limits.1];
            *known = *known
                || numbers
                    .iter()
                    .any(|n| answer(&with(&state, &input, *n)) != before);
        }
    }
    let still: BTreeSet<&str> = moves
        .iter()
        .filter(|(_, moves)| !**moves)
        .map(|(name, _)| name.as_str())
        .collect();
    let told: BTreeSet<&str> = STILL.iter().map(|(name, _)| *name).collect();
    assert_eq!(still, told, "of {}", moves.len());
    assert!(still.len() * 10 <= moves.len());
}

#[test]
fn a_changed_input_is_read_as_it_was_written() {
    for base in BASES {
        let state = state(base);
        let mut all = state.clone();
        for input in inputs(&state) {
            let [low, central, high] = input.range;
            assert!(low <= central && central <= high, "{base}: {}", input.key);
            let (least, most) = input.limits;
            for number in [least, low, (low + high) / 2.0, high, most] {
                let moved = with(&state, &input, number);
                let link = read(&write(&moved));
                assert_eq!(link.notices, [], "{base}: {} = {number}", input.key);
                assert_eq!(link.state, moved.canonical(), "{base}: {}", input.key);
                assert_eq!(link.state.scenario(), moved.canonical().scenario());
            }
            let pinned = with(&state, &input, (low + high) / 2.0);
            let now = inputs(&pinned).into_iter().find(|now| now.key == input.key);
            let now = now.expect("it is still an input");
            let told = (now.value - (low + high) / 2.0).abs() <= 0.5 * (high - low) + 1.0;
            assert!(told || now.control.is_some(), "{}", input.key);
            all.set_input(&input.key, Some((low + high) / 2.0));
        }
        let query = write(&all);
        let link = read(&query);
        assert_eq!(
            (link.notices.len(), link.state),
            (0, all.canonical()),
            "{query}"
        );
    }
}

#[test]
fn an_input_at_its_own_value_changes_nothing() {
    for base in BASES {
        let state = state(base);
        let mut all = state.clone();
        for input in inputs(&state)
            .iter()
            .filter(|input| input.control.is_none())
        {
            assert!(!input.changed, "{base}: {}", input.key);
            assert_eq!(input.value, input.range[1], "{base}: {}", input.key);
            all.set_input(&input.key, Some(input.value));
        }
        assert_eq!(all.scenario(), state.scenario());
        assert_eq!(write(&all), write(&state));
    }
}

#[test]
fn a_control_sets_what_it_is_said_to_set() {
    for base in BASES {
        let state = state(base);
        for input in inputs(&state) {
            if let Some(control) = input.control {
                assert_eq!(input.key, control);
                let i = index(control).expect("a control");
                // What nobody touched is the row's own, in the control's unit; but
                // for what other tools make of it.
                if state.value(i).is_none() && !base.contains("tools=") {
                    let near = (input.value - input.range[1]).abs();
                    assert!(near <= 1e-6 * input.value.abs(), "{base}: {input:?}");
                }
            }
        }
    }
}

/// A new chip leaves behind what was said of the old one's silicon, and keeps
/// what was said of everything else.
#[test]
fn a_new_chip_leaves_its_figures_behind() {
    let mut state = state("f.chip.price=20000&f.node.density=50&f.stack.step_overhead=0.001");
    state.forget_design();
    assert_eq!(write(&state), "v=1&f.stack.step_overhead=0.001");
}
