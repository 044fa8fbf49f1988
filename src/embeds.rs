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
/// The id of the dialog with the lines to paste.
const LINES: &str = "embed-lines";
/// The button that shows them.
const BUTTON: &str = "embed";
/// How long the page around ours waits for the reader's hand to rest.
const STATE_DELAY: Duration = Duration::from_millis(300);
/// Least time between two heights.
const HEIGHT_DELAY: Duration = Duration::from_millis(100);
/// Seconds after which a page that does not follow is told again: its script may be
/// late, and was not there to hear.
const AGAIN: [u64; 7] = [1, 2, 4, 8, 16, 32, 60];
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

    /// What it shows, as a reader would ask.
    fn title(self, lang: Lang) -> &'static str {
        let of = |key: &[&str]| lang.find(&key.concat()).unwrap_or_default();
        match self {
            Self::Whole => lang.text("page.title"),
            Self::Figure(which) => which.title(lang),
            Self::Answer(name) => of(&["answer.", name, ".question"]),
        }
    }

    /// Where it stands in the page, after the query.
    fn fragment(self) -> String {
        match self {
            Self::Whole => String::new(),
            Self::Figure(which) => ["#", which.id()].concat(),
            Self::Answer(name) => ["#answer-", name].concat(),
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
    let again = move || {
        if (browser::frame_height() - told.get_value()).abs() >= NEAR {
            told.set_value(0.0);
            tell.ask();
        }
    };
    for seconds in AGAIN {
        browser::after(Duration::from_secs(seconds), again);
    }
    browser::on_attention(again);
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
            watch.set_value(Some([
                Watch::width(&element, move |_| ask()),
                Watch::seen(&element, "0px", move |_| again()),
            ]));
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
fn snippet(lang: Lang, base: &str, query: &str, part: Part, theme: &str) -> String {
    let (base, query) = (&escaped(base), &escaped(query));
    let folder = &base[..base.rfind('/').map_or(base.len(), |at| at + 1)];
    let pair = |key: &str, value: &str| match value {
        "" => String::new(),
        value => ["&amp;", key, "=", value].concat(),
    };
    let title = match part {
        Part::Whole => part.title(lang).to_owned(),
        _ => [part.title(lang), " · ", lang.text("page.brand")].concat(),
    };
    let title = &escaped(&title);
    let height = part.height().to_string();
    [
        "<iframe src=\"",
        &[base, "?", query].concat(),
        &[pair("view", part.name()), pair("theme", theme)].concat(),
        "&amp;embed=1\" title=\"",
        title,
        "\" loading=\"lazy\" width=\"100%\" height=\"",
        &height,
        "\" style=\"border:0;width:100%\" allow=\"clipboard-write\" sandbox=\"allow-scripts \
         allow-same-origin allow-popups allow-popups-to-escape-sandbox \
         allow-downloads\"></iframe>\n<p><a href=\"",
        &[base, "?", query, &part.fragment()].concat(),
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

/// A list under its name; `entries` are values with their texts.
fn list(
    lang: Lang,
    id: &'static str,
    name: &str,
    entries: Vec<(String, String)>,
    chosen: RwSignal<String>,
) -> AnyView {
    let groups = vec![Group {
        name: String::new(),
        entries,
    }];
    view! {
        <label class="field-name" for=id>{lang.text(name)}</label>
        <Choice id=id.to_owned() groups=groups value=chosen
            on_choice=Callback::new(move |name| chosen.set(name)) />
    }
    .into_any()
}

/// The choice between the two editions; nothing where the site keeps no folders.
fn edition_choice(lang: Lang, release: &str, pinned: RwSignal<String>) -> Option<AnyView> {
    if release.is_empty() {
        return None;
    }
    let names = [("", "page.embed.current"), ("pinned", "page.embed.pinned")];
    let entries = names.map(|(id, name)| (id.to_owned(), lang.text(name).to_owned()));
    let view = view! {
        {list(lang, "embed-edition", "page.embed.edition", entries.into(), pinned)}
        <p class="field-help" id="embed-edition-help">{lang.text("page.embed.edition_help")}</p>
    };
    Some(view.into_any())
}

/// The choice of colours: those of the page, until somebody chooses.
fn theme_choice(session: Session, lang: Lang, theme: RwSignal<String>) -> AnyView {
    let own = Memo::new(move |_| session.view.with(|view| view.theme.clone()));
    Effect::new(move || {
        let own = own.get().filter(|theme| theme != "auto");
        theme.set(own.unwrap_or_default());
    });
    let names = [
        ("", "page.embed.auto"),
        ("light", "page.theme.light"),
        ("dark", "page.theme.dark"),
    ];
    let entries = names.map(|(id, name)| (id.to_owned(), lang.text(name).to_owned()));
    list(
        lang,
        "embed-theme",
        "page.theme.name",
        entries.into(),
        theme,
    )
}

/// The button that offers the snippet, and what it opens.
pub fn dialog(session: Session, lang: Lang) -> AnyView {
    let title = lang.text("page.embed.title");
    let name = |part: Part| match part {
        Part::Whole => lang.text("page.embed.whole"),
        part => part.title(lang),
    };
    let entries = parts()
        .map(|part| (part.name().to_owned(), name(part).to_owned()))
        .collect();
    let chosen = RwSignal::new(String::new());
    let theme = RwSignal::new(String::new());
    let release = browser::mark("data-release");
    let pinned = RwSignal::new(String::new());
    let edition = edition_choice(lang, &release, pinned);
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
        let (base, query) = match pinned.with(String::is_empty) {
            true => (current, session.query_to_share()),
            false => (own, session.query_to_cite()),
        };
        snippet(lang, &base, &query, part, &theme.get())
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
    let copy_name = move || {
        lang.text(match copied.get() {
            true => "page.embed.copied",
            false => "page.embed.copy",
        })
    };
    view! {
        <button type="button" id=BUTTON class="quiet sign" aria-label=title title=title
            aria-haspopup="dialog" on:click=move |_| {
                open.set(true);
                browser::show_dialog(LINES);
            }>
            <span aria-hidden="true">"</>"</span>
        </button>
        <dialog id=LINES class="keys" aria-labelledby="embed-title" on:close=move |_| open.set(false)>
            <h2 id="embed-title">{title}</h2>
            {list(lang, "embed-part", "page.embed.part", entries, chosen)}
            {theme_choice(session, lang, theme)}
            {edition}
            <p class="field-help" id="embed-part-help">{lang.text("page.embed.help")}</p>
            <textarea readonly rows="7" aria-label=title prop:value=move || lines.get()></textarea>
            <form method="dialog">
                <button type="button" class="quiet" on:click=copy>{copy_name}</button>
                <button class="quiet">{lang.text("page.explain.close")}</button>
            </form>
        </dialog>
    }
    .into_any()
}

/// The same where a narrow head has no room for the button.
pub fn offer(lang: Lang) -> AnyView {
    view! {
        <button type="button" id="embed-below" class="quiet" aria-haspopup="dialog"
            on:click=|_| {
                browser::press(&[BUTTON]);
            }>
            {lang.text("page.embed.title")}
        </button>
    }
    .into_any()
}
