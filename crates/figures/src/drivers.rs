//! What an answer hangs on: each assumption in doubt from its low to its high, the
//! others staying, and the part of the doubt that it makes.

use crate::reading::of_row;
use crate::{Cell, Figure, Table, cell, frame};
use charts::{Axis, Ink, MarginRow, MarginSpec, Scale, margins};
use doubt::{Answer, Driver, Study};
use words::Lang;
use words::doubt::{answer_name, decides, doubt_name, number, worth_naming};

/// Assumptions shown.
const SHOWN: usize = 8;
/// Shares under this one are told as less.
const LEAST: f64 = 0.01;

/// The figure of a study's answer. `known` holds doubts with what of the range
/// stays where each is known ([`Study::narrowed_by`]), as far as that was asked.
pub fn drivers(
    lang: Lang,
    width: u32,
    study: &Study,
    answer: Answer,
    known: &[(usize, f64)],
) -> Figure {
    let all = study.drivers(answer);
    let title = lang.fill(
        "figure.drivers.title",
        &[("answer", answer_name(lang, answer))],
    );
    let caption = caption(lang, study, answer, &all, known);
    // An end where nothing works is either a share of the doubt, or contradicts a
    // chip that is sold, and then no draw counts it.
    let counts = |driver: &&Driver| {
        swing(driver) > 0.0
            && (driver.sure_share().is_some() || driver.ends.iter().all(Option::is_some))
    };
    let mut shown: Vec<&Driver> = all.iter().filter(counts).collect();
    // Shares that chance could make are one like another.
    let weight = |driver: &Driver| (driver.sure_share().unwrap_or(0.0), swing(driver));
    shown.sort_by(|a, b| {
        let (a, b) = (weight(a), weight(b));
        b.0.total_cmp(&a.0).then(b.1.total_cmp(&a.1))
    });
    shown.truncate(SHOWN);
    let table = table(lang, study, answer, &shown);
    let central = answer.of(&study.so_far().central);
    let format = |value: f64| number(lang, answer, value);
    // Without an answer in the middle there is nothing to hold the ends against.
    let rows = shown.iter().enumerate().filter(|_| central.is_some());
    let rows = rows.map(|(i, driver)| {
        let [low, high] = ordered(driver);
        let share = share_of(lang, driver).text;
        MarginRow {
            label: doubt_name(lang, study, driver.doubt),
            note: lang.fill("figure.drivers.note", &[("share", &share)]),
            from: Some(low),
            value: Some(high),
            ink: Ink::Blue,
            said: of_row(lang, &table, i, &[1, 2, 3]),
            ..MarginRow::default()
        }
    });
    let spec = MarginSpec {
        frame: frame(lang, "drivers", &title, &caption, width),
        x: Axis::new("", Scale::Linear, &format),
        bar: central.unwrap_or(0.0),
        sides: ["less", "more"].map(|key| lang.text(&["figure.drivers.", key].concat()).to_owned()),
        rows: rows.collect(),
    };
    Figure {
        id: "figure-drivers",
        drawing: margins(&spec),
        title,
        caption,
        table,
    }
}

/// Its share of the doubt, where that is more than chance could make and rounds to
/// something; else what it is less than, since it is not nothing.
fn share_of(lang: Lang, driver: &Driver) -> Cell {
    let least = driver.noise.max(LEAST);
    if driver.share >= least {
        return cell::share(lang, driver.share);
    }
    // No digit may say less than is known.
    let bound = lang.percent((least * 100.0).ceil() / 100.0);
    Cell {
        text: lang.fill("figure.drivers.little", &[("share", &bound)]),
        ..cell::share(lang, 0.0)
    }
}

/// The answers at both ends, the impossible at the far one.
fn ordered(driver: &Driver) -> [f64; 2] {
    let [a, b] = driver.ends.map(|end| end.unwrap_or(f64::INFINITY));
    [a.min(b), a.max(b)]
}

/// How far the answer moves; nothing where it is impossible at both ends.
fn swing(driver: &Driver) -> f64 {
    let [low, high] = ordered(driver);
    if low.is_finite() { high - low } else { 0.0 }
}

/// What decides, and which figure would narrow the answer most were it known, if
/// that is another.
fn caption(
    lang: Lang,
    study: &Study,
    answer: Answer,
    all: &[Driver],
    known: &[(usize, f64)],
) -> String {
    let Some(first) = worth_naming(all).next() else {
        return lang.text("figure.drivers.nothing").to_owned();
    };
    let stays = |doubt: usize| known.iter().find(|(of, _)| *of == doubt);
    let said = decides(
        lang,
        study,
        answer,
        first,
        stays(first.doubt).map(|(_, stays)| *stays),
    );
    let best = known.iter().min_by(|a, b| a.1.total_cmp(&b.1));
    match best {
        Some((doubt, stays)) if *doubt != first.doubt && *stays < 0.95 => {
            let values = [
                ("name", &*doubt_name(lang, study, *doubt)),
                ("narrows", &*lang.percent(1.0 - stays)),
            ];
            [&said, " ", &lang.fill("figure.drivers.best", &values)].concat()
        }
        _ => said,
    }
}

fn table(lang: Lang, study: &Study, answer: Answer, shown: &[&Driver]) -> Table {
    let head = ["what", "low", "high", "share"]
        .map(|key| lang.text(&["figure.drivers.", key].concat()).to_owned());
    let rows = shown.iter().map(|driver| {
        let [low, high] = driver.ends.map(|end| cell::answer(lang, answer, end));
        let name = doubt_name(lang, study, driver.doubt);
        vec![name.into(), low, high, share_of(lang, driver)]
    });
    Table {
        head: head.to_vec(),
        rows: rows.collect(),
    }
}
