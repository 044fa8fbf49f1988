//! The style sheets as readers get them: one, in the page, without comments and the
//! space that nobody needs. The order stands here, since later rules win.

use crate::process::{Stop, read_text, root};
use std::hash::Hasher;

/// The sheets of `style/`, first to last.
const SHEETS: [&str; 12] = [
    "tokens", "reset", "layout", "widgets", "toolbar", "answers", "panels", "figures", "stories",
    "explain", "embed", "system",
];

/// All sheets in one, with the charts' colours, whose layer `tokens.css` names.
pub fn joined(palette: &str) -> Result<String, Stop> {
    let mut all = String::new();
    for name in SHEETS {
        let path = root().join(format!("style/{name}.css"));
        all.push_str(&squeezed(&read_text(&path)?));
    }
    all.push_str(&squeezed(&["@layer charts{", palette, "}"].concat()));
    Ok(all)
}

/// What tells one edition of a text from another in its file's name.
pub fn edition(text: impl AsRef<[u8]>) -> String {
    let mut hasher = std::hash::DefaultHasher::new();
    hasher.write(text.as_ref());
    format!("{:016x}", hasher.finish())
}

/// A sheet without comments, and with no space beside `{ } ; ,` and after `:`.
/// What stands in quotes stays as it is.
fn squeezed(sheet: &str) -> String {
    let mut out = String::new();
    let mut rest = sheet.trim_start();
    while let Some(next) = rest.chars().next() {
        let tight = out.ends_with(['{', '}', ';', ',', ':', ' ']) || out.is_empty();
        let taken = if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if let Some(length) = quoted(rest, next) {
            out.push_str(&rest[..length]);
            length
        } else if next.is_whitespace() {
            if !tight {
                out.push(' ');
            }
            next.len_utf8()
        } else {
            if matches!(next, '{' | '}' | ';' | ',') && out.ends_with(' ') {
                out.pop();
            }
            // A rule's last declaration needs no end.
            if next == '}' && out.ends_with(';') {
                out.pop();
            }
            out.push(next);
            next.len_utf8()
        };
        rest = &rest[taken..];
    }
    out
}

/// Length of the quotation that begins here.
fn quoted(rest: &str, quote: char) -> Option<usize> {
    if !matches!(quote, '"' | '\'') {
        return None;
    }
    let end = rest[1..].find(quote)?;
    Some(end + 2)
}

#[cfg(test)]
mod tests {
    use super::{SHEETS, joined, squeezed};
    use crate::process::root;

    #[test]
    fn every_sheet_is_in() {
        let folder = std::fs::read_dir(root().join("style")).expect("style/ is there");
        let mut there: Vec<String> = folder
            .flatten()
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect();
        there.sort();
        let mut listed = SHEETS.map(|name| format!("{name}.css"));
        listed.sort();
        assert_eq!(there, listed);
        assert!(joined("a{b:c}").is_ok_and(|all| all.ends_with("@layer charts{a{b:c}}")));
    }

    #[test]
    fn only_idle_space_goes() {
        let sheet =
            "/* a */\na :hover,\n b > c {\n  width: calc(1px + 2px);\n  content: \"; }\";\n}\n";
        assert_eq!(
            squeezed(sheet),
            "a :hover,b > c{width:calc(1px + 2px);content:\"; }\"}"
        );
        assert_eq!(
            squeezed("a{b:1}/* x */ @media (x) {}"),
            "a{b:1}@media (x){}"
        );
    }
}
