//! Where the texts are. Natively they are part of the program; in the browser
//! they come in one file a language ([`written`] when the site is built,
//! [`learn`] when it has arrived), so that a reader downloads one language and
//! the program none.

use crate::Lang;
use std::sync::OnceLock;

#[cfg(not(target_family = "wasm"))]
mod baked {
    include!(concat!(env!("OUT_DIR"), "/texts.rs"));
}

/// What only pages made in advance say: no part of the files.
#[cfg(not(target_family = "wasm"))]
const IN_ADVANCE: [&str; 3] = ["trust.", "glossary.", "pages."];

/// The texts of a file, sorted: what a key says before its last point, what
/// after, and the text.
#[cfg_attr(
    not(target_family = "wasm"),
    allow(dead_code, reason = "natively texts are baked")
)]
struct Texts(Vec<(&'static str, &'static str, &'static str)>);

/// What files have brought, by language.
static LEARNED: [OnceLock<Texts>; Lang::ALL.len()] = [const { OnceLock::new() }; Lang::ALL.len()];

#[cfg_attr(
    not(target_family = "wasm"),
    allow(dead_code, reason = "natively texts are baked")
)]
impl Texts {
    /// The texts of a file; `None` of anything else.
    fn read(file: &'static str) -> Option<Self> {
        let mut texts = Vec::new();
        let mut section = None;
        for line in file.lines() {
            match line.split_once('\t') {
                Some((name, text)) => texts.push((section?, name, text)),
                None => section = Some(line),
            }
        }
        (!texts.is_empty() && texts.is_sorted()).then_some(Self(texts))
    }

    /// The text of that key.
    fn find(&self, key: &str) -> Option<&'static str> {
        let key = apart(key);
        let i = self.0.binary_search_by(|row| (row.0, row.1).cmp(&key));
        Some(self.0[i.ok()?].2)
    }
}

/// A key before and after its last point.
fn apart(key: &str) -> (&str, &str) {
    key.rsplit_once('.').unwrap_or(("", key))
}

/// Takes the texts of a language from its file; `false` if it is none.
pub fn learn(lang: Lang, file: String) -> bool {
    if LEARNED[lang as usize].get().is_some() {
        return true;
    }
    match Texts::read(file.leak()) {
        Some(texts) => LEARNED[lang as usize].set(texts).is_ok(),
        None => false,
    }
}

/// The text of that key, if there is one.
#[cfg(target_family = "wasm")]
pub(crate) fn find(lang: Lang, key: &str) -> Option<&'static str> {
    LEARNED[lang as usize].get()?.find(key)
}

/// The text of that key, if there is one.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn find(lang: Lang, key: &str) -> Option<&'static str> {
    let i = baked::TEXTS.binary_search_by(|(known, _)| (*known).cmp(key));
    Some(baked::TEXTS[i.ok()?].1[lang as usize])
}

/// Whether the texts of that language are here.
pub fn are_here(lang: Lang) -> bool {
    cfg!(not(target_family = "wasm")) || LEARNED[lang as usize].get().is_some()
}

/// Every key.
#[cfg(not(target_family = "wasm"))]
pub fn keys() -> impl Iterator<Item = &'static str> {
    baked::TEXTS.iter().map(|(key, _)| *key)
}

/// Every key: those that pages made in advance need are not in the browser.
#[cfg(target_family = "wasm")]
pub fn keys() -> impl Iterator<Item = &'static str> {
    std::iter::empty()
}

/// The file of a language: what [`learn`] takes. A line a section, then a line a
/// text of it, its name and the text with a tab between.
#[cfg(not(target_family = "wasm"))]
pub fn written(lang: Lang) -> String {
    let shown = |key: &&str| !IN_ADVANCE.iter().any(|part| key.starts_with(part));
    let mut rows: Vec<_> = keys()
        .filter(shown)
        .map(|key| (apart(key), lang.text(key)))
        .collect();
    rows.sort_unstable();
    let mut file = String::new();
    let mut before = None;
    for ((section, name), text) in rows {
        if before != Some(section) {
            before = Some(section);
            file.push_str(section);
            file.push('\n');
        }
        for part in [name, "\t", text, "\n"] {
            file.push_str(part);
        }
    }
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_brings_each_text_of_its_language() {
        for lang in Lang::ALL {
            let texts = Texts::read(written(lang).leak()).expect("it is a file of texts");
            let mut brought = 0;
            for key in keys() {
                if let Some(text) = texts.find(key) {
                    assert_eq!(Some(text), lang.find(key), "{key}");
                    brought += 1;
                }
            }
            assert_eq!(brought, texts.0.len());
            assert!(texts.find("page.title").is_some());
            assert_eq!(texts.find("glossary.tpot.text"), None);
        }
    }

    #[test]
    fn what_is_no_file_of_texts_is_refused() {
        for file in ["", "<!doctype html>\n<title>Not found</title>\n", "a\tb"] {
            assert!(Texts::read(file).is_none(), "{file}");
        }
        assert!(!learn(Lang::En, "b\nx\t1\na\nx\t2\n".to_owned()));
    }
}
