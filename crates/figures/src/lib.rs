//! Outcomes as figures: a chart, the finding in a sentence, and the numbers
//! behind it in a table. The same code serves the page and any other surface;
//! it knows no browser.

mod adding;
mod along;
mod bill;
mod cast;
mod cell;
mod cost;
mod costs;
mod cuts;
mod drawn;
mod drivers;
mod failures;
mod frontier;
mod gates;
mod lately;
mod latency;
mod law;
mod map;
mod marginal;
mod origin;
mod parity;
mod reading;
mod roofline;
mod saving;
mod shown;
mod silicon;
mod sources;
mod subject;
mod supply;
mod sure;
mod watts;
mod ways;
mod yardstick;

pub use adding::{adding, marginal_sentences};
pub use along::Along;
pub use bill::bill;
pub use cell::{Cell, Holds};
pub use charts::PALETTE_CSS;
pub use cost::cost;
pub use drawn::Drawn;
pub use drivers::drivers;
pub use failures::failures;
pub use frontier::frontier;
pub use gates::gates;
pub use latency::latency;
pub use law::law;
pub use map::{Crossing, MapCells, Stop, map, map_dies, map_from, map_nodes, map_shares};
pub use marginal::{Marginal, marginals};
pub use origin::{Origin, lettered};
pub use parity::{Compared, GROUP_MARKS, parity};
pub use reading::Line;
pub use roofline::roofline;
pub use saving::{Said, Spreadsheet, answer_csv, answer_json, csv, svg};
pub use shown::{Case, Shown};
pub use silicon::silicon;
pub use sources::sources;
pub use subject::subject;
pub use supply::supply;
pub use sure::sure;
pub use watts::watts;
pub use ways::ways;

use charts::{Drawing, Frame};
use doubt::Study;
use sim::catalogue::NodeRow;
use sim::outcome::{Outcome, simulate};
use sim::scenario::Scenario;
use sim::state::State;
use words::Lang;

/// One figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// Its id on the page.
    pub id: &'static str,
    /// The question it answers.
    pub title: String,
    /// What it shows, in a sentence.
    pub caption: String,
    /// The chart, and what can be read off it.
    pub drawing: Drawing,
    /// The numbers behind it.
    pub table: Table,
}

/// The numbers behind a figure.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// Names of the columns.
    pub head: Vec<String>,
    /// Rows; the first cell names the row.
    pub rows: Vec<Vec<Cell>>,
}

/// Every figure of a scenario, each as wide, beside another where there is one.
pub fn all(lang: Lang, state: &State, other: Option<&State>, width: u32) -> Vec<Figure> {
    all_drawn(lang, state, other, width, None)
}

/// The same with what a study of the scenario shows, once it is done.
pub fn all_drawn(
    lang: Lang,
    state: &State,
    other: Option<&State>,
    width: u32,
    study: Option<&Study>,
) -> Vec<Figure> {
    let so_far = study.map(Study::so_far);
    let cases: Vec<(&State, Scenario, Outcome)> = std::iter::once(state)
        .chain(other)
        .map(|state| {
            let scenario = state.scenario();
            let outcome = simulate(&scenario);
            (state, scenario, outcome)
        })
        .collect();
    let case = |i: usize| {
        cases.get(i).map(|(state, scenario, outcome)| Case {
            state,
            scenario,
            outcome,
        })
    };
    let Some(own) = case(0) else {
        return Vec::new();
    };
    let beside = case(1).map(|other| other.scenario);
    let shares = study.map(|study| map_shares(study, state, own.scenario, beside).run());
    let shown = Shown {
        lang,
        width,
        own,
        other: case(1),
        drawn: None,
    };
    let figure = |(id, of): &(&str, Make)| {
        let along =
            study.and_then(|study| Along::new(&["figure-", id].concat(), study, &shown.own));
        let along = along.map(Along::run);
        let drawn = so_far.as_ref().map(|shown| Drawn {
            shown: Some(shown),
            along: along.as_ref(),
            shares: shares.as_deref(),
        });
        of(&Shown { drawn, ..shown })
    };
    EVERY.iter().map(figure).collect()
}

/// What makes a figure.
type Make = fn(&Shown) -> Figure;

/// All figures, by name.
const EVERY: [(&str, Make); 15] = [
    ("map", map),
    ("sure", sure),
    ("latency", latency),
    ("roofline", roofline),
    ("frontier", frontier),
    ("gates", gates),
    ("failures", failures),
    ("bill", bill),
    ("watts", watts),
    ("silicon", silicon),
    ("cost", cost),
    ("adding", adding),
    ("ways", ways),
    ("supply", supply),
    ("law", law),
];

fn frame(lang: Lang, id: &'static str, title: &str, caption: &str, width: u32) -> Frame {
    Frame {
        id: id.to_owned(),
        title: title.to_owned(),
        desc: caption.to_owned(),
        width,
        no_data: lang.text("figure.no_data").to_owned(),
        has_links: false,
    }
}

/// The scenario on another node and with another number of dies.
fn moved(scenario: &Scenario, node: &'static NodeRow, dies: u32) -> Scenario {
    let mut other = scenario.clone();
    other.move_to(node);
    other.design.dies = dies;
    other
}
