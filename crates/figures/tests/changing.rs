//! From one drawing to the next by changing its elements: what a browser then has is
//! the next drawing, whatever lever was moved.

use charts::{Change, changes};
use figures::{Figure, all};
use roxmltree::{Document, Node};
use std::collections::BTreeMap;
use words::Lang;

fn drawn(query: &str, width: u32) -> Vec<Figure> {
    let state = sim::link::read(query).state;
    all(Lang::Fr, &state, None, width)
}

/// Stops of a lever, as a hand goes through them.
fn walks() -> Vec<(&'static str, Vec<String>)> {
    let walk = |key: &'static str, values: &[&str]| {
        (
            key,
            values
                .iter()
                .map(|value| format!("{key}={value}"))
                .collect(),
        )
    };
    vec![
        walk("dies", &["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]),
        walk(
            "node",
            &[
                "smic-n3", "smic-n2", "smic-14", "smic-28", "tsmc-n7", "tsmc-n5",
            ],
        ),
        walk(
            "date",
            &[
                "2022-01-01",
                "2022-11-01",
                "2024-01-01",
                "2025-02-01",
                "2026-02-01",
            ],
        ),
        walk(
            "chips",
            &["256", "512", "1024", "1200", "2048", "4096", "8192"],
        ),
        walk(
            "chip",
            &[
                "h20", "910c", "a100", "h100", "h200", "b200", "mlu590", "p800", "910b",
            ],
        ),
    ]
}

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
                let inside = parsed(&format!("<svg>{markup}</svg>"));
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

/// Drawings of every figure along a walk, and what makes each of the one before.
fn steps(walk: &[String], width: u32) -> Vec<(String, String)> {
    let all: Vec<_> = walk.iter().map(|query| drawn(query, width)).collect();
    let pairs = all.windows(2).flat_map(|pair| pair[0].iter().zip(&pair[1]));
    pairs
        .map(|(old, new)| (old.drawing.svg.clone(), new.drawing.svg.clone()))
        .collect()
}

#[test]
fn changes_make_the_next_drawing() {
    for (key, walk) in walks() {
        for width in [343, 640] {
            for (old, new) in steps(&walk, width) {
                let found = changes(&old, &new).expect("both are drawings");
                let next = written(&parsed(&new), 0);
                assert_eq!(changed(&old, &found), next, "{key}");
            }
        }
    }
}

/// From any drawing to any other, too: a figure and the one after it.
#[test]
fn unlike_drawings_are_changed_too() {
    let all = drawn("v=1", 640);
    for pair in all.windows(2) {
        let (old, new) = (&pair[0].drawing.svg, &pair[1].drawing.svg);
        let found = changes(old, new).expect("both are drawings");
        assert_eq!(
            changed(old, &found),
            written(&parsed(new), 0),
            "{}",
            pair[1].id
        );
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

/// What it is for: a lever leaves most elements as they are, and nearly all in place.
#[test]
fn a_lever_changes_little() {
    for (key, walk) in walks() {
        let (mut elements, mut changed, mut come) = (0, 0, 0);
        for (old, new) in steps(&walk, 640) {
            elements += parsed(&old).len();
            let mut touched = std::collections::BTreeSet::new();
            for change in changes(&old, &new).expect("both are drawings") {
                match change {
                    Change::Set(at, ..) | Change::Drop(at, _) | Change::Say(at, _) => {
                        touched.insert(at);
                    }
                    Change::Remove(_) => come += 1,
                    Change::Insert(_, markup) => {
                        come += parsed(&format!("<svg>{markup}</svg>")).len() - 1;
                    }
                }
            }
            changed += touched.len();
        }
        println!("{key}: {changed} of {elements} elements changed, {come} come or gone");
        assert!(changed * 2 < elements, "{key}: {changed} of {elements}");
        assert!(come * 6 < elements, "{key}: {come} of {elements}");
    }
}
