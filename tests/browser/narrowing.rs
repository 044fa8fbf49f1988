//! Ends of the reader's own in the table of figures: what is drawn between them is
//! what the core draws for the link, and what cannot be is answered.

use crate::doubting::{FIXED, assert_ranges, study};
use crate::{Browser, assert_none, in_browser};
use sim::inputs::{Input, inputs};
use words::Lang;

const ENTER: &str = "\u{E007}";
const CTRL_A: &str = "\u{E009}a\u{E009}";
const DELETE: &str = "\u{E017}";
/// A figure in doubt by orders of magnitude that a control sets, and that nobody said.
const FAILURES: &str = "u.assumption.failure_rate_chinese";

/// The row of a figure in the page's table.
struct Row<'a> {
    browser: &'a Browser,
    input: Input,
    lang: Lang,
}

impl<'a> Row<'a> {
    /// Of the figure whose spread has that key in the link's scenario, its fields
    /// open.
    async fn open(browser: &'a Browser, lang: Lang, query: &str, key: &str) -> Self {
        let all = inputs(&sim::link::read(query).state);
        let of = |input: &Input| ["u.", input.table, ".", input.field].concat() == key;
        let input = all
            .into_iter()
            .find(of)
            .expect("it is a figure of the link");
        let row = Self {
            browser,
            input,
            lang,
        };
        browser.visit_app(&format!("/?{query}")).await;
        browser.click("#sources > details > summary").await;
        let disclosure = format!("{}?.nextElementSibling", row.element(""));
        browser
            .until(
                "the row is there",
                &format!("{disclosure}?.tagName === 'DETAILS'"),
            )
            .await;
        browser
            .run(&format!("{disclosure}.firstElementChild.click()"))
            .await;
        browser
            .until(
                "its fields are there",
                &format!("{} !== null", row.element("-high")),
            )
            .await;
        row
    }

    fn id(&self, part: &str) -> String {
        let Input { row, key, .. } = &self.input;
        format!("figure-of-{row}-{key}-doubt{part}")
    }

    fn element(&self, part: &str) -> String {
        format!("document.getElementById('{}')", self.id(part))
    }

    /// Writes over what stands at that end, by keys.
    async fn write(&self, end: &str, text: &str) {
        let keys = [CTRL_A, text, ENTER].concat();
        self.browser
            .press(&format!("[id='{}']", self.id(end)), &keys)
            .await;
    }

    async fn press(&self, part: &str) {
        self.browser
            .run(&format!("{}.click()", self.element(part)))
            .await;
    }

    /// Gives it back to its row.
    async fn reset(&self) {
        let button = format!(
            "{}.closest('.ends').querySelector('.link')",
            self.element("-low")
        );
        assert_eq!(
            self.browser.text(&format!("{button}.hidden")).await,
            "false"
        );
        self.browser.run(&format!("{button}.click()")).await;
    }

    /// Waits until the fields hold these.
    async fn until_ends(&self, low: f64, high: f64) {
        let near = |part, end: f64| {
            format!(
                "Math.abs({}.value - {end}) <= 1e-6 * {end}",
                self.element(part)
            )
        };
        let both = [near("-low", low), near("-high", high)].join(" && ");
        self.browser.until("the fields hold both", &both).await;
    }

    /// Waits until that field answers so.
    async fn until_answer(&self, end: &str, text: &str) {
        let said = format!(
            "{}.closest('.number').querySelector('.refusal').textContent.trim() === {text:?}",
            self.element(end)
        );
        self.browser.until(text, &said).await;
    }

    /// Waits until the address says that of the figure, and nothing where it is
    /// empty; the ranges are those of the address.
    async fn until_link(&self, value: &str) {
        let Input { table, field, .. } = self.input;
        let pair = format!("u.{table}.{field}=");
        let there = match value {
            "" => format!("!location.search.includes('{pair}')"),
            _ => format!("new RegExp('[?&]{pair}{value}(&|$)').test(location.search)"),
        };
        self.browser
            .until(&format!("the link says {value:?}"), &there)
            .await;
        let query = self.browser.query().await;
        assert_ranges(self.browser, self.lang, query.trim_start_matches('?')).await;
    }
}

#[test]
fn a_spread_is_narrowed_taken_back_and_given_back() {
    in_browser(async |browser| {
        let row = Row::open(browser, Lang::En, FIXED, FAILURES).await;
        let [low, _, high] = row.input.range;
        row.until_ends(low, high).await;
        row.write("-low", "0.25").await;
        row.until_link(&format!("0.25..{high}")).await;
        row.until_ends(0.25, high).await;
        assert_ne!(
            study(FIXED).so_far().ranges,
            study(&format!("{FIXED}&{FAILURES}=0.25..{high}"))
                .so_far()
                .ranges,
        );
        // All that was typed is one step.
        browser.click("#undo").await;
        row.until_link("").await;
        row.until_ends(low, high).await;
        browser.click("#redo").await;
        row.until_link(&format!("0.25..{high}")).await;
        row.write("-high", "2").await;
        row.until_link("0.25..2").await;
        // The row's own ends are nothing said, by hand and by button.
        row.write("-low", &low.to_string()).await;
        row.write("-high", &high.to_string()).await;
        row.until_link("").await;
        row.write("-high", "2").await;
        row.until_link(&format!("{low}..2")).await;
        row.reset().await;
        row.until_link("").await;
        let focus = "document.activeElement.id";
        browser
            .until(
                "the keyboard stays",
                &format!("{focus} === '{}'", row.id("-low")),
            )
            .await;
        row.until_ends(low, high).await;
    });
}

#[test]
fn what_an_end_cannot_be_is_answered_and_nothing_is_lost() {
    in_browser(async |browser| {
        for lang in Lang::ALL {
            let query = format!("{FIXED}&lang={}", lang.code());
            let row = Row::open(browser, lang, &query, FAILURES).await;
            let [_, _, high] = row.input.range;
            row.write("-low", "1.5").await;
            row.until_link(&format!("1.5..{high}")).await;
            // Over the other: they change places.
            row.write("-high", "0.8").await;
            row.until_answer("-high", lang.text("page.sources.crossed"))
                .await;
            row.until_ends(0.8, 1.5).await;
            row.until_link("0.8..1.5").await;
            // No number at all.
            row.write("-low", DELETE).await;
            let least = lang.number(row.input.limits.0, 6);
            let most = lang.number(row.input.limits.1, 6);
            let none = lang.fill("page.no_number", &[("low", &least), ("high", &most)]);
            row.until_answer("-low", &none).await;
            row.until_ends(0.8, 1.5).await;
            // Out of what the figure can be: the nearest.
            let far = row.input.limits.1 * 10.0;
            row.write("-high", &far.to_string()).await;
            let values = [
                ("value", &*lang.number(far, 6)),
                ("low", &*least),
                ("high", &*most),
            ];
            row.until_answer("-high", &lang.fill("page.out_of_bounds", &values))
                .await;
            row.until_ends(0.8, row.input.limits.1).await;
            // No width is no doubt.
            row.write("-high", "0.8").await;
            row.until_answer("-high", lang.text("page.sources.no_width"))
                .await;
            row.until_link("0.8").await;
            assert_eq!(
                browser
                    .text(&format!("{}.textContent", row.element("")))
                    .await,
                lang.text("page.sources.unpin"),
            );
            row.press("").await;
            row.until_link("").await;
            row.press("").await;
            row.until_link("pin").await;
            row.until_ends(row.input.value, row.input.value).await;
            row.press("").await;
            row.until_link("").await;
        }
    });
}

/// Ends are offered on what is drawn; other rows say why it is not.
#[test]
fn only_what_is_drawn_has_ends() {
    in_browser(async |browser| {
        let query = format!("{FIXED}&fail=5&u.assumption.patience=30..90");
        browser.visit_app(&format!("/?{query}")).await;
        browser.click("#sources > details > summary").await;
        let link = sim::link::read(&query);
        let drawn = doubt::spreads(&link.state, &link.view.doubt);
        let all = inputs(&link.state);
        let count = format!(
            "document.querySelectorAll('.figures-in-use tbody tr').length === {}",
            all.len()
        );
        browser.until("the rows are there", &count).await;
        let mut complaints = Vec::new();
        for input in &all {
            let id = format!("figure-of-{}-{}-doubt", input.row, input.key);
            let shown = browser
                .text(&format!(
                    "!document.getElementById('{id}').parentElement.hidden"
                ))
                .await;
            let is_drawn = drawn.iter().any(|spread| spread.input == *input);
            if shown != is_drawn.to_string() {
                complaints.push(format!("{id}: {shown}, drawn: {is_drawn}"));
            }
            let said = browser
                .text(&format!(
                    "document.getElementById('{id}-help').parentElement.textContent"
                ))
                .await;
            let reason = match doubt::undrawn(input, &link.state) {
                Some(doubt::Undrawn::OneNumber) => "one number is known",
                Some(doubt::Undrawn::Decided) if !is_drawn => "yours to decide",
                _ => "",
            };
            if !said.contains(reason) {
                complaints.push(format!("{id} says {said:?}, not {reason:?}"));
            }
        }
        assert_none(&complaints);
    });
}
