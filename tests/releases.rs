//! What each release of the model answered (`releases/VERSION.txt`): a link that was
//! cited then opens for ever, and says what the changelog says that it would.
//!
//! The newest release's file is what this program answers; it is written by
//! `BLESS=1 cargo test -p page-tests --test releases`, with a new entry in
//! `data/changelog.toml` wherever an answer moved that readers may have cited. An
//! older release's file never changes: an answer that is another now was moved by
//! an entry since, which names it.

use proptest::prelude::*;
use sim::catalogue::{DATA_DATE, MODEL, RELEASES, ReleaseRow, Version};
use sim::date::Date;
use sim::link::{Cited, Said, read, write_both, write_cited};
use sim::outcome::simulate;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The three answers, as the changelog names them.
const ANSWERS: [&str; 3] = ["inference", "training", "energy"];

fn file(release: &ReleaseRow) -> PathBuf {
    let name = format!("releases/{}.txt", release.version);
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// What this program answers, as links carry it.
fn answered(query: &str) -> String {
    Said::of(&simulate(&read(query).state.scenario())).text()
}

/// Links, with the answers that were recorded.
fn recorded(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter_map(|line| line.split_once('\t'))
}

/// Every scenario that was ever published as a link.
fn published() -> BTreeSet<String> {
    let lines = include_str!("links.txt").lines();
    lines
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .filter_map(|line| line.split('\t').next())
        .map(|query| {
            let link = read(query);
            write_both(&link.state, link.other.as_ref())
        })
        .collect()
}

#[test]
fn the_newest_release_is_what_is_computed() {
    assert_eq!(
        RELEASES[0].data, DATA_DATE,
        "the data is of another day: add a release to data/changelog.toml"
    );
    let path = file(&RELEASES[0]);
    let now: String = published()
        .iter()
        .map(|query| format!("{query}\t{}\n", answered(query)))
        .collect();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(&path, now).expect("the file can be written");
        return;
    }
    let recorded = std::fs::read_to_string(&path).unwrap_or_default();
    let changed: Vec<(&str, &str)> = recorded
        .lines()
        .zip(now.lines())
        .filter(|(recorded, now)| recorded != now)
        .collect();
    assert!(
        recorded == now,
        "tests/releases/{MODEL}.txt: answers moved. If readers may have cited this version, \
         add the next one to data/changelog.toml with what it moved and why; then BLESS=1.\n\
         {changed:#?}"
    );
}

#[test]
fn what_was_cited_from_an_older_release_moved_as_the_changelog_says() {
    for (i, release) in RELEASES.iter().enumerate().skip(1) {
        let moved = |answer: &str| RELEASES[..i].iter().any(|r| r.answers.contains(&answer));
        let text = std::fs::read_to_string(file(release)).expect("a release keeps its answers");
        for (query, then) in recorded(&text) {
            let now = answered(query);
            for (i, (then, now)) in then.split('~').zip(now.split('~')).enumerate() {
                assert!(
                    then == now || moved(ANSWERS[i]),
                    "{} of {query} was {then} in {}, is {now}, and no entry of the changelog since names it",
                    ANSWERS[i],
                    release.version
                );
            }
        }
    }
}

fn any_answer() -> impl Strategy<Value = Option<f64>> {
    let number = (0u32..1000, -12i32..12).prop_map(|(digits, exponent)| {
        let number = format!("{digits}e{exponent}").parse();
        number.expect("digits and an exponent are a number")
    });
    proptest::option::of(number)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_cited_is_read(
        model in proptest::option::of((any::<u16>(), any::<u16>())),
        day in proptest::option::of((1900u16..=2999, 1u8..=12, 1u8..=28)),
        said in proptest::option::of((any_answer(), any_answer(), any_answer())),
    ) {
        let cited = Cited {
            model: model.map(|(major, minor)| Version { major, minor }),
            data: day.and_then(|(year, month, day)| Date::new(year, month, day)),
            said: said.map(|(tpot, days, joules)| Said { tpot, days, joules }),
        };
        let link = read(&["v=1&dies=4", &write_cited(&cited)].concat());
        prop_assert_eq!(link.notices, []);
        prop_assert_eq!(link.view.cited, cited);
    }
}

#[test]
fn an_answer_of_now_is_read_as_it_is() {
    for query in published() {
        let outcome = simulate(&read(&query).state.scenario());
        let cited = Cited::now(&outcome);
        let link = read(&[&query, &*write_cited(&cited)].concat());
        assert_eq!(
            (link.view.cited, link.notices),
            (cited, Vec::new()),
            "{query}"
        );
    }
}
