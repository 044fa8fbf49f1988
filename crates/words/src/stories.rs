//! The article's passages as short texts with numbers in them: results, which
//! follow from the scenarios that a passage speaks of, and levers, which its
//! reader moves in the sentence.
//!
//! A text is a template in `locales/`: `{a.days}` is a result of scene `a`,
//! `{=chips}` the lever of that control. Results bring the words that they need,
//! so that a sentence stands whatever its levers say.

mod lever;
mod passages;
mod readings;

pub use lever::{Lever, Stop};
pub use passages::PASSAGES;

use crate::Lang;
use crate::explain::{Explanation, Subject, explain};
use readings::Told;
use sim::state::State;

/// A passage of the article.
pub struct Passage {
    /// Its key.
    pub id: &'static str,
    /// What the text calls each of its scenarios, and the preset of it.
    scenes: &'static [(&'static str, &'static str)],
    /// What its reader may change.
    pub levers: &'static [Lever],
}

/// A passage told of some choices.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// What it is about.
    pub title: &'static str,
    /// The text, piece by piece. Of which kind each piece is depends on the
    /// passage and the language alone.
    pub pieces: Vec<Piece>,
}

/// A part of a story's text.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Words that stay.
    Text(&'static str),
    /// What the scenarios give, and what that is made of.
    Result(String, Origin),
    /// What the reader may change: the lever's position among the passage's,
    /// and what it says now.
    Lever(usize, String),
}

/// What a result is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Origin {
    /// The scene that it is of, among the passage's.
    pub scene: usize,
    /// The numbers that it says; empty where no formula gives it.
    pub subjects: &'static [Subject],
}

impl Piece {
    /// What it says.
    pub fn text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Result(text, _) | Self::Lever(_, text) => text,
        }
    }
}

impl Story {
    /// The text as a whole.
    pub fn text(&self) -> String {
        self.pieces.iter().map(Piece::text).collect()
    }
}

impl Passage {
    /// The passage of that key.
    pub fn of(id: &str) -> Option<&'static Self> {
        PASSAGES.iter().find(|passage| passage.id == id)
    }

    /// Its scenarios as the presets have them, in the order of its scenes.
    pub fn states(&self) -> Vec<State> {
        let presets = self.scenes.iter();
        presets
            .filter_map(|(_, preset)| sim::catalogue::preset(preset))
            .map(State::of_preset)
            .collect()
    }

    /// What each of its scenarios is called, in the same order; empty for the
    /// only one.
    pub fn names(&self, lang: Lang) -> Vec<&'static str> {
        let name = |(scene, _): &(&str, &str)| {
            let id = self.id;
            lang.find(&format!("story.{id}.{scene}"))
                .unwrap_or_default()
        };
        self.scenes.iter().map(name).collect()
    }

    /// How a result of these choices is computed, with the values of its own scene.
    pub fn explain(&self, lang: Lang, states: &[State], origin: Origin) -> Vec<Explanation> {
        let Some(state) = states
            .get(origin.scene)
            .filter(|_| !origin.subjects.is_empty())
        else {
            return Vec::new();
        };
        let Told { scenario, outcome } = &Told::of(state);
        let subjects = origin.subjects.iter();
        subjects
            .filter_map(|subject| explain(lang, *subject, scenario, outcome))
            .collect()
    }

    /// The passage told of these choices, one for each of its scenes.
    pub fn tell(&self, lang: Lang, states: &[State]) -> Story {
        let id = self.id;
        let told: Vec<Told> = states.iter().map(Told::of).collect();
        let result = |placeholder: &str| {
            let (scene, reading) = placeholder.split_once('.')?;
            let scene = self.scenes.iter().position(|(name, _)| *name == scene)?;
            let text = readings::read(lang, reading, told.get(scene)?)?;
            let subjects = readings::subjects(reading);
            Some(Piece::Result(text, Origin { scene, subjects }))
        };
        let lever = |key: &str| {
            let i = self.levers.iter().position(|lever| lever.key == key)?;
            Some(Piece::Lever(i, self.levers[i].text(lang, states)))
        };
        let template = lang.find(&format!("story.{id}.text")).unwrap_or_default();
        let mut pieces = Vec::new();
        for part in template.split_inclusive('}') {
            let (words, placeholder) = part
                .strip_suffix('}')
                .and_then(|part| part.split_once('{'))
                .unwrap_or((part, ""));
            if !words.is_empty() {
                pieces.push(Piece::Text(words));
            }
            pieces.extend(match placeholder.strip_prefix('=') {
                Some(key) => lever(key),
                None => result(placeholder),
            });
        }
        Story {
            title: lang.find(&format!("story.{id}.title")).unwrap_or_default(),
            pieces,
        }
    }
}
