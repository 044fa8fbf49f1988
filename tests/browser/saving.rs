//! Files that a reader takes along.

use crate::driver::Browser;
use crate::engines::in_every_engine;
use crate::in_browser;
use figures::{Figure, Spreadsheet, csv, svg};
use serde_json::{Value, json};
use sim::link::{Cited, read};
use sim::outcome::simulate;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use words::Lang;

/// A folder of its own for what a test saves.
fn folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("silicon-gap-saved-{}", std::process::id()));
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
        let folder = folder();
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
                "svg" => assert!(text.starts_with("<svg") && text.contains("dies=3&amp;")),
                "csv" => assert!(text.starts_with("# ") && text.contains("dies=3&")),
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
        browser.visit_app("/?v=1&dies=3&lang=en").await;
        let open = "document.querySelector('#figure-map details').open = true";
        browser.run(open).await;
        let offered = "['svg', '[data-save=svg]'].every(part => document.querySelector('#figure-map ' + part))";
        browser
            .until("it is drawn, and offers files", offered)
            .await;
        browser.run(KEEP).await;
        let width = "document.querySelector('#figure-map svg').width.baseVal.value";
        let width = browser.value(width).await.as_f64().expect("a width") as u32;
        let state = read("v=1&dies=3").state;
        let all: Vec<Figure> = figures::all(Lang::En, &state, None, width);
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

        let (drawing, (width, height)) = svg(Lang::En, figure, &url);
        let files = [
            ("svg", "image/svg+xml", drawing),
            (
                "csv",
                "text/csv;charset=utf-8",
                csv(Lang::En, figure, &url, Spreadsheet::Plain),
            ),
            (
                "fr.csv",
                "text/csv;charset=utf-8",
                csv(Lang::En, figure, &url, Spreadsheet::French),
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
