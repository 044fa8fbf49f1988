//! The draws of each crossing of the map, for both figures that show them: begun once
//! those around the answer are done and somebody is near to see them.

use crate::browser::Slices;
use crate::session::Answered;
use doubt::{Cell, Study};
use leptos::prelude::*;
use std::sync::Arc;

/// Evaluations of a piece of that work.
const PIECE: u32 = 16;

/// What they hang on: the draws around A, and B, whose rows the map has too.
type Of = (Arc<Study>, Option<Arc<Answered>>);

/// Those of the last map.
#[derive(Clone, Copy)]
pub struct MapShares {
    known: RwSignal<Option<(Of, Arc<Vec<Cell>>)>>,
    /// Those that come.
    at_work: StoredValue<Option<Of>>,
    slices: Slices,
}

fn same((study, beside): &Of, other: &Of) -> bool {
    Arc::ptr_eq(study, &other.0)
        && match (beside, &other.1) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (a, b) => a.is_none() && b.is_none(),
        }
}

impl MapShares {
    /// None yet.
    pub fn new() -> Self {
        Self {
            known: RwSignal::new(None),
            at_work: StoredValue::new(None),
            slices: Slices::new(),
        }
    }

    /// Drops those that come.
    pub fn stop(self) {
        self.slices.stop();
        self.at_work.set_value(None);
    }

    /// Runs whoever draws them when they are there.
    pub fn track(self) {
        self.known.track();
    }

    /// Those of these draws; where they are not known, they are begun.
    pub fn of(
        self,
        study: &Arc<Study>,
        own: &Answered,
        other: Option<&Arc<Answered>>,
    ) -> Option<Arc<Vec<Cell>>> {
        let of: Of = (study.clone(), other.cloned());
        let known = self.known.with_untracked(|known| {
            let (made, cells) = known.as_ref()?;
            same(made, &of).then(|| cells.clone())
        });
        let comes = || {
            let at_work = self.at_work.get_value();
            at_work.is_some_and(|begun| same(&begun, &of))
        };
        if known.is_none() && !comes() {
            self.at_work.set_value(Some(of.clone()));
            let beside = other.map(|other| &other.scenario);
            let mut shares = figures::map_shares(study, &own.state, &own.scenario, beside);
            self.slices.begin(move || {
                let done = shares.step(PIECE);
                if done {
                    let cells = Arc::new(shares.so_far().to_vec());
                    self.known.set(Some((of.clone(), cells)));
                }
                done
            });
        }
        known
    }
}
