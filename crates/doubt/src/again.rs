//! A study's draws again, as the scenarios that they are: for numbers of a chart
//! that no answer is, at each die count say.

use crate::study::Study;
use sim::scenario::Scenario;

/// The first draws of a study that count, one after another.
#[derive(Clone, Debug)]
pub struct Again {
    study: Study,
    counted: Vec<u32>,
    done: usize,
}

impl Study {
    /// Its first draws, as many at most.
    pub fn again(&self, draws: usize) -> Again {
        Again {
            study: self.without_draws(),
            counted: self.counted().iter().take(draws).copied().collect(),
            done: 0,
        }
    }
}

impl Again {
    /// What the next draw gives; `None` after the last.
    pub fn next_of<T>(&mut self, of: impl FnOnce(&Scenario) -> T) -> Option<T> {
        let index = *self.counted.get(self.done)?;
        self.done += 1;
        Some(self.study.at(index, of))
    }

    /// Draws done.
    pub fn done(&self) -> usize {
        self.done
    }

    /// All are done.
    pub fn is_done(&self) -> bool {
        self.done == self.counted.len()
    }
}
