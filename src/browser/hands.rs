//! The reader's hands: keys, gestures, and where the keyboard is.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlDialogElement, HtmlElement, KeyboardEvent};

/// What a reader writes in.
const TEXT: &str =
    "input:not([type=range],[type=radio],[type=checkbox]),textarea,[contenteditable]";

/// What has the keyboard while a key is pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A field to write in, which has an undo of its own.
    Text,
    /// A list, which goes to what begins with a letter.
    List,
    /// A dialog, which is left alone.
    Dialog,
    /// Anything else.
    Page,
}

/// A key as it was pressed, without Alt.
pub struct Pressed {
    /// Its name.
    pub key: String,
    /// With Ctrl.
    pub ctrl: bool,
    /// With ⌘.
    pub command: bool,
    /// With Shift.
    pub shift: bool,
    /// It is held down, and says so again.
    pub repeat: bool,
    /// Where.
    pub place: Place,
}

/// Runs at each key that writes a character, as those of shortcuts all do; true means
/// that the browser has nothing more to do.
pub fn on_key(then: impl Fn(&Pressed) -> bool + 'static) {
    window_event_listener(leptos::ev::keydown, move |event: KeyboardEvent| {
        let key = event.key();
        let is_named = key.len() > 1 && key.is_ascii();
        if is_named || event.alt_key() || event.is_composing() || event.default_prevented() {
            return;
        }
        let target: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
        let is = |what: &str| {
            let target = target.as_ref();
            target.is_some_and(|target| target.matches(what).unwrap_or(false))
        };
        let open = document().query_selector("dialog[open]").ok().flatten();
        let place = match () {
            () if open.is_some() => Place::Dialog,
            () if is(TEXT) => Place::Text,
            () if is("select") => Place::List,
            () => Place::Page,
        };
        let pressed = Pressed {
            key,
            ctrl: event.ctrl_key(),
            command: event.meta_key(),
            shift: event.shift_key(),
            repeat: event.repeat(),
            place,
        };
        if then(&pressed) {
            event.prevent_default();
        }
    });
}

/// Runs `begin` when a pointer is pressed, and `end` when a control is let go.
pub fn on_gesture(begin: impl Fn() + 'static, end: impl Fn() + Clone + 'static) {
    window_event_listener_untyped("pointerdown", move |_| begin());
    for event in ["change", "click"] {
        let end = end.clone();
        window_event_listener_untyped(event, move |_| end());
    }
}

fn by_id(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Presses the first of these buttons that is there.
pub fn press(ids: &[&str]) -> bool {
    let button = ids.iter().find_map(|id| by_id(id));
    button.inspect(|button| button.click()).is_some()
}

/// Brings the element of that id into view and gives it the keyboard; what it
/// is folded into opens. False where it is not there.
pub fn go_to(id: &str) -> bool {
    let Some(element) = by_id(id) else {
        return false;
    };
    if let Ok(Some(details)) = element.closest("details:not([open])") {
        let _ = details.set_attribute("open", "");
    }
    element.scroll_into_view();
    if element.tab_index() < 0 {
        let _ = element.set_attribute("tabindex", "-1");
    }
    let _ = element.focus();
    true
}

/// Gives the keyboard to the element of that id if what has it now is gone in
/// the next frame.
pub fn keep_focus(id: &'static str) {
    let at_body = || {
        document()
            .active_element()
            .is_none_or(|element| element.tag_name() == "BODY")
    };
    if !at_body() {
        request_animation_frame(move || {
            if let Some(element) = by_id(id).filter(|_| at_body()) {
                let _ = element.focus();
            }
        });
    }
}

/// Opens the dialog of that id; once closed, the keyboard is where it was.
pub fn show_dialog(id: &str) {
    let dialog = document().get_element_by_id(id);
    if let Some(dialog) = dialog.and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok()) {
        let _ = dialog.show_modal();
    }
}
