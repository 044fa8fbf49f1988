//! Charts byte for byte. `BLESS=1 cargo test -p charts` renews the files.

use crate::samples;

#[test]
fn charts_keep_their_bytes() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden");
    for (name, drawing) in samples::all(600) {
        let path = format!("{folder}/{name}.svg");
        // One element a line, so that a change can be read.
        let svg = drawing.svg.replace("><", ">\n<") + "\n";
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&path, &svg).unwrap();
        }
        let kept = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(
            kept == svg,
            "{name} changed; look at it, then BLESS=1 cargo test -p charts"
        );
    }
}

#[test]
fn the_same_chart_twice_is_the_same() {
    assert_eq!(samples::all(480), samples::all(480));
}
