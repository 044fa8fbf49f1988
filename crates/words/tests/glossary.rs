//! The glossary: whole in both languages, in order, and explained by words that a
//! reader has or finds in it.

use words::Lang;
use words::glossary::{plain, term, terms};

/// Short names that need no explanation, or are those of firms.
const KNOWN: &[&str] = &["AI", "IA", "TSMC", "SMIC"];

/// Words of capitals, with the digits in them: abbreviations.
fn abbreviations(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().filter(|c| c.is_uppercase()).count() >= 2)
        .filter(|word| word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit()))
        .collect()
}

#[test]
fn both_languages_have_every_term() {
    let [english, french] = Lang::ALL.map(terms);
    assert!(english.len() >= 40, "{}", english.len());
    let ids = |terms: &[words::glossary::Term]| {
        let mut ids: Vec<&str> = terms.iter().map(|term| term.id).collect();
        ids.sort_unstable();
        ids
    };
    assert_eq!(ids(&english), ids(&french));
    for lang in Lang::ALL {
        for found in terms(lang) {
            assert_eq!(term(lang, found.id), Some(found));
            assert!(found.text.ends_with('.'), "{found:?}");
        }
        assert_eq!(term(lang, "no-such-term"), None);
    }
}

#[test]
fn terms_are_in_the_alphabet_of_their_language() {
    for lang in Lang::ALL {
        let names: Vec<String> = terms(lang).iter().map(|term| plain(term.name)).collect();
        assert!(names.is_sorted(), "{names:?}");
    }
    assert_eq!(plain("Échelle Ça"), "echelle ca");
}

#[test]
fn no_term_is_explained_by_an_abbreviation_that_nobody_explains() {
    for lang in Lang::ALL {
        let names: Vec<&str> = terms(lang)
            .iter()
            .flat_map(|term| abbreviations(term.name))
            .collect();
        for term in terms(lang) {
            for word in abbreviations(term.text) {
                let is_term = names.contains(&word) || KNOWN.contains(&word);
                assert!(is_term, "{lang:?}: {word} in {term:?}");
            }
        }
    }
}

#[test]
fn no_sentence_is_long() {
    for lang in Lang::ALL {
        for term in terms(lang) {
            let words = term.text.split_whitespace().count();
            assert!(words <= 45, "{words} words in {term:?}");
        }
    }
}
