//! When a figure is drawn: on the screen in the frame of its answer, as long as that
//! frame has time; near the screen once the reader's hand rests; elsewhere never,
//! but on paper.

use crate::browser::{self, Later, Moment, OncePerFrame, REST, Watch};
use figures::Figure;
use leptos::html;
use leptos::prelude::*;
use std::rc::Rc;

/// How near the screen a figure is drawn before anybody sees it.
const NEAR: &str = "200px";

/// The figure as of what `follow` tracks, of the width of its place and for paper or
/// not, if there is one to draw.
pub fn kept_drawn(
    place: NodeRef<html::Div>,
    follow: impl Fn() + 'static,
    draw: impl Fn(u32, bool) -> Option<Figure> + 'static,
) -> RwSignal<Option<Figure>> {
    let drawn = RwSignal::new(None);
    let in_sight = RwSignal::new(false);
    let near = RwSignal::new(false);
    let width = RwSignal::new(0u32);
    // What is drawn is not as of now.
    let stale = StoredValue::new(true);
    let draw_now = Rc::new(move |on_paper: bool| {
        stale.set_value(false);
        drawn.set(draw(width.get_untracked(), on_paper));
    });
    let redraw = OncePerFrame::new(Moment::AfterPaint, {
        let draw_now = draw_now.clone();
        move || draw_now(false)
    });
    // Paper shows what nobody scrolled to, and no room for what is to come.
    browser::on_print(move || {
        if width.get_untracked() > 0 {
            draw_now(true);
        }
    });
    let at_rest = Later::new(REST, move || redraw.ask());
    let ask = move || {
        if !stale.get_value() || width.get_untracked() == 0 {
            return;
        }
        if in_sight.get_untracked() {
            redraw.ask_soon();
        } else if near.get_untracked() {
            at_rest.ask();
        }
    };
    Effect::new(move || {
        follow();
        width.track();
        stale.set_value(true);
        ask();
    });
    Effect::new(move || {
        in_sight.track();
        near.track();
        ask();
    });
    let watches = StoredValue::new_local(None);
    Effect::new(move || {
        if let Some(element) = place.get() {
            let on_width = move |now: u32| {
                if now != width.get_untracked() {
                    width.set(now);
                }
            };
            // A table below it may be all that is seen of the figure.
            let whole = browser::figure_of(&element);
            watches.set_value(Some([
                Watch::width(&element, on_width),
                Watch::seen(&whole, "0px", move |now| in_sight.set(now)),
                Watch::seen(&whole, NEAR, move |now| near.set(now)),
            ]));
        }
    });
    drawn
}
