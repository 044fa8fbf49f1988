//! The chips that a reader's is held against, doing the same work.

use sim::catalogue::{self, ChipRow, SystemRow};
use sim::llm::FixedLayout;
use sim::scenario::{Held, Scenario};
use sim::state::{State, Value};
use words::Lang;

/// Chips that readers have heard of: the article's, and what is barred.
pub(crate) const CAST: [&str; 6] = [
    "h20",
    "h100-sxm",
    "ascend-910c",
    "metax-c600",
    "alibaba-ppu",
    "siyuan-590",
];

/// Chips of the cast other than the scenario's own.
pub(crate) fn others(scenario: &Scenario) -> impl Iterator<Item = &'static ChipRow> {
    let own = scenario.chip_id;
    CAST.iter()
        .filter_map(|id| catalogue::chip(id))
        .filter(move |chip| chip.id != own)
}

/// True for a chip that readers have heard of.
pub(crate) fn is_cast(chip: &ChipRow) -> bool {
    CAST.contains(&chip.id)
}

/// The reader's work on so many chips, or on a system, of that name, as sold.
pub(crate) fn on(state: &State, id: &'static str, chips: u32) -> Scenario {
    let mut other = state.clone();
    other.forget_design();
    other.set("chip", Some(Value::Id(id)));
    other.set("chips", Some(Value::Number(f64::from(chips))));
    other.scenario()
}

/// The same where each system is laid out and filled as serves best on it.
pub(crate) fn planned_on(state: &State, id: &'static str, chips: u32) -> Scenario {
    let mut other = on(state, id, chips);
    other.serving.fixed = FixedLayout::default();
    other.serving.batch = None;
    other
}

/// The system that the reader picked or that its chip stands in.
pub(crate) fn system(state: &State) -> Held<SystemRow> {
    state.rows().system
}

/// "NVIDIA H20 96 GB, 8 chips".
pub(crate) fn system_name(lang: Lang, scenario: &Scenario) -> String {
    let chip = catalogue::chip(scenario.chip_id);
    counted(lang, chip.map_or("", |row| row.name), scenario)
}

/// A name with the scenario's number of chips.
pub(crate) fn counted(lang: Lang, name: &str, scenario: &Scenario) -> String {
    let key = match scenario.serving.chips {
        1 => "figure.system_of_one",
        _ => "figure.system",
    };
    let chips = lang.count(f64::from(scenario.serving.chips));
    lang.fill(key, &[("chips", &chips), ("chip", name)])
}
