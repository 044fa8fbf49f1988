//! What a browser lets each page do: the site's own files, scripts and styles that
//! stood in the page when it was built, and nothing else.
//!
//! A page names each inline script by its hash. Where it is served from is not
//! known here; `public/boot-check.js` puts the place into a second policy, before
//! anything else runs, so that from then on no other host is asked. `'self'` alone
//! would not do: of a frame in a sandbox, WebKit takes it for nobody.

use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Any host, until the boot script says which. It looks for these words.
const ANY: &str = "https: http:";
/// By this a page that has the boot script is known.
const BOOT: &str = "meta[http-equiv=Content-Security-Policy]";
/// The policy is said in the page behind this.
const CHARSET: &str = "<meta charset=\"utf-8\" />";

/// What a page asks for beyond files of the site.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Hashes of the scripts that stand in it.
    scripts: BTreeSet<String>,
    /// Hashes of the sheets that stand in it.
    sheets: BTreeSet<String>,
    /// Hashes of its `style` attributes.
    attributes: BTreeSet<String>,
    /// It asks for a sheet of the site.
    sheet_files: bool,
    /// It shows other pages of the site.
    frames: bool,
    /// It says at the start where it is.
    starts_wide: bool,
}

impl Needs {
    /// What that page asks for; a complaint where no policy could let it.
    pub fn of(html: &str) -> Result<Self, String> {
        let mut needs = Self {
            starts_wide: html.contains(BOOT),
            ..Self::default()
        };
        let mut rest = html;
        while let Some((_, found)) = rest.split_once('<') {
            if let Some(comment) = found.strip_prefix("!--") {
                rest = comment.split_once("-->").map_or("", |(_, after)| after);
                continue;
            }
            let (tag, after) = Tag::read(found);
            rest = after;
            needs.add(&tag)?;
            if matches!(tag.name.as_str(), "script" | "style") {
                let end = ["</", &tag.name].concat();
                let inside = rest.find(&end).map_or(rest, |at| &rest[..at]);
                rest = &rest[inside.len()..];
                needs.add_inside(&tag, inside);
            }
        }
        Ok(needs)
    }

    /// What the tag itself asks for.
    fn add(&mut self, tag: &Tag) -> Result<(), String> {
        self.frames |= tag.name == "iframe";
        self.sheet_files |= tag.attribute("rel") == Some("stylesheet");
        for (name, value) in &tag.attributes {
            if name == "style" {
                self.attributes.insert(hash(value));
            } else if name.starts_with("on") {
                return Err(format!("<{} {name}=…> is a script", tag.name));
            }
        }
        Ok(())
    }

    /// What stands between the tag and its end.
    fn add_inside(&mut self, tag: &Tag, inside: &str) {
        let kind = tag.attribute("type").unwrap_or_default();
        if tag.name == "style" {
            self.sheets.insert(hash(inside));
        } else if tag.attribute("src").is_none() && !kind.ends_with("json") {
            self.scripts.insert(hash(inside));
        }
    }

    /// What any of the pages asks for.
    pub fn or(mut self, other: Self) -> Self {
        self.scripts.extend(other.scripts);
        self.sheets.extend(other.sheets);
        self.attributes.extend(other.attributes);
        self.sheet_files |= other.sheet_files;
        self.frames |= other.frames;
        self.starts_wide |= other.starts_wide;
        self
    }

    /// The policy that lets through this and nothing else.
    pub fn policy(&self) -> String {
        let site = if self.starts_wide { ANY } else { "'self'" };
        let of = |hashes: &BTreeSet<String>| {
            let hashes = hashes.iter().map(|hash| format!(" '{hash}'"));
            hashes.collect::<String>()
        };
        let mut style = of(&self.sheets);
        if self.sheet_files {
            style.insert_str(0, &[" ", site].concat());
        }
        if !self.attributes.is_empty() {
            style += &[" 'unsafe-hashes'", &of(&self.attributes)].concat();
        }
        if style.is_empty() {
            style += " 'none'";
        }
        let frames = match self.frames {
            true => format!("frame-src {site}; "),
            false => String::new(),
        };
        format!(
            "default-src 'none'; script-src {site} 'wasm-unsafe-eval'{}; style-src{style}; \
             img-src {site} data: blob:; connect-src {site}; {frames}base-uri 'none'; \
             form-action 'none'",
            of(&self.scripts)
        )
    }
}

/// The page with its policy in it; a part of a page, which has no head, as it is.
pub fn sealed(html: &str) -> Result<String, String> {
    let Some((before, after)) = html.split_once(CHARSET) else {
        return match html.contains("<head") {
            true => Err(format!("its head must hold {CHARSET}")),
            false => Ok(html.to_owned()),
        };
    };
    let policy = Needs::of(html)?.policy();
    Ok(format!(
        "{before}{CHARSET}\n    <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\" />{after}"
    ))
}

/// A tag of a page.
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// The tag that begins here, behind its `<`, and what follows it.
    fn read(text: &str) -> (Self, &str) {
        let name_end = text.find(|c: char| !c.is_ascii_alphanumeric());
        let (name, mut rest) = text.split_at(name_end.unwrap_or(text.len()));
        let mut tag = Self {
            name: name.to_ascii_lowercase(),
            attributes: Vec::new(),
        };
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if rest.is_empty() || tag.name.is_empty() {
                return (tag, rest);
            }
            if let Some(after) = rest.strip_prefix('>') {
                return (tag, after);
            }
            let end = rest.find(|c: char| c.is_whitespace() || "=/>".contains(c));
            // Something that is no attribute is passed over, a character of it at least.
            let end = end.unwrap_or(rest.len()).max(1);
            let name = rest[..end].to_ascii_lowercase();
            rest = rest[end..].trim_start();
            let mut value = String::new();
            if let Some(after) = rest.strip_prefix('=') {
                let (said, after) = Self::value(after.trim_start());
                value = unescaped(said);
                rest = after;
            }
            tag.attributes.push((name, value));
        }
    }

    /// The value that begins here, and what follows it.
    fn value(text: &str) -> (&str, &str) {
        for quote in ['"', '\''] {
            if let Some(inside) = text.strip_prefix(quote) {
                return inside.split_once(quote).unwrap_or((inside, ""));
            }
        }
        let end = text.find(|c: char| c.is_whitespace() || c == '>');
        text.split_at(end.unwrap_or(text.len()))
    }

    fn attribute(&self, name: &str) -> Option<&str> {
        let mut all = self.attributes.iter();
        all.find(|(said, _)| said == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Text that markup held.
fn unescaped(text: &str) -> String {
    [
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// A text's hash as policies name it.
fn hash(text: &str) -> String {
    ["sha256-", &base64(&Sha256::digest(text.as_bytes()))].concat()
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
        let all = byte(0) << 16 | byte(1) << 8 | byte(2);
        for at in 0..4 {
            let digit = DIGITS[(all >> (18 - 6 * at) & 63) as usize];
            out.push(if at <= three.len() { digit.into() } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{BOOT, Needs, base64, hash, sealed};

    #[test]
    fn hashes_are_those_of_the_standard() {
        // The first example of the Content Security Policy standard's own tests.
        assert_eq!(
            hash("alert('Hello, world.');"),
            "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng="
        );
        assert_eq!(base64(b"light w"), "bGlnaHQgdw==");
        assert_eq!(base64(b"light wo"), "bGlnaHQgd28=");
        assert_eq!(base64(b"light wor"), "bGlnaHQgd29y");
    }

    #[test]
    fn a_plain_page_may_load_its_own_files_and_no_more() {
        let plain = Needs::of("<p lang=en>Hello</p>").map(|needs| needs.policy());
        assert!(plain.is_ok_and(|policy| policy.contains("; style-src 'none'; ")));
        let html = "<link rel=\"stylesheet\" href=\"a.css\" /><p lang=en>Hello</p>";
        let policy = Needs::of(html).map(|needs| needs.policy());
        assert_eq!(
            policy.as_deref(),
            Ok(
                "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
                img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; form-action 'none'"
            )
        );
    }

    #[test]
    fn what_stands_in_a_page_is_named_by_its_hash() {
        let html = "<!-- <script>no()</script> --><SCRIPT TYPE=module>\nlet a = '<p>';\n</script>\
            <script type=\"application/ld+json\">{}</script><script async src='a.js'></script>\
            <svg><style>a{b:c}</style></svg><iframe style=\"border:0;a:&quot;b&quot;\"></iframe>";
        let needs = Needs::of(html).expect("it can be let");
        let set = |text: &str| [hash(text)].into();
        assert_eq!(
            needs,
            Needs {
                scripts: set("\nlet a = '<p>';\n"),
                sheets: set("a{b:c}"),
                attributes: set("border:0;a:\"b\""),
                sheet_files: false,
                frames: true,
                starts_wide: false,
            }
        );
        let policy = needs.policy();
        for part in ["; frame-src 'self'; ", "'unsafe-hashes' 'sha256-"] {
            assert!(policy.contains(part), "{policy}");
        }
        assert!(!policy.contains("unsafe-inline"));
    }

    #[test]
    fn a_handler_in_markup_does_not_build() {
        assert!(Needs::of("<p><b onclick='x()'>a</b></p>").is_err());
    }

    #[test]
    fn the_policy_stands_before_all_that_it_is_about() {
        let page = format!(
            "<html><head>\n<meta charset=\"utf-8\" />\n<script>q('{BOOT}')</script></head></html>"
        );
        let sealed = sealed(&page).expect("it has a head");
        let at = |part: &str| sealed.find(part).expect("it is there");
        assert!(at("charset") < at("content=\"default-src 'none'; script-src https: http: "));
        assert!(at("http-equiv=\"") < at("<script>"));
        assert!(super::sealed("<html><head></head></html>").is_err());
        assert_eq!(
            super::sealed("<p>a part</p>").as_deref(),
            Ok("<p>a part</p>")
        );
    }
}
