//! How much of the map is in doubt: at each crossing the share of draws in which
//! training works, lines around the crossings where it is large, and its words.

use super::Crossing;
use crate::reading::value;
use crate::shown::Shown;
use crate::{Cell, cell};
use charts::{Contour, Dash};
use doubt::Shares;
use doubt::Study;
use sim::scenario::Scenario;
use sim::state::State;

/// Draws of each crossing: a share of one half is told to six per cent.
pub(crate) const DRAWS: u32 = 64;
/// A line lies around the crossings where training works in at least that share of
/// the draws: nearly sure inside the first, nearly hopeless outside of the second.
const LINES: [(f64, Dash, &str); 2] = [
    (0.9, Dash::Solid, "figure.map.likely"),
    (0.1, Dash::Short, "figure.map.possible"),
];
/// The two rows of a node: their name, and the share.
const ROWS: [(&str, Share); 2] = [
    ("figure.map.trains", |cell| cell.trains_share),
    ("figure.map.serves", |cell| cell.serves_share),
];
type Share = fn(&doubt::Cell) -> f64;

/// The draws of every crossing of the scenario's map, to be made a slice at a time;
/// what is drawn beside B has B's rows and columns too.
pub fn map_shares(
    study: &Study,
    state: &State,
    scenario: &Scenario,
    other: Option<&Scenario>,
) -> Shares {
    let nodes = super::map_nodes(scenario, other);
    Shares::new(
        study,
        state,
        &nodes,
        &super::map_dies(scenario, other),
        DRAWS,
    )
}

impl Shown<'_> {
    /// The crossing's shares, once they are known.
    fn shares(&self, of: &Crossing) -> Option<&doubt::Cell> {
        self.share_at(of.node.id, of.dies)
    }

    /// Those of that node with so many dies.
    pub(crate) fn share_at(&self, node: &str, dies: u32) -> Option<&doubt::Cell> {
        let mut cells = self.drawn?.shares?.iter();
        cells.find(|cell| cell.node.id == node && cell.dies == dies)
    }

    /// The lines; none where nothing is drawn around A, and without a crossing in
    /// them while draws are to come.
    pub(super) fn contours(&self, grid: &[Vec<Crossing>]) -> Vec<Contour> {
        let lines = LINES.iter().filter(|_| self.drawn.is_some());
        lines
            .map(|(least, dash, label)| Contour {
                label: self.own_name(self.lang.text(label)),
                dash: *dash,
                inside: grid
                    .iter()
                    .map(|row| {
                        let share = |of| self.shares(of).map(|cell| cell.trains_share);
                        row.iter()
                            .map(|of| share(of).is_some_and(|share| share >= *least))
                            .collect()
                    })
                    .collect(),
            })
            .collect()
    }

    /// What is said of a crossing's shares, each on a line of its own.
    pub(super) fn shares_said(&self, of: &Crossing) -> String {
        let Some(cell) = self.shares(of) else {
            return String::new();
        };
        ROWS.iter().fold(String::new(), |said, (key, share)| {
            let share = cell::share(self.lang, share(cell));
            said + "\n" + &value(self.lang, &self.share_name(key, of), &share)
        })
    }

    /// Rows of the table, two for each node.
    pub(super) fn share_rows(&self, grid: &[Vec<Crossing>]) -> Vec<Vec<Cell>> {
        let known = |row: &&Vec<Crossing>| row.iter().all(|of| self.shares(of).is_some());
        let rows = |row: &Vec<Crossing>| {
            ROWS.map(|(key, share)| {
                let cells = row.iter().filter_map(|of| self.shares(of));
                let cells = cells.map(|cell| cell::share(self.lang, share(cell)));
                let name = Cell::from(self.share_name(key, &row[0]));
                std::iter::once(name).chain(cells).collect()
            })
        };
        grid.iter().filter(known).flat_map(rows).collect()
    }

    fn share_name(&self, key: &str, of: &Crossing) -> String {
        let draws = self.lang.count(f64::from(DRAWS));
        let values = [("node", of.node.name), ("draws", &draws)];
        self.own_noun(&self.lang.fill(key, &values))
    }

    /// In how many of all draws training works at the reader's own crossing, where that
    /// is in doubt.
    pub(super) fn doubt_at(&self, own: Option<&Crossing>) -> Option<String> {
        self.shares(own?)?;
        let share = self.drawn?.shown?.trains_share;
        let [(likely, ..), (possible, ..)] = LINES;
        (possible..likely).contains(&share).then(|| {
            let share = self.lang.percent(share);
            self.lang.fill("figure.map.doubtful", &[("share", &share)])
        })
    }
}
