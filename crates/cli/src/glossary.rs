//! The words of the field as a part of the page written when the site is built:
//! one term a line, so that the page can leave out those that nobody seeks.

use crate::escaped;
use std::fmt::Write;
use words::Lang;
use words::glossary::{Term, term, terms};

/// Every term, as HTML.
pub fn fragment(lang: Lang) -> String {
    let mut html = String::from("<dl class=\"glossary-terms\">\n");
    for term in terms(lang) {
        let _ = write!(html, "<div id=\"term-{}\">", term.id);
        entry(&mut html, &term);
        html.push_str("</div>\n");
    }
    html.push_str("</dl>\n");
    html
}

/// Some of the terms, in the order in which they are named.
pub fn some(html: &mut String, lang: Lang, ids: &[&str]) {
    html.push_str("<dl class=\"glossary-terms\">");
    for term in ids.iter().filter_map(|id| term(lang, id)) {
        html.push_str("<div>");
        entry(html, &term);
        html.push_str("</div>");
    }
    html.push_str("</dl>");
}

fn entry(html: &mut String, term: &Term) {
    let _ = write!(
        html,
        "<dt>{}</dt><dd>{}</dd>",
        escaped(term.name),
        escaped(term.text)
    );
}
