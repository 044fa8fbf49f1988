//! What makes the next drawing of one that is there: a lever moves bars and rewrites
//! labels, and a browser that keeps the elements lays out and paints only what
//! differs, in a fraction of the time that a drawing from nothing takes.

use crate::sheet::plain;
use std::borrow::Cow;

/// A change to a drawing. Elements are those of the drawing as it was, counted in the
/// order of its text, the `<svg>` first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change<'a> {
    /// An attribute of the element takes a value.
    Set(usize, &'a str, Cow<'a, str>),
    /// The element loses an attribute.
    Drop(usize, &'a str),
    /// The text at the element's beginning is another; neither is empty.
    Say(usize, Cow<'a, str>),
    /// The element goes, with all in it.
    Remove(usize),
    /// Markup comes before that element, or last in the drawing.
    Insert(Option<usize>, &'a str),
}

/// Changes that make `new` of `old`, both as charts write them: text stands first in
/// its element, and no sign of markup in an attribute or a text. `None` where one of
/// them is no drawing.
pub fn changes<'a>(old: &'a str, new: &'a str) -> Option<Vec<Change<'a>>> {
    let (was, is) = (Parts::of(old)?, Parts::of(new)?);
    let mut changes = Vec::new();
    was.head.becomes(&is.head, 0, &mut changes);
    let (mut i, mut j) = (0, 0);
    let ends = (was.parts.len(), is.parts.len());
    for (kept, into) in kept(&was.parts, &is.parts).into_iter().chain([ends]) {
        let gone = was.parts[i..kept].iter();
        changes.extend(gone.map(|part| Change::Remove(part.at)));
        let next = was.parts.get(kept);
        if let [first, .., last] | [first @ last] = &is.parts[j..into] {
            let markup = &new[first.begins..last.begins + last.text.len()];
            changes.push(Change::Insert(next.map(|part| part.at), markup));
        }
        if let (Some(old), Some(new)) = (next, is.parts.get(into)) {
            old.becomes(new, &mut changes);
        }
        (i, j) = (kept + 1, into + 1);
    }
    Some(changes)
}

/// How many elements a drawing has.
pub fn elements(svg: &str) -> usize {
    let pieces = svg.split('<').skip(1);
    pieces.filter(|piece| !piece.starts_with('/')).count()
}

/// As many parts as can be kept, each with the place that it takes.
fn kept(old: &[Part], new: &[Part]) -> Vec<(usize, usize)> {
    let alike = |(old, new): &(&Part, &Part)| old.shape == new.shape;
    let first = old.iter().zip(new).take_while(alike).count();
    let (old_rest, new_rest) = (&old[first..], &new[first..]);
    let both = old_rest.iter().rev().zip(new_rest.iter().rev());
    let last = both.take_while(alike).count();
    let old_middle = &old_rest[..old_rest.len() - last];
    let new_middle = &new_rest[..new_rest.len() - last];
    let middle = longest(old_middle, new_middle);
    let pairs = (0..first).map(|i| (i, i));
    let pairs = pairs.chain(middle.into_iter().map(|(i, j)| (first + i, first + j)));
    let end = |i: usize| (old.len() - last + i, new.len() - last + i);
    pairs.chain((0..last).map(end)).collect()
}

/// The longest list of parts that both have in one order, as places in each.
fn longest(old: &[Part], new: &[Part]) -> Vec<(usize, usize)> {
    let mut shapes = Vec::new();
    let mut number = |part: &Part| {
        let known = shapes.iter().position(|shape| *shape == part.shape);
        known.unwrap_or_else(|| {
            shapes.push(part.shape.clone());
            shapes.len() - 1
        })
    };
    let old: Vec<usize> = old.iter().map(&mut number).collect();
    let new: Vec<usize> = new.iter().map(&mut number).collect();
    // Row by row, how many the parts from there on have in common.
    let width = new.len() + 1;
    let mut common = vec![0u16; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            let at = i * width + j;
            common[at] = match old[i] == new[j] {
                true => common[at + width + 1] + 1,
                false => common[at + width].max(common[at + 1]),
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::new();
    while i < old.len() && j < new.len() {
        let at = i * width + j;
        if old[i] == new[j] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if common[at + width] >= common[at + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// A drawing taken apart.
struct Parts<'a> {
    head: Tag<'a>,
    /// What stands directly in it.
    parts: Vec<Part<'a>>,
}

/// An element and all in it.
struct Part<'a> {
    /// Which element of the drawing it is.
    at: usize,
    /// Where in the drawing's text it begins.
    begins: usize,
    text: &'a str,
    /// Names of its elements, and where they hold text: parts of one shape become one
    /// another by attributes and texts alone.
    shape: String,
}

impl<'a> Parts<'a> {
    fn of(svg: &'a str) -> Option<Self> {
        let inside = svg.strip_prefix('<')?.strip_suffix("</svg>")?;
        let head_ends = inside.find('<').unwrap_or(inside.len());
        let mut parts = Vec::new();
        let (mut elements, mut depth) = (1, 0);
        let (mut begins, mut first, mut shape) = (0, 0, String::new());
        // Beginnings of tags, counted in the whole text.
        let mut at = 1 + head_ends;
        for piece in inside[head_ends..].split('<').skip(1) {
            let shuts = piece.starts_with('/');
            if depth == 0 {
                (begins, first) = (at, elements);
                shape.clear();
            }
            push_shape(&mut shape, piece)?;
            elements += usize::from(!shuts);
            match (shuts, piece.contains("/>")) {
                (true, _) => depth -= 1,
                (_, true) => {}
                _ => depth += 1,
            }
            at += 1 + piece.len();
            if depth == 0 {
                parts.push(Part {
                    at: first,
                    begins,
                    text: &svg[begins..at],
                    shape: shape.clone(),
                });
            }
        }
        let head = Tag::of(&inside[..head_ends])?;
        (depth == 0).then_some(Self { head, parts })
    }
}

impl<'a> Part<'a> {
    /// Tags and ends of tags in it.
    fn pieces(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.text.split('<').skip(1)
    }

    /// Adds what makes `new` of it, which is like it.
    fn becomes(&self, new: &Self, changes: &mut Vec<Change<'a>>) {
        if self.text == new.text {
            return;
        }
        let mut at = self.at;
        for (old, new) in self.pieces().zip(new.pieces()) {
            if old != new
                && let Some((old, new)) = Tag::of(old).zip(Tag::of(new))
            {
                old.becomes(&new, at, changes);
            }
            at += usize::from(!old.starts_with('/'));
        }
    }
}

/// Adds what of a piece its part's shape hangs on; `None` where it is no tag, or an
/// end with text behind it, which would be nobody's.
fn push_shape(shape: &mut String, piece: &str) -> Option<()> {
    let tag = Tag::of(piece).filter(|tag| !tag.name.starts_with('/') || tag.text.is_empty())?;
    let ends = match (tag.attributes.ends_with('/'), tag.text.is_empty()) {
        (true, _) => '/',
        (false, true) => '>',
        (false, false) => '"',
    };
    shape.push_str(tag.name);
    shape.push(ends);
    Some(())
}

/// The beginning of an element, to the next tag; of an end, its sign is in the name.
struct Tag<'a> {
    name: &'a str,
    /// As written, each after a space.
    attributes: &'a str,
    text: &'a str,
}

impl<'a> Tag<'a> {
    /// The tag, if the piece is one.
    fn of(piece: &'a str) -> Option<Self> {
        let (tag, text) = piece.split_once('>')?;
        let ends = 1 + tag.get(1..)?.find([' ', '/']).unwrap_or(tag.len() - 1);
        let (name, attributes) = tag.split_at(ends);
        Some(Self {
            name,
            attributes,
            text,
        })
    }

    /// Names and values, values as written.
    fn pairs(&self) -> impl Iterator<Item = (&'a str, &'a str)> + use<'a> {
        let mut left = self.attributes;
        std::iter::from_fn(move || {
            let (name, rest) = left.split_once("=\"")?;
            let (value, rest) = rest.split_once('"')?;
            left = rest;
            Some((name.trim_start(), value))
        })
    }

    /// Adds what makes `new` of this tag, which is like it.
    fn becomes(&self, new: &Self, at: usize, changes: &mut Vec<Change<'a>>) {
        let find = |tag: &Self, name| tag.pairs().find(|pair| pair.0 == name).map(|pair| pair.1);
        for (name, value) in new.pairs() {
            if find(self, name) != Some(value) {
                changes.push(Change::Set(at, name, plain(value)));
            }
        }
        for (name, _) in self.pairs() {
            if find(new, name).is_none() {
                changes.push(Change::Drop(at, name));
            }
        }
        if self.text != new.text {
            changes.push(Change::Say(at, plain(new.text)));
        }
    }
}
