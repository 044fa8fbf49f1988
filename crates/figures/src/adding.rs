//! Where another die stops paying: speed for the money, die by die; what that is of
//! stands in the table.

use crate::costs::limit_words;
use crate::marginal::{DIES, Marginal, Planned, Step, drawn_steps, gains, steps};
use crate::origin::Of;
use crate::reading::along;
use crate::shown::{Joined, Shown, joined};
use crate::{Cell, Figure, Holds, Table, cell};
use charts::{Axis, LinesSpec, Panel, Scale, Series, Zone, lines, series_style};
use sim::scenario::Scenario;
use sim::silicon::Limit;
use units::Money;
use words::Lang;
use words::explain::Subject;
use words::sentences::{Distance, apart};

/// Speed of answering and of training for the money, of packages of one to eight of
/// the reader's dies.
pub fn adding(shown: &Shown) -> Figure {
    let (lang, scenario) = (shown.lang, shown.own.scenario);
    let title = lang.text("figure.adding.title").to_owned();
    let own_steps = steps(scenario);
    let other_steps = shown.other.map(|b| steps(b.scenario));
    let (steps, other) = (&own_steps[..], other_steps.as_deref());
    let mut own = caption(lang, steps);
    if let Some(pays) = paying(shown, steps) {
        own = [&*own, " ", &pays].concat();
    }
    let caption = shown.caption(own, |_| versus(lang, steps, other?));
    let ratio = |value: f64| lang.number(value, 2);
    let count = |value: f64| lang.count(value);
    let mut x = Axis::new(lang.text("figure.adding.x"), Scale::Linear, &count);
    x.whole = true;
    x.range = Some((1.0, 8.0));
    x.ticks = DIES.iter().map(|dies| f64::from(*dies)).collect();
    let line = |key: &str, i: usize, of: &dyn Fn(&Step) -> Option<f64>| {
        let line = |steps: &[Step]| {
            let line = Series {
                label: lang.text(&format!("figure.adding.{key}")).to_owned(),
                points: relative(steps, of),
                style: series_style(i),
                ..Series::default()
            };
            // As far as the line goes.
            let places = steps.iter().zip(i * DIES.len()..);
            let there = places.filter(|(step, _)| of(step).is_some());
            shown.in_band(
                line,
                there.map(|(step, place)| (f64::from(step.dies), place)),
            )
        };
        match other {
            None => vec![line(steps)],
            Some(other) => shown.held_against(line(steps), line(other), i),
        }
    };
    let theirs = other.map(|steps| table(lang, Of::OTHER, steps));
    let mut joined = joined(lang, table(lang, Of::OWN, steps), theirs);
    joined.table = with_draws(shown, &joined);
    // Low and high of answering for the money, and how often the last die pays.
    let drawn = [DRAWN, DRAWN + 2, DRAWN + 6];
    let drawn = drawn
        .iter()
        .filter(|column| **column < joined.table.head.len());
    let columns: Vec<usize> = (1..=7).chain(drawn.copied()).collect();
    let places = [steps, other.unwrap_or_default()].map(places);
    let panel = |key: &str, columns: &[usize], series: Vec<Series>| {
        let key = format!("figure.adding.{key}");
        Panel {
            said: along(lang, &joined, places.clone(), columns),
            ..Panel::new(
                Axis::new(shown.shaded(lang.text(&key)), Scale::FromZero, &ratio),
                series,
            )
        }
    };
    let on_axis = |scenario: &Scenario| {
        let dies = f64::from(scenario.design.dies);
        Some(dies).filter(|dies| *dies <= 8.0)
    };
    let mut frame = shown.frame("adding", &title, &caption);
    if steps
        .iter()
        .chain(other.unwrap_or_default())
        .all(|step| step.cost.is_none())
    {
        frame.no_data = lang.text("figure.not_made").to_owned();
    }
    let spec = LinesSpec {
        frame,
        x,
        panels: vec![panel(
            "worth",
            &columns,
            [
                line("answering", 0, &|step| step.worth(false)),
                line("training", 1, &|step| step.worth(true)),
            ]
            .concat(),
        )],
        rules: shown.rules(
            on_axis(scenario),
            shown.other.and_then(|b| on_axis(b.scenario)),
            lang.text("figure.adding.here"),
        ),
        zone: zone(lang, steps),
    };
    Figure {
        id: "figure-adding",
        title,
        caption,
        drawing: lines(&spec),
        table: joined.table,
    }
}

/// The numbers of a draw, die count by die count: answering and training for the
/// money, relative to the smallest package, and 1 where the last die pays.
pub(crate) fn sample(scenario: &Scenario, planned: &mut Planned) -> Vec<f64> {
    let steps = drawn_steps(scenario, planned);
    let gains = gains(&steps);
    let worth = |by_training: bool| {
        let found = relative(&steps, &|step| step.worth(by_training));
        DIES.map(|dies| {
            let at = found.iter().find(|(x, _)| *x == f64::from(dies));
            at.map_or(f64::NEG_INFINITY, |(_, worth)| *worth)
        })
    };
    let pays = DIES.map(|dies| {
        let gain = gains.iter().find(|gain| gain.dies == dies);
        let pays = gain.and_then(Marginal::pays) == Some(true);
        f64::from(u8::from(pays))
    });
    [worth(false), worth(true), pays].concat()
}

/// In how many of the draws a die pays.
fn pays_share(shown: &Shown, dies: u32) -> Option<f64> {
    let at = DIES.iter().position(|known| *known == dies)?;
    shown.along()?.mean(2 * DIES.len() + at).filter(|_| at > 0)
}

/// In how many of the draws the last die that pays does, and the one after it.
fn paying(shown: &Shown, steps: &[Step]) -> Option<String> {
    let (lang, best) = (shown.lang, best(steps)?);
    let made = |dies: u32| {
        steps
            .iter()
            .any(|step| step.dies == dies && step.cost.is_some())
    };
    let clause = |dies: u32| {
        let share = lang.percent(pays_share(shown, dies).filter(|_| made(dies))?);
        let nth = lang.text(&format!("figure.adding.nth.n{dies}")).to_owned();
        Some((nth, share))
    };
    let mut said = [best, best + 1].into_iter().filter_map(clause);
    let (first, share) = said.next()?;
    let mut values = vec![("first", &*first), ("share", &*share)];
    let second = said.next();
    let key = match &second {
        Some((nth, other)) => {
            values.extend([("second", &**nth), ("other", other)]);
            "figure.adding.pays_both"
        }
        None => "figure.adding.pays_one",
    };
    Some(lang.fill(key, &values))
}

/// The table with where the draws of A's packages lie, and how often a die pays.
fn with_draws(shown: &Shown, joined: &Joined) -> Table {
    let lang = shown.lang;
    let mut table = joined.table.clone();
    let Some(along) = shown.along() else {
        return table;
    };
    // Packages of A's that can be made.
    let made = |row: usize| matches!(joined.table.rows[row][COST].holds, Holds::Number(..));
    let own = |row: usize| {
        let at = joined.rows[0].iter().position(|own| *own == row);
        at.filter(|_| made(row))
    };
    let none = || Cell::from(lang.text("figure.none"));
    for (i, key) in ["answering", "training"].into_iter().enumerate() {
        let name = lang.fill(
            "figure.adding.money",
            &[("what", lang.text(&["figure.adding.", key].concat()))],
        );
        table = shown.with_ranges(table, &name, &|row| {
            let range = along.range(i * DIES.len() + own(row)?)?;
            range.p95?;
            Some(range.ends().map(|end| cell::number_or_none(lang, end, 3)))
        });
    }
    table
        .head
        .push(lang.text("figure.adding.pays_share").to_owned());
    for (i, row) in table.rows.iter_mut().enumerate() {
        let dies = own(i).and_then(|at| DIES.get(at));
        let share = dies.and_then(|dies| pays_share(shown, *dies));
        row.push(share.map_or_else(none, |share| cell::share(lang, share)));
    }
    table
}

/// The column of the cost, and the first of what draws show.
const COST: usize = 3;
const DRAWN: usize = 9;

/// The packages that can be made, as rows of the table, and their dies.
fn places(steps: &[Step]) -> Vec<(usize, f64)> {
    let made = steps
        .iter()
        .enumerate()
        .filter(|(_, step)| step.cost.is_some());
    made.map(|(i, step)| (i, f64::from(step.dies))).collect()
}

/// How the number of dies that gives most speed for the money differs.
fn versus(lang: Lang, a: &[Step], b: &[Step]) -> Option<String> {
    let best = [a, b].map(|steps| best(steps).map(f64::from));
    let dies = |dies: f64| lang.dies(dies as u32);
    let value = |count: f64| lang.fill("figure.adding.versus", &[("value", &dies(count))]);
    (a != b).then(|| apart(lang, best, &value, Distance::Count(&dies)))
}

/// How many dies give most speed for the money.
fn best(steps: &[Step]) -> Option<u32> {
    let by_training = steps.iter().all(|step| step.answering.is_none());
    let best = steps
        .iter()
        .filter_map(|step| Some((step.dies, step.worth(by_training)?)))
        .reduce(|a, b| if b.1 > a.1 { b } else { a });
    best.map(|(dies, _)| dies)
}

/// The values over that of the smallest package that has one.
fn relative(steps: &[Step], of: &dyn Fn(&Step) -> Option<f64>) -> Vec<(f64, f64)> {
    let base = steps.iter().find_map(of).filter(|base| *base > 0.0);
    let point = |step: &Step| Some((f64::from(step.dies), of(step)? / base?));
    steps.iter().filter_map(point).collect()
}

/// The die counts above all that can be made.
fn zone(lang: Lang, steps: &[Step]) -> Option<Zone> {
    let last = steps.iter().rfind(|step| step.cost.is_some())?;
    (last.dies < 8).then(|| Zone {
        from: f64::from(last.dies) + 0.5,
        to: 8.0,
        label: lang.text("figure.not_made").to_owned(),
        ..Zone::default()
    })
}

/// The finding: what the last die that pays adds, what the next one would, and
/// why.
fn caption(lang: Lang, steps: &[Step]) -> String {
    let Some(best) = best(steps) else {
        let made = steps.iter().any(|step| step.cost.is_some());
        let limit = steps.first().and_then(|step| step.limit);
        return match limit.filter(|_| !made) {
            Some(limit) => lang.fill(
                "figure.adding.not_made",
                &[("why", &limit_words(lang, limit))],
            ),
            None => lang.text("figure.adding.nothing").to_owned(),
        };
    };
    let gains = gains(steps);
    let of = |dies: u32| gains.iter().find(|gain| gain.dies == dies);
    let (last, next) = (of(best), of(best + 1));
    let clauses: Vec<String> = [last, next]
        .into_iter()
        .flatten()
        .filter_map(|gain| adds(lang, gain))
        .collect();
    let sentence = match clauses.as_slice() {
        [] => None,
        [one] => Some(lang.fill("figure.adding.one", &[("first", one)])),
        [one, two, ..] => {
            let both = [("first", one.as_str()), ("second", two.as_str())];
            Some(lang.fill("figure.adding.both", &both))
        }
    };
    [
        sentence.as_deref().map(capital),
        next.and_then(|gain| why(lang, gain)),
        Some(verdict(lang, &gains, best)),
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(" ")
}

/// What each die from the second to the eighth adds, a sentence each, up to the
/// first that cannot be had.
pub fn marginal_sentences(lang: Lang, scenario: &Scenario) -> Vec<String> {
    let gains = gains(&steps(scenario));
    let last = gains.iter().position(|gain| !gain.made);
    let had = last.map_or(gains.len(), |last| last + 1);
    gains[..had]
        .iter()
        .filter_map(|gain| adds(lang, gain))
        .map(|clause| capital(&lang.fill("figure.adding.one", &[("first", &clause)])))
        .collect()
}

/// What a die adds, or that it cannot be had; nothing where it cannot be said.
fn adds(lang: Lang, gain: &Marginal) -> Option<String> {
    let key = format!("figure.adding.nth.n{}", gain.dies);
    let nth = lang.text(&key);
    if !gain.made {
        return Some(lang.fill("figure.adding.no_more", &[("nth", nth)]));
    }
    let gains = [gain.answering_gain, gain.training_gain, gain.cost_gain];
    // What takes away adds nothing: signs then say it.
    let adds = gains.into_iter().flatten().all(|gain| gain >= 0.0);
    let percent = |gain: f64| {
        let sign = if adds || gain < 0.0 { "" } else { "+" };
        [sign, &lang.percent(gain)].concat()
    };
    let cost = percent(gain.cost_gain?);
    let (answering, training) = (
        gain.answering_gain.map(percent),
        gain.training_gain.map(percent),
    );
    let key = match (&answering, &training, adds) {
        (Some(_), Some(_), true) => "figure.adding.adds_both",
        (Some(_), None, true) => "figure.adding.adds_answering",
        (None, Some(_), true) => "figure.adding.adds_training",
        (Some(_), Some(_), false) => "figure.adding.changes_both",
        (Some(_), None, false) => "figure.adding.changes_answering",
        (None, Some(_), false) => "figure.adding.changes_training",
        (None, None, _) => return None,
    };
    Some(lang.fill(
        key,
        &[
            ("nth", nth),
            ("answering", answering.as_deref().unwrap_or("")),
            ("training", training.as_deref().unwrap_or("")),
            ("cost", &cost),
        ],
    ))
}

/// Whether dies pay beyond the count that gives most for the money.
fn verdict(lang: Lang, gains: &[Marginal], best: u32) -> String {
    let dies = lang.dies(best);
    let mut later = gains
        .iter()
        .filter(|gain| gain.dies > best && gain.made)
        .peekable();
    let served = later.peek().map(|gain| gain.answering_gain.is_some());
    let pays = later.any(|gain| gain.pays() == Some(true));
    let key = match served {
        Some(true) if !pays => "figure.adding.beyond",
        Some(false) if !pays => "figure.adding.beyond_training",
        _ => "figure.adding.most",
    };
    lang.fill(key, &[("dies", &dies)])
}

/// Why the die after the best gives less, or cannot be had.
fn why(lang: Lang, gain: &Marginal) -> Option<String> {
    let limit = gain.limit?;
    Some(match (gain.made, limit) {
        (false, _) => lang.fill(
            "figure.adding.why_not",
            &[("why", &limit_words(lang, limit))],
        ),
        (true, Limit::Power) => lang.text("figure.adding.why_power").to_owned(),
        (true, Limit::BeyondEdge) => lang.text("figure.adding.why_edge").to_owned(),
        (true, _) => return None,
    })
}

/// The text with a capital at its beginning.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).collect()
}

fn table(lang: Lang, of: Of, steps: &[Step]) -> Table {
    let head = [
        "x",
        "answers",
        "trains",
        "price",
        "answering_gain",
        "training_gain",
        "cost_gain",
        "pays",
        "limit",
    ]
    .map(|key| lang.text(&format!("figure.adding.{key}")).to_owned());
    let gains = gains(steps);
    let none = || Cell::from(lang.text("figure.none"));
    let rows = steps.iter().map(|step| {
        let gain = gains.iter().find(|gain| gain.dies == step.dies);
        let of = |dies: u32| of.dies(dies);
        let (now, before) = (of(step.dies), of(step.dies.saturating_sub(1)));
        let share = |of: &dyn Fn(&Marginal) -> Option<f64>, subject| {
            gain.and_then(of).map_or_else(none, |share| {
                cell::share(lang, share).by(now.gain(subject, before))
            })
        };
        let number = |value: Option<f64>, subject| {
            value.map_or_else(none, |number| {
                cell::number(lang, number, 3).by(now.origin(subject))
            })
        };
        vec![
            cell::count(lang, f64::from(step.dies)),
            number(step.answering, Subject::ChipRate),
            number(step.training, Subject::TrainingRate),
            step.cost.map_or_else(
                || lang.text("figure.not_made").into(),
                |dollars| {
                    let cost = cell::money(lang, Money::new(dollars));
                    cost.by(now.origin(Subject::PackageCost))
                },
            ),
            share(&|gain| gain.answering_gain, Subject::ChipRate),
            share(&|gain| gain.training_gain, Subject::TrainingRate),
            share(&|gain| gain.cost_gain, Subject::PackageCost),
            match gain.and_then(Marginal::pays) {
                Some(true) => lang.text("figure.adding.yes").into(),
                Some(false) => lang.text("figure.adding.no").into(),
                None => none(),
            },
            step.limit
                .map_or_else(none, |limit| limit_words(lang, limit).into()),
        ]
    });
    Table {
        head: head.to_vec(),
        rows: rows.collect(),
    }
}
