//! The palette under the rules it claims to keep.

use charts::{Ink, PALETTE_CSS, PARTS, SERIES};

type Rgb = [f64; 3];
type Page = fn(Ink) -> &'static str;

const PAGES: [(&str, Page); 2] = [("light", Ink::light), ("dark", Ink::dark)];

/// Linear light from `#rrggbb`.
fn linear(hex: &str) -> Rgb {
    [1, 3, 5].map(|i| {
        let c = f64::from(u8::from_str_radix(&hex[i..i + 2], 16).unwrap()) / 255.0;
        if c <= 0.04045 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    })
}

/// Contrast ratio of WCAG 2.
fn contrast(a: &str, b: &str) -> f64 {
    let luminance = |hex| {
        let [r, g, b] = linear(hex);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn marks_and_outlines_stand_out_from_both_pages() {
    let alone = [
        Ink::Grey,
        Ink::Good,
        Ink::Bad,
        Ink::Both,
        Ink::Ink,
        Ink::Muted,
    ];
    let edges = Ink::ALL.iter().filter_map(|ink| ink.edge());
    let marks: Vec<Ink> = SERIES.into_iter().chain(alone).chain(edges).collect();
    for (page, colour) in PAGES {
        for &mark in &marks {
            let ratio = contrast(colour(mark), colour(Ink::Paper));
            assert!(ratio >= 3.0, "{mark:?} on {page}: {ratio:.2}");
        }
    }
}

#[test]
fn parts_stand_out_by_surface_or_by_outline() {
    for (page, colour) in PAGES {
        for part in PARTS {
            let ink = part.edge().unwrap_or(part);
            let ratio = contrast(colour(ink), colour(Ink::Paper));
            assert!(ratio >= 3.0, "{part:?} on {page}: {ratio:.2}");
        }
    }
}

#[test]
fn text_can_be_read_wherever_it_stands() {
    for (page, colour) in PAGES {
        for ink in [Ink::Ink, Ink::Muted] {
            let ratio = contrast(colour(ink), colour(Ink::Paper));
            assert!(ratio >= 4.5, "{ink:?} on {page}: {ratio:.2}");
        }
        let surfaces =
            PARTS
                .into_iter()
                .chain([Ink::Good, Ink::Warn, Ink::Bad, Ink::Inference, Ink::Both]);
        for surface in surfaces {
            let ratio = contrast(colour(surface.text_on()), colour(surface));
            assert!(ratio >= 4.5, "text on {surface:?}, {page}: {ratio:.2}");
        }
    }
}

/// How dichromats see: Machado, Oliveira and Fernandes 2009, severity 1.
const SIGHTS: [(&str, [[f64; 3]; 3]); 4] = [
    ("usual", [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]]),
    (
        "protan",
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ],
    ),
    (
        "deutan",
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ],
    ),
    (
        "tritan",
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ],
    ),
];

/// CIE L*a*b* (D65) of a colour as seen through a matrix.
fn lab(hex: &str, sight: &[[f64; 3]; 3]) -> [f64; 3] {
    let times =
        |m: &[[f64; 3]; 3], v: Rgb| m.map(|row| row[0] * v[0] + row[1] * v[1] + row[2] * v[2]);
    let seen = times(sight, linear(hex)).map(|c| c.clamp(0.0, 1.0));
    let xyz = times(
        &[
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ],
        seen,
    );
    let f = |t: f64| {
        if t > 0.008856 {
            t.cbrt()
        } else {
            7.787 * t + 16.0 / 116.0
        }
    };
    let (x, y, z) = (f(xyz[0] / 0.95047), f(xyz[1]), f(xyz[2] / 1.08883));
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// Colour difference CIEDE2000.
fn difference(p: [f64; 3], q: [f64; 3]) -> f64 {
    let chroma = |v: [f64; 3]| v[1].hypot(v[2]);
    let mean7 = ((chroma(p) + chroma(q)) / 2.0).powi(7);
    let g = 0.5 * (1.0 - (mean7 / (mean7 + 25f64.powi(7))).sqrt());
    let polar = |v: [f64; 3]| {
        let a = v[1] * (1.0 + g);
        (a.hypot(v[2]), v[2].atan2(a).to_degrees().rem_euclid(360.0))
    };
    let ((c1, h1), (c2, h2)) = (polar(p), polar(q));
    let mut turn = h2 - h1;
    if turn.abs() > 180.0 {
        turn -= 360.0 * turn.signum();
    }
    let dh = 2.0 * (c1 * c2).sqrt() * (turn / 2.0).to_radians().sin();
    let (l, c) = ((p[0] + q[0]) / 2.0, (c1 + c2) / 2.0);
    let h = (h1 + turn / 2.0).rem_euclid(360.0);
    let cos = |degrees: f64| degrees.to_radians().cos();
    let t = 1.0 - 0.17 * cos(h - 30.0) + 0.24 * cos(2.0 * h) + 0.32 * cos(3.0 * h + 6.0)
        - 0.20 * cos(4.0 * h - 63.0);
    let sl = 1.0 + 0.015 * (l - 50.0).powi(2) / (20.0 + (l - 50.0).powi(2)).sqrt();
    let (sc, sh) = (1.0 + 0.045 * c, 1.0 + 0.015 * c * t);
    let c7 = c.powi(7);
    let rt = -2.0
        * (c7 / (c7 + 25f64.powi(7))).sqrt()
        * (60.0 * (-((h - 275.0) / 25.0).powi(2)).exp())
            .to_radians()
            .sin();
    let (dl, dc, dh) = ((q[0] - p[0]) / sl, (c2 - c1) / sc, dh / sh);
    (dl * dl + dc * dc + dh * dh + rt * dc * dh).sqrt()
}

#[test]
fn the_difference_is_that_of_the_standard() {
    // First and seventh pair of Sharma, Wu and Dalal 2005.
    let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-4, "{a} {b}");
    near(
        difference([50.0, 2.6772, -79.7751], [50.0, 0.0, -82.7485]),
        2.0425,
    );
    near(difference([50.0, 0.0, 0.0], [50.0, -1.0, 2.0]), 2.3669);
}

/// How far apart two inks must stay, in CIEDE2000.
///
/// Side by side, a difference of 1 to 2 is just noticeable on large patches.
/// Lines of two pixels and markers of seven are small and lie apart, which
/// takes about five times that; dash and marker tell them apart besides.
const APART: f64 = 10.0;

#[test]
fn series_stay_apart_for_every_sight() {
    let states = [Ink::Nothing, Ink::Inference, Ink::Both];
    for (page, colour) in PAGES {
        for (sight, matrix) in &SIGHTS {
            for inks in [
                SERIES.as_slice(),
                &states,
                &[Ink::Good, Ink::Warn, Ink::Bad],
            ] {
                for (i, &a) in inks.iter().enumerate() {
                    for &b in &inks[i + 1..] {
                        let far = difference(lab(colour(a), matrix), lab(colour(b), matrix));
                        assert!(far >= APART, "{a:?} and {b:?}, {sight}, {page}: {far:.1}");
                    }
                }
            }
        }
    }
}

/// The ink thinned over the page.
fn thinned(ink: &str, page: &str, share: f64) -> String {
    let part = |hex: &str, i: usize| f64::from(u8::from_str_radix(&hex[i..i + 2], 16).unwrap());
    let mixed = [1, 3, 5].map(|i| share * part(ink, i) + (1.0 - share) * part(page, i));
    let [r, g, b] = mixed.map(|part| part.round() as u8);
    format!("#{r:02x}{g:02x}{b:02x}")
}

#[test]
fn bands_are_seen_on_both_pages_and_lines_in_them() {
    let mut shares = PALETTE_CSS.split("--chart-band:").skip(1);
    let mut next = || {
        let value = shares.next().unwrap();
        value[..value.find(';').unwrap()].parse::<f64>().unwrap()
    };
    let shares = [next(), next()];
    for ((page, colour), share) in PAGES.into_iter().zip(shares) {
        for ink in SERIES {
            let band = thinned(colour(ink), colour(Ink::Paper), share);
            let ratio = contrast(&band, colour(Ink::Paper));
            assert!(ratio >= 1.2, "{ink:?} on {page}: {ratio:.2}");
            let ratio = contrast(&band, colour(ink));
            assert!(
                ratio >= 2.5,
                "a line of {ink:?} on its band, {page}: {ratio:.2}"
            );
        }
    }
}

#[test]
fn the_style_sheet_knows_every_ink() {
    for ink in Ink::ALL {
        let name = ink.name();
        assert!(PALETTE_CSS.contains(&format!(".chart .f-{name}{{fill:var(--chart-{name})}}")));
        assert!(PALETTE_CSS.contains(&format!("--chart-{name}:{};", ink.dark())));
    }
    assert_eq!(
        PALETTE_CSS.matches('{').count(),
        PALETTE_CSS.matches('}').count()
    );
}
