//! How scenario B differs from the first, one sentence an answer or a figure.

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

/// How the distance between two numbers is told.
#[derive(Clone, Copy)]
pub enum Distance<'a> {
    /// In the numbers' own unit, and as a share or a ratio of A's.
    Quantity(&'a dyn Fn(f64) -> String),
    /// In points: the numbers are shares.
    Points,
    /// Of things counted one by one.
    Count(&'a dyn Fn(f64) -> String),
}

/// "B: 61 ms a token, 19 ms more than A (+45%).": a number of A's and of B's, each
/// in the words of `value`. One that is not there is none.
pub fn apart(
    lang: Lang,
    numbers: [Option<f64>; 2],
    value: &dyn Fn(f64) -> String,
    distance: Distance,
) -> String {
    let said = |key: &str, number: f64| lang.fill(key, &[("value", &value(number))]);
    let (a, b) = match numbers {
        [Some(a), Some(b)] => (a, b),
        [Some(a), None] => return said("compare.apart.a_only", a),
        [None, Some(b)] => return said("compare.apart.b_only", b),
        [None, None] => return lang.text("compare.apart.neither").to_owned(),
    };
    let less = b < a;
    if a == b || (b / a - 1.0).abs() < SAME {
        return said("compare.apart.equal", b);
    }
    let far = (b - a).abs();
    let (difference, ratio) = match distance {
        Distance::Quantity(say) => (say(far), signed_ratio(lang, b / a)),
        Distance::Points => (points(lang, far), String::new()),
        Distance::Count(say) => (say(far), String::new()),
    };
    lang.fill(
        match (less, distance) {
            (false, _) => "compare.apart.more",
            (true, Distance::Count(_)) => "compare.apart.fewer",
            (true, _) => "compare.apart.less",
        },
        &[
            ("value", &value(b)),
            ("difference", &difference),
            ("ratio", &ratio),
        ],
    )
}

/// " (+45%)", and from twice as much on " (×2.5)"; nothing where A has nothing.
fn signed_ratio(lang: Lang, ratio: f64) -> String {
    if !ratio.is_finite() || ratio <= 0.0 {
        return String::new();
    }
    let inside = match ratio {
        ratio if ratio >= TIMES => ["×", &lang.number(ratio, 2)].concat(),
        ratio if ratio <= 1.0 / TIMES => ["÷", &lang.number(1.0 / ratio, 2)].concat(),
        ratio if ratio > 1.0 => ["+", &lang.percent(ratio - 1.0)].concat(),
        ratio => lang.percent(ratio - 1.0),
    };
    [" (", &inside, ")"].concat()
}

/// "3 points": the distance between two shares.
fn points(lang: Lang, share: f64) -> String {
    let points = share * 100.0;
    let text = lang.number(points, 2);
    // As it is written: 0.999 points are 1 point.
    let written = (points * 10.0).round() / 10.0;
    let key = match lang.is_one(written) {
        true => "compare.apart.point",
        false => "compare.apart.points",
    };
    lang.fill(key, &[("value", &text)])
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

    #[test]
    fn a_number_is_told_with_its_sign() {
        let lang = Lang::En;
        let ms = |value: f64| [&lang.number(value, 2), " ms"].concat();
        let told = |a, b| apart(lang, [a, b], &ms, Distance::Quantity(&ms));
        let cases = [
            (42.0, 61.0, "B: 61 ms, 19 ms more than A (+45%)."),
            (61.0, 42.0, "B: 42 ms, 19 ms less than A (−31%)."),
            (10.0, 40.0, "B: 40 ms, 30 ms more than A (×4)."),
            (40.0, 10.0, "B: 10 ms, 30 ms less than A (÷4)."),
            (0.0, 10.0, "B: 10 ms, 10 ms more than A."),
            (10.0, 10.0, "B: 10 ms, as with A."),
        ];
        for (a, b, said) in cases {
            assert_eq!(told(Some(a), Some(b)), said);
        }
        assert_eq!(told(Some(10.0), None), "B: none; A: 10 ms.");
        assert_eq!(told(None, Some(10.0)), "B: 10 ms; A: none.");
        let share = |value: f64| Lang::Fr.percent(value);
        let numbers = [Some(0.12), Some(0.13)];
        let said = apart(Lang::Fr, numbers, &share, Distance::Points);
        assert!(said.ends_with("soit 1 point de plus qu’A."), "{said}");
    }
}
