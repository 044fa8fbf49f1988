//! The page: choices on one side, three answers on the other, figures below.
//!
//! [`app`] wires it; [`session`] holds what the reader chose and what follows
//! from it, [`history`] what it was before, [`draws`] where it lies; [`panels`] and
//! [`figures`] show it, made of [`widgets`]; [`toolbar`] and [`shortcuts`] act on it
//! as a whole, [`embeds`] speaks of it to a page around ours; [`browser`] alone speaks
//! to the browser. Before all, [`texts`] fetches what it says; after all, [`second`]
//! the part of the program that nobody needs for a first answer.

use std::time::Duration;
use words::Lang;

mod app;
mod browser;
mod dials;
mod draws;
mod embeds;
mod figures;
mod history;
mod panels;
mod phrases;
mod provenance;
#[allow(unsafe_code)]
mod second;
mod session;
mod shelf;
mod shortcuts;
mod texts;
mod toolbar;
mod widgets;

/// How long the page stands before it reads ahead.
const REST: Duration = Duration::from_secs(5);

/// What a reader may still ask for when the network is gone, the smallest first.
fn ahead(lang: Lang) -> Vec<String> {
    let glossaries = Lang::ALL.map(|lang| panels::file("glossary", lang));
    let texts = Lang::ALL.into_iter().filter(|other| *other != lang);
    let (texts, trust) = (texts.map(texts::file), panels::file("trust", lang));
    let all = glossaries.into_iter().chain([shelf::file()]).chain(texts);
    all.chain([trust]).collect()
}

fn main() {
    browser::say_so_when_broken();
    let (query, languages) = (browser::query(), browser::languages());
    let lang = session::language(&query, &languages);
    texts::fetched(lang, move |there| {
        if there {
            leptos::mount::mount_to_body(app::App);
            browser::announce_ready();
            // Inside another page a reader stays for less, and there may be many frames.
            if !sim::link::read(&query).view.embed && !browser::saves_data() {
                browser::after(REST, move || browser::read_ahead(ahead(lang)));
            }
        } else {
            browser::say_broken();
        }
    });
}
