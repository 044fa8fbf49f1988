//! What a study of doubt says: where answers lie, how often a run is feasible,
//! which assumption decides.

use crate::numbers::SPACE;
use crate::{Lang, inputs};
use doubt::{Answer, Driver, Range, SoFar, Study};
use sim::llm::Serving;
use sim::supply::DAYS_PER_MONTH;
use units::{Energy, Money, Time};

/// An answer's name, as a line begins.
pub fn answer_name(lang: Lang, answer: Answer) -> &'static str {
    lang.text(match answer {
        Answer::Tpot => "doubt.answer.tpot",
        Answer::Ttft => "doubt.answer.ttft",
        Answer::PerToken => "doubt.answer.per_token",
        Answer::TotalPerMillion => "doubt.answer.total_per_million",
        Answer::Days => "doubt.answer.days",
        Answer::PackagesPerMonth => "doubt.answer.packages_per_month",
        Answer::MonthsToCluster => "doubt.answer.months_to_cluster",
    })
}

/// A number of that answer, with its unit.
pub fn number(lang: Lang, answer: Answer, number: f64) -> String {
    match answer {
        Answer::Tpot | Answer::Ttft => lang.time(Time::new(number)),
        Answer::PerToken => lang.energy(Energy::new(number)),
        Answer::TotalPerMillion => lang.money(Money::new(number)),
        Answer::Days => lang.days(number),
        Answer::PackagesPerMonth => lang.number(number, 2),
        Answer::MonthsToCluster => lang.days(number * DAYS_PER_MONTH),
    }
}

/// A number of that answer, or what is said where there is none.
pub fn number_or_none(lang: Lang, answer: Answer, value: Option<f64>) -> String {
    let none = match answer {
        Answer::Days | Answer::MonthsToCluster => "doubt.never",
        _ => "doubt.none",
    };
    value.map_or_else(
        || lang.text(none).to_owned(),
        |value| number(lang, answer, value),
    )
}

/// What a doubt is called: a group's own name, or its figure's.
pub fn doubt_name(lang: Lang, study: &Study, doubt: usize) -> String {
    let Some(of) = study.doubts().get(doubt) else {
        return String::new();
    };
    let group = of.group.then(|| ["doubt.name.", &of.id].concat());
    match (group.and_then(|key| lang.find(&key)), of.members.first()) {
        (Some(name), _) => name.to_owned(),
        (None, Some(member)) => inputs::name(lang, &study.spreads()[*member].input),
        (None, None) => String::new(),
    }
}

/// Where an answer lies, in a sentence, and how often it is impossible.
pub fn range(lang: Lang, answer: Answer, range: &Range) -> String {
    let number = |value: Option<f64>| number_or_none(lang, answer, value);
    let (low, median, high) = (number(range.p5), number(range.p50), number(range.p95));
    let key = if range.impossible_share >= 1.0 {
        "doubt.impossible"
    } else {
        "doubt.range"
    };
    let mut said = lang.fill(
        key,
        &[
            ("answer", answer_name(lang, answer)),
            ("median", &median),
            ("low", &low),
            ("high", &high),
        ],
    );
    if range.impossible_share > 0.0 && range.impossible_share < 1.0 {
        let share = lang.percent(range.impossible_share);
        said.push(' ');
        said.push_str(&lang.fill("doubt.impossible_share", &[("share", &share)]));
    }
    said
}

/// Where an answer lies: a range, of how many draws, and what else they say.
pub fn band(lang: Lang, shown: &SoFar, answer: Answer) -> Option<[String; 3]> {
    let (_, range) = shown.ranges.iter().find(|(of, _)| *of == answer)?;
    let say = |number: f64| self::number(lang, answer, number);
    let [span, of] = lies(lang, range, &say);
    let median = range.p50.map(say).unwrap_or_default();
    let share = match answer {
        // A run's days do not count those until its chips are there.
        Answer::Days if range.p50.is_some() => Some(("doubt.band_run", shown.trains_share)),
        Answer::Days => Some(("doubt.band_trains", shown.trains_share)),
        Answer::Tpot => Some(("doubt.band_serves", shown.serves_share)),
        _ => None,
    };
    let mut rest = Vec::new();
    // What nobody can make by the central figures may be made by others.
    if answer.of(&shown.central).is_none() && range.p50.is_some() {
        let possible = lang.percent(1.0 - range.impossible_share);
        rest.push(lang.fill("doubt.band_possible", &[("share", &possible)]));
    }
    if range.p50.is_some() && answer != Answer::Days {
        rest.push(lang.fill("doubt.band_middle", &[("median", &median)]));
    }
    if let Some((key, share)) = share {
        let values = [
            ("median", &*median),
            ("share", &*lang.percent(share)),
            ("draws", &*lang.count(f64::from(shown.done))),
        ];
        rest.push(lang.fill(key, &values));
    }
    Some([span, of + ".", rest.join(" ")])
}

/// Why an answer lies beyond its own range, where it does.
pub fn beyond(lang: Lang, shown: &SoFar, answer: Answer, serving: &Serving) -> Option<String> {
    let (_, range) = shown.ranges.iter().find(|(of, _)| *of == answer)?;
    let central = answer.of(&shown.central)?;
    let key = side(range, central)?;
    // A batch that the planner chose comes as near to the limit as whole sequences can.
    let within = |time: f64| time <= serving.limit.get();
    let is_planned = serving.batch.is_none() && range.p95.is_some_and(within);
    let say = |number: f64| number_or_none(lang, answer, Some(number));
    if !(answer == Answer::Tpot && key == "below" && is_planned) {
        return beyond_range(lang, range, central, &say);
    }
    let [span, _] = lies(lang, range, &say);
    let limit = lang.time(serving.limit);
    let values = [
        ("number", &*say(central)),
        ("range", &span),
        ("limit", &limit),
    ];
    Some(lang.fill("doubt.beyond.planned", &values))
}

/// The same of any number that `say` says.
pub fn beyond_range(
    lang: Lang,
    range: &Range,
    central: f64,
    say: &dyn Fn(f64) -> String,
) -> Option<String> {
    let key = side(range, central)?;
    let [span, _] = lies(lang, range, say);
    let values = [("number", &*say(central)), ("range", &*span)];
    Some(lang.fill(&["doubt.beyond.", key].concat(), &values))
}

/// On which side of its range a number lies.
fn side(range: &Range, central: f64) -> Option<&'static str> {
    match range.ends() {
        [Some(low), ..] if central < low => Some("below"),
        [.., Some(high)] if central > high => Some("above"),
        _ => None,
    }
}

/// Where a number lies, and in how many of the draws; `say` says one.
pub fn lies(lang: Lang, range: &Range, say: &dyn Fn(f64) -> String) -> [String; 2] {
    let (span, key) = match (range.p5, range.p95) {
        (Some(low), Some(high)) => (span(&say(low), &say(high)), "doubt.band"),
        (Some(low), None) => (
            lang.fill("doubt.above", &[("low", &say(low))]),
            "doubt.band_above",
        ),
        (None, _) => (lang.text("doubt.none").to_owned(), "doubt.band_none"),
    };
    [span, lang.text(key).to_owned()]
}

/// From one number to another, their unit said once where it is the same; one number
/// where both read alike.
fn span(low: &str, high: &str) -> String {
    if low == high {
        return high.to_owned();
    }
    let unit = |text: &str| text.split_once(SPACE).map(|(_, unit)| unit.to_owned());
    let shared = unit(high).filter(|shared| unit(low).as_ref() == Some(shared));
    let low = match (shared, low.split_once(SPACE)) {
        (Some(_), Some((number, _))) => number,
        _ => low,
    };
    [low, "–", high].concat()
}

/// In how many of the draws a run is feasible and serving keeps its limit.
pub fn shares(lang: Lang, shown: &SoFar) -> String {
    lang.fill(
        "doubt.shares",
        &[
            ("draws", &lang.count(f64::from(shown.done))),
            ("trains", &lang.percent(shown.trains_share)),
            ("serves", &lang.percent(shown.serves_share)),
        ],
    )
}

/// Shares below this one decide nothing that is worth a word.
const WORTH: f64 = 0.01;

/// Shares from this one on decide.
const DECIDES: f64 = 0.2;

/// The drivers worth naming: above their noise and above a hundredth, and the answer
/// is another at their other end.
pub fn worth_naming(drivers: &[Driver]) -> impl Iterator<Item = &Driver> {
    let worth = |driver: &&Driver| {
        driver.sure_share().is_some_and(|share| share > WORTH) && driver.ends[0] != driver.ends[1]
    };
    drivers.iter().filter(worth)
}

/// Which doubt decides an answer and what knowing it would be worth: `stays` is
/// what of the range stays ([`Study::narrowed_by`]), where that was asked.
pub fn decides(
    lang: Lang,
    study: &Study,
    answer: Answer,
    driver: &Driver,
    stays: Option<f64>,
) -> String {
    let narrows = stays.map_or(0.0, |stays| 1.0 - stays);
    let key = match narrows {
        _ if driver.share < DECIDES => "doubt.most",
        n if (0.45..0.55).contains(&n) => "doubt.halves",
        n if n >= 0.05 => "doubt.narrows",
        _ => "doubt.decides",
    };
    lang.fill(
        key,
        &[
            ("answer", answer_name(lang, answer)),
            ("share", &lang.percent(driver.share)),
            ("name", &doubt_name(lang, study, driver.doubt)),
            ("narrows", &lang.percent(narrows)),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use sim::catalogue::PRESETS;
    use sim::link::Doubt;
    use sim::state::State;

    #[test]
    fn every_doubt_has_a_name() {
        for preset in PRESETS {
            let study = Study::new(&State::of_preset(preset), &Doubt::default());
            for lang in Lang::ALL {
                for (i, doubt) in study.doubts().iter().enumerate() {
                    let name = doubt_name(lang, &study, i);
                    assert!(!name.is_empty() && !name.contains('{'), "{}", doubt.id);
                    let key = ["doubt.name.", &doubt.id].concat();
                    assert!(!doubt.group || lang.find(&key).is_some(), "{key}");
                }
            }
        }
    }

    #[test]
    fn an_answer_beyond_its_range_says_why_and_no_other_does() {
        let mut said = Vec::new();
        for preset in PRESETS {
            let state = State::of_preset(preset);
            let doubt = Doubt {
                draws: 200,
                ..Doubt::default()
            };
            let shown = Study::new(&state, &doubt).run().so_far();
            let serving = state.scenario().serving;
            for (answer, range) in &shown.ranges {
                let central = answer.of(&shown.central);
                let lies = |central: f64| {
                    let low = range.p5.unwrap_or(f64::NEG_INFINITY);
                    (low..=range.p95.unwrap_or(f64::INFINITY)).contains(&central)
                };
                let is_beyond = central.is_some_and(|central| !lies(central));
                for lang in Lang::ALL {
                    let words = beyond(lang, &shown, *answer, &serving);
                    assert_eq!(words.is_some(), is_beyond, "{answer:?} of {}", preset.id);
                    assert!(words.iter().all(|words| !words.contains('{')), "{words:?}");
                    said.extend(words);
                }
            }
        }
        println!("{said:#?}");
    }

    #[test]
    fn the_impossible_is_said() {
        let mut some = Range {
            p5: Some(30.0),
            p50: Some(45.0),
            p95: None,
            impossible_share: 0.12,
        };
        let said = range(Lang::En, Answer::Days, &some);
        assert!(said.contains("12%") && said.contains("never"), "{said}");
        some.impossible_share = 1.0;
        (some.p5, some.p50) = (None, None);
        let said = range(Lang::En, Answer::Days, &some);
        assert!(!said.contains('{') && !said.contains('%'), "{said}");
    }
}
