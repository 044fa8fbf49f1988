//! Links: every form ever published (`links.txt`), and what holds for all.

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use sim::answer::answer;
use sim::catalogue::{Field, PRESETS, RULES, STACKS};
use sim::controls::{CONTROLS, Kind};
use sim::link::{Link, read, read_bytes, write, write_both};
use sim::scenario::FIGURES;
use sim::state::{State, Switch, Value};
use std::path::Path;

/// The kinds of a link's notices, in their order.
fn kinds(link: &Link) -> String {
    let kind = |notice| {
        let text = format!("{notice:?}");
        let end = text.find(|c: char| !c.is_alphanumeric());
        text[..end.unwrap_or(text.len())].to_owned()
    };
    let kinds: Vec<String> = link.notices.iter().map(kind).collect();
    kinds.join(" ")
}

/// The line that a link has in links.txt.
fn line(query: &str) -> String {
    let link = read(query);
    let line = [query, &rewritten(&link), &kinds(&link)].join("\t");
    line.trim_end().to_owned()
}

/// The link as we write it.
fn rewritten(link: &Link) -> String {
    write_both(&link.state, link.other.as_ref())
}

/// A line that holds no link.
fn is_comment(line: &str) -> bool {
    line.is_empty() || line.starts_with('#')
}

#[test]
fn published_links_keep_their_meaning() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("links.txt");
    let golden = std::fs::read_to_string(&path).expect("links.txt lies beside this file");
    let now: Vec<String> = golden
        .lines()
        .map(|golden| match golden.split('\t').next() {
            Some(query) if !is_comment(golden) => line(query),
            _ => golden.to_owned(),
        })
        .collect();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, now.join("\n") + "\n").expect("links.txt can be written");
        return;
    }
    let changed: Vec<String> = golden
        .lines()
        .zip(&now)
        .filter(|(golden, now)| golden != now)
        .map(|(golden, now)| format!("  was {golden:?}\n  is  {now:?}"))
        .collect();
    assert!(
        changed.is_empty(),
        "tests/links.txt: a published link means something else. Keep the old \
         meaning by a migration; only for a link that nobody has, BLESS=1.\n{}",
        changed.join("\n")
    );
}

#[test]
fn canonical_links_stand_still() {
    let golden = include_str!("links.txt");
    for query in golden.lines().filter(|line| !is_comment(line)) {
        let query = query.split('\t').next().unwrap_or("");
        let canonical = rewritten(&read(query));
        let again = read(&canonical);
        assert_eq!(rewritten(&again), canonical, "from {query}");
        assert_eq!(again.notices, [], "{canonical} from {query}");
        assert_eq!(again.foreign, Vec::<String>::new(), "from {query}");
    }
}

#[test]
fn every_control_and_rule_has_a_published_link() {
    let golden = include_str!("links.txt");
    let has = |key: &str| golden.contains(&format!("&{key}="));
    for control in CONTROLS {
        assert!(
            has(control.key),
            "tests/links.txt: add a link with {}",
            control.key
        );
    }
    for rule in RULES {
        let key = format!("rule.{}", rule.id);
        assert!(has(&key), "tests/links.txt: add a link with {key}");
    }
    for preset in PRESETS {
        let pair = format!("p={}", preset.id);
        assert!(
            golden.contains(&pair),
            "tests/links.txt: add a link with {pair}"
        );
    }
}

#[test]
fn other_peoples_pairs_are_kept_as_they_stood() {
    let link = read("?utm_source=a%20b&dies=4&fbclid=x&ref");
    assert_eq!(link.foreign, ["utm_source=a%20b", "fbclid=x", "ref"]);
    assert_eq!(link.notices, []);
}

#[test]
fn a_million_characters_are_refused_whole() {
    for filler in ["dies=4&", "a", "%FF", "é", "&", "=", "p=h20&"] {
        let link = read(&filler.repeat(1_000_000 / filler.len()));
        assert_eq!(kinds(&link), "TooLong", "{filler}");
        assert_eq!(link.state, State::default());
    }
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let link = read_bytes(b"v=1&dies=4&chip=\xFF\xFE");
    assert_eq!(kinds(&link), "NotText");
    assert_eq!(link.state, State::default());
}

/// A number for the control: anywhere in its range, at its ends, near them.
fn any_number(least: f64, most: f64) -> BoxedStrategy<f64> {
    let decades = (least.max(1e-3).log10(), most.log10());
    prop_oneof![
        4 => least..=most,
        4 => (decades.0..=decades.1).prop_map(|decade| 10f64.powf(decade)),
        1 => prop::sample::select(vec![least, most, 0.0, -0.0, -1.0, 1.0, 2.0, 1e300, f64::NAN]),
    ]
    .boxed()
}

/// A setting of the control; `None` is the number or name in force, said aloud.
fn any_setting(control: usize) -> BoxedStrategy<Option<Value>> {
    let value = match CONTROLS[control].kind {
        Kind::Choice { ids, .. } => prop::sample::select(ids()).prop_map(Value::Id).boxed(),
        Kind::Number {
            range: (least, most),
            ..
        } => any_number(least, most).prop_map(Value::Number).boxed(),
        Kind::Day => (1900u16..=2999, 1u8..=12, 1u8..=28)
            .prop_filter_map("a day", |(y, m, d)| {
                sim::date::Date::new(y, m, d).map(Value::Day)
            })
            .boxed(),
        Kind::StackOrMaturity => prop_oneof![
            prop::sample::select(STACKS).prop_map(|row| Value::Id(row.id)),
            (0f64..=1.0).prop_map(Value::Number),
        ]
        .boxed(),
    };
    prop_oneof![4 => value.prop_map(Some), 1 => Just(None)].boxed()
}

/// What the control says in that scenario.
fn in_force(state: &State, control: usize) -> Option<Value> {
    let scenario = state.scenario();
    match CONTROLS[control].kind {
        Kind::Choice { read, .. } => read(&scenario).map(Value::Id),
        Kind::Number { read, .. } => read(&scenario).map(Value::Number),
        Kind::Day => Some(Value::Day(state.date())),
        Kind::StackOrMaturity => state.value(control),
    }
}

/// What a reader may do to a rule.
fn any_switch() -> impl Strategy<Value = Option<Switch>> {
    prop_oneof![
        2 => Just(None),
        1 => Just(Some(Switch::On)),
        1 => Just(Some(Switch::Off)),
        1 => (-10.0f64..1e5).prop_map(|threshold| Some(Switch::Moved(threshold))),
    ]
}

/// Keys of every figure of every table, those that controls set among them.
fn figure_keys() -> Vec<String> {
    let of = |(table, fields): &(&str, &[Field])| -> Vec<String> {
        let key = |field: &Field| format!("f.{table}.{}", field.name);
        fields.iter().map(key).collect()
    };
    FIGURES.iter().flat_map(of).collect()
}

/// Any state: any preset, some controls set, some rules switched, some figures
/// changed.
fn any_state() -> impl Strategy<Value = State> {
    let controls: Vec<_> = (0..CONTROLS.len())
        .map(|i| prop_oneof![2 => Just(None), 1 => any_setting(i).prop_map(Some)])
        .collect();
    let rules = proptest::collection::vec(any_switch(), RULES.len());
    let figure = (prop::sample::select(figure_keys()), any_number(1e-9, 1e14));
    let figures = proptest::collection::vec(figure, 0..4);
    let chosen = (0..PRESETS.len(), controls, rules, figures);
    chosen.prop_map(|(preset, settings, rules, figures)| {
        let mut state = State::of_preset(&PRESETS[preset]);
        for (i, setting) in settings.into_iter().enumerate() {
            if let Some(value) = setting {
                let value = value.or_else(|| in_force(&state, i));
                state.set(CONTROLS[i].key, value);
            }
        }
        for (i, on) in rules.into_iter().enumerate() {
            state.switch_rule(i, on);
        }
        for (key, number) in figures {
            state.set_input(&key, Some(number));
        }
        state
    })
}

/// Two states: strangers, neighbours, or the same.
fn any_pair() -> impl Strategy<Value = (State, State)> {
    let few = proptest::collection::vec((0..CONTROLS.len(), any::<u64>()), 0..4);
    let neighbour = (any_state(), few).prop_map(|(state, changes)| {
        let mut other = state.clone();
        for (control, seed) in changes {
            other.set(CONTROLS[control].key, setting_of(control, seed));
        }
        (state, other)
    });
    prop_oneof![1 => (any_state(), any_state()), 2 => neighbour]
}

/// A setting of the control, or none, by a number.
fn setting_of(control: usize, seed: u64) -> Option<Value> {
    match CONTROLS[control].kind {
        _ if seed.is_multiple_of(4) => None,
        Kind::Choice { ids, .. } => {
            let ids = ids();
            Some(Value::Id(ids[seed as usize % ids.len()]))
        }
        Kind::Number {
            range: (least, most),
            ..
        } => {
            let share = (seed % 1000) as f64 / 1000.0;
            Some(Value::Number(least + (most - least) * share * share))
        }
        _ => None,
    }
}

/// Text made of pieces of links: mostly understood, always a little wrong.
fn nearly_a_link() -> impl Strategy<Value = String> {
    let keys: Vec<String> = CONTROLS
        .iter()
        .map(|control| control.key.to_owned())
        .chain(RULES.iter().map(|rule| format!("rule.{}", rule.id)))
        .chain(figure_keys().into_iter().step_by(7))
        .chain(
            [
                "v",
                "p",
                "lang",
                "embed",
                "b.dies",
                "b.p",
                "b.chip",
                "b.zz",
                "b.f.chip.price",
                "f.zz",
                "utm_x",
                "zz",
                "",
            ]
            .map(str::to_owned),
        )
        .collect();
    let values: Vec<String> = CONTROLS
        .iter()
        .filter_map(|control| match control.kind {
            Kind::Choice { ids, .. } => Some(ids()),
            _ => None,
        })
        .flatten()
        .chain(PRESETS.iter().map(|preset| preset.id))
        .chain([
            "on",
            "off",
            "auto",
            "2025-09-17",
            "1e999",
            "-0",
            "NaN",
            "%FF",
            "1e15",
            "",
        ])
        .map(str::to_owned)
        .collect();
    let value = prop_oneof![
        prop::sample::select(values),
        any::<f64>().prop_map(|number| number.to_string()),
        (0f64..2000.0).prop_map(|number| format!("{number:.1}")),
        (-4i32..16).prop_map(|exponent| format!("1e{exponent}")),
        ".{0,8}",
    ];
    let pair =
        (prop::sample::select(keys), value).prop_map(|(key, value)| format!("{key}={value}"));
    proptest::collection::vec(pair, 0..12).prop_map(|pairs| pairs.join("&"))
}

/// Every number of the answer is one: what is not finite would be `null`.
fn answers_in_numbers(link: &Link) -> Result<(), TestCaseError> {
    let record = answer(link, Vec::new());
    let json = serde_json::from_str(&record.json(false)).expect("it is JSON");
    prop_assert_eq!(
        nulls("", &json),
        Vec::<String>::new(),
        "in the answer to {}",
        rewritten(link)
    );
    Ok(())
}

/// Paths of the nulls in a JSON value.
fn nulls(path: &str, json: &serde_json::Value) -> Vec<String> {
    use serde_json::Value::*;
    match json {
        Null => vec![path.to_owned()],
        Array(items) => items
            .iter()
            .flat_map(|item| nulls(&format!("{path}[]"), item))
            .collect(),
        Object(fields) => fields
            .iter()
            .flat_map(|(name, field)| nulls(&format!("{path}.{name}"), field))
            .collect(),
        _ => Vec::new(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read(state in any_state()) {
        let query = write(&state);
        let link = read(&query);
        prop_assert_eq!(&link.notices, &[], "{}", query);
        prop_assert_eq!(link.state, state.canonical(), "{}", query);
    }

    #[test]
    fn two_scenarios_are_read_as_they_were_written((state, other) in any_pair()) {
        let query = write_both(&state, Some(&other));
        let link = read(&query);
        prop_assert_eq!(&link.notices, &[], "{}", query);
        prop_assert_eq!(&link.state, &state.canonical(), "{}", query);
        prop_assert_eq!(link.other.as_ref().map(State::canonical), Some(other.canonical()), "{}", query);
        prop_assert_eq!(rewritten(&link), query);
    }

    #[test]
    fn a_canonical_state_means_the_same(state in any_state()) {
        let (mut kept, said) = (state.canonical().scenario(), state.scenario());
        // A figure of a row that nothing was taken from is not kept.
        kept.rows = said.rows.clone();
        prop_assert!(kept == said);
    }

    #[test]
    fn any_state_is_answered_in_numbers(state in any_state()) {
        answers_in_numbers(&read(&write(&state)))?;
    }

    #[test]
    fn any_text_is_read_and_answered(text in "\\PC{0,300}") {
        answers_in_numbers(&read(&text))?;
    }

    #[test]
    fn any_near_link_is_read_and_answered(query in nearly_a_link()) {
        let link = read(&query);
        let canonical = rewritten(&link);
        prop_assert_eq!(rewritten(&read(&canonical)), canonical);
        answers_in_numbers(&link)?;
    }

    #[test]
    fn any_bytes_are_read(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let link = read_bytes(&bytes);
        let canonical = write(&link.state);
        prop_assert!(canonical.starts_with("v=1"));
    }
}
