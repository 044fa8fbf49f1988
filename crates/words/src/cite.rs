//! How the page is cited, and reproduced in a terminal.

use crate::Lang;
use sim::catalogue::{DATA_DATE, MODEL, RELEASES};
use sim::date::Date;

/// The licence of texts and data, as the world writes it.
pub const LICENCE: &str = "CC BY 4.0";

/// "model 1.0, data to 28 September 2026".
pub fn version(lang: Lang) -> String {
    let values = [
        ("model", &*MODEL.to_string()),
        ("data", &lang.date(DATA_DATE)),
    ];
    lang.fill("cite.version", &values)
}

/// The name of this version's folder in a site that keeps them: "1.0-2026-09-28".
pub fn release() -> String {
    [MODEL.to_string(), DATA_DATE.to_string()].join("-")
}

/// "Sources: NVIDIA; Huawei.": each publisher once, also where several published
/// together; empty where there is none.
pub fn sources<'a>(lang: Lang, publishers: impl IntoIterator<Item = &'a str>) -> String {
    let mut named: Vec<&str> = Vec::new();
    for publisher in publishers.into_iter().flat_map(|all| all.split("; ")) {
        if !publisher.is_empty() && !named.contains(&publisher) {
            named.push(publisher);
        }
    }
    if named.is_empty() {
        return String::new();
    }
    lang.fill("cite.sources", &[("names", &named.join("; "))])
}

/// What is cited: an address that says which version it was, and the day on which
/// it was looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Citation {
    /// The language.
    pub lang: Lang,
    /// The whole address.
    pub url: String,
    /// The day of looking, where it is known.
    pub accessed: Option<Date>,
}

impl Citation {
    fn filled(&self, key: &str) -> String {
        let lang = self.lang;
        let accessed = self.accessed.map(|day| lang.date(day)).unwrap_or_default();
        let values = [
            ("title", lang.text("page.title")),
            ("version", &version(lang)),
            ("year", &year()),
            ("url", &self.url),
            ("day", &accessed),
            ("licence", LICENCE),
        ];
        lang.fill(key, &values)
    }

    /// For a line of text.
    pub fn short(&self) -> String {
        self.filled("cite.short")
    }

    /// For a list of references.
    pub fn full(&self) -> String {
        let key = match self.accessed {
            Some(_) => "cite.full",
            None => "cite.full_undated",
        };
        self.filled(key)
    }

    /// For BibTeX.
    pub fn bibtex(&self) -> String {
        let lang = self.lang;
        let language = match lang {
            Lang::En => "english",
            Lang::Fr => "french",
        };
        let model = MODEL.to_string();
        let accessed = self.accessed.map(|day| day.to_string()).unwrap_or_default();
        let version = [&model, ", data ", &DATA_DATE.to_string()].concat();
        let year = year();
        let fields = [
            ("author", "{Silicon Gap}"),
            ("title", lang.text("page.title")),
            ("year", &year),
            ("version", &version),
            ("url", &self.url),
            ("urldate", &accessed),
            ("language", language),
            ("note", LICENCE),
        ];
        let mut entry = ["@misc{silicon-gap-", &model, ",\n"].concat();
        for (name, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
            entry += &["  ", name, " = {", value, "},\n"].concat();
        }
        entry + "}"
    }
}

/// The year in which this version came out.
fn year() -> String {
    RELEASES[0].date.year().to_string()
}

/// The lines that say the same digits in a terminal: the answer, and what is drawn
/// around it.
pub fn terminal(query: &str) -> [String; 2] {
    // A link holds no quotation mark: what a shell would take for its own is none of ours.
    let quoted = ["'", &query.replace('\'', "%27"), "'"].concat();
    ["evaluate", "doubt"].map(|verb| ["silicon-gap ", verb, " ", &quoted].concat())
}
