//! Titles and addresses of sources: fetched when somebody first looks at one.

use crate::browser;
use leptos::prelude::*;
use words::Lang;

/// A source, as its line in the file says it.
#[derive(Clone, Copy)]
struct Source {
    key: &'static str,
    title: &'static str,
    publisher: &'static str,
    published: &'static str,
    /// Empty where it has none.
    url: &'static str,
}

impl Source {
    fn read(line: &'static str) -> Option<Self> {
        let mut parts = line.split('\t');
        let source = Self {
            key: parts.next()?,
            title: parts.next()?,
            publisher: parts.next()?,
            published: parts.next()?,
            url: parts.next()?,
        };
        Some(source)
    }
}

/// Their file.
pub fn file() -> String {
    ["sources.txt?", &browser::mark("data-texts")].concat()
}

/// What is there of the sources.
#[derive(Clone, Copy)]
enum Held {
    /// Nobody asked, or they did not come.
    Nothing,
    /// They are on their way.
    Coming,
    /// All of them.
    All(&'static [Source]),
}

/// All sources.
#[derive(Clone, Copy)]
pub struct Shelf(RwSignal<Held>);

impl Shelf {
    /// An empty one.
    pub fn new() -> Self {
        Self(RwSignal::new(Held::Nothing))
    }

    /// Sends for the sources, unless they are here or on their way.
    fn ask(self) {
        if !matches!(self.0.get_untracked(), Held::Nothing) {
            return;
        }
        self.0.set(Held::Coming);
        browser::read_text(&file(), move |file| {
            self.0.set(match file {
                Some(file) => {
                    let sources: Vec<Source> =
                        file.leak().lines().filter_map(Source::read).collect();
                    Held::All(sources.leak())
                }
                None => Held::Nothing,
            });
        });
    }

    fn source(self, key: &str) -> Option<Source> {
        match self.0.get() {
            Held::All(sources) => sources.iter().find(|source| source.key == key).copied(),
            _ => None,
        }
    }

    /// Who published the sources of these keys, as far as that is here.
    pub fn publishers(self, lang: Lang, keys: &[&str]) -> String {
        let rows = keys.iter().filter_map(|key| self.source(key));
        words::cite::sources(lang, rows.map(|source| source.publisher))
    }

    /// The title of a source; empty until it is here.
    pub fn title(self, key: &str) -> &'static str {
        self.source(key).map_or("", |source| source.title)
    }

    /// A source: its title, linked where it has an address, publisher and date;
    /// its key until these are here.
    pub fn link(self, lang: Lang, key: &'static str) -> AnyView {
        self.ask();
        (move || match self.source(key) {
            Some(source) => link(lang, source),
            None => view! { <cite>{key}</cite> }.into_any(),
        })
        .into_any()
    }
}

/// The source of what nobody published: this project.
const OWN: &str = "silicon-gap";

fn link(lang: Lang, source: Source) -> AnyView {
    let title = match source.url {
        "" if source.key == OWN => view! { <span>{lang.text("page.own_source")}</span> }.into_any(),
        "" => view! { <cite>{source.title}</cite> }.into_any(),
        url => view! { <a href=url rel="noopener">{source.title}</a> }.into_any(),
    };
    let mut rest = String::new();
    for part in [source.publisher, source.published] {
        if !part.is_empty() {
            rest.push_str(", ");
            rest.push_str(part);
        }
    }
    view! { <span class="source">{title}{rest}</span> }.into_any()
}
