//! The words of the field, each in a plain sentence. Its texts are part of the
//! site that is made in advance (`glossary.LANG.html`), and none of the browser's
//! program: there the list is empty.

use crate::Lang;
use crate::texts::keys;

/// A word explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Term {
    /// Its key.
    pub id: &'static str,
    /// The word, as this language's readers meet it.
    pub name: &'static str,
    /// What it means.
    pub text: &'static str,
}

/// Every word, in the alphabet of the language.
pub fn terms(lang: Lang) -> Vec<Term> {
    let ids = keys().filter_map(|key| key.strip_prefix("glossary.")?.strip_suffix(".name"));
    let mut terms: Vec<Term> = ids.filter_map(|id| term(lang, id)).collect();
    terms.sort_by_cached_key(|term| plain(term.name));
    terms
}

/// The word of that key.
pub fn term(lang: Lang, id: &str) -> Option<Term> {
    let id = keys()
        .filter_map(|key| key.strip_prefix("glossary.")?.strip_suffix(".name"))
        .find(|known| *known == id)?;
    Some(Term {
        id,
        name: lang.find(&format!("glossary.{id}.name"))?,
        text: lang.find(&format!("glossary.{id}.text"))?,
    })
}

/// Lower case without accents, for the order of words and for a search.
pub fn plain(text: &str) -> String {
    text.to_lowercase()
        .chars()
        .map(|letter| match letter {
            'à' | 'â' | 'ä' => 'a',
            'ç' => 'c',
            'é' | 'è' | 'ê' | 'ë' => 'e',
            'î' | 'ï' => 'i',
            'ô' | 'ö' => 'o',
            'ù' | 'û' | 'ü' => 'u',
            other => other,
        })
        .collect()
}
