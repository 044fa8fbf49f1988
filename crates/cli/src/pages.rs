//! The pages that are written when the site is built: the start and each passage of
//! the article, in each language, with their answer in words, a figure and its
//! table, and a picture for feeds. All are made of the page that Trunk built, so that the program starts on
//! each of them with what it tells.

mod card;
mod head;

use crate::escaped;
use figures::{Case, Figure, Shown, Table};
use sim::link;
use sim::outcome::{Outcome, simulate};
use sim::scenario::Scenario;
use sim::state::State;
use std::io::{Error, Result};
use std::path::Path;
use words::stories::{PASSAGES, Passage};
use words::{Lang, sentences};

/// Pixels of a drawing, wide enough for a desk and still read when a telephone
/// makes it smaller.
const WIDTH: u32 = 480;

/// The name of a page's picture, which stands beside it.
const CARD: &str = "card.png";

/// A page to write.
#[derive(Clone, Copy)]
struct Page {
    lang: Lang,
    /// The passage that it tells; none at the start.
    passage: Option<&'static Passage>,
}

impl Page {
    /// All of them.
    fn all() -> impl Iterator<Item = Self> {
        let passages = || std::iter::once(None).chain(PASSAGES.iter().map(Some));
        let of = move |lang| passages().map(move |passage| Self { lang, passage });
        Lang::ALL.into_iter().flat_map(of)
    }

    /// Where it stands in the site: empty, or a path that ends in a slash.
    fn path(self) -> String {
        let lang = match self.lang {
            Lang::En => "",
            Lang::Fr => "fr/",
        };
        match self.passage {
            None => lang.to_owned(),
            Some(passage) => format!("{lang}s/{}/", passage.id),
        }
    }

    /// The way from it to the site's root.
    fn root(self) -> String {
        "../".repeat(self.path().matches('/').count())
    }

    /// The start in the language that a reader's browser asks for.
    fn is_first(self) -> bool {
        self.path().is_empty()
    }

    /// The scenario that it speaks of, and what that is held against.
    fn states(self) -> (State, Option<State>) {
        let Some(passage) = self.passage else {
            return (State::default(), None);
        };
        let mut states = passage.states().into_iter();
        (states.next().unwrap_or_default(), states.next())
    }

    /// The query of that scenario.
    fn query(self) -> String {
        let (own, other) = self.states();
        match self.passage {
            None => String::new(),
            Some(_) => link::write_both(&own, other.as_ref()),
        }
    }

    /// The figure that shows what it says.
    fn figure(self) -> fn(&Shown) -> Figure {
        match self.passage.map_or("", |passage| passage.id) {
            "ban" => figures::law,
            "alibaba" => figures::frontier,
            "metax" => figures::ways,
            "cambricon" | "fund" | "rules" | "home" => figures::supply,
            "huawei" => figures::watts,
            "fabs" => figures::cost,
            "software" | "deepseek" => figures::gates,
            "heat" => figures::failures,
            _ => figures::map,
        }
    }
}

/// Writes them all into the folder that holds the page as built; `site` is the
/// address that they will have, empty where nobody knows it.
pub fn write(folder: &Path, site: &str) -> Result<()> {
    let start = folder.join("index.html");
    let built = std::fs::read_to_string(&start)?;
    let press = card::Press::new()?;
    for page in Page::all() {
        let folder = folder.join(page.path());
        std::fs::create_dir_all(&folder)?;
        let told = Told::of(page);
        std::fs::write(folder.join(CARD), card::picture(&press, &told)?)?;
        let html = filled(&told, &built, site)
            .ok_or_else(|| Error::other("index.html is not as crates/cli/src/pages.rs knows it"))?;
        std::fs::write(folder.join("index.html"), html)?;
    }
    if !site.is_empty() {
        std::fs::write(folder.join("sitemap.xml"), head::sitemap(site))?;
        let robots = format!("User-agent: *\nAllow: /\nSitemap: {site}sitemap.xml\n");
        std::fs::write(folder.join("robots.txt"), robots)?;
    }
    Ok(())
}

/// The page as built, with what this one says; `None` where a place for it is
/// missing.
fn filled(told: &Told, built: &str, site: &str) -> Option<String> {
    let page = told.page;
    let root = page.root();
    let html = built.replace("\"./", &format!("\"{root}")).replace(
        "'./",
        &format!("'{}", if root.is_empty() { "./" } else { &root }),
    );
    let mark = match page.is_first() {
        true => "<html lang=\"en\"".to_owned(),
        false => format!(
            "<html lang=\"{}\" data-root=\"{root}\" data-query=\"{}\" data-passage=\"{}\"",
            page.lang.code(),
            escaped(&page.query()),
            page.passage.map_or("", |passage| passage.id)
        ),
    };
    let html = html.replacen("<html lang=\"en\"", &mark, 1);
    let html = between(&html, "<title>", "</title>", &escaped(&told.title))?;
    let description = "<meta name=\"description\" content=\"";
    let html = between(&html, description, "\" />", &escaped(&told.description))?;
    let (before, after) = html.split_once("<meta name=\"color-scheme\"")?;
    let head = head::of(told, site);
    let html = [before, &head, "<meta name=\"color-scheme\"", after].concat();
    match page.is_first() {
        // Its opening speaks both languages, as a reader's browser has it.
        true => {
            let (before, after) = html.split_once("<noscript>")?;
            let own = format!("<div lang=\"en\">{}{}</div>\n", told.figure(), ways(page));
            Some([before, &own, "<noscript>", after].concat())
        }
        false => between(&html, "class=\"opening\">", "</main>", &told.main()),
    }
}

/// The text with that between the first of `from` and the `to` after it.
fn between(text: &str, from: &str, to: &str, inside: &str) -> Option<String> {
    let (before, rest) = text.split_once(from)?;
    let (_, after) = rest.split_once(to)?;
    Some([before, from, inside, to, after].concat())
}

/// What a page says.
struct Told {
    page: Page,
    /// Its name in a list of pages.
    title: String,
    /// What it says, in a sentence or two.
    description: String,
    /// Its text.
    text: String,
    cases: Vec<(State, Scenario, Outcome)>,
}

impl Told {
    fn of(page: Page) -> Self {
        let lang = page.lang;
        let (own, other) = page.states();
        let case = |state: State| {
            let scenario = state.scenario();
            let outcome = simulate(&scenario);
            (state, scenario, outcome)
        };
        let cases = std::iter::once(own).chain(other).map(case).collect();
        let (title, text) = match page.passage {
            None => (
                lang.text("page.title").to_owned(),
                lang.text("page.premise").to_owned(),
            ),
            Some(passage) => {
                let story = passage.tell(lang, &passage.states());
                let brand = lang.text("page.brand");
                (format!("{} · {brand}", story.title), story.text())
            }
        };
        let description = match page.passage {
            None => lang.text("pages.description").to_owned(),
            Some(_) => beginning(&text),
        };
        Self {
            page,
            title,
            description,
            text,
            cases,
        }
    }

    fn case(&self, i: usize) -> Option<Case<'_>> {
        let (state, scenario, outcome) = self.cases.get(i)?;
        Some(Case {
            state,
            scenario,
            outcome,
        })
    }

    /// What it is about.
    fn heading(&self) -> &'static str {
        let lang = self.page.lang;
        let of = |passage: &Passage| lang.find(&format!("story.{}.title", passage.id));
        match self.page.passage {
            None => lang.text("page.question_short"),
            Some(passage) => of(passage).unwrap_or_default(),
        }
    }

    /// What stands on the page until the program is here.
    fn main(&self) -> String {
        let lang = self.page.lang;
        let heading = match self.page.passage {
            None => format!(
                "<span class=\"premise\">{}</span> {}",
                escaped(lang.text("page.premise")),
                escaped(lang.text("page.question"))
            ),
            Some(_) => escaped(self.heading()),
        };
        let text = match self.page.passage {
            None => String::new(),
            Some(_) => format!("<p class=\"opening-text\">{}</p>\n", escaped(&self.text)),
        };
        let dates = [
            ("data", lang.date(sim::catalogue::DATA_DATE)),
            ("law", lang.date(sim::catalogue::LAW_KNOWN_TO)),
        ];
        let dates = dates.each_ref().map(|(name, date)| (*name, date.as_str()));
        format!(
            "\n<p class=\"brand\">{}</p>\n<h1>{heading}</h1>\n{text}{}{}{}\
             <p class=\"source-line\">{} {}</p>\n<noscript><p>{}</p></noscript>\n",
            lang.text("page.brand"),
            self.answers(),
            self.figure(),
            ways(self.page),
            escaped(&lang.fill("page.dates", &dates)),
            escaped(lang.text("page.licence")),
            escaped(lang.text("pages.no_script")),
        )
    }

    /// "Huawei Ascend 910C, 384 chips".
    fn machine(&self, scenario: &Scenario) -> String {
        let lang = self.page.lang;
        let chips = lang.count(f64::from(scenario.serving.chips));
        let chip = scenario.rows.chip.name;
        lang.fill("page.machine", &[("chip", chip), ("chips", &chips)])
    }

    /// The three answers with their reasons, and how what is held against them
    /// differs.
    fn answers(&self) -> String {
        let lang = self.page.lang;
        let (_, scenario, outcome) = &self.cases[0];
        let beside = self.cases.get(1).map(|(_, other, _)| {
            let said = lang.fill("page.compare.is", &[("machine", &self.machine(other))]);
            format!("<br />{}", escaped(&said))
        });
        let apart = self.cases.get(1).map(|(_, other, then)| {
            sentences::differences(lang, (scenario, outcome), (other, then))
        });
        let answers = sentences::answers(lang, scenario, outcome);
        let answers: String = answers
            .iter()
            .enumerate()
            .map(|(i, answer)| {
                let apart = apart.as_ref().map(|all| escaped(&all[i]));
                let apart = apart.map(|text| format!(" <small>{text}</small>"));
                format!(
                    "<div><dt>{}</dt><dd><strong>{}</strong> {}{}</dd></div>\n",
                    escaped(answer.question),
                    escaped(&answer.headline),
                    escaped(&answer.reason),
                    apart.unwrap_or_default()
                )
            })
            .collect();
        format!(
            "<p class=\"machine\">{} · {}{}</p>\n<dl>\n{answers}</dl>\n",
            escaped(&self.machine(scenario)),
            escaped(scenario.rows.llm.name),
            beside.unwrap_or_default()
        )
    }

    /// The figure that shows it, so wide.
    fn shown(&self, width: u32) -> Option<Figure> {
        let shown = Shown {
            lang: self.page.lang,
            width,
            own: self.case(0)?,
            other: self.case(1),
            drawn: None,
        };
        Some(self.page.figure()(&shown))
    }

    /// The figure with its finding and its table.
    fn figure(&self) -> String {
        let Some(figure) = self.shown(WIDTH) else {
            return String::new();
        };
        format!(
            "<figure class=\"figure\">\n<h2>{}</h2>\n{}\n<figcaption>{}</figcaption>\n\
             <details><summary>{}</summary>\n<div class=\"scroll\">{}</div>\n</details>\n</figure>\n",
            escaped(&figure.title),
            figure.drawing.svg,
            escaped(&figure.caption),
            escaped(self.page.lang.text("pages.table")),
            table(&figure.title, &figure.table)
        )
    }
}

fn table(title: &str, Table { head, rows }: &Table) -> String {
    let head: String = head
        .iter()
        .map(|text| format!("<th scope=\"col\">{}</th>", escaped(text)))
        .collect();
    let row = |row: &Vec<figures::Cell>| {
        let cells = row.iter().enumerate().map(|(i, text)| match i {
            0 => format!("<th scope=\"row\">{}</th>", escaped(text)),
            _ => format!("<td>{}</td>", escaped(text)),
        });
        format!("<tr>{}</tr>\n", cells.collect::<String>())
    };
    let rows: String = rows.iter().map(row).collect();
    format!(
        "<table><caption>{}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>{rows}</tbody></table>",
        escaped(title)
    )
}

/// The ways from a page to the others, and to the other language.
fn ways(page: Page) -> String {
    let (lang, root) = (page.lang, page.root());
    let to = |page: Page, text: &str| match page.path().as_str() {
        "" => format!("<a href=\"{root}./\">{}</a>", escaped(text)),
        path => format!("<a href=\"{root}{path}\">{}</a>", escaped(text)),
    };
    let passages = PASSAGES.iter().filter(|passage| {
        let own = page.passage.map_or("", |passage| passage.id);
        passage.id != own
    });
    let stories: String = passages
        .map(|passage| {
            let title = lang.find(&format!("story.{}.title", passage.id));
            let passage = Some(passage);
            let link = to(Page { lang, passage }, title.unwrap_or_default());
            format!("<li>{link}</li>\n")
        })
        .collect();
    let up = page.passage.map(|_| {
        let start = Page {
            lang,
            passage: None,
        };
        format!("<li>{}</li>\n", to(start, lang.text("page.question_short")))
    });
    let others = Lang::ALL.into_iter().filter(|other| *other != lang);
    let others: String = others
        .map(|other| {
            let there = Page {
                lang: other,
                ..page
            };
            let link = to(there, other.own_name());
            format!(
                "<li>{}</li>\n",
                link.replacen("<a", &format!("<a hreflang=\"{}\"", other.code()), 1)
            )
        })
        .collect();
    format!(
        "<nav class=\"opening-ways\" aria-labelledby=\"ways-title\">\n<h2 id=\"ways-title\">{}</h2>\n<ul>\n{stories}{}{others}</ul>\n</nav>\n",
        escaped(lang.text("page.stories.title")),
        up.unwrap_or_default(),
    )
}

/// Whole sentences from the beginning, as many as a list of results shows.
fn beginning(text: &str) -> String {
    const MOST: usize = 200;
    let mut end = 0;
    for sentence in text.split_inclusive(". ") {
        if end > 0 && end + sentence.len() > MOST {
            break;
        }
        end += sentence.len();
    }
    text[..end].trim_end().to_owned()
}
