//! Work that stands in nobody's way: a slice at a time between frames, none while
//! nobody sees the page.

use super::moments::now;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;

/// Milliseconds of a slice: a frame of 16 has room for it and for what the browser
/// does.
const SLICE: f64 = 6.0;
/// Pieces of a slice at most, where a browser's clock is too coarse to end it.
const PIECES: u32 = 24;

/// A piece of work; true when all is done.
type Work = Box<dyn FnMut() -> bool>;

/// One thing at a time that is done in slices.
#[derive(Clone, Copy)]
pub struct Slices {
    work: StoredValue<Option<Work>, LocalStorage>,
    /// A slice is on its way.
    posted: StoredValue<bool>,
    /// Where a message to oneself comes back sooner than the 4 ms of a timer.
    port: StoredValue<Option<web_sys::MessagePort>, LocalStorage>,
}

impl Slices {
    /// Nothing to do yet; what is under way ends with the view that asked.
    pub fn new() -> Self {
        let slices = Self {
            work: StoredValue::new_local(None),
            posted: StoredValue::new(false),
            port: StoredValue::new_local(None),
        };
        let seen = window_event_listener_untyped("visibilitychange", move |_| slices.post());
        on_cleanup(move || seen.remove());
        if let Ok(channel) = web_sys::MessageChannel::new() {
            let came = Closure::<dyn Fn()>::new(move || slices.slice());
            channel
                .port1()
                .set_onmessage(Some(came.as_ref().unchecked_ref()));
            slices.port.set_value(Some(channel.port2()));
            // It goes with the ports, which whoever asked may leave to the browser.
            let kept = StoredValue::new_local((channel.port1(), came));
            on_cleanup(move || kept.with_value(|(port, _)| port.close()));
        }
        slices
    }

    /// Does that, piece by piece, instead of what is under way.
    pub fn begin(self, work: impl FnMut() -> bool + 'static) {
        self.work.set_value(Some(Box::new(work)));
        self.post();
    }

    /// Drops what is under way.
    pub fn stop(self) {
        self.work.set_value(None);
    }

    /// Asks for a slice, if there is something to do and somebody to see it.
    fn post(self) {
        let idle = self.work.try_with_value(Option::is_none) != Some(false);
        if idle || self.posted.get_value() || document().hidden() {
            return;
        }
        self.posted.set_value(true);
        let sent = self.port.with_value(|port| {
            let port = port.as_ref();
            port.is_some_and(|port| port.post_message(&JsValue::NULL).is_ok())
        });
        if !sent {
            set_timeout(move || self.slice(), std::time::Duration::ZERO);
        }
    }

    fn slice(self) {
        // The view that asked may be gone by now.
        if self.posted.try_set_value(false).is_some() {
            return;
        }
        // Taken out, so that a piece may begin something else.
        let taken = self.work.try_update_value(Option::take).flatten();
        let Some(mut work) = taken else { return };
        let end = now() + SLICE;
        let mut done = false;
        for _ in 0..PIECES {
            done = work();
            if done || now() >= end {
                break;
            }
        }
        if !done {
            self.work.try_update_value(|next| {
                next.get_or_insert(work);
            });
        }
        self.post();
    }
}
