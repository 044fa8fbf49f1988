//! A drawing in its place, and the next one in the place of that.

use charts::{Change, changes};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, NodeList};

/// Makes of the drawing in its place the next: by what differs, or from nothing where
/// there is none yet, or another hand than ours has been in it.
pub fn redraw(place: &Element, old: &str, new: &str) {
    if old == new {
        return;
    }
    let there = place.query_selector_all("*").ok();
    let there = there.filter(|there| there.length() as usize == charts::elements(old));
    match there.zip(changes(old, new)) {
        Some((there, changes)) => change(&there, &changes),
        None => place.set_inner_html(new),
    }
}

/// Changes elements, which are in the order in which they were written.
fn change(elements: &NodeList, changes: &[Change]) {
    for change in changes {
        let at = match change {
            Change::Set(at, ..) | Change::Drop(at, _) | Change::Say(at, _) | Change::Remove(at) => {
                *at
            }
            // Without a next element it is the drawing that takes it.
            Change::Insert(before, _) => before.unwrap_or(0),
        };
        let node = u32::try_from(at).ok().and_then(|at| elements.item(at));
        if let Some(Ok(element)) = node.map(JsCast::dyn_into::<Element>) {
            // Nothing is refused of what a chart writes.
            let _ = make(&element, change);
        }
    }
}

fn make(element: &Element, change: &Change) -> Result<(), JsValue> {
    match change {
        Change::Set(_, name, value) => element.set_attribute(name, value)?,
        Change::Drop(_, name) => element.remove_attribute(name)?,
        Change::Say(_, text) => {
            if let Some(first) = element.first_child() {
                first.set_node_value(Some(text));
            }
        }
        Change::Remove(_) => element.remove(),
        Change::Insert(Some(_), markup) => element.insert_adjacent_html("beforebegin", markup)?,
        Change::Insert(None, markup) => element.insert_adjacent_html("beforeend", markup)?,
    }
    Ok(())
}
