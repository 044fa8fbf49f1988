//! The cells of the map, and what is remembered of them.
//!
//! A cell stands on its own node with its own die count, so that nothing of the
//! reader's two choices is left in it but what they said of their own node.

use charts::{Hold, Reach};
use sim::catalogue::{NODES, NodeRow, node};
use sim::outcome::{Access, Grade, Verdict, verdict};
use sim::scenario::{Held, Scenario};

/// Die counts of the map's columns.
const MAP_DIES: [u32; 7] = [1, 2, 3, 4, 5, 6, 8];
/// Nodes of the map's rows, newest first; fabs in China, then abroad.
const MAP_NODES: [&str; 8] = [
    "smic-n3", "smic-n2", "smic-n1", "smic-14", "tsmc-n3e", "tsmc-n5", "tsmc-n7", "tsmc-n16",
];

/// One crossing of the map.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crossing {
    /// Its node.
    pub node: &'static NodeRow,
    /// Its die count.
    pub dies: u32,
    /// What works there.
    pub reach: Reach,
    /// What keeps it from being had.
    pub stop: Option<Stop>,
    /// Training misses a limit, but by little.
    pub nearly: bool,
}

/// What keeps a chip that can be made from being had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The rules.
    Barred,
    /// Its node makes nothing in volume that day.
    NotYet,
    /// Its fabs lack the tools.
    NoTools,
}

impl Stop {
    fn of(access: Access) -> Option<Self> {
        match access {
            Access::NotYet => Some(Self::NotYet),
            Access::NoTools => Some(Self::NoTools),
            Access::NotManufacturable => None,
            _ => (access.grade() == Grade::Failed).then_some(Self::Barred),
        }
    }

    /// How it is drawn.
    pub(super) fn hold(stop: Option<Self>) -> Hold {
        match stop {
            None => Hold::Free,
            Some(Self::Barred) => Hold::Barred,
            Some(Self::NotYet | Self::NoTools) => Hold::Idle,
        }
    }
}

/// The map's rows: its own nodes, and the reader's and B's where these are others.
pub fn map_nodes(scenario: &Scenario, other: Option<&Scenario>) -> Vec<&'static NodeRow> {
    let chosen = |id: &str| id == scenario.node_id || other.is_some_and(|b| id == b.node_id);
    NODES
        .iter()
        .filter(|row| chosen(row.id) && !MAP_NODES.contains(&row.id))
        .chain(MAP_NODES.iter().filter_map(|id| node(id)))
        .collect()
}

/// The map's columns: its own die counts, the reader's and B's.
pub fn map_dies(scenario: &Scenario, other: Option<&Scenario>) -> Vec<u32> {
    let mut columns = MAP_DIES.to_vec();
    for of in [scenario].into_iter().chain(other) {
        if !columns.contains(&of.design.dies) {
            columns.push(of.design.dies);
        }
    }
    columns.sort_unstable();
    columns
}

/// The cells of the last maps, A's and B's.
#[derive(Debug, Default)]
pub struct MapCells {
    pub(super) own: Remembered,
    pub(super) other: Remembered,
}

impl MapCells {
    /// Verdicts asked of the simulation so far.
    pub fn verdicts(&self) -> u32 {
        self.own.verdicts + self.other.verdicts
    }
}

/// The cells of one map.
#[derive(Debug, Default)]
pub(super) struct Remembered {
    rows: Vec<Row>,
    verdicts: u32,
}

/// What is known of a node.
#[derive(Debug)]
struct Row {
    node: &'static NodeRow,
    /// The scenario on it, with one die; what is known holds for this one alone.
    there: Scenario,
    cells: Vec<Crossing>,
    /// By die count, how many chips would train the model.
    enough: Vec<(u32, Option<u32>)>,
}

/// Times as many chips as the reader has, tried in order.
const MORE_CHIPS: [f64; 8] = [1.25, 1.5, 2.0, 3.0, 4.0, 8.0, 16.0, 32.0];

impl Remembered {
    /// Everything on the map, row by row; with the rows and columns of both where
    /// there is another.
    pub(super) fn crossings(
        &mut self,
        scenario: &Scenario,
        other: Option<&Scenario>,
    ) -> Vec<Vec<Crossing>> {
        let columns = map_dies(scenario, other);
        map_nodes(scenario, other)
            .into_iter()
            .map(|node| {
                let row = self.row(scenario, node);
                columns.iter().map(|dies| self.cell(row, *dies)).collect()
            })
            .collect()
    }

    /// The first larger cluster of the reader's own chip that trains the model, if
    /// one of those tried does; none where it cannot be had.
    pub(super) fn enough_chips(&mut self, scenario: &Scenario) -> Option<u32> {
        let at = self.row(scenario, node(scenario.node_id)?);
        let dies = scenario.design.dies;
        let mut known = self.rows[at].enough.iter();
        if let Some((_, chips)) = known.find(|known| known.0 == dies) {
            return *chips;
        }
        let mut larger = self.rows[at].on(dies);
        let chips = MORE_CHIPS
            .iter()
            .map(|times| (f64::from(scenario.job.chips) * times).ceil() as u32)
            .find(|chips| {
                larger.serving.chips = *chips;
                larger.job.chips = *chips;
                let verdict = self.verdict(&larger);
                verdict.trains == Grade::Passed && Stop::of(verdict.access).is_none()
            });
        self.rows[at].enough.push((dies, chips));
        chips
    }

    /// Where that node's row stands, emptied where it is of another scenario.
    fn row(&mut self, scenario: &Scenario, node: &'static NodeRow) -> usize {
        let row = Row {
            node,
            there: on_node(scenario, node),
            cells: Vec::new(),
            enough: Vec::new(),
        };
        match self.rows.iter().position(|known| known.node.id == node.id) {
            Some(i) => {
                if self.rows[i].there != row.there {
                    self.rows[i] = row;
                }
                i
            }
            None => {
                self.rows.push(row);
                self.rows.len() - 1
            }
        }
    }

    fn cell(&mut self, row: usize, dies: u32) -> Crossing {
        let mut known = self.rows[row].cells.iter();
        if let Some(cell) = known.find(|cell| cell.dies == dies) {
            return *cell;
        }
        let verdict = self.verdict(&self.rows[row].on(dies));
        let cell = crossing(self.rows[row].node, dies, &verdict);
        self.rows[row].cells.push(cell);
        cell
    }

    fn verdict(&mut self, scenario: &Scenario) -> Verdict {
        self.verdicts += 1;
        verdict(scenario)
    }
}

impl Row {
    /// The row's scenario with that many dies.
    fn on(&self, dies: u32) -> Scenario {
        let mut on = self.there.clone();
        on.design.dies = dies;
        on
    }
}

/// The scenario on that node, with one die and without what no verdict reads.
fn on_node(scenario: &Scenario, node: &'static NodeRow) -> Scenario {
    let mut there = Scenario {
        // Supply has no part in a verdict, and takes long to move.
        resources: None,
        ..scenario.clone()
    };
    there.move_to(node);
    there.design.dies = 1;
    // Figures that a reader gave a node hold wherever its row is read; a row as
    // published is the catalogue's, which says which of them was chosen, no more.
    let chosen = &there.rows.node;
    if sim::catalogue::node(chosen.id).is_some_and(|row| *chosen == Held::from(row)) {
        there.rows.node = Held::from(node);
    }
    there
}

fn crossing(node: &'static NodeRow, dies: u32, verdict: &Verdict) -> Crossing {
    Crossing {
        node,
        dies,
        reach: reach(verdict),
        stop: Stop::of(verdict.access),
        // No gate but the legal one is broken, and one is missed by little.
        nearly: verdict.trains == Grade::Strained,
    }
}

fn reach(verdict: &Verdict) -> Reach {
    match (verdict.serves, verdict.trains) {
        _ if !verdict.made => Reach::Unmade,
        (true, Grade::Passed) => Reach::Both,
        (true, _) => Reach::InferenceOnly,
        // Training without serving is no use to a reader of this page.
        (false, _) => Reach::Nothing,
    }
}
