//! The browser: address, language, timers, visibility, clipboard. The only file
//! that speaks to it, and one that knows neither chips nor the page's words.

mod files;
mod hands;
mod moments;
mod parent;
mod reading;
mod redrawing;
mod slices;

pub use files::{save, save_picture};
pub use hands::*;
pub use moments::*;
pub use parent::*;
pub use reading::*;
pub use redrawing::redraw;
pub use slices::Slices;

use leptos::prelude::*;
use std::cell::RefCell;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use web_sys::{
    Element, Event, HtmlElement, HtmlInputElement, HtmlSelectElement, MouseEvent, PointerEvent,
};

/// The query of the address, with its question mark; on a page of one scenario that
/// scenario comes first, unless the address says one as a whole.
pub fn query() -> String {
    let query = window().location().search().unwrap_or_default();
    let own = mark("data-query");
    let rest = query.trim_start_matches('?');
    if own.is_empty() || rest.split('&').any(|pair| pair.starts_with("v=")) {
        return query;
    }
    ["?", &own, if rest.is_empty() { "" } else { "&" }, rest].concat()
}

/// Puts the query into the address in place of the one there.
pub fn replace_query(query: &str) {
    if let Ok(history) = window().history() {
        // A browser may refuse when asked too often; the next change writes again.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&here(query)));
        KNOWN.set(self::query());
    }
}

/// Puts the query into the address as a step that “back” undoes.
pub fn push_query(query: &str) {
    if let Ok(history) = window().history() {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(&here(query)));
        KNOWN.set(self::query());
    }
}

/// This page's path with that query and the fragment that is there.
fn here(query: &str) -> String {
    let location = window().location();
    let mut address = location.pathname().unwrap_or_default();
    if !query.is_empty() {
        address.push('?');
        address.push_str(query);
    }
    address.push_str(&location.hash().unwrap_or_default());
    address
}

/// The whole address with that query and no fragment: of the start, since a page of
/// one scenario is about nothing else.
pub fn address_with(query: &str) -> String {
    let location = window().location();
    let mut address = location.origin().unwrap_or_default();
    let path = location.pathname().unwrap_or_default();
    let up = mark("data-root").matches('/').count();
    let root = path.rmatch_indices('/').nth(up).filter(|_| up > 0);
    let root = root.and_then(|(at, _)| path.get(..=at));
    address.push_str(root.unwrap_or(&path));
    if !query.is_empty() {
        address.push('?');
        address.push_str(query);
    }
    address
}

/// Languages that the reader asked the browser for, best first; that of the page,
/// where it is of one.
pub fn languages() -> Vec<String> {
    if !mark("data-root").is_empty() {
        return vec![mark("lang")];
    }
    window()
        .navigator()
        .languages()
        .iter()
        .filter_map(|tag| tag.as_string())
        .collect()
}

thread_local! {
    /// The query that the address had when it was last read or written.
    static KNOWN: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Runs when the reader goes back or forward to another query; to another place of
/// the page, which a browser tells in the same way, changes no choice.
pub fn on_travel(then: impl Fn() + 'static) {
    KNOWN.set(query());
    window_event_listener_untyped("popstate", move |_| {
        let now = query();
        if KNOWN.replace(now.clone()) != now {
            then();
        }
    });
}

/// Runs when the page is left.
pub fn on_leave(then: impl Fn() + 'static) {
    window_event_listener_untyped("pagehide", move |_| then());
}

/// Whether the media are such, now and each time that this changes.
pub fn watch_media(query: &str, then: impl Fn(bool) + 'static) -> bool {
    let Ok(Some(list)) = window().match_media(query) else {
        return false;
    };
    let watched = list.clone();
    let closure = Closure::<dyn Fn()>::new(move || then(watched.matches()));
    list.set_onchange(Some(closure.as_ref().unchecked_ref()));
    // It listens as long as the page is there.
    closure.forget();
    list.matches()
}

/// Runs before the page is printed, as long as who asks is there.
pub fn on_print(then: impl Fn() + 'static) {
    let listening = window_event_listener_untyped("beforeprint", move |_| then());
    on_cleanup(move || listening.remove());
}

/// Names language, title and colours to the document.
pub fn set_document(language: &str, title: &str, theme: Option<&str>) {
    document().set_title(title);
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("lang", language);
        let _ = match theme {
            Some(theme) => root.set_attribute("data-theme", theme),
            None => root.remove_attribute("data-theme"),
        };
    }
}

/// What the document's root carries under that name.
pub fn mark(name: &str) -> String {
    let root = document().document_element();
    root.and_then(|root| root.get_attribute(name))
        .unwrap_or_default()
}

/// Takes away what stood here before the app, and says that it is here.
pub fn announce_ready() {
    if let Some(opening) = document().get_element_by_id("opening") {
        opening.remove();
    }
    hide_broken(true);
    ready(document().document_element());
}

/// Says that nothing more of the program is to come, and goes where the address
/// points, which was not here before.
pub fn announce_whole() {
    ready(document().body().map(Element::from));
    let place = window().location().hash().unwrap_or_default();
    // Unless the reader has gone somewhere meanwhile.
    if !place.is_empty() && window().scroll_y().is_ok_and(|y| y < 1.0) {
        request_animation_frame(move || scroll_to(place.trim_start_matches('#')));
    }
}

fn ready(element: Option<Element>) {
    if let Some(element) = element {
        let _ = element.set_attribute("data-ready", "1");
    }
}

/// When the app panics, shows the message that waits in the page. The last
/// answers stay on the screen.
pub fn say_so_when_broken() {
    std::panic::set_hook(Box::new(|info| {
        leptos::logging::error!("{info}");
        say_broken();
    }));
}

/// Shows the message that waits in the page.
pub fn say_broken() {
    hide_broken(false);
}

fn hide_broken(hidden: bool) {
    if let Some(message) = document()
        .get_element_by_id("broken")
        .and_then(|element| element.dyn_into::<HtmlElement>().ok())
    {
        message.set_hidden(hidden);
    }
}

/// Writes into the field that the event came from.
pub fn write_field(event: &Event, text: &str) {
    if let Some(field) = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
    {
        field.set_value(text);
    }
}

/// Whether a pointer can rest on things without pressing them, as no finger can.
pub fn hovers(event: &PointerEvent) -> bool {
    event.pointer_type() != "touch"
}

/// Chooses the entry of that value in the list; the first, where it has none such.
pub fn choose_in(list: &HtmlSelectElement, value: &str) {
    if list.value() != value {
        list.set_value(value);
        list.set_selected_index(list.selected_index().max(0));
    }
}

/// Where in its target the pointer is, in tenths of a pixel.
pub fn tenths_within(event: &MouseEvent) -> (i32, i32) {
    (event.offset_x() * 10, event.offset_y() * 10)
}

/// Runs at the key that closes things, and at a press outside of the element, for
/// as long as the effect that asked is not run again.
pub fn until_dismissed(element: &Element, then: impl Fn() + Copy + 'static) {
    let key = window_event_listener(leptos::ev::keydown, move |event| {
        if is_escape(&event) {
            then();
        }
    });
    let element = element.clone();
    let press = window_event_listener(leptos::ev::pointerdown, move |event| {
        let target = event.target().and_then(|target| target.dyn_into().ok());
        if !element.contains(target.as_ref()) {
            then();
        }
    });
    on_cleanup(move || {
        key.remove();
        press.remove();
    });
}

/// Holds a pointer that was pressed until it is let go, wherever it moves, and
/// gives the keyboard to the field in the element of that selector. False for a
/// button that means something else.
pub fn take_hold(event: &PointerEvent, selector: &str) -> bool {
    let pressed = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok())
        .and_then(|target| target.closest(selector).ok().flatten());
    let Some(element) = pressed.filter(|_| event.button() == 0) else {
        return false;
    };
    let _ = element.set_pointer_capture(event.pointer_id());
    let field = element.query_selector("input").ok().flatten();
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        let _ = field.focus();
    }
    true
}

/// Whether the details that were toggled are open now.
pub fn is_open(event: &web_sys::Event) -> bool {
    let details = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    details.is_some_and(|details| details.has_attribute("open"))
}

/// Has all details that are open tell so again, in the next frame: where the page is
/// drawn anew, they stay open and what they hold does not know it.
pub fn tell_open_next_frame() {
    request_animation_frame(|| {
        let Ok(open) = document().query_selector_all("details[open]") else {
            return;
        };
        for details in (0..open.length()).filter_map(|i| open.item(i)) {
            if let Ok(event) = Event::new("toggle") {
                let _ = details.dispatch_event(&event);
            }
        }
    });
}

/// Whether the key is the one that closes things.
pub fn is_escape(event: &web_sys::KeyboardEvent) -> bool {
    event.key() == "Escape"
}

/// Brings the element of that id into view.
pub fn scroll_to(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        element.scroll_into_view();
    }
}

/// Brings the element of that id into view by the shortest way, once it is there.
pub fn reveal_next_frame(id: impl AsRef<str> + 'static) {
    request_animation_frame(move || {
        if let Some(element) = document().get_element_by_id(id.as_ref()) {
            show(&element);
        }
    });
}

/// Gives the keyboard to the element of that id, once it is there.
pub fn focus_next_frame(id: String) {
    request_animation_frame(move || {
        if let Some(element) = document()
            .get_element_by_id(&id)
            .and_then(|element| element.dyn_into::<HtmlElement>().ok())
        {
            let _ = element.focus();
            // One that has it already is not shown for it.
            show(&element);
        }
    });
}

/// The figure that the element is part of; itself where it is of none.
pub fn figure_of(element: &Element) -> Element {
    let figure = element.closest(".figure").ok().flatten();
    figure.unwrap_or_else(|| element.clone())
}

/// Scrolls as little as shows the element.
fn show(element: &Element) {
    let way = web_sys::ScrollIntoViewOptions::new();
    way.set_block(web_sys::ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&way);
}

/// Copies the text, then says whether that worked. Without a clipboard (an
/// unsafe origin, an embedding page that forbids it) it did not.
pub fn copy(text: String, then: impl FnOnce(bool) + 'static) {
    let navigator = window().navigator();
    let there = js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard"))
        .is_ok_and(|clipboard| !clipboard.is_undefined());
    leptos::task::spawn_local(async move {
        let copied = there
            && wasm_bindgen_futures::JsFuture::from(navigator.clipboard().write_text(&text))
                .await
                .is_ok();
        then(copied);
    });
}

/// Today, by the reader's clock: year, month and day.
pub fn today() -> (u16, u8, u8) {
    let now = js_sys::Date::new_0();
    let (month, day) = (now.get_month() as u8 + 1, now.get_date() as u8);
    (now.get_full_year() as u16, month, day)
}

/// Runs once, some time after the last call.
pub fn after(delay: Duration, then: impl FnOnce() + 'static) {
    set_timeout(then, delay);
}

/// Watches an element until dropped.
pub struct Watch {
    watcher: Watcher,
    _on_change: Closure<dyn FnMut(js_sys::Array)>,
}

/// What a browser watches by; none where it has no such thing.
enum Watcher {
    Seen(Option<web_sys::IntersectionObserver>),
    Width(Option<web_sys::ResizeObserver>),
}

impl Watch {
    /// Tells whether the element is on the screen or nearly (within `margin`,
    /// as CSS has it).
    pub fn seen(element: &Element, margin: &str, mut tell: impl FnMut(bool) + 'static) -> Self {
        let on_change = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
            let last = entries.pop();
            if let Ok(entry) = last.dyn_into::<web_sys::IntersectionObserverEntry>() {
                tell(entry.is_intersecting());
            }
        });
        let options = web_sys::IntersectionObserverInit::new();
        options.set_root_margin(margin);
        let act = on_change.as_ref().unchecked_ref();
        let observer = web_sys::IntersectionObserver::new_with_options(act, &options).ok();
        if let Some(observer) = &observer {
            observer.observe(element);
        }
        Self {
            watcher: Watcher::Seen(observer),
            _on_change: on_change,
        }
    }

    /// Tells the element's width in whole pixels, whenever its size changes.
    pub fn width(element: &Element, mut tell: impl FnMut(u32) + 'static) -> Self {
        let on_change = Closure::<dyn FnMut(js_sys::Array)>::new(move |entries: js_sys::Array| {
            if let Ok(entry) = entries.pop().dyn_into::<web_sys::ResizeObserverEntry>() {
                tell(entry.content_rect().width() as u32);
            }
        });
        let observer = web_sys::ResizeObserver::new(on_change.as_ref().unchecked_ref()).ok();
        if let Some(observer) = &observer {
            observer.observe(element);
        }
        Self {
            watcher: Watcher::Width(observer),
            _on_change: on_change,
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        match &self.watcher {
            Watcher::Seen(Some(observer)) => observer.disconnect(),
            Watcher::Width(Some(observer)) => observer.disconnect(),
            Watcher::Seen(None) | Watcher::Width(None) => {}
        }
    }
}
