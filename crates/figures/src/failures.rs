//! Time lost to failures, and the days of the run, on clusters of every size.

use crate::reading::of_row;
use crate::{Figure, Table, frame};
use charts::{
    Axis, Dot, Drawing, Ink, LinesSpec, Marker, Panel, Rule, Said, Scale, Series, Threshold, lines,
    series_style,
};
use sim::catalogue::{ASSUMPTIONS, Origin};
use sim::llm::{Failures, Layout, Reliability, Training, reliability};
use sim::outcome::{Outcome, run_on};
use sim::scenario::Scenario;
use units::{FailureRate, Time};
use words::Lang;

/// The smallest cluster; each of the next is twice as large.
const SMALLEST: u32 = 64;
/// Clusters drawn: 64 to 131,072 chips.
const DOUBLINGS: u32 = 12;

/// A cluster at the reader's failure rate, and at both ends of what is defended.
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
pub fn failures(lang: Lang, scenario: &Scenario, outcome: &Outcome, width: u32) -> Figure {
    let title = lang.text("figure.failures.title").to_owned();
    let rates = Rates::new(scenario);
    let layout = outcome.training.plan.as_ref().ok().map(|plan| plan.layout);
    let of = |chips: u32| cluster(scenario, outcome, &rates, layout, chips);
    let own = of(scenario.job.chips);
    let twice = of(scenario.job.chips.saturating_mul(2));
    let mut all: Vec<Cluster> = (0..DOUBLINGS).map(|i| of(SMALLEST << i)).collect();
    let at = all.partition_point(|cluster| cluster.chips < own.chips);
    if all.get(at).is_none_or(|cluster| cluster.chips != own.chips) {
        all.insert(at, of(own.chips));
    }
    let shortest = all
        .iter()
        .filter(|cluster| cluster.trains)
        .min_by(|a, b| a.here.wall.get().total_cmp(&b.here.wall.get()));
    let caption = caption(lang, &own, &twice, shortest);
    let table = table(lang, &all);
    Figure {
        id: "figure-failures",
        drawing: chart(
            lang,
            scenario,
            (&all, &table),
            &own,
            &title,
            &caption,
            width,
        ),
        title,
        caption,
        table,
    }
}

fn cluster(
    scenario: &Scenario,
    outcome: &Outcome,
    rates: &Rates,
    layout: Option<Layout>,
    chips: u32,
) -> Cluster {
    let run: Option<Training> =
        layout.and_then(|layout| run_on(scenario, &outcome.package, chips, layout).ok());
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
    lang: Lang,
    scenario: &Scenario,
    (all, table): (&[Cluster], &Table),
    own: &Cluster,
    title: &str,
    caption: &str,
    width: u32,
) -> Drawing {
    let count = |value: f64| lang.count(value);
    let percent = |value: f64| lang.percent(value);
    let number = |value: f64| lang.number(value, 2);
    let name = |key: &str| lang.text(&format!("figure.failures.{key}")).to_owned();
    let mut x = Axis::new(name("x"), Scale::Log, &count);
    let sizes = || all.iter().map(|cluster| f64::from(cluster.chips));
    x.range = sizes().next().zip(sizes().next_back());
    let every = if width < 560 { 4 } else { 2 };
    x.ticks = (0..DOUBLINGS)
        .step_by(every)
        .map(|i| f64::from(SMALLEST << i))
        .collect();
    let line = |key: &str, i: usize, of: fn(&Reliability) -> f64, keep: fn(&Cluster) -> bool| {
        let kept = || all.iter().filter(move |cluster| keep(cluster));
        let (ink, dash, _) = series_style(i);
        Series {
            label: name(key),
            points: kept()
                .map(|cluster| (f64::from(cluster.chips), of(&cluster.here)))
                .collect(),
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
    let lost = vec![
        line("all", 0, |r| r.lost.total(), |_| true),
        line("restarts", 1, |r| r.lost.restarts_share, |_| true),
        line("redone", 2, |r| r.lost.redone_share, |_| true),
        line("checkpoints", 3, |r| r.lost.checkpoints_share, |_| true),
    ];
    let said = |keep: fn(&Cluster) -> bool, columns: &[usize]| {
        let kept = all.iter().enumerate().filter(|(_, cluster)| keep(cluster));
        kept.map(|(i, cluster)| Said {
            x: f64::from(cluster.chips),
            y: None,
            text: of_row(lang, table, i, columns),
        })
        .collect::<Vec<_>>()
    };
    let dot = |y: f64, label: String| Dot {
        label,
        x: f64::from(own.chips),
        y,
        ink: Ink::Blue,
        ..Dot::default()
    };
    let mut panels = vec![Panel {
        dots: vec![dot(
            own.here.lost.total(),
            lang.percent(own.here.lost.total()),
        )],
        said: said(|_| true, &[1, 2, 3, 4, 5, 6]),
        ..Panel::new(Axis::new(name("lost"), Scale::FromZero, &percent), lost)
    }];
    let days = line("run", 0, |r| r.wall.days(), |cluster| cluster.trains);
    if !days.points.is_empty() {
        let patience = scenario.bar.patience;
        let trains = own.trains;
        panels.push(Panel {
            threshold: Some(Threshold {
                value: patience.days(),
                label: lang.fill(
                    "figure.failures.patience",
                    &[("time", &lang.time(patience))],
                ),
                ink: Ink::Bad,
            }),
            dots: trains
                .then(|| dot(own.here.wall.days(), lang.time(own.here.wall)))
                .into_iter()
                .collect(),
            said: said(|cluster| cluster.trains, &[7]),
            ..Panel::new(Axis::new(name("days"), Scale::Log, &number), vec![days])
        });
    }
    lines(&LinesSpec {
        frame: frame(lang, "failures", title, caption, width),
        x,
        panels,
        rule: Some(Rule {
            x: f64::from(own.chips),
            label: name("here"),
        }),
        zone: None,
    })
}

/// The finding: what the reader's cluster loses, and one twice as large.
fn caption(lang: Lang, own: &Cluster, twice: &Cluster, shortest: Option<&Cluster>) -> String {
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
    let shortest = shortest.map(|cluster| {
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

fn table(lang: Lang, all: &[Cluster]) -> Table {
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
        let [low, high] = cluster.ends.map(|end| lang.percent(end.lost.total()));
        vec![
            lang.count(f64::from(cluster.chips)),
            lang.time(cluster.here.between_failures),
            lang.percent(lost.total()),
            lang.range(&low, &high, ""),
            lang.percent(lost.checkpoints_share),
            lang.percent(lost.redone_share),
            lang.percent(lost.restarts_share),
            if cluster.trains {
                lang.number(cluster.here.wall.days(), 3)
            } else {
                lang.text("figure.failures.none").to_owned()
            },
        ]
    });
    Table {
        head: head.to_vec(),
        rows: rows.collect(),
    }
}
