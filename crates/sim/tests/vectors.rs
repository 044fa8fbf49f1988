//! Published worked examples: rules, model shapes, systems, training runs. Those of
//! chip making are in `silicon.rs`.

use sim::catalogue::{CHIPS, rule};
use sim::export::{Caught, Posture};
use sim::outcome::simulate;
use sim::scenario::Scenario;
use sim::silicon::*;
use sim::state::{State, Value};

fn state_of(id: &'static str) -> State {
    State::default().with("chip", Value::Id(id))
}

/// The three rules' verdicts on chips whose figures are published.
#[test]
fn verdicts_are_the_published_ones() {
    let (no, dc, nac) = (None, Some("3A090.a"), Some("3A090.a"));
    // chip, caught in October 2022, paragraph of October 2023, caught in April 2025
    let rows = [
        ("a100-80", true, dc, true),
        ("a800", false, dc, true),
        ("h100-sxm", true, dc, true),
        ("h800", false, dc, true),
        ("h20", false, no, true),
        ("h200", true, dc, true),
        ("b200", true, dc, true),
        ("b30a", true, dc, true),
        ("rtx-4090", false, nac, false),
        ("rtx-4090d", false, no, false),
        ("l40s", false, dc, false),
        ("l20", false, no, false),
        ("l2", false, no, false),
        ("mi300x", true, dc, true),
        ("ascend-910b", false, dc, true),
        ("ascend-910c", true, dc, true),
    ];
    for (id, oct_2022, oct_2023, apr_2025) in rows {
        let metrics = simulate(&state_of(id).scenario()).metrics;
        let find = |rule_id: &str| {
            rule(rule_id)
                .expect("the rule is in data/rules.toml")
                .find(&metrics, None)
        };
        let caught = |rule_id: &str| find(rule_id).caught == Caught::Yes;
        assert_eq!(caught("r22"), oct_2022, "{id} under r22");
        assert_eq!(
            find("r23").paragraph.filter(|_| caught("r23")),
            oct_2023,
            "{id} under r23"
        );
        assert_eq!(caught("inf25"), apr_2025, "{id} under inf25");
    }
    let metrics = simulate(&state_of("rtx-4090").scenario()).metrics;
    assert_eq!(
        rule("r23").expect("r23").find(&metrics, None).posture,
        Posture::LicenceException
    );
}

#[test]
fn the_h20_misses_by_what_was_published() {
    let metrics = simulate(&state_of("h20").scenario()).metrics;
    assert_eq!(metrics.tpp, 2368.0);
    let nearest = rule("r23")
        .expect("r23")
        .find(&metrics, None)
        .nearest
        .expect("its figures are published");
    assert_eq!((nearest.value, nearest.threshold), (2368.0, 2400.0));
    assert!(nearest.margin_ratio < 1.0);
}

#[test]
fn deepseek_v3_caches_what_was_published() {
    let shape = sim::catalogue::llm("deepseek-v3")
        .expect("in data/models.toml")
        .shape;
    // 61 layers of 576 numbers; two bytes each are 70,272.
    assert_eq!(shape.cached_per_token() * 2.0, 70_272.0);
}

/// At its own anchor every chip is the published one, to the last bit.
#[test]
fn every_chip_reproduces_its_own_figures() {
    for row in CHIPS {
        let scenario = state_of(row.id).scenario();
        let package = package(&scenario.anchor, &scenario.design, &scenario.making);
        assert_eq!(package.peaks.bf16, row.bf16.central, "{}", row.id);
        assert_eq!(package.peaks.fp8, row.fp8.map(|f| f.central), "{}", row.id);
        assert_eq!(package.memory, row.memory.central, "{}", row.id);
        assert_eq!(package.bandwidth, row.bandwidth.central, "{}", row.id);
        assert!(
            (package.power / row.tdp.central - 1.0).abs() < 1e-12,
            "{}",
            row.id
        );
        assert_eq!(package.clock_ratio, 1.0, "{}", row.id);
        assert!(package.is_manufacturable(), "{}", row.id);
    }
}

/// Two systems' published power: chips, hosts and optics at full load.
#[test]
fn systems_draw_what_was_published() {
    for (id, chips, kilowatts) in [
        ("cloudmatrix-384", 384.0, 559.4),
        ("gb200-nvl72", 72.0, 145.0),
    ] {
        let state = state_of(id).with("chips", Value::Number(chips));
        let drawn = simulate(&state.scenario()).energy.system.get() / 1e3;
        assert!(
            (drawn / kilowatts - 1.0).abs() < 0.01,
            "{id}: {drawn} kW against {kilowatts}"
        );
    }
}

/// Runs whose step is published, with the layout they report.
#[test]
fn training_runs_come_out_within_a_fifth() {
    let run = |query: &str| -> Scenario { sim::link::read(query).state.scenario() };
    let cases = [
        // TFLOP/s per chip: Llama 3 405B, GPT-3 175B on 128 H100, on 1,024 A100.
        (
            "chip=h100-sxm&llm=llama-3.1-405b&chips=16384&tp=8&pp=16&vp=8&engine=pytorch",
            400.0,
        ),
        (
            "chip=h100-sxm&llm=gpt3-175b&chips=128&gbs=256&seq=2048",
            534.0,
        ),
        (
            "chip=a100-80&llm=gpt3-175b&chips=1024&gbs=1536&seq=2048&tp=8&pp=8&recompute=full",
            141.0,
        ),
    ];
    for (query, measured) in cases {
        let outcome = simulate(&run(query));
        let ours = outcome
            .training
            .plan
            .expect("the published layout fits")
            .ops_per_chip
            .get()
            / 1e12;
        assert!(
            (ours / measured - 1.0).abs() < 0.2,
            "{query}: {ours} against {measured}"
        );
    }
}
