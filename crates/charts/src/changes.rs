//! What makes the next drawing of one that is there: a lever moves bars and rewrites
//! labels, and a browser that keeps the elements lays out and paints only what
//! differs, in a fraction of the time that a drawing from nothing takes.

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

/// Changes that make `new` of `old`, both as charts write them; `None` where one of
/// them is no drawing.
pub fn changes<'a>(old: &'a str, new: &'a str) -> Option<Vec<Change<'a>>> {
    let (was, is) = (Parts::of(old)?, Parts::of(new)?);
    let mut changes = Vec::new();
    was.head.becomes(&is.head, 0, &mut changes);
    let (mut i, mut j) = (0, 0);
    while i < was.parts.len() || j < is.parts.len() {
        let (gone, come) = apart(&was.parts[i..], &is.parts[j..]);
        changes.extend(
            was.parts[i..i + gone]
                .iter()
                .map(|part| Change::Remove(part.at)),
        );
        i += gone;
        let next = was.parts.get(i);
        if let [first, .., last] | [first @ last] = &is.parts[j..j + come] {
            let markup = &new[first.begins..last.begins + last.text.len()];
            changes.push(Change::Insert(next.map(|part| part.at), markup));
        }
        j += come;
        if let (Some(old), Some(new)) = (next, is.parts.get(j)) {
            old.becomes(new, &mut changes);
            (i, j) = (i + 1, j + 1);
        }
    }
    Some(changes)
}

/// How many parts of either go before the next two of one shape: as few as will do.
fn apart(old: &[Part], new: &[Part]) -> (usize, usize) {
    let alike = |i: usize, j: usize| {
        let both = old.get(i).zip(new.get(j));
        both.is_some_and(|(old, new)| old.is_like(new))
    };
    let sums = 0..old.len() + new.len();
    let mut ways = sums.flat_map(|sum| (0..=sum).map(move |gone| (gone, sum - gone)));
    ways.find(|(gone, come)| alike(*gone, *come))
        .unwrap_or((old.len(), new.len()))
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
}

impl<'a> Parts<'a> {
    fn of(svg: &'a str) -> Option<Self> {
        let inside = svg.strip_prefix('<')?.strip_suffix("</svg>")?;
        let head_ends = inside.find('<').unwrap_or(inside.len());
        let mut parts = Vec::new();
        let (mut elements, mut depth) = (1, 0);
        let (mut begins, mut first) = (0, 0);
        // Beginnings of tags, counted in the whole text.
        let mut at = 1 + head_ends;
        for piece in inside[head_ends..].split('<').skip(1) {
            let shuts = piece.starts_with('/');
            if depth == 0 {
                (begins, first) = (at, elements);
            }
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
                });
            }
        }
        let head = Tag::of(&inside[..head_ends])?;
        Some(Self { head, parts })
    }
}

impl<'a> Part<'a> {
    /// Tags and ends of tags in it.
    fn pieces(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        self.text.split('<').skip(1)
    }

    /// Both hold elements of the same names, and texts in the same places.
    fn is_like(&self, other: &Self) -> bool {
        let alike = |(old, new): (&str, &str)| old == new || Tag::are_alike(old, new);
        self.text == other.text
            || self.pieces().count() == other.pieces().count()
                && self.pieces().zip(other.pieces()).all(alike)
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

/// The beginning of an element, to the next tag.
struct Tag<'a> {
    name: &'a str,
    /// As written, each after a space.
    attributes: &'a str,
    text: &'a str,
}

impl<'a> Tag<'a> {
    /// The tag, if the piece is the beginning of an element.
    fn of(piece: &'a str) -> Option<Self> {
        let (tag, text) = piece.split_once('>')?;
        let ends = tag.find([' ', '/']).unwrap_or(tag.len());
        let (name, attributes) = tag.split_at(ends);
        (!name.is_empty()).then_some(Self {
            name,
            attributes,
            text,
        })
    }

    /// Both pieces begin an element of one name, with text or without.
    fn are_alike(old: &str, new: &str) -> bool {
        let both = Tag::of(old).zip(Tag::of(new));
        both.is_some_and(|(old, new)| {
            let shut = |tag: &Tag| tag.attributes.ends_with('/');
            old.name == new.name
                && shut(&old) == shut(&new)
                && old.text.is_empty() == new.text.is_empty()
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

/// What a sheet escaped, as it was.
fn plain(escaped: &str) -> Cow<'_, str> {
    if !escaped.contains('&') {
        return Cow::Borrowed(escaped);
    }
    let signs = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ];
    let plain = signs.iter().fold(escaped.to_owned(), |text, (code, sign)| {
        text.replace(code, sign)
    });
    Cow::Owned(plain)
}
