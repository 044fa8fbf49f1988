//! What every chart must be, whatever it is asked to draw.

mod golden;
mod palette;
mod samples;

use charts::*;
use proptest::prelude::*;
use roxmltree::Document;

/// Fails unless the SVG is well formed, finite and within its own frame, and so
/// are its marks.
fn check(drawing: &Drawing) {
    check_svg(&drawing.svg);
    let (width, height) = drawing.size;
    assert!(drawing.own.is_none_or(|own| own < drawing.marks.len()));
    for mark in &drawing.marks {
        assert!(!mark.text.is_empty());
        assert!(mark.left >= 0 && mark.width >= 0, "{mark:?}");
        assert!(mark.top >= 0 && mark.height >= 0, "{mark:?}");
        let end = (mark.left + mark.width, mark.top + mark.height);
        assert!(end.0 <= width && end.1 <= height, "{mark:?}");
    }
}

fn check_svg(svg: &str) {
    let document = Document::parse(svg).unwrap_or_else(|e| panic!("{e}: {svg}"));
    let root = document.root_element();
    let view: Vec<f64> = root
        .attribute("viewBox")
        .unwrap()
        .split(' ')
        .map(|n| n.parse().unwrap())
        .collect();
    let id = root.attribute("id").unwrap();
    assert_eq!(
        root.attribute("aria-labelledby").unwrap(),
        format!("{id}-title {id}-desc")
    );
    for node in root.descendants().filter(|n| n.is_element()) {
        for attribute in node.attributes() {
            if ["x", "y", "cx", "cy", "r", "width", "height", "d", "points"]
                .contains(&attribute.name())
            {
                let odd = attribute.value().contains("NaN") || attribute.value().contains("inf");
                assert!(!odd, "{attribute:?}");
            }
            if attribute.name() == "id" {
                assert!(attribute.value().starts_with(id));
            }
        }
        if node.tag_name().name() == "text" {
            check_text(&node, view[2], view[3]);
        }
    }
}

fn check_text(node: &roxmltree::Node, width: f64, height: f64) {
    let number = |name| node.attribute(name).unwrap().parse::<f64>().unwrap();
    let (x, y, size) = (number("x"), number("y"), number("font-size"));
    let text = node.text().unwrap_or("");
    let bold = node
        .attribute("class")
        .unwrap()
        .split(' ')
        .any(|c| c == "b");
    let long = text_width(text, size, bold);
    let left = match node.attribute("text-anchor") {
        Some("middle") => x - long / 2.0,
        Some("end") => x - long,
        _ => x,
    };
    let slack = 0.3;
    assert!(
        left >= -slack && left + long <= width + slack,
        "{text}: {left} + {long} in {width}"
    );
    assert!(
        y - size * 0.75 >= -slack && y + size * 0.22 <= height + slack,
        "{text}: {y} in {height}"
    );
}

#[test]
fn charts_fit_their_frame_at_every_width() {
    for width in [0, 240, 320, 360, 420, 421, 500, 600, 800, 1000, 1100, 9000] {
        for (_, drawing) in samples::all(width) {
            check(&drawing);
            assert!(!drawing.marks.is_empty());
        }
    }
}

#[test]
fn two_charts_share_no_id() {
    let ids = |svg: &str| -> Vec<String> {
        let document = Document::parse(svg).unwrap();
        let all = document.descendants().filter_map(|n| n.attribute("id"));
        all.map(str::to_owned).collect()
    };
    let one = ids(&grid_map(&samples::map(400)).svg);
    let two = ids(&samples::two_panels(400).svg);
    assert!(one.iter().all(|id| !two.contains(id)));
}

#[test]
fn a_chart_without_data_says_so() {
    let frame = samples::frame("vide", 320);
    let words: fn(f64) -> String = |v| v.to_string();
    let axis = || Axis::new("x", Scale::Log, &words);
    let nothing = [
        stacked_bar(&BarSpec {
            frame: frame.clone(),
            rows: vec![BarRow::default()],
        }),
        grid_map(&GridSpec {
            frame: frame.clone(),
            ..GridSpec::default()
        }),
        lines(&LinesSpec {
            frame: frame.clone(),
            x: axis(),
            panels: vec![],
            rules: Vec::new(),
            zone: None,
        }),
        scatter(&ScatterSpec {
            frame,
            x: axis(),
            y: axis(),
            dots: vec![Dot {
                x: -1.0,
                y: f64::NAN,
                ..Dot::default()
            }],
            regions: vec![],
            highlights: vec![7],
            key: Vec::new(),
        }),
    ];
    for drawing in nothing {
        check(&drawing);
        assert!(drawing.svg.contains("Rien à montrer"), "{}", drawing.svg);
        assert!(drawing.marks.is_empty());
    }
}

#[test]
fn cells_say_where_they_are() {
    let drawing = grid_map(&samples::map(320));
    assert_eq!(drawing.marks.len(), 80);
    let document = Document::parse(&drawing.svg).unwrap();
    let cells: Vec<_> = document
        .descendants()
        .filter(|n| n.attribute("class") == Some("cell"))
        .collect();
    assert_eq!(cells.len(), 80);
    assert_eq!(cells[17].attribute("data-row"), Some("1"));
    assert_eq!(cells[17].attribute("data-col"), Some("1"));
    assert_eq!(cells[17].attribute("data-state"), Some("both"));
}

#[test]
fn a_chart_stands_alone_in_either_theme() {
    for theme in [Theme::Light, Theme::Dark] {
        let svg = standalone(&samples::two_panels(600).svg, theme);
        check_svg(&svg);
        assert!(!svg.contains("var("));
    }
}

/// Any number, strange ones often.
fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -1e3..1e3,
        2 => 1e-9..1e9,
        1 => any::<f64>(),
        1 => prop::sample::select(vec![0.0, -0.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN_POSITIVE]),
    ]
}

/// Any text, that of markup often.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("<b>&\"'".to_owned()),
        "[a-z é\u{202f}«»&<>]{0,30}",
        any::<String>()
    ]
}

fn points() -> impl Strategy<Value = Vec<(f64, f64)>> {
    prop::collection::vec((number(), number()), 0..12)
}

fn scale() -> impl Strategy<Value = Scale> {
    prop::sample::select(vec![Scale::Linear, Scale::FromZero, Scale::Log])
}

fn frame(words: &str, width: u32) -> Frame {
    Frame {
        id: words.into(),
        title: words.into(),
        desc: words.into(),
        width,
        no_data: words.into(),
        has_links: false,
    }
}

fn short(v: f64) -> String {
    format!("{v:.1e}")
}

/// From anywhere to anywhere, or still to come.
fn whisker() -> impl Strategy<Value = Option<Whisker>> {
    let parts = (
        prop::option::of([number(), number()]),
        prop::option::of(number()),
        text(),
    );
    let made = parts.prop_map(|(ends, middle, text)| Whisker {
        ends,
        middle,
        said: text.clone(),
        text,
    });
    prop::option::of(made)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bars_are_drawn(
        values in prop::collection::vec(prop::collection::vec((number(), text()), 0..7), 0..4),
        whisker in whisker(),
        words in text(),
        width in 300u32..1100,
    ) {
        let part = |(i, (value, label)): (usize, (f64, String))| Part {
            text: label.clone(), said: label.clone(), label, value, ink: PARTS[i % 8],
        };
        let rows = values.into_iter().map(|parts| BarRow {
            heading: words.clone(),
            label: words.clone(),
            parts: parts.into_iter().enumerate().map(part).collect(),
            total: words.clone(),
            note: words.clone(),
            said: words.clone(),
            whisker: whisker.clone(),
        });
        check(&stacked_bar(&BarSpec { frame: frame(&words, width), rows: rows.collect() }));
    }

    #[test]
    fn any_lines_are_drawn(
        data in prop::collection::vec((points(), text()), 0..6),
        (xs, ys) in (scale(), scale()),
        range in prop::option::of((number(), number())),
        words in text(),
        (at, level) in (number(), number()),
        whisker in whisker(),
        width in 300u32..1100,
    ) {
        let series = data.into_iter().enumerate().map(|(i, (points, label))| Series {
            band: points.iter().map(|p| (p.0, p.1 - 1.0, p.1 * 2.0)).collect(),
            middle: points.clone(),
            points,
            short: String::new(),
            label,
            style: series_style(i),
        });
        let y = Axis { range, ..Axis::new(words.clone(), ys, &short) };
        let panel = Panel {
            y,
            series: series.collect(),
            threshold: Some(Threshold { value: level, label: words.clone(), ink: Ink::Bad }),
            marks: vec![level, at],
            dots: vec![Dot { label: words.clone(), x: at, y: level, said: words.clone(), ..Dot::default() }],
            said: vec![
                Said { x: at, y: None, text: words.clone() },
                Said { x: at, y: Some(level), text: words.clone() },
            ],
            whiskers: whisker.map(|whisker| (at, whisker)).into_iter().collect(),
        };
        check(&lines(&LinesSpec {
            frame: frame(&words, width),
            x: Axis::new(words.clone(), xs, &short),
            panels: vec![panel.clone(), panel],
            rules: vec![Rule { x: at, label: words.clone(), dash: Dash::Solid }],
            zone: Some(Zone { from: at, to: level, label: words.clone(), beyond: words.clone() }),
        }));
    }

    #[test]
    fn any_columns_are_drawn(
        data in prop::collection::vec(number(), 0..20),
        places in 0usize..20,
        own in prop::option::of(0usize..20),
        words in text(),
        width in 300u32..1100,
    ) {
        let group = ColumnGroup {
            heading: words.clone(),
            names: vec![words.clone(); places],
            said: vec![words.clone(); data.len()],
            own,
            rows: vec![ColumnRow {
                label: words.clone(),
                ink: Ink::Orange,
                shares: data.into_iter().map(|share| (share, words.clone())).collect(),
            }; 2],
        };
        let groups = vec![group.clone(), group];
        check(&columns(&ColumnSpec { frame: frame(&words, width), groups }));
    }

    #[test]
    fn any_margins_are_drawn(
        data in prop::collection::vec(prop::option::of(number()), 0..6),
        scale in scale(),
        (low, high, bar) in (number(), number(), number()),
        whisker in whisker(),
        words in text(),
        width in 300u32..1100,
    ) {
        let row = |value| MarginRow {
            again: width % 2 == 0,
            label: words.clone(),
            note: words.clone(),
            value,
            end: words.clone(),
            from: (width % 3 == 0).then_some(high),
            ink: Ink::Bad,
            said: words.clone(),
            whisker: whisker.clone(),
        };
        check(&margins(&MarginSpec {
            frame: frame(&words, width),
            x: Axis { range: Some((low, high)), ..Axis::new("", scale, &short) },
            bar,
            sides: [words.clone(), words.clone()],
            rows: data.into_iter().map(row).collect(),
        }));
    }

    #[test]
    fn any_points_are_drawn(
        data in points(),
        corners in points(),
        (xs, ys) in (scale(), scale()),
        words in text(),
        width in 300u32..1100,
    ) {
        let dot = |(x, y)| Dot { label: words.clone(), x, y, said: words.clone(), ..Dot::default() };
        check(&scatter(&ScatterSpec {
            frame: frame(&words, width),
            x: Axis::new(words.clone(), xs, &short),
            y: Axis::new(words.clone(), ys, &short),
            dots: data.into_iter().map(dot).collect(),
            regions: vec![Region { label: words.clone(), ink: Ink::Warn, corners, outlined: width % 2 == 0 }],
            highlights: vec![2],
            key: Vec::new(),
        }));
    }

    #[test]
    fn any_map_is_drawn(columns in 0usize..20, rows in 0usize..8, words in text(), width in 300u32..1100,
        other: bool, apart: bool) {
        let row = |r: usize| GridRow {
            label: words.clone(),
            short: words.chars().take(4).collect(),
            sub: words.clone(),
            cells: (0..columns + r % 3)
                .map(|c| Cell {
                    reach: [Reach::Unmade, Reach::Nothing, Reach::InferenceOnly, Reach::Both][(c + r) % 4],
                    hold: [Hold::Free, Hold::Barred, Hold::Idle][c % 3],
                    title: words.clone(),
                    said: words.clone(),
                })
                .collect(),
        };
        check(&grid_map(&GridSpec {
            frame: frame(&words, width),
            x_label: words.clone(),
            columns: (0..columns).map(|c| c.to_string()).collect(),
            rows: (0..rows).map(row).collect(),
            here: Some((columns / 2, rows)),
            key: GridKey { barred: words.clone(), idle: words.clone(), unmade: words.clone(), here: words.clone(), ..GridKey::default() },
            other: other.then(|| OtherGrid {
                letters: ["A", "B"].map(str::to_owned),
                here: words.clone(),
                at: Some((columns / 3, rows / 2)),
                rows: (0..rows * usize::from(apart)).map(row).collect(),
            }),
            contours: vec![Contour {
                label: words.clone(),
                dash: Dash::Short,
                inside: (0..rows).map(|r| (0..columns).map(|c| (r + c) % 3 == 0).collect()).collect(),
            }],
        }));
    }
}
