//! What draws around A have shown, beside what figures show of its central answer.

use crate::reading::value;
use crate::shown::Shown;
use crate::{Along, Cell, Table, cell};
use charts::{Series, Whisker};
use doubt::{Answer, Range, SoFar};
use words::Lang;
use words::doubt::{lies, number};

/// A band thinner than one in so many parts of its axis hides under its line.
const THIN: i32 = 80;

/// Draws around A. None are shown of B: two ranges on one number say less than one.
#[derive(Clone, Copy, Debug, Default)]
pub struct Drawn<'a> {
    /// Where its answers lie; `None` while that is to come: room is kept for it, so
    /// that nothing moves when it is there.
    pub shown: Option<&'a SoFar>,
    /// Where the chart's own numbers lie, if it has some.
    pub along: Option<&'a Along>,
    /// In how many of few draws each crossing of the map works; `None` likewise.
    pub shares: Option<&'a [doubt::Cell]>,
}

/// A number of a figure, and where its draws lie.
#[derive(Clone, Copy)]
pub(crate) struct Lies<'a> {
    /// What it is.
    pub(crate) name: &'a str,
    /// Where it lies.
    pub(crate) range: Range,
    /// A number of it, or none, as a cell.
    pub(crate) cell: &'a dyn Fn(Option<f64>) -> Cell,
}

impl Shown<'_> {
    /// Where the draws of that answer lie, if there are any.
    pub(crate) fn range(&self, answer: Answer) -> Option<Range> {
        let ranges = &self.drawn?.shown?.ranges;
        let found = ranges.iter().find(|(of, _)| *of == answer);
        found.map(|(_, range)| *range)
    }

    /// The whisker of A's answer, on an axis of its numbers, said under that title;
    /// room for it where draws are still to come.
    pub(crate) fn whisker(&self, title: &str, name: &str, answer: Answer) -> Option<Whisker> {
        let lang = self.lang;
        let Some(range) = self.range(answer) else {
            return self.room();
        };
        let cell = |value| cell::answer(lang, answer, value);
        let lies = Lies {
            name,
            range,
            cell: &cell,
        };
        let text = self.lies(answer).unwrap_or_default();
        Some(lies.whisker(lang, title, text))
    }

    /// The table with columns of where draws lie, in the rows that have some.
    pub(crate) fn with_ranges(
        &self,
        mut table: Table,
        name: &str,
        of: &dyn Fn(usize) -> Option<[Cell; 3]>,
    ) -> Table {
        let none = || std::array::from_fn(|_| self.lang.text("figure.none").into());
        table.head.extend(names(self.lang, name));
        for (i, row) in table.rows.iter_mut().enumerate() {
            row.extend(of(i).unwrap_or_else(none));
        }
        table
    }

    /// The same for an answer of A, in those rows.
    pub(crate) fn with_answer(
        &self,
        table: Table,
        name: &str,
        answer: Answer,
        is_own: &dyn Fn(usize) -> bool,
    ) -> Table {
        let Some(range) = self.range(answer) else {
            return table;
        };
        self.with_ranges(table, name, &|row| {
            is_own(row).then_some(())?;
            Some(
                range
                    .ends()
                    .map(|value| cell::answer(self.lang, answer, value)),
            )
        })
    }

    /// Where the chart's own numbers lie, once that is there.
    pub(crate) fn along(&self) -> Option<&Along> {
        self.drawn?.along
    }

    /// The whisker of such a number, of that place; room for it where it is to come.
    pub(crate) fn whisker_along(
        &self,
        title: &str,
        name: &str,
        place: usize,
        cell: &dyn Fn(Option<f64>) -> Cell,
    ) -> Option<Whisker> {
        let lang = self.lang;
        let Some(along) = self.along() else {
            return self.drawn.map(|_| coming(lang));
        };
        let range = along.range(place)?;
        if range.p5 == range.p95 {
            // Nothing that is in doubt moves it.
            return Some(Whisker {
                text: lang.text("figure.drawn.same").to_owned(),
                ..Whisker::default()
            });
        }
        let say = |value: f64| cell(Some(value)).text;
        let text = lies(lang, &range, &say).join(" ");
        Some(Lies { name, range, cell }.whisker(lang, title, text))
    }

    /// The name of an axis on which draws are shaded.
    pub(crate) fn shaded(&self, name: &str) -> String {
        self.shaded_as("figure.drawn.shaded", name)
    }

    /// The same of an axis of tenfolds with these lines on it: draws that lie within
    /// a line's own thickness shade nothing.
    pub(crate) fn shaded_tenfold(&self, name: &str, lines: &[Series]) -> String {
        let points = lines.iter().flat_map(|line| &line.points).map(|(_, y)| *y);
        let (low, high) = points.fold((f64::INFINITY, 0.0), |(low, high), y| {
            (f64::min(low, y), f64::max(high, y))
        });
        let bands = lines.iter().flat_map(|line| &line.band);
        let widest = bands.map(|(_, low, high)| high / low).reduce(f64::max);
        let is_thin = widest.is_some_and(|widest| widest.powi(THIN) < high / low);
        let key = if is_thin { "thin" } else { "shaded" };
        self.shaded_as(&["figure.drawn.", key].concat(), name)
    }

    /// The same, said by that text.
    pub(crate) fn shaded_as(&self, key: &str, name: &str) -> String {
        match self.drawn {
            Some(_) => self.lang.fill(key, &[("name", name)]),
            None => name.to_owned(),
        }
    }

    /// The line with a band of the chart's own numbers, those of each place at its x,
    /// and their median in it.
    pub(crate) fn in_band(
        &self,
        line: Series,
        places: impl Iterator<Item = (f64, usize)>,
    ) -> Series {
        let along = self.along();
        let found = |(x, place): (f64, usize)| {
            let [low, median, high] = along?.range(place)?.ends();
            Some((x, low?, median?, high?))
        };
        let found: Vec<_> = places.filter_map(found).collect();
        Series {
            band: found
                .iter()
                .map(|(x, low, _, high)| (*x, *low, *high))
                .collect(),
            middle: found
                .iter()
                .map(|(x, _, median, _)| (*x, *median))
                .collect(),
            ..line
        }
    }

    /// Room for a whisker that is still to come.
    pub(crate) fn room(&self) -> Option<Whisker> {
        let coming = self.drawn?.shown.is_none();
        coming.then(|| crate::drawn::coming(self.lang))
    }

    /// "32–58 ms in nine draws of ten", or that draws are still to come.
    pub(crate) fn lies(&self, answer: Answer) -> Option<String> {
        let lang = self.lang;
        match self.range(answer) {
            Some(range) => Some(lies(lang, &range, &|value| number(lang, answer, value)).join(" ")),
            None => self.room().map(|room| room.text),
        }
    }
}

impl Lies<'_> {
    /// Its whisker, said under that title.
    pub(crate) fn whisker(&self, lang: Lang, title: &str, text: String) -> Whisker {
        let Range { p5, p50, p95, .. } = self.range;
        let rows = names(lang, self.name).into_iter().zip(self.cells());
        Whisker {
            ends: p5.map(|low| [low, p95.unwrap_or(f64::INFINITY)]),
            middle: p50,
            text,
            said: rows.fold(title.to_owned(), |said, (name, cell)| {
                said + "\n" + &value(lang, &name, &cell)
            }),
        }
    }

    /// Its low, its median and its high as cells.
    pub(crate) fn cells(&self) -> [Cell; 3] {
        self.range.ends().map(self.cell)
    }
}

/// Rows for a table whose columns are things of which A's is the first of so many.
pub(crate) fn rows(lang: Lang, name: &str, cells: [Cell; 3], things: usize) -> Vec<Vec<Cell>> {
    let row = |(name, cell): (String, Cell)| {
        let mut row = vec![name.into(), cell];
        row.resize_with(things + 1, || lang.text("figure.none").into());
        row
    };
    names(lang, name).into_iter().zip(cells).map(row).collect()
}

/// Room for what is to come.
fn coming(lang: Lang) -> Whisker {
    Whisker {
        text: lang.text("figure.drawn.coming").to_owned(),
        ..Whisker::default()
    }
}

/// Names of the low, the median and the high of a number, in tables and marks.
pub(crate) fn names(lang: Lang, of: &str) -> [String; 3] {
    ["low", "median", "high"].map(|key| {
        let key = ["figure.drawn.", key].concat();
        lang.fill(&key, &[("name", of)])
    })
}
