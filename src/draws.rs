//! Draws around the answer, off the reader's way: they begin once the hand rests,
//! go on in slices between frames, and are dropped when the hand moves on.

use crate::browser::{self, Slices};
use crate::embeds::Part;
use crate::session::{Answered, Session};
use doubt::{SoFar, Study};
use leptos::prelude::*;
use sim::link::{Doubt, View};
use std::sync::Arc;

/// Draws after which ranges are shown first; then at four times as many, and at the
/// end. What is shown is painted, which on a slow machine takes as long as 200 draws.
const FIRST: u32 = 128;
/// Milliseconds of a piece of a slice, about.
const PIECE: f64 = 1.0;
/// Evaluations of a piece at most.
const MOST: u32 = 64;

/// What draws around an answer have shown.
pub struct Drawn {
    /// The answer.
    pub of: Arc<Answered>,
    /// What was drawn.
    pub doubt: Doubt,
    /// Where it lies.
    pub shown: SoFar,
    /// The study, once it is done.
    pub study: Option<Arc<Study>>,
}

/// Draws around each answer of the session from now on.
pub fn keep_drawing(session: Session) {
    let slices = Slices::new();
    let doubt = Memo::new(move |_| session.view.with(|view| view.doubt.clone()));
    // Choices of which the ranges are known, or come.
    let at_work = StoredValue::new(None::<(Arc<Answered>, Doubt)>);
    let is_at_work = move |answered: &Arc<Answered>| {
        at_work.with_value(|known| {
            known.as_ref().is_some_and(|(of, known)| {
                Arc::ptr_eq(of, answered) && doubt.with_untracked(|doubt| doubt == known)
            })
        })
    };
    Effect::new(move || {
        session.answered.with(|answered| {
            if !is_at_work(answered) {
                slices.stop();
                at_work.set_value(None);
            }
        });
    });
    // Begun at once: this part of the program comes when what is chosen may have
    // rested for long.
    Effect::new(move || {
        doubt.track();
        let answered = session.rested.get();
        if is_at_work(&answered) {
            return;
        }
        // Most figures show no range.
        let silent = |view: &View| {
            let part = Part::of(view.view.as_deref());
            view.embed && matches!(part, Part::Figure(which) if !which.shows_draws())
        };
        if session.view.with_untracked(silent) {
            return;
        }
        let doubt = doubt.get_untracked();
        at_work.set_value(Some((answered.clone(), doubt.clone())));
        slices.begin(pieces(session, answered, doubt));
    });
}

/// The pieces of a study, which tell the session what they show.
fn pieces(session: Session, of: Arc<Answered>, doubt: Doubt) -> impl FnMut() -> bool {
    let mut study = None::<Study>;
    let mut next = FIRST;
    let mut count = 1;
    move || {
        let began = browser::now();
        let study = match &mut study {
            Some(study) => study,
            empty => {
                // Spreads are read from tables: a piece of its own.
                *empty = Some(Study::new(&of.state, &doubt));
                return false;
            }
        };
        let done = study.step(count);
        let took = browser::now() - began;
        if took < PIECE / 2.0 {
            count = (count * 2).min(MOST);
        } else if took > PIECE * 2.0 {
            count = (count / 2).max(1);
        }
        if done || study.done() >= next {
            while next <= study.done() {
                next *= 4;
            }
            session.drawn.set(Some(Arc::new(Drawn {
                of: of.clone(),
                doubt: doubt.clone(),
                shown: study.so_far(),
                study: done.then(|| Arc::new(study.clone())),
            })));
        }
        done
    }
}

/// All draws around what is answered now, once they are done.
pub fn settled(session: Session) -> Option<Arc<Drawn>> {
    let drawn = session.drawn.get()?;
    (drawn.study.is_some() && is_fresh(session)).then_some(drawn)
}

/// The draws are of what is answered now.
pub fn is_fresh(session: Session) -> bool {
    let answered = session.answered.read();
    session.drawn.with(|drawn| {
        drawn.as_ref().is_some_and(|drawn| {
            Arc::ptr_eq(&drawn.of, &answered) && session.view.with(|view| view.doubt == drawn.doubt)
        })
    })
}
