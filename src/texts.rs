//! The texts of a language: fetched before anything is said in it.

use crate::browser;
use words::{Lang, texts};

/// Their file, of the same name as in boot-check.js, which asked before.
pub fn file(lang: Lang) -> String {
    let edition = browser::mark("data-texts");
    ["texts.", lang.code(), ".txt?", &edition].concat()
}

/// Says whether the texts are here, having asked for them where they were not.
pub fn fetched(lang: Lang, then: impl FnOnce(bool) + 'static) {
    if texts::are_here(lang) {
        return then(true);
    }
    browser::read_text(&file(lang), move |file| {
        then(file.is_some_and(|file| texts::learn(lang, file)));
    });
}
