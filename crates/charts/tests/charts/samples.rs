//! Charts with the kind of labels that readers will meet, in French.

use charts::*;

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
    lines(&LinesSpec {
        frame: frame("dense", width),
        x: Axis::new(
            "Longueur du contexte (milliers de jetons)",
            Scale::Linear,
            &french,
        ),
        panels: vec![Panel {
            y: Axis {
                range: Some((0.0, 300.0)),
                ..Axis::new(
                    "Jetons par seconde et par utilisateur",
                    Scale::Linear,
                    &french,
                )
            },
            series: vec![
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
            threshold: None,
            marks: vec![],
            dots: vec![],
            said: vec![said(35.0, Some(14.0)), said(40.0, Some(1e6))],
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
    let cell = |dies: usize, inference: usize, both: usize, row: usize| Cell {
        reach: match dies {
            n if n >= both => Reach::Both,
            n if n >= inference => Reach::InferenceOnly,
            _ => Reach::Nothing,
        },
        barred: row < 2 && dies > 2,
        title: format!("{dies} puces : inférence & entraînement"),
        said: format!("{dies} puces\ninférence & entraînement"),
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
            here: "Votre choix".into(),
        },
        other: None,
    }
}

/// Total processing performance against performance density.
pub fn points(width: u32) -> Drawing {
    let chips = [
        ("Ascend 910C", 12_000.0, 9.0),
        ("H100", 15_824.0, 19.4),
        ("H20", 2_368.0, 2.9),
        ("A100", 4_992.0, 6.0),
        ("B200", 36_000.0, 22.0),
        ("H200", 15_824.0, 19.4),
        ("A800", 4_992.0, 6.0),
        ("Ascend 910B", 5_120.0, 7.7),
        ("L40S", 5_856.0, 9.6),
        ("RTX 4090", 5_285.0, 8.7),
        ("RTX 4090 D", 4_707.0, 7.7),
        ("L20", 1_912.0, 3.1),
        ("L2", 1_544.0, 5.2),
        ("MI308X", 3_000.0, 2.8),
        ("MetaX C500", 3_840.0, 5.1),
        ("Siyuan 590", 5_024.0, 6.3),
    ];
    scatter(&ScatterSpec {
        frame: frame("nuage", width),
        x: Axis::new(
            "Performance de calcul totale (TPP, échelle logarithmique)",
            Scale::Log,
            &french,
        ),
        y: Axis::new(
            "Densité de performance (TPP par mm², échelle logarithmique)",
            Scale::Log,
            &french,
        ),
        dots: chips
            .iter()
            .map(|&(label, x, y)| {
                let (ink, marker) = match label.starts_with(['A', 'M', 'S']) {
                    true => (Ink::Vermilion, Marker::Square),
                    false => (Ink::Blue, Marker::Disc),
                };
                Dot {
                    label: label.into(),
                    x,
                    y,
                    ink,
                    marker,
                    said: label.into(),
                    ..Dot::default()
                }
            })
            .collect(),
        regions: vec![
            Region {
                label: "Licence exigée : 3A090.a".into(),
                ink: Ink::Bad,
                corners: vec![
                    (4800.0, 0.0),
                    (f64::INFINITY, 0.0),
                    (f64::INFINITY, f64::INFINITY),
                    (1600.0, f64::INFINITY),
                    (1600.0, 5.92),
                    (4800.0, 5.92),
                ],
                outlined: false,
            },
            Region {
                label: "Notification".into(),
                ink: Ink::Warn,
                corners: vec![(2400.0, 1.6), (4800.0, 1.6), (4800.0, 5.92), (2400.0, 5.92)],
                outlined: false,
            },
        ],
        highlights: vec![0],
    })
}

/// Two rooflines with two points under the first.
pub fn roofs(width: u32) -> Drawing {
    let roof = |i: usize, label: &str, peak: f64, slope: f64| Series {
        label: label.into(),
        points: vec![(1.0, slope), (peak / slope, peak), (5000.0, peak)],
        style: (SERIES[i], [Dash::Solid, Dash::Long][i], Marker::Nothing),
        ..Series::default()
    };
    let dot = |label: &str, x: f64, y: f64| Dot {
        label: label.into(),
        x,
        y,
        ink: Ink::Blue,
        said: label.into(),
        ..Dot::default()
    };
    let y = Axis::new("Téraopérations par seconde", Scale::Log, &french);
    let roofs = vec![
        roof(0, "Ascend 910C", 1504.0, 3.2),
        roof(1, "H20", 296.0, 4.0),
    ];
    lines(&LinesSpec {
        frame: frame("toits", width),
        x: Axis::new("Opérations par octet lu", Scale::Log, &french),
        panels: vec![Panel {
            dots: vec![
                dot("répondre", 40.0, 60.0),
                dot("lire une longue requête", 2000.0, 700.0),
            ],
            ..Panel::new(y, roofs)
        }],
        rules: Vec::new(),
        zone: None,
    })
}

/// Conditions with their margins; one has none, one is far off.
pub fn conditions(width: u32) -> MarginSpec<'static> {
    let row = |label: &str, note: &str, value: Option<f64>, ink: Ink| MarginRow {
        again: false,
        label: label.into(),
        note: note.into(),
        value,
        ink,
        said: label.into(),
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
