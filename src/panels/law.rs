//! The law as a timeline: any day, every rule with its sentence, its source and
//! the reader's hand on it; who buys, who packs, which tools.

use super::controls::control;
use crate::browser;
use crate::phrases;
use crate::session::Session;
use crate::widgets::{Choice, Group, Number, Slider, Tick};
use leptos::prelude::*;
use sim::catalogue::{self, EQUIPMENT, LAW_KNOWN_TO, MEASURES, RULES, RegimeRow, Status};
use sim::date::Date;
use sim::state::{MOST_THRESHOLD, State, Switch, Value, rule_index};
use words::Lang;
use words::sentences::metric_name;

/// Months of the timeline: from the first letters to the law's last known month.
const FIRST: (u16, u8) = (2022, 8);
/// Steps of a threshold's slider up to the law's own.
const STEPS: f64 = 20.0;
/// Controls of the law beside the rules.
const BESIDE: [&str; 3] = ["firm", "tools", "osat"];

/// One entry of the timeline.
#[derive(Clone, Copy, PartialEq)]
struct Entry {
    id: &'static str,
    from: Date,
    until: Option<Date>,
    status: Status,
    /// Where shipments must be going; empty where it is not about shipments.
    destination: &'static str,
    source: &'static str,
}

/// Rules, measures and controls of tools, by their first day.
fn entries() -> Vec<Entry> {
    let rules = RULES.iter().map(|row| Entry {
        id: row.id,
        from: row.from,
        until: row.until,
        status: row.status,
        destination: row.destination,
        source: row.source,
    });
    let measures = MEASURES.iter().map(|row| Entry {
        id: row.id,
        from: row.from,
        until: row.until,
        status: Status::Law,
        destination: "",
        source: row.source,
    });
    let equipment = EQUIPMENT.iter().map(|row| Entry {
        id: row.id,
        from: row.from,
        until: row.until,
        status: row.status,
        destination: "",
        source: row.source,
    });
    // Put in place one by one: a general sort is 4 kB of wasm for each type.
    let mut all: Vec<Entry> = Vec::new();
    for entry in rules.chain(measures).chain(equipment) {
        let place = all.partition_point(|other| other.from <= entry.from);
        all.insert(place, entry);
    }
    all
}

/// The law.
#[component]
pub fn Law(
    /// The session.
    session: Session,
    /// The language.
    lang: Lang,
) -> impl IntoView {
    let beside: Vec<AnyView> = BESIDE
        .iter()
        .map(|key| control(session, lang, key))
        .collect();
    let open = RwSignal::new(false);
    let asked = RwSignal::new(None::<&'static str>);
    let list = move || {
        // Forty entries with their controls: made when somebody looks.
        let entries = if open.get() { entries() } else { Vec::new() };
        entries
            .into_iter()
            .map(|entry| view! { <li>{entry_view(session, lang, entry, asked)}</li> }.into_any())
            .collect::<Vec<_>>()
    };
    view! {
        <section id="law" class="law">
            <h2>{lang.text("page.law.title")}</h2>
            <p>{lang.fill("page.law.lead", &[("known", &lang.date(LAW_KNOWN_TO))])}</p>
            {scrubber(session, lang, move |id| {
                open.set(true);
                asked.set(Some(id));
                browser::focus_next_frame(mark_of(id));
            })}
            <div class="more-fields">{beside}</div>
            <p class="law-all">
                <button type="button" id="no-controls" class="quiet" aria-describedby="no-controls-help"
                    on:click=move |_| session.change(State::without_controls)>
                    {lang.text("page.law.none")}
                </button>
                <button type="button" id="all-controls" class="quiet"
                    on:click=move |_| session.change(State::with_the_law)>
                    {lang.text("page.law.all_back")}
                </button>
                <span class="field-help" id="no-controls-help">{lang.text("page.law.none_help")}</span>
            </p>
            <details prop:open=move || open.get()
                on:toggle=move |event| open.set(browser::is_open(&event))>
                <summary>{lang.text("page.law.show")}</summary>
                <ol class="law-list">{list}</ol>
            </details>
        </section>
    }
}

/// Months from the first of the timeline.
fn months_since_first(day: Date) -> i32 {
    (i32::from(day.year()) - i32::from(FIRST.0)) * 12 + i32::from(day.month()) - i32::from(FIRST.1)
}

/// The first day of that month of the timeline.
fn month_of_timeline(place: i32) -> Option<Date> {
    let months = i32::from(FIRST.0) * 12 + i32::from(FIRST.1) - 1 + place;
    Date::new((months / 12) as u16, (months % 12) as u8 + 1, 1)
}

/// Id of the line that opens an entry.
fn mark_of(id: &str) -> String {
    ["law-", id].concat()
}

/// A slider over months, with a mark for each rule's first day, and under it the
/// rules in force, each of which opens its entry; or what the day means where it
/// lies outside what is known.
fn scrubber(
    session: Session,
    lang: Lang,
    show: impl Fn(&'static str) + Copy + Send + 'static,
) -> AnyView {
    let last = months_since_first(LAW_KNOWN_TO) + 1;
    let day = Memo::new(move |_| session.state.with(|state| state.date()));
    let mut ticks: Vec<Tick> = entries()
        .iter()
        .map(|entry| months_since_first(entry.from))
        .filter(|place| (0..=last).contains(place))
        .map(|place| Tick {
            at: f64::from(place) / f64::from(last),
            text: String::new(),
        })
        .collect();
    ticks.dedup_by(|a, b| a.at == b.at);
    ticks.extend((FIRST.0 + 1..=LAW_KNOWN_TO.year()).map(|year| {
        let place = (i32::from(year) - i32::from(FIRST.0)) * 12 + 1 - i32::from(FIRST.1);
        Tick {
            at: f64::from(place) / f64::from(last),
            text: year.to_string(),
        }
    }));
    let on_move = Callback::new(move |place: f64| {
        if let Some(day) = month_of_timeline(place as i32) {
            session.choose("date", Some(Value::Day(day)));
        }
    });
    let in_force = Memo::new(move |_| rules_in_force(session));
    let note = move || {
        if day.get() > LAW_KNOWN_TO {
            return lang
                .fill("page.law.after", &[("known", &lang.date(LAW_KNOWN_TO))])
                .into_any();
        }
        let mark = |id: &'static str| {
            view! {
                " "
                <button type="button" class="rule-mark" on:click=move |_| show(id)>
                    {phrases::law_name(lang, id)}
                </button>
            }
            .into_any()
        };
        let marks: Vec<AnyView> = in_force.get().into_iter().map(mark).collect();
        if marks.is_empty() {
            return lang.text("page.law.before").into_any();
        }
        view! { {lang.text("page.law.in_force")} {marks} }.into_any()
    };
    view! {
        <div class="scrubber">
            <label class="field-name" for="law-day">
                {lang.text("page.law.day")} " " <output>{move || lang.date(day.get())}</output>
            </label>
            <Slider id="law-day".to_owned() range=(0.0, f64::from(last))
                value=Signal::derive(move || f64::from(months_since_first(day.get()).clamp(0, last)))
                spoken=Signal::derive(move || lang.date(day.get()))
                ticks=ticks on_move=on_move />
            <p class="field-help" id="law-day-help">{note}</p>
        </div>
    }
    .into_any()
}

/// Ids of the rules that are in force, as the reader has it; of none before the first
/// day of the timeline.
fn rules_in_force(session: Session) -> Vec<&'static str> {
    let all = entries();
    let day = session.state.with(|state| state.date());
    let stands = |entry: &&Entry| {
        day >= all[0].from
            && rule_index(entry.id).is_some()
            && standing(session, entry) == Standing::InForce
    };
    all.iter().filter(stands).map(|entry| entry.id).collect()
}

/// How an entry stands, as the reader has it.
#[derive(Clone, Copy, PartialEq)]
enum Standing {
    InForce,
    /// Its day has not come.
    NotYet,
    /// Its days are over.
    Ended,
    /// The reader switched it off.
    Off,
    /// Announced, and no law on that day.
    Announced,
    /// Announced, and over on that day.
    Withdrawn,
    /// A bill that no law came of.
    Bill,
}

impl Standing {
    fn words(self, lang: Lang) -> &'static str {
        let key = match self {
            Self::InForce => "page.law.now",
            Self::NotYet => "page.law.not_yet",
            Self::Ended => "page.law.ended",
            Self::Off => "page.switch.off",
            Self::Announced => "page.law.announced",
            Self::Withdrawn => "page.law.withdrawn",
            Self::Bill => "page.law.bill",
        };
        lang.find(key).unwrap_or_default()
    }
}

/// Rules and measures stand by their switches, controls of tools by the tools
/// that the reader lets through, and all of them else by their dates.
fn standing(session: Session, entry: &Entry) -> Standing {
    session.state.with(|state| {
        let day = state.date();
        let by_dates = match entry.status {
            _ if day < entry.from => Standing::NotYet,
            Status::Announced if entry.until.is_some_and(|until| until <= day) => {
                Standing::Withdrawn
            }
            Status::Announced => Standing::Announced,
            Status::Bill => Standing::Bill,
            Status::Law if entry.until.is_some_and(|until| until <= day) => Standing::Ended,
            Status::Law => Standing::InForce,
        };
        let Some(rule) = rule_index(entry.id) else {
            return match let_through(state) {
                // All controls up to that regime's, and none of the next one's.
                Some(regime) if regime.until().is_some_and(|until| until <= entry.from) => {
                    Standing::Off
                }
                Some(_) if entry.status == Status::Law => Standing::InForce,
                _ => by_dates,
            };
        };
        match state.rule(rule) {
            Some(Switch::On) => Standing::InForce,
            Some(Switch::Off) => Standing::Off,
            _ => by_dates,
        }
    })
}

/// The regime of tools that the reader chose.
fn let_through(state: &State) -> Option<&'static RegimeRow> {
    match state.own(sim::controls::index("tools")?)? {
        Value::Id(id) => catalogue::regime(id),
        _ => None,
    }
}

/// An entry, opened where it is the one asked for.
fn entry_view(
    session: Session,
    lang: Lang,
    entry: Entry,
    asked: RwSignal<Option<&'static str>>,
) -> AnyView {
    let standing = Memo::new(move |_| standing(session, &entry));
    let opened = RwSignal::new(false);
    let source = move || opened.get().then(|| session.shelf.link(lang, entry.source));
    let span = match entry.until {
        Some(until) => lang.fill(
            "page.law.span",
            &[
                ("from", &lang.date(entry.from)),
                ("until", &lang.date(until)),
            ],
        ),
        None => lang.fill("page.law.since", &[("from", &lang.date(entry.from))]),
    };
    let destination = (!entry.destination.is_empty())
        .then(|| lang.fill("page.law.destination", &[("where", entry.destination)]));
    view! {
        <details class="rule" prop:open=move || asked.get() == Some(entry.id)
            on:toggle=move |event| opened.set(browser::is_open(&event))
            data-in-force=move || (standing.get() == Standing::InForce).then_some("1")>
            <summary id=mark_of(entry.id)>
                <span class="rule-day">{lang.month(entry.from)}</span>
                <span class="rule-name">{phrases::law_name(lang, entry.id)}</span>
                <span class="rule-state">{move || standing.get().words(lang)}</span>
            </summary>
            <p>{phrases::law_sentence(lang, entry.id)}</p>
            <p class="field-help">{span} " " {destination} " " {source}</p>
            {rule_index(entry.id).map(|rule| hand(session, lang, entry.id, rule))}
        </details>
    }
    .into_any()
}

/// The reader's hand on a rule: on, off or by its dates, and its threshold.
fn hand(session: Session, lang: Lang, id: &'static str, rule: usize) -> AnyView {
    let switch = move || session.state.with(|state| state.rule(rule));
    let chosen = Memo::new(move |_| {
        match switch() {
            Some(Switch::On) => "on",
            Some(Switch::Off) => "off",
            Some(Switch::Moved(_)) => "moved",
            None => "dates",
        }
        .to_owned()
    });
    let lever = RULES.get(rule).and_then(|row| row.lever());
    let switches = ["dates", "on", "off"]
        .into_iter()
        .chain(lever.map(|_| "moved"));
    let groups = vec![Group {
        name: String::new(),
        entries: switches
            .map(|value| {
                let text = lang
                    .find(&["page.switch.", value].concat())
                    .unwrap_or_default();
                (value.to_owned(), text.to_owned())
            })
            .collect(),
    }];
    let on_choice = Callback::new(move |value: String| {
        session.switch_rule(
            rule,
            match value.as_str() {
                "on" => Some(Switch::On),
                "off" => Some(Switch::Off),
                "moved" => lever.map(|lever| Switch::Moved(lever.threshold)),
                _ => None,
            },
        );
    });
    let threshold = lever.map(|lever| {
        let stands = Signal::derive(move || {
            Some(match switch() {
                Some(Switch::Moved(threshold)) => threshold,
                _ => lever.threshold,
            })
        });
        let moved = move || matches!(switch(), Some(Switch::Moved(_)));
        let on_number = Callback::new(move |threshold: f64| {
            let threshold = threshold.clamp(0.0, MOST_THRESHOLD);
            session.switch_rule(rule, Some(Switch::Moved(threshold)));
            threshold
        });
        // A slider from nothing to four times the law, the law a quarter along.
        let law = lever.threshold;
        let place = move || (stands.get().unwrap_or(law) / law * STEPS).round();
        let on_move = Callback::new(move |place: f64| {
            session.switch_rule(rule, Some(Switch::Moved(place / STEPS * law)));
        });
        view! {
            <div class="rule-threshold">
                <label class="field-name" for=["rule-", id, "-slider"].concat()>
                    {metric_name(lang, lever.metric)}
                </label>
                <Slider id=["rule-", id, "-slider"].concat() range=(0.0, 4.0 * STEPS)
                    value=Signal::derive(move || place().min(4.0 * STEPS))
                    spoken=Signal::derive(move || lang.number(stands.get().unwrap_or(law), 6))
                    ticks=vec![Tick { at: 0.25, text: lang.number(law, 6) }] on_move=on_move />
                <Number id=["rule-", id, "-number"].concat() name=metric_name(lang, lever.metric)
                    range=(0.0, MOST_THRESHOLD) value=stands unit="" on_number=on_number
                    refusal=Callback::new(move |n| phrases::refusal(lang, n, (0.0, MOST_THRESHOLD))) />
                <p class="field-help" id=["rule-", id, "-slider-help"].concat() hidden=move || !moved()>
                    {lang.fill("page.law.what_if", &[("law", &lang.number(lever.threshold, 6))])}
                </p>
            </div>
        }
        .into_any()
    });
    view! {
        <div class="rule-hand">
            <label class="field-name" for=["rule-", id].concat()>{lang.text("page.law.this")}</label>
            <Choice id=["rule-", id].concat() groups=groups value=chosen on_choice=on_choice />
            {threshold}
        </div>
    }
    .into_any()
}
