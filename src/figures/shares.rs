//! The draws of each crossing of the map: begun once those around the answer are
//! done and somebody is near to see them.

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
    slices: Slices,
}

impl MapShares {
    /// None yet; they are made in these slices.
    pub fn new(slices: Slices) -> Self {
        Self {
            known: RwSignal::new(None),
            slices,
        }
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
            let ((of, beside), cells) = known.as_ref()?;
            let same = Arc::ptr_eq(of, study)
                && match (beside, other) {
                    (Some(a), Some(b)) => Arc::ptr_eq(a, b),
                    (a, b) => a.is_none() && b.is_none(),
                };
            same.then(|| cells.clone())
        });
        if known.is_none() {
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
