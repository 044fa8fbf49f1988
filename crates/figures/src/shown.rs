//! What a figure shows: the reader's scenario, and another beside it.

use crate::{Cell, Drawn, Table, frame};
use charts::{Dash, Frame, Marker, Rule, Series, other_style};
use sim::outcome::Outcome;
use sim::scenario::Scenario;
use sim::state::State;
use words::Lang;
use words::sentences::{Distance, apart};

/// A scenario with what follows from it.
#[derive(Clone, Copy)]
pub struct Case<'a> {
    /// What was chosen.
    pub state: &'a State,
    /// What that means.
    pub scenario: &'a Scenario,
    /// What follows.
    pub outcome: &'a Outcome,
}

/// What a figure is made of.
#[derive(Clone, Copy)]
pub struct Shown<'a> {
    /// The language.
    pub lang: Lang,
    /// Width in pixels.
    pub width: u32,
    /// The reader's scenario, A.
    pub own: Case<'a>,
    /// Scenario B, which it is held against.
    pub other: Option<Case<'a>>,
    /// Draws around A; without, a figure is drawn as if there were none.
    pub drawn: Option<Drawn<'a>>,
}

impl Shown<'_> {
    /// The frame of a chart.
    pub(crate) fn frame(&self, id: &'static str, title: &str, caption: &str) -> Frame {
        frame(self.lang, id, title, caption, self.width)
    }

    /// The name of what is A's: with its letter where there is a B.
    pub(crate) fn own_name(&self, words: &str) -> String {
        if self.other.is_none() {
            return words.to_owned();
        }
        let mut letters = words.chars();
        let first = letters.next().map(char::to_lowercase);
        let lower: String = first.into_iter().flatten().chain(letters).collect();
        of_a(self.lang, &lower)
    }

    /// The same for a name that keeps its capital.
    pub(crate) fn own_noun(&self, words: &str) -> String {
        match self.other {
            None => words.to_owned(),
            Some(_) => of_a(self.lang, words),
        }
    }

    /// The caption with how B differs; `versus` says it, or nothing where both draw
    /// the same.
    pub(crate) fn caption(
        &self,
        own: String,
        versus: impl FnOnce(Case) -> Option<String>,
    ) -> String {
        let Some(other) = self.other else {
            return own;
        };
        let made = |case: Case| case.outcome.package.is_manufacturable();
        let said = match versus(other) {
            None => self.lang.text("figure.versus.same").to_owned(),
            Some(_) if made(self.own) && !made(other) => {
                [self.lang.text("compare.not_made"), "."].concat()
            }
            Some(said) => said,
        };
        [&own, " ", &said].concat()
    }

    /// A line of A's, then B's in the `i`th style of what is held against another,
    /// with their letters; one line where they are the same.
    pub(crate) fn held_against(&self, own: Series, theirs: Series, i: usize) -> Vec<Series> {
        let lang = self.lang;
        if (&own.label, &own.points) == (&theirs.label, &theirs.points) {
            return vec![renamed(own, |words| of_both(lang, words))];
        }
        let (ink, dash, marker) = other_style(i);
        let marker = match own.style.2 {
            Marker::Nothing => Marker::Nothing,
            _ => marker,
        };
        let theirs = Series {
            band: Vec::new(),
            middle: Vec::new(),
            style: (ink, dash, marker),
            ..renamed(theirs, |words| of_b(lang, words))
        };
        let own = renamed(own, |words| of_a(lang, words));
        [own, theirs]
            .into_iter()
            .filter(|line| !line.points.is_empty())
            .collect()
    }

    /// The upright lines of A and B, one where they stand together.
    pub(crate) fn rules(&self, own: Option<f64>, other: Option<f64>, words: &str) -> Vec<Rule> {
        let lang = self.lang;
        let rule = |x: f64, dash: Dash, label: String| Rule { x, label, dash };
        match (own, other) {
            (Some(a), Some(b)) if a == b => {
                vec![rule(a, Dash::Solid, of_both(lang, words))]
            }
            (own, other) => own
                .map(|a| rule(a, Dash::Solid, self.own_name(words)))
                .into_iter()
                .chain(other.map(|b| rule(b, Dash::Short, b_alone(lang))))
                .collect(),
        }
    }
}

/// The line under other names.
fn renamed(line: Series, name: impl Fn(&str) -> String) -> Series {
    let short = match line.short.as_str() {
        "" => String::new(),
        short => name(short),
    };
    Series {
        label: name(&line.label),
        short,
        ..line
    }
}

/// "A, B: …".
pub(crate) fn of_both(lang: Lang, words: &str) -> String {
    lang.fill("figure.versus.both", &[("what", words)])
}

/// "A: …".
pub(crate) fn of_a(lang: Lang, words: &str) -> String {
    lang.fill("figure.versus.a", &[("what", words)])
}

/// "B: …".
pub(crate) fn of_b(lang: Lang, words: &str) -> String {
    lang.fill("figure.versus.b", &[("what", words)])
}

/// "B".
pub(crate) fn b_alone(lang: Lang) -> String {
    lang.text("figure.versus.other").to_owned()
}

/// How a quantity of B's differs from A's, in its unit; `key` is the text that says
/// what it is a quantity of.
pub(crate) fn quantity(
    lang: Lang,
    key: &str,
    numbers: [Option<f64>; 2],
    say: &dyn Fn(f64) -> String,
) -> String {
    let value = |number: f64| lang.fill(key, &[("value", &say(number))]);
    apart(lang, numbers, &value, Distance::Quantity(say))
}

/// The same for a share, in points.
pub(crate) fn share(lang: Lang, key: &str, numbers: [Option<f64>; 2]) -> String {
    let value = |number: f64| lang.fill(key, &[("value", &lang.percent(number))]);
    apart(lang, numbers, &value, Distance::Points)
}

/// The numbers behind a figure, of A or of both, and where the rows of each stand.
pub(crate) struct Joined {
    pub(crate) table: Table,
    pub(crate) rows: [Vec<usize>; 2],
}

/// A's rows, and those of B where there is one: one that holds for both once, the
/// others with their letter, B's under A's of the same name where there is one.
pub(crate) fn joined(lang: Lang, a: Table, b: Option<Table>) -> Joined {
    let Some(b) = b else {
        let own = (0..a.rows.len()).collect();
        return Joined {
            table: a,
            rows: [own, Vec::new()],
        };
    };
    let alone =
        |rows: &[Vec<Cell>], name: &str| rows.iter().filter(|row| row[0] == *name).count() == 1;
    let lettered = |of: fn(Lang, &str) -> String, row: &[Cell]| {
        let text = of(lang, &row[0]);
        let name = Cell {
            text,
            ..row[0].clone()
        };
        std::iter::once(name)
            .chain(row[1..].iter().cloned())
            .collect::<Vec<Cell>>()
    };
    let mut rows = Vec::new();
    let mut own = Vec::new();
    let mut theirs: Vec<Option<usize>> = vec![None; b.rows.len()];
    let left = |theirs: &[Option<usize>], fits: &dyn Fn(&Vec<Cell>) -> bool| {
        (0..b.rows.len()).find(|i| theirs[*i].is_none() && fits(&b.rows[*i]))
    };
    for row in &a.rows {
        own.push(rows.len());
        if let Some(same) = left(&theirs, &|other| other == row) {
            theirs[same] = Some(rows.len());
            rows.push(row.clone());
            continue;
        }
        rows.push(lettered(of_a, row));
        if alone(&a.rows, &row[0])
            && alone(&b.rows, &row[0])
            && let Some(named) = left(&theirs, &|other| other[0] == row[0])
        {
            theirs[named] = Some(rows.len());
            rows.push(lettered(of_b, &b.rows[named]));
        }
    }
    let theirs = theirs.into_iter().zip(&b.rows).map(|(at, row)| {
        at.unwrap_or_else(|| {
            rows.push(lettered(of_b, row));
            rows.len() - 1
        })
    });
    let theirs = theirs.collect();
    Joined {
        table: Table { head: a.head, rows },
        rows: [own, theirs],
    }
}
