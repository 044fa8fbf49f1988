//! What a figure is of, in a line: for whoever sees it without the levers that say so.

use crate::cast::counted;
use crate::shown::{of_a, of_b, of_both};
use sim::catalogue;
use sim::scenario::Scenario;
use words::Lang;

/// What a figure is of, beside its chip.
#[derive(Clone, Copy, PartialEq)]
enum About {
    /// What so many chips do, on such a day.
    Had,
    /// What so many chips do.
    Work,
    /// How the chip is made.
    Design,
    /// Packages of it, on such a day.
    Made,
    /// The law of that day.
    Law,
}

impl About {
    fn of(id: &str) -> Self {
        match id {
            "figure-map" | "figure-sure" | "figure-gates" | "figure-drivers" => Self::Had,
            "figure-silicon" | "figure-cost" | "figure-adding" | "figure-ways" => Self::Design,
            "figure-supply" => Self::Made,
            "figure-law" => Self::Law,
            _ => Self::Work,
        }
    }
}

/// "Huawei Ascend 910C, 8 chips · 3 dies on SMIC N+2 · DeepSeek-V3": what the figure
/// of that id is of, and what is held against it. The day of the rules stands where
/// they matter, node and dies where these are the subject or the reader moved them.
pub fn subject(lang: Lang, id: &str, own: &Scenario, other: Option<&Scenario>) -> String {
    let about = About::of(id);
    let a = line(lang, about, own);
    match other.map(|other| line(lang, about, other)) {
        None => a,
        Some(b) if a == b => of_both(lang, &a),
        Some(b) => lang.fill(
            "figure.of.both",
            &[("a", &of_a(lang, &a)), ("b", &of_b(lang, &b))],
        ),
    }
}

fn line(lang: Lang, about: About, scenario: &Scenario) -> String {
    let works = matches!(about, About::Had | About::Work);
    let rows = &scenario.rows;
    let chip = name(lang, "chip", rows.chip.id, rows.chip.name);
    let chip = match works {
        true => counted(lang, chip, scenario),
        false => chip.to_owned(),
    };
    let design = (about != About::Law && !works || is_moved(scenario)).then(|| {
        let node = catalogue::node(scenario.node_id).map_or("", |row| row.name);
        let values = [("dies", &*lang.dies(scenario.design.dies)), ("node", node)];
        lang.fill("figure.of.design", &values)
    });
    let model = works.then(|| name(lang, "llm", rows.llm.id, rows.llm.name).to_owned());
    let dated = matches!(about, About::Had | About::Made | About::Law);
    let rules = dated.then(|| lang.fill("figure.of.rules", &[("date", &lang.date(scenario.date))]));
    let parts = [Some(chip), design, model, rules];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The name of a row; what is the reader's own has one in each language.
fn name(lang: Lang, table: &str, id: &str, name: &'static str) -> &'static str {
    lang.find(&["page.", table, ".", id].concat())
        .unwrap_or(name)
}

/// The reader makes the chip otherwise than its maker.
fn is_moved(scenario: &Scenario) -> bool {
    scenario.node_id != scenario.own_node_id || scenario.design.dies != scenario.anchor.dies
}
