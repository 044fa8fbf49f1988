//! Worked examples of serving and training that can be done by hand or were
//! published.

use sim::catalogue::{ASSUMPTIONS, llm};
use sim::llm::{Device, Heat, Links, all_reduce};
use sim::outcome::simulate;
use units::*;

fn near(what: &str, ours: f64, theirs: f64, share: f64) {
    assert!(
        (ours / theirs - 1.0).abs() < share,
        "{what}: {ours} against {theirs}"
    );
}

fn answer(query: &str) -> sim::outcome::Outcome {
    let link = sim::link::read(query);
    assert_eq!(link.notices, [], "{query}");
    simulate(&link.state.scenario())
}

/// NCCL on eight H100s: 351 GB/s of bus for large messages, which is 78 % of 450.
#[test]
fn a_large_sum_goes_at_the_published_rate() {
    let links = Links {
        scale_up_latency: Time::new(0.0),
        scale_up_share: 0.78,
        scale_out_latency: Time::new(0.0),
        scale_out_share: 0.8,
        die_latency: Time::new(0.0),
    };
    let device = Device {
        peak: OpRate::new(1e15),
        peak_16: OpRate::new(1e15),
        bandwidth: Bandwidth::new(3.35e12),
        memory: Bytes::new(80e9),
        dies: 1,
        die_to_die: None,
        scale_up: Bandwidth::new(450e9),
        domain: 8,
        scale_out: Bandwidth::new(50e9),
        clock_ratio: 1.0,
    };
    let message = Bytes::new(1e9);
    let time = all_reduce(message, 8, &device, &links).get();
    near("bus rate", 2.0 * 7.0 / 8.0 * 1e9 / time, 351e9, 1e-9);
    // Over two servers the part that leaves is an eighth of the message.
    let across = all_reduce(message, 16, &device, &links).get() - time;
    near("across", across, 1e9 / 8.0 / 40e9, 1e-9);
}

/// 256 experts, 8 a token: 64 tokens touch 256·(1 − (31/32)⁶⁴) of them; a token
/// reaches 7·(1 − (7/8)⁸) other servers of eight, but no more than DeepSeek allows.
#[test]
fn experts_are_touched_and_reached_as_often_as_chance_has_it() {
    let mut experts = llm("deepseek-v3")
        .and_then(|row| row.shape.experts)
        .expect("it has experts");
    near("touched", experts.touched(64.0), 222.4, 1e-3);
    near("within the limit", experts.servers_reached(8.0), 3.5, 1e-9);
    experts.servers_at_most = 0;
    near("without one", experts.servers_reached(8.0), 4.595, 1e-3);
}

/// The textbook's acceleration from 55 to 125 °C at 0.7 eV is 78.
#[test]
fn heat_wears_as_the_textbook_has_it() {
    let heat = Heat {
        junction: Temperature::new(125.0),
        reference: Temperature::new(55.0),
        activation: ActivationEnergy::new(0.7),
        limit: Temperature::new(85.0),
        loss_per_degree_share: 0.02,
        least_clock_share: 0.1,
    };
    near("wear", heat.failure_ratio(), 78.0, 0.01);
    near("clock", heat.clock_ratio(), 0.2, 1e-9);
}

/// Adam at 16 bit takes 16 bytes a parameter where nothing is shared: 7 billion
/// parameters are 112 GB and fit on two chips of 80 only if their states are split.
#[test]
fn a_parameter_takes_its_published_bytes() {
    let a = &ASSUMPTIONS;
    let bytes = a.weight_state.central + a.gradient_state.central + a.optimiser_state.central;
    assert_eq!(bytes.get(), 16.0);
    let base = "chip=h100-sxm&llm=llama-2-7b&chips=2&gbs=2&mbs=1&recompute=full&pp=1&tp=1&dp=2";
    assert!(answer(&format!("{base}&zero=0")).training.plan.is_err());
    assert!(answer(&format!("{base}&zero=3")).training.plan.is_ok());
}

/// One forward, one backward: (p − 1)/(v·m) of the work is waiting.
#[test]
fn a_pipeline_waits_as_published() {
    let share = |vp: u32| {
        let base = "chip=a100-80&llm=gpt3-175b&chips=64&tp=8&pp=8&dp=1&mbs=1&gbs=64&seq=2048";
        let plan = answer(&format!("{base}&recompute=full&vp={vp}"))
            .training
            .plan;
        let plan = plan.expect("it fits");
        // Waiting over the rest of a step, its fixed part and stragglers included.
        plan.bubble_share / (1.0 - plan.bubble_share)
    };
    near("one chunk", share(1), 7.0 / 64.0, 0.05);
    near("three", share(3), 7.0 / 3.0 / 64.0, 0.05);
}

/// With one draft of which 70 % are taken a step gives 1.7 tokens, and DeepSeek's
/// step then takes less than twice as long.
#[test]
fn a_draft_pays_where_reading_decides() {
    let base = "chip=h200&chips=8&llm=deepseek-v3&tp=8&batch=8&in=1024&out=1024";
    let tpot = |mtp: &str| {
        let served = answer(&format!("{base}&mtp={mtp}")).inference;
        served.expect("it fits").itl.get()
    };
    let gain = tpot("1") / tpot("1.7");
    assert!(gain > 1.1 && gain < 1.7, "{gain}");
}
