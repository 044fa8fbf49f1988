//! What pages may not do, in every engine: whatever a script that found its way in
//! would try is refused by the page's own policy, and nothing comes of it.

use crate::driver::Browser;
use crate::engines::in_every_engine;
use crate::server::{HOSTED, Server, TRIES};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// What is tried, and how the directive begins that refuses it.
const REFUSED: [(&str, &str); 28] = [
    ("foreign script", "script-src"),
    ("foreign module", "script-src"),
    ("inline script", "script-src"),
    ("script in an address", "script-src"),
    ("inline handler", "script-src"),
    ("javascript link", "script-src"),
    ("eval", "script-src"),
    ("new Function", "script-src"),
    ("text for a timer", "script-src"),
    ("import()", "script-src"),
    ("worker", "worker-src"),
    ("foreign sheet", "style-src"),
    ("inline sheet", "style-src"),
    ("style attribute", "style-src"),
    ("frame", "frame-src"),
    ("own frame", "frame-src"),
    ("object", "object-src"),
    ("embed", "object-src"),
    ("image", "img-src"),
    ("sound", "media-src"),
    ("font", "font-src"),
    ("fetch", "connect-src"),
    ("beacon", "connect-src"),
    ("event source", "connect-src"),
    ("web socket", "connect-src"),
    ("base", "base-uri"),
    ("form", "form-action"),
    ("own form", "form-action"),
];

#[test]
fn every_engine_refuses_what_the_policy_does_not_name() {
    in_every_engine(async |browser| {
        let folder = std::env::temp_dir();
        let foreign = Server::start(&folder);
        for path in ["/", HOSTED, "/fr/s/huawei/"] {
            browser.visit_app(path).await;
            let base = browser.text("document.baseURI").await;
            try_all(browser, &foreign.origin).await;
            let refused: BTreeMap<String, String> =
                serde_json::from_value(browser.value("window.refused").await).expect("texts");
            let wrong: Vec<String> = REFUSED
                .iter()
                .filter(|(name, by)| !refused.get(*name).is_some_and(|said| said.starts_with(by)))
                .map(|(name, by)| format!("{name}: {by} is {:?}", refused.get(*name)))
                .collect();
            crate::assert_none(&wrong);
            assert_eq!(refused.len(), REFUSED.len(), "each try is expected");
            assert_eq!(browser.value("window.harm ?? null").await, Value::Null);
            let styled = "getComputedStyle(document.body).getPropertyValue('--harm')";
            assert_eq!(browser.value(styled).await, json!(""));
            assert_eq!(browser.text("document.baseURI").await, base);
        }
        assert_eq!(
            foreign.asked(),
            Vec::<String>::new(),
            "somebody else was asked"
        );
        // These were meant.
        assert!(!browser.server.forbidden().is_empty());
    });
}

/// Has a file of the site's own try it all.
async fn try_all(browser: &Browser, foreign: &str) {
    browser
        .run(&format!(
            "const script = document.createElement('script'); script.src = {:?}; \
             script.dataset.foreign = {foreign:?}; document.head.append(script);",
            format!("{}{TRIES}", browser.origin)
        ))
        .await;
    browser
        .within(
            crate::driver::PATIENCE,
            "all was tried",
            "typeof window.refused === 'object'",
        )
        .await;
}
