//! The core's digits in letters: what native code, Node's wasm and every engine's
//! must print alike, to the last digit of every number. No part of the page.

use doubt::Study;
use doubt::philox::philox;
use sim::controls::{CONTROLS, Kind};
use sim::link::{read, write};
use sim::outcome::simulate;
use sim::state::{State, Value};
use std::fmt::Write;
use wasm_bindgen::prelude::wasm_bindgen;

/// Links whose draws are told: runs, a layout that is fixed, one that is planned, a
/// chip of the reader's own, and spreads that a reader gave.
const STUDIES: [&str; 7] = [
    "p=train-8192&draws=256&seed=42",
    "p=alibaba&draws=256&seed=42",
    "v=1&tp=8&pp=1&ep=64&dp=256&batch=8192&recompute=selective&draws=1000",
    "v=1&draws=400&seed=7",
    "v=1&chip=custom&hbm=96&bw=3.2&draws=256&seed=3",
    "v=1&chip=h20&llm=llama-3.1-70b&chips=4096&draws=256&seed=4294967295",
    "v=1&dies=4&draws=256&u.assumption.failure_rate_chinese=0.3..3&u.chip.tdp=650",
];
/// Scenarios from all over the control box.
const SCENARIOS: u32 = 300;
/// Controls that each of them sets, at most.
const SET: u32 = 6;
/// What is drawn to learn how fast draws are: a layout that is fixed, whose cost is
/// that of a draw and of no planning.
pub const FIXED: &str = "v=1&tp=8&pp=1&ep=64&dp=256&batch=8192&recompute=selective&draws=10000";

/// Everything that must be alike, a line or a few for each scenario.
#[wasm_bindgen]
pub fn digits() -> String {
    let mut text = String::new();
    for link in STUDIES {
        let read = read(link);
        let study = Study::new(&read.state, &read.view.doubt).run();
        text += &[link, "\n", &study.digest()].concat();
    }
    for scenario in 0..SCENARIOS {
        text += &answer(&anywhere(scenario));
    }
    text
}

/// Draws that often through [`FIXED`], and says how many counted.
#[wasm_bindgen]
pub fn draw() -> u32 {
    let link = read(FIXED);
    let study = Study::new(&link.state, &link.view.doubt).run();
    study.so_far().done
}

/// A scenario of the control box, the same for the same number.
fn anywhere(scenario: u32) -> State {
    let presets = sim::catalogue::PRESETS;
    let mut state = State::of_preset(&presets[scenario as usize % presets.len()]);
    for set in 0..scenario % SET + 1 {
        let [which, share, ..] = philox([scenario, set, 0, 0], [0, 0]);
        let control = &CONTROLS[which as usize % CONTROLS.len()];
        let value = match control.kind {
            Kind::Choice { ids, .. } => {
                let ids = ids();
                Value::Id(ids[share as usize % ids.len()])
            }
            Kind::Number { range, .. } => {
                let share = f64::from(share) / f64::from(u32::MAX);
                // Ranges span orders of magnitude.
                let share = share * share * share;
                Value::Number(range.0 + (range.1 - range.0) * share)
            }
            Kind::StackOrMaturity => Value::Number(f64::from(share) / f64::from(u32::MAX)),
            Kind::Day => continue,
        };
        state.set(control.key, Some(value));
    }
    state
}

/// The scenario's link, its answers in full, and what else the outcome holds in one
/// number: every digit of it counts.
fn answer(state: &State) -> String {
    let scenario = state.scenario();
    let outcome = simulate(&scenario);
    let all = format!("{outcome:?}");
    let brief = outcome.brief(&scenario);
    let mut text = String::new();
    // Writing to a text cannot fail.
    let _ = writeln!(text, "{}\n  {:016x} {brief:?}", write(state), hashed(&all));
    text
}

/// Source: [fnv], 64 bits, variant 1a.
fn hashed(text: &str) -> u64 {
    text.bytes().fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
    })
}
