//! The texts of a language: fetched before anything is said in it.

use crate::browser;
use words::{Lang, texts};

/// Says whether the texts are here, having asked for them where they were not.
pub fn fetched(lang: Lang, then: impl FnOnce(bool) + 'static) {
    if texts::are_here(lang) {
        return then(true);
    }
    // The same name as in boot-check.js, which asked before.
    let edition = browser::mark("data-texts");
    let name = ["texts.", lang.code(), ".txt?", &edition].concat();
    browser::read_text(&name, move |file| {
        then(file.is_some_and(|file| texts::learn(lang, file)));
    });
}
