//! The page inside pages of another origin, as publishers paste it.

use crate::engines::in_every_engine;
use crate::server::{HOSTED, Server};
use crate::{Browser, assert_answers, expected, in_browser, run};
use serde_json::{Value, json};
use std::time::Duration;
use words::Lang;

/// Serves a page from an origin of its own; gives its address.
fn serve(name: &str, page: &str) -> String {
    let folder = std::env::temp_dir().join(format!(
        "silicon-gap-{name}-{}-{:?}",
        std::process::id(),
        std::thread::current().id()
    ));
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    std::fs::write(folder.join("index.html"), page).expect("a page can be written");
    format!("{}/index.html", Server::start(&folder).origin)
}

/// Serves a page around these frames, from an origin of its own, and opens it.
/// It keeps what frames tell it.
pub async fn open_around(browser: &Browser, frames: &str, script: bool) {
    let script = match script {
        true => format!(
            "<script async src='{}/embed/1.js'></script>",
            browser.origin
        ),
        false => String::new(),
    };
    let page = format!(
        "<!doctype html><html lang=en><title>An article</title><link rel=icon href='data:,'><script>\
         window.told = []; addEventListener('message', e => told.push([e.origin, e.data]));\
         </script><h1>An article</h1>{frames}{script}"
    );
    browser.visit_address(&serve("host", &page)).await;
}

/// A frame with that query, so many pixels wide.
fn frame(browser: &Browser, query: &str, width: u32, sandbox: &str) -> String {
    let src = format!("{}/?embed=1{query}", browser.origin);
    framed(&src, width, sandbox)
}

pub fn framed(src: &str, width: u32, sandbox: &str) -> String {
    format!("<iframe src='{src}' title='x' height=720 width={width} {sandbox}></iframe>")
}

/// An expression for what a frame told of that kind, the last of it.
fn last(kind: &str, key: &str) -> String {
    format!(
        "(told.filter(([, d]) => d && d.type === 'silicon-gap:{kind}').at(-1) ?? [0, {{}}])[1].{key}"
    )
}

#[test]
fn frames_are_as_high_as_what_they_show() {
    run(async |browser| {
        for width in [320, 375, 600, 900] {
            for query in ["", "&view=training&lang=fr", "&view=latency"] {
                open_around(browser, &frame(browser, query, width, ""), true).await;
                let frame = "document.querySelector('iframe')";
                let what = format!("the frame follows {query} at {width}");
                browser
                    .until(
                        &what,
                        &format!(
                            "{frame}.style.height !== '' && {frame}.offsetHeight >= {}",
                            last("height", "height")
                        ),
                    )
                    .await;
                browser.enter_frame(0).await;
                // What is drawn late is told late.
                let room = "(r => `${r.scrollWidth - innerWidth} ${r.scrollHeight - innerHeight}`)(document.documentElement)";
                browser.until(&what, &format!("{room} === '0 0'")).await;
                browser.leave_frame().await;
            }
        }
        let told = browser.value("told.map(([, d]) => d)").await;
        let told = told.as_array().expect("a list");
        let amp = |d: &Value| d["sentinel"] == "amp" && d["type"] == "embed-size";
        assert!(told.iter().any(amp), "AMP's words: {told:?}");
    });
}

#[test]
fn a_frame_takes_choices_from_the_page_around_it_and_tells_its_own() {
    run(async |browser| {
        let two = [
            frame(browser, "&childId=one", 600, ""),
            frame(browser, "&p=train-8192", 600, ""),
        ]
        .concat();
        open_around(browser, &two, true).await;
        let ready = "told.filter(([, d]) => d.type === 'silicon-gap:ready').length";
        browser
            .until("both are there", &format!("{ready} === 2"))
            .await;
        browser
            .until(
                "pym is answered",
                "told.some(([, d]) => /^pymxPYMxonexPYMxheightxPYMx\\d+$/.test(d))",
            )
            .await;
        browser
            .run(
                "document.querySelector('iframe').contentWindow.postMessage(\
                 {type: 'silicon-gap:set', v: 1, query: '?dies=3&lang=fr&embed=0'}, '*');",
            )
            .await;
        browser
            .until(
                "it tells what it shows",
                &format!("({} || '').includes('dies=3')", last("state", "query")),
            )
            .await;
        for (frame, query) in [(0, "dies=3"), (1, "p=train-8192")] {
            browser.enter_frame(frame).await;
            let answer = &expected(Lang::En, query)[1];
            let shown = "document.querySelector('#answer-training .headline').textContent.trim()";
            browser
                .until(query, &format!("{shown} === {:?}", answer.headline))
                .await;
            assert_eq!(
                browser
                    .value("document.querySelectorAll('header').length")
                    .await,
                json!(0)
            );
            browser.leave_frame().await;
        }
        assert_eq!(browser.console_errors().await, Vec::<String>::new());
    });
}

#[test]
fn a_frame_alone_or_in_a_sandbox_still_answers() {
    run(async |browser| {
        let open = format!("{}{}?embed=1", browser.origin, HOSTED);
        let frames = [
            frame(
                browser,
                "",
                600,
                "sandbox='allow-scripts allow-same-origin'",
            ),
            framed(&open, 600, "sandbox='allow-scripts'"),
        ]
        .concat();
        // The script was stripped.
        open_around(browser, &frames, false).await;
        for at in [0, 1] {
            browser.enter_frame(at).await;
            browser.until_ready().await;
            let shown = "document.querySelector('#answer-inference .headline').textContent.trim()";
            let answer = &expected(Lang::En, "")[0];
            browser
                .until("it answers", &format!("{shown} === {:?}", answer.headline))
                .await;
            browser.leave_frame().await;
        }
        let heights = "document.querySelectorAll('iframe')[0].style.height";
        assert_eq!(browser.value(heights).await, json!(""));
        // From nowhere, told as from nowhere.
        let origins = browser
            .value("[...new Set(told.map(([o]) => o))].sort()")
            .await;
        assert_eq!(origins, json!([browser.origin, "null"]));
    });
}

#[test]
fn a_script_that_comes_late_is_told_the_height_again() {
    run(async |browser| {
        open_around(browser, &frame(browser, "&view=training", 600, ""), false).await;
        let told = "told.some(([, d]) => d.type === 'silicon-gap:height')";
        browser.until("it tells its height", told).await;
        browser.rest(Duration::from_secs(3)).await;
        browser
            .run(&format!(
                "document.head.append(Object.assign(document.createElement('script'), {{src: '{}/embed/1.js'}}))",
                browser.origin
            ))
            .await;
        let follows = "document.querySelector('iframe').style.height !== ''";
        browser.until("the frame follows", follows).await;
        // Whoever follows is told no more.
        browser.rest(Duration::from_millis(500)).await;
        let count = "told.filter(([, d]) => d.type === 'silicon-gap:height').length";
        let before = browser.value(count).await;
        browser.rest(Duration::from_secs(10)).await;
        assert_eq!(browser.value(count).await, before);
    });
}

#[test]
fn a_frame_asks_for_no_more_room_on_paper() {
    in_browser(async |browser| {
        let height = "document.querySelector('.page').offsetHeight";
        for width in [375, 600, 900] {
            browser.set_width(width).await;
            for view in ["", "&view=training", "&view=map", "&view=watts"] {
                browser
                    .visit_app(&format!("/?embed=1&lang=fr&theme=sepia{view}"))
                    .await;
                browser
                    .until(
                        "it is drawn",
                        "[...document.querySelectorAll('.drawing')].every(d => d.firstChild)",
                    )
                    .await;
                // What draws add comes after the drawing.
                let mut on_screen = None;
                for _ in 0..20 {
                    let now = browser.value(height).await.as_f64();
                    if std::mem::replace(&mut on_screen, now) == now {
                        break;
                    }
                    browser.rest(Duration::from_millis(700)).await;
                }
                let media = |name: &str| json!({ "media": name });
                browser
                    .devtools("Emulation.setEmulatedMedia", media("print"))
                    .await;
                let on_paper = browser.value(height).await.as_f64();
                browser
                    .devtools("Emulation.setEmulatedMedia", media(""))
                    .await;
                assert!(
                    on_paper <= on_screen,
                    "{view} at {width}: {on_paper:?} on paper, {on_screen:?} on the screen"
                );
                // A word stands on one line, and an answer alone takes the whole width.
                let word = "document.querySelector('.notices-box button').offsetHeight < 60";
                assert_eq!(browser.value(word).await, json!(true), "at {width}");
                let whole = "(a => !a || a.offsetWidth > 0.9 * a.closest('main').offsetWidth)(document.querySelector('.first:not(:has(> .figure)) > .answers'))";
                assert_eq!(browser.value(whole).await, json!(true), "at {width}");
            }
        }
    });
}

#[test]
fn a_view_of_another_name_is_told() {
    run(async |browser| {
        let shown = "[...document.querySelectorAll('.first > .figure')].map(f => f.id).join()";
        let notices = "document.querySelector('#notices').textContent";
        for (view, id, told) in [
            ("latency", "figure-latency", false),
            ("figure-latency", "figure-latency", false),
            ("lateness", "figure-map", true),
        ] {
            browser
                .visit_app(&format!("/?embed=1&lang=fr&view={view}"))
                .await;
            assert_eq!(browser.value(shown).await, json!(id), "{view}");
            let said = browser.text(notices).await;
            assert_eq!(said.contains(view), told, "{said}");
        }
    });
}

/// Words for our frame that are none: of wrong types, of another version, too long.
const NONSENSE: &str = "const set = {type: 'silicon-gap:set', v: 1, query: 'dies=8'}; \
    const wrong = [null, undefined, 7, NaN, 10n, 'x', JSON.stringify(set), [], [set], {}, new Date, \
      new Map(Object.entries(set)), new ArrayBuffer(8), /x/, new Error('x'), \
      {type: 3}, {type: 'silicon-gap:set'}, {...set, type: [set.type]}, {...set, type: 'silicon-gap:state'}, \
      {...set, v: 2}, {...set, v: '1'}, {...set, v: null}, {...set, v: NaN}, \
      {...set, query: {}}, {...set, query: [set.query]}, {...set, query: null}, {...set, query: 8}, \
      {...set, query: 'dies=8&'.repeat(1e5)}]; \
    wrong[9].self = wrong[9];";

#[test]
fn every_engine_withstands_a_hostile_page_around_ours() {
    in_every_engine(async |browser| {
        // A neighbour of a third origin: it speaks to our frame as if it were the page
        // around it, and to that page as if it were ours.
        let neighbour = format!(
            "<!doctype html><script>{NONSENSE} let turns = 40; setInterval(() => {{ if (turns-- <= 0) return; \
             for (const word of [set, ...wrong]) parent.frames[0].postMessage(word, '*'); \
             const tall = {{type: 'silicon-gap:height', v: 1, height: 7777}}; \
             for (const word of [tall, ...wrong]) parent.postMessage(word, '*'); \
             window.spoken = true; }}, 50)</script>"
        );
        let neighbour = serve("neighbour", &neighbour);
        let frames = [
            frame(browser, "&lang=en", 600, ""),
            framed(&neighbour, 300, ""),
            framed(&neighbour, 300, "sandbox='allow-scripts'"),
        ];
        open_around(browser, &frames.concat(), true).await;
        let followed = "document.querySelector('iframe').style.height !== ''";
        browser.until("the frame's height follows", followed).await;
        // The page around ours, which has a say, floods and stammers.
        browser
            .run(&format!(
                "{NONSENSE} window.ours = frames[0]; \
                 for (let i = 0; i < 2000; i++) ours.postMessage({{...set, query: `dies=${{i % 9}}`}}, '*'); \
                 const long = 'dies=2&'.repeat(1170); \
                 for (let i = 0; i < 200; i++) ours.postMessage({{...set, query: long}}, '*'); \
                 ours.postMessage({{...set, query: 'dies=3'}}, '*'); \
                 for (const word of wrong) ours.postMessage(word, '*');"
            ))
            .await;
        let told = format!(
            "told.some(([o, d]) => o === {:?} && d.type === 'silicon-gap:state' && d.query.includes('dies=3'))",
            browser.origin
        );
        browser.until("it tells what it shows", &told).await;
        for at in [1, 2] {
            browser.enter_frame(at).await;
            browser
                .until("it has spoken", "window.spoken === true")
                .await;
            browser.leave_frame().await;
        }
        browser.rest(Duration::from_millis(300)).await;
        let heights = browser
            .value("[...document.querySelectorAll('iframe')].map(f => f.style.height)")
            .await;
        assert_eq!([&heights[1], &heights[2]], ["", ""], "a neighbour's height");
        assert_ne!(heights[0], "7777px");
        browser.enter_frame(0).await;
        assert_answers(browser, Lang::En, "dies=3").await;
        browser.leave_frame().await;
    });
}
