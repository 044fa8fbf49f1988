//! What the page calls things: values of controls, dates, grades.

mod apart;

pub use apart::apart;

use crate::dials::Dial;
use crate::session::{Answered, Hand};
use sim::catalogue::{self, Country, MomentRow, NodeRow, Tier};
use sim::inputs::Input;
use sim::outcome::Grade;
use sim::state::{State, Value, rule_ids};
use words::Lang;
use words::numbers::SPACE;
use words::sentences::Answer;

/// The name of a control.
pub fn control_name(lang: Lang, key: &str) -> &'static str {
    found(lang, &["page.control.", key, ".name"].concat())
}

/// What a control means, in a sentence; may be empty.
pub fn control_help(lang: Lang, key: &str) -> &'static str {
    found(lang, &["page.control.", key, ".help"].concat())
}

/// The unit that a number's field counts in; may be empty.
pub fn unit(lang: Lang, key: &str) -> &'static str {
    found(lang, &["page.control.", key, ".unit"].concat())
}

/// The text of a key made up here, empty where there is none.
fn found(lang: Lang, key: &str) -> &'static str {
    lang.find(key).unwrap_or("")
}

/// What a choice is called.
pub fn choice_name(lang: Lang, key: &str, id: &'static str) -> &'static str {
    match key {
        "chip" => lang
            .find(&["page.chip.", id].concat())
            .or_else(|| catalogue::chip(id).map(|row| row.name))
            .or_else(|| catalogue::system(id).map(|row| row.name)),
        "node" => catalogue::node(id).map(|row| row.name),
        "llm" => lang
            .find(&["page.llm.", id].concat())
            .or_else(|| catalogue::llm(id).map(|row| row.name)),
        "stack" => catalogue::stack(id).map(|row| row.name),
        "engine" if catalogue::engine(id).is_some() => catalogue::engine(id).map(|row| row.name),
        "tprec" | "kv" => lang.find(&["page.prec.", id].concat()),
        "tbo" => lang.find(&["page.yes.", id].concat()),
        "hbm" => catalogue::memory(id).map(|row| row.name),
        _ => lang.find(&["page.", key, ".", id].concat()),
    }
    .unwrap_or(id)
}

/// The name of the row of the catalogue that an input stands in.
pub fn row_name(lang: Lang, input: &Input) -> &'static str {
    let key = match input.table {
        "memory" => "hbm",
        "system" => "chip",
        "regime" => "tools",
        table => table,
    };
    choice_name(lang, key, input.row)
}

/// That a number written in a field lies out of its bounds, or that what was written
/// is none (NaN); nothing of a number within.
pub fn refusal(lang: Lang, number: f64, (least, most): (f64, f64)) -> String {
    if (least..=most).contains(&number) {
        return String::new();
    }
    let key = if number.is_nan() {
        "page.no_number"
    } else {
        "page.out_of_bounds"
    };
    let [value, low, high] = [number, least, most].map(|number| lang.number(number, 6));
    lang.fill(key, &[("value", &value), ("low", &low), ("high", &high)])
}

/// A control's number with its unit.
pub fn number_with_unit(lang: Lang, key: &str, number: f64) -> String {
    let scale = Dial::of(key).map_or(1.0, |dial| dial.unit);
    let text = lang.number(number / scale, 7);
    match unit(lang, key) {
        "" => text,
        unit => {
            let mut text = text;
            text.push(SPACE);
            text.push_str(unit);
            text
        }
    }
}

/// What a control says, in words.
pub fn value(lang: Lang, answered: &Answered, key: &str) -> String {
    match answered.value(key) {
        Some(Value::Id(id)) => choice_name(lang, key, id).to_owned(),
        Some(Value::Day(day)) => catalogue::MOMENTS
            .iter()
            .find(|moment| moment.date == day)
            .map_or_else(
                || lang.date(day),
                |moment| moment_name(lang, moment).to_owned(),
            ),
        Some(Value::Number(maturity)) if key == "stack" => {
            lang.fill("page.maturity", &[("share", &lang.percent(maturity))])
        }
        Some(Value::Number(number)) => number_with_unit(lang, key, number),
        None => String::new(),
    }
}

/// The short name of a moment.
pub fn moment_name(lang: Lang, moment: &MomentRow) -> &'static str {
    found(lang, &["page.moment.", moment.id, ".name"].concat())
}

/// What changed at a moment, in a sentence.
pub fn moment_note(lang: Lang, moment: &MomentRow) -> &'static str {
    found(lang, &["page.moment.", moment.id, ".note"].concat())
}

/// What a node is: class, country, since when.
pub fn node_line(lang: Lang, node: &NodeRow) -> String {
    lang.fill(
        match node.country {
            Country::China => "page.node_china",
            Country::Abroad => "page.node_abroad",
        },
        &[
            ("class", &lang.count(f64::from(node.class_nm))),
            ("since", &lang.month(node.since)),
            (
                "light",
                if node.euv {
                    ""
                } else {
                    lang.text("page.no_euv")
                },
            ),
        ],
    )
}

/// A node as an entry of a list.
pub fn node_entry(lang: Lang, node: &NodeRow) -> String {
    lang.fill(
        "page.node_entry",
        &[
            ("name", node.name),
            ("class", &lang.count(f64::from(node.class_nm))),
        ],
    )
}

/// What the die count amounts to.
pub fn dies_line(lang: Lang, answered: &Answered) -> String {
    let design = &answered.scenario.design;
    let key = if design.dies == 1 {
        "page.die_line"
    } else {
        "page.dies_line"
    };
    lang.fill(
        key,
        &[
            ("dies", &lang.count(f64::from(design.dies))),
            ("area", &lang.with_unit(design.die_area.get(), 3, "mm²")),
            (
                "sold",
                &lang.count(f64::from(answered.scenario.anchor.dies)),
            ),
        ],
    )
}

/// Which chip, how many: the name of a set of choices.
pub fn machine(lang: Lang, answered: &Answered) -> String {
    let chip = choice_name(lang, "chip", answered.id("chip"));
    let chips = answered.number("chips").unwrap_or(1.0);
    let key = if chips == 1.0 {
        "page.machine_one"
    } else {
        "page.machine"
    };
    lang.fill(key, &[("chip", chip), ("chips", &lang.count(chips))])
}

/// The name of a preset: its own, or its machine's.
pub fn preset_name(lang: Lang, row: &'static catalogue::PresetRow) -> String {
    match lang.find(&["page.preset.", row.id].concat()) {
        Some(name) => name.to_owned(),
        None => machine(lang, &Answered::to(State::of_preset(row))),
    }
}

/// The short name of a rule, a measure or a control of tools.
pub fn law_name(lang: Lang, id: &str) -> &'static str {
    found(lang, &["page.rule.", id, ".name"].concat())
}

/// What it does, in a plain sentence.
pub fn law_sentence(lang: Lang, id: &str) -> &'static str {
    found(lang, &["page.rule.", id, ".sentence"].concat())
}

/// How well a bar is kept, in a word or two.
pub fn grade(lang: Lang, grade: Grade) -> &'static str {
    lang.text(match grade {
        Grade::Passed => "page.grade.passed",
        Grade::Strained => "page.grade.strained",
        Grade::Failed => "page.grade.failed",
    })
}

/// The grade's name in the style sheet.
pub fn grade_slug(grade: Grade) -> &'static str {
    match grade {
        Grade::Passed => "passed",
        Grade::Strained => "strained",
        Grade::Failed => "failed",
    }
}

/// How well a figure is known.
pub fn tier(lang: Lang, tier: Tier) -> &'static str {
    lang.text(match tier {
        Tier::Vendor => "page.tier.vendor",
        Tier::Measured => "page.tier.measured",
        Tier::Estimate => "page.tier.estimate",
        Tier::Guess => "page.tier.guess",
    })
}

/// What a hand moves, where that has a name.
pub fn hand_name(lang: Lang, hand: Hand) -> &'static str {
    match hand {
        Hand::Control(key) => control_name(lang, key),
        Hand::Rule(rule) => rule_ids().nth(rule).map_or("", |id| law_name(lang, id)),
        Hand::Beside => found(lang, "page.compare.b"),
        Hand::Doubt => found(lang, "page.undo.doubt"),
        Hand::Whole => "",
    }
}

/// What a listener hears when the answer has settled: what was moved, and the
/// three headlines.
pub fn news(lang: Lang, answered: &Answered, moved: Hand, answers: &[Answer]) -> String {
    let mut said = match moved {
        Hand::Control(key) => lang.fill(
            "page.news",
            &[
                ("name", control_name(lang, key)),
                ("value", &value(lang, answered, key)),
            ],
        ),
        Hand::Whole => machine(lang, answered),
        hand => hand_name(lang, hand).to_owned(),
    };
    for answer in answers {
        for part in [". ", answer.question, " ", &answer.headline] {
            said.push_str(part);
        }
    }
    said.push('.');
    said
}
