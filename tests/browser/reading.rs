//! Reading values off the figures: under the pointer, a finger and the keyboard.

use crate::{Browser, in_browser};
use charts::Mark;
use figures::Figure;
use serde_json::json;
use words::Lang;

const ESCAPE: &str = "\u{E00C}";
const ENTER: &str = "\u{E007}";
const RIGHT: &str = "\u{E014}";
const DOWN: &str = "\u{E015}";
const END: &str = "\u{E010}";
const HOME: &str = "\u{E011}";

/// Brings the figure into the middle of the screen, drawn, and gives the marks
/// that it should have at its width.
async fn marks(browser: &Browser, id: &str, lang: Lang, query: &str) -> Vec<Mark> {
    let figure = format!("document.querySelector('#{id}')");
    browser
        .value(&format!("{figure}.scrollIntoView({{block: 'center'}})"))
        .await;
    let drawn = format!("{figure}.querySelector('svg') !== null");
    browser.until(&format!("{id} is drawn"), &drawn).await;
    // What is drawn above may push it away.
    browser
        .value(&format!("{figure}.scrollIntoView({{block: 'center'}})"))
        .await;
    let width = browser
        .value(&format!("{figure}.querySelector('.drawing').clientWidth"))
        .await;
    // What draws show comes after the rest.
    let coming = lang.text("figure.drawn.coming");
    let complete = format!("!{figure}.querySelector('svg').textContent.includes({coming:?})");
    browser.until(&format!("{id} is complete"), &complete).await;
    let link = sim::link::read(query);
    let study = doubt::Study::new(&link.state, &link.view.doubt).run();
    let width = width.as_u64().expect("it has a width") as u32;
    let all: Vec<Figure> = figures::all_drawn(lang, &link.state, None, width, Some(&study));
    let figure = all.into_iter().find(|figure| figure.id == id);
    figure.expect("there is such a figure").drawing.marks
}

/// Where on the screen a mark of the figure lies.
async fn place(browser: &Browser, id: &str, mark: &Mark) -> (f64, f64) {
    let corner = browser
        .value(&format!(
            "(r => [r.left, r.top])(document.querySelector('#{id} .drawing').getBoundingClientRect())"
        ))
        .await;
    let (x, y) = mark.centre();
    let at =
        |i: usize, tenths: i32| corner[i].as_f64().expect("a place") + f64::from(tenths) / 10.0;
    (at(0, x), at(1, y))
}

/// Waits until the words of the mark stand beside it, clear of it and within the
/// window.
async fn assert_read(browser: &Browser, id: &str, mark: &Mark) {
    let shown = format!("document.querySelector('#{id} .words')?.textContent");
    let text = mark.text.replacen('\n', "", 1);
    browser
        .until(
            &format!("{id} says {text:?}"),
            &format!("{shown} === {text:?}"),
        )
        .await;
    let clear = format!(
        "(() => {{ const box = s => document.querySelector('#{id} ' + s).getBoundingClientRect(); \
            const [ring, words] = [box('.ring'), box('.words')]; \
            const apart = words.right <= ring.left || words.left >= ring.right \
                || words.bottom <= ring.top || words.top >= ring.bottom; \
            return apart && words.left >= 0 && words.right <= innerWidth; }})()"
    );
    assert_eq!(browser.value(&clear).await, json!(true), "{id}: {mark:?}");
}

async fn assert_silent(browser: &Browser, id: &str) {
    let gone = format!("document.querySelector('#{id} .words') === null");
    browser
        .until(&format!("{id} says nothing more"), &gone)
        .await;
}

/// Figures of every kind of chart.
const KINDS: [&str; 6] = [
    "figure-map",
    "figure-latency",
    "figure-frontier",
    "figure-gates",
    "figure-failures",
    "figure-law",
];

#[test]
fn a_pointer_reads_what_it_points_at() {
    in_browser(async |browser| {
        let query = "v=1&dies=3&lang=fr";
        for width in [1280, 375] {
            browser.set_width(width).await;
            browser.visit_app(&format!("/?{query}")).await;
            for id in KINDS {
                let marks = marks(browser, id, Lang::Fr, query).await;
                for mark in [&marks[marks.len() / 2], &marks[1]] {
                    let (x, y) = place(browser, id, mark).await;
                    browser.point(x, y).await;
                    assert_read(browser, id, mark).await;
                    browser.point(2.0, 2.0).await;
                    assert_silent(browser, id).await;
                }
            }
        }
    });
}

/// The middle of the first element there is.
async fn middle(browser: &Browser, selector: &str) -> (f64, f64) {
    let rect = format!("document.querySelector('{selector}').getBoundingClientRect()");
    let middle = browser
        .value(&format!(
            "(r => [r.left + r.width / 2, r.top + r.height / 2])({rect})"
        ))
        .await;
    let at = |i: usize| middle[i].as_f64().expect("a place");
    (at(0), at(1))
}

#[test]
fn words_can_be_pointed_at_and_sent_away() {
    in_browser(async |browser| {
        browser.visit_app("/").await;
        let id = "figure-gates";
        let marks = marks(browser, id, Lang::En, "").await;
        let (x, y) = place(browser, id, &marks[0]).await;
        browser.point(x, y).await;
        assert_read(browser, id, &marks[0]).await;
        let settled = "document.querySelector('.words[data-settled]') !== null";
        browser.until("the words stay", settled).await;
        let (x, y) = middle(browser, ".words").await;
        browser.point(x, y).await;
        assert_read(browser, id, &marks[0]).await;
        browser.press("body", ESCAPE).await;
        assert_silent(browser, id).await;
    });
}

/// The lines of a figure's mark that open a formula, by the choices of no link.
fn explained(id: &str, lang: Lang, mark: &Mark) -> Vec<String> {
    let all = figures::all(lang, &sim::link::read("").state, None, 640);
    let figure = all.iter().find(|figure| figure.id == id);
    let lines = figure
        .expect("there is such a figure")
        .lines(lang, &mark.text);
    let lines = lines.into_iter().filter(|(_, origin)| origin.is_some());
    lines.map(|(line, _)| line.to_owned()).collect()
}

#[test]
fn enter_opens_the_formulas_of_what_is_read_and_escape_comes_back() {
    in_browser(async |browser| {
        browser.visit_app("/?lang=fr").await;
        let id = "figure-failures";
        let marks = marks(browser, id, Lang::Fr, "").await;
        let own = marks
            .iter()
            .position(|mark| !explained(id, Lang::Fr, mark).is_empty());
        let own = own.expect("a mark is explained");
        let slider = format!("#{id} input[type=range]");
        browser.press(&slider, HOME).await;
        for _ in 0..own {
            browser.press(&slider, RIGHT).await;
        }
        assert_read(browser, id, &marks[own]).await;
        browser.press(&slider, ENTER).await;
        let expected = explained(id, Lang::Fr, &marks[own]).len();
        let panel = format!("document.querySelector('#{id}-explained')");
        let open = format!(
            "{panel} === document.activeElement && \
             {panel}.querySelectorAll('h3').length === {expected} && \
             {panel}.querySelectorAll('.values').length >= {expected}"
        );
        browser
            .until("all are told, and the keyboard is there", &open)
            .await;
        browser.press(&format!("#{id}-explained"), ESCAPE).await;
        let back = format!(
            "{panel} === null && document.activeElement === document.querySelector('{slider}')"
        );
        browser.until("the keyboard reads on", &back).await;
    });
}

#[test]
fn a_press_on_a_value_that_is_read_opens_its_formula() {
    in_browser(async |browser| {
        for width in [1280, 375] {
            browser.set_width(width).await;
            browser.visit_app("/").await;
            let id = "figure-gates";
            let marks = marks(browser, id, Lang::En, "").await;
            let (x, y) = place(browser, id, &marks[0]).await;
            browser.tap(x, y).await;
            assert_read(browser, id, &marks[0]).await;
            let settled = "document.querySelector('.words[data-settled]') !== null";
            browser.until("the words stay", settled).await;
            let (x, y) = middle(browser, ".words .explains").await;
            browser.tap(x, y).await;
            let open = format!(
                "document.querySelectorAll('#{id}-explained .values').length > 0 \
                 && document.querySelectorAll('#{id}-explained h3').length === 1"
            );
            browser.until("its formula is told", &open).await;
        }
    });
}

#[test]
fn the_keyboard_goes_through_the_marks() {
    in_browser(async |browser| {
        browser.visit_app("/").await;
        let id = "figure-latency";
        let marks = marks(browser, id, Lang::En, "").await;
        let slider = format!("#{id} input[type=range]");
        let says = async |mark: &Mark| {
            let spoken = format!(
                "document.querySelector('{slider}').getAttribute('aria-valuetext') === {:?}",
                mark.text.replace('\n', "; ")
            );
            browser
                .until(&format!("{:?} is heard", mark.text), &spoken)
                .await;
            assert_read(browser, id, mark).await;
        };
        browser.press(&slider, RIGHT).await;
        says(&marks[1]).await;
        browser.press(&slider, RIGHT).await;
        says(&marks[2]).await;
        browser.press(&slider, END).await;
        says(&marks[marks.len() - 1]).await;
        browser.press(&slider, HOME).await;
        says(&marks[0]).await;
        browser.press(&slider, DOWN).await;
        let below = charts::level(&marks, 0, true).expect("there are two bars");
        says(&marks[below]).await;
        browser.press(&slider, ESCAPE).await;
        assert_silent(browser, id).await;
    });
}

#[test]
fn what_is_read_follows_the_choices() {
    in_browser(async |browser| {
        browser.visit_app("/").await;
        let id = "figure-map";
        let before = marks(browser, id, Lang::En, "").await;
        let slider = format!("#{id} input[type=range]");
        browser.press(&slider, END).await;
        assert_read(browser, id, &before[before.len() - 1]).await;
        // A column more, and the words of the same place in the list.
        browser
            .value("document.querySelector('#control-dies-number').value = 7, \
                document.querySelector('#control-dies-number').dispatchEvent(new Event('change', { bubbles: true }))")
            .await;
        let after = marks(browser, id, Lang::En, "dies=7").await;
        assert!(after.len() > before.len());
        assert_read(browser, id, &after[before.len() - 1]).await;
        // Enter takes the cell: the first of the second row.
        browser.press(&slider, HOME).await;
        browser.press(&slider, DOWN).await;
        browser.press(&slider, ENTER).await;
        let taken = "/dies=1(&|$)/.test(location.search)";
        browser
            .until("the address says what was taken", taken)
            .await;
    });
}

#[test]
fn a_finger_reads_too_and_elsewhere_sends_away() {
    in_browser(async |browser| {
        browser.set_width(375).await;
        for (query, lang, id) in [
            ("v=1&dies=3&embed=1", Lang::En, "figure-map"),
            ("v=1&lang=fr", Lang::Fr, "figure-failures"),
        ] {
            browser.visit_app(&format!("/?{query}")).await;
            let mark = &marks(browser, id, lang, query).await[4];
            let (x, y) = place(browser, id, mark).await;
            browser.tap(x, y).await;
            if id == "figure-map" {
                // It is chosen, and its words are those of the choice.
                let moved = "location.search.includes('node=')";
                browser.until("the address follows", moved).await;
                let query = browser.text("location.search.slice(1)").await;
                let chosen = marks(browser, id, lang, &query).await;
                assert_read(browser, id, &chosen[4]).await;
            } else {
                assert_read(browser, id, mark).await;
            }
            browser.tap(3.0, 3.0).await;
            assert_silent(browser, id).await;
        }
    });
}
