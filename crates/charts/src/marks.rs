//! What can be read off a drawing: places that have words, which of them is
//! meant, and where the words stand. All by arithmetic, over a list.

use crate::canvas::Canvas;
use crate::clip::Bounds;
use crate::metrics;
use crate::sheet::PX;

/// A chart, and what can be read off it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// The chart.
    pub svg: String,
    /// Its width and height, in tenths of a pixel.
    pub size: (i32, i32),
    /// What can be read off it, in the order in which a reader goes through it.
    pub marks: Vec<Mark>,
    /// Index of the mark of the reader's own point, where the chart knows it.
    pub own: Option<usize>,
}

/// A place on a drawing that has words: a surface, or a point or a line where
/// width or height is nothing. Lengths are in tenths of a pixel.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mark {
    /// Its left edge.
    pub left: i32,
    /// Its upper edge.
    pub top: i32,
    /// Its width.
    pub width: i32,
    /// Its height.
    pub height: i32,
    /// The words, in lines.
    pub text: String,
}

/// How far a pointer may be from a point or a line that it means.
const REACH: i32 = 45 * PX;
/// And from a surface.
const EDGE: i32 = 2 * PX;

impl Mark {
    /// True for a mere point, which stands in no row.
    pub fn is_point(&self) -> bool {
        self.width == 0 && self.height == 0
    }

    /// True where a point lies on it.
    pub fn holds(&self, (x, y): (i32, i32)) -> bool {
        self.away((x, y)) == 0
    }

    /// Its middle.
    pub fn centre(&self) -> (i32, i32) {
        (self.left + self.width / 2, self.top + self.height / 2)
    }

    /// Square of the distance to a point, nothing within.
    fn away(&self, (x, y): (i32, i32)) -> i64 {
        let out =
            |at: i32, from: i32, long: i32| i64::from((from - at).max(at - from - long).max(0));
        let (dx, dy) = (out(x, self.left, self.width), out(y, self.top, self.height));
        dx * dx + dy * dy
    }

    /// Its edges.
    fn bounds(&self) -> Bounds {
        Bounds {
            left: self.left,
            top: self.top,
            right: self.left + self.width,
            bottom: self.top + self.height,
        }
    }

    fn reach(&self) -> i64 {
        let solid = self.width > 0 && self.height > 0;
        let reach = i64::from(if solid { EDGE } else { REACH });
        reach * reach
    }
}

/// Index of the mark that a pointer means, in tenths of a pixel from the upper
/// left corner: the nearest, if it is near enough.
pub fn nearest(marks: &[Mark], at: (i32, i32)) -> Option<usize> {
    let near = |mark: &&Mark| mark.away(at) <= mark.reach();
    let least = marks.iter().filter(near).map(|mark| mark.away(at)).min()?;
    marks
        .iter()
        .position(|mark| mark.away(at) == least && near(&mark))
}

/// The mark of the next row under a mark (`down`) or over it, in its column.
pub fn level(marks: &[Mark], from: usize, down: bool) -> Option<usize> {
    let own = marks.get(from)?;
    let (x, _) = own.centre();
    let gap = |mark: &Mark| match down {
        true => mark.top - own.top - own.height,
        false => own.top - mark.top - mark.height,
    };
    let next = marks.iter().map(gap).filter(|gap| *gap >= 0).min()?;
    let aside = |mark: &Mark| (mark.left - x).max(x - mark.left - mark.width).max(0);
    (0..marks.len())
        .filter(|i| (next..next + 2 * PX).contains(&gap(&marks[*i])))
        .min_by_key(|i| aside(&marks[*i]))
}

/// Where words stand beside a mark, in tenths of a pixel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// Their left edge, or their right edge where they stand left of the mark.
    pub x: i32,
    /// Their upper edge, or their lower edge where they stand over the mark.
    pub y: i32,
    /// They end at `x`.
    pub before: bool,
    /// They end at `y`.
    pub above: bool,
    /// Greatest width, padding included.
    pub width: i32,
}

impl Spot {
    /// The box of a mark's words.
    fn bounds(&self, mark: &Mark) -> Bounds {
        let (wide, tall) = size_of(&mark.text, self.width);
        let left = if self.before { self.x - wide } else { self.x };
        let top = if self.above { self.y - tall } else { self.y };
        Bounds {
            left,
            top,
            right: left + wide,
            bottom: top + tall,
        }
    }
}

/// Size of the words, and their leading.
const SIZE: i32 = 13 * PX;
const LEADING: i32 = 19 * PX;
/// Around the words, and from them to the mark.
const PAD: i32 = 10 * PX;
const GAP: i32 = 9 * PX;
/// Widest that words are set, and narrowest.
const WIDEST: i32 = 270 * PX;
const NARROWEST: i32 = 130 * PX;

/// A box of words: its width and height.
fn size_of(text: &str, most: i32) -> (i32, i32) {
    let limit = most - 2 * PAD;
    let (mut widest, mut lines) = (0, 0);
    let named = text.contains('\n');
    for (i, line) in text.split('\n').enumerate() {
        // The first of several is bold.
        let bold = named && i == 0;
        for words in metrics::wrap(line, SIZE, bold, limit) {
            widest = widest.max(metrics::width(&words, SIZE, bold));
            lines += 1;
        }
    }
    ((widest + 2 * PAD).min(most), lines * LEADING + 2 * PAD)
}

/// How a reader came to a mark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Came {
    /// The way from the mark before, right and down.
    pub motion: (i32, i32),
    /// Where the pointer is.
    pub pointer: Option<(i32, i32)>,
}

/// Where the words of a mark stand on a drawing: beside it or over or under it,
/// clear of it and within the drawing where there is room; rather where they hide
/// few other marks, and neither on the pointer nor where it is going.
pub fn spot(drawing: &Drawing, mark: &Mark, came: Came) -> Spot {
    let cost = |(side, spot): &((i32, i32), Spot)| {
        let words = spot.bounds(mark);
        let hidden = drawing
            .marks
            .iter()
            .filter(|mark| mark.bounds().meets(&words));
        let on_pointer = came
            .pointer
            .is_some_and(|at| words.meets(&Bounds::around(at, PX)));
        let motion = (came.motion.0.signum(), came.motion.1.signum());
        let ahead = side.0 * motion.0 + side.1 * motion.1;
        hidden.count() as i32 + 3 * ahead + 4 * i32::from(on_pointer)
    };
    [(0, -1), (1, 0), (-1, 0), (0, 1)]
        .into_iter()
        .filter_map(|side| Some((side, beside(mark, drawing.size, side)?)))
        .min_by_key(cost)
        .map_or_else(|| centred(mark, drawing.size.0), |(_, spot)| spot)
}

/// The place on one side of a mark, if there is room for its words.
fn beside(mark: &Mark, (width, height): (i32, i32), (dx, dy): (i32, i32)) -> Option<Spot> {
    let (before, above) = (dx < 0, dy < 0);
    let (right, bottom) = (mark.left + mark.width, mark.top + mark.height);
    if dx == 0 {
        let words = centred(mark, width);
        let (_, tall) = size_of(&mark.text, words.width);
        let room = if above { mark.top } else { height - bottom };
        let y = if above { mark.top - GAP } else { bottom + GAP };
        return (tall <= room - GAP).then_some(Spot { y, above, ..words });
    }
    let room = if before { mark.left } else { width - right };
    let most = (room - GAP).min(WIDEST);
    let (_, tall) = size_of(&mark.text, most);
    let y = (mark.centre().1 - tall / 2).clamp(0, (height - tall).max(0));
    let x = if before { mark.left - GAP } else { right + GAP };
    (most >= NARROWEST && tall <= height).then_some(Spot {
        x,
        y,
        before,
        above: false,
        width: most,
    })
}

/// Under a mark, and below the drawing's edge where that is near.
fn centred(mark: &Mark, width: i32) -> Spot {
    let most = width.min(WIDEST);
    let (wide, _) = size_of(&mark.text, most);
    let x = (mark.centre().0 - wide / 2).clamp(0, width - wide);
    Spot {
        x,
        y: mark.top + mark.height + GAP,
        width: most.min(width - x),
        ..Spot::default()
    }
}

impl Canvas {
    /// Keeps words of a place; none are no mark, and two things at one place are
    /// read as one.
    pub(crate) fn mark(&self, place: Bounds, text: &str) {
        if text.is_empty() {
            return;
        }
        let left = place.left.clamp(0, self.width);
        let top = place.top.clamp(0, self.height);
        let mark = Mark {
            left,
            top,
            width: place.right.clamp(left, self.width) - left,
            height: place.bottom.clamp(top, self.height) - top,
            text: text.to_owned(),
        };
        let mut marks = self.marks.borrow_mut();
        match marks
            .last_mut()
            .filter(|last| last.bounds() == mark.bounds())
        {
            Some(last) => {
                last.text.push('\n');
                last.text.push_str(text);
            }
            None => marks.push(mark),
        }
    }

    /// The same of the reader's own point; the first of several counts.
    pub(crate) fn own_mark(&self, place: Bounds, text: &str) {
        self.mark(place, text);
        let last = self.marks.borrow().len().checked_sub(1);
        let last = last.filter(|_| !text.is_empty());
        self.own.set(self.own.get().or(last));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SIZE: (i32, i32) = (3430, 2600);

    fn mark(left: i32, top: i32, width: i32, height: i32) -> Mark {
        Mark {
            left,
            top,
            width,
            height,
            text: "SMIC N+2\nRendement : 71 %\nCoût d’un boîtier : 812 $".to_owned(),
        }
    }

    fn spot_of(mark: &Mark, motion: (i32, i32)) -> Spot {
        let drawing = Drawing {
            size: SIZE,
            marks: vec![mark.clone()],
            ..Drawing::default()
        };
        let pointer = None;
        spot(&drawing, mark, Came { motion, pointer })
    }

    proptest! {
        #[test]
        fn words_keep_clear_of_their_mark_and_in_the_drawing(
            (left, top) in (0..SIZE.0, 0..SIZE.1),
            (width, height) in (0..SIZE.0, 0..SIZE.1),
            motion in (-1..2, -1..2),
        ) {
            let mark = mark(left, top, width.min(SIZE.0 - left), height.min(SIZE.1 - top));
            let words = spot_of(&mark, motion).bounds(&mark);
            let own = mark.bounds();
            prop_assert!(!words.meets(&own));
            prop_assert!(words.left >= 0 && words.right <= SIZE.0);
            prop_assert!(words.top >= 0);
            // A mark that leaves room has its words within the drawing.
            if mark.height < SIZE.1 / 3 || mark.width < SIZE.0 / 8 {
                prop_assert!(words.bottom <= SIZE.1);
            }
        }

        #[test]
        fn the_nearest_is_meant(
            places in prop::collection::vec((0..3000, 0..2000, 0..400, 0..400), 1..20),
            at in (0..3000, 0..2000),
        ) {
            let marks: Vec<Mark> = places.iter().map(|p| mark(p.0, p.1, p.2, p.3)).collect();
            match nearest(&marks, at) {
                Some(i) => {
                    let nearer = |mark: &Mark| mark.away(at) < marks[i].away(at) && mark.away(at) <= mark.reach();
                    prop_assert!(!marks.iter().any(nearer));
                }
                None => prop_assert!(marks.iter().all(|mark| !mark.holds(at))),
            }
        }
    }

    #[test]
    fn words_stand_behind_the_pointer() {
        let mark = mark(1700, 1300, 0, 0);
        assert!(spot_of(&mark, (1, 0)).before);
        assert!(!spot_of(&mark, (-1, 0)).before);
        assert!(!spot_of(&mark, (0, -1)).above);
        assert!(spot_of(&mark, (0, 1)).above);
    }

    #[test]
    fn words_hide_few_others() {
        let own = mark(1700, 1300, 0, 0);
        let above = mark(1500, 900, 400, 100);
        let drawing = Drawing {
            size: SIZE,
            marks: vec![own.clone(), above.clone()],
            ..Drawing::default()
        };
        let words = spot(&drawing, &own, Came::default()).bounds(&own);
        assert!(!words.meets(&above.bounds()));
        assert!(spot_of(&own, (0, 0)).bounds(&own).meets(&above.bounds()));
    }

    #[test]
    fn up_and_down_keep_the_column() {
        let cell = |i: i32| mark(i % 4 * 100, i / 4 * 100, 100, 100);
        let marks: Vec<Mark> = (0..12).map(cell).collect();
        assert_eq!(level(&marks, 5, true), Some(9));
        assert_eq!(level(&marks, 5, false), Some(1));
        assert_eq!(level(&marks, 1, false), None);
        assert_eq!(level(&marks, 9, true), None);
    }
}
