//! Sentences about an outcome: the three answers, their reasons, the gates and
//! the rules.

mod access;
mod answering;
mod comparing;
mod layouts;
mod supply;

pub use access::{access, metric_name, posture, rule_finding, rule_reason};
pub use answering::{inference, parts, plainly};
pub use comparing::{Distance, apart, differences};
pub use layouts::{serving_layout, training_layout};
pub(crate) use supply::months;
pub use supply::{bottleneck, wait};

use crate::Lang;
use access::not_made;
use layouts::nearest_layout;
use sim::llm::{Format, ServeMode, TrainingStop};
use sim::outcome::{GateResult, Grade, Outcome, TrainingGate, step_range};
use sim::scenario::Scenario;
use units::Time;

/// One of the three answers.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// What it answers, two or three words.
    pub question: &'static str,
    /// The answer in large type.
    pub headline: String,
    /// What stands under it.
    pub detail: String,
    /// Why, in a sentence.
    pub reason: String,
    /// How good that is.
    pub grade: Grade,
}

/// The three answers: inference, training, energy.
pub fn answers(lang: Lang, scenario: &Scenario, outcome: &Outcome) -> [Answer; 3] {
    [
        inference(lang, scenario, outcome),
        training(lang, scenario, outcome),
        energy(lang, scenario, outcome),
    ]
}

/// A million tokens as they are priced: those written, and what is read for them.
pub fn million(lang: Lang, scenario: &Scenario) -> String {
    let serving = &scenario.serving;
    match serving.mode {
        ServeMode::DecodeOnly => lang.text("answer.energy.alone").to_owned(),
        ServeMode::Mixed | ServeMode::Split => lang.fill(
            "answer.energy.million",
            &[
                ("prompt", &lang.count(serving.prompt)),
                ("answer", &lang.count(serving.answer)),
            ],
        ),
    }
}

fn question(lang: Lang, key: &'static str) -> &'static str {
    lang.find(key).unwrap_or(key)
}

/// Whether a model can be trained, and what decides.
pub fn training(lang: Lang, scenario: &Scenario, outcome: &Outcome) -> Answer {
    let training = &outcome.training;
    if !outcome.package.is_manufacturable() {
        return Answer {
            question: question(lang, "answer.training.question"),
            headline: lang.text("answer.training.infeasible").to_owned(),
            detail: String::new(),
            reason: not_made(lang, scenario, outcome),
            grade: Grade::Failed,
        };
    }
    let verdict = lang.text(match training.verdict {
        Grade::Passed => "answer.training.feasible",
        Grade::Strained => "answer.training.strained",
        Grade::Failed => "answer.training.infeasible",
    });
    let days = training.reliability.map(|r| lang.time(r.wall));
    let detail = match (&training.plan, training.reliability) {
        (Ok(plan), Some(r)) => joined(
            lang.fill(
                "answer.training.detail",
                &[
                    ("mfu", &lang.percent(plan.mfu_share)),
                    ("failures", &failures(lang, r.failures)),
                    ("goodput", &lang.percent(r.goodput_share)),
                ],
            ),
            both(
                // What cannot be had may still be told.
                (training.binding == Some(TrainingGate::Supply))
                    .then(|| lang.fill("answer.training.itself", &[("days", &lang.time(r.wall))])),
                fallback(lang, scenario.job.format, outcome.training_format),
            ),
        ),
        _ => String::new(),
    };
    let reason = match training.binding {
        None => lang.fill(
            "answer.training.passes",
            &[
                ("patience", &lang.time(scenario.bar.patience)),
                ("days", days.as_deref().unwrap_or("")),
            ],
        ),
        Some(gate) => gate_reason(lang, scenario, outcome, gate),
    };
    // The run takes as much longer as its steps.
    let range = step_range(scenario, outcome);
    let range = match (range, &training.plan, training.reliability) {
        (Some((best, worst)), Ok(plan), Some(r)) => {
            Some((r.wall * (best / plan.step), r.wall * (worst / plan.step)))
        }
        _ => None,
    };
    let reason = joined(reason, uncalibrated(lang, range));
    Answer {
        question: question(lang, "answer.training.question"),
        headline: match (training.binding, &days) {
            (Some(TrainingGate::Supply), _) => lang.fill(
                "answer.training.headline",
                &[("verdict", verdict), ("days", &supply::word(lang, outcome))],
            ),
            // A run that the site cannot feed has no length.
            (Some(TrainingGate::Power), _) if training.verdict == Grade::Failed => lang.fill(
                "answer.training.headline",
                &[
                    ("verdict", verdict),
                    ("days", lang.text("answer.training.no_power")),
                ],
            ),
            (_, Some(days)) => lang.fill(
                "answer.training.headline",
                &[("verdict", verdict), ("days", days)],
            ),
            (_, None) => verdict.to_owned(),
        },
        detail,
        reason,
        grade: training.verdict,
    }
}

/// That a chip computes in another format than the one asked for.
fn fallback(lang: Lang, asked: Format, used: Format) -> Option<String> {
    let name = |format: Format| match format {
        Format::Bf16 => "BF16",
        Format::Fp8 => "FP8",
        Format::Int8 => "INT8",
        Format::Int4 => "INT4",
        Format::Fp4 => "FP4",
    };
    (asked != used).then(|| {
        lang.fill(
            "answer.fallback",
            &[("asked", name(asked)), ("used", name(used))],
        )
    })
}

/// A number of failures, none where there is hardly one.
pub(crate) fn failures(lang: Lang, failures: f64) -> String {
    lang.number(if failures < 0.5 { 0.0 } else { failures }, 2)
}

/// That nobody measured the chip on this software, and the range that leaves.
fn uncalibrated(lang: Lang, range: Option<(Time, Time)>) -> Option<String> {
    let (best, worst) = range?;
    Some(lang.fill(
        "answer.uncalibrated",
        &[("low", &lang.time(best)), ("high", &lang.time(worst))],
    ))
}

/// Two sentences that may not be said, as one that may not.
fn both(first: Option<String>, second: Option<String>) -> Option<String> {
    match first {
        Some(first) => Some(joined(first, second)),
        None => second,
    }
}

/// Two sentences as one text.
fn joined(first: String, second: Option<String>) -> String {
    second.map_or_else(|| first.clone(), |second| format!("{first} {second}"))
}

/// Why a gate is not passed, or by what it is.
pub fn gate_reason(
    lang: Lang,
    scenario: &Scenario,
    outcome: &Outcome,
    gate: TrainingGate,
) -> String {
    let training = &outcome.training;
    let unreached = || {
        let key = match training.plan {
            Err(TrainingStop::NotMade) => "gate.not_made",
            _ => "gate.unreached",
        };
        lang.text(key).to_owned()
    };
    match gate {
        TrainingGate::Supply => joined(
            access(lang, scenario, outcome),
            wait(lang, scenario, outcome),
        ),
        TrainingGate::Memory => match &training.plan {
            Err(TrainingStop::Memory { needed }) => lang.fill(
                "gate.memory.no",
                &[
                    ("needed", &lang.bytes(*needed)),
                    ("there", &lang.bytes(outcome.package.memory)),
                ],
            ),
            Err(TrainingStop::Layout { nearest }) => joined(
                lang.text("gate.memory.layout").to_owned(),
                nearest_layout(lang, *nearest),
            ),
            Err(TrainingStop::NotMade) => unreached(),
            Ok(plan) => joined(
                lang.fill(
                    "gate.memory.yes",
                    &[
                        ("needed", &lang.bytes(plan.memory_used)),
                        ("there", &lang.bytes(outcome.package.memory)),
                    ],
                ),
                Some(training_layout(lang, plan)),
            ),
        },
        TrainingGate::Time => match training.reliability {
            Some(r) => {
                let (wall, patience) = (lang.time(r.wall), lang.time(scenario.bar.patience));
                // A run that misses by hours must not read as if it kept the limit.
                let bar = &scenario.bar;
                let over = r.wall / bar.patience - 1.0;
                let most = bar.strained_ratio - 1.0;
                let key = match wall == patience {
                    true if over > 0.0 => "gate.time_just_over",
                    false if over > 0.0 && over <= most => "gate.time_borderline",
                    _ => "gate.time",
                };
                let said = [
                    ("days", &*wall),
                    ("patience", &patience),
                    ("over", &lang.percent(over)),
                ];
                lang.fill(key, &said)
            }
            None => unreached(),
        },
        TrainingGate::Reliability => match training.reliability {
            Some(r) => lang.fill(
                "gate.reliability",
                &[
                    ("between", &lang.time(r.between_failures)),
                    ("goodput", &lang.percent(r.goodput_share)),
                ],
            ),
            None => unreached(),
        },
        TrainingGate::Power => lang.fill(
            "gate.power",
            &[
                ("needed", &lang.power(outcome.energy.site)),
                ("there", &lang.power(scenario.bar.site_power)),
            ],
        ),
    }
}

/// The name of a gate.
pub fn gate_name(lang: Lang, gate: TrainingGate) -> &'static str {
    let key = match gate {
        TrainingGate::Supply => "gate.supply.name",
        TrainingGate::Memory => "gate.memory.name",
        TrainingGate::Time => "gate.time_name",
        TrainingGate::Reliability => "gate.reliability_name",
        TrainingGate::Power => "gate.power_name",
    };
    lang.find(key).unwrap_or(key)
}

/// How far a gate is from its bar, in words: "1.4 times what is needed".
pub fn gate_margin(lang: Lang, gate: &GateResult) -> Option<String> {
    let margin = gate.margin_ratio?;
    let key = if margin >= 1.0 {
        "gate.margin_over"
    } else {
        "gate.margin_under"
    };
    let ratio = lang.number(if margin >= 1.0 { margin } else { 1.0 / margin }, 2);
    if margin < 1.0 && ratio == "1" {
        return Some(lang.text("gate.margin_just_under").to_owned());
    }
    Some(lang.fill(key, &[("ratio", &ratio)]))
}

/// What a token costs in energy and money.
pub fn energy(lang: Lang, scenario: &Scenario, outcome: &Outcome) -> Answer {
    let question = question(lang, "answer.energy.question");
    let energy = &outcome.energy;
    let system = lang.power(energy.system);
    let (Some(per_token), Some(electricity), Some(total)) = (
        energy.per_token,
        energy.electricity_per_million,
        energy.total_per_million,
    ) else {
        return Answer {
            question,
            headline: lang.text("answer.energy.nothing").to_owned(),
            detail: lang.fill("answer.energy.system", &[("power", &system)]),
            reason: lang.text("answer.energy.nothing_reason").to_owned(),
            grade: Grade::Failed,
        };
    };
    let share = electricity / total;
    let training = match (energy.training, energy.training_electricity) {
        (Some(run), Some(money)) => lang.fill(
            "answer.energy.training",
            &[("energy", &lang.energy(run)), ("money", &lang.money(money))],
        ),
        _ => String::new(),
    };
    Answer {
        question,
        headline: lang.fill(
            "answer.energy.headline",
            &[("energy", &lang.energy(per_token))],
        ),
        detail: lang.fill(
            "answer.energy.detail",
            &[
                ("million", &million(lang, scenario)),
                ("electricity", &lang.money(electricity)),
                ("total", &lang.money(total)),
            ],
        ),
        reason: format!(
            "{} {training}",
            lang.fill(
                "answer.energy.reason",
                &[("share", &lang.percent(share)), ("power", &system)]
            )
        )
        .trim_end()
        .to_owned(),
        grade: Grade::Passed,
    }
}
