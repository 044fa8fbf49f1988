//! Reading a drawing: the words of the mark that a reader points at, taps, or
//! goes to with the keyboard. Marks are a list that came with the drawing; which
//! one is meant is arithmetic, and nothing is done before somebody asks.

use super::explaining::Explaining;
use crate::browser::{self, Later};
use charts::{Came, Mark, Spot};
use figures::{Figure, Line, Origin};
use leptos::html;
use leptos::prelude::*;
use std::time::Duration;
use words::Lang;

/// How long words stand before a pointer may rest on them: those that it passes
/// are in nobody's way.
const SETTLED: Duration = Duration::from_millis(400);

/// A drawing that can be read. For the keyboard, and for whoever hears the page,
/// it is one slider that goes through the marks.
#[component]
pub fn Readable(
    /// The language.
    lang: Lang,
    /// The figure.
    drawn: RwSignal<Option<Figure>>,
    /// Where it is drawn.
    place: NodeRef<html::Div>,
    /// Where its numbers open their formulas.
    explaining: Explaining,
    /// Takes the mark that was clicked, where that means something.
    on_choose: Option<Callback<usize>>,
) -> impl IntoView {
    let reader = Reader::new(drawn);
    let around = NodeRef::<html::Div>::new();
    Effect::new(move || {
        if let Some(around) = around.get().filter(|_| reader.shown.get()) {
            browser::until_dismissed(&around, move || reader.shown.set(false));
        }
    });
    Effect::new(move |before: Option<String>| {
        let before = before.unwrap_or_default();
        let Some(place) = place.get() else {
            return before;
        };
        drawn.with(|figure| {
            let svg = figure.as_ref().map_or("", |figure| &figure.drawing.svg);
            browser::redraw(&place, &before, svg);
            svg.to_owned()
        })
    });
    let name = move || {
        drawn.with(|figure| {
            let title = figure.as_ref().map_or("", |figure| &figure.title);
            let mut cells = figure.iter().flat_map(|f| f.table.rows.iter().flatten());
            let key = match on_choose {
                Some(_) => "page.figure_choose",
                None if cells.any(|cell| cell.origin.is_some()) => "page.figure_explain",
                None => "page.figure_read",
            };
            lang.fill(key, &[("figure", title)])
        })
    };
    let spoken = Memo::new(move |_| {
        let words = reader.mark(|_, mark| mark.text.replace('\n', "; "));
        words.unwrap_or_else(|| lang.text("figure.no_data").to_owned())
    });
    let last = Memo::new(move |_| drawn.with(|figure| marks(figure).len().max(1) - 1));
    let words = move || {
        let shown = reader.shown.get();
        let words = |figure: &Figure, mark: &Mark| {
            let came = reader.came(mark);
            let spot = charts::spot(&figure.drawing, mark, came);
            let lines = figure.lines(lang, &mark.text);
            words((mark, lines), spot, reader.settled, explaining)
        };
        shown.then(|| reader.mark(words)).flatten()
    };
    let choose = move |at: Option<usize>| {
        if let (Some(choose), Some(at)) = (on_choose, at) {
            choose.run(at);
        }
    };
    // Where a mark is no choice, its numbers are asked about.
    let enter = move || match on_choose {
        Some(_) => choose(untrack(|| drawn.with(|figure| reader.at(figure)))),
        None => {
            let origins = |figure: &Figure, mark: &Mark| -> Vec<Origin> {
                let lines = figure.lines(lang, &mark.text).into_iter();
                lines.filter_map(|(_, origin)| origin).collect()
            };
            explaining.read(untrack(|| reader.mark(origins)).unwrap_or_default());
        }
    };
    view! {
        <div class="readable" node_ref=around data-choose=on_choose.map(|_| "1") data-read=move || reader.shown.get().then_some("1")
            on:pointerleave=move |event| {
                if browser::hovers(&event) {
                    reader.leave();
                }
            }>
            <input type="range" id=explaining.reader_id() min="0" max=last step="1"
                aria-label=name
                aria-valuetext=spoken
                prop:value=move || drawn.with(|figure| reader.at(figure)).unwrap_or(0) as f64
                on:focus=move |_| reader.take(true)
                on:blur=move |_| reader.take(false)
                on:input=move |event| {
                    if let Ok(at) = event_target_value(&event).parse::<f64>() {
                        reader.go(at as usize, None);
                    }
                }
                on:keydown=move |event| match event.key().as_str() {
                    "Enter" => enter(),
                    "ArrowUp" => reader.step(&event, false),
                    "ArrowDown" => reader.step(&event, true),
                    _ => {}
                } />
            <div class="drawing" node_ref=place
                on:pointermove=move |event| {
                    if browser::hovers(&event) {
                        reader.point(browser::tenths_within(&event));
                    }
                }
                on:click=move |event| {
                    let at = browser::tenths_within(&event);
                    reader.press(at);
                    choose(reader.on(at));
                }></div>
            {words}
        </div>
    }
}

/// A place on a drawing, in tenths of a pixel.
type Place = (i32, i32);

/// What is being read.
#[derive(Clone, Copy)]
struct Reader {
    drawn: RwSignal<Option<Figure>>,
    /// The mark; the reader's own until another is asked for.
    asked: RwSignal<Option<usize>>,
    /// Its words are there.
    shown: RwSignal<bool>,
    /// The slider has the keyboard.
    held: StoredValue<bool>,
    /// The mark under the pointer: after the words were sent away they come back
    /// with another.
    pointed: StoredValue<Option<usize>>,
    /// How the mark was come to: from where, and with what pointer.
    from: StoredValue<(Option<Place>, Option<Place>)>,
    /// A pointer may rest on the words.
    settled: RwSignal<bool>,
    settle: Later,
}

impl Reader {
    fn new(drawn: RwSignal<Option<Figure>>) -> Self {
        let settled = RwSignal::new(false);
        Self {
            drawn,
            asked: RwSignal::new(None),
            shown: RwSignal::new(false),
            held: StoredValue::new(false),
            pointed: StoredValue::new(None),
            from: StoredValue::new((None, None)),
            settled,
            settle: Later::new(SETTLED, move || {
                settled.try_set(true);
            }),
        }
    }

    /// The mark of this figure that is being read; a drawing may have fewer than
    /// the one before.
    fn at(self, figure: &Option<Figure>) -> Option<usize> {
        let drawing = &figure.as_ref()?.drawing;
        let last = drawing.marks.len().checked_sub(1)?;
        let asked = self.asked.get().or(drawing.own).unwrap_or(0);
        Some(asked.min(last))
    }

    /// Something of the mark being read.
    fn mark<T>(self, of: impl FnOnce(&Figure, &Mark) -> T) -> Option<T> {
        self.drawn.with(|figure| {
            let at = self.at(figure)?;
            let figure = figure.as_ref()?;
            Some(of(figure, figure.drawing.marks.get(at)?))
        })
    }

    /// How that mark was come to.
    fn came(self, mark: &Mark) -> Came {
        let ((x, y), (from, pointer)) = (mark.centre(), self.from.get_value());
        let from = from.unwrap_or((x, y));
        Came {
            motion: (x - from.0, y - from.1),
            pointer,
        }
    }

    /// Reads that mark, for the pointer there if it was one.
    fn go(self, to: usize, pointer: Option<Place>) {
        let shown = self.shown.get_untracked();
        let from = untrack(|| self.mark(|_, mark| mark.centre()));
        self.from.set_value((from.filter(|_| shown), pointer));
        self.asked.set(Some(to));
        if self.settled.get_untracked() {
            self.settled.set(false);
        }
        if !shown {
            self.shown.set(true);
        }
    }

    /// The mark that a pointer means.
    fn meant(self, place: Place) -> Option<usize> {
        self.drawn
            .with_untracked(|figure| charts::nearest(marks(figure), place))
    }

    /// Reads the mark that a pointer means, once for as long as it means the same.
    fn point(self, place: Place) {
        let meant = self.meant(place);
        if meant == self.pointed.get_value() {
            return;
        }
        self.pointed.set_value(meant);
        match meant {
            Some(mark) => {
                self.go(mark, Some(place));
                self.settle.ask();
            }
            None => self.hide(),
        }
    }

    /// Reads the mark that was clicked or tapped.
    fn press(self, place: Place) {
        let meant = self.meant(place);
        if meant == self.pointed.get_value() && self.shown.get_untracked() {
            return;
        }
        self.pointed.set_value(meant);
        match meant {
            Some(mark) => {
                self.go(mark, Some(place));
                self.settle.ask();
            }
            None => self.hide(),
        }
    }

    /// The mark under a pointer, if it lies on it.
    fn on(self, place: Place) -> Option<usize> {
        self.meant(place).filter(|at| {
            self.drawn
                .with_untracked(|figure| marks(figure)[*at].holds(place))
        })
    }

    /// The pointer has left.
    fn leave(self) {
        self.pointed.set_value(None);
        self.hide();
    }

    /// Takes the words away, unless the keyboard holds them.
    fn hide(self) {
        if !self.held.get_value() && self.shown.get_untracked() {
            self.shown.set(false);
        }
    }

    /// The slider gets the keyboard, or loses it.
    fn take(self, held: bool) {
        self.held.set_value(held);
        self.from.set_value((None, None));
        self.shown.set(held);
    }

    /// Goes to the mark under the one being read, or over it; among mere points
    /// the slider goes on and back as it would.
    fn step(self, event: &leptos::ev::KeyboardEvent, down: bool) {
        if untrack(|| self.mark(|_, mark| mark.is_point())) != Some(false) {
            return;
        }
        event.prevent_default();
        let next = untrack(|| {
            self.drawn
                .with(|figure| charts::level(marks(figure), self.at(figure)?, down))
        });
        if let Some(next) = next {
            self.go(next, None);
        }
    }
}

fn marks(figure: &Option<Figure>) -> &[Mark] {
    figure.as_ref().map_or(&[], |figure| &figure.drawing.marks)
}

/// A length in tenths of a pixel.
fn px(tenths: i32) -> String {
    format!("{}.{}px", tenths / 10, tenths.abs() % 10)
}

/// A line of a mark's words: a number opens its formula there. Whoever has no pointer
/// opens all of a mark by the slider.
fn line((text, origin): Line, is_last: bool, explaining: Explaining) -> AnyView {
    let text = [text, if is_last { "" } else { "\n" }].concat();
    match origin {
        None => text.into_any(),
        Some(origin) => view! {
            <span class="explains" on:click=move |_| explaining.read(vec![origin])>{text}</span>
        }
        .into_any(),
    }
}

/// The ring around a mark, and its words beside it.
fn words(
    (mark, lines): (&Mark, Vec<Line>),
    spot: Spot,
    settled: RwSignal<bool>,
    explaining: Explaining,
) -> AnyView {
    let shape = match mark.width == 0 || mark.height == 0 {
        _ if mark.is_point() => "point",
        true => "line",
        false => "surface",
    };
    let share = |whole: bool| if whole { "-100%" } else { "0" };
    // A line alone is no name.
    let (name, values) = match lines.split_first() {
        Some(((name, _), values)) if !values.is_empty() => (*name, values),
        _ => ("", lines.as_slice()),
    };
    let last = values.len().max(1) - 1;
    let each = values.iter().enumerate();
    let values: Vec<AnyView> = each
        .map(|(i, value)| line(*value, i == last, explaining))
        .collect();
    view! {
        <div class="ring" data-shape=shape
            style:left=px(mark.left) style:top=px(mark.top)
            style:width=px(mark.width) style:height=px(mark.height)></div>
        <div class="words" aria-hidden="true" data-settled=move || settled.get().then_some("1")
            on:mousedown=|event| event.prevent_default()
            style:left=px(spot.x) style:top=px(spot.y) style:max-width=px(spot.width)
            style:translate=[share(spot.before), " ", share(spot.above)].concat()>
            <b>{name.to_owned()}</b>
            <span>{values}</span>
        </div>
    }
    .into_any()
}
