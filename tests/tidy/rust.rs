//! Just enough Rust to tell code from comments, literals and unit tests.

/// A file's code, read once.
#[derive(Default)]
pub struct Rust {
    /// The code without comments, and with the insides of literals left out.
    pub code: String,
    /// The texts of its string literals, escapes as written.
    pub literals: Vec<String>,
}

/// Reads a file up to its unit tests, which stand last by habit.
pub fn shipped(text: &str) -> Rust {
    read(text.split("\n#[cfg(test)]\nmod ").next().unwrap_or(text))
}

/// Reads a whole file.
pub fn read(text: &str) -> Rust {
    let mut rust = Rust::default();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let taken = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some((inside, length)) = literal(rest, rust.code.chars().next_back()) {
            rust.code.push_str("\"\"");
            rust.literals.push(inside.to_owned());
            length
        } else if let Some(length) = character(rest) {
            rust.code.push_str("' '");
            length
        } else {
            rust.code.push(first);
            first.len_utf8()
        };
        rest = &rest[taken..];
    }
    rust
}

/// The inside and whole length of the string literal that begins here.
fn literal(rest: &str, before: Option<char>) -> Option<(&str, usize)> {
    if let Some(inside) = rest.strip_prefix('"') {
        let mut escaped = false;
        let end = inside.find(|c| {
            let ends = c == '"' && !escaped;
            escaped = c == '\\' && !escaped;
            ends
        })?;
        return Some((&inside[..end], end + 2));
    }
    if before.is_some_and(|c| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let hashes = rest.strip_prefix('r')?;
    let inside = hashes.trim_start_matches('#').strip_prefix('"')?;
    let close = format!("\"{}", "#".repeat(hashes.len() - inside.len() - 1));
    let end = inside.find(&close)?;
    Some((
        &inside[..end],
        rest.len() - inside.len() + end + close.len(),
    ))
}

/// The length of the character literal that begins here; lifetimes are none.
fn character(rest: &str) -> Option<usize> {
    let inside = rest.strip_prefix('\'')?;
    if let Some(escape) = inside.strip_prefix('\\') {
        let end = escape.get(1..)?.find('\'')?;
        return Some(end + 4);
    }
    let first = inside.chars().next()?;
    inside[first.len_utf8()..]
        .starts_with('\'')
        .then(|| first.len_utf8() + 2)
}

/// The word that stands first.
pub fn first_word(text: &str) -> &str {
    let end = text
        .find(|c: char| !(c.is_alphanumeric() || c == '_'))
        .unwrap_or(text.len());
    &text[..end]
}

/// True if the word stands in the code, not as part of another.
pub fn mentions(code: &str, word: &str) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).any(|(at, _)| {
        !code[..at].chars().next_back().is_some_and(is_word)
            && !code[at + word.len()..].chars().next().is_some_and(is_word)
    })
}

#[test]
fn comments_and_literals_are_no_code() {
    let rust = read("a /* x */ b // c \"d\"\n\"e \\\" f\" r#\"g\"h\"# 'i' '\"' '\\'' &'a j \"k\"");
    assert_eq!(rust.literals, ["e \\\" f", "g\"h", "k"]);
    assert_eq!(rust.code, "a  b \n\"\" \"\" ' ' ' ' ' ' &'a j \"\"");
}
