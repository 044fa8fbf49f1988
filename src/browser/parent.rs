//! The page that ours stands in, if any: what is said to it, what it says.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::MessageEvent;

/// The longest text that is listened to.
const LONGEST: usize = 8192;

/// The window around ours; none where ours stands alone.
fn parent() -> Option<web_sys::Window> {
    let parent = window().parent().ok().flatten()?;
    (*parent != *window()).then_some(parent)
}

fn object(pairs: &[(&str, JsValue)]) -> JsValue {
    let object = js_sys::Object::new();
    for (key, value) in pairs {
        // A fresh object takes any key.
        let _ = js_sys::Reflect::set(&object, &JsValue::from_str(key), value);
    }
    object.into()
}

/// Tells the page around ours, whoever it is: nothing in it is secret.
fn tell(message: &JsValue) {
    if let Some(parent) = parent() {
        let _ = parent.post_message(message, "*");
    }
}

/// Tells one of our own messages: its kind and what else it says.
pub fn tell_parent(kind: &str, key: &str, value: JsValue) {
    tell(&object(&[
        ("type", ["silicon-gap:", kind].concat().into()),
        ("v", 1.into()),
        (key, value),
    ]));
}

/// Tells our height in pixels: in our words, in AMP's, and in those of pym where the
/// page around ours gave us a name.
pub fn tell_height(height: f64, name: Option<&str>) {
    tell_parent("height", "height", height.into());
    tell(&object(&[
        ("sentinel", "amp".into()),
        ("type", "embed-size".into()),
        ("height", height.into()),
    ]));
    if let Some(name) = name {
        // In whole pixels, which bring no words for parts of them.
        let words = ["pym", name, "height", &(height as u32).to_string()].join("xPYMx");
        tell(&words.into());
    }
}

/// Runs with the query of each `set` message of the page around ours. Anything else,
/// from whomever, is passed over.
pub fn hear_parent(then: impl Fn(String) + 'static) {
    let listening = window_event_listener(leptos::ev::message, move |event: MessageEvent| {
        let of = |key: &str| js_sys::Reflect::get(&event.data(), &key.into()).ok();
        let from_parent = event
            .source()
            .zip(parent())
            .is_some_and(|(source, parent)| js_sys::Object::is(&source, &parent));
        if !from_parent || !event.data().is_object() {
            return;
        }
        let kind = of("type").and_then(|kind| kind.as_string());
        let version = of("v").and_then(|version| version.as_f64());
        let query = of("query").and_then(|query| query.as_string());
        if let (Some("silicon-gap:set"), Some(1.0), Some(query)) = (kind.as_deref(), version, query)
            && query.len() <= LONGEST
        {
            then(query);
        }
    });
    on_cleanup(move || listening.remove());
}

/// How high what we show is, in whole pixels, and one more: a browser that rounds
/// parts of pixels would scroll by it.
pub fn height() -> f64 {
    let page = document().query_selector(".page").ok().flatten();
    page.map_or(0.0, |page| {
        page.get_bounding_client_rect().height().ceil() + 1.0
    })
}

/// How high the frame is that ours stands in.
pub fn frame_height() -> f64 {
    let height = window().inner_height().ok();
    height
        .and_then(|height| height.as_f64())
        .unwrap_or_default()
}

/// Runs when the reader turns to ours, as long as it is there.
pub fn on_attention(then: impl Fn() + Copy + 'static) {
    for event in ["focus", "pointerdown"] {
        window_event_listener_untyped(event, move |_| then());
    }
}
