//! What the reader has in front of them: choices, language, the answer.

use crate::draws::Drawn;
use crate::second::Arrival;
use crate::shelf::Shelf;
use crate::texts;
use figures::Case;
use leptos::prelude::*;
use sim::controls::{CONTROLS, Kind, index};
use sim::link::{self, Cited, Doubt, Link, Notice, Said, View};
use sim::outcome::{Outcome, simulate};
use sim::scenario::Scenario;
use sim::state::{State, Switch, Value};
use std::sync::Arc;
use words::Lang;

/// Choices with what follows from them.
pub struct Answered {
    /// The choices.
    pub state: State,
    /// Those among them that change something.
    kept: State,
    /// What they mean.
    pub scenario: Scenario,
    /// What follows.
    pub outcome: Outcome,
}

impl Answered {
    /// The answer to these choices.
    pub fn to(state: State) -> Self {
        let scenario = state.scenario();
        Self {
            kept: state.canonical(),
            outcome: simulate(&scenario),
            scenario,
            state,
        }
    }

    /// What figures are made of.
    pub fn case(&self) -> Case<'_> {
        Case {
            state: &self.state,
            scenario: &self.scenario,
            outcome: &self.outcome,
        }
    }

    /// What the control of that key says, chosen or not. `None` where a planner
    /// decides or the chip lacks the format.
    pub fn value(&self, key: &str) -> Option<Value> {
        let i = index(key)?;
        if let Some(value) = self.state.value(i) {
            return Some(value);
        }
        let rows = &self.scenario.rows;
        let id = match (key, CONTROLS[i].kind) {
            ("chip", _) => rows.chip.id,
            ("node", _) => rows.node.id,
            ("llm", _) => rows.llm.id,
            ("place", _) => rows.place.id,
            ("stack", _) => rows.stack.id,
            ("date", _) => return Some(Value::Day(rows.date)),
            ("fabs", _) => return Some(Value::Day(rows.fabs)),
            (_, Kind::Choice { read, .. }) => read(&self.scenario)?,
            (_, Kind::Number { read, .. }) => return read(&self.scenario).map(Value::Number),
            _ => return None,
        };
        Some(Value::Id(id))
    }

    /// The name in force, empty where there is none.
    pub fn id(&self, key: &str) -> &'static str {
        match self.value(key) {
            Some(Value::Id(id)) => id,
            _ => "",
        }
    }

    /// The number in force.
    pub fn number(&self, key: &str) -> Option<f64> {
        match self.value(key) {
            Some(Value::Number(number)) => Some(number),
            _ => None,
        }
    }

    /// Choices that change something: what the address says.
    pub fn kept(&self) -> &State {
        &self.kept
    }

    /// The reader changed that control, and it matters.
    pub fn is_changed(&self, key: &str) -> bool {
        index(key).is_some_and(|i| self.kept.own(i).is_some())
    }
}

/// Whose hand changed the choices last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hand {
    /// The hand on the control of that key.
    Control(&'static str),
    /// The hand on a rule.
    Rule(usize),
    /// It was B that changed.
    Beside,
    /// It was what is said of a figure's doubt, or of the draws.
    Doubt,
    /// Several at once, or a figure.
    Whole,
}

/// The language that a link asks for, or a reader of these languages.
pub fn language(query: &str, languages: &[String]) -> Lang {
    spoken(&link::read(query).view, languages)
}

fn spoken(view: &View, languages: &[String]) -> Lang {
    let mut tags = view.lang.iter().chain(languages);
    tags.find_map(|tag| Lang::from_tag(tag)).unwrap_or_default()
}

/// What a reader chose: for A, for B, and of what is in doubt.
pub type Choices = (State, Option<State>, Doubt);

/// Everything that views read, and the few ways to change it.
#[derive(Clone, Copy)]
pub struct Session {
    /// The language.
    pub lang: RwSignal<Lang>,
    /// The choices, as of this instant.
    pub state: RwSignal<State>,
    /// The latest answer, at most a frame behind the choices.
    pub answered: RwSignal<Arc<Answered>>,
    /// The answer when the reader's hand last rested: what tables show.
    pub rested: RwSignal<Arc<Answered>>,
    /// Scenario B, which the answer is held against.
    pub other: RwSignal<Option<Arc<Answered>>>,
    /// How to look at it.
    pub view: RwSignal<View>,
    /// What the link said that was not taken as it stood.
    pub notices: RwSignal<Vec<Notice>>,
    /// Of which version the link was cited, and the answers that it was opened with.
    pub cited: RwSignal<Option<(Cited, Said)>>,
    /// What was moved last.
    pub moved: RwSignal<Hand>,
    /// The sources.
    pub shelf: Shelf,
    /// What draws around an answer have shown, that of now or one before.
    pub drawn: RwSignal<Option<Arc<Drawn>>>,
    /// The part of the program that arrives second.
    pub second: RwSignal<Arrival>,
    /// Pairs of the address that are none of ours.
    foreign: StoredValue<Vec<String>>,
}

impl Session {
    /// The session that a link opens, for a reader of these languages.
    pub fn open(query: &str, languages: &[String]) -> Self {
        let link = link::read(query);
        let answered = Arc::new(Answered::to(link.state.clone()));
        let cited = cited(link.view.cited, &answered);
        Self {
            cited: RwSignal::new(cited),
            lang: RwSignal::new(spoken(&link.view, languages)),
            answered: RwSignal::new(answered.clone()),
            rested: RwSignal::new(answered),
            state: RwSignal::new(link.state),
            other: RwSignal::new(link.other.map(|state| Arc::new(Answered::to(state)))),
            view: RwSignal::new(link.view),
            notices: RwSignal::new(link.notices),
            moved: RwSignal::new(Hand::Whole),
            shelf: Shelf::new(),
            drawn: RwSignal::new(None),
            second: RwSignal::new(Arrival::Coming),
            foreign: StoredValue::new(link.foreign),
        }
    }

    /// The same for what stands behind a disclosure: while that is closed its answer
    /// stays what it was.
    pub fn behind(self, open: RwSignal<bool>) -> Self {
        let shown = RwSignal::new(self.answered.get_untracked());
        Effect::new(move || {
            if open.get() {
                shown.set(self.answered.get());
            }
        });
        Self {
            answered: shown,
            ..self
        }
    }

    /// Takes over what another link says; the language stays where it is silent.
    pub fn travel(self, query: &str) {
        let Link {
            state,
            view,
            notices,
            foreign,
            other,
        } = link::read(query);
        let asked = view.lang.as_deref().and_then(Lang::from_tag);
        let pins = view.cited;
        self.foreign.set_value(foreign);
        self.view.set(view);
        self.notices.set(notices);
        self.moved.set(Hand::Whole);
        self.other
            .set(other.map(|state| Arc::new(Answered::to(state))));
        self.state.set(state);
        self.cited.set(cited(pins, &self.answer()));
        if let Some(lang) = asked {
            texts::fetched(lang, move |there| {
                // Unless the reader has gone on meanwhile.
                let said = self.view.with_untracked(|view| view.lang.clone());
                if said.as_deref().and_then(Lang::from_tag) != asked {
                    return;
                }
                if there {
                    self.lang.set(lang);
                } else {
                    // The address says what is spoken.
                    let own = self.lang.get_untracked().code().to_owned();
                    self.view.update(|view| view.lang = Some(own));
                }
            });
        }
    }

    /// Takes over the choices of a link, and nothing of how to look at them.
    pub fn hear(self, query: &str) {
        let Link {
            state,
            view,
            notices,
            other,
            ..
        } = link::read(query);
        self.view.update(|own| own.doubt = view.doubt);
        self.notices.set(notices);
        self.moved.set(Hand::Whole);
        self.other
            .set(other.map(|state| Arc::new(Answered::to(state))));
        self.state.set(state);
        self.cited.set(cited(view.cited, &self.answer()));
    }

    /// Sets a control, or gives it back.
    pub fn choose(self, key: &'static str, value: Option<Value>) {
        self.moved.set(Hand::Control(key));
        if key == "chip"
            && self
                .view
                .with_untracked(|view| !view.doubt.spreads.is_empty())
        {
            self.view.update(|view| view.doubt.forget_design());
        }
        self.state.update(|state| {
            if key == "chip" {
                // What was said of the old chip's silicon is not said of this one.
                state.forget_design();
            }
            state.set(key, value);
        });
    }

    /// Switches a rule, moves its threshold, or gives it back to the law.
    pub fn switch_rule(self, rule: usize, switch: Option<Switch>) {
        self.moved.set(Hand::Rule(rule));
        self.state.update(|state| state.switch_rule(rule, switch));
    }

    /// Changes the choices as a whole.
    pub fn change(self, how: impl FnOnce(State) -> State) {
        self.moved.set(Hand::Whole);
        self.state.update(|state| *state = how(state.clone()));
    }

    /// Starts anew from those choices.
    pub fn start(self, state: State) {
        self.moved.set(Hand::Whole);
        self.notices.set(Vec::new());
        if self
            .view
            .with_untracked(|view| !view.doubt.spreads.is_empty())
        {
            self.view.update(|view| view.doubt.spreads.clear());
        }
        self.state.set(state);
    }

    /// Puts back choices and B as they were before that hand moved.
    pub fn restore(self, (state, other, doubt): Choices, hand: Hand) {
        self.moved.set(hand);
        if self.view.with_untracked(|view| view.doubt != doubt) {
            self.view.update(|view| view.doubt = doubt);
        }
        let same = self
            .other
            .with_untracked(|now| now.as_ref().map(|now| &now.state) == other.as_ref());
        if !same {
            let other = other.map(|state| Arc::new(Answered::to(state)));
            self.other.set(other);
        }
        self.state.set(state);
    }

    /// Pins what is chosen now as scenario B, or takes B away.
    pub fn pin(self, pinned: bool) {
        self.moved.set(Hand::Beside);
        self.other.set(pinned.then(|| self.answer()));
    }

    /// The answer to what is chosen now: the latest, where that is still it.
    pub fn answer(self) -> Arc<Answered> {
        let latest = self.answered.get_untracked();
        self.state.with_untracked(|state| {
            if latest.state == *state {
                return latest;
            }
            Arc::new(Answered::to(state.clone()))
        })
    }

    /// Makes B what the reader moves, and what they moved B.
    pub fn swap(self) {
        let Some(other) = self.other.get_untracked() else {
            return;
        };
        self.pin(true);
        self.moved.set(Hand::Whole);
        self.state.set(other.state.clone());
        self.answered.set(other);
    }

    /// Speaks that language from now on.
    pub fn speak(self, lang: Lang) {
        self.view
            .update(|view| view.lang = Some(lang.code().to_owned()));
        self.lang.set(lang);
    }

    /// The query that says all this; pairs that are none of ours as they stood.
    pub fn query(self) -> String {
        let foreign = self.foreign.get_value();
        self.query_of(&self.view.get_untracked(), &foreign)
    }

    /// The same for others: in this language, without other people's pairs.
    pub fn query_to_share(self) -> String {
        let view = View {
            lang: Some(self.lang.get_untracked().code().to_owned()),
            doubt: self.view.with_untracked(|view| view.doubt.clone()),
            ..View::default()
        };
        self.query_of(&view, &[])
    }

    /// The same with the version and the answers, for a link that is kept.
    pub fn query_to_cite(self) -> String {
        let mut query = self.query_to_share();
        if query.is_empty() {
            query = bare();
        }
        query + &link::write_cited(&Cited::now(&self.answer().outcome))
    }

    /// The query of what is computed alone, in no language.
    pub fn query_of_scenario(self) -> String {
        let doubt = self.view.with_untracked(|view| view.doubt.clone());
        let view = View {
            doubt,
            ..View::default()
        };
        match self.query_of(&view, &[]) {
            query if query.is_empty() => bare(),
            query => query,
        }
    }

    fn query_of(self, view: &View, foreign: &[String]) -> String {
        let mut query = self.other.with_untracked(|other| {
            let other = other.as_ref().map(|other| &other.state);
            self.state
                .with_untracked(|state| link::write_both(state, other))
        });
        query.push_str(&link::write_doubt(&view.doubt));
        let mut push = |pair: &str| {
            query.push('&');
            query.push_str(pair);
        };
        for (key, value) in [
            ("view", &view.view),
            ("lang", &view.lang),
            ("theme", &view.theme),
        ] {
            // Our own values are plain; anything else is not worth carrying on.
            if let Some(value) = value.as_deref().filter(|value| is_plain(value)) {
                push(&[key, "=", value].concat());
            }
        }
        if view.embed {
            push("embed=1");
        }
        for pair in foreign {
            push(pair);
        }
        // A page of one scenario must be told that it is another.
        let is_start = crate::browser::mark("data-query").is_empty();
        if query == bare() && is_start {
            String::new()
        } else {
            query
        }
    }
}

/// The query of a link that says nothing.
fn bare() -> String {
    ["v=", &link::VERSION.to_string()].concat()
}

/// What a link was cited from, beside the answers of now; nothing of any other link.
fn cited(cited: Cited, now: &Answered) -> Option<(Cited, Said)> {
    (cited != Cited::default()).then(|| (cited, Said::of(&now.outcome)))
}

fn is_plain(value: &str) -> bool {
    value
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}
