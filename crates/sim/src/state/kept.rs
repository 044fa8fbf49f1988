//! What a link keeps: choices without those that change nothing.

use super::{State, Switch};
use crate::catalogue::{RULES, RuleRow};
use crate::controls::CONTROLS;
use crate::scenario::{Scenario, in_force};

impl State {
    /// The same choices without those that change nothing: what a link keeps.
    pub fn canonical(&self) -> Self {
        let mut kept = self.less();
        // A choice may matter only to another that did not.
        while !kept.figures.is_empty() {
            let less = kept.less();
            if less == kept {
                break;
            }
            kept = less;
        }
        kept
    }

    /// The same choices without those that change nothing beside the others.
    fn less(&self) -> Self {
        let mut kept = self.clone();
        if !kept.figures.is_empty() {
            let mut rows = kept.published_rows();
            kept.figures.retain_mut(|(id, number)| {
                let span = id.span(&mut rows);
                *number = span.map_or(*number, |span| span.hold(*number));
                span.is_some_and(|span| span.central != *number)
            });
        }
        let meant = kept.scenario();
        for i in 0..CONTROLS.len() {
            if let Some(value) = kept.values[i].take()
                && !kept.means(&meant)
            {
                kept.values[i] = Some(value);
            }
        }
        for (id, number) in kept.figures.clone() {
            kept.put_figure(id, None);
            if !kept.means(&meant) {
                kept.put_figure(id, Some(number));
            }
        }
        let by_dates = in_force(kept.date());
        for (i, (switch, by_dates)) in kept.rules.iter_mut().zip(by_dates).enumerate() {
            let lever = RULES.get(i).and_then(RuleRow::lever);
            *switch = switch.filter(|switch| match switch {
                Switch::On => !by_dates,
                Switch::Off => by_dates,
                Switch::Moved(threshold) => lever.is_some_and(|l| l.threshold != *threshold),
            });
        }
        kept
    }

    /// Whether these choices come to those values, from whatever rows.
    fn means(&self, meant: &Scenario) -> bool {
        let mut own = self.scenario();
        own.rows = meant.rows.clone();
        own == *meant
    }
}
