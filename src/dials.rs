//! How each control looks on the page: where its slider stops, and in which
//! unit its field counts. Ranges and meanings are the controls' own.

use sim::controls::{CONTROLS, Control, Kind, index};

/// A number's slider and field.
pub struct Dial {
    /// The control's key.
    pub key: &'static str,
    /// The field's unit, in the control's.
    pub unit: f64,
    /// Where the slider stops, in the field's unit.
    pub stops: &'static [f64],
}

/// Powers of two and the numbers halfway between, as clusters come.
const CLUSTERS: &[f64] = &[
    1., 2., 4., 8., 16., 32., 64., 128., 256., 384., 512., 768., 1024., 1536., 2048., 3072., 4096.,
    6144., 8192., 12288., 16384., 24576., 32768., 49152., 65536., 98304., 131072., 262144.,
    524288., 1_000_000.,
];
const LENGTHS: &[f64] = &[
    64., 128., 256., 512., 1024., 2048., 4096., 8192., 16384., 32768., 65536., 131072.,
];

/// Billions of parameters.
const MODEL_SIZES: &[f64] = &[
    1., 3., 7., 13., 22., 32., 37., 47., 70., 120., 235., 405., 671., 1000., 2000., 5000.,
];

const SHARES: &[f64] = &[0., 1., 2., 3., 5., 8., 12., 20., 35., 55., 75., 100.];

/// Every number that the page shows.
const DIALS: &[Dial] = &[
    Dial {
        key: "dies",
        unit: 1.0,
        stops: &[
            1., 2., 3., 4., 5., 6., 7., 8., 9., 10., 11., 12., 13., 14., 15., 16.,
        ],
    },
    Dial {
        key: "chips",
        unit: 1.0,
        stops: CLUSTERS,
    },
    Dial {
        key: "bf16",
        unit: 1.0,
        stops: &[
            50., 75., 100., 150., 200., 250., 300., 400., 500., 600., 800., 1000., 1500., 2000.,
            2500.,
        ],
    },
    Dial {
        key: "mem",
        unit: 1.0,
        stops: &[
            16., 24., 32., 48., 64., 80., 96., 112., 128., 141., 192., 256., 288., 384.,
        ],
    },
    Dial {
        key: "bw",
        unit: 1.0,
        stops: &[
            300., 500., 750., 1000., 1500., 2000., 2500., 3000., 3500., 4000., 5000., 6000., 8000.,
        ],
    },
    Dial {
        key: "tdp",
        unit: 1.0,
        stops: &[
            100., 150., 200., 250., 300., 350., 400., 500., 600., 700., 800., 1000., 1200., 1400.,
        ],
    },
    Dial {
        key: "area",
        unit: 1.0,
        stops: &[
            50., 100., 150., 200., 250., 300., 350., 400., 450., 500., 550., 600., 650., 700.,
            750., 800., 850., 900.,
        ],
    },
    Dial {
        key: "d0",
        unit: 1.0,
        stops: &[
            0.02, 0.04, 0.06, 0.08, 0.1, 0.12, 0.14, 0.16, 0.18, 0.2, 0.25, 0.3, 0.4, 0.5, 0.7, 1.0,
        ],
    },
    Dial {
        key: "in",
        unit: 1.0,
        stops: LENGTHS,
    },
    Dial {
        key: "out",
        unit: 1.0,
        stops: LENGTHS,
    },
    Dial {
        key: "tpot",
        unit: 1.0,
        stops: &[
            5., 10., 15., 20., 25., 30., 40., 50., 75., 100., 150., 200., 300., 500., 1000.,
        ],
    },
    Dial {
        key: "mtp",
        unit: 1.0,
        stops: &[1., 1.3, 1.5, 1.7, 1.9, 2.2, 2.5, 3., 4.],
    },
    Dial {
        key: "tp",
        unit: 1.0,
        stops: &[1., 2., 4., 8., 16., 32., 64.],
    },
    Dial {
        key: "pp",
        unit: 1.0,
        stops: &[1., 2., 4., 8., 16., 32., 64.],
    },
    Dial {
        key: "ep",
        unit: 1.0,
        stops: &[1., 2., 4., 8., 16., 32., 64., 128., 256.],
    },
    Dial {
        key: "dp",
        unit: 1.0,
        stops: CLUSTERS,
    },
    Dial {
        key: "params",
        unit: 1.0,
        stops: MODEL_SIZES,
    },
    Dial {
        key: "active",
        unit: 1.0,
        stops: MODEL_SIZES,
    },
    Dial {
        key: "depth",
        unit: 1.0,
        stops: &[
            16., 24., 32., 40., 48., 61., 64., 80., 96., 105., 126., 160., 200.,
        ],
    },
    Dial {
        key: "hidden",
        unit: 1.0,
        stops: &[
            1024., 2048., 3072., 4096., 5120., 6144., 7168., 8192., 12288., 16384., 20480., 25600.,
        ],
    },
    Dial {
        key: "temp",
        unit: 1.0,
        stops: &[40., 50., 60., 65., 70., 75., 80., 85., 90., 95., 100., 110.],
    },
    Dial {
        key: "tokens",
        unit: 1e12,
        stops: &[
            0.1, 0.2, 0.5, 1., 2., 3., 5., 7., 10., 15., 20., 30., 50., 100.,
        ],
    },
    Dial {
        key: "days",
        unit: 1.0,
        stops: &[7., 14., 30., 45., 60., 90., 120., 180., 270., 365., 730.],
    },
    Dial {
        key: "mw",
        unit: 1.0,
        stops: &[
            0.1, 0.5, 1., 2., 5., 10., 20., 50., 100., 200., 500., 1000., 2000.,
        ],
    },
    Dial {
        key: "fail",
        unit: 1.0,
        stops: &[0., 0.1, 0.2, 0.3, 0.5, 0.7, 1., 1.5, 2., 3., 5., 10.],
    },
    Dial {
        key: "spare",
        unit: 0.01,
        stops: &[0., 2., 4., 8., 12., 16., 20., 30., 40., 50.],
    },
    Dial {
        key: "stacks",
        unit: 1.0,
        stops: &[1., 2., 3., 4., 5., 6., 8., 10., 12., 16., 24., 32.],
    },
    Dial {
        key: "d2d",
        unit: 1.0,
        stops: &[
            50., 100., 200., 270., 400., 700., 1000., 1500., 2500., 5000., 10000.,
        ],
    },
    Dial {
        key: "alpha",
        unit: 1.0,
        stops: &[0.5, 1., 1.5, 2., 3., 5., 10., 20., 50.],
    },
    Dial {
        key: "wafer",
        unit: 1.0,
        stops: &[
            3000., 5000., 7000., 9000., 11000., 13000., 15000., 17000., 20000., 25000., 30000.,
        ],
    },
    Dial {
        key: "volume",
        unit: 1.0,
        stops: &[1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 2e6, 5e6, 1e7],
    },
    Dial {
        key: "wpm",
        unit: 1.0,
        stops: &[
            5., 10., 15., 18., 22., 25., 30., 35., 40., 50., 70., 100., 150., 200.,
        ],
    },
    Dial {
        key: "aishare",
        unit: 0.01,
        stops: SHARES,
    },
    Dial {
        key: "share",
        unit: 0.01,
        stops: SHARES,
    },
    Dial {
        key: "fund",
        unit: 1.0,
        stops: &[0., 2., 5., 8.4, 15., 25., 47.5, 70., 100.],
    },
    Dial {
        key: "toolcap",
        unit: 1.0,
        stops: &[0., 1., 3., 5., 10., 15., 25., 50., 100.],
    },
    Dial {
        key: "bank",
        unit: 1.0,
        stops: &[0., 0.5, 1., 1.5, 2., 2.5, 2.9, 4., 6.],
    },
    Dial {
        key: "hbmstock",
        unit: 1.0,
        stops: &[0., 0.1, 0.2, 0.5, 1., 2., 4., 8.5, 13., 20., 40.],
    },
    Dial {
        key: "hbmnew",
        unit: 1.0,
        stops: &[0., 0.1, 0.3, 0.5, 1., 1.5, 2., 4., 8., 16., 40.],
    },
    Dial {
        key: "layers",
        unit: 1.0,
        stops: &[1., 2., 4., 7., 12., 18., 25., 40., 75., 150.],
    },
    Dial {
        key: "buyer",
        unit: 0.01,
        stops: SHARES,
    },
    Dial {
        key: "wait",
        unit: 1.0,
        stops: &[7., 30., 90., 183., 365., 548., 730., 1095.],
    },
];

impl Dial {
    /// The dial of that control.
    pub fn of(key: &str) -> Option<&'static Self> {
        DIALS.iter().find(|dial| dial.key == key)
    }

    /// The stop nearest to a number, which may lie between two.
    pub fn nearest_stop(&self, number: f64) -> usize {
        let distance = |stop: f64| {
            if stop > 0.0 && number > 0.0 {
                (stop / number).ln().abs()
            } else {
                (stop - number).abs()
            }
        };
        let closer = |best: usize, (i, stop): (usize, &f64)| {
            if distance(*stop) < distance(self.stops[best]) {
                i
            } else {
                best
            }
        };
        self.stops.iter().enumerate().fold(0, closer)
    }

    /// Least and most in the field's unit.
    pub fn range(&self) -> (f64, f64) {
        match declared(self.key).map(|control| control.kind) {
            Some(Kind::Number {
                range: (least, most),
                ..
            }) => (least / self.unit, most / self.unit),
            _ => (0.0, 1.0),
        }
    }
}

/// The control's declaration.
pub fn declared(key: &str) -> Option<&'static Control> {
    index(key).map(|i| &CONTROLS[i])
}
