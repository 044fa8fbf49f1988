//! How scenario B differs from the first, one sentence an answer.

use crate::Lang;
use sim::llm::InferenceStop;
use sim::outcome::{Grade, Outcome};
use sim::scenario::Scenario;

/// Less than this apart, two numbers are the same to a reader.
const SAME: f64 = 0.0005;
/// From this ratio on, times are easier to grasp than per cents.
const TIMES: f64 = 2.0;

/// How B differs from A in inference, training and energy.
pub fn differences(
    lang: Lang,
    (_, a): (&Scenario, &Outcome),
    (_, b): (&Scenario, &Outcome),
) -> [String; 3] {
    [
        inference(lang, a, b),
        training(lang, a, b),
        energy(lang, a, b),
    ]
}

/// The time per token, or who answers at all.
fn inference(lang: Lang, a: &Outcome, b: &Outcome) -> String {
    let (before, after) = match (&a.inference, &b.inference) {
        (Ok(a), Ok(b)) => (a.tpot, b.tpot),
        (Ok(_), Err(stop)) => return lang.text(stopped(stop)).to_owned(),
        (Err(_), Ok(b)) => {
            return lang.fill("compare.b_serves", &[("value", &lang.time(b.tpot))]);
        }
        (Err(before), Err(after)) => {
            let key = match (stopped(before), stopped(after)) {
                (before, after) if before != after => after,
                ("compare.not_made", _) => "compare.neither_made",
                _ => "compare.neither_serves",
            };
            return lang.text(key).to_owned();
        }
    };
    let key = change(before.get(), after.get(), "time");
    told(lang, &key, &lang.time(after), after / before)
}

/// That B answers nothing, and whether there is such a chip.
fn stopped(stop: &InferenceStop) -> &'static str {
    match stop {
        InferenceStop::NotMade => "compare.not_made",
        InferenceStop::Memory { .. } | InferenceStop::Layout { .. } => "compare.not_served",
    }
}

/// The verdict where it changes, else the length of the run.
fn training(lang: Lang, a: &Outcome, b: &Outcome) -> String {
    let made = |outcome: &Outcome| outcome.package.is_manufacturable();
    match (made(a), made(b)) {
        (true, false) => return lang.text("compare.not_made").to_owned(),
        (false, false) => return lang.text("compare.neither_made").to_owned(),
        _ => {}
    }
    let runs = (a.training.reliability, b.training.reliability);
    let (from, to) = (a.training.verdict, b.training.verdict);
    let verdict = match (from, to) {
        (Grade::Passed, Grade::Strained) => Some("compare.verdict.less"),
        (Grade::Passed, Grade::Failed) => Some("compare.verdict.lost"),
        (Grade::Strained, Grade::Passed) => Some("compare.verdict.more"),
        (Grade::Strained, Grade::Failed) => Some("compare.verdict.lost_last"),
        (Grade::Failed, Grade::Passed) => Some("compare.verdict.won"),
        (Grade::Failed, Grade::Strained) => Some("compare.verdict.nearly"),
        (Grade::Failed, Grade::Failed) if runs.0.is_none() || runs.1.is_none() => {
            Some("compare.verdict.neither")
        }
        _ => None,
    };
    match (verdict, runs) {
        (Some(key), _) => lang.text(key).to_owned(),
        (None, (Some(before), Some(after))) => {
            let key = change(before.wall.get(), after.wall.get(), "run");
            told(lang, &key, &lang.time(after.wall), after.wall / before.wall)
        }
        (None, _) => lang.text("compare.same").to_owned(),
    }
}

/// Energy per token.
fn energy(lang: Lang, a: &Outcome, b: &Outcome) -> String {
    match (a.energy.per_token, b.energy.per_token) {
        (Some(before), Some(after)) => {
            let key = change(before.get(), after.get(), "energy");
            told(lang, &key, &lang.energy(after), after / before)
        }
        (None, Some(after)) => lang.fill("compare.b_costs", &[("value", &lang.energy(after))]),
        (Some(_), None) => lang.text("compare.costless").to_owned(),
        (None, None) => lang.text("compare.both_costless").to_owned(),
    }
}

/// The key of the sentence for a change of that kind.
fn change(before: f64, after: f64, kind: &str) -> String {
    let ratio = after / before;
    let end = match ratio {
        _ if before == after || (ratio - 1.0).abs() < SAME => return "compare.same".to_owned(),
        ratio if ratio >= TIMES => "times_more",
        ratio if ratio > 1.0 => "more",
        ratio if ratio <= 1.0 / TIMES => "times_less",
        _ => "less",
    };
    format!("compare.{kind}.{end}")
}

/// The sentence of that key about the value and its ratio to A's.
fn told(lang: Lang, key: &str, value: &str, ratio: f64) -> String {
    let times = if ratio < 1.0 { 1.0 / ratio } else { ratio };
    lang.fill(
        key,
        &[
            ("value", value),
            ("share", &lang.percent((ratio - 1.0).abs())),
            ("times", &lang.number(times, 2)),
        ],
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use sim::link::read;
    use sim::outcome::simulate;

    fn said(lang: Lang, query: &str) -> [String; 3] {
        let link = read(query);
        assert_eq!(link.notices, []);
        let scenarios = [link.state.scenario(), link.other.expect("a B").scenario()];
        let [a, b] = scenarios.each_ref().map(|s| (s, simulate(s)));
        differences(lang, (a.0, &a.1), (b.0, &b.1))
    }

    #[test]
    fn the_same_scenario_is_the_same() {
        for lang in Lang::ALL {
            let same = lang.text("compare.same");
            assert_eq!(said(lang, "&b.p=article"), [same; 3]);
        }
    }

    #[test]
    fn what_is_exchanged_is_told_the_other_way_round() {
        // A fifth less bandwidth, and a fourth more: less and more of the same.
        let chips = ["chip=h20", "chip=h20&bw=3200"];
        let [slower, ..] = said(Lang::En, &[chips[0], "&b.bw=3200"].concat());
        let [faster, ..] = said(Lang::En, &[chips[1], "&b.bw=4000"].concat());
        assert!(slower.contains("more time per token"), "{slower}");
        assert!(faster.contains("less time per token"), "{faster}");
    }

    #[test]
    fn verdicts_and_chips_that_cannot_be_made_come_before_numbers() {
        let lang = Lang::En;
        let not_made = lang.text("compare.not_made");
        let [serving, training, energy] = said(lang, "chip=ascend-910c&b.area=900");
        assert_eq!([&serving, &training], [not_made; 2]);
        assert_eq!(energy, lang.text("compare.costless"));
        let run = "chip=h100-sxm&llm=llama-3.1-8b&tokens=1e11";
        let far = [run, "&chips=1024&date=2022-01-01&b.tokens=5e14"].concat();
        assert_eq!(said(lang, &far)[1], lang.text("compare.verdict.lost"));
    }
}
