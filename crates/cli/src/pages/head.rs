//! What the head of a page tells machines: its other languages, its address, what
//! a card shows of it, what it is.

use super::card::{self, SIZE};
use super::{CARD, Page, Told};
use crate::escaped;
use words::Lang;

/// The lines; those that need an address are left out where nobody knows it.
pub(super) fn of(told: &Told, site: &str) -> String {
    let page = told.page;
    let lang = page.lang;
    // Without an address, from here.
    let base = match site {
        "" => page.root(),
        site => site.to_owned(),
    };
    let at = |page: Page| match [&base, &page.path()[..]].concat().as_str() {
        "" => "./".to_owned(),
        path => path.to_owned(),
    };
    let link = |kind: &str, to: &str| format!("<link rel=\"{kind}\" href=\"{}\" />\n", escaped(to));
    let mut head = String::new();
    for (code, there) in languages(page) {
        head += &link("alternate", &at(there)).replacen(
            " href",
            &format!(" hreflang=\"{code}\" href"),
            1,
        );
    }
    let kind = match page.passage {
        None => "website",
        Some(_) => "article",
    };
    let mut cards = vec![
        ("og:type", kind.to_owned()),
        ("og:site_name", lang.text("page.brand").to_owned()),
        ("og:title", told.title.clone()),
        ("og:description", told.description.clone()),
        ("og:locale", locale(lang).to_owned()),
    ];
    let others = Lang::ALL.into_iter().filter(|other| *other != lang);
    cards.extend(others.map(|other| ("og:locale:alternate", locale(other).to_owned())));
    // Without an address, from here: that is no card, but it says which picture is meant.
    let picture = [&base, &page.path(), CARD].concat();
    let alt = card::description(told);
    cards.extend([
        ("og:image", picture),
        ("og:image:type", "image/png".to_owned()),
        ("og:image:width", SIZE.0.to_string()),
        ("og:image:height", SIZE.1.to_string()),
        ("og:image:alt", alt),
    ]);
    if !site.is_empty() {
        head += &link("canonical", &at(page));
        cards.push(("og:url", at(page)));
    }
    for (name, content) in cards {
        head += &format!(
            "<meta property=\"{name}\" content=\"{}\" />\n",
            escaped(&content)
        );
    }
    head += "<meta name=\"twitter:card\" content=\"summary_large_image\" />\n";
    head += &format!(
        "<script type=\"application/ld+json\">{}</script>\n",
        data(page, told, site)
    );
    head
}

/// The page in each language, and the one for readers of any other.
fn languages(page: Page) -> impl Iterator<Item = (&'static str, Page)> {
    let all = Lang::ALL.map(|lang| (lang.code(), lang));
    let other = ("x-default", Lang::En);
    let all = all.into_iter().chain([other]);
    all.map(move |(code, lang)| (code, Page { lang, ..page }))
}

fn locale(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "en_GB",
        Lang::Fr => "fr_FR",
    }
}

/// The page in schema.org's words.
fn data(page: Page, told: &Told, site: &str) -> String {
    let licence = "https://creativecommons.org/licenses/by/4.0/";
    let application = serde_json::json!({
        "@type": "WebApplication",
        "name": page.lang.text("page.brand"),
        "applicationCategory": "EducationalApplication",
        "operatingSystem": "Any",
        "isAccessibleForFree": true,
    });
    let mut data = match page.passage {
        None => application,
        Some(_) => serde_json::json!({
            "@type": "Article",
            "headline": told.title.split(" · ").next(),
            "isPartOf": application,
        }),
    };
    let year = |day: sim::date::Date| day.to_string();
    data["@context"] = "https://schema.org".into();
    data["description"] = told.description.as_str().into();
    data["inLanguage"] = page.lang.code().into();
    data["license"] = licence.into();
    data["dateModified"] = year(sim::catalogue::DATA_DATE).into();
    if !site.is_empty() {
        data["url"] = [site, &page.path()].concat().into();
        data["image"] = [site, &page.path(), CARD].concat().into();
    }
    // No text of it may end the script.
    data.to_string().replace('<', "\\u003c")
}

/// Every page with its other languages, for search engines.
pub(super) fn sitemap(site: &str) -> String {
    let site = escaped(site);
    let entry = |page: Page| {
        let others: String = languages(page)
            .map(|(code, there)| {
                let path = there.path();
                format!("<xhtml:link rel=\"alternate\" hreflang=\"{code}\" href=\"{site}{path}\"/>")
            })
            .collect();
        format!("<url><loc>{site}{}</loc>{others}</url>\n", page.path())
    };
    let entries: String = Page::all().map(entry).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" \
         xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n{entries}</urlset>\n"
    )
}
