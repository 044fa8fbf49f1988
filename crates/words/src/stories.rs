//! The article's passages as short texts whose numbers are computed, each with
//! the scenarios that it speaks of.

use crate::Lang;
use sim::catalogue::{PresetRow, preset};
use sim::outcome::{Outcome, simulate};
use sim::scenario::Scenario;
use sim::state::State;

/// A passage of the article in numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// Its key.
    pub id: &'static str,
    /// What it is about.
    pub title: &'static str,
    /// The text, its numbers filled in.
    pub text: String,
    /// The scenarios that it speaks of, in the order of the text.
    pub presets: Vec<&'static PresetRow>,
}

/// What a story reads of each of its scenarios.
type Read = fn(Lang, &Scenario, &Outcome) -> Vec<(&'static str, String)>;

/// How a story is told.
struct Plan {
    /// Its key.
    id: &'static str,
    /// What it reads of each scenario.
    read: Read,
    /// Its presets, after the name that the text gives each.
    names: &'static [(&'static str, &'static str)],
}

const STORIES: [Plan; 6] = [
    Plan {
        id: "cast",
        read: served,
        names: &[
            ("h20", "serve-h20"),
            ("alibaba", "alibaba"),
            ("metax", "metax"),
            ("cambricon", "cambricon"),
        ],
    },
    Plan {
        id: "systems",
        read: served,
        names: &[("huawei", "huawei-384"), ("nvidia", "nvl72")],
    },
    Plan {
        id: "training",
        read: trained,
        names: &[
            ("today", "train-8192"),
            ("reliable", "train-8192-reliable"),
            ("mature", "train-8192-mature"),
            ("raw", "train-8192-raw"),
            ("hot", "train-8192-hot"),
        ],
    },
    Plan {
        id: "barred",
        read: trained,
        names: &[("ascend", "train-8192"), ("nvidia", "train-8192-h100")],
    },
    Plan {
        id: "port",
        read: served,
        names: &[("compatible", "alibaba"), ("ported", "alibaba-port")],
    },
    Plan {
        id: "workarounds",
        read: trained,
        names: &[("plain", "deepseek-plain"), ("clever", "deepseek-ways")],
    },
];

/// All stories.
pub fn stories(lang: Lang) -> Vec<Story> {
    STORIES.map(|plan| told(lang, plan)).into()
}

fn told(lang: Lang, Plan { id, read, names }: Plan) -> Story {
    let mut values: Vec<(String, String)> = Vec::new();
    let mut presets = Vec::new();
    for (name, id) in names {
        let Some(row) = preset(id) else { continue };
        let scenario = State::of_preset(row).scenario();
        let outcome = simulate(&scenario);
        for (figure, text) in read(lang, &scenario, &outcome) {
            values.push((format!("{name}_{figure}"), text));
        }
        presets.push(row);
    }
    let values: Vec<(&str, &str)> = values
        .iter()
        .map(|(key, text)| (key.as_str(), text.as_str()))
        .collect();
    Story {
        id,
        title: lang.find(&format!("story.{id}.title")).unwrap_or_default(),
        text: lang.fill(&format!("story.{id}.text"), &values),
        presets,
    }
}

/// What does not come about.
fn or_none(lang: Lang, text: Option<String>) -> String {
    text.unwrap_or_else(|| lang.text("story.none").to_owned())
}

/// How a system answers: rate of a chip and of the system, watts, money.
fn served(lang: Lang, scenario: &Scenario, outcome: &Outcome) -> Vec<(&'static str, String)> {
    let served = outcome.inference.as_ref().ok();
    let chips = f64::from(scenario.serving.chips);
    let rate = served.map(|i| i.tokens_per_s_per_chip);
    vec![
        ("rate", or_none(lang, rate.map(|rate| lang.number(rate, 2)))),
        (
            "system",
            or_none(lang, rate.map(|rate| lang.number(rate * chips, 2))),
        ),
        ("power", lang.power(outcome.energy.system)),
        (
            "joules",
            or_none(lang, outcome.energy.per_token.map(|e| lang.energy(e))),
        ),
        (
            "money",
            or_none(
                lang,
                outcome.energy.total_per_million.map(|m| lang.money(m)),
            ),
        ),
    ]
}

/// How a run goes: days, share of the peak, failures, what they leave.
fn trained(lang: Lang, _: &Scenario, outcome: &Outcome) -> Vec<(&'static str, String)> {
    let plan = outcome.training.plan.as_ref().ok();
    let run = outcome.training.reliability.as_ref();
    vec![
        ("days", or_none(lang, run.map(|run| lang.time(run.wall)))),
        (
            "mfu",
            or_none(lang, plan.map(|plan| lang.percent(plan.mfu_share))),
        ),
        (
            "failures",
            or_none(lang, run.map(|run| lang.number(run.failures, 2))),
        ),
        (
            "goodput",
            or_none(lang, run.map(|run| lang.percent(run.goodput_share))),
        ),
        (
            "energy",
            or_none(lang, outcome.energy.training.map(|e| lang.energy(e))),
        ),
    ]
}
