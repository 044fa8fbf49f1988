//! The pages written in advance, as search engines read them: which one of them is
//! which, in which language, and where.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

const SITE: &str = "https://example.org/gap/";

/// Has the pages written into a folder of their own, for that address.
fn written(name: &str, site: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("silicon-gap-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).expect("a folder can be made");
    let built = include_str!("../../../index.html");
    std::fs::write(folder.join("index.html"), built).expect("a page can be written");
    let output = Command::new(env!("CARGO_BIN_EXE_silicon-gap"))
        .args(["pages", &folder.to_string_lossy(), site])
        .output();
    assert!(output.expect("the program starts").status.success());
    folder
}

/// Every page under the folder, by its path in the site.
fn pages(folder: &Path) -> BTreeMap<String, String> {
    let mut pages = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inside) = folders.pop() {
        for entry in std::fs::read_dir(&inside)
            .expect("it is a folder")
            .flatten()
        {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.ends_with("index.html") {
                let page = inside.strip_prefix(folder).expect("it is in it");
                let page = page
                    .components()
                    .map(|part| part.as_os_str().to_string_lossy());
                let page = page.map(|part| format!("{part}/")).collect();
                let html = std::fs::read_to_string(&path).expect("it is text");
                pages.insert(page, html);
            }
        }
    }
    pages
}

/// What stands between the two, each time.
fn all<'a>(text: &'a str, from: &'a str, to: &'a str) -> impl Iterator<Item = &'a str> {
    let parts = text.split(from).skip(1);
    parts.map(move |part| part.split(to).next().unwrap_or_default())
}

/// The languages that a text names, with the address of each.
fn languages(text: &str) -> BTreeSet<(&str, &str)> {
    let mut found = BTreeSet::new();
    for link in all(text, "rel=\"alternate\" hreflang=\"", ">") {
        let (lang, rest) = link.split_once('"').expect("a language");
        let address = all(rest, "href=\"", "\"").next().expect("an address");
        found.insert((lang, address));
    }
    found
}

#[test]
fn pages_and_the_list_of_them_agree() {
    let folder = written("addressed", SITE);
    let pages = pages(&folder);
    let sitemap = std::fs::read_to_string(folder.join("sitemap.xml")).expect("there is a list");
    let robots = std::fs::read_to_string(folder.join("robots.txt")).expect("there are words");
    assert!(robots.contains(&format!("Sitemap: {SITE}sitemap.xml")));
    let listed: BTreeMap<&str, &str> = all(&sitemap, "<url>", "</url>")
        .map(|entry| {
            (
                all(entry, "<loc>", "</loc>").next().expect("an address"),
                entry,
            )
        })
        .collect();
    assert_eq!(listed.len(), pages.len());
    for (path, html) in &pages {
        let address = [SITE, path].concat();
        let one = |from: &str| {
            let found: Vec<&str> = all(html, from, "\"").collect();
            assert_eq!(found.len(), 1, "{from} in {path}");
            found[0].to_owned()
        };
        assert_eq!(one("<link rel=\"canonical\" href=\""), address);
        assert_eq!(one("<meta property=\"og:url\" content=\""), address);
        assert_eq!(one("\"url\":\""), address);
        let own = one("<html lang=\"");
        let others = languages(html);
        assert!(others.contains(&(&own, &address)), "{path} names itself");
        let names: Vec<&str> = others.iter().map(|(lang, _)| *lang).collect();
        assert_eq!(names, ["en", "fr", "x-default"], "{path}");
        // Each of them is there, is of that language, and says the same of all.
        for (lang, address) in &others {
            let there = address.strip_prefix(SITE).expect("it is of the site");
            let there = pages.get(there).expect("it is a page");
            let code = if *lang == "x-default" { "en" } else { lang };
            assert!(
                there.contains(&format!("<html lang=\"{code}\"")),
                "{address}"
            );
            assert_eq!(languages(there), others, "{path}");
        }
        let entry = listed.get(&*address).expect("it is listed");
        assert_eq!(languages(entry), others, "{path} is listed otherwise");
    }
    let _ = std::fs::remove_dir_all(&folder);
}

#[test]
fn pages_that_do_not_know_their_address_claim_none() {
    let folder = written("anywhere", "");
    for name in ["sitemap.xml", "robots.txt"] {
        assert!(!folder.join(name).exists(), "{name}");
    }
    for (path, html) in pages(&folder) {
        assert!(!html.contains("rel=\"canonical\""), "{path}");
        assert!(!html.contains("og:url"), "{path}");
        let up = "../".repeat(path.matches('/').count());
        for (lang, address) in languages(&html) {
            assert!(address.starts_with(&up), "{path}: {lang} is at {address}");
        }
    }
    let _ = std::fs::remove_dir_all(&folder);
}
