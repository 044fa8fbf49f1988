//! What a million tokens cost, in money and in joules, on the reader's system and
//! on others.

use crate::cast::{planned_on, system_name};
use crate::{Figure, Table, frame};
use charts::{BarRow, BarSpec, Ink, Part, stacked_bar};
use sim::outcome::{Outcome, simulate};
use sim::scenario::Scenario;
use sim::state::State;
use units::{Energy, Money};
use words::Lang;

/// Chips and systems with as many chips as the presets give them.
const SYSTEMS: [(&str, u32); 7] = [
    ("h20", 8),
    ("alibaba-ppu", 16),
    ("metax-c600", 16),
    ("siyuan-590", 16),
    ("cloudmatrix-384", 384),
    ("h100-sxm", 2048),
    ("gb200-nvl72", 72),
];

/// A system and what a million tokens take on it.
struct Bill {
    label: String,
    /// Electricity and all, in money, and energy of one token.
    paid: Option<(Money, Money, Energy)>,
}

impl Bill {
    fn new(label: String, outcome: &Outcome) -> Self {
        let energy = &outcome.energy;
        let paid = energy
            .electricity_per_million
            .zip(energy.total_per_million)
            .zip(energy.per_token);
        Self {
            label,
            paid: paid.map(|((electricity, total), token)| (electricity, total, token)),
        }
    }

    fn dollars(&self) -> f64 {
        self.paid.map_or(f64::INFINITY, |(_, total, _)| total.get())
    }
}

/// Money and joules of a million tokens: the reader's system first, then the others
/// from the cheapest to the dearest.
pub fn bill(
    lang: Lang,
    state: &State,
    scenario: &Scenario,
    outcome: &Outcome,
    width: u32,
) -> Figure {
    let title = lang.text("figure.bill.title").to_owned();
    let own = Bill::new(lang.text("figure.bill.here").to_owned(), outcome);
    let bills = SYSTEMS
        .iter()
        .map(|(id, chips)| planned_on(state, id, *chips))
        .filter(|other| other.chip_id != scenario.chip_id)
        .map(|other| Bill::new(system_name(lang, &other), &simulate(&other)));
    let mut others: Vec<Bill> = Vec::new();
    for bill in bills {
        let dearer = |other: &Bill| other.dollars().total_cmp(&bill.dollars()).is_gt();
        let place = others.partition_point(|other| !dearer(other));
        others.insert(place, bill);
    }
    let caption = caption(lang, &own, &others);
    let all: Vec<&Bill> = std::iter::once(&own).chain(&others).collect();
    let spec = BarSpec {
        frame: frame(lang, "bill", &title, &caption, width),
        rows: all.iter().map(|bill| bar(lang, bill)).collect(),
    };
    Figure {
        id: "figure-bill",
        title,
        caption,
        svg: stacked_bar(&spec),
        table: table(lang, &all),
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
            })
            .collect(),
        total: lang.money(total),
        note: lang.fill("figure.bill.token", &[("energy", &lang.energy(token))]),
        ..BarRow::default()
    }
}

fn caption(lang: Lang, own: &Bill, others: &[Bill]) -> String {
    let Some((electricity, total, token)) = own.paid else {
        return name(lang, "nothing");
    };
    let first = lang.fill(
        "figure.bill.caption",
        &[
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
                lang.money(total - electricity),
                lang.money(electricity),
                lang.money(total),
                lang.energy(token),
            ]
        });
        let none = || std::array::from_fn(|_| name(lang, "none"));
        std::iter::once(bill.label.clone())
            .chain(cells.unwrap_or_else(none))
            .collect()
    });
    Table {
        head: head.to_vec(),
        rows: rows.collect(),
    }
}
