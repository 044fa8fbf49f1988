//! Charts of points, under zones and under roofs.

use super::{frame, french};
use charts::*;

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
        key: Vec::new(),
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
