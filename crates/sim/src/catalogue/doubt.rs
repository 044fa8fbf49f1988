//! Rows that say how doubt about figures is drawn.

/// A law of doubt between a row's low and its high.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DoubtKind {
    /// A triangle whose top is the central value.
    Triangular,
    /// The same over orders of magnitude.
    LogTriangular,
    /// Even over orders of magnitude: nobody has a favourite.
    LogUniform,
    /// A reader's aim or decision: none, unless the reader gives a range.
    Choice,
}

impl DoubtKind {
    /// Over orders of magnitude, which have no end towards zero.
    pub fn is_log(self) -> bool {
        matches!(self, Self::LogTriangular | Self::LogUniform)
    }
}

/// Figures that are drawn by one law, and whether together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DoubtRow {
    /// Its name.
    pub id: &'static str,
    /// How each of its figures is drawn.
    pub kind: DoubtKind,
    /// They are one doubt, which one measurement would settle: all are drawn at
    /// the same place between their ends.
    pub one: bool,
    /// The figures, `TABLE.FIELD`.
    pub figures: &'static [&'static str],
    /// Those that are drawn from the other end.
    pub against: &'static [&'static str],
    /// Source of the law and of what belongs together.
    pub source: &'static str,
}

impl DoubtRow {
    /// The row that speaks of a figure, and whether it is drawn from the other end.
    pub fn of(table: &str, field: &str) -> Option<(&'static Self, bool)> {
        let names = |known: &&str| {
            let rest = known.strip_prefix(table);
            rest.and_then(|rest| rest.strip_prefix('.')) == Some(field)
        };
        super::DOUBTS.iter().find_map(|row| {
            let against = row.against.iter().any(names);
            (against || row.figures.iter().any(names)).then_some((row, against))
        })
    }
}
