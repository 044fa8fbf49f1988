//! Inside another page: which part of ours is shown, what the two tell each other,
//! and the snippet that puts it there.

use crate::browser::{self, Later, Moment, OncePerFrame, Watch};
use crate::figures::Which;
use crate::session::Session;
use crate::widgets::{Choice, Group};
use leptos::html;
use leptos::prelude::*;
use std::time::Duration;
use words::Lang;

/// The three answers, as `view` names them.
pub const ANSWERS: [&str; 3] = ["inference", "training", "energy"];
/// How long the page around ours waits for the reader's hand to rest.
const STATE_DELAY: Duration = Duration::from_millis(300);
/// Least time between two heights.
const HEIGHT_DELAY: Duration = Duration::from_millis(100);
/// Room to spare by less than this is not told; none is ever missing.
const NEAR: f64 = 2.0;

/// What is shown inside another page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Levers, answers, map.
    Whole,
    /// Levers and one figure.
    Figure(Which),
    /// Levers and one answer.
    Answer(&'static str),
}

impl Part {
    /// The part that `view` names; all of it where it names none.
    pub fn of(view: Option<&str>) -> Self {
        let view = view.unwrap_or_default();
        let answer = ANSWERS.into_iter().find(|name| *name == view);
        let figure = Which::ALL.into_iter().find(|which| which.name() == view);
        match (figure, answer) {
            (Some(which), _) => Self::Figure(which),
            (_, Some(name)) => Self::Answer(name),
            _ => Self::Whole,
        }
    }

    /// Its name in `view`; empty for all of it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Whole => "",
            Self::Figure(which) => which.name(),
            Self::Answer(name) => name,
        }
    }

    /// Pixels of a frame where nobody follows our height: enough for one answer and
    /// for most figures on a telephone; all of it scrolls in them there.
    fn height(self) -> u32 {
        match self {
            Self::Whole => 1000,
            Self::Figure(_) => 900,
            Self::Answer(_) => 540,
        }
    }
}

/// Tells the page around ours that we are there, how high we are and what the
/// reader chose; takes choices from it. Gives the element whose height it is.
pub fn talk(session: Session) -> NodeRef<html::Div> {
    let told = StoredValue::new(0.0);
    let name = pym_name(&browser::query());
    let tell = Later::new(HEIGHT_DELAY, move || {
        let height = browser::height();
        let before = told.get_value();
        if height > before || before - height >= NEAR {
            told.set_value(height);
            browser::tell_height(height, name.as_deref());
        }
    });
    // Later waits for rest; a page that grows and grows is told on the way.
    let waiting = StoredValue::new(false);
    let ask = move || {
        if !waiting.get_value() {
            waiting.set_value(true);
            browser::after(HEIGHT_DELAY, move || {
                waiting.try_set_value(false);
                tell.flush();
            });
        }
        tell.ask();
    };
    let page = NodeRef::<html::Div>::new();
    let watch = StoredValue::new_local(None);
    Effect::new(move || {
        if let Some(element) = page.get() {
            browser::tell_parent("ready", "query", session.query().into());
            ask();
            watch.set_value(Some(Watch::width(&element, move |_| ask())));
        }
    });
    let state = Later::new(STATE_DELAY, move || {
        browser::tell_parent("state", "query", session.query().into());
    });
    Effect::new(move |before: Option<()>| {
        session.state.track();
        session.other.track();
        if before.is_some() {
            state.ask();
        }
    });
    // However many come in a frame, the last one counts.
    let wish = StoredValue::new(String::new());
    let hear = OncePerFrame::new(Moment::BeforePaint, move || session.hear(&wish.get_value()));
    browser::hear_parent(move |query| {
        wish.set_value(query);
        hear.ask();
    });
    page
}

/// The name that a page with pym gave ours, if it is a plain one.
fn pym_name(query: &str) -> Option<String> {
    let pairs = query.trim_start_matches('?').split('&');
    let name = pairs.rev().find_map(|pair| pair.strip_prefix("childId="))?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    (!name.is_empty() && name.len() <= 64 && name.chars().all(plain)).then(|| name.to_owned())
}

/// The lines that a publisher pastes: a frame that is good without scripts, a link
/// for readers without frames, and the script that gives it its height.
pub fn snippet(lang: Lang, base: &str, query: &str, part: Part) -> String {
    let (base, query) = (&escaped(base), &escaped(query));
    let folder = &base[..base.rfind('/').map_or(base.len(), |at| at + 1)];
    let view = match part.name() {
        "" => String::new(),
        name => ["&amp;view=", name].concat(),
    };
    let title = &escaped(lang.text("page.title"));
    let height = part.height().to_string();
    [
        "<iframe src=\"",
        &[base, "?", query, &view, "&amp;embed=1"].concat(),
        "\" title=\"",
        title,
        "\" loading=\"lazy\" width=\"100%\" height=\"",
        &height,
        "\" style=\"border:0;width:100%\" allow=\"clipboard-write\" sandbox=\"allow-scripts \
         allow-same-origin allow-popups allow-popups-to-escape-sandbox \
         allow-downloads\"></iframe>\n<p><a href=\"",
        &[base, "?", query].concat(),
        "\">",
        title,
        "</a></p>\n<script async src=\"",
        folder,
        "embed/1.js\"></script>",
    ]
    .concat()
}

/// Text as markup holds it.
fn escaped(text: &str) -> String {
    [
        ("&", "&amp;"),
        ("\"", "&quot;"),
        ("<", "&lt;"),
        (">", "&gt;"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// What the dialog offers.
fn parts() -> impl Iterator<Item = Part> {
    let answers = ANSWERS.into_iter().map(Part::Answer);
    let figures = Which::ALL.into_iter().map(Part::Figure);
    std::iter::once(Part::Whole).chain(answers).chain(figures)
}

/// The addresses of the version that is always current and of this one, in a site that
/// keeps a folder of that name for this one. We may stand in either.
fn editions(here: &str, release: &str) -> [String; 2] {
    let folder = &here[..here.rfind('/').map_or(here.len(), |at| at + 1)];
    let own = ["r/", release, "/"].concat();
    match folder.strip_suffix(&own) {
        Some(root) => [root.to_owned(), folder.to_owned()],
        None => [here.to_owned(), [folder, &own].concat()],
    }
}

/// The choice between the two; nothing where the site keeps no folders.
fn edition_choice(lang: Lang, release: &str, pinned: RwSignal<String>) -> Option<AnyView> {
    if release.is_empty() {
        return None;
    }
    let names = ["page.embed.current", "page.embed.pinned"];
    let entries = ["", "pinned"].into_iter().zip(names);
    let entries = entries.map(|(id, name)| (id.to_owned(), lang.text(name).to_owned()));
    let groups = vec![Group {
        name: String::new(),
        entries: entries.collect(),
    }];
    let view = view! {
        <label class="field-name" for="embed-edition">{lang.text("page.embed.edition")}</label>
        <Choice id="embed-edition".to_owned() groups=groups value=pinned
            on_choice=Callback::new(move |name| pinned.set(name)) />
        <p class="field-help" id="embed-edition-help">{lang.text("page.embed.edition_help")}</p>
    };
    Some(view.into_any())
}

/// The button that offers the snippet, and what it opens.
pub fn dialog(session: Session, lang: Lang) -> AnyView {
    let title = lang.text("page.embed.title");
    let name = move |part: Part| match part {
        Part::Whole => lang.text("page.embed.whole"),
        Part::Answer(name) => lang.find(&[name, ".question"].concat()).unwrap_or(name),
        Part::Figure(which) => which.title(lang),
    };
    let entries = parts()
        .map(|part| (part.name().to_owned(), name(part).to_owned()))
        .collect();
    let chosen = RwSignal::new(String::new());
    let groups = vec![Group {
        name: String::new(),
        entries,
    }];
    let release = browser::mark("data-release");
    let pinned = RwSignal::new(String::new());
    let choice = edition_choice(lang, &release, pinned);
    let open = RwSignal::new(false);
    let lines = Memo::new(move |_| {
        if !open.get() {
            return String::new();
        }
        session.answered.track();
        session.other.track();
        session.view.track();
        let part = Part::of(Some(&chosen.get()));
        let [current, own] = editions(&browser::address_with(""), &release);
        if pinned.with(String::is_empty) {
            snippet(lang, &current, &session.query_to_share(), part)
        } else {
            snippet(lang, &own, &session.query_to_cite(), part)
        }
    });
    let copied = RwSignal::new(false);
    let copy = move |_| {
        browser::copy(lines.get_untracked(), move |done| {
            copied.set(done);
            browser::after(Duration::from_secs(3), move || {
                copied.try_set(false);
            });
        });
    };
    view! {
        <button type="button" id="embed" class="quiet sign" aria-label=title title=title
            aria-haspopup="dialog" on:click=move |_| {
                open.set(true);
                browser::show_dialog("embed-lines");
            }>
            <span aria-hidden="true">"</>"</span>
        </button>
        <dialog id="embed-lines" class="keys" aria-labelledby="embed-title" on:close=move |_| open.set(false)>
            <h2 id="embed-title">{title}</h2>
            <label class="field-name" for="embed-part">{lang.text("page.embed.part")}</label>
            <Choice id="embed-part".to_owned() groups=groups value=chosen
                on_choice=Callback::new(move |name| chosen.set(name)) />
            {choice}
            <p class="field-help" id="embed-part-help">{lang.text("page.embed.help")}</p>
            <textarea readonly rows="7" aria-label=title prop:value=move || lines.get()></textarea>
            <form method="dialog">
                <button type="button" class="quiet" on:click=copy>
                    {move || lang.text(if copied.get() { "page.copied" } else { "page.embed.copy" })}
                </button>
                <button class="quiet">{lang.text("page.explain.close")}</button>
            </form>
        </dialog>
    }
    .into_any()
}
