//! What an answer hangs on: the figure of its drivers, made once the draws are done
//! and somebody is near to see it.

use super::{drawing, framed};
use crate::browser::Slices;
use crate::draws::is_fresh;
use crate::session::Session;
use doubt::{Answer, Study};
use leptos::prelude::*;
use std::sync::Arc;
use words::Lang;
use words::doubt::{answer_name, worth_naming};

/// Answers that a reader may ask about, the page's question first.
pub(super) const ASKED: [Answer; 3] = [Answer::Days, Answer::Tpot, Answer::PerToken];
/// Drivers that are tried as known.
const TRIED: usize = 3;
/// Evaluations of a piece of that work.
const PIECE: u32 = 16;

/// What of an answer's range stays when doubts are known, of which study.
type Known = (Arc<Study>, Answer, Vec<(usize, f64)>);

/// The drivers of one of the answers.
#[component]
pub fn Drivers(
    /// The session.
    session: Session,
    /// The language.
    lang: Lang,
) -> impl IntoView {
    let asked = RwSignal::new(0);
    let study = RwSignal::new(None::<Arc<Study>>);
    let known = RwSignal::new(None::<Known>);
    let slices = Slices::new();
    Effect::new(move || {
        if !is_fresh(session) {
            return slices.stop();
        }
        let done = session
            .drawn
            .with(|drawn| drawn.as_ref().and_then(|drawn| drawn.study.clone()));
        if done.is_some() {
            study.set(done);
        }
    });
    // What is drawn is of this one.
    let shown = RwSignal::new(None::<Arc<Study>>);
    let stale = move || {
        let is_of_now = is_fresh(session)
            && session.drawn.with(|drawn| {
                let done = drawn.as_ref().and_then(|drawn| drawn.study.as_ref());
                done.zip(shown.read().as_ref())
                    .is_some_and(|(done, shown)| Arc::ptr_eq(done, shown))
            });
        (!is_of_now).then_some("1")
    };
    let place = NodeRef::new();
    let drawn = drawing::kept_drawn(
        place,
        move || {
            study.track();
            asked.track();
            known.track();
        },
        move |width, _| {
            let study = study.get_untracked()?;
            let answer = ASKED[asked.get_untracked()];
            let found = known.with_untracked(|known| {
                let (of, about, found) = known.as_ref()?;
                (Arc::ptr_eq(of, &study) && *about == answer).then(|| found.clone())
            });
            if found.is_none() {
                slices.begin(knowing(known, study.clone(), answer));
            }
            let found = found.unwrap_or_default();
            shown.set(Some(study.clone()));
            Some(figures::drivers(lang, width, &study, answer, &found))
        },
    );
    let options: Vec<AnyView> = ASKED
        .iter()
        .enumerate()
        .map(|(i, answer)| {
            view! { <option value=i>{answer_name(lang, *answer)}</option> }.into_any()
        })
        .collect();
    let above = view! {
        <p class="drivers-of" data-stale=stale>
            <label class="field-name" for="drivers-of">{lang.text("page.drivers_of")}</label>
            <select id="drivers-of" class="choice" on:change=move |event| {
                if let Ok(i) = event_target_value(&event).parse::<usize>() {
                    asked.set(i.min(ASKED.len() - 1));
                }
            }>{options}</select>
        </p>
    };
    framed(
        session,
        lang,
        "figure-drivers",
        (place, drawn),
        None,
        above.into_any(),
    )
}

/// The pieces of trying the first drivers of an answer as known, each with the same
/// draws of the others.
fn knowing(
    known: RwSignal<Option<Known>>,
    study: Arc<Study>,
    answer: Answer,
) -> impl FnMut() -> bool {
    let mut left = None::<Vec<usize>>;
    let mut open = None::<(usize, Study)>;
    let mut found = Vec::new();
    move || {
        let left = left.get_or_insert_with(|| {
            let drivers = study.drivers(answer);
            let tried = worth_naming(&drivers).take(TRIED);
            tried.map(|driver| driver.doubt).collect()
        });
        if open.is_none() {
            open = left.pop().map(|doubt| (doubt, study.knowing(doubt)));
        }
        let Some((doubt, pinned)) = &mut open else {
            known.try_set(Some((study.clone(), answer, found.clone())));
            return true;
        };
        if pinned.step(PIECE) {
            found.extend(
                study
                    .narrowed_by(pinned, answer)
                    .map(|stays| (*doubt, stays)),
            );
            open = None;
        }
        false
    }
}
