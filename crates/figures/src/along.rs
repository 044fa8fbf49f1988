//! Where a chart's own numbers lie, along die counts: few draws, made again for the
//! chart that shows them.

use crate::marginal::Planned;
use crate::{adding, cost, silicon, ways};
use doubt::{Again, Range, Study};
use sim::scenario::Scenario;

/// Draws of a chart: ranges to a few hundredths.
const DRAWS: usize = 128;

/// Numbers of a chart in a draw, always as many; impossible ones are infinite, at
/// the bad end. Layouts that were found before are tried again.
type Sample = fn(&Scenario, &mut Planned) -> Vec<f64>;

/// Draws of a chart's own numbers.
#[derive(Clone, Debug)]
pub struct Along {
    again: Again,
    sample: Sample,
    planned: Planned,
    columns: Vec<Vec<f64>>,
}

impl Along {
    /// Of the figure of that id, around the scenario that the study is of; `None`
    /// for one without numbers of its own, or before the study is done.
    pub fn new(id: &str, study: &Study) -> Option<Self> {
        let sample: Sample = match id {
            "figure-silicon" => |scenario, _| silicon::sample(scenario),
            "figure-cost" => |scenario, _| cost::sample(scenario),
            "figure-ways" => |scenario, _| ways::sample(scenario),
            "figure-adding" => adding::sample,
            _ => return None,
        };
        study.is_done().then(|| Self {
            again: study.again(DRAWS),
            sample,
            planned: Planned::default(),
            columns: Vec::new(),
        })
    }

    /// Goes on by a draw; true when all are done.
    pub fn step(&mut self) -> bool {
        let (sample, planned) = (self.sample, &mut self.planned);
        let numbers = self.again.next_of(|scenario| sample(scenario, planned));
        let numbers = numbers.unwrap_or_default();
        self.columns
            .resize_with(numbers.len().max(self.columns.len()), Vec::new);
        for (column, number) in self.columns.iter_mut().zip(numbers) {
            column.push(number);
        }
        self.again.is_done()
    }

    /// Runs to the end.
    pub fn run(mut self) -> Self {
        while !self.step() {}
        self
    }

    /// Where the numbers of that place lie.
    pub(crate) fn range(&self, place: usize) -> Option<Range> {
        Range::of(self.columns.get(place)?)
    }

    /// The mean of those of that place: of ones and noughts, a share.
    pub(crate) fn mean(&self, place: usize) -> Option<f64> {
        let column = self
            .columns
            .get(place)
            .filter(|column| !column.is_empty())?;
        Some(column.iter().sum::<f64>() / column.len() as f64)
    }
}
