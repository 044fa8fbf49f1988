//! The parts of the page that speak of the scenario.

mod about;
mod answers;
mod chance;
mod cited;
mod controls;
mod ends;
mod explain;
mod fetched;
mod glossary;
mod keep;
mod law;
mod notices;
mod sources;
mod stories;
mod trust;

pub use about::{About, SourceLine};
pub use answers::{Access, Answers, DRAWN, Strip};
pub use cited::CitedLink;
pub use controls::dates::aside_if_any;
pub use controls::{Levers, More, Setting};
pub use explain::{Explained, explanations, formulas};
pub use fetched::file;
pub use glossary::Glossary;
pub use keep::{Keep, OnPaper};
pub use law::Law;
pub use notices::Notices;
pub use sources::Sources;
pub use stories::{Stories, StoryStates, story_states};
pub use trust::Trust;
