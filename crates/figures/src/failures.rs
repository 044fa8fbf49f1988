//! Time lost to failures, and the days of the run, on clusters of every size.

use crate::origin::Of;
use crate::reading::along;
use crate::shown::{Case, Joined, Shown, joined, of_b, of_both, share};
use crate::{Cell, Figure, Table, cell};
use charts::{
    Axis, Dot, Drawing, Ink, LinesSpec, Marker, Panel, Scale, Series, Threshold, lines,
    series_style,
};
use doubt::Answer;
use sim::catalogue::{ASSUMPTIONS, Origin};
use sim::llm::{Failures, Layout, Reliability, Training, reliability};
use sim::outcome::{Outcome, run_on};
use sim::scenario::Scenario;
use sim::silicon::Package;
use units::{FailureRate, Time};
use words::Lang;
use words::explain::{Loss, Subject};

/// The smallest cluster; each of the next is twice as large.
const SMALLEST: u32 = 64;
/// Clusters drawn: 64 to 131,072 chips.
const DOUBLINGS: u32 = 12;

/// A cluster at the reader's failure rate, and at both ends of what is defended.
#[derive(PartialEq)]
struct Cluster {
    chips: u32,
    here: Reliability,
    ends: [Reliability; 2],
    /// Its run fits.
    trains: bool,
}

/// The failure rates of a scenario: the reader's, the lowest and the highest that
/// the data defends for chips of that origin, at the reader's temperature.
struct Rates {
    here: Failures,
    ends: [Failures; 2],
}

impl Rates {
    fn new(scenario: &Scenario) -> Self {
        let range = match scenario.origin {
            Origin::Chinese => &ASSUMPTIONS.failure_rate_chinese,
            Origin::Foreign => &ASSUMPTIONS.failure_rate_foreign,
        };
        let at = |rate: FailureRate| {
            let mut other = scenario.clone();
            other.failures.rate = rate;
            other.failures_at_work()
        };
        Self {
            here: scenario.failures_at_work(),
            ends: [at(range.low), at(range.high)],
        }
    }
}

/// The share of a run that failures and guarding against them take, and its days,
/// by the number of chips.
pub fn failures(shown: &Shown) -> Figure {
    let lang = shown.lang;
    let title = lang.text("figure.failures.title").to_owned();
    let sweep = Sweep::new(&shown.own);
    let other = shown.other.as_ref().map(Sweep::new);
    let caption = shown.caption(caption(lang, &sweep), |_| {
        versus(lang, &sweep, other.as_ref()?)
    });
    let at = sweep
        .all
        .iter()
        .position(|cluster| cluster.chips == sweep.own.chips)
        .unwrap_or_default();
    let theirs = other
        .as_ref()
        .map(|other| table(lang, Of::OTHER, &other.all));
    let joined = joined(lang, table(lang, Of::OWN, &sweep.all), theirs);
    Figure {
        id: "figure-failures",
        drawing: chart(shown, (&sweep, other.as_ref()), &joined, (&title, &caption)),
        title,
        caption,
        table: shown.with_answer(
            joined.table,
            lang.text("figure.failures.run"),
            Answer::Days,
            &|row| joined.rows[0].get(at) == Some(&row),
        ),
    }
}

/// A scenario's clusters, smallest first, its own among them.
#[derive(PartialEq)]
struct Sweep {
    all: Vec<Cluster>,
    own: Cluster,
    twice: Cluster,
}

impl Sweep {
    fn new(case: &Case) -> Self {
        let Case {
            scenario, outcome, ..
        } = *case;
        let rates = Rates::new(scenario);
        let layout = outcome.training.plan.as_ref().ok().map(|plan| plan.layout);
        let of = |chips: u32| cluster(scenario, &outcome.package, &rates, layout, chips);
        let own = of(scenario.job.chips);
        let twice = of(scenario.job.chips.saturating_mul(2));
        let mut all: Vec<Cluster> = (0..DOUBLINGS).map(|i| of(SMALLEST << i)).collect();
        let at = all.partition_point(|cluster| cluster.chips < own.chips);
        if all.get(at).is_none_or(|cluster| cluster.chips != own.chips) {
            all.insert(at, of(own.chips));
        }
        Self { all, own, twice }
    }

    fn shortest(&self) -> Option<&Cluster> {
        self.all
            .iter()
            .filter(|cluster| cluster.trains)
            .min_by(|a, b| a.here.wall.get().total_cmp(&b.here.wall.get()))
    }

    fn sizes(&self) -> impl Iterator<Item = f64> {
        self.all.iter().map(|cluster| f64::from(cluster.chips))
    }
}

/// How the time that B loses differs, each on its own cluster.
fn versus(lang: Lang, a: &Sweep, b: &Sweep) -> Option<String> {
    let lost = [a, b].map(|sweep| Some(sweep.own.here.lost.total()));
    (a != b).then(|| share(lang, "figure.failures.versus", lost))
}

/// The scenario with its run on so many chips, laid out alike, and what failures
/// make of that.
pub(crate) fn on_cluster(
    mut scenario: Scenario,
    mut outcome: Outcome,
    chips: u32,
) -> (Scenario, Outcome) {
    let rates = Rates::new(&scenario);
    let training = &mut outcome.training;
    let layout = training.plan.as_ref().ok().map(|plan| plan.layout);
    training.reliability = Some(cluster(&scenario, &outcome.package, &rates, layout, chips).here);
    if let Some(layout) = layout {
        training.plan = run_on(&scenario, &outcome.package, chips, layout);
    }
    scenario.job.chips = chips;
    scenario.serving.chips = chips;
    (scenario, outcome)
}

fn cluster(
    scenario: &Scenario,
    package: &Package,
    rates: &Rates,
    layout: Option<Layout>,
    chips: u32,
) -> Cluster {
    let run: Option<Training> =
        layout.and_then(|layout| run_on(scenario, package, chips, layout).ok());
    // Shares of lost time are the same for a run of any length.
    let work = run.map_or(Time::from_days(1.0), |run| run.step * run.steps);
    let with = |failures: &Failures| reliability(work, chips, failures, scenario.bar.patience);
    Cluster {
        chips,
        here: with(&rates.here),
        ends: [with(&rates.ends[0]), with(&rates.ends[1])],
        trains: run.is_some(),
    }
}

fn chart(
    shown: &Shown,
    (sweep, other): (&Sweep, Option<&Sweep>),
    joined: &Joined,
    (title, caption): (&str, &str),
) -> Drawing {
    let (lang, width) = (shown.lang, shown.width);
    let scenario = shown.own.scenario;
    let Sweep { own, .. } = sweep;
    let count = |value: f64| lang.count(value);
    let percent = |value: f64| lang.percent(value);
    let number = |value: f64| lang.number(value, 2);
    let name = |key: &str| lang.text(&format!("figure.failures.{key}")).to_owned();
    let mut x = Axis::new(name("x"), Scale::Log, &count);
    let sizes = || {
        sweep
            .sizes()
            .chain(other.into_iter().flat_map(Sweep::sizes))
    };
    x.range = sizes().reduce(f64::min).zip(sizes().reduce(f64::max));
    let every = if width < 560 { 4 } else { 2 };
    x.ticks = (0..DOUBLINGS)
        .step_by(every)
        .map(|i| f64::from(SMALLEST << i))
        .collect();
    type Of = fn(&Reliability) -> f64;
    type Keep = fn(&Cluster) -> bool;
    let points = |sweep: &Sweep, of: Of, keep: Keep| -> Vec<(f64, f64)> {
        let kept = sweep.all.iter().filter(|cluster| keep(cluster));
        kept.map(|cluster| (f64::from(cluster.chips), of(&cluster.here)))
            .collect()
    };
    let line = |key: &str, i: usize, of: Of, keep: Keep| {
        let kept = || sweep.all.iter().filter(move |cluster| keep(cluster));
        let (ink, dash, _) = series_style(i);
        Series {
            label: name(key),
            points: points(sweep, of, keep),
            // A range is shown of the whole alone.
            band: kept()
                .filter(|_| i == 0)
                .map(|cluster| {
                    let [low, high] = &cluster.ends;
                    (f64::from(cluster.chips), of(low), of(high))
                })
                .collect(),
            style: (ink, dash, Marker::Nothing),
            ..Series::default()
        }
    };
    let with_other = |own: Series, of: Of, keep: Keep| match other {
        None => vec![own],
        Some(other) => {
            let theirs = Series {
                points: points(other, of, keep),
                ..own.clone()
            };
            shown.held_against(own, theirs, 0)
        }
    };
    let mut lost = with_other(
        line("all", 0, |r| r.lost.total(), |_| true),
        |r| r.lost.total(),
        |_| true,
    );
    lost.extend([
        line("restarts", 1, |r| r.lost.restarts_share, |_| true),
        line("redone", 2, |r| r.lost.redone_share, |_| true),
        line("checkpoints", 3, |r| r.lost.checkpoints_share, |_| true),
    ]);
    let said = |keep: Keep, columns: &[usize]| {
        let places = [Some(sweep), other].map(|sweep| {
            let all = sweep.map_or(&[][..], |sweep| &sweep.all).iter().enumerate();
            let kept = all.filter(|(_, cluster)| keep(cluster));
            kept.map(|(i, cluster)| (i, f64::from(cluster.chips)))
                .collect()
        });
        along(lang, joined, places, columns)
    };
    let dot = |cluster: &Cluster, y: f64, label: String, marker: Marker| Dot {
        label,
        x: f64::from(cluster.chips),
        y,
        ink: Ink::Blue,
        marker,
        ..Dot::default()
    };
    let dots = |keep: Keep, of: Of, say: &dyn Fn(&Reliability) -> String| -> Vec<Dot> {
        let words = |cluster: &Cluster| say(&cluster.here);
        let at = |cluster: &Cluster| of(&cluster.here);
        let alike = |b: &&Cluster| b.chips == own.chips && at(b) == at(own);
        let theirs = other.map(|other| &other.own).filter(|b| keep(b));
        let mine = match theirs.filter(alike) {
            Some(_) => of_both(lang, &words(own)),
            None => shown.own_noun(&words(own)),
        };
        let mine = keep(own).then(|| dot(own, at(own), mine, Marker::Disc));
        let theirs = theirs.filter(|b| !(keep(own) && alike(b)));
        let theirs = theirs.map(|b| dot(b, at(b), of_b(lang, &words(b)), Marker::Ring));
        mine.into_iter().chain(theirs).collect()
    };
    let mut panels = vec![Panel {
        dots: dots(|_| true, |r| r.lost.total(), &|r| {
            lang.percent(r.lost.total())
        }),
        said: said(|_| true, &[1, 2, 3, 4, 5, 6]),
        ..Panel::new(Axis::new(name("lost"), Scale::FromZero, &percent), lost)
    }];
    let days = with_other(
        line("run", 0, |r| r.wall.days(), |cluster| cluster.trains),
        |r| r.wall.days(),
        |cluster| cluster.trains,
    );
    if days.iter().any(|line| !line.points.is_empty()) {
        let patience = scenario.bar.patience;
        let mut days_name = name("days");
        if shown.drawn.is_some() {
            days_name = lang.fill("figure.failures.days_drawn", &[("days", &days_name)]);
        }
        panels.push(Panel {
            threshold: Some(Threshold {
                value: patience.days(),
                label: lang.fill(
                    "figure.failures.patience",
                    &[("time", &lang.time(patience))],
                ),
                ink: Ink::Bad,
            }),
            dots: dots(|cluster| cluster.trains, |r| r.wall.days(), &|r| {
                lang.time(r.wall)
            }),
            said: said(|cluster| cluster.trains, &[7]),
            whiskers: shown
                .whisker(&name("here"), &name("run"), Answer::Days)
                .map(|whisker| (f64::from(own.chips), whisker))
                .into_iter()
                .collect(),
            ..Panel::new(Axis::new(days_name, Scale::Log, &number), days)
        });
    }
    lines(&LinesSpec {
        frame: shown.frame("failures", title, caption),
        x,
        panels,
        rules: shown.rules(
            Some(f64::from(own.chips)),
            other.map(|other| f64::from(other.own.chips)),
            &name("here"),
        ),
        zone: None,
    })
}

/// The finding: what the reader's cluster loses, and one twice as large.
fn caption(lang: Lang, sweep: &Sweep) -> String {
    let Sweep { own, twice, .. } = sweep;
    let chips = |cluster: &Cluster| lang.count(f64::from(cluster.chips));
    let lost = own.here.lost.total();
    let first = lang.fill(
        "figure.failures.caption",
        &[
            ("chips", &chips(own)),
            ("between", &lang.time(own.here.between_failures)),
            ("share", &lang.percent(lost)),
            ("low", &lang.percent(own.ends[0].lost.total())),
            ("high", &lang.percent(own.ends[1].lost.total())),
        ],
    );
    let more = lang.number((twice.here.lost.total() - lost) * 100.0, 2);
    let values = |then: &str, now: &str| {
        lang.fill(
            if then.is_empty() {
                "figure.failures.twice"
            } else {
                "figure.failures.twice_days"
            },
            &[
                ("twice", &chips(twice)),
                ("points", &more),
                ("then", then),
                ("now", now),
            ],
        )
    };
    let second = if own.trains && twice.trains {
        values(&lang.time(twice.here.wall), &lang.time(own.here.wall))
    } else {
        values("", "")
    };
    let shortest = sweep.shortest().map(|cluster| {
        lang.fill(
            "figure.failures.shortest",
            &[
                ("chips", &chips(cluster)),
                ("time", &lang.time(cluster.here.wall)),
            ],
        )
    });
    [Some(first), Some(second), shortest]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

fn table(lang: Lang, of: Of, all: &[Cluster]) -> Table {
    let head = [
        "x",
        "between",
        "all",
        "range",
        "checkpoints",
        "redone",
        "restarts",
        "days",
    ]
    .map(|key| lang.text(&format!("figure.failures.{key}")).to_owned());
    let rows = all.iter().map(|cluster| {
        let lost = &cluster.here.lost;
        let of = of.cluster(cluster.chips);
        let by = |cell: Cell, subject: Subject| cell.by(of.origin(subject));
        let share = |share: f64, loss: Loss| by(cell::share(lang, share), Subject::LostTo(loss));
        let ends = cluster.ends.each_ref().map(|end| end.lost.total());
        let [low, high] = ends.map(|end| lang.percent(end));
        vec![
            cell::count(lang, f64::from(cluster.chips)),
            by(
                cell::time(lang, cluster.here.between_failures),
                Subject::BetweenFailures,
            ),
            by(cell::share(lang, lost.total()), Subject::Lost),
            Cell::range(lang.range(&low, &high, ""), ends, cell::RATIO),
            share(lost.checkpoints_share, Loss::Checkpoints),
            share(lost.redone_share, Loss::Redone),
            share(lost.restarts_share, Loss::Restarts),
            if cluster.trains {
                by(
                    cell::number(lang, cluster.here.wall.days(), 3),
                    Subject::TrainingDays,
                )
            } else {
                lang.text("figure.failures.none").into()
            },
        ]
    });
    Table {
        head: head.to_vec(),
        rows: rows.collect(),
    }
}
