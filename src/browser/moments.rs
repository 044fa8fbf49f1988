//! When things happen: once a hand rests, once a frame.

use leptos::prelude::*;
use std::cell::Cell;
use std::time::Duration;

/// An action that waits until nobody has asked for it for a while.
#[derive(Clone, Copy)]
pub struct Later {
    action: StoredValue<Box<dyn Fn()>, LocalStorage>,
    pending: StoredValue<Option<TimeoutHandle>>,
    delay: Duration,
}

impl Later {
    /// The action, so long after the last call.
    pub fn new(delay: Duration, action: impl Fn() + 'static) -> Self {
        Self {
            action: StoredValue::new_local(Box::new(action)),
            pending: StoredValue::new(None),
            delay,
        }
    }

    /// Asks for the action; whoever asked before waits on.
    pub fn ask(self) {
        self.forget();
        let due = move || {
            // The view that asked may be gone by now.
            if self.pending.try_set_value(None).is_none() {
                self.action.try_with_value(|action| action());
            }
        };
        self.pending
            .set_value(set_timeout_with_handle(due, self.delay).ok());
    }

    /// Acts now if somebody asked.
    pub fn flush(self) {
        if self.forget() {
            self.action.try_with_value(|action| action());
        }
    }

    /// Whether somebody had asked; nobody has now.
    fn forget(self) -> bool {
        let pending = self.pending.get_value();
        self.pending.set_value(None);
        pending.map(|handle| handle.clear()).is_some()
    }
}

/// How long a reader's hand is still before it rests.
pub const REST: Duration = Duration::from_millis(200);

/// Milliseconds from the beginning of a frame until which more may be drawn in it:
/// what is drawn together is laid out and painted once, and all of it is there
/// before the 50 ms after which a hand feels that the page is late.
const FRAME: f64 = 20.0;

/// What is drawn is laid out and painted too: where it is drawn from nothing, all of
/// it takes so many times as long as the drawing alone, and a slow machine has no time
/// for that.
const WHOLE_RATIO: f64 = 2.5;

thread_local! {
    /// Until when more may be drawn in the frame that is being made.
    static FRAME_OPEN_UNTIL: Cell<f64> = const { Cell::new(0.0) };
}

/// Milliseconds on the page's own clock.
pub fn now() -> f64 {
    window().performance().map_or(0.0, |clock| clock.now())
}

/// When in a frame an action runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    /// Before the frame is painted.
    BeforePaint,
    /// As soon as it has been.
    AfterPaint,
}

/// An action that runs at most once per frame.
#[derive(Clone, Copy)]
pub struct OncePerFrame {
    action: StoredValue<Box<dyn Fn()>, LocalStorage>,
    asked: StoredValue<bool>,
    /// Milliseconds that it may take: as long as last, or half of what was reckoned
    /// then, since one answer is drawn in far less time than the next.
    took: StoredValue<f64>,
    moment: Moment,
}

impl OncePerFrame {
    /// The action, at that moment of a frame.
    pub fn new(moment: Moment, action: impl Fn() + 'static) -> Self {
        Self {
            action: StoredValue::new_local(Box::new(action)),
            asked: StoredValue::new(false),
            took: StoredValue::new(0.0),
            moment,
        }
    }

    /// Asks for the action in the next frame.
    pub fn ask(self) {
        if self.asked.try_get_value() != Some(false) {
            return;
        }
        self.asked.set_value(true);
        let act = move || {
            if self.moment == Moment::BeforePaint {
                FRAME_OPEN_UNTIL.set(now() + FRAME);
            }
            // The view that asked may be gone by now, or been served sooner.
            if self.asked.try_get_value() == Some(true) {
                self.act();
            }
        };
        match self.moment {
            Moment::BeforePaint => request_animation_frame(act),
            Moment::AfterPaint => {
                request_animation_frame(move || set_timeout(act, Duration::ZERO));
            }
        }
    }

    /// Acts in the frame that is being made, if it has as much time left as the
    /// action and its paint may take; else asks for the next, so that answers, which
    /// come first, are painted in time.
    pub fn ask_soon(self) {
        let (took, open_until) = (self.took.get_value(), FRAME_OPEN_UNTIL.get());
        let whole = took * WHOLE_RATIO;
        if now() + whole < open_until {
            self.act();
            // Its paint is still to come.
            FRAME_OPEN_UNTIL.set(open_until - (whole - took));
        } else {
            self.ask();
        }
    }

    fn act(self) {
        let began = now();
        self.asked.set_value(false);
        self.action.try_with_value(|action| action());
        self.took
            .try_update_value(|took| *took = (now() - began).max(*took / 2.0));
    }
}
