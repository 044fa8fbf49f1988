//! Files that a reader takes along.

use crate::in_browser;
use figures::{Spreadsheet, answer_csv};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// A folder of its own for what a test saves.
fn folder(name: &str) -> PathBuf {
    let folder = format!("silicon-gap-saved-{name}-{}", std::process::id());
    let folder = std::env::temp_dir().join(folder);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    folder
}

/// The file, once the browser has written it.
async fn saved(file: &Path) -> Vec<u8> {
    let start = Instant::now();
    while !file.exists() {
        assert!(
            start.elapsed() < Duration::from_secs(20),
            "{} is saved",
            file.display()
        );
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    std::fs::read(file).expect("it can be read")
}

#[test]
fn a_figure_is_saved_as_a_drawing_a_picture_and_two_tables() {
    in_browser(async |browser| {
        let folder = folder("figure");
        let into = json!({ "behavior": "allow", "downloadPath": folder });
        browser.devtools("Browser.setDownloadBehavior", into).await;
        browser.visit_app("/?v=1&dies=3").await;
        let open = "document.querySelector('#figure-map details').open = true";
        browser.run(open).await;
        browser
            .until(
                "it offers files",
                "!!document.querySelector('#figure-map [data-save=svg]')",
            )
            .await;
        let sources = "!!document.querySelector('#figure-map .source-list .source')";
        browser.until("sources are here", sources).await;
        let size = "(s => [s.width.baseVal.value, s.height.baseVal.value])(document.querySelector('#figure-map svg'))";
        let chart = browser.value(size).await;
        for (kind, end) in [
            ("svg", "svg"),
            ("png", "png"),
            ("csv", "csv"),
            ("fr.csv", "fr.csv"),
        ] {
            browser
                .run(&format!(
                    "document.querySelector('#figure-map [data-save=\"{kind}\"]').click()"
                ))
                .await;
            let file = saved(&folder.join(format!("silicon-gap-map.{end}"))).await;
            let text = String::from_utf8_lossy(&file);
            match kind {
                "png" => {
                    assert!(file.starts_with(b"\x89PNG\r\n\x1a\n"));
                    let number = |at: usize| {
                        u32::from_be_bytes([file[at], file[at + 1], file[at + 2], file[at + 3]])
                    };
                    let chart_width = chart[0].as_f64().expect("a width");
                    assert_eq!(
                        f64::from(number(16)),
                        2.0 * (chart_width + 32.0),
                        "twice as fine"
                    );
                    // A blank sheet of that size packs into a tenth of this.
                    assert!(file.len() > 20_000, "{} bytes", file.len());
                }
                "svg" => assert!(
                    text.starts_with("<svg")
                        && text.contains("dies=3&amp;")
                        && text.contains("Sources: ")
                ),
                "csv" => assert!(
                    text.starts_with("# ")
                        && text.contains("dies=3&")
                        && text.contains("# Sources: ")
                ),
                _ => assert!(text.starts_with("\u{feff}# ") && text.contains(';')),
            }
        }
        assert_ne!(chart, Value::Null);
        let _ = std::fs::remove_dir_all(&folder);
    });
}

#[test]
fn the_whole_answer_is_saved_as_the_terminal_prints_it() {
    in_browser(async |browser| {
        let folder = folder("answer");
        let into = json!({ "behavior": "allow", "downloadPath": folder });
        browser.devtools("Browser.setDownloadBehavior", into).await;
        let query = "v=1&dies=3&b.chip=h20";
        browser.visit_app(&format!("/?{query}&lang=fr")).await;
        let open = "document.querySelector('#keep details').open = true";
        browser.run(open).await;
        let there = "!!document.querySelector('#keep [data-save=json]')";
        browser.until("it offers files", there).await;
        // What `silicon-gap evaluate` prints of the same link.
        let printed = sim::answer::answer(&sim::link::read(query), Vec::new());
        for kind in ["json", "csv", "fr.csv"] {
            let press = format!("document.querySelector('#keep [data-save=\"{kind}\"]').click()");
            browser.run(&press).await;
            let file = saved(&folder.join(format!("silicon-gap-answer.{kind}"))).await;
            let text = String::from_utf8(file).expect("it is text");
            let of = match kind {
                "json" => {
                    // As text: a reader of numbers may round the last digit.
                    let answer = printed.json(true).replace('\n', "\n  ");
                    let end = format!("  \"answer\": {answer}\n}}\n");
                    assert!(text.ends_with(&end), "{text}");
                    let file: Value = serde_json::from_str(&text).expect("it is JSON");
                    assert_eq!(file["model"], json!(sim::catalogue::MODEL.to_string()));
                    let address = file["address"].as_str().expect("an address");
                    assert!(address.contains("dies=3&b.chip=h20&") && address.contains("&m="));
                    continue;
                }
                "csv" => Spreadsheet::Plain,
                _ => Spreadsheet::French,
            };
            let table = |text: &str| text.split_once("Nom").expect("it has a head").1.to_owned();
            let expected = answer_csv(words::Lang::Fr, &printed, "", of);
            assert_eq!(table(&text), table(&expected));
            assert!(text.contains("/?v=1&dies=3&b.chip=h20&"), "{text}");
        }
        let _ = std::fs::remove_dir_all(&folder);
    });
}
