//! How fast a model answers, or why it does not.

use super::access::not_made;
use super::layouts::nearest_layout;
use super::{Answer, both, fallback, joined, question, uncalibrated};
use crate::Lang;
use sim::answer::held_back;
use sim::llm::{InferenceStop, ServeMode};
use sim::outcome::{Grade, Outcome, tpot_range};
use sim::scenario::Scenario;
use units::Time;

/// How fast a model answers, and what the time goes to.
pub fn inference(lang: Lang, scenario: &Scenario, outcome: &Outcome) -> Answer {
    let question = question(lang, "answer.inference.question");
    let stopped = |headline: &str, reason: String| Answer {
        question,
        headline: lang.text(headline).to_owned(),
        detail: String::new(),
        reason,
        grade: Grade::Failed,
    };
    match &outcome.inference {
        Err(InferenceStop::Memory {
            chips_needed,
            longest_prompt,
            largest_batch,
        }) => {
            let reason = match chips_needed {
                Some(chips) => lang.fill(
                    match largest_batch {
                        Some(_) => "answer.inference.needs_batch",
                        None => "answer.inference.needs",
                    },
                    &[("chips", &lang.count(f64::from(*chips)))],
                ),
                None if largest_batch.is_some() => String::new(),
                None => lang.text("answer.inference.never_fits").to_owned(),
            };
            let fewer = largest_batch
                .map(|batch| lang.fill("answer.inference.fewer", &[("batch", &lang.count(batch))]));
            let shorter = longest_prompt
                .filter(|_| largest_batch.is_none())
                .map(|tokens| {
                    lang.fill(
                        "answer.inference.longest",
                        &[("tokens", &lang.count(tokens))],
                    )
                });
            stopped(
                "answer.inference.does_not_fit",
                joined(reason, both(fewer, shorter)),
            )
        }
        Err(InferenceStop::NotMade) => {
            stopped("answer.not_made", not_made(lang, scenario, outcome))
        }
        Err(InferenceStop::Layout { nearest }) => stopped(
            "answer.inference.no_layout",
            joined(
                lang.text("answer.inference.layout_reason").to_owned(),
                nearest_layout(lang, *nearest),
            ),
        ),
        Ok(inference) => {
            let within = inference.tpot <= scenario.serving.limit;
            let per_user = lang.number(1.0 / inference.tpot.get(), 2);
            let range = tpot_range(scenario, outcome);
            let system = inference.tokens_per_s_per_chip * f64::from(scenario.serving.chips);
            Answer {
                question,
                headline: lang.fill(
                    "answer.inference.headline",
                    &[("time", &lang.time(inference.tpot))],
                ),
                detail: joined(
                    lang.fill(
                        "answer.inference.detail",
                        &[
                            ("rate", &per_user),
                            ("first", &lang.time(inference.ttft)),
                            ("system", &lang.number(system, 2)),
                        ],
                    ),
                    fallback(lang, scenario.serving.weights, outcome.format),
                ),
                reason: joined(
                    inference_reason(lang, scenario, inference, within),
                    uncalibrated(lang, range),
                ),
                grade: match range {
                    _ if !within => Grade::Failed,
                    // It may as well be too slow.
                    Some((_, worst)) if worst > scenario.serving.limit => Grade::Strained,
                    _ => Grade::Passed,
                },
            }
        }
    }
}

/// That what is published is often of easier work.
pub fn plainly(lang: Lang, scenario: &Scenario) -> Option<String> {
    let serving = &scenario.serving;
    let plain = serving.accepted <= 1.0 && serving.mode == ServeMode::Mixed;
    plain.then(|| lang.text("answer.inference.plainly").to_owned())
}

fn inference_reason(
    lang: Lang,
    scenario: &Scenario,
    inference: &sim::llm::Inference,
    within: bool,
) -> String {
    let (part, time, bound) = held_back(&inference.breakdown);
    let bound = format!("answer.bound.{bound}");
    let part_key = format!("part.{}.goes_to", part.name());
    let sentence = lang.fill(
        "answer.inference.reason",
        &[
            ("bound", lang.text(&bound)),
            ("part", &lang.time(Time::new(time))),
            ("whole", &lang.time(inference.tpot)),
            ("to", lang.find(&part_key).unwrap_or("")),
        ],
    );
    let key = match (within, scenario.serving.batch) {
        (false, _) => "answer.inference.beyond",
        (true, None) => "answer.inference.batched",
        (true, Some(_)) => "answer.inference.within",
    };
    let limit = lang.fill(
        key,
        &[
            ("limit", &lang.time(scenario.serving.limit)),
            (
                "chip_rate",
                &lang.number(inference.tokens_per_s_per_chip, 2),
            ),
        ],
    );
    format!("{sentence} {limit}")
}

/// The parts of a token's time with their text keys (`part.KEY`).
pub fn parts(time: &sim::llm::TokenTime) -> [(&'static str, f64); 6] {
    [
        ("weights", time.weights),
        ("kv_cache", time.kv_cache),
        ("compute", time.compute),
        ("network", time.network),
        ("launches", time.launches),
        ("prefill", time.prefill),
    ]
}
