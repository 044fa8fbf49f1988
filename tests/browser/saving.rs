//! Files that a reader takes along.

use crate::driver::Browser;
use crate::engines::in_every_engine;
use crate::in_browser;
use doubt::Study;
use figures::{Figure, Said, Spreadsheet, answer_csv, csv, svg};
use serde_json::{Value, json};
use sim::link::{Cited, read};
use sim::outcome::simulate;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use words::Lang;

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

/// Keeps what the page would save: its name, its kind, its bytes' number, and the
/// text; of a picture its pixels, and how many colours they have.
const KEEP: &str = "window.files = []; \
    const make = URL.createObjectURL.bind(URL); \
    let blob; \
    URL.createObjectURL = made => make(blob = made); \
    HTMLAnchorElement.prototype.click = async function () { \
      const { download, href } = this; \
      const told = [download, href.startsWith('blob:'), blob.type, blob.size]; \
      if (blob.type !== 'image/png') return files.push([...told, await blob.text()]); \
      const image = await createImageBitmap(blob); \
      const { width, height } = image; \
      const context = Object.assign(document.createElement('canvas'), { width, height }).getContext('2d'); \
      context.drawImage(image, 0, 0); \
      const dots = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer); \
      files.push([...told, `${width} ${height}`, new Set(dots).size]); \
    };";

/// The file that a button of the map's gives, as [`KEEP`] kept it.
async fn kept(browser: &Browser, kind: &str) -> Vec<Value> {
    let button = format!("document.querySelector('#figure-map [data-save=\"{kind}\"]')");
    browser.run("window.files.length = 0").await;
    browser.run(&format!("{button}.click()")).await;
    browser
        .until(&format!("{kind} is made"), "files.length === 1")
        .await;
    let file = browser.value("files[0]").await;
    file.as_array().expect("what was kept").clone()
}

#[test]
fn every_engine_saves_what_the_core_writes() {
    in_every_engine(async |browser| {
        // Few draws of a layout that nobody plans: the map's come after them.
        let choices = "v=1&dies=3&tp=8&pp=1&ep=64&dp=256&batch=8192&recompute=selective&draws=200";
        browser.visit_app(&format!("/?{choices}&lang=en")).await;
        let open = "document.querySelector('#figure-map details').open = true";
        browser.run(open).await;
        // The lines of doubt come last, drawn when all draws are.
        let offered = "['.contour path', '[data-save=svg]'].every(part => document.querySelector('#figure-map ' + part))";
        browser
            .until("it is drawn, and offers files", offered)
            .await;
        browser.run(KEEP).await;
        let width = "document.querySelector('#figure-map svg').width.baseVal.value";
        let width = browser.value(width).await.as_f64().expect("a width") as u32;
        let asked = read(choices);
        let state = asked.state;
        let study = Study::new(&state, &asked.view.doubt).run();
        let all: Vec<Figure> = figures::all_drawn(Lang::En, &state, None, width, Some(&study));
        let row = |key: &str| sim::catalogue::SOURCES.iter().find(|row| row.key == key);
        let keys = figures::sources("figure-map", &state, None);
        let rows = keys.iter().filter_map(|key| row(key));
        let sources = words::cite::sources(Lang::En, rows.map(|row| row.publisher));
        let figure = all.iter().find(|figure| figure.id == "figure-map");
        let figure = figure.expect("there is a map");

        let table = kept(browser, "csv").await;
        let text = table[4].as_str().expect("a text");
        let url = text.lines().find_map(|line| line.strip_prefix("# http"));
        let url = ["http", url.expect("it says from where")].concat();
        let (page, query) = url.split_once('?').expect("a link");
        assert_eq!(page, format!("{}/", browser.origin));
        let link = read(query);
        assert_eq!(link.state, state);
        assert_eq!(link.view.cited, Cited::now(&simulate(&state.scenario())));

        let said = Said {
            subject: &figures::subject(Lang::En, figure.id, &state.scenario(), None),
            url: &url,
            sources: &sources,
        };
        let (drawing, (width, height)) = svg(Lang::En, figure, said);
        let files = [
            ("svg", "image/svg+xml", drawing),
            (
                "csv",
                "text/csv;charset=utf-8",
                csv(Lang::En, figure, said, Spreadsheet::Plain),
            ),
            (
                "fr.csv",
                "text/csv;charset=utf-8",
                csv(Lang::En, figure, said, Spreadsheet::French),
            ),
        ];
        for (kind, name, text) in files {
            // Readers of text leave the mark out that says that it is UTF-8.
            let read = text.trim_start_matches('\u{feff}');
            let expected = json!([
                format!("silicon-gap-map.{kind}"),
                true,
                name,
                text.len(),
                read
            ]);
            assert_eq!(json!(kept(browser, kind).await), expected, "{kind}");
        }
        let picture = kept(browser, "png").await;
        assert_eq!(
            picture[..3],
            [
                json!("silicon-gap-map.png"),
                json!(true),
                json!("image/png")
            ]
        );
        assert_eq!(
            picture[4],
            json!(format!("{} {}", 2 * width, 2 * height)),
            "twice as fine"
        );
        // The chart's own and those between them and its paper.
        let colours = picture[5].as_u64().expect("a number");
        assert!(colours > 20, "{colours} colours");
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
