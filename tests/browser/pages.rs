//! The pages written in advance: whole and true without the program, and taken over
//! by it without a jump.

use crate::driver::named;
use crate::{assert_answers, expected, in_browser};
use serde_json::{Value, json};
use words::Lang;
use words::stories::PASSAGES;

/// Where a passage's page stands; the start, for none.
fn path(lang: Lang, passage: &str) -> String {
    let lang = if lang == Lang::Fr { "fr/" } else { "" };
    match passage {
        "" => format!("/{lang}"),
        id => format!("/{lang}s/{id}/"),
    }
}

/// Every page but the start in the reader's own language.
fn pages() -> Vec<(Lang, &'static str)> {
    let ids = || std::iter::once("").chain(PASSAGES.iter().map(|passage| passage.id));
    let all = Lang::ALL
        .into_iter()
        .flat_map(|lang| ids().map(move |id| (lang, id)));
    all.filter(|page| *page != (Lang::En, "")).collect()
}

/// The query of a passage's scenarios.
fn query(passage: &str) -> String {
    let states = PASSAGES
        .iter()
        .find(|own| own.id == passage)
        .map(|own| own.states());
    let states = states.unwrap_or_default();
    states
        .first()
        .map_or_else(String::new, |own| sim::link::write_both(own, states.get(1)))
}

#[test]
fn every_page_is_whole_and_says_what_the_core_says() {
    if !std::env::var("SILICON_GAP_BROWSER").is_ok_and(|word| word == "required") {
        return println!("skipped: `cargo xtask test` builds the pages");
    }
    let dist = named("SILICON_GAP_DIST");
    for (lang, id) in pages() {
        let path = path(lang, id);
        let file = dist.join(path.trim_start_matches('/')).join("index.html");
        let html = std::fs::read_to_string(&file).expect("the page is there");
        let once = |part: &str| assert_eq!(html.matches(part).count(), 1, "{part} in {path}");
        once("<h1>");
        once("<table>");
        once("<figcaption>");
        once("name=\"description\"");
        once("property=\"og:title\"");
        once("application/ld+json");
        once(&format!("<html lang=\"{}\" ", lang.code()));
        once("<svg xmlns");
        for code in ["en", "fr", "x-default"] {
            once(&format!("<link rel=\"alternate\" hreflang=\"{code}\""));
        }
        assert!(!html.contains(" style=\""), "{path} has styles of its own");
        let story = PASSAGES.iter().find(|passage| passage.id == id);
        let text = story.map_or_else(String::new, |passage| {
            passage.tell(lang, &passage.states()).text()
        });
        let escaped = |text: &str| text.replace('&', "&amp;").replace('"', "&quot;");
        assert!(html.contains(&escaped(&text)), "{path} tells {text}");
        for answer in expected(lang, &query(id)) {
            for part in [&answer.headline, &answer.reason] {
                assert!(html.contains(&escaped(part)), "{path} says {part}");
            }
        }
        let data = html
            .split_once("application/ld+json\">")
            .and_then(|(_, rest)| rest.split_once("</script>"))
            .map(|(data, _)| serde_json::from_str::<Value>(data));
        let data = data.expect("there is data").expect("it is JSON");
        assert_eq!(data["inLanguage"], json!(lang.code()), "{path}");
    }
}

#[test]
fn every_page_has_its_picture_for_feeds() {
    if !std::env::var("SILICON_GAP_BROWSER").is_ok_and(|word| word == "required") {
        return println!("skipped: `cargo xtask test` builds the pages");
    }
    let dist = named("SILICON_GAP_DIST");
    let mut seen = std::collections::BTreeSet::new();
    for (lang, id) in pages().into_iter().chain([(Lang::En, "")]) {
        let path = path(lang, id);
        let folder = dist.join(path.trim_start_matches('/'));
        let html = std::fs::read_to_string(folder.join("index.html")).expect("the page is there");
        let said = |name: &str| {
            let mark = format!("property=\"{name}\" content=\"");
            let (_, rest) = html.split_once(&mark).expect(name);
            rest.split('"').next().expect(name).to_owned()
        };
        // Without an address of the site it is named from here.
        let file = std::fs::read(folder.join(said("og:image"))).expect("the picture is there");
        assert!(file.starts_with(b"\x89PNG\r\n\x1a\n"), "{path}");
        let number = |at: usize| u32::from_be_bytes(file[at..at + 4].try_into().expect("four"));
        assert_eq!((number(16), number(20)), (1200, 630), "{path}");
        assert_eq!(said("og:image:width"), "1200");
        assert_eq!(said("og:image:height"), "630");
        assert!(said("og:image:alt").len() > 60, "{path}");
        assert!(html.contains("content=\"summary_large_image\""), "{path}");
        assert!(file.len() <= 60_000, "{path}: {} bytes", file.len());
        assert!(seen.insert(file), "{path} has another page's picture");
    }
}

#[test]
fn the_program_takes_a_page_over_without_a_jump() {
    let shift = "new Promise(done => { let sum = 0; const watch = new PerformanceObserver(list => { \
                 for (const e of list.getEntries()) if (!e.hadRecentInput) { sum += e.value; window.shifted = (window.shifted || '') + ' ' + e.value.toFixed(3) + ': ' + e.sources.map(s => s.node && (s.node.id || s.node.className || s.node.nodeName) + ' ' + Math.round(s.previousRect.y) + '→' + Math.round(s.currentRect.y)).join(', '); } }); \
                 watch.observe({type: 'layout-shift', buffered: true}); \
                 setTimeout(() => done(sum), 1200); })";
    in_browser(async |browser| {
        for width in [375, 1280] {
            browser.set_width(width).await;
            for (lang, id) in [
                (Lang::En, "huawei"),
                (Lang::Fr, "alibaba"),
                (Lang::Fr, ""),
                (Lang::En, ""),
            ] {
                let path = path(lang, id);
                browser.visit_app(&path).await;
                assert_answers(browser, lang, &query(id)).await;
                let title = lang.find(&format!("story.{id}.title"));
                let named = browser.text("document.title").await;
                assert!(named.starts_with(title.unwrap_or("Silicon Gap")), "{named}");
                let link = format!(
                    "!!document.querySelector('main > .of-passage [href=\"#story-{id}\"]')"
                );
                assert_eq!(browser.value(&link).await, json!(title.is_some()), "{path}");
                let shift = browser.value(shift).await;
                let shift = shift.as_f64().expect("a number");
                let by = browser.text("window.shifted || ''").await;
                assert!(shift <= 0.02, "{path} at {width} jumps by {shift}:{by}");
                assert_eq!(browser.query().await, "", "{path} stays bare");
            }
        }
    });
}

#[test]
fn a_page_of_one_scenario_takes_links_and_languages() {
    in_browser(async |browser| {
        // A link that says a scenario is that scenario, here too.
        browser.visit_app("/fr/s/metax/?v=1&dies=3&lang=en").await;
        assert_answers(browser, Lang::En, "v=1&dies=3").await;
        // The other language keeps the scenario; so does the address.
        browser.visit_app("/sub/dir/s/metax/").await;
        browser.click("#lang-fr").await;
        assert_answers(browser, Lang::Fr, &query("metax")).await;
        browser
            .until(
                "the address says both",
                "location.pathname === '/sub/dir/s/metax/' && location.search.includes('lang=fr') \
                 && location.search.includes('p=metax')",
            )
            .await;
        browser.reload().await;
        assert_answers(browser, Lang::Fr, &query("metax")).await;
        // The start's scenario has an address of its own here.
        browser
            .run(
                "const list = document.querySelector('#preset'); list.value = 'article'; \
                 list.dispatchEvent(new Event('change', {bubbles: true}));",
            )
            .await;
        browser
            .until("it says so", "location.search.startsWith('?v=1')")
            .await;
        browser.reload().await;
        let answers = expected(Lang::Fr, "");
        let shown = "document.querySelector('#answer-training .headline').textContent.trim()";
        browser
            .until(
                "the start",
                &format!("{shown} === {:?}", answers[1].headline),
            )
            .await;
    });
}

#[test]
fn a_link_to_a_figure_leads_to_it() {
    in_browser(async |browser| {
        browser.visit_app("/?lang=en#figure-law").await;
        let top = "document.querySelector('#figure-law').getBoundingClientRect().top";
        let there = format!("Math.abs({top}) < innerHeight / 2 && scrollY > innerHeight");
        browser.until("it is on the screen", &there).await;
        let drawn = "!!document.querySelector('#figure-law svg')";
        browser.until("it is drawn", drawn).await;
        assert_eq!(browser.value(&there).await, json!(true));
    });
}

#[test]
fn without_scripts_a_page_is_read() {
    in_browser(async |browser| {
        let off = json!({ "value": true });
        browser
            .devtools("Emulation.setScriptExecutionDisabled", off)
            .await;
        for width in [375, 1280] {
            browser.set_width(width).await;
            for (lang, id) in pages() {
                let path = path(lang, id);
                browser.visit(&path).await;
                assert!(browser.shows("figure svg").await, "{path}");
                assert!(browser.shows("nav a").await, "{path}");
                let wide = "document.documentElement.scrollWidth > innerWidth";
                assert_eq!(browser.value(wide).await, json!(false), "{path} at {width}");
                let styled = "getComputedStyle(document.querySelector('svg .f-ink')).fill !== 'rgb(0, 0, 0)'";
                assert_eq!(browser.value(styled).await, json!(true), "{path} is styled");
            }
        }
    });
}

#[test]
fn the_sample_articles_have_four_frames_that_follow() {
    in_browser(async |browser| {
        for (lang, width) in [("en", 375), ("fr", 1280)] {
            browser.set_size(width, 800).await;
            browser.visit(&format!("/article/{lang}.html")).await;
            let frames = "document.querySelectorAll('iframe')";
            assert_eq!(browser.value(&format!("{frames}.length")).await, json!(4));
            for at in 0..4u16 {
                browser
                    .run(&format!("{frames}[{at}].scrollIntoView()"))
                    .await;
                let follows = format!("{frames}[{at}].style.height !== ''");
                browser.until("the frame follows", &follows).await;
                browser.enter_frame(at).await;
                browser.until_ready().await;
                let room = "(r => `${r.lang} ${r.scrollWidth - innerWidth} ${r.scrollHeight - innerHeight}`)(document.documentElement)";
                let fits = format!("{room} === '{lang} 0 0'");
                browser.until("all of it is seen", &fits).await;
                browser.leave_frame().await;
            }
            let wide = "document.documentElement.scrollWidth > innerWidth";
            assert_eq!(browser.value(wide).await, json!(false), "{lang}");
        }
    });
}
