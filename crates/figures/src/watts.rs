//! Where a system's watts go: chips by cause, hosts, optics, cooling.

use crate::along::Beside;
use crate::cast::{planned_on, system, system_name};
use crate::drawn;
use crate::origin::Of;
use crate::reading::{of_bar, value};
use crate::shown::{Case, Shown, of_a, of_b, quantity};
use crate::{Cell, Figure, Table, cell, lately};
use charts::{BarRow, BarSpec, Ink, Part, Whisker, stacked_bar};
use sim::catalogue;
use sim::energy::SitePower;
use sim::outcome::{Outcome, served_among, serving_power, site_power};
use sim::scenario::Scenario;
use sim::state::State;
use units::{Energy, Power};
use words::Lang;
use words::doubt::beyond_range;
use words::explain::{Subject, Watts};

/// Two racks that are held against each other: optical links, and copper.
const RACKS: [&str; 2] = ["gb200-nvl72", "cloudmatrix-384"];

/// Parts in the order of the bars.
const PARTS: [(&str, Ink); 4] = [
    ("chips", Ink::Blue),
    ("optics", Ink::Orange),
    ("hosts", Ink::Grey),
    ("overhead", Ink::Yellow),
];
/// Of chips that serve, by cause: in the table, and said of their part.
const CAUSES: [&str; 4] = ["base", "compute", "memory", "links"];

/// One system in one state.
struct Drawn {
    heading: String,
    of: Of,
    label: &'static str,
    parts: [Power; 4],
    /// Of the chips, where they serve.
    causes: Option<[Power; 4]>,
    site: SitePower,
    chips: f64,
    token: Option<Energy>,
}

impl Drawn {
    fn total(&self) -> Power {
        self.site.total()
    }

    /// That power, as a cell.
    fn cell(&self, lang: Lang, power: Power, watts: Watts) -> Cell {
        let subject = Subject::Watts(watts, self.causes.is_none());
        cell::power(lang, power).by(self.of.origin(subject))
    }

    fn optics_share(&self) -> f64 {
        self.site.optics / self.site.total()
    }
}

/// The watts of the reader's system and of a rack that is built otherwise, while it
/// serves and at full load.
pub fn watts(shown: &Shown) -> Figure {
    let Case {
        state,
        scenario,
        outcome,
    } = shown.own;
    let lang = shown.lang;
    let title = lang.text("figure.watts.title").to_owned();
    let system = system_name(lang, scenario);
    let here = match shown.other {
        None => lang.fill("figure.watts.here", &[("system", &system)]),
        Some(_) => of_a(lang, &system),
    };
    let own = states(here.clone(), Of::OWN, scenario, outcome);
    let beside = shown.other.map(|b| {
        let there = of_b(lang, &system_name(lang, b.scenario));
        let bars = states(there.clone(), Of::OTHER, b.scenario, b.outcome);
        (there, bars)
    });
    let (rack, chips) = rack(state, scenario);
    let other = planned_on(state, rack, chips);
    let of = Of::planned_on(rack, chips);
    let against = states(
        system_name(lang, &other),
        of,
        &other,
        &lately::answer(&other),
    );
    let caption = caption(lang, &own, &against, &system_name(lang, &other));
    let caption = shown.caption(caption, |_| versus(lang, &own, &beside.as_ref()?.1));
    let is_b = beside
        .as_ref()
        .zip(shown.other)
        .is_some_and(|((_, bars), b)| b.scenario.chip_id == rack && draws_alike(bars, &against));
    let beside = beside.iter();
    let systems = std::iter::once((&here, &own)).chain(beside.map(|(name, bars)| (name, bars)));
    let mut rows: Vec<BarRow> = systems
        .clone()
        .flat_map(|(name, bars)| bars_of(lang, name, bars))
        .collect();
    for (row, state) in rows.iter_mut().zip(&own) {
        row.whisker = whisker(shown, state);
    }
    // B may be that rack: one of the two is enough.
    let against = if is_b { &[][..] } else { &against };
    let all: Vec<&Drawn> = systems.flat_map(|(_, bars)| bars).chain(against).collect();
    if let Some(first) = against.first() {
        rows.extend(bars_of(lang, &first.heading, against));
    }
    let spec = BarSpec {
        frame: shown.frame("watts", &title, &caption),
        rows,
    };
    let mut table = table(lang, &all);
    table.rows.extend(drawn_rows(shown, &own, all.len()));
    Figure {
        id: "figure-watts",
        title,
        caption,
        drawing: stacked_bar(&spec),
        table,
    }
}

/// Where the draws of a state of A's lie, and why its bar ends elsewhere, if it does.
fn whisker(shown: &Shown, state: &Drawn) -> Option<Whisker> {
    let (lang, place) = (shown.lang, place(state));
    let total = name(lang, "total");
    let cell = |watts| in_watts(lang, watts);
    let mut whisker = shown.whisker_along(&column(lang, state), &total, place, &cell)?;
    let range = shown.along().and_then(|along| along.range(place));
    let say = |watts| in_watts(lang, Some(watts)).text;
    let why = range.and_then(|range| beyond_range(lang, &range, state.total().get(), &say));
    whisker.said.extend(why.map(|why| ["\n", &why].concat()));
    Some(whisker)
}

/// Where a state's power stands among the numbers of a draw.
fn place(state: &Drawn) -> usize {
    usize::from(state.causes.is_none())
}

/// The numbers of a draw: the power of the system while it serves, and at full load.
pub(crate) fn sample(scenario: &Scenario, beside: &Beside) -> Vec<f64> {
    let (package, served) = served_among(scenario, &beside.layouts);
    let total = |chip: Power| site_power(scenario, chip).total().get();
    let serving = served.map(|served| serving_power(scenario, &package, &served).total());
    let full = package.is_manufacturable().then_some(package.power);
    [serving, full]
        .map(|power| power.map_or(f64::INFINITY, total))
        .to_vec()
}

fn in_watts(lang: Lang, watts: Option<f64>) -> Cell {
    match watts {
        Some(watts) => cell::power(lang, Power::new(watts)),
        None => lang.text("figure.none").into(),
    }
}

/// Where the draws of A's states lie, in rows of that many bars.
fn drawn_rows(shown: &Shown, own: &[Drawn], bars: usize) -> Vec<Vec<Cell>> {
    let (lang, Some(along)) = (shown.lang, shown.along()) else {
        return Vec::new();
    };
    let ranges = own.iter().map(|state| along.range(place(state)));
    let ranges: Vec<_> = ranges
        .map(|range| range.map(|range| range.ends()))
        .collect();
    let names = drawn::names(lang, &name(lang, "total"));
    let row = |(end, name): (usize, String)| {
        let cells = ranges
            .iter()
            .map(|ends| in_watts(lang, ends.and_then(|ends| ends[end])));
        let mut row: Vec<Cell> = std::iter::once(name.into()).chain(cells).collect();
        row.resize_with(bars + 1, || lang.text("figure.none").into());
        row
    };
    names.into_iter().enumerate().map(row).collect()
}

/// The bars of a system. What cannot be made has a place, and no watts.
fn bars_of(lang: Lang, name: &str, bars: &[Drawn]) -> Vec<BarRow> {
    if bars.is_empty() {
        return vec![BarRow {
            heading: name.to_owned(),
            total: lang.text("figure.not_made").to_owned(),
            ..BarRow::default()
        }];
    }
    let bar = |(i, drawn)| bar(lang, drawn, i > 0);
    bars.iter().enumerate().map(bar).collect()
}

/// Both draw the same watts for the same causes.
fn draws_alike(a: &[Drawn], b: &[Drawn]) -> bool {
    let parts = |drawn: &Drawn| (drawn.parts, drawn.causes);
    a.iter().map(parts).eq(b.iter().map(parts))
}

/// How B's power differs, while it serves or at full load.
fn versus(lang: Lang, a: &[Drawn], b: &[Drawn]) -> Option<String> {
    // At full load unless both serve.
    let serve = [a, b].iter().all(|bars| bars.len() > 1);
    let alike = |bars: &[Drawn]| if serve { bars.first() } else { bars.last() }.map(Drawn::total);
    let power = [a, b].map(|bars| alike(bars).map(Power::get));
    let say = |watts: f64| lang.power(Power::new(watts));
    (!draws_alike(a, b)).then(|| quantity(lang, "figure.watts.versus", power, &say))
}

/// The rack to hold against the reader's system: in its own size where the reader's
/// is whole, else with as many chips as the reader has.
pub(crate) fn rack(state: &State, scenario: &Scenario) -> (&'static str, u32) {
    let row = system(state);
    let [first, second] = RACKS;
    let id = if row.chip == Some(first) {
        second
    } else {
        first
    };
    let whole = row.chip.is_some() && row.chips == scenario.serving.chips;
    let chips = catalogue::system(id)
        .or_else(|| catalogue::chip(id).and_then(|chip| catalogue::system(chip.system)))
        .map_or(scenario.serving.chips, |rack| rack.chips);
    (id, if whole { chips } else { scenario.serving.chips })
}

/// The states of a system: serving, where it serves, and all at full load; none
/// where its chip cannot be made.
fn states(heading: String, of: Of, scenario: &Scenario, outcome: &Outcome) -> Vec<Drawn> {
    if !outcome.package.is_manufacturable() {
        return Vec::new();
    }
    let chips = f64::from(scenario.serving.chips);
    let state = |label: &'static str, causes: Option<[Power; 4]>, each: Power, token| {
        let site = site_power(scenario, each);
        Drawn {
            heading: heading.clone(),
            of,
            label,
            parts: [each * chips, site.optics, site.hosts, site.overhead],
            causes: causes.map(|causes| causes.map(|part| part * chips)),
            site,
            chips,
            token,
        }
    };
    let energy = &outcome.energy;
    let serving = energy.parts.map(|p| {
        let causes = [p.base, p.compute, p.memory, p.links];
        state("serving", Some(causes), p.total(), energy.per_token)
    });
    let limit = outcome.package.power;
    serving
        .into_iter()
        .chain([state("full", None, limit, None)])
        .collect()
}

fn name(lang: Lang, key: &str) -> String {
    lang.text(&format!("figure.watts.{key}")).to_owned()
}

fn bar(lang: Lang, drawn: &Drawn, again: bool) -> BarRow {
    let computers = lang.fill(
        "figure.watts.computers",
        &[
            ("power", &lang.power(drawn.site.system())),
            ("each", &lang.power(drawn.total() / drawn.chips)),
        ],
    );
    let bar = BarRow {
        heading: if again {
            String::new()
        } else {
            drawn.heading.clone()
        },
        label: name(lang, drawn.label),
        parts: PARTS
            .iter()
            .zip(drawn.parts)
            .filter(|(_, power)| power.get() > 0.0)
            .map(|((key, ink), power)| Part {
                label: name(lang, key),
                value: power.get(),
                ink: *ink,
                text: lang.power(power),
                ..Part::default()
            })
            .collect(),
        total: lang.power(drawn.total()),
        note: computers,
        ..BarRow::default()
    };
    let mut bar = of_bar(lang, &column(lang, drawn), &name(lang, "total"), bar);
    // What the chips' part is made of is said of it.
    if let (Some(causes), Some(chips)) = (drawn.causes, bar.parts.first_mut()) {
        for (key, power) in CAUSES.iter().zip(causes) {
            chips.said.push('\n');
            chips.said += &value(lang, &name(lang, key), &lang.power(power));
        }
    }
    bar
}

/// The finding: what takes most, and what optics take on either system.
fn caption(lang: Lang, own: &[Drawn], against: &[Drawn], other: &str) -> String {
    let Some(first) = own.first() else {
        return name(lang, "not_made");
    };
    let largest = PARTS.iter().zip(first.parts).fold(
        (PARTS[0].0, Power::new(0.0)),
        |most, ((key, _), power)| {
            if power > most.1 { (key, power) } else { most }
        },
    );
    let said = lang.fill(
        if first.token.is_some() {
            "figure.watts.caption"
        } else {
            "figure.watts.idle"
        },
        &[
            ("power", &lang.power(first.total())),
            ("part", &name(lang, largest.0)),
            ("share", &lang.percent(largest.1 / first.total())),
        ],
    );
    let Some(there) = against.first() else {
        return said;
    };
    // Where a maker's figure for hosts holds them, optics have none of their own.
    let share = |drawn: &Drawn| match drawn.optics_share() {
        share if share > 0.0 => lang.percent(share),
        _ => name(lang, "no_optics"),
    };
    let apart = [first, there]
        .iter()
        .any(|drawn| drawn.optics_share() > 0.0);
    let optics = apart.then(|| {
        lang.fill(
            "figure.watts.optics_against",
            &[
                ("share", &share(first)),
                ("other_share", &share(there)),
                ("other", other),
            ],
        )
    });
    let tokens = first.token.zip(there.token).map(|(own, there)| {
        lang.fill(
            "figure.watts.token",
            &[
                ("own", &lang.energy(own)),
                ("there", &lang.energy(there)),
                ("other", other),
            ],
        )
    });
    [Some(said), optics, tokens]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

/// A system in a state, by name.
fn column(lang: Lang, drawn: &Drawn) -> String {
    let state = name(lang, drawn.label);
    let names = [("system", drawn.heading.as_str()), ("state", &state)];
    lang.fill("figure.watts.column", &names)
}

fn table(lang: Lang, all: &[&Drawn]) -> Table {
    let head = std::iter::once(name(lang, "part"))
        .chain(all.iter().map(|drawn| column(lang, drawn)))
        .collect();
    let row = |label: String, watts: Watts, of: &dyn Fn(&Drawn) -> Power| {
        std::iter::once(Cell::from(label))
            .chain(all.iter().map(|drawn| drawn.cell(lang, of(drawn), watts)))
            .collect::<Vec<Cell>>()
    };
    let mut parts: Vec<_> = PARTS
        .iter()
        .enumerate()
        .zip([Watts::Chips, Watts::Optics, Watts::Hosts, Watts::Overhead])
        .map(|((i, (key, _)), watts)| row(name(lang, key), watts, &|drawn| drawn.parts[i]))
        .collect();
    let none = || Cell::from(lang.text("figure.none"));
    let watts = [Watts::Base, Watts::Compute, Watts::Memory, Watts::Links];
    let causes = CAUSES.iter().zip(watts).enumerate();
    let causes = causes.map(|(i, (key, watts))| {
        let cell = |drawn: &&Drawn| {
            drawn
                .causes
                .map_or_else(none, |of| drawn.cell(lang, of[i], watts))
        };
        std::iter::once(name(lang, key).into())
            .chain(all.iter().map(cell))
            .collect()
    });
    parts.splice(1..1, causes);
    let sums = [
        row(name(lang, "system"), Watts::System, &|drawn| {
            drawn.site.system()
        }),
        row(name(lang, "total"), Watts::Site, &Drawn::total),
    ];
    Table {
        head,
        rows: parts.into_iter().chain(sums).collect(),
    }
}
