//! Every number of the answers is explained, and every explanation is right: by
//! the numbers that it holds, and by the digits that a reader sees.

mod arithmetic;

use proptest::prelude::*;
use sim::catalogue::{self, PRESETS};
use sim::controls::{CONTROLS, Kind};
use sim::llm::TokenTime;
use sim::outcome::{Outcome, TrainingGate, simulate};
use sim::scenario::Scenario;
use sim::state::{State, Value};
use words::Lang;
use words::explain::{Explanation, Loss, Phase, Subject, Watts, explain};
use words::sentences::{answers, wait};

/// Numbers of figures alone.
const OF_FIGURES: [Subject; 19] = [
    Subject::Lost,
    Subject::Ridge,
    Subject::BetweenTokens,
    Subject::ChipRate,
    Subject::ReaderRate,
    Subject::TrainingRate,
    Subject::WeightsMemory,
    Subject::CacheMemory,
    Subject::Peak,
    Subject::Peak16,
    Subject::Bandwidth,
    Subject::Memory,
    Subject::PowerLimit,
    Subject::Works,
    Subject::BetweenFailures,
    Subject::Electricity,
    Subject::Machines,
    Subject::PeakCost,
    Subject::Worth(7, "h100-sxm"),
];

fn subjects() -> impl Iterator<Item = Subject> {
    let answers = Subject::ANSWERS.into_iter().flatten();
    let known = answers.chain(Subject::CHIP).chain(&OF_FIGURES).copied();
    let parts = TokenTime::default().parts();
    let works = [Phase::Decode, Phase::Prefill]
        .into_iter()
        .flat_map(|phase| {
            [
                Subject::Intensity(phase),
                Subject::Pace(phase),
                Subject::Roof(phase),
                Subject::OfRoof(phase),
            ]
        });
    let gates = [
        TrainingGate::Supply,
        TrainingGate::Memory,
        TrainingGate::Time,
        TrainingGate::Reliability,
        TrainingGate::Power,
    ];
    let losses = [Loss::Checkpoints, Loss::Redone, Loss::Restarts];
    let watts = [
        Watts::Chips,
        Watts::Base,
        Watts::Compute,
        Watts::Memory,
        Watts::Links,
        Watts::Optics,
        Watts::Hosts,
        Watts::Overhead,
        Watts::System,
        Watts::Site,
    ];
    let watts = watts
        .into_iter()
        .flat_map(|watts| [false, true].map(|full| Subject::Watts(watts, full)));
    known
        .chain(parts.map(|(part, _)| Subject::TokenPart(part)))
        .chain(works)
        .chain(gates.map(Subject::Margin))
        .chain(losses.map(Subject::LostTo))
        .chain(watts)
        .chain((0..7).map(Subject::CostPart))
        .chain([(0, 3), (3, 5), (5, 7)].map(|(from, to)| Subject::PeakCostPart(from, to)))
        .chain([0, 6, 13, 19].map(Subject::Quarter))
}

fn explained(lang: Lang, scenario: &Scenario, outcome: &Outcome) -> Vec<(Subject, Explanation)> {
    subjects()
        .filter_map(|subject| Some((subject, explain(lang, subject, scenario, outcome)?)))
        .collect()
}

/// What is wrong with the explanations of that state.
fn wrong(state: &State) -> Vec<String> {
    let scenario = state.scenario();
    let outcome = simulate(&scenario);
    let mut wrong = Vec::new();
    for lang in Lang::ALL {
        for (subject, explanation) in explained(lang, &scenario, &outcome) {
            let steps = explanation.steps.len();
            if !(1..=6).contains(&steps) {
                wrong.push(format!("{subject:?}: {steps} steps"));
            }
            for step in &explanation.steps {
                // What is nothing may be so by rounding.
                let near = (step.computed - step.told).abs() <= 1e-9 * step.told.abs() + 1e-12;
                if !near {
                    wrong.push(format!("{subject:?}: {} is not {step:?}", step.computed));
                }
                let shown = arithmetic::computed(lang, &step.values);
                let told = arithmetic::told(lang, &step.result);
                let off = (shown.value - told.value).abs();
                if off > (shown.off + told.off) * 1.001 + 1e-12 * told.value.abs() {
                    wrong.push(format!(
                        "{subject:?}: {shown:?} is not {told:?} in {step:?}"
                    ));
                }
                let texts = [&step.what, &step.formula, &step.values, &step.result];
                if texts
                    .iter()
                    .any(|text| text.is_empty() || text.contains("explain."))
                {
                    wrong.push(format!("{subject:?}: a text is missing in {step:?}"));
                }
            }
            for key in explanation.sources {
                if catalogue::source(key).is_none() {
                    wrong.push(format!("{subject:?}: no source {key}"));
                }
            }
        }
    }
    wrong
}

#[test]
fn every_preset_is_explained_rightly() {
    for preset in PRESETS {
        let wrong = wrong(&State::of_preset(preset));
        assert!(wrong.is_empty(), "{}: {wrong:#?}", preset.id);
    }
}

/// A value for the control, over its whole range, often at the ends.
fn any_value(control: usize) -> BoxedStrategy<Value> {
    match CONTROLS[control].kind {
        Kind::Choice { ids, .. } => prop::sample::select(ids()).prop_map(Value::Id).boxed(),
        Kind::Number {
            range: (least, most),
            ..
        } => prop_oneof![8 => least..most, 1 => Just(least), 1 => Just(most)]
            .prop_map(Value::Number)
            .boxed(),
        Kind::Day => (2020u16..2030, 1u8..13, 1u8..29)
            .prop_filter_map("a day", |(y, m, d)| {
                sim::date::Date::new(y, m, d).map(Value::Day)
            })
            .boxed(),
        Kind::StackOrMaturity => prop::sample::select(catalogue::STACKS)
            .prop_map(|row| Value::Id(row.id))
            .boxed(),
    }
}

/// Any state, from any preset: each control set or not.
fn any_state() -> impl Strategy<Value = State> {
    let controls: Vec<_> = (0..CONTROLS.len())
        .map(|i| prop_oneof![5 => Just(None), 1 => any_value(i).prop_map(Some)])
        .collect();
    (0..PRESETS.len(), controls).prop_map(|(preset, values)| {
        let mut state = State::of_preset(&PRESETS[preset]);
        for (control, value) in CONTROLS.iter().zip(values) {
            if value.is_some() {
                state.set(control.key, value);
            }
        }
        state
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(300), ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_reader_chooses_is_explained_rightly(state in any_state()) {
        let wrong = wrong(&state);
        prop_assert!(wrong.is_empty(), "{}: {wrong:#?}", sim::link::write(&state));
    }
}

/// The numbers of a text with the units that stand by them.
fn numbers(text: &str) -> Vec<String> {
    let mut numbers = Vec::new();
    for word in text.split(' ') {
        let word = word.trim_matches(['.', ';', ',', ':', '(', ')']);
        if word.contains(|c: char| c.is_ascii_digit()) {
            numbers.push(word.to_owned());
        }
    }
    numbers
}

/// Fails where a number of the text is no result of these numbers' explanations.
/// Formats have digits in their names; what a reader chose needs no formula.
fn assert_explained(
    text: &str,
    subjects: &[Subject],
    lang: Lang,
    scenario: &Scenario,
    but: &[String],
) {
    let outcome = simulate(scenario);
    let steps = subjects
        .iter()
        .filter_map(|subject| explain(lang, *subject, scenario, &outcome))
        .flat_map(|explanation| explanation.steps);
    let results: Vec<String> = steps.map(|step| step.result).collect();
    for number in numbers(text) {
        let is_format = ["BF16", "FP8", "INT8", "FP4", "INT4"]
            .iter()
            .any(|format| number.contains(format));
        assert!(
            is_format || but.contains(&number) || results.contains(&number),
            "{number:?} of {text:?} is none of {results:?}"
        );
    }
}

#[test]
fn every_number_of_headline_and_detail_is_explained() {
    for preset in PRESETS {
        let scenario = State::of_preset(preset).scenario();
        let outcome = simulate(&scenario);
        for lang in Lang::ALL {
            let answers = answers(lang, &scenario, &outcome);
            let serving = &scenario.serving;
            let chosen = [serving.prompt, serving.answer].map(|tokens| lang.count(tokens));
            for (answer, subjects) in answers.iter().zip(Subject::ANSWERS) {
                let said = format!("{} {}", answer.headline, answer.detail);
                assert_explained(&said, subjects, lang, &scenario, &chosen);
            }
            // Its reason is of numbers too.
            assert_explained(
                &answers[2].reason,
                Subject::ANSWERS[2],
                lang,
                &scenario,
                &[],
            );
        }
    }
}

#[test]
fn every_number_of_the_wait_is_explained() {
    for preset in PRESETS {
        let scenario = State::of_preset(preset).scenario();
        let outcome = simulate(&scenario);
        for lang in Lang::ALL {
            let chosen = [
                lang.percent(scenario.order.buyer_share),
                lang.count(scenario.order.packages),
            ];
            if let Some(wait) = wait(lang, &scenario, &outcome) {
                assert_explained(&wait, Subject::CHIP, lang, &scenario, &chosen);
            }
        }
    }
}

#[test]
fn what_does_not_fit_is_explained_in_bytes() {
    let query = "v=1&chip=h20&chips=8&llm=deepseek-v3&prec=bf16";
    let scenario = sim::link::read(query).state.scenario();
    let outcome = simulate(&scenario);
    assert!(outcome.inference.is_err(), "{:?}", outcome.inference);
    for subject in [Subject::TimePerToken, Subject::TrainingDays] {
        let explanation = explain(Lang::En, subject, &scenario, &outcome).expect("bytes");
        assert!(
            explanation.steps[0].values.contains("GB")
                || explanation.steps[0].result.contains("TB"),
            "{explanation:?}"
        );
    }
    assert_eq!(explain(Lang::En, Subject::Rate, &scenario, &outcome), None);
}

#[test]
fn what_cannot_be_made_is_explained_by_its_limit() {
    let scenario = sim::link::read("v=1&chip=h20&area=1200").state.scenario();
    let outcome = simulate(&scenario);
    let explanation = explain(Lang::En, Subject::TimePerToken, &scenario, &outcome);
    let step = &explanation.expect("the reticle").steps[0];
    assert!(step.told > 1.0, "{step:?}");
}
