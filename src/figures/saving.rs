//! Buttons that save a figure as a file.

use super::subject;
use crate::browser;
use crate::session::Session;
use figures::{Figure, Said, Spreadsheet, csv, svg};
use leptos::prelude::*;
use words::Lang;

/// The kinds of file, by the end of their name.
const KINDS: [&str; 4] = ["svg", "png", "csv", "fr.csv"];

/// A button for each kind of file of the figure that is drawn.
pub fn buttons(
    session: Session,
    lang: Lang,
    drawn: RwSignal<Option<Figure>>,
    sources: Memo<Vec<&'static str>>,
) -> AnyView {
    let button = |kind: &'static str| {
        let name = match kind {
            "fr.csv" => lang.text("page.keep.csv_fr").to_owned(),
            kind => kind.to_uppercase(),
        };
        let on_click = move |_| {
            let sources = untrack(|| session.shelf.publishers(lang, &sources.get()));
            drawn.with_untracked(|figure| {
                if let Some(figure) = figure {
                    let subject = untrack(|| subject(session, lang, figure.id));
                    let said = Said {
                        subject: &subject,
                        url: &browser::address_with(&session.query_to_cite()),
                        sources: &sources,
                    };
                    save(lang, figure, said, kind);
                }
            });
        };
        view! {
            <button type="button" class="quiet" data-save=kind on:click=on_click>{name}</button>
        }
        .into_any()
    };
    view! {
        <div class="save-as" role="group" aria-label=lang.text("page.keep.save")>
            <h3>{lang.text("page.keep.save")}</h3>
            {KINDS.map(button).into_iter().collect::<Vec<_>>()}
        </div>
    }
    .into_any()
}

fn save(lang: Lang, figure: &Figure, said: Said, kind: &'static str) {
    let name = [
        "silicon-gap-",
        figure.id.trim_start_matches("figure-"),
        ".",
        kind,
    ]
    .concat();
    let table = |of| {
        browser::save(
            &name,
            "text/csv;charset=utf-8",
            &csv(lang, figure, said, of),
        )
    };
    match kind {
        "csv" => table(Spreadsheet::Plain),
        "fr.csv" => table(Spreadsheet::French),
        _ => {
            let (svg, size) = svg(lang, figure, said);
            match kind {
                "svg" => browser::save(&name, "image/svg+xml", &svg),
                _ => browser::save_picture(name, &svg, size),
            }
        }
    }
}
