//! Along node and die count: the share of few draws in which a design would do.

use crate::study::Study;
use sim::catalogue::NodeRow;
use sim::state::{State, Value};

/// One design.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// Its node.
    pub node: &'static NodeRow,
    /// Its dies.
    pub dies: u32,
    /// Share of the draws in which training passes every gate but that of supply.
    pub trains_share: f64,
    /// Share of the draws in which the model is served within the limit.
    pub serves_share: f64,
}

/// Draws of every crossing of nodes and die counts, a slice at a time. A draw is
/// the same doubts in each, so that neighbours differ by their design alone.
#[derive(Clone, Debug)]
pub struct Shares {
    base: Study,
    state: State,
    draws: u32,
    cells: Vec<(&'static NodeRow, u32)>,
    done: Vec<Cell>,
    open: Option<Study>,
}

impl Shares {
    /// Of the study's scenario, that of the choices, moved to each node and die
    /// count, row by row. 64 draws say a share to six per cent.
    pub fn new(
        base: &Study,
        state: &State,
        nodes: &[&'static NodeRow],
        dies: &[u32],
        draws: u32,
    ) -> Self {
        let cells = nodes
            .iter()
            .flat_map(|node| dies.iter().map(|dies| (*node, *dies)));
        Self {
            base: base.without_draws(),
            state: state.clone(),
            draws,
            cells: cells.collect(),
            done: Vec::new(),
            open: None,
        }
    }

    /// Goes on by that many evaluations at most; true when all is done.
    pub fn step(&mut self, evaluations: u32) -> bool {
        let mut left = evaluations;
        while let Some((node, dies)) = self.cells.get(self.done.len()).copied() {
            let (base, state, draws) = (&self.base, &self.state, self.draws);
            let study = self.open.get_or_insert_with(|| {
                let state = state
                    .clone()
                    .with("node", Value::Id(node.id))
                    .with("dies", Value::Number(f64::from(dies)));
                base.elsewhere(&state, draws)
            });
            while !study.is_done() && left > 0 {
                study.step(1);
                left -= 1;
            }
            if !study.is_done() {
                return false;
            }
            let shown = study.so_far();
            self.done.push(Cell {
                node,
                dies,
                trains_share: shown.trains_share,
                serves_share: shown.serves_share,
            });
            self.open = None;
        }
        true
    }

    /// Runs to the end.
    pub fn run(mut self) -> Vec<Cell> {
        while !self.step(u32::MAX) {}
        self.done
    }

    /// The cells that are done, in order.
    pub fn so_far(&self) -> &[Cell] {
        &self.done
    }
}
