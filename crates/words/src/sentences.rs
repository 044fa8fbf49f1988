//! Sentences about an outcome: the three answers, their reasons, the gates and
//! the rules.

use crate::Lang;
use sim::catalogue::{Gate, Metric, Posture};
use sim::export::{Caught, Finding, Route};
use sim::llm::{Bound, InferenceStop, TrainingStop};
use sim::outcome::{GateResult, Grade, Outcome, Supply, TrainingGate};
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
        energy(lang, outcome),
    ]
}

fn question(lang: Lang, key: &'static str) -> &'static str {
    lang.find(key).unwrap_or(key)
}

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
    if !outcome.package.is_manufacturable() {
        return stopped("answer.not_made", not_made(lang, scenario, outcome));
    }
    match &outcome.inference {
        Err(InferenceStop::Memory { chips_needed }) => {
            let reason = match chips_needed {
                Some(chips) => lang.fill(
                    "answer.inference.needs",
                    &[("chips", &lang.count(f64::from(*chips)))],
                ),
                None => lang.text("answer.inference.never_fits").to_owned(),
            };
            stopped("answer.inference.does_not_fit", reason)
        }
        Err(InferenceStop::Layout) => stopped(
            "answer.inference.no_layout",
            lang.text("answer.inference.layout_reason").to_owned(),
        ),
        Ok(inference) => {
            let within = inference.tpot <= scenario.serving.limit;
            let per_user = lang.number(1.0 / inference.tpot.get(), 2);
            Answer {
                question,
                headline: lang.fill(
                    "answer.inference.headline",
                    &[("time", &lang.time(inference.tpot))],
                ),
                detail: lang.fill(
                    "answer.inference.detail",
                    &[
                        ("rate", &per_user),
                        ("first", &lang.time(inference.ttft)),
                        (
                            "chip_rate",
                            &lang.number(inference.tokens_per_s_per_chip, 2),
                        ),
                    ],
                ),
                reason: inference_reason(lang, scenario, inference, within),
                grade: if within { Grade::Passed } else { Grade::Failed },
            }
        }
    }
}

fn inference_reason(
    lang: Lang,
    scenario: &Scenario,
    inference: &sim::llm::Inference,
    within: bool,
) -> String {
    let parts = parts(&inference.breakdown);
    let largest = parts
        .iter()
        .copied()
        .reduce(|a, b| if b.1 > a.1 { b } else { a })
        .unwrap_or(parts[0]);
    let bound = match inference.breakdown.bound() {
        Bound::Compute => "answer.bound.compute",
        Bound::Memory => "answer.bound.memory",
        Bound::Network => "answer.bound.network",
    };
    let part_key = format!("part.{}.goes_to", largest.0);
    let sentence = lang.fill(
        "answer.inference.reason",
        &[
            ("bound", lang.text(bound)),
            ("part", &lang.time(Time::new(largest.1))),
            ("whole", &lang.time(inference.tpot)),
            ("to", lang.find(&part_key).unwrap_or("")),
        ],
    );
    let limit = lang.fill(
        if within {
            "answer.inference.within"
        } else {
            "answer.inference.beyond"
        },
        &[("limit", &lang.time(scenario.serving.limit))],
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
        (Ok(plan), Some(r)) => lang.fill(
            "answer.training.detail",
            &[
                ("mfu", &lang.percent(plan.mfu_share)),
                ("failures", &lang.number(r.failures, 2)),
                ("goodput", &lang.percent(r.goodput_share)),
            ],
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
    Answer {
        question: question(lang, "answer.training.question"),
        headline: match &days {
            Some(days) => lang.fill(
                "answer.training.headline",
                &[("verdict", verdict), ("days", days)],
            ),
            None => verdict.to_owned(),
        },
        detail,
        reason,
        grade: training.verdict,
    }
}

/// Why a gate is not passed, or by what it is.
pub fn gate_reason(
    lang: Lang,
    scenario: &Scenario,
    outcome: &Outcome,
    gate: TrainingGate,
) -> String {
    let training = &outcome.training;
    match gate {
        TrainingGate::Supply => supply(lang, scenario, outcome),
        TrainingGate::Memory => match &training.plan {
            Err(TrainingStop::Memory { needed }) => lang.fill(
                "gate.memory.no",
                &[
                    ("needed", &lang.bytes(*needed)),
                    ("there", &lang.bytes(outcome.package.memory)),
                ],
            ),
            Err(TrainingStop::Layout) => lang.text("gate.memory.layout").to_owned(),
            Ok(plan) => lang.fill(
                "gate.memory.yes",
                &[
                    ("needed", &lang.bytes(plan.memory_used)),
                    ("there", &lang.bytes(outcome.package.memory)),
                ],
            ),
        },
        TrainingGate::Time => match training.reliability {
            Some(r) => lang.fill(
                "gate.time",
                &[
                    ("days", &lang.time(r.wall)),
                    ("patience", &lang.time(scenario.bar.patience)),
                ],
            ),
            None => lang.text("gate.unreached").to_owned(),
        },
        TrainingGate::Reliability => match training.reliability {
            Some(r) => lang.fill(
                "gate.reliability",
                &[
                    ("between", &lang.time(r.between_failures)),
                    ("goodput", &lang.percent(r.goodput_share)),
                ],
            ),
            None => lang.text("gate.unreached").to_owned(),
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
    let ratio = if margin >= 1.0 { margin } else { 1.0 / margin };
    Some(lang.fill(key, &[("ratio", &lang.number(ratio, 2))]))
}

/// What a token costs in energy and money.
pub fn energy(lang: Lang, outcome: &Outcome) -> Answer {
    let question = question(lang, "answer.energy.question");
    let energy = &outcome.energy;
    let system = lang.power(energy.system);
    let per_token = energy
        .per_token
        .filter(|_| outcome.package.is_manufacturable());
    let (Some(per_token), Some(electricity), Some(total)) = (
        per_token,
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

/// Why a package cannot be made.
fn not_made(lang: Lang, scenario: &Scenario, outcome: &Outcome) -> String {
    use sim::silicon::Limit;
    let area = lang.with_unit(scenario.design.die_area.get(), 3, "mm²");
    match outcome
        .package
        .limits
        .iter()
        .find(|limit| **limit != Limit::Power)
    {
        Some(Limit::BeyondReticle) => lang.fill(
            "limit.reticle",
            &[
                ("area", &area),
                (
                    "reticle",
                    &lang.with_unit(scenario.making.reticle.get(), 3, "mm²"),
                ),
            ],
        ),
        _ => lang.fill(
            "limit.package",
            &[("dies", &lang.count(f64::from(scenario.design.dies)))],
        ),
    }
}

/// Whether the chip may be had, and who decides.
pub fn supply(lang: Lang, scenario: &Scenario, outcome: &Outcome) -> String {
    let key = match outcome.supply {
        Supply::NotManufacturable => return not_made(lang, scenario, outcome),
        Supply::Free => "supply.free",
        Supply::LicenceException => "supply.licence_exception",
        Supply::CaseByCase => match outcome.china {
            Gate::Open => "supply.case_by_case",
            Gate::Discouraged | Gate::Barred => "supply.case_by_case_discouraged",
        },
        Supply::Indeterminate => "supply.indeterminate",
        Supply::Discouraged => "supply.discouraged",
        Supply::Denied => "supply.denied",
        Supply::Barred => "supply.barred",
        Supply::Domestic => "supply.domestic",
        Supply::NoFab(Route::EntityListed) => "supply.entity_listed",
        Supply::NoFab(Route::Controlled) => "supply.controlled",
        Supply::NoFab(Route::PresumedControlled | Route::Open) => "supply.presumed",
    };
    let rule = outcome
        .us
        .deciding
        .map_or_else(String::new, |finding| rule_finding(lang, &finding));
    match outcome.supply {
        Supply::Denied | Supply::CaseByCase if !rule.is_empty() => {
            format!("{} {rule}", lang.text(key))
        }
        _ => lang.text(key).to_owned(),
    }
}

/// A rule's finding in words: "TPP 2,368: 32 under the limit of 2,400".
pub fn rule_finding(lang: Lang, finding: &Finding) -> String {
    if finding.caught == Caught::Indeterminate {
        return lang.text("rule.indeterminate").to_owned();
    }
    let Some(nearest) = finding.nearest else {
        return String::new();
    };
    let metric = metric_name(lang, nearest.metric);
    let exact = |value: f64| {
        if nearest.metric == Metric::PerformanceDensity {
            lang.decimals(value, 2)
        } else {
            lang.count(value)
        }
    };
    let gap = (nearest.value - nearest.threshold).abs();
    let key = match (nearest.value < nearest.threshold, gap == 0.0) {
        (_, true) => "rule.at",
        (true, _) => "rule.under",
        (false, _) => "rule.over",
    };
    lang.fill(
        key,
        &[
            ("metric", metric),
            ("value", &exact(nearest.value)),
            ("gap", &exact(gap)),
            ("threshold", &exact(nearest.threshold)),
        ],
    )
}

/// The name of a metric.
pub fn metric_name(lang: Lang, metric: Metric) -> &'static str {
    let key = match metric {
        Metric::Tpp => "metric.tpp",
        Metric::PerformanceDensity => "metric.performance_density",
        Metric::LinkBandwidth => "metric.link_bandwidth",
        Metric::MemoryBandwidth => "metric.memory_bandwidth",
        Metric::MemoryAndLinkBandwidth => "metric.memory_and_link_bandwidth",
        Metric::DataCentre => "metric.data_centre",
        Metric::Transistors => "metric.transistors",
    };
    lang.find(key).unwrap_or(key)
}

/// How a licence would be met.
pub fn posture(lang: Lang, posture: Option<Posture>) -> &'static str {
    let key = match posture {
        Some(Posture::Free) => "posture.free",
        Some(Posture::LicenceException) => "posture.licence_exception",
        Some(Posture::CaseByCase) => "posture.case_by_case",
        Some(Posture::PresumptionOfDenial) => "posture.presumption_of_denial",
        None => "posture.indeterminate",
    };
    lang.find(key).unwrap_or(key)
}
