//! Answers that were given lately for other chips: a lever moves the reader's own, and
//! what it is held against stays.

use sim::outcome::{Outcome, simulate};
use sim::scenario::Scenario;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

/// Answers kept: those of all figures, of this answer and the one before.
const KEPT: usize = 24;

type Known = (Scenario, Rc<Outcome>);

thread_local! {
    /// The latest last.
    static LATELY: RefCell<VecDeque<Known>> = const { RefCell::new(VecDeque::new()) };
}

/// The answer to that scenario, computed only if it was not lately. Remembering
/// changes no digit: all of the scenario is compared.
pub(crate) fn answer(scenario: &Scenario) -> Rc<Outcome> {
    LATELY.with_borrow_mut(|known| {
        let found = known.iter().rposition(|(of, _)| of == scenario);
        let entry = found.and_then(|at| known.remove(at));
        let entry = entry.unwrap_or_else(|| (scenario.clone(), Rc::new(simulate(scenario))));
        let outcome = entry.1.clone();
        if known.len() == KEPT {
            known.pop_front();
        }
        known.push_back(entry);
        outcome
    })
}

#[cfg(test)]
mod tests {
    use super::{KEPT, answer};
    use sim::outcome::simulate;
    use sim::state::{State, Value};

    #[test]
    fn what_is_remembered_is_what_would_be_computed() {
        let of = |i: usize| {
            let [dies, days] = [i % 16 + 1, i + 30].map(|n| Value::Number(n as f64));
            let state = State::default().with("dies", dies);
            state.with("days", days).scenario()
        };
        let asked = (0..KEPT * 2).chain([3, KEPT * 2 - 1, 0]);
        for scenario in asked.map(of) {
            assert_eq!(*answer(&scenario), simulate(&scenario));
        }
    }
}
