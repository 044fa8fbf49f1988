//! What the reader can change: three levers, the setting, and the rest.
//!
//! Widgets follow from the controls' declarations: names become lists, numbers
//! become sliders with a field.

pub(super) mod dates;

use super::chance::chance;
use crate::browser;
use crate::dials::{Dial, declared};
use crate::phrases;
use crate::session::Session;
use crate::widgets::*;
use leptos::prelude::*;
use sim::catalogue::{self, CHIPS, Country, NODES, Origin};
use sim::controls::Kind;
use sim::scenario;
use sim::state::Value;
use units::decimal;
use words::{Lang, sentences};

/// Controls of the setting, less loud than the levers.
const SETTING: [&str; 4] = ["chip", "llm", "chips", "place"];
/// Controls that few readers need, under the question that they answer.
const MORE: [(&str, &[&str]); 8] = [
    (
        "page.more_chip",
        &[
            "bf16", "mem", "bw", "tdp", "area", "hbm", "stacks", "link", "d2d", "stack",
        ],
    ),
    (
        "page.more_making",
        &[
            "d0", "spare", "wafer", "volume", "pack", "order", "yield", "alpha",
        ],
    ),
    (
        SUPPLY,
        &[
            "wpm", "aishare", "share", "bank", "hbmstock", "hbmnew", "layers", "fund", "toolcap",
            "buyer", "wait",
        ],
    ),
    (OWN_MODEL, &["params", "active", "depth", "hidden"]),
    (
        "page.more_answering",
        &["prec", "in", "out", "tpot", "engine", "quant", "kv"],
    ),
    (
        "page.more_training",
        &["tokens", "days", "fail", "temp", "mw", "zero"],
    ),
    ("page.more_layout", &["tp", "pp", "ep", "dp"]),
    (
        "page.more_ways",
        &["tprec", "schedule", "serve", "tbo", "eplb", "mtp"],
    ),
];
/// The part of them that means nothing for a foreign chip.
const SUPPLY: &str = "page.more_supply";
/// The part that means nothing but for a model of the reader's own.
const OWN_MODEL: &str = "page.more_model";
/// The chip whose figures are all the reader's.
const OWN_CHIP: &str = "custom";

/// The three levers: restrictions, foundry node, die count.
#[component]
pub fn Levers(
    /// The session.
    session: Session,
    /// The language.
    lang: Lang,
    /// A list instead of radio buttons, where room is short.
    #[prop(into)]
    compact: Signal<bool>,
) -> impl IntoView {
    let date = move || match compact.get() {
        true => dates::list(session, lang),
        false => dates::radios(session, lang),
    };
    view! {
        <section id="levers" class="levers" aria-label=lang.text("page.levers")>
            {date}
            {choice(session, lang, "node")}
            {dies(session, lang)}
        </section>
    }
}

/// The second row: chip, language model, cluster size, place.
#[component]
pub fn Setting(
    /// The session.
    session: Session,
    /// The language.
    lang: Lang,
    /// The levers are lists, which have no room for what is aside of the day.
    #[prop(into)]
    compact: Signal<bool>,
) -> impl IntoView {
    let fields: Vec<AnyView> = SETTING
        .iter()
        .map(|key| control(session, lang, key))
        .collect();
    view! {
        <section class="setting" aria-label=lang.text("page.setting")>
            {move || compact.get().then(|| dates::aside(session, lang))}
            {fields}
        </section>
    }
}

/// The other controls, behind a disclosure.
#[component]
pub fn More(
    /// The session.
    session: Session,
    /// The language.
    lang: Lang,
) -> impl IntoView {
    // A link may have set one of them, and one's own chip is made here: then
    // they are in sight.
    let is_open = session.answered.with_untracked(|answered| {
        let changed = |key: &&str| answered.is_changed(key);
        answered.id("chip") == OWN_CHIP || MORE.iter().any(|(_, keys)| keys.iter().any(changed))
    });
    let open = RwSignal::new(is_open);
    // Some sixty controls, of which each does a dozen things at every answer.
    let session = session.behind(open);
    let parts: Vec<AnyView> = MORE
        .iter()
        .map(|(name, keys)| {
            let fields: Vec<AnyView> = keys.iter().map(|key| control(session, lang, key)).collect();
            let idle = move || match *name {
                SUPPLY => session.answered.with(|a| a.scenario.resources.is_none()),
                OWN_MODEL => session
                    .answered
                    .with(|a| a.id("llm") != scenario::OWN_MODEL),
                _ => false,
            };
            let lead = (*name == SUPPLY).then(|| {
                view! { <p class="field-help">{move || limit(session, lang)}</p> }
            });
            view! {
                <div class="more-part" hidden=idle>
                    <h3>{lang.text(name)}</h3>
                    {lead}
                    <div class="more-fields">{fields}</div>
                </div>
            }
            .into_any()
        })
        .collect();
    view! {
        <details class="more" open=is_open on:toggle=move |event| open.set(browser::is_open(&event))>
            <summary>{lang.text("page.more")}</summary>
            {parts}
            {chance(session, lang)}
        </details>
    }
}

/// What holds output back at the reader's date: the one thing worth moving.
fn limit(session: Session, lang: Lang) -> Option<String> {
    session.answered.with(|answered| {
        let supply = &answered.outcome.supplied.as_ref()?.supply;
        let what = sentences::bottleneck(lang, supply.bottleneck);
        Some(lang.fill("page.supply_limit", &[("what", what)]))
    })
}

/// A control as its declaration has it.
pub(super) fn control(session: Session, lang: Lang, key: &'static str) -> AnyView {
    match declared(key).map(|control| control.kind) {
        Some(Kind::Number { .. }) => number(session, lang, key),
        Some(_) => choice(session, lang, key),
        None => ().into_any(),
    }
}

/// The frame around a control of that key.
fn framed(
    session: Session,
    lang: Lang,
    key: &'static str,
    help: Signal<String>,
    inside: AnyView,
) -> AnyView {
    field(session, lang, key, false, help, inside)
}

/// The same around a group of controls, which a label cannot point to.
fn field(
    session: Session,
    lang: Lang,
    key: &'static str,
    group: bool,
    help: Signal<String>,
    inside: AnyView,
) -> AnyView {
    let name = phrases::control_name(lang, key);
    let changed = Memo::new(move |_| session.answered.with(|answered| answered.is_changed(key)));
    view! {
        <Field id=id_of(key) name=name group=group help=help changed=changed
            back=lang.text("page.back")
            back_label=lang.fill("page.back_label", &[("name", name)])
            on_back=Callback::new(move |()| session.choose(key, None))>
            {inside}
        </Field>
    }
    .into_any()
}

fn id_of(key: &str) -> String {
    ["control-", key].concat()
}

fn plain_help(lang: Lang, key: &str) -> Signal<String> {
    Signal::stored(phrases::control_help(lang, key).to_owned())
}

/// Maturities of a stack that the list offers, from the worst to the best that its
/// row defends, and their names.
const MATURITIES: [(f64, &str); 3] = [
    (0.0, "page.stack_worst"),
    (0.5, "page.stack_middle"),
    (1.0, "page.stack_best"),
];

fn is_listed(maturity: f64) -> bool {
    MATURITIES.iter().any(|(listed, _)| *listed == maturity)
}

/// The text of the choice in force, as a list's value.
fn id_in_force(session: Session, key: &'static str) -> Memo<String> {
    Memo::new(move |_| {
        session.answered.with(|answered| match answered.value(key) {
            Some(Value::Number(maturity)) if is_listed(maturity) => decimal::shortest(maturity),
            Some(Value::Number(_)) => "own".to_owned(),
            _ => listed(answered.id(key)).to_owned(),
        })
    })
}

/// The entry that stands for a choice: a system that is picked as a chip is that chip
/// so surrounded as it is sold.
fn listed(id: &'static str) -> &'static str {
    catalogue::system(id).and_then(|row| row.chip).unwrap_or(id)
}

/// A list.
fn choice(session: Session, lang: Lang, key: &'static str) -> AnyView {
    let help = match key {
        "node" => Signal::derive(move || {
            let node = catalogue::node(session.answered.with(|answered| answered.id("node")));
            node.map_or_else(String::new, |node| phrases::node_line(lang, node))
        }),
        _ => plain_help(lang, key),
    };
    let on_choice = Callback::new(move |text: String| {
        if let Some((value, _)) =
            sim::controls::index(key).and_then(|i| sim::link::value_of(i, &text))
        {
            session.choose(key, Some(value));
        }
    });
    let inside = view! {
        <Choice id=id_of(key) groups=groups(session, lang, key)
            value=id_in_force(session, key) on_choice=on_choice />
    };
    framed(session, lang, key, help, inside.into_any())
}

/// What a list offers.
fn groups(session: Session, lang: Lang, key: &'static str) -> Vec<Group> {
    let group = |name: &str, entries: Vec<(String, String)>| Group {
        name: name.to_owned(),
        entries,
    };
    let entry = |id: &'static str| {
        (
            id.to_owned(),
            phrases::choice_name(lang, key, id).to_owned(),
        )
    };
    let ids = match declared(key).map(|control| control.kind) {
        Some(Kind::Choice { ids, .. }) => ids(),
        Some(Kind::StackOrMaturity) => catalogue::STACKS.iter().map(|row| row.id).collect(),
        _ => Vec::new(),
    };
    match key {
        "chip" => {
            let chips = |pick: fn(&catalogue::ChipRow) -> bool| {
                CHIPS
                    .iter()
                    .filter(|row| pick(row))
                    .map(|row| entry(row.id))
                    .collect()
            };
            vec![
                group(lang.text("page.chips_cast"), chips(|row| row.in_article)),
                group(
                    lang.text("page.chips_chinese"),
                    chips(|row| {
                        !row.in_article && row.origin == Origin::Chinese && row.id != OWN_CHIP
                    }),
                ),
                group(
                    lang.text("page.chips_foreign"),
                    chips(|row| !row.in_article && row.origin == Origin::Foreign),
                ),
                group(lang.text("page.chips_own"), chips(|row| row.id == OWN_CHIP)),
            ]
        }
        "node" => [
            (Country::China, "page.nodes_china"),
            (Country::Abroad, "page.nodes_abroad"),
        ]
        .map(|(country, name)| {
            let nodes = NODES.iter().rev().filter(|row| row.country == country);
            let entries = nodes
                .map(|row| (row.id.to_owned(), phrases::node_entry(lang, row)))
                .collect();
            group(lang.text(name), entries)
        })
        .into(),
        _ => {
            let mut entries: Vec<_> = ids.into_iter().map(entry).collect();
            if key == "stack" {
                let text = |key: &'static str| lang.text(key).to_owned();
                entries.extend(
                    MATURITIES.map(|(maturity, name)| (decimal::shortest(maturity), text(name))),
                );
            }
            // A link can give a stack's maturity in place of its name.
            let held = session.answered.with_untracked(|answered| {
                matches!(answered.value(key), Some(Value::Number(n)) if !is_listed(n))
                    .then(|| phrases::value(lang, answered, key))
            });
            if let Some(text) = held {
                entries.push(("own".to_owned(), text));
            }
            vec![group("", entries)]
        }
    }
}

/// A number with its slider over stops and its field.
fn number(session: Session, lang: Lang, key: &'static str) -> AnyView {
    match Dial::of(key) {
        Some(dial) => {
            let help = plain_help(lang, key);
            framed(
                session,
                lang,
                key,
                help,
                dial_view(session, lang, dial, Vec::new()),
            )
        }
        None => ().into_any(),
    }
}

fn dies(session: Session, lang: Lang) -> AnyView {
    let Some(dial) = Dial::of("dies") else {
        return ().into_any();
    };
    let last = (dial.stops.len() - 1) as f64;
    let ticks = dial
        .stops
        .iter()
        .enumerate()
        .map(|(i, stop)| Tick {
            at: i as f64 / last,
            text: if matches!(i + 1, 1 | 4 | 8 | 12 | 16) {
                lang.count(*stop)
            } else {
                String::new()
            },
        })
        .collect();
    let help = Signal::derive(move || {
        session
            .answered
            .with(|answered| phrases::dies_line(lang, answered))
    });
    framed(
        session,
        lang,
        "dies",
        help,
        dial_view(session, lang, dial, ticks),
    )
}

fn dial_view(session: Session, lang: Lang, dial: &'static Dial, ticks: Vec<Tick>) -> AnyView {
    let key = dial.key;
    let held = Memo::new(move |_| session.answered.with(|answered| answered.number(key)));
    let in_field = Signal::derive(move || held.get().map(|number| number / dial.unit));
    let place = Memo::new(move |_| {
        let number = in_field.get().unwrap_or(dial.stops[0]);
        dial.nearest_stop(number) as f64
    });
    let spoken = Signal::derive(move || {
        held.get().map_or_else(String::new, |number| {
            phrases::number_with_unit(lang, key, number)
        })
    });
    let choose = move |number: f64| {
        let number = number * dial.unit;
        session.choose(key, Some(Value::Number(number)));
        declared(key).map_or(number, |control| control.tidy(number)) / dial.unit
    };
    let on_move = Callback::new(move |place: f64| {
        if let Some(stop) = dial.stops.get(place as usize) {
            choose(*stop);
        }
    });
    // “Dies per chip” says it already.
    let unit = if key == "dies" {
        ""
    } else {
        phrases::unit(lang, key)
    };
    let last = (dial.stops.len() - 1) as f64;
    let range = if key == "dies" {
        (1.0, 16.0)
    } else {
        (0.0, last)
    };
    let shift = range.0;
    view! {
        <div class="dial">
            <Slider id=id_of(key) range=range
                value=Signal::derive(move || place.get() + shift)
                spoken=spoken ticks=ticks
                on_move=Callback::new(move |place: f64| on_move.run(place - shift)) />
            <Number id=[&id_of(key), "-number"].concat() name=phrases::control_name(lang, key)
                range=dial.range() value=in_field unit=unit
                refusal=Callback::new(move |n| phrases::refusal(lang, n, dial.range()))
                on_number=Callback::new(choose) />
        </div>
    }
    .into_any()
}
