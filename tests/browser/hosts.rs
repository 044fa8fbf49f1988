//! What the site asks its hosts to say of it, held to what its pages say.

use crate::driver::Setup;
use crate::server::policy_of;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A policy's directives and what each allows.
fn directives(policy: &str) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut directives = BTreeMap::new();
    for directive in policy.split(';') {
        let mut words = directive.split_whitespace();
        let name = words.next().expect("a directive has a name");
        directives.insert(name, words.collect());
    }
    directives
}

/// Every page under the folder.
fn pages(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("it is a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            pages(&path, found);
        } else if path.extension().is_some_and(|end| end == "html") {
            found.push(path);
        }
    }
}

#[test]
fn hosts_are_told_what_the_pages_say() {
    let Some(setup) = Setup::find() else { return };
    let read = |name: &str| {
        let text = std::fs::read_to_string(setup.dist.join(name));
        text.unwrap_or_else(|error| panic!("{name}: {error}"))
    };
    let headers = read("_headers");
    let (_, policy) = headers
        .split_once("Content-Security-Policy: ")
        .expect("a policy");
    let policy = policy.lines().next().expect("a line");
    let allowed = directives(policy);
    for (directive, sources) in &allowed {
        let open = ["'unsafe-inline'", "'unsafe-eval'", "*"];
        let open: Vec<_> = sources.iter().filter(|s| open.contains(s)).collect();
        assert!(open.is_empty(), "{directive} {open:?}");
    }
    // Pages of other versions have other scripts, and policies of their own.
    for (name, spares) in [
        (".htaccess", "env=!kept"),
        ("hosts/nginx.conf", "-\" \"\";"),
        ("hosts/vercel.json", "(?!r/)"),
    ] {
        let said = read(name);
        assert!(said.contains(policy), "{name} has another policy");
        assert!(said.contains(spares), "{name} speaks of other versions");
    }
    serde_json::from_str::<Value>(&read("hosts/vercel.json")).expect("it is JSON");
    let rules = headers
        .split_inclusive('\n')
        .filter(|line| !line.starts_with(' '));
    let spoken: Vec<&str> = rules
        .map(str::trim)
        .filter(|rule| rule.ends_with('*'))
        .collect();
    for rule in spoken {
        let (_, said) = headers
            .split_once(&[rule, "\n"].concat())
            .expect("it is there");
        let said = said.lines().take_while(|line| line.starts_with(' '));
        let forbids = said
            .into_iter()
            .any(|line| line.contains("Content-Security-Policy"));
        let of_versions = "/r/1.0/".starts_with(rule.trim_end_matches('*'));
        assert!(!(forbids && of_versions), "{rule} speaks of other versions");
    }
    let mut files = Vec::new();
    pages(&setup.dist, &mut files);
    for file in files {
        let body = std::fs::read(&file).expect("it is there");
        let Some(own) = policy_of(&body) else {
            // A part of a page.
            let text = String::from_utf8_lossy(&body);
            assert!(!text.contains("<html"), "{} has no policy", file.display());
            continue;
        };
        for (directive, sources) in directives(own) {
            let of_host = allowed.get(directive).cloned().unwrap_or_default();
            // Where any host may be, the page's own may.
            let own_host = of_host.contains("https:") && of_host.contains("http:");
            let missing: Vec<_> = sources
                .difference(&of_host)
                .filter(|source| !(own_host && **source == "'self'"))
                .collect();
            assert!(
                missing.is_empty(),
                "{}: a host that reads _headers forbids {directive} {missing:?}",
                file.display()
            );
        }
    }
}
