//! Where a chart's own numbers lie, along die counts, speeds or quarters: few draws,
//! made again for the chart that shows them.

use crate::marginal::Planned;
use crate::shown::Case;
use crate::{adding, cost, frontier, roofline, silicon, supply, watts, ways};
use doubt::{Again, Range, Study};
use sim::llm::{Inference, Layout};
use sim::scenario::Scenario;

/// Draws of a chart: ranges to a few hundredths.
const DRAWS: usize = 128;

/// Numbers of a chart in a draw, always as many; impossible ones are infinite, at
/// the bad end.
type Sample = fn(&Scenario, &mut Beside) -> Vec<f64>;

/// What a chart asks a draw beside its scenario.
#[derive(Clone, Debug)]
pub(crate) struct Beside {
    /// Layouts that were found before, by die count: they are tried again.
    pub(crate) planned: Planned,
    /// Those that the study serves with.
    pub(crate) layouts: Vec<Layout>,
    /// What the central answer serves best.
    pub(crate) best: Option<Inference>,
    /// The speeds at which the central answer is read.
    pub(crate) speeds: Vec<f64>,
}

/// Draws of a chart's own numbers.
#[derive(Clone, Debug)]
pub struct Along {
    again: Again,
    sample: Sample,
    beside: Beside,
    columns: Vec<Vec<f64>>,
}

impl Along {
    /// Of the figure of that id, around the answer that the study is of; `None` for
    /// one without numbers of its own, or before the study is done.
    pub fn new(id: &str, study: &Study, case: &Case) -> Option<Self> {
        let sample: Sample = match id {
            "figure-silicon" => |scenario, _| silicon::sample(scenario),
            "figure-cost" => |scenario, _| cost::sample(scenario),
            "figure-ways" => |scenario, _| ways::sample(scenario),
            "figure-adding" => |scenario, beside| adding::sample(scenario, &mut beside.planned),
            "figure-watts" => |scenario, beside| watts::sample(scenario, beside),
            "figure-frontier" => |scenario, beside| frontier::sample(scenario, beside),
            "figure-roofline" => |scenario, beside| roofline::sample(scenario, beside),
            "figure-supply" => |scenario, _| supply::sample(scenario),
            _ => return None,
        };
        study.is_done().then(|| Self {
            again: study.again(DRAWS),
            sample,
            beside: Beside {
                planned: Planned::default(),
                layouts: study.layouts().serving.clone(),
                best: case.outcome.inference.as_ref().ok().copied(),
                speeds: match id {
                    "figure-frontier" => frontier::speeds(case),
                    _ => Vec::new(),
                },
            },
            columns: Vec::new(),
        })
    }

    /// Goes on by a draw; true when all are done.
    pub fn step(&mut self) -> bool {
        let (sample, beside) = (self.sample, &mut self.beside);
        let numbers = self.again.next_of(|scenario| sample(scenario, beside));
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
