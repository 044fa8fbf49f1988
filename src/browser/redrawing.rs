//! A drawing in its place, and the next one in the place of that.

use charts::{Change, changes};
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Makes of the drawing in its place the next, by what differs where both are of the
/// same elements.
pub fn redraw(place: &Element, old: &str, new: &str) {
    match changes(old, new) {
        Some(changes) => change(place, &changes),
        None => place.set_inner_html(new),
    }
}

fn change(place: &Element, changes: &[Change]) {
    // All of them, in the order in which they were written.
    let Ok(elements) = place.query_selector_all("*") else {
        return;
    };
    let element = |at: usize| {
        let node = elements.item(u32::try_from(at).ok()?)?;
        node.dyn_into::<Element>().ok()
    };
    for change in changes {
        // Nothing is refused of what a chart writes.
        let _ = match change {
            Change::Set(at, name, value) => {
                element(*at).map(|element| element.set_attribute(name, value))
            }
            Change::Drop(at, name) => element(*at).map(|element| element.remove_attribute(name)),
            Change::Say(at, text) => {
                let first = element(*at).and_then(|element| element.first_child());
                first.map(|first| Ok(first.set_node_value(Some(text))))
            }
            Change::Remove(at) => element(*at).map(|element| Ok(element.remove())),
            Change::Insert(Some(before), markup) => {
                let next = element(*before);
                next.map(|next| next.insert_adjacent_html("beforebegin", markup))
            }
            Change::Insert(None, markup) => {
                element(0).map(|svg| svg.insert_adjacent_html("beforeend", markup))
            }
        };
    }
}
