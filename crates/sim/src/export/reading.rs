//! A chip read under a rule: which paragraph catches it, by which clause, and by
//! how much it misses.

use super::*;

/// A chip read under one rule, whose lever a reader may have moved.
#[derive(Clone, Copy)]
struct Reading<'a> {
    metrics: &'a Metrics,
    /// The rule's lever, and where it stands now.
    moved: Option<(&'a ClauseRow, f64)>,
}

impl Reading<'_> {
    /// The threshold of a clause: the lever's stands where it was moved to, in
    /// every clause that holds the same number of the same metric.
    fn threshold(&self, clause: &ClauseRow) -> f64 {
        stands_at(self.moved, clause)
    }

    /// Whether the clause holds; `None` where the figure is unknown.
    fn holds(&self, clause: &ClauseRow) -> Option<bool> {
        let (value, threshold) = (self.metrics.value(clause.metric)?, self.threshold(clause));
        Some(match clause.compare {
            Compare::AtLeast => value >= threshold,
            Compare::Above => value > threshold,
            Compare::Below => value < threshold,
        })
    }

    /// How far along the clause is: 1 at the threshold, more once it holds.
    fn reach(&self, clause: &ClauseRow) -> Option<f64> {
        let (value, threshold) = (self.metrics.value(clause.metric)?, self.threshold(clause));
        let ratio = match clause.compare {
            Compare::AtLeast | Compare::Above => value / threshold,
            Compare::Below => threshold / value,
        };
        ratio.is_finite().then_some(ratio)
    }
}

/// Where the threshold of a clause stands when a lever was moved.
fn stands_at(moved: Option<(&ClauseRow, f64)>, clause: &ClauseRow) -> f64 {
    match moved {
        Some((lever, threshold))
            if (lever.metric, lever.threshold) == (clause.metric, clause.threshold) =>
        {
            threshold
        }
        _ => clause.threshold,
    }
}

impl ParagraphRow {
    /// Whether any group of clauses holds; `None` where a figure decides that
    /// nobody published.
    pub fn holds(&self, metrics: &Metrics) -> Option<bool> {
        let reading = Reading {
            metrics,
            moved: None,
        };
        holds_any(self.any, &reading)
    }
}

impl RuleRow {
    /// Whether it is about the chip of that name; a rule without names is about
    /// any.
    pub fn speaks_of(&self, name: &str) -> bool {
        self.names.is_empty() || self.names.contains(&name)
    }

    /// Where the threshold of one of its clauses stands with its lever where a
    /// reader put it.
    pub fn threshold(&self, clause: &ClauseRow, moved: Option<f64>) -> f64 {
        stands_at(self.lever().zip(moved), clause)
    }

    /// What the rule says of a chip with these metrics, whatever the day, with
    /// its lever where a reader put it.
    pub fn find(&self, metrics: &Metrics, moved: Option<f64>) -> Finding {
        let reading = self.reading(metrics, moved);
        let (caught, by) = self.caught_by(&reading);
        let mut finding = Finding {
            rule: self.id,
            caught,
            paragraph: by.map(|paragraph| paragraph.name),
            posture: by.map_or(Posture::Free, |paragraph| paragraph.posture),
            nearest: None,
        };
        if !self.speaks_of(metrics.name) {
            return finding;
        }
        match (caught, by) {
            (Caught::Yes, Some(paragraph)) => finding.nearest = held(paragraph.any, &reading),
            // A paragraph that frees (Note 2) ended the search: what was its reach
            // is the distance to being caught.
            (Caught::No, Some(paragraph)) => {
                finding.nearest = held(paragraph.any, &reading);
                if let Some(nearest) = finding.nearest.as_mut() {
                    nearest.margin_ratio = 1.0 / nearest.margin_ratio;
                }
            }
            (Caught::No, None) => {
                finding.nearest = self
                    .paragraphs
                    .iter()
                    .filter_map(|p| missed(p.any, &reading))
                    .reduce(farther_along);
            }
            (Caught::Indeterminate, _) | (Caught::Yes, None) => {}
        }
        finding
    }

    /// Whether it catches the chip, and how a licence would then be met; the
    /// finding without its margin.
    pub(super) fn catches(&self, metrics: &Metrics, moved: Option<f64>) -> (Caught, Posture) {
        let (caught, by) = self.caught_by(&self.reading(metrics, moved));
        (
            caught,
            by.map_or(Posture::Free, |paragraph| paragraph.posture),
        )
    }

    fn reading<'a>(&'a self, metrics: &'a Metrics, moved: Option<f64>) -> Reading<'a> {
        Reading {
            metrics,
            moved: moved.and_then(|moved| Some((self.lever()?, moved))),
        }
    }

    /// Whether it catches, and the paragraph that decides: the first that holds,
    /// or else the first that nobody can decide.
    fn caught_by(&self, reading: &Reading) -> (Caught, Option<&'static ParagraphRow>) {
        let mut undecided = None;
        if !self.speaks_of(reading.metrics.name) {
            return (Caught::No, None);
        }
        for paragraph in self.paragraphs {
            match holds_any(paragraph.any, reading) {
                Some(false) => {}
                Some(true) => {
                    let frees = paragraph.posture == Posture::Free && self.kind != RuleKind::Tax;
                    let caught = if frees { Caught::No } else { Caught::Yes };
                    return (caught, Some(paragraph));
                }
                None => undecided = undecided.or(Some(paragraph)),
            }
        }
        match undecided {
            Some(paragraph) => (Caught::Indeterminate, Some(paragraph)),
            None => (Caught::No, None),
        }
    }
}

fn holds_any(groups: &[&[ClauseRow]], reading: &Reading) -> Option<bool> {
    let mut any = Some(false);
    for group in groups {
        match holds_all(group, reading) {
            Some(true) => return Some(true),
            None => any = None,
            Some(false) => {}
        }
    }
    any
}

fn holds_all(group: &[ClauseRow], reading: &Reading) -> Option<bool> {
    let mut all = Some(true);
    for clause in group {
        match reading.holds(clause) {
            Some(false) => return Some(false),
            None => all = None,
            Some(true) => {}
        }
    }
    all
}

fn farther_along(a: Nearest, b: Nearest) -> Nearest {
    if b.margin_ratio > a.margin_ratio {
        b
    } else {
        a
    }
}

fn less_far(a: Nearest, b: Nearest) -> Nearest {
    if b.margin_ratio < a.margin_ratio {
        b
    } else {
        a
    }
}

fn nearest(clause: &ClauseRow, reading: &Reading) -> Option<Nearest> {
    clause.metric.is_measured().then_some(())?;
    Some(Nearest {
        metric: clause.metric,
        value: reading.metrics.value(clause.metric)?,
        threshold: reading.threshold(clause),
        margin_ratio: reading.reach(clause)?,
    })
}

/// The clause to escape by: the first to fail in each group that holds, of the
/// group that holds longest.
fn held(groups: &[&[ClauseRow]], reading: &Reading) -> Option<Nearest> {
    groups
        .iter()
        .filter(|group| holds_all(group, reading) == Some(true))
        .filter_map(|group| {
            group
                .iter()
                .filter_map(|clause| nearest(clause, reading))
                .reduce(less_far)
        })
        .reduce(farther_along)
}

/// The failing clause of the group that is nearest to holding.
fn missed(groups: &[&[ClauseRow]], reading: &Reading) -> Option<Nearest> {
    groups
        .iter()
        .filter_map(|group| {
            group
                .iter()
                .filter(|clause| reading.holds(clause) == Some(false))
                .map(|clause| nearest(clause, reading))
                // A group that fails on something unmeasurable (a chip that is
                // not for data centres) is not "nearly" met.
                .reduce(|a, b| match (a, b) {
                    (Some(a), Some(b)) => Some(less_far(a, b)),
                    _ => None,
                })
                .flatten()
        })
        .reduce(farther_along)
}
