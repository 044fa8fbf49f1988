//! Draws around the answer: ranges, shares and drivers, in words or as JSON.

use doubt::{Answer, Driver, SoFar, Study};
use serde_json::{Value, json};
use sim::link::Link;
use std::fmt::Write;
use words::Lang;
use words::doubt as said;

/// Drivers shown of an answer, and those of which a known value is tried.
const SHOWN: usize = 5;

/// A driver, and what of the range stays where it is known.
type Tried = (Driver, Option<f64>);

/// A study, and of each answer its drivers, the first of them also known.
struct Studied {
    study: Study,
    shown: SoFar,
    drivers: Vec<(Answer, Vec<Tried>)>,
}

fn studied(link: &Link) -> Studied {
    let study = Study::new(&link.state, &link.view.doubt).run();
    let shown = study.so_far();
    let drivers = shown.ranges.iter().map(|(answer, _)| {
        let found = study.drivers(*answer);
        let found = said::worth_naming(&found).take(SHOWN).map(|driver| {
            let known = study.knowing(driver.doubt).run();
            (*driver, study.narrowed_by(&known, *answer))
        });
        (*answer, found.collect())
    });
    Studied {
        drivers: drivers.collect(),
        shown,
        study,
    }
}

/// In words.
pub fn told(lang: Lang, link: &Link) -> String {
    let Studied {
        study,
        shown,
        drivers,
    } = studied(link);
    let mut told = said::shares(lang, &shown) + "\n";
    for ((answer, range), (_, drivers)) in shown.ranges.iter().zip(&drivers) {
        let _ = writeln!(told, "{}", said::range(lang, *answer, range));
        for (i, (driver, stays)) in drivers.iter().enumerate() {
            if i == 0 {
                let line = said::decides(lang, &study, *answer, driver, *stays);
                let _ = writeln!(told, "  {line}");
            }
            let name = said::doubt_name(lang, &study, driver.doubt);
            let _ = writeln!(told, "  {:>5}  {name}", lang.percent(driver.share));
        }
    }
    told
}

/// As JSON, with the names of the answer.
pub fn record(link: &Link, notices: Vec<String>) -> Value {
    let studied = studied(link);
    let (study, shown) = (&studied.study, &studied.shown);
    let mut spread = serde_json::Map::new();
    for (answer, range) in &shown.ranges {
        let central = answer.of(&shown.central);
        spread.insert(
            answer.key().to_owned(),
            json!({
                "central": central, "p5": range.p5, "p50": range.p50, "p95": range.p95,
                "impossible_share": range.impossible_share,
            }),
        );
    }
    spread.insert("feasible_share".to_owned(), json!(shown.trains_share));
    spread.insert("within_limit_share".to_owned(), json!(shown.serves_share));
    let drivers = studied.drivers.iter().flat_map(|(answer, drivers)| {
        drivers.iter().map(|(driver, stays)| {
            json!({
                "answer": answer.key(), "key": study.doubts()[driver.doubt].id,
                "share": driver.share, "noise": driver.noise,
                "low": driver.ends[0], "high": driver.ends[1], "range_ratio_if_known": stays,
            })
        })
    });
    spread.insert("drivers".to_owned(), drivers.collect());
    let query = sim::link::write(&link.state) + &sim::link::write_doubt(&link.view.doubt);
    json!({
        "link": query, "notices": notices, "seed": link.view.doubt.seed, "draws": shown.done,
        "spread": spread,
    })
}
