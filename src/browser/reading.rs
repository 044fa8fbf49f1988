//! Texts that stand at the site's root: read where somebody asks for one, or ahead, for
//! readers whose network is gone by then.

use super::mark;
use leptos::prelude::window;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};

thread_local! {
    /// What was read ahead, by its name. In memory, since hosts let browsers keep none
    /// of it without asking again.
    static AHEAD: RefCell<Vec<(String, String)>> = const { RefCell::new(Vec::new()) };
}

/// Reads a text; `None` where it does not come.
pub fn read_text(name: &str, then: impl FnOnce(Option<String>) + 'static) {
    let name = name.to_owned();
    spawn_local(async move {
        let ahead = AHEAD.with_borrow(|all| {
            let found = all.iter().find(|(own, _)| *own == name);
            found.map(|(_, text)| text.clone())
        });
        then(match ahead {
            Some(text) => Some(text),
            None => read(&name).await,
        });
    });
}

/// Reads these one after the other, and keeps what comes.
pub fn read_ahead(names: Vec<String>) {
    spawn_local(async move {
        for name in names {
            if let Some(text) = read(&name).await {
                AHEAD.with_borrow_mut(|all| all.push((name, text)));
            }
        }
    });
}

async fn read(name: &str) -> Option<String> {
    let asked = window().fetch_with_str(&[&mark("data-root"), name].concat());
    let response = JsFuture::from(asked).await.ok()?;
    let response = response.dyn_into::<web_sys::Response>().ok()?;
    let text = response.ok().then(|| response.text().ok()).flatten()?;
    JsFuture::from(text).await.ok()?.as_string()
}

/// Whether the reader asked for few bytes, as far as the browser says.
pub fn saves_data() -> bool {
    let of = |object: &JsValue, name: &str| js_sys::Reflect::get(object, &name.into());
    of(&window().navigator(), "connection")
        .and_then(|connection| of(&connection, "saveData"))
        .is_ok_and(|saves| saves.is_truthy())
}
