//! What can be taken back: the choices as they were before each deliberate
//! change, kept in memory and nowhere else.

use crate::browser;
use crate::session::{Choices, Hand, Session};
use leptos::prelude::*;
use std::time::Duration;

/// Steps kept; who goes further back has the browser's own history.
const MOST: usize = 100;
/// How long a hand that let go rests until the next move is another change.
const REST: Duration = Duration::from_millis(600);

/// Things as they were, with the hand that changed each.
struct Steps<T> {
    present: T,
    past: Vec<(T, Hand)>,
    /// What was taken back, the latest last.
    future: Vec<(T, Hand)>,
    /// The hand whose next move belongs to the latest step.
    at_work: Option<Hand>,
}

impl<T: Clone + PartialEq> Steps<T> {
    fn new(present: T) -> Self {
        Self {
            present,
            past: Vec::new(),
            future: Vec::new(),
            at_work: None,
        }
    }

    /// Takes note of what is there now and whose hand did it. Moves of one hand
    /// up to its rest are one step, and none if they end where they began.
    fn note(&mut self, now: T, hand: Hand) {
        if now == self.present {
            return;
        }
        let before = std::mem::replace(&mut self.present, now);
        self.future.clear();
        if self.at_work != Some(hand) {
            if self.past.len() == MOST {
                self.past.remove(0);
            }
            self.past.push((before, hand));
        } else if self
            .past
            .last()
            .is_some_and(|(was, _)| *was == self.present)
        {
            self.past.pop();
            self.at_work = None;
            return;
        }
        let moves = matches!(hand, Hand::Control(_) | Hand::Rule(_) | Hand::Doubt);
        self.at_work = moves.then_some(hand);
    }

    /// The hand rests: its next move is another step.
    fn rest(&mut self) {
        self.at_work = None;
    }

    /// Goes one step that way: what is there then, and whose change it was.
    fn go(&mut self, way: Way) -> Option<(T, Hand)> {
        self.rest();
        let (from, to) = match way {
            Way::Back => (&mut self.past, &mut self.future),
            Way::Forth => (&mut self.future, &mut self.past),
        };
        let (then, hand) = from.pop()?;
        to.push((std::mem::replace(&mut self.present, then), hand));
        Some((self.present.clone(), hand))
    }

    /// Whose change is next on that way.
    fn next(&self, way: Way) -> Option<Hand> {
        let steps = match way {
            Way::Back => &self.past,
            Way::Forth => &self.future,
        };
        steps.last().map(|(_, hand)| *hand)
    }
}

/// Which way through the steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Undo.
    Back,
    /// Redo.
    Forth,
}

impl Way {
    /// Id of the button that goes there.
    pub fn id(self) -> &'static str {
        match self {
            Self::Back => "undo",
            Self::Forth => "redo",
        }
    }
}

/// The steps of a session: its choices and scenario B's.
#[derive(Clone, Copy)]
pub struct History {
    session: Session,
    steps: StoredValue<Steps<Choices>>,
    /// Whose change is next to be undone, and redone.
    ends: RwSignal<(Option<Hand>, Option<Hand>)>,
    /// The way last gone, until somebody says so.
    gone: StoredValue<Option<Way>>,
}

impl History {
    /// Keeps the session's steps from now on.
    pub fn of(session: Session) -> Self {
        let doubt = Memo::new(move |_| session.view.with(|view| view.doubt.clone()));
        let present = move || {
            let other = session.other.get();
            let doubt = doubt.get();
            (
                session.state.get(),
                other.map(|other| other.state.clone()),
                doubt,
            )
        };
        let history = Self {
            session,
            steps: StoredValue::new(Steps::new(untrack(present))),
            ends: RwSignal::new((None, None)),
            gone: StoredValue::new(None),
        };
        Effect::new(move || {
            let now = present();
            let hand = session.moved.get_untracked();
            history.steps.update_value(|steps| {
                let (state, other, _) = &steps.present;
                let hand = match (*state == now.0, *other == now.1) {
                    (true, true) => Hand::Doubt,
                    (true, false) => Hand::Beside,
                    _ => hand,
                };
                steps.note(now, hand);
            });
            history.tell_ends();
        });
        let rest = move || history.steps.update_value(Steps::rest);
        let later = browser::Later::new(REST, rest);
        browser::on_gesture(rest, move || later.ask());
        history
    }

    fn tell_ends(self) {
        let ends = self
            .steps
            .with_value(|steps| (steps.next(Way::Back), steps.next(Way::Forth)));
        if ends != self.ends.get_untracked() {
            self.ends.set(ends);
        }
    }

    /// Whose change is next on that way.
    pub fn next(self, way: Way) -> Option<Hand> {
        let (back, forth) = self.ends.get();
        match way {
            Way::Back => back,
            Way::Forth => forth,
        }
    }

    /// Goes one step that way. False where there is none.
    pub fn go(self, way: Way) -> bool {
        let then = self.steps.try_update_value(|steps| steps.go(way)).flatten();
        let Some((choices, hand)) = then else {
            return false;
        };
        self.gone.set_value(Some(way));
        self.session.restore(choices, hand);
        self.tell_ends();
        // What held the keyboard may go with the change.
        browser::keep_focus(way.id());
        true
    }

    /// The way gone since this was last asked.
    pub fn gone(self) -> Option<Way> {
        self.gone.try_update_value(Option::take).flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIES: Hand = Hand::Control("dies");
    const CHIPS: Hand = Hand::Control("chips");

    fn noted(moves: &[(i32, Hand)]) -> Steps<i32> {
        let mut steps = Steps::new(0);
        for (now, hand) in moves {
            steps.note(*now, *hand);
        }
        steps
    }

    #[test]
    fn a_drag_is_one_step_and_another_hand_makes_another() {
        let mut steps = noted(&[(3, DIES), (5, DIES), (9, DIES), (20, CHIPS)]);
        assert_eq!(steps.go(Way::Back), Some((9, CHIPS)));
        assert_eq!(steps.go(Way::Back), Some((0, DIES)));
        assert_eq!(steps.go(Way::Back), None);
        assert_eq!(steps.go(Way::Forth), Some((9, DIES)));
        assert_eq!(steps.next(Way::Forth), Some(CHIPS));
    }

    #[test]
    fn a_hand_that_rested_begins_anew() {
        let mut steps = noted(&[(3, DIES)]);
        steps.rest();
        steps.note(5, DIES);
        assert_eq!(steps.go(Way::Back), Some((3, DIES)));
    }

    #[test]
    fn changes_as_a_whole_are_each_one() {
        let mut steps = noted(&[(1, Hand::Whole), (2, Hand::Whole)]);
        assert_eq!(steps.go(Way::Back), Some((1, Hand::Whole)));
    }

    #[test]
    fn a_drag_back_to_where_it_began_is_no_step() {
        let mut steps = noted(&[(3, DIES), (0, DIES)]);
        assert_eq!(steps.next(Way::Back), None);
        steps.note(4, DIES);
        assert_eq!(steps.go(Way::Back), Some((0, DIES)));
    }

    #[test]
    fn what_was_taken_back_goes_with_the_next_change() {
        let mut steps = noted(&[(1, Hand::Whole), (2, Hand::Whole)]);
        steps.go(Way::Back);
        // The page shows what came back: that is no change.
        steps.note(1, Hand::Whole);
        assert_eq!(steps.next(Way::Forth), Some(Hand::Whole));
        steps.note(7, DIES);
        assert_eq!(steps.next(Way::Forth), None);
        assert_eq!(steps.go(Way::Back), Some((1, DIES)));
    }

    #[test]
    fn the_oldest_step_makes_way() {
        let count = MOST as i32 + 5;
        let mut steps = noted(&(1..=count).map(|i| (i, Hand::Whole)).collect::<Vec<_>>());
        let mut last = count;
        while let Some((then, _)) = steps.go(Way::Back) {
            last = then;
        }
        assert_eq!(last, 5);
    }
}
