//! What the site tells its hosts: each page its policy, and the same to common
//! static servers, in the file that each of them reads.
//!
//! Beside the policy these let pages of other origins read the files, since a frame
//! in a sandbox is of no origin, and let browsers keep for good what has its own hash
//! in its name, or stands in the folder of one version. The pages there are of other
//! builds, whose scripts have other hashes: of them no policy is said but their own.
//! Nothing forbids frames: to stand in other pages is what ours is for.

use crate::policy::{self, Needs};
use crate::process::{Stop, create_folder, read_text, write};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Netlify, Cloudflare Pages and others read this at the top of the site.
const HEADERS: &str = "_headers";
/// Apache reads this.
const HTACCESS: &str = ".htaccess";
/// For an administrator to copy from.
const NGINX: &str = "hosts/nginx.conf";
/// For the top of a project at Vercel.
const VERCEL: &str = "hosts/vercel.json";

/// Where files to copy from stand.
const TO_COPY: &str = "hosts";
/// The files that hosts read, and that folder.
pub const FILES: [&str; 3] = [HEADERS, HTACCESS, TO_COPY];

/// Where folders of versions stand, each for ever as it was published.
pub const KEPT: &str = "r";

/// Said with every file.
const ALWAYS: [(&str, &str); 2] = [
    ("Access-Control-Allow-Origin", "*"),
    ("X-Content-Type-Options", "nosniff"),
];
/// Said with files that never change under their name.
const FOR_GOOD: &str = "public, max-age=31536000, immutable";
/// Said with the others.
const ASK_AGAIN: &str = "no-cache";
/// By this their names are known: the hash, of which Trunk does not write the zeros
/// that lead, and what wasm-bindgen adds to it.
const HASHED: &str = "-[0-9a-f]{12,16}(_bg)?\\.(js|svg|wasm)$";
/// By this an address in a version's folder is known, wherever the site stands.
/// A folder's name begins with the model's version.
const IN_KEPT: &str = "/r/[0-9]+\\.[0-9]+-";

/// Puts the policy into every page under the folder, and the files for hosts beside
/// them. Trunk says whether it builds for publication; else there is no policy, for
/// the sake of the script that loads the page again at each change.
pub fn seal(folder: &Path) -> Result<(), Stop> {
    if std::env::var("TRUNK_PROFILE").as_deref() != Ok("release") {
        return Ok(());
    }
    let (mut files, mut needs) = (Vec::new(), Needs::default());
    list(folder, &mut files).map_err(|error| stop(folder, &error.to_string()))?;
    for page in files.iter().filter(|file| has_end(file, "html")) {
        let html = read_text(page)?;
        let sealed = policy::sealed(&html).map_err(|complaint| stop(page, &complaint))?;
        if sealed != html {
            needs = needs.or(Needs::of(&html).map_err(|complaint| stop(page, &complaint))?);
            write(page, &sealed)?;
        }
    }
    let mut hashed: Vec<String> = files
        .iter()
        .filter_map(|file| file.strip_prefix(folder).ok())
        .map(|file| file.to_string_lossy().replace('\\', "/"))
        .filter(|name| is_hashed(name))
        .collect();
    hashed.sort();
    let policy = needs.policy();
    let places = places(folder, &files);
    write(&folder.join(HEADERS), headers(&policy, &places, &hashed))?;
    write(&folder.join(HTACCESS), htaccess(&policy))?;
    create_folder(&folder.join(TO_COPY))?;
    write(&folder.join(NGINX), nginx(&policy))?;
    write(&folder.join(VERCEL), vercel(&policy))
}

/// Files of the folder and of those in it.
fn list(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        match path.is_dir() {
            true => list(&path, files)?,
            false => files.push(path),
        }
    }
    Ok(())
}

fn has_end(file: &Path, end: &str) -> bool {
    file.extension().is_some_and(|extension| extension == end)
}

/// Whether the name has a hash of what it holds: [`HASHED`], said in Rust.
fn is_hashed(name: &str) -> bool {
    let Some((stem, end)) = name.rsplit_once('.') else {
        return false;
    };
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    let hash = stem.rsplit_once('-').map_or("", |(_, hash)| hash);
    let hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    ["js", "svg", "wasm"].contains(&end) && (12..=16).contains(&hash.len()) && hash.chars().all(hex)
}

/// What says which policy.
const POLICY: &str = "Content-Security-Policy";

/// Where pages stand: the start by both its names, and the folders of others.
fn places(folder: &Path, files: &[PathBuf]) -> BTreeSet<String> {
    let pages = files.iter().filter(|file| has_end(file, "html"));
    let inside = pages.filter_map(|file| file.strip_prefix(folder).ok()?.parent());
    let folders = inside.filter_map(|inside| inside.iter().next());
    let folders = folders.map(|name| format!("/{}/*", name.to_string_lossy()));
    ["/".to_owned(), "/index.html".to_owned()]
        .into_iter()
        .chain(folders)
        .collect()
}

/// A line for each file that is kept, and for each place of pages: these hosts join
/// what two rules say of one header, so only one may speak of keeping, and none can
/// take a policy back. By themselves they let others ask again.
fn headers(policy: &str, places: &BTreeSet<String>, hashed: &[String]) -> String {
    let mut out = "/*\n".to_owned();
    for (name, value) in ALWAYS {
        out += &format!("  {name}: {value}\n");
    }
    for place in places {
        out += &format!("{place}\n  {POLICY}: {policy}\n");
    }
    let hashed = hashed.iter().map(|file| format!("/{file}"));
    for place in hashed.chain([format!("/{KEPT}/*")]) {
        out += &format!("{place}\n  Cache-Control: {FOR_GOOD}\n");
    }
    out
}

fn htaccess(policy: &str) -> String {
    let mut out = "AddType application/wasm .wasm\n\
         AddType text/javascript .js\n\
         AddCharset utf-8 .css .html .js .json .txt\n\
         <IfModule mod_headers.c>\n"
        .to_owned();
    for (name, value) in ALWAYS {
        out += &format!("  Header always set {name} \"{value}\"\n");
    }
    out + &format!(
        "  Header set Cache-Control \"{ASK_AGAIN}\"\n\
         \x20 <FilesMatch \"{HASHED}\">\n\
         \x20   Header set Cache-Control \"{FOR_GOOD}\"\n\
         \x20 </FilesMatch>\n\
         \x20 <IfModule mod_setenvif.c>\n\
         \x20   SetEnvIf Request_URI \"{IN_KEPT}\" kept\n\
         \x20   Header set Cache-Control \"{FOR_GOOD}\" env=kept\n\
         \x20   Header always set {POLICY} \"{policy}\" env=!kept\n\
         \x20 </IfModule>\n\
         </IfModule>\n\
         <IfModule mod_brotli.c>\n\
         \x20 AddOutputFilterByType BROTLI_COMPRESS {PACKED}\n\
         </IfModule>\n\
         <IfModule mod_deflate.c>\n\
         \x20 AddOutputFilterByType DEFLATE {PACKED}\n\
         </IfModule>\n"
    )
}

/// Types that travel packed.
const PACKED: &str =
    "text/html text/css text/javascript text/plain image/svg+xml application/json application/wasm";

fn nginx(policy: &str) -> String {
    let mut out = format!(
        "# In the `http` block:\n\
         map $uri $kept {{\n\
         \x20 default \"{ASK_AGAIN}\";\n\
         \x20 \"~{HASHED}\" \"{FOR_GOOD}\";\n\
         \x20 \"~{IN_KEPT}\" \"{FOR_GOOD}\";\n\
         }}\n\
         map $uri $policy {{\n\
         \x20 default \"{policy}\";\n\
         \x20 \"~{IN_KEPT}\" \"\";\n\
         }}\n\
         # In the `location` of the site; types are those that nginx has from mime.types.\n\
         charset utf-8;\n\
         gzip on;\n\
         gzip_types {};\n\
         add_header Cache-Control $kept;\n\
         add_header {POLICY} $policy always;\n",
        // nginx packs HTML unasked, and complains of hearing it again.
        PACKED.trim_start_matches("text/html ")
    );
    for (name, value) in ALWAYS {
        out += &format!("add_header {name} \"{value}\" always;\n");
    }
    out
}

fn vercel(policy: &str) -> String {
    let header = |(name, value): (&str, &str)| {
        format!("        {{ \"key\": \"{name}\", \"value\": \"{value}\" }}")
    };
    let rule = |source: &str, headers: &[(&str, &str)]| {
        let headers: Vec<String> = headers.iter().copied().map(header).collect();
        format!(
            "    {{\n      \"source\": \"{source}\",\n      \"headers\": [\n{}\n      ]\n    }}",
            headers.join(",\n")
        )
    };
    let hashed = HASHED
        .trim_end_matches('$')
        .replace("(_bg)?", "(?:_bg)?")
        .replace("(js", "(?:js")
        .replace('\\', "\\\\");
    let kept = [("Cache-Control", FOR_GOOD)];
    let rules = [
        rule("/(.*)", &ALWAYS),
        rule(&format!("/((?!{KEPT}/).*)"), &[(POLICY, policy)]),
        rule(&format!("/(.*{hashed})"), &kept),
        rule(&format!("/{KEPT}/(.*)"), &kept),
    ];
    format!("{{\n  \"headers\": [\n{}\n  ]\n}}\n", rules.join(",\n"))
}

fn stop(path: &Path, complaint: &str) -> Stop {
    Stop::new(format!("{}: {complaint}", path.display()), "")
}

#[cfg(test)]
mod tests {
    use super::is_hashed;

    #[test]
    fn only_what_never_changes_under_its_name_is_kept_for_good() {
        for name in [
            "silicon-gap-page-b7d35f11a17ebace.js",
            "silicon-gap-page-b7d35f11a17ebace_bg.wasm",
            "silicon-gap-page-a7b30765d725d1f.js",
            "in/favicon-70d61095e011d89c.svg",
        ] {
            assert!(is_hashed(name), "{name}");
        }
        for name in [
            "index.html",
            "texts.en.txt",
            "embed/1.js",
            "a-0123456789abcdeg.js",
        ] {
            assert!(!is_hashed(name), "{name}");
        }
    }
}
