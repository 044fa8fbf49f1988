//! Charts with the kind of labels that readers will meet, in French.

#[path = "samples/points.rs"]
mod points;

use charts::*;
pub use points::{points, roofs};

/// A frame with these measures.
pub fn frame(id: &str, width: u32) -> Frame {
    Frame {
        id: id.into(),
        title: "Titre & sous-titre".into(),
        desc: "Une phrase qui dit l’essentiel : « tout va <bien> ».".into(),
        width,
        no_data: "Rien à montrer pour ce choix : aucune valeur ne s’applique.".into(),
        has_links: false,
    }
}

fn french(value: f64) -> String {
    let (thousands, rest) = ((value / 1000.0) as i64, (value % 1000.0) as i64);
    let text = if thousands > 0 {
        format!("{thousands}\u{202f}{rest:03}")
    } else if value.fract() == 0.0 {
        format!("{value}")
    } else {
        format!("{value:.2}").trim_end_matches('0').to_owned()
    };
    text.replace('.', ",")
}

/// Where the milliseconds of one token go.
pub fn one_bar(width: u32) -> BarSpec {
    let parts = [
        ("Lecture des poids", 16.4),
        ("Attention", 6.2),
        ("Échanges entre puces", 11.8),
        ("Calcul", 4.1),
        ("Lancement des noyaux", 1.9),
        ("Échantillonnage", 0.6),
    ];
    BarSpec {
        frame: frame("jeton", width),
        rows: vec![row("", &parts, "ms")],
    }
}

fn row(label: &str, parts: &[(&str, f64)], unit: &str) -> BarRow {
    let words = |v: f64| format!("{}\u{202f}{unit}", format!("{v:.1}").replace('.', ","));
    BarRow {
        label: label.into(),
        parts: parts
            .iter()
            .zip(PARTS)
            .map(|(&(label, value), ink)| Part {
                label: label.into(),
                value,
                ink,
                text: words(value),
                said: label.into(),
            })
            .collect(),
        total: words(parts.iter().map(|p| p.1).sum()),
        said: "En tout".into(),
        ..BarRow::default()
    }
}

/// What packages cost, chip by chip.
pub fn many_bars(width: u32) -> BarSpec {
    let parts = |v: [f64; 6]| {
        let names = [
            "Silicium",
            "Mémoire HBM",
            "Interposeur",
            "Assemblage et test",
            "Rebut",
            "Divers",
        ];
        names.into_iter().zip(v).collect::<Vec<_>>()
    };
    let first = row(
        "H100 SXM (TSMC N4)",
        &parts([310.0, 1350.0, 420.0, 260.0, 160.0, 40.0]),
        "$",
    );
    BarSpec {
        frame: frame("cout", width),
        rows: vec![
            BarRow {
                heading: "Coût de fabrication d’un boîtier".into(),
                note: "989\u{a0}TFLOP/s · 700\u{a0}W · 73\u{202f}% de dies bons".into(),
                ..first
            },
            row(
                "Ascend 910C (SMIC N+2)",
                &parts([1480.0, 1120.0, 380.0, 300.0, 640.0, 55.0]),
                "$",
            ),
            row(
                "Ascend 910B",
                &parts([720.0, 540.0, 210.0, 180.0, 290.0, 35.0]),
                "$",
            ),
        ],
    }
}

/// Two panels over the die count.
pub fn two_panels(width: u32) -> Drawing {
    let dies: Vec<f64> = (1..=16).map(f64::from).collect();
    let series = |i: usize, label: &str, short: &str, f: &dyn Fn(f64) -> f64| Series {
        label: label.into(),
        short: short.into(),
        points: dies.iter().map(|&n| (n, f(n))).collect(),
        band: if i == 1 {
            dies.iter().map(|&n| (n, f(n) * 0.8, f(n) * 1.25)).collect()
        } else {
            Vec::new()
        },
        middle: if i == 1 {
            dies.iter().map(|&n| (n, f(n) * 1.05)).collect()
        } else {
            Vec::new()
        },
        style: series_style(i),
    };
    let x = Axis {
        whole: true,
        ticks: vec![1.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 14.0, 16.0],
        ..Axis::new(
            "Nombre de puces élémentaires par boîtier",
            Scale::Linear,
            &french,
        )
    };
    lines(&LinesSpec {
        frame: frame("lignes", width),
        x,
        panels: vec![
            Panel {
                y: Axis::new(
                    "Rendement des boîtiers (part de boîtiers bons)",
                    Scale::FromZero,
                    &french,
                ),
                series: vec![
                    series(0, "TSMC N4", "N4", &|n| 0.97 - 0.012 * n),
                    series(1, "SMIC N+2", "N+2", &|n| 0.88 - 0.028 * n),
                    series(2, "SMIC N+3 (projection)", "N+3", &|n| 0.86 - 0.03 * n),
                ],
                threshold: Some(Threshold {
                    value: 0.6,
                    label: "Seuil de rentabilité".into(),
                    ink: Ink::Bad,
                }),
                marks: vec![0.768],
                dots: vec![],
                said: dies.iter().map(|&x| said(x, None)).collect(),
                whiskers: vec![],
            },
            Panel {
                y: Axis::new(
                    "Durée d’entraînement, en jours (échelle logarithmique)",
                    Scale::Log,
                    &french,
                ),
                series: vec![
                    series(0, "TSMC N4", "N4", &|n| 900.0 / n),
                    series(1, "SMIC N+2", "N+2", &|n| 5200.0 / n),
                    series(2, "SMIC N+3 (projection)", "N+3", &|n| 3100.0 / n),
                ],
                threshold: Some(Threshold {
                    value: 180.0,
                    label: "Patience : 180 jours".into(),
                    ink: Ink::Bad,
                }),
                marks: vec![1300.0],
                dots: vec![],
                said: dies.iter().map(|&x| said(x, None)).collect(),
                whiskers: vec![],
            },
        ],
        rules: vec![Rule {
            x: 4.0,
            label: "Votre choix : 4 puces".into(),
            dash: Dash::Solid,
        }],
        zone: Some(Zone {
            from: 12.5,
            to: 16.0,
            label: "Aucun boîtier n’est aussi grand".into(),
            ..Zone::default()
        }),
    })
}

/// Words of a place.
fn said(x: f64, y: Option<f64>) -> Said {
    Said {
        x,
        y,
        text: format!("{x} puces"),
    }
}

/// One panel with a dense line and a range of its own.
pub fn one_panel(width: u32) -> Drawing {
    let points = |scale: f64| {
        (0..200)
            .map(|i| (f64::from(i) * 5.0, scale * f64::from(i % 37 + i)))
            .collect()
    };
    let mut users = Axis::new(
        "Jetons par seconde et par utilisateur",
        Scale::Linear,
        &french,
    );
    users.range = Some((0.0, 300.0));
    lines(&LinesSpec {
        frame: frame("dense", width),
        x: Axis::new(
            "Longueur du contexte (milliers de jetons)",
            Scale::Linear,
            &french,
        ),
        panels: vec![Panel {
            said: vec![said(35.0, Some(14.0)), said(40.0, Some(1e6))],
            ..Panel::new(
                users,
                vec![
                    Series {
                        label: "Avec mémoire HBM3E".into(),
                        points: points(1.0),
                        style: series_style(0),
                        ..Series::default()
                    },
                    Series {
                        label: "Avec mémoire HBM2E, la seule que produise CXMT".into(),
                        points: points(1.6),
                        style: series_style(3),
                        ..Series::default()
                    },
                ],
            )
        }],
        rules: Vec::new(),
        zone: None,
    })
}

/// Die count against node.
pub fn map(width: u32) -> GridSpec {
    let nodes = [
        ("TSMC N3E", "N3E", "3\u{a0}nm, Taïwan", 1, 1),
        ("TSMC N5", "N5", "5\u{a0}nm, Taïwan", 1, 2),
        ("SMIC N+3", "N+3", "« 5\u{a0}nm » sans EUV", 3, 7),
        ("SMIC N+2", "N+2", "7\u{a0}nm, DUV", 4, 11),
        ("SMIC 14 nm", "14\u{a0}nm", "FinFET", 12, 99),
    ];
    use Reach::{Both, InferenceOnly, Nothing, Unmade};
    let reaches = [Nothing, InferenceOnly, Both, Unmade];
    let many = |dies: usize, than: usize| usize::from(dies >= than);
    let cell = |dies: usize, inference: usize, both: usize, row: usize| Cell {
        reach: reaches[many(dies, inference) + many(dies, both) + many(dies, 15)],
        hold: [Hold::Free, Hold::Barred, Hold::Idle][many(dies, 3) * [1, 1, 2, 0, 0][row]],
        title: format!("{dies} puces : inférence & entraînement"),
        said: format!("{dies} puces"),
    };
    GridSpec {
        frame: frame("carte", width),
        x_label: "Puces élémentaires par boîtier".into(),
        columns: (1..=16).map(|n| n.to_string()).collect(),
        rows: nodes
            .iter()
            .enumerate()
            .map(|(r, &(label, short, sub, inference, both))| GridRow {
                label: label.into(),
                short: short.into(),
                sub: sub.into(),
                cells: (1..=16).map(|n| cell(n, inference, both, r)).collect(),
            })
            .collect(),
        here: Some((3, 3)),
        key: GridKey {
            nothing: "Ni l’un ni l’autre".into(),
            inference_only: "Inférence seule".into(),
            both: "Inférence et entraînement".into(),
            barred: "Hachuré : interdit à l’export".into(),
            unmade: "Infabricable".into(),
            idle: "Pas en service".into(),
            here: "Votre choix".into(),
        },
        other: None,
        contours: vec![
            contour("Dans neuf tirages sur dix", Dash::Solid, 3),
            contour("Dans un tirage sur dix", Dash::Short, 6),
        ],
    }
}

/// Around the first columns of all rows but the first.
fn contour(label: &str, dash: Dash, columns: usize) -> Contour {
    let row = |r: usize| (0..16).map(|c| r > 0 && c < columns + r).collect();
    Contour {
        label: label.into(),
        dash,
        inside: (0..5).map(row).collect(),
    }
}

/// Conditions with their margins; one has none, one is far off.
pub fn conditions(width: u32) -> MarginSpec<'static> {
    let row = |label: &str, note: &str, value: Option<f64>, ink: Ink| MarginRow {
        again: false,
        label: label.into(),
        note: note.into(),
        value,
        end: value.map_or("", |_| "121 j / 90 j").into(),
        from: None,
        ink,
        said: label.into(),
        whisker: None,
    };
    let x = Axis {
        range: Some((0.1, 10.0)),
        ..Axis::new("", Scale::Log, &french)
    };
    MarginSpec {
        frame: frame("marges", width),
        x,
        bar: 1.0,
        sides: ["manqué".into(), "tenu".into()],
        rows: vec![
            row("Puces disponibles", "aucune limite", None, Ink::Good),
            row(
                "Durée",
                "2,4 fois trop long pour la patience du lecteur",
                Some(1.0 / 2.4),
                Ink::Bad,
            ),
            row("Fiabilité", "manqué de peu", Some(0.93), Ink::Warn),
            row(
                "Électricité",
                "31 fois ce qu’il faut",
                Some(31.0),
                Ink::Good,
            ),
            row("Mémoire", "jamais", Some(0.0), Ink::Bad),
        ],
    }
}

/// Every sample at this width, with its name.
pub fn all(width: u32) -> Vec<(&'static str, Drawing)> {
    vec![
        ("one-bar", stacked_bar(&one_bar(width))),
        ("many-bars", stacked_bar(&many_bars(width))),
        ("two-panels", two_panels(width)),
        ("one-panel", one_panel(width)),
        ("map", grid_map(&map(width))),
        ("points", points(width)),
        ("roofs", roofs(width)),
        ("margins", margins(&conditions(width))),
    ]
}
