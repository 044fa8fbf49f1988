//! From one drawing to the next by changing its elements: what a browser then has is
//! the next drawing, whatever lever was moved.

use charts::{Change, changes, elements};
use doubt::Study;
use figures::{Figure, all, all_drawn};
use roxmltree::{Document, Node};
use std::collections::{BTreeMap, BTreeSet};
use words::Lang;

fn drawn(query: &str, width: u32) -> Vec<Figure> {
    let link = sim::link::read(query);
    assert_eq!(link.notices, [], "{query}");
    all(Lang::Fr, &link.state, None, width)
}

/// Stops of levers, as a hand goes through them.
const WALKS: [(&str, &str); 5] = [
    ("dies", "1 2 3 4 5 6 7 8"),
    ("node", "smic-n3 smic-n2 smic-14 smic-28 tsmc-n7 tsmc-n5"),
    (
        "date",
        "2022-01-01 2022-11-01 2024-01-01 2025-02-01 2026-02-01",
    ),
    ("chips", "256 512 1024 1200 2048 4096 8192"),
    (
        "chip",
        "h20 ascend-910c a100-80 h100-sxm h200 b200 siyuan-590 metax-c500",
    ),
];

/// An element: its name, its attributes, the text before its first child, its children.
#[derive(Clone, Debug, PartialEq, Default)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
    children: Vec<usize>,
}

/// A drawing as a browser keeps it: elements in the order of its text.
fn parsed(svg: &str) -> Vec<Element> {
    fn add(node: Node, into: &mut Vec<Element>) -> usize {
        let at = into.len();
        let attributes = node.attributes();
        into.push(Element {
            name: node.tag_name().name().to_owned(),
            attributes: attributes
                .map(|attribute| (attribute.name().to_owned(), attribute.value().to_owned()))
                .collect(),
            text: node.text().unwrap_or_default().to_owned(),
            children: Vec::new(),
        });
        for child in node.children().filter(Node::is_element) {
            let child = add(child, into);
            into[at].children.push(child);
        }
        at
    }
    let mut all = Vec::new();
    let svg = Document::parse(svg).expect("charts write XML");
    add(svg.root_element(), &mut all);
    all
}

/// The same of markup that comes into a drawing, which it is as if alone in.
fn inside(markup: &str) -> Vec<Element> {
    parsed(&["<svg>", markup, "</svg>"].concat())
}

/// The same, written out, so that two can be held against each other.
fn written(all: &[Element], at: usize) -> String {
    let Element {
        name,
        attributes,
        text,
        children,
    } = &all[at];
    let children: String = children.iter().map(|child| written(all, *child)).collect();
    format!("\n<{name} {attributes:?}>{text:?}{children}</>")
}

/// What a browser has after the changes.
fn changed(old: &str, changes: &[Change]) -> String {
    let mut all = parsed(old);
    for change in changes {
        match change {
            Change::Set(at, name, value) => {
                let attributes = &mut all[*at].attributes;
                attributes.insert((*name).to_owned(), value.clone().into_owned());
            }
            Change::Drop(at, name) => {
                let gone = all[*at].attributes.remove(*name);
                assert!(gone.is_some(), "{name} was not there");
            }
            Change::Say(at, text) => {
                assert!(!all[*at].text.is_empty(), "no text to change");
                all[*at].text = text.clone().into_owned();
            }
            Change::Remove(at) => all[0].children.retain(|child| child != at),
            Change::Insert(before, markup) => {
                let inside = inside(markup);
                let from = all.len();
                let moved = |i: &usize| from + i;
                let place = match before {
                    Some(next) => all[0].children.iter().position(|child| child == next),
                    None => Some(all[0].children.len()),
                };
                let place = place.expect("the next element is in the drawing");
                let come: Vec<_> = inside[0].children.iter().map(moved).collect();
                all[0].children.splice(place..place, come);
                all.extend(inside.into_iter().map(|mut element| {
                    element.children = element.children.iter().map(moved).collect();
                    element
                }));
            }
        }
    }
    written(&all, 0)
}

/// The changes from one drawing to another, which make that one.
fn made<'a>(old: &'a str, new: &'a str, what: &str) -> Vec<Change<'a>> {
    let found = changes(old, new).expect("both are drawings");
    assert_eq!(changed(old, &found), written(&parsed(new), 0), "{what}");
    found
}

/// What a lever does to all figures along a walk, in elements.
#[derive(Default, Debug)]
struct Counted {
    all: usize,
    changed: usize,
    come_or_gone: usize,
}

impl Counted {
    fn add(&mut self, old: &str, changes: &[Change]) {
        let mut touched = BTreeSet::new();
        for change in changes {
            match change {
                Change::Set(at, ..) | Change::Drop(at, _) | Change::Say(at, _) => {
                    touched.insert(at);
                }
                Change::Remove(_) => self.come_or_gone += 1,
                Change::Insert(_, markup) => self.come_or_gone += inside(markup).len() - 1,
            }
        }
        self.all += parsed(old).len();
        self.changed += touched.len();
    }
}

/// Whatever lever is moved, the changes make the next drawing; and they are what a
/// browser gains by, since most elements stay as they are and nearly all in place.
#[test]
fn changes_make_the_next_drawing_and_are_few() {
    for (i, (key, stops)) in WALKS.iter().enumerate() {
        let at = |stop| drawn(&format!("{key}={stop}"), [343, 640][i % 2]);
        let all: Vec<_> = stops.split(' ').map(at).collect();
        let mut counted = Counted::default();
        for (old, new) in all.windows(2).flat_map(|pair| pair[0].iter().zip(&pair[1])) {
            let (old, new) = (&old.drawing.svg, &new.drawing.svg);
            counted.add(old, &made(old, new, key));
        }
        assert!(counted.changed * 2 < counted.all, "{key}: {counted:?}");
        assert!(counted.come_or_gone * 6 < counted.all, "{key}: {counted:?}");
    }
}

/// What draws and scenario B put into a drawing comes, and goes again.
#[test]
fn draws_and_a_second_scenario_come_and_go() {
    let link = sim::link::read("v=1&dies=3&draws=64");
    let other = sim::link::read("v=1&dies=6&node=smic-n3").state;
    let study = Study::new(&link.state, &link.view.doubt).run();
    let draw = |other, study| all_drawn(Lang::En, &link.state, other, 640, study);
    let shown = [
        draw(None, None),
        draw(None, Some(&study)),
        draw(Some(&other), Some(&study)),
        draw(Some(&other), None),
        draw(None, None),
    ];
    for (old, new) in shown
        .windows(2)
        .flat_map(|pair| pair[0].iter().zip(&pair[1]))
    {
        let (id, old, new) = (new.id, &old.drawing.svg, &new.drawing.svg);
        made(old, new, id);
        assert_eq!(elements(new), parsed(new).len(), "{id}");
    }
}

/// From any drawing to any other, too: a figure and the one after it.
#[test]
fn unlike_drawings_are_changed_too() {
    let all = drawn("v=1", 640);
    for pair in all.windows(2) {
        made(&pair[0].drawing.svg, &pair[1].drawing.svg, pair[1].id);
    }
}

#[test]
fn nothing_is_changed_where_nothing_differs() {
    for figure in drawn("v=1", 640) {
        let svg = &figure.drawing.svg;
        assert_eq!(changes(svg, svg), Some(Vec::new()), "{}", figure.id);
        assert_eq!(changes("", svg), None);
        assert_eq!(changes(svg, ""), None);
    }
}
