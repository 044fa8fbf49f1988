//! What a million tokens cost, in money and in joules, on the reader's system and
//! on others.

use crate::cast::{counted, planned_on, system_name};
use crate::origin::Of;
use crate::reading::of_bar;
use crate::shown::{Case, Shown, of_b, quantity};
use crate::{Figure, Table, cell, lately};
use charts::{BarRow, BarSpec, Ink, Part, stacked_bar};
use doubt::Answer;
use sim::outcome::Outcome;
use sim::scenario::Scenario;
use units::{Energy, Money};
use words::Lang;
use words::explain::Subject;
use words::sentences;

/// Chips and systems that stand beside the reader's, as many of them: what a
/// token costs falls with the number of chips that share a model.
pub(crate) const SYSTEMS: [&str; 7] = [
    "h20",
    "alibaba-ppu",
    "metax-c600",
    "siyuan-590",
    "ascend-910c",
    "h100-sxm",
    "gb200-nvl72",
];

/// The answer of which draws are shown.
const DRAWN: Answer = Answer::TotalPerMillion;

/// A system and what a million tokens take on it.
struct Bill {
    label: String,
    of: Of,
    /// Electricity and all, in money, and energy of one token.
    paid: Option<(Money, Money, Energy)>,
}

impl Bill {
    fn new(label: String, of: Of, outcome: &Outcome) -> Self {
        let energy = &outcome.energy;
        let paid = energy
            .electricity_per_million
            .zip(energy.total_per_million)
            .zip(energy.per_token);
        Self {
            label,
            of,
            paid: paid.map(|((electricity, total), token)| (electricity, total, token)),
        }
    }

    fn dollars(&self) -> f64 {
        self.paid.map_or(f64::INFINITY, |(_, total, _)| total.get())
    }
}

/// Money and joules of a million tokens: the reader's system first, then the others
/// from the cheapest to the dearest.
pub fn bill(shown: &Shown) -> Figure {
    let Case {
        state,
        scenario,
        outcome,
    } = shown.own;
    let lang = shown.lang;
    let title = lang.text("figure.bill.title").to_owned();
    let here = shown.own_name(lang.text("figure.bill.here"));
    let own = Bill::new(counted(lang, &here, scenario), Of::OWN, outcome);
    let chips = scenario.serving.chips;
    let bills = SYSTEMS
        .into_iter()
        .map(|id| (Of::planned_on(id, chips), planned_on(state, id, chips)))
        .filter(|(_, other)| other.chip_id != scenario.chip_id)
        .map(|(of, other)| Bill::new(system_name(lang, &other), of, &lately::answer(&other)));
    let mut others: Vec<Bill> = Vec::new();
    for bill in bills {
        let dearer = |other: &Bill| other.dollars().total_cmp(&bill.dollars()).is_gt();
        let place = others.partition_point(|other| !dearer(other));
        others.insert(place, bill);
    }
    let other = shown.other.map(|b| {
        Bill::new(
            of_b(lang, &system_name(lang, b.scenario)),
            Of::OTHER,
            b.outcome,
        )
    });
    let caption = shown.caption(caption(lang, scenario, &own, &others), |_| {
        let paid = [own.paid, other.as_ref()?.paid];
        let total = paid.map(|paid| paid.map(|(_, total, _)| total.get()));
        let say = |dollars: f64| lang.money(Money::new(dollars));
        (paid[0] != paid[1]).then(|| quantity(lang, "figure.bill.versus", total, &say))
    });
    let all: Vec<&Bill> = std::iter::once(&own).chain(&other).chain(&others).collect();
    let spec = BarSpec {
        frame: shown.frame("bill", &title, &caption),
        rows: all
            .iter()
            .enumerate()
            .map(|(i, bill)| BarRow {
                whisker: (i == 0)
                    .then(|| shown.whisker(&bill.label, &name(lang, "total"), DRAWN))
                    .flatten(),
                ..bar(lang, bill)
            })
            .collect(),
    };
    Figure {
        id: "figure-bill",
        title,
        caption,
        drawing: stacked_bar(&spec),
        table: shown.with_answer(table(lang, &all), &name(lang, "total"), DRAWN, &|row| {
            row == 0
        }),
    }
}

/// Machines, then electricity.
fn parts(electricity: Money, total: Money) -> [(&'static str, Money, Ink); 2] {
    [
        ("machines", total - electricity, Ink::Blue),
        ("electricity", electricity, Ink::Orange),
    ]
}

fn name(lang: Lang, key: &str) -> String {
    lang.text(&format!("figure.bill.{key}")).to_owned()
}

fn bar(lang: Lang, bill: &Bill) -> BarRow {
    of_bar(
        lang,
        &bill.label,
        &name(lang, "total"),
        plain_bar(lang, bill),
    )
}

fn plain_bar(lang: Lang, bill: &Bill) -> BarRow {
    let Some((electricity, total, token)) = bill.paid else {
        return BarRow {
            label: bill.label.clone(),
            total: name(lang, "none"),
            ..BarRow::default()
        };
    };
    BarRow {
        label: bill.label.clone(),
        parts: parts(electricity, total)
            .into_iter()
            .map(|(key, money, ink)| Part {
                label: name(lang, key),
                value: money.get(),
                ink,
                text: lang.money(money),
                ..Part::default()
            })
            .collect(),
        total: lang.money(total),
        note: lang.fill("figure.bill.token", &[("energy", &lang.energy(token))]),
        ..BarRow::default()
    }
}

fn caption(lang: Lang, scenario: &Scenario, own: &Bill, others: &[Bill]) -> String {
    let Some((electricity, total, token)) = own.paid else {
        return name(lang, "nothing");
    };
    let first = lang.fill(
        "figure.bill.caption",
        &[
            ("million", &sentences::million(lang, scenario)),
            ("total", &lang.money(total)),
            ("share", &lang.percent(electricity / total)),
            ("energy", &lang.energy(token)),
        ],
    );
    let Some((cheapest, (_, cost, least))) =
        others.first().and_then(|bill| Some((bill, bill.paid?)))
    else {
        return first;
    };
    let key = if cost < total {
        "figure.bill.cheaper"
    } else {
        "figure.bill.cheapest"
    };
    let against = lang.fill(
        key,
        &[
            ("system", &cheapest.label),
            ("cost", &lang.money(cost)),
            ("energy", &lang.energy(least)),
        ],
    );
    format!("{first} {against}")
}

fn table(lang: Lang, all: &[&Bill]) -> Table {
    let head = ["what", "machines", "electricity", "total", "joules"].map(|key| name(lang, key));
    let rows = all.iter().map(|bill| {
        let cells = bill.paid.map(|(electricity, total, token)| {
            [
                cell::money(lang, total - electricity).by(bill.of.origin(Subject::Machines)),
                cell::money(lang, electricity).by(bill.of.origin(Subject::Electricity)),
                cell::money(lang, total).by(bill.of.origin(Subject::CostPerMillion)),
                cell::energy(lang, token).by(bill.of.origin(Subject::EnergyPerToken)),
            ]
        });
        let none = || std::array::from_fn(|_| name(lang, "none").into());
        std::iter::once(bill.label.as_str().into())
            .chain(cells.unwrap_or_else(none))
            .collect()
    });
    Table {
        head: head.to_vec(),
        rows: rows.collect(),
    }
}
