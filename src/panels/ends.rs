//! What a reader says of a figure's doubt: ends of their own, or that it is known.
//! Offered where the figure is drawn; elsewhere a word says why it is not.

use crate::browser;
use crate::phrases;
use crate::provenance::number;
use crate::session::Session;
use crate::widgets::Number;
use doubt::{Undrawn, undrawn};
use leptos::prelude::*;
use sim::catalogue::DoubtRow;
use sim::inputs::Input;
use sim::link::Doubt;
use words::Lang;

/// The doubt of a row of the table.
#[derive(Clone, Copy)]
struct Row {
    session: Session,
    lang: Lang,
    /// The figure as it is now.
    now: Memo<Input>,
    /// Whether the reader spoke of its doubt, and between which ends it is drawn.
    drawn: Memo<(bool, [f64; 2])>,
}

/// What is said of the figure's doubt; a button that takes it away or gives it back;
/// and, made when somebody opens it, a field for each end. `id` begins all ids,
/// `name` says which figure; `id-help` names the range as published.
pub fn ends(session: Session, lang: Lang, now: Memo<Input>, id: String, name: String) -> AnyView {
    let drawn = Memo::new(move |_| {
        let of = |now: &Input, doubt: &Doubt| {
            (doubt.own(now.table, now.field).is_some(), doubt.ends(now))
        };
        now.with(|now| session.view.with(|view| of(now, &view.doubt)))
    });
    let row = Row {
        session,
        lang,
        now,
        drawn,
    };
    let open = RwSignal::new(false);
    let text = move || {
        lang.text(match row.is_pinned() {
            true => "page.sources.unpin",
            false => "page.sources.pin",
        })
    };
    let switch = move |_| {
        row.say(match untrack(move || row.is_pinned()) {
            true => Doubt::release,
            false => Doubt::pin,
        });
    };
    let set = lang.text("page.sources.ends");
    let [of, set_of] = ["", set].map(|text| [text, ": ", &name].concat());
    let toggle = id.clone();
    let fields = move || open.get().then(|| row.fields(&id, &name));
    view! {
        <span class="doubted">{move || row.said()}</span>
        <div class="doubt-hand" hidden=move || !row.is_offered()>
            <button type="button" class="link" id=toggle on:click=switch
                aria-label=move || [text(), &of].concat()>{text}</button>
            <details on:toggle=move |event| open.set(browser::is_open(&event))>
                <summary aria-label=set_of>{set}</summary>
                {fields}
            </details>
        </div>
    }
    .into_any()
}

impl Row {
    /// Why nothing is drawn of it, unless the reader says so.
    fn undrawn(self) -> Option<Undrawn> {
        let answered = self.session.rested.read();
        self.now.with(|now| undrawn(now, &answered.state))
    }

    /// There is doubt to speak of.
    fn is_offered(self) -> bool {
        self.drawn.get().0 || self.undrawn().is_none()
    }

    /// The reader leaves no doubt.
    fn is_pinned(self) -> bool {
        let (own, [low, high]) = self.drawn.get();
        own && low == high
    }

    /// What the reader said, or that it is theirs to say.
    fn said(self) -> Option<String> {
        let lang = self.lang;
        let (own, ends) = self.drawn.get();
        if !own {
            let decided = self.undrawn() == Some(Undrawn::Decided);
            return decided.then(|| lang.text("page.sources.decided").to_owned());
        }
        let [low, high] = self.now.with(|now| ends.map(|end| number(lang, now, end)));
        Some(if self.is_pinned() {
            lang.fill("page.sources.pinned", &[("value", &low)])
        } else {
            lang.fill("page.sources.own_range", &[("low", &low), ("high", &high)])
        })
    }

    fn say(self, what: impl FnOnce(&mut Doubt, &Input)) {
        self.now.with_untracked(|now| {
            self.session.view.update(|view| what(&mut view.doubt, now));
        });
    }

    /// Puts an end there; the row's own ends are nothing said. Which number stands.
    fn put(self, at: usize, number: f64) -> f64 {
        let mut ends = self.drawn.get_untracked().1;
        ends[at] = number;
        let is_drawn = untrack(move || self.undrawn().is_none());
        self.say(
            |doubt, now| match is_drawn && ends == [now.range[0], now.range[2]] {
                true => doubt.release(now),
                false => doubt.narrow(now, ends),
            },
        );
        self.drawn.get_untracked().1[at]
    }

    /// What is said of a number for that end which changes more than that end.
    fn refusal(self, at: usize, number: f64) -> String {
        let limits = self.now.with_untracked(|now| now.limits);
        let mut said = phrases::refusal(self.lang, number, limits);
        let other = self.drawn.get_untracked().1[1 - at];
        let number = number.clamp(limits.0, limits.1);
        let key = if number == other {
            "page.sources.no_width"
        } else if !number.is_nan() && (number > other) == (at == 0) {
            "page.sources.crossed"
        } else if number <= 0.0 && self.is_log() {
            "page.sources.from_zero"
        } else {
            return said;
        };
        if !said.is_empty() {
            said.push(' ');
        }
        said.push_str(self.lang.text(key));
        said
    }

    /// It is drawn over orders of magnitude.
    fn is_log(self) -> bool {
        let row = self
            .now
            .with_untracked(|now| DoubtRow::of(now.table, now.field));
        row.is_some_and(|(row, _)| row.kind.is_log())
    }

    fn fields(self, id: &str, name: &str) -> AnyView {
        let lang = self.lang;
        let [low, high] = ["-low", "-high"].map(|end| [id, end].concat());
        let first = low.clone();
        let back = move |_| {
            self.say(Doubt::release);
            // The button goes with its click.
            browser::focus_next_frame(first.clone());
        };
        let is_set = move || self.drawn.get().0 && !self.is_pinned();
        view! {
            <div class="ends" role="group" aria-label=name.to_owned() aria-describedby=[id, "-help"].concat()>
                {self.field(0, low, name, lang.text("page.sources.low"))}
                {self.field(1, high, name, lang.text("page.sources.high"))}
                <button type="button" class="link" hidden=move || !is_set() on:click=back
                    aria-label=lang.fill("page.back_label", &[("name", name)])>{lang.text("page.back")}</button>
            </div>
        }
        .into_any()
    }

    fn field(self, at: usize, id: String, name: &str, end: &'static str) -> AnyView {
        let (limits, unit) = self
            .now
            .with_untracked(|now| (now.limits, words::inputs::unit(self.lang, now)));
        view! {
            <div>
                <label for=id.clone()>{end}</label>
                <Number id=id name=[name, ", ", end].concat() range=limits unit=unit
                    value=Signal::derive(move || Some(self.drawn.get().1[at]))
                    refusal=Callback::new(move |number| self.refusal(at, number))
                    on_number=Callback::new(move |number| self.put(at, number)) />
            </div>
        }
        .into_any()
    }
}
