//! The measurements are all there, each is predicted or says why not, and the
//! errors are within the project's aims.

use sim::link;
use std::collections::BTreeSet;
use validation::{Checked, Kind, Summary, checked, summary, table};

fn rows() -> Vec<Checked> {
    checked().expect("the measurements can be read")
}

fn of(kind: Kind, rows: &[Checked]) -> Summary {
    summary(rows.iter().filter(|row| row.row.kind == kind)).expect("some are predicted")
}

#[test]
fn every_row_is_predicted_or_says_why_not() {
    let mut ids = BTreeSet::new();
    for row in rows() {
        assert!(
            ids.insert(row.row.id.clone()),
            "{} is there twice",
            row.row.id
        );
        assert_eq!(
            row.predicted.is_some(),
            row.row.left_out.is_none(),
            "{}: {:?}",
            row.row.id,
            row.row.left_out
        );
        assert!(row.source.url.is_some() || row.source.title.len() > 3);
    }
}

#[test]
fn every_link_is_understood_and_sets_rows_that_exist() {
    for row in rows() {
        for text in [&row.row.link, &row.row.over].into_iter().flatten() {
            assert_eq!(link::read(text).notices, [], "{}", row.row.id);
        }
        if let Some(sets) = &row.row.sets {
            let assumptions = include_str!("../../../data/assumptions.toml");
            let known = assumptions.contains(&format!("\n[{sets}]\n"))
                || sim::catalogue::stack(sets).is_some()
                || sim::catalogue::engine(sets).is_some()
                || sim::catalogue::kernels(sets).is_some();
            assert!(known, "{}: no row of stacks is called {sets}", row.row.id);
        }
    }
}

/// The aims, stated before the model was held against any row.
#[test]
fn the_errors_keep_to_the_aims() {
    let rows = rows();
    let train = of(Kind::Train, &rows);
    assert!(train.median <= 0.10 && train.ninth <= 0.30, "{train:?}");
    let nvidia = ["H100", "H200", "H800", "B200", "GB200", "A100", "H20"];
    let tokens = |row: &&Checked| {
        row.row.kind == Kind::Decode
            && row.row.unit == "ms"
            && nvidia.iter().any(|chip| row.row.chip.starts_with(chip))
    };
    let tpot = summary(rows.iter().filter(tokens)).expect("some");
    assert!(tpot.median <= 0.10 && tpot.ninth <= 0.30, "{tpot:?}");
    let served = |row: &&Checked| {
        matches!(row.row.kind, Kind::Decode | Kind::Prefill | Kind::Serve) && row.row.unit != "ms"
    };
    let throughput = summary(rows.iter().filter(served)).expect("some");
    assert!(
        throughput.median <= 0.20 && throughput.ninth <= 0.30,
        "{throughput:?}"
    );
}

/// What was not used to set a constant is predicted about as well as what was.
#[test]
fn rows_that_set_nothing_keep_to_them_too() {
    let rows = rows();
    let unseen = |kinds: &'static [Kind]| {
        let of = |row: &&Checked| kinds.contains(&row.row.kind) && row.row.sets.is_none();
        summary(rows.iter().filter(of)).expect("some")
    };
    let train = unseen(&[Kind::Train]);
    assert!(train.median <= 0.10 && train.ninth <= 0.30, "{train:?}");
    let serving = unseen(&[Kind::Decode, Kind::Prefill, Kind::Serve]);
    assert!(
        serving.median <= 0.15 && serving.ninth <= 0.30,
        "{serving:?}"
    );
}

/// `VALIDATION.md` is what the model says today; a change of the model changes
/// it in the same commit (`cargo xtask validate`).
#[test]
fn the_committed_table_is_true() {
    let committed = include_str!("../../../VALIDATION.md");
    assert!(
        committed == table(&rows()),
        "VALIDATION.md is of another model: run `cargo xtask validate`"
    );
}
