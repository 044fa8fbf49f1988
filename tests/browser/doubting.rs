//! Draws around the answer: the page's ranges are the core's, to the digit.

use crate::{ANSWERS, Browser, in_browser};
use doubt::{Answer, Study};
use words::Lang;

/// A layout that is fixed: no draw plans.
pub const FIXED: &str = "v=1&tp=8&pp=1&ep=64&dp=256&batch=8192&recompute=selective&draws=600";
/// What is drawn around the three answers.
const DRAWN: [Answer; 3] = [Answer::Tpot, Answer::Days, Answer::PerToken];

pub fn study(query: &str) -> Study {
    let link = sim::link::read(query);
    Study::new(&link.state, &link.view.doubt).run()
}

/// Waits until the page's ranges are those of the link, computed here.
pub async fn assert_ranges(browser: &Browser, lang: Lang, query: &str) {
    let shown = study(query).so_far();
    for (id, answer) in ANSWERS.iter().zip(DRAWN) {
        let band = words::doubt::band(lang, &shown, answer).expect("it is drawn");
        let said = band.join(" ").trim().to_owned();
        let there = format!(
            "(() => {{ const band = document.querySelector('{id} .band'); \
             return band.dataset.stale === undefined && band.textContent.trim() === {said:?}; }})()"
        );
        browser
            .until(&format!("{id} lies in {said:?} for {query:?}"), &there)
            .await;
    }
}

#[test]
fn ranges_are_those_of_the_core() {
    in_browser(async |browser| {
        for (lang, query) in [
            (Lang::En, FIXED.to_owned()),
            (Lang::Fr, FIXED.to_owned() + "&lang=fr&seed=7"),
            (Lang::En, "v=1&draws=300&p=train-8192".to_owned()),
            // Inside another page as well.
            (Lang::En, FIXED.to_owned() + "&embed=1"),
        ] {
            browser.visit_app(&format!("/?{query}")).await;
            assert_ranges(browser, lang, &query).await;
        }
    });
}

#[test]
fn an_answer_beyond_its_range_says_why_with_its_formula() {
    in_browser(async |browser| {
        let mut said = 0;
        // A reader whose memory is slower than the chip's row says moves all draws.
        let slower = "v=1&draws=300&batch=32768&u.chip.bandwidth=1600..1700&lang=fr";
        for query in ["v=1&draws=300&lang=fr", slower] {
            browser.visit_app(&format!("/?{query}")).await;
            assert_ranges(browser, Lang::Fr, query).await;
            let (shown, state) = (study(query).so_far(), sim::link::read(query).state);
            let serving = state.scenario().serving;
            let why = words::doubt::beyond(Lang::Fr, &shown, Answer::Tpot, &serving);
            said += usize::from(why.is_some());
            browser.press("#explain-inference-number", "\u{E007}").await;
            let open = "document.querySelectorAll('#explain-inference .values').length > 0";
            browser.until("it is explained", open).await;
            let there = format!(
                "(document.querySelector('#explain-inference .beyond')?.textContent ?? '') === {:?}",
                why.unwrap_or_default()
            );
            browser.until("it says why, or nothing", &there).await;
        }
        assert_eq!(said, 1, "one of them lies beyond its range");
    });
}

#[test]
fn the_first_range_leads_to_how_sure_that_is() {
    in_browser(async |browser| {
        let query = FIXED.to_owned();
        browser.visit_app(&format!("/?{query}&embed=1")).await;
        assert_ranges(browser, Lang::En, &query).await;
        let none = "document.querySelector('.range a') === null";
        browser
            .until("inside another page nothing does", none)
            .await;
        browser.visit_app(&format!("/?{query}")).await;
        assert_ranges(browser, Lang::En, &query).await;
        browser.click("#answer-inference .range a").await;
        let there = "(r => r.top < innerHeight / 2 && r.bottom > 0)\
             (document.querySelector('#figure-sure').getBoundingClientRect())";
        browser.until("the figure is in view", there).await;
    });
}

#[test]
fn an_old_range_is_marked_until_the_new_one_comes() {
    in_browser(async |browser| {
        browser.visit_app(&format!("/?{FIXED}")).await;
        assert_ranges(browser, Lang::En, FIXED).await;
        browser
            .run(
                "const band = document.querySelector('#answer-inference .band'); \
                 window.marked = []; \
                 new MutationObserver(() => window.marked.push(band.dataset.stale ?? 'no')) \
                 .observe(band, {attributes: true, attributeFilter: ['data-stale']});",
            )
            .await;
        let place = "JSON.stringify(scrollY + document.querySelector('#answer-training .headline').getBoundingClientRect().top)";
        let before = browser.text(place).await;
        browser.press("#control-dies", "\u{E014}").await;
        browser
            .until("it is marked", "window.marked[0] === '1'")
            .await;
        browser
            .until("and then it is not", "window.marked.at(-1) === 'no'")
            .await;
        assert_ranges(browser, Lang::En, &(FIXED.to_owned() + "&dies=3")).await;
        browser.press("#control-dies", "\u{E012}").await;
        assert_ranges(browser, Lang::En, FIXED).await;
        assert_eq!(browser.text(place).await, before, "nothing has moved");
    });
}

/// The latency figure says what the answer above it says, and nothing of before.
#[test]
fn a_figure_shows_the_range_of_the_answer_above_it() {
    in_browser(async |browser| {
        for width in [1280, 375] {
            browser.set_width(width).await;
            browser.visit_app(&format!("/?{FIXED}")).await;
            let figure = "document.querySelector('#figure-latency')";
            let scroll = format!("{figure}.scrollIntoView({{block: 'center'}})");
            browser.value(&scroll).await;
            for query in [FIXED.to_owned(), FIXED.to_owned() + "&dies=3"] {
                assert_ranges(browser, Lang::En, &query).await;
                let shown = study(&query).so_far();
                let [span, of, _] = words::doubt::band(Lang::En, &shown, DRAWN[0]).expect("drawn");
                let said = [&*span, " ", of.trim_end_matches('.')].concat();
                let text = format!("{figure}.querySelector('svg')?.textContent");
                let there = format!("{text}?.includes({said:?})");
                browser.until(&format!("it shows {said}"), &there).await;
                // From the moment on which something else is answered, it is gone.
                browser
                    .run(
                        "window.seen = []; \
                         const svg = () => document.querySelector('#figure-latency svg').textContent; \
                         new MutationObserver(() => window.seen.push(svg())) \
                         .observe(document.querySelector('#figure-latency .drawing'), \
                         {childList: true, subtree: true, characterData: true, attributes: true});",
                    )
                    .await;
                browser.press("#control-dies", "\u{E014}").await;
                // The hand on the lever may have taken it out of sight.
                browser.value(&scroll).await;
                browser
                    .until("it is redrawn", "window.seen.length > 0")
                    .await;
                let kept = format!("window.seen[0].includes({said:?})");
                assert_eq!(browser.value(&kept).await, serde_json::json!(false));
            }
        }
    });
}

/// The caption of the figure of drivers, computed here.
fn caption(study: &Study, answer: Answer) -> String {
    let drivers = study.drivers(answer);
    let known: Vec<(usize, f64)> = words::doubt::worth_naming(&drivers)
        .take(3)
        .filter_map(|driver| {
            let known = study.knowing(driver.doubt).run();
            Some((driver.doubt, study.narrowed_by(&known, answer)?))
        })
        .collect();
    figures::drivers(Lang::En, 500, study, answer, &known).caption
}

async fn until_caption(browser: &Browser, said: &str) {
    let there =
        format!("document.querySelector('#figure-drivers figcaption')?.textContent === {said:?}");
    browser.until(said, &there).await;
}

#[test]
fn old_drivers_are_marked_until_the_new_ones_are_drawn() {
    in_browser(async |browser| {
        browser.visit_app(&format!("/?{FIXED}")).await;
        browser
            .run("document.querySelector('#figure-drivers').scrollIntoView()")
            .await;
        until_caption(browser, &caption(&study(FIXED), Answer::Days)).await;
        // What the caption said each time that the mark came or went.
        browser
            .run(
                "const mark = document.querySelector('.drivers-of'); \
                 const said = document.querySelector('#figure-drivers figcaption'); \
                 window.old = said.textContent; window.marked = []; \
                 new MutationObserver(() => window.marked.push([mark.dataset.stale ?? 'no', said.textContent])) \
                 .observe(mark, {attributes: true, attributeFilter: ['data-stale']});",
            )
            .await;
        let fresh = "document.querySelector('.drivers-of').dataset.stale === undefined";
        browser.until("it is of now", fresh).await;
        browser.press("#control-dies", "\u{E014}").await;
        browser
            .until(
                "the old ones are marked",
                "window.marked[0]?.[0] === '1' && window.marked[0][1] === window.old",
            )
            .await;
        let pale = "!!document.querySelector('.drivers-of').dataset.stale === \
                    (getComputedStyle(document.querySelector('#figure-drivers .readable')).opacity < 1)";
        assert_eq!(browser.text(pale).await, "true", "marked ones are paler");
        browser
            .run("document.querySelector('#figure-drivers').scrollIntoView()")
            .await;
        browser.until("and the new ones are not", fresh).await;
        let query = FIXED.to_owned() + "&dies=3";
        until_caption(browser, &caption(&study(&query), Answer::Days)).await;
        let early = "window.marked.some(([mark, said]) => mark === 'no' && said === window.old)";
        assert_eq!(browser.text(early).await, "false", "old ones pass for new");
    });
}

#[test]
fn what_decides_is_said_and_once_it_is_known_the_range_narrows() {
    in_browser(async |browser| {
        browser.visit_app(&format!("/?{FIXED}")).await;
        let before = study(FIXED);
        browser
            .run("document.querySelector('#figure-drivers').scrollIntoView()")
            .await;
        until_caption(browser, &caption(&before, Answer::Days)).await;
        browser
            .run(
                "const list = document.querySelector('#drivers-of'); list.value = '1'; \
                 list.dispatchEvent(new Event('change', {bubbles: true}))",
            )
            .await;
        until_caption(browser, &caption(&before, Answer::Tpot)).await;
        let bars = "document.querySelectorAll('#figure-drivers svg rect').length > 3";
        browser.until("bars are drawn", bars).await;

        // What decides is taken as known.
        let drivers = before.drivers(Answer::Days);
        let of = &before.doubts()[drivers[0].doubt];
        let input = &before.spreads()[of.members[0]].input;
        browser.click("#sources summary").await;
        let button = format!(
            "document.getElementById('figure-of-{}-{}-doubt')",
            input.row, input.key
        );
        browser
            .until("the table is there", &format!("{button} !== null"))
            .await;
        browser.value(&format!("{button}.click()")).await;
        let pair = format!("u.{}.{}=pin", input.table, input.field);
        browser
            .until(
                "the link says so",
                &format!("location.search.includes({pair:?})"),
            )
            .await;
        let query = [FIXED, "&", &pair].concat();
        assert_ranges(browser, Lang::En, &query).await;
        assert_ne!(
            before.so_far().ranges,
            study(&query).so_far().ranges,
            "{pair} changes something"
        );
        browser.reload().await;
        assert_ranges(browser, Lang::En, &query).await;
    });
}
