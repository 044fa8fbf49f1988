//! The three answers in large type, and the same in one line for small screens.

use super::Explained;
use crate::browser::{self, Watch};
use crate::draws::is_fresh;
use crate::phrases;
use crate::session::{Answered, Session};
use leptos::html;
use leptos::prelude::*;
use sim::outcome::Grade;
use words::Lang;
use words::explain::Subject;
use words::sentences::{self, Answer};

/// Ids of the answers, in the order in which they are given.
const IDS: [&str; 3] = ["answer-inference", "answer-training", "answer-energy"];
/// What is drawn around their headlines.
pub const DRAWN: [doubt::Answer; 3] = [
    doubt::Answer::Tpot,
    doubt::Answer::Days,
    doubt::Answer::PerToken,
];
/// Ids of what explains them, and the chip's own numbers.
const EXPLAIN: [&str; 3] = ["explain-inference", "explain-training", "explain-energy"];
const EXPLAIN_CHIP: &str = "explain-chip";
/// Which of them is about training.
const TRAINING: usize = 1;

/// Whether the answer passes or misses a bar; money and joules do not, and only
/// their absence is worth a mark.
const fn graded(i: usize) -> bool {
    i <= TRAINING
}

/// The answers, each with its grade and its reason.
#[component]
pub fn Answers(
    /// The session.
    session: Session,
    /// The language.
    lang: Lang,
    /// The answers.
    answers: Memo<Vec<Answer>>,
    /// Set while the answers are on the screen.
    in_sight: RwSignal<bool>,
) -> impl IntoView {
    let element = NodeRef::<html::Section>::new();
    let watch = StoredValue::new_local(None);
    Effect::new(move || {
        if let Some(element) = element.get() {
            let tell = move |seen| in_sight.set(seen);
            let watched = Watch::seen(&element, "0px 0px -80px 0px", tell);
            watch.set_value(Some(watched));
        }
    });
    let versus = Memo::new(move |_| {
        let (a, b) = (session.answered.get(), session.other.get()?);
        let [a, b] = [&a, &b].map(|of| (&of.scenario, &of.outcome));
        Some(sentences::differences(lang, a, b))
    });
    let articles: Vec<AnyView> = (0..IDS.len())
        .map(|i| article(session, lang, answers, versus, i))
        .collect();
    view! {
        <section id="answers" class="answers" aria-label=lang.text("page.answers") node_ref=element>
            <p class="machine">{move || session.answered.with(|a| scene(lang, a))}</p>
            {articles}
        </section>
    }
}

/// Whether the chip may be had, what its own numbers are made of, and what it is
/// held against.
#[component]
pub fn Access(
    /// The session.
    session: Session,
    /// The language.
    lang: Lang,
) -> impl IntoView {
    let chip = Explained::new(session, lang, EXPLAIN_CHIP, Subject::CHIP);
    // The first gate of training is just that.
    let grade = Memo::new(move |_| grades(session)[0]);
    view! {
        <section class="access"
            on:keydown=move |event| chip.on_key(&event)>
            <p class="supply">
                <span class="mark" data-grade=move || phrases::grade_slug(grade.get()) aria-hidden="true"></span>
                {move || supply(session, lang)}
            </p>
            {chip.panel("page.explain.chip", lang.text("page.more_chip").to_owned())}
            {beside(session, lang)}
        </section>
    }
}

/// What B is, and the ways to pin, swap and drop it.
fn beside(session: Session, lang: Lang) -> AnyView {
    let button = move |id: &'static str, act: fn(Session)| {
        let name = lang.text(&["page.compare.", id].concat()).to_owned();
        // The button goes with its click; the reader's place stays.
        let on_click = move |_| {
            act(session);
            let next = if id == "drop" { "pin" } else { "swap" };
            browser::focus_next_frame(["compare-", next].concat());
        };
        view! {
            <button type="button" class="quiet" id=["compare-", id].concat() on:click=on_click>{name}</button>
        }
        .into_any()
    };
    let inside = move || match session.other.get() {
        None => button("pin", |session| session.pin(true)),
        Some(other) => {
            let machine = scene(lang, &other);
            let is = lang.fill("page.compare.is", &[("machine", &machine)]);
            let said = Memo::new(move |_| {
                let what = session.answered.with(|a| phrases::apart(lang, a, &other));
                match what.as_str() {
                    "" => is.clone(),
                    what => lang.fill("page.compare.differs", &[("is", &is), ("what", what)]),
                }
            });
            view! {
                <span class="other">{move || said.get()}</span>
                {button("swap", Session::swap)}
                {button("drop", |session| session.pin(false))}
            }
            .into_any()
        }
    };
    view! { <p class="beside">{inside}</p> }.into_any()
}

/// What is asked of which machine.
fn scene(lang: Lang, answered: &Answered) -> String {
    let llm = phrases::choice_name(lang, "llm", answered.id("llm"));
    [&phrases::machine(lang, answered), " · ", llm].concat()
}

/// Whether and when the chip may be had.
fn supply(session: Session, lang: Lang) -> String {
    session.answered.with(|answered| {
        let (scenario, outcome) = (&answered.scenario, &answered.outcome);
        let mut text = sentences::access(lang, scenario, outcome);
        if let Some(wait) = sentences::wait(lang, scenario, outcome) {
            text.push(' ');
            text.push_str(&wait);
        }
        text
    })
}

fn article(
    session: Session,
    lang: Lang,
    answers: Memo<Vec<Answer>>,
    versus: Memo<Option<[String; 3]>>,
    i: usize,
) -> AnyView {
    let grade = Memo::new(move |_| answers.with(|answers| answers[i].grade));
    let text =
        move |of: fn(&Answer) -> &str| move || answers.with(|answers| of(&answers[i]).to_owned());
    let question = answers.with_untracked(|answers| answers[i].question);
    let gates = (i == TRAINING).then(|| {
        let grades = Memo::new(move |_| grades(session));
        view! { <ul class="gates">{move || gates(session, lang, &grades.get())}</ul> }
    });
    let explained = Explained::new(session, lang, EXPLAIN[i], Subject::ANSWERS[i]);
    let apart = move || versus.with(|all| all.as_ref().map(|all| all[i].clone()));
    view! {
        <article id=IDS[i] class="answer" data-grade=move || phrases::grade_slug(grade.get())
            data-explains=move || explained.is_open().then_some("1")
            on:keydown=move |event| explained.on_key(&event)>
            <h2>{question}</h2>
            <p class="headline">{explained.number(text(|answer| &answer.headline))}</p>
            {band(session, lang, i)}
            <p class="grade" hidden=move || !(graded(i) || grade.get() == Grade::Failed)>
                <span class="mark" data-grade=move || phrases::grade_slug(grade.get()) aria-hidden="true"></span>
                {move || phrases::grade(lang, grade.get())}
            </p>
            <p class="reason">{text(|answer| &answer.reason)}</p>
            {gates}
            <p class="detail">{text(|answer| &answer.detail)}</p>
            <p class="versus" hidden=move || versus.with(Option::is_none)>{apart}</p>
            {explained.panel("page.explain.show", question.to_owned())}
        </article>
    }
    .into_any()
}

/// Where draws put the answer; paler while it is still that of choices before.
fn band(session: Session, lang: Lang, i: usize) -> AnyView {
    let said = Memo::new(move |_| {
        session.drawn.with(|drawn| {
            let drawn = drawn.as_ref()?;
            words::doubt::band(lang, &drawn.shown, DRAWN[i])
        })
    });
    let part =
        move |at: usize| move || said.with(|said| said.as_ref().map(|said| said[at].clone()));
    // To where more is said of the first, unless this is a part of another page.
    let is_way = i == 0 && !session.view.with_untracked(|view| view.embed);
    let range = move || {
        let span = part(0)()?;
        if !is_way {
            return Some(span.into_any());
        }
        let title = lang.text("figure.sure.title");
        let label = lang.fill("figure.value", &[("name", &span), ("value", title)]);
        Some(view! { <a href="#figure-sure" aria-label=label title=title>{span}</a> }.into_any())
    };
    let stale = move || (!is_fresh(session)).then_some("1");
    view! {
        <p class="band" title=lang.text("doubt.title") data-stale=stale>
            <span class="range">{range}</span>
            " "
            <span class="band-of">{part(1)}</span>
            " "
            <span class="band-rest">{part(2)}</span>
        </p>
    }
    .into_any()
}

/// How well the bars are kept that a training run must pass.
fn grades(session: Session) -> Vec<Grade> {
    session.answered.with(|answered| {
        let gates = answered.outcome.training.gates.iter();
        gates.map(|gate| gate.grade).collect()
    })
}

/// Those bars, each with its grade; the list stays while these do.
fn gates(session: Session, lang: Lang, grades: &[Grade]) -> Vec<AnyView> {
    let gate = move |i: usize| session.answered.with(|a| a.outcome.training.gates[i]);
    let entry = |(i, grade): (usize, &Grade)| {
        let margin = move || sentences::gate_margin(lang, &gate(i)).unwrap_or_default();
        view! {
            <li title=margin>
                <span class="mark" data-grade=phrases::grade_slug(*grade) aria-hidden="true"></span>
                {sentences::gate_name(lang, untrack(move || gate(i).gate))}
                <span class="unseen">{[": ", phrases::grade(lang, *grade)].concat()}</span>
            </li>
        }
        .into_any()
    };
    grades.iter().enumerate().map(entry).collect()
}

/// The headlines in one line at the foot of a small screen, while the answers
/// themselves are out of sight. It says nothing new, so nobody hears it.
#[component]
pub fn Strip(
    /// The answers.
    answers: Memo<Vec<Answer>>,
    /// The answers are on the screen.
    in_sight: RwSignal<bool>,
) -> impl IntoView {
    let part = move |i: usize| {
        view! {
            <span class="strip-part">
                {graded(i).then(|| view! {
                    <span class="mark" data-grade=move || answers.with(|a| phrases::grade_slug(a[i].grade))></span>
                })}
                {move || answers.with(|answers| answers[i].headline.clone())}
            </span>
        }
        .into_any()
    };
    let parts: Vec<AnyView> = (0..IDS.len()).map(part).collect();
    view! {
        <div class="strip" aria-hidden="true" data-hidden=move || in_sight.get().then_some("1")
            on:click=|_| browser::scroll_to("answers")>
            {parts}
        </div>
    }
}
