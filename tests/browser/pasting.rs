//! The lines that publishers paste: what the dialog writes, and what becomes of it.

use crate::driver::named;
use crate::embedding::open_around;
use crate::server::Server;
use crate::{expected, run};
use serde_json::json;
use std::path::Path;
use words::Lang;

/// Chooses in a list of the dialog.
fn choose(id: &str, value: &str) -> String {
    format!(
        "{{ const list = document.querySelector('#embed-{id}'); list.value = '{value}'; \
         list.dispatchEvent(new Event('change', {{bubbles: true}})); }}"
    )
}

/// What stands in it.
const LINES: &str = "document.querySelector('#embed-lines textarea').value";

#[test]
fn frames_of_the_sample_articles_are_the_dialogs_lines() {
    run(async |browser| {
        for lang in ["en", "fr"] {
            let file = named("SILICON_GAP_DIST").join(format!("article/{lang}.html"));
            let article = std::fs::read_to_string(file).expect("the article is there");
            let frames: Vec<&str> = article.split("<iframe ").skip(1).collect();
            assert_eq!(frames.len(), 4);
            for frame in frames {
                let (lines, _) = frame.split_once("</script>").expect("a script");
                let lines = format!("<iframe {lines}</script>").replace("\"../", "\"/");
                let src = lines.split('"').nth(1).expect("an address");
                let (query, view) = match src.split_once("&amp;view=") {
                    Some((query, rest)) => (query, rest.split('&').next().unwrap_or_default()),
                    None => (src.trim_end_matches("&amp;embed=1"), ""),
                };
                browser.visit_app(&query.replace("&amp;", "&")).await;
                browser.click("#embed").await;
                browser.run(&choose("part", view)).await;
                let expected = lines.replace("\"/", &format!("\"{}/", browser.origin));
                browser
                    .until(
                        src,
                        &format!("{LINES}.replaceAll('\\r', '') === {expected:?}"),
                    )
                    .await;
            }
        }
    });
}

#[test]
fn the_lines_say_colours_where_somebody_chose() {
    run(async |browser| {
        browser.visit_app("/?theme=light").await;
        browser.click("#embed").await;
        for (theme, pair) in [("light", true), ("dark", true), ("", false)] {
            if theme != "light" {
                browser.run(&choose("theme", theme)).await;
            }
            let said = match pair {
                true => format!("{LINES}.includes('&amp;theme={theme}&amp;embed=1')"),
                false => format!("!{LINES}.includes('theme=')"),
            };
            browser.until(theme, &said).await;
        }
    });
}

#[test]
fn the_lines_of_the_dialog_make_a_frame() {
    run(async |browser| {
        browser.visit_app("/?dies=3").await;
        browser.click("#embed").await;
        browser.run(&choose("part", "training")).await;
        let follows = format!("{LINES}.includes('view=training')");
        browser.until("the lines follow", &follows).await;
        let lines = browser.text(LINES).await;
        open_around(browser, &lines, false).await;
        browser
            .until(
                "it follows",
                "document.querySelector('iframe').style.height !== ''",
            )
            .await;
        browser.enter_frame(0).await;
        browser.until_ready().await;
        let answer = &expected(Lang::En, "dies=3")[1];
        let shown = "[...document.querySelectorAll('.answer .headline')].filter(e => e.offsetParent).map(e => e.textContent.trim()).join()";
        browser
            .until("one answer", &format!("{shown} === {:?}", answer.headline))
            .await;
        browser.leave_frame().await;
    });
}

/// Copies the site into that folder as one that keeps versions builds it.
fn copied(from: &Path, into: &Path, release: &str) {
    std::fs::create_dir_all(into).expect("a folder can be made");
    for entry in std::fs::read_dir(from)
        .expect("the site is there")
        .flatten()
    {
        let (path, copy) = (entry.path(), into.join(entry.file_name()));
        if path.is_dir() {
            copied(&path, &copy, release);
        } else if path.extension().is_some_and(|end| end == "html") {
            let html = std::fs::read_to_string(&path).expect("it can be read");
            let own = format!("data-release=\"{release}\"");
            std::fs::write(copy, html.replace("data-release=\"\"", &own)).expect("it is written");
        } else {
            std::fs::copy(&path, copy).expect("it is copied");
        }
    }
}

#[test]
fn a_frame_may_keep_to_this_version_for_ever() {
    run(async |browser| {
        browser.visit_app("/").await;
        let offered = "document.querySelectorAll('#embed-edition').length";
        assert_eq!(browser.value(offered).await, json!(0), "without a folder");
        let release = words::cite::release();
        let own = format!("r/{release}/");
        let (dist, name) = (
            named("SILICON_GAP_DIST"),
            format!("silicon-gap-kept-{}", std::process::id()),
        );
        let folder = std::env::temp_dir().join(name);
        copied(&dist, &folder.join("gap"), &release);
        copied(&dist, &folder.join("gap").join(&own), &release);
        let site = Server::start(&folder).origin + "/gap/";
        // From the top, from this version's folder, and from a page below that.
        let mut pasted = String::new();
        for at in [
            site.clone(),
            format!("{site}{own}"),
            format!("{site}{own}fr/s/metax/"),
        ] {
            browser
                .visit_address(&format!("{at}?v=1&dies=3&lang=en"))
                .await;
            browser.until_ready().await;
            browser.click("#embed").await;
            let current = format!("src=\"{site}?v=1&amp;dies=3&amp;lang=en&amp;embed=1\"");
            let follows = format!("{LINES}.includes({current:?})");
            browser.until("the current one", &follows).await;
            browser.run(&choose("part", "training")).await;
            browser.run(&choose("edition", "pinned")).await;
            let pinned = format!("src=\"{site}{own}?v=1&amp;dies=3&amp;lang=en&amp;m=");
            browser
                .until("this one", &format!("{LINES}.includes({pinned:?})"))
                .await;
            pasted = browser.text(LINES).await;
            assert!(
                pasted.contains(&format!("{site}{own}embed/1.js")),
                "{pasted}"
            );
        }
        open_around(browser, &pasted, false).await;
        let follows = "document.querySelector('iframe').style.height !== ''";
        browser.until("it follows", follows).await;
        browser.enter_frame(0).await;
        browser.until_ready().await;
        let answer = &expected(Lang::En, "dies=3")[1];
        let shown = "[...document.querySelectorAll('.answer .headline')].filter(e => e.offsetParent).map(e => e.textContent.trim()).join()";
        browser
            .until("one answer", &format!("{shown} === {:?}", answer.headline))
            .await;
        browser.leave_frame().await;
        let _ = std::fs::remove_dir_all(&folder);
    });
}
