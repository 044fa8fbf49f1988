//! The page: choices on one side, three answers on the other, figures below.
//!
//! [`app`] wires it; [`session`] holds what the reader chose and what follows
//! from it, [`history`] what it was before, [`draws`] where it lies; [`panels`] and
//! [`figures`] show it, made of [`widgets`]; [`toolbar`] and [`shortcuts`] act on it
//! as a whole, [`embeds`] speaks of it to a page around ours; [`browser`] alone speaks
//! to the browser. Before all, [`texts`] fetches what it says.

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

fn main() {
    browser::say_so_when_broken();
    let (query, languages) = (browser::query(), browser::languages());
    texts::fetched(session::language(&query, &languages), |there| {
        if there {
            leptos::mount::mount_to_body(app::App);
            browser::announce_ready();
        } else {
            browser::say_broken();
        }
    });
}
