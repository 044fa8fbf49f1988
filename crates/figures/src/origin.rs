//! Where a cell's number comes from: what it is, and of which scenario. Both are
//! names, so that a table costs nothing; the scenario is made when somebody asks.

use crate::cast::{on, planned_on};
use crate::cost::as_sold;
use crate::cuts::cut_as;
use crate::failures::on_cluster;
use crate::moved;
use crate::shown::{Case, of_a, of_b, of_both};
use sim::catalogue;
use sim::outcome::{Outcome, frontier, simulate};
use sim::scenario::Scenario;
use sim::state::{State, Value};
use words::Lang;
use words::explain::{Explanation, Subject, explain, gain};

/// The formulas of A's number, under its letter where there is a B, and those of B's
/// where they are others; what stands beside A may have none.
pub fn lettered(
    lang: Lang,
    own: Option<Explanation>,
    beside: Option<Option<Explanation>>,
) -> Vec<Explanation> {
    let titled = |explanation: Explanation, of: fn(Lang, &str) -> String| Explanation {
        title: of(lang, &explanation.title),
        ..explanation
    };
    let (own, theirs) = match (own, beside) {
        (Some(own), Some(theirs)) if Some(&own) == theirs.as_ref() => {
            (Some(titled(own, of_both)), None)
        }
        (own, None) => (own, None),
        (own, Some(theirs)) => (own.map(|own| titled(own, of_a)), theirs),
    };
    let theirs = theirs.map(|theirs| titled(theirs, of_b));
    own.into_iter().chain(theirs).collect()
}

/// What a cell's number is, and of which scenario.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Origin {
    subject: Subject,
    of: Of,
    /// It is by how much that changes from this one.
    from: Option<Of>,
}

/// A scenario that a figure simulates: one to begin with, and what is changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Of {
    base: Base,
    change: Change,
}

/// Where it begins.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Base {
    /// At A.
    Own,
    /// At B.
    Other,
    /// At A's work on that chip or system, on so many chips, planned anew (`true`)
    /// or laid out alike.
    On(&'static str, u32, bool),
    /// At that chip, as its maker sells it.
    Sold(&'static str),
}

/// What is changed.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Change {
    Nothing,
    /// The design as its maker sells it.
    AsSold,
    /// The node, and the number of dies of a package.
    Moved(&'static str, u32),
    /// So many dies.
    Dies(u32),
    /// The same silicon on that node, cut into so many dies.
    Cut(&'static str, u32),
    /// The run on so many chips, laid out alike.
    Cluster(u32),
    /// The batch at that place among those that the layout holds.
    Batch(usize),
}

impl Of {
    /// The reader's own, A.
    pub(crate) const OWN: Self = Self::new(Base::Own);
    /// B.
    pub(crate) const OTHER: Self = Self::new(Base::Other);

    const fn new(base: Base) -> Self {
        Self {
            base,
            change: Change::Nothing,
        }
    }

    /// A's work on that chip or system and on so many chips.
    pub(crate) const fn on(id: &'static str, chips: u32) -> Self {
        Self::new(Base::On(id, chips, false))
    }

    /// The same, laid out and filled as serves best there.
    pub(crate) const fn planned_on(id: &'static str, chips: u32) -> Self {
        Self::new(Base::On(id, chips, true))
    }

    /// That chip, as it is sold.
    pub(crate) const fn sold(id: &'static str) -> Self {
        Self::new(Base::Sold(id))
    }

    const fn changed(self, change: Change) -> Self {
        Self { change, ..self }
    }

    /// Its design as its maker sells it.
    pub(crate) const fn as_sold(self) -> Self {
        self.changed(Change::AsSold)
    }

    /// On that node, with so many dies in a package.
    pub(crate) const fn moved(self, node: &'static str, dies: u32) -> Self {
        self.changed(Change::Moved(node, dies))
    }

    /// With so many of its dies in a package.
    pub(crate) const fn dies(self, dies: u32) -> Self {
        self.changed(Change::Dies(dies))
    }

    /// Its silicon on that node, cut into so many dies.
    pub(crate) const fn cut(self, node: &'static str, dies: u32) -> Self {
        self.changed(Change::Cut(node, dies))
    }

    /// Its run on a cluster of so many chips.
    pub(crate) const fn cluster(self, chips: u32) -> Self {
        self.changed(Change::Cluster(chips))
    }

    /// Its layout at the batch at that place.
    pub(crate) const fn batch(self, place: usize) -> Self {
        self.changed(Change::Batch(place))
    }

    /// That number of this scenario.
    pub(crate) const fn origin(self, subject: Subject) -> Origin {
        Origin {
            subject,
            of: self,
            from: None,
        }
    }

    /// By how much that number changes from the other scenario to this one.
    pub(crate) const fn gain(self, subject: Subject, from: Self) -> Origin {
        Origin {
            subject,
            of: self,
            from: Some(from),
        }
    }

    /// The scenario with what follows from it.
    fn made(self, own: Case, other: Option<Case>) -> Option<(Scenario, Outcome)> {
        let given = |case: Case| (case.scenario.clone(), case.outcome.clone());
        let (scenario, outcome) = match self.base {
            Base::Own => given(own),
            Base::Other => given(other?),
            Base::On(id, chips, planned) => {
                let on = if planned { planned_on } else { on };
                simulated(on(own.state, id, chips))
            }
            Base::Sold(id) => {
                let state = State::default().with("chip", Value::Id(id));
                simulated(state.scenario())
            }
        };
        Some(match self.change {
            Change::Nothing => (scenario, outcome),
            Change::AsSold => simulated(as_sold(&scenario)?),
            Change::Moved(node, dies) => simulated(moved(&scenario, catalogue::node(node)?, dies)),
            Change::Dies(dies) => {
                let mut scenario = scenario;
                scenario.design.dies = dies;
                simulated(scenario)
            }
            Change::Cut(node, dies) => simulated(cut_as(&scenario, catalogue::node(node)?, dies)),
            Change::Cluster(chips) => on_cluster(scenario, outcome, chips),
            Change::Batch(place) => {
                let best = outcome.inference.as_ref().ok()?;
                let batches = frontier(&scenario, &outcome.package, best);
                let inference = Ok(*batches.get(place)?);
                (
                    scenario,
                    Outcome {
                        inference,
                        ..outcome
                    },
                )
            }
        })
    }
}

fn simulated(scenario: Scenario) -> (Scenario, Outcome) {
    let outcome = simulate(&scenario);
    (scenario, outcome)
}

impl Origin {
    /// The formulas behind the number, with the values put in, for A and what
    /// stands beside it; `None` where there is none.
    pub fn explain(self, lang: Lang, own: Case, other: Option<Case>) -> Option<Explanation> {
        let said = |of: Of| {
            let (scenario, outcome) = of.made(own, other)?;
            explain(lang, self.subject, &scenario, &outcome)
        };
        let now = said(self.of)?;
        match self.from {
            None => Some(now),
            Some(from) => gain(lang, said(from)?, now),
        }
    }
}
