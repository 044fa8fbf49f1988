//! The passages, in the article's order: the scenarios of each and what a reader
//! may change in it.

use super::Passage;
use super::lever::{Lever, Stops};
use crate::Lang;
use sim::catalogue;
use units::{Area, Bandwidth, Money, Time};

/// Every passage.
pub static PASSAGES: [Passage; 12] = [
    Passage {
        id: "ban",
        scenes: &[("a", "serve-h20")],
        levers: &[
            Lever {
                key: "date",
                on: &[0],
                stops: Stops::Days,
            },
            Lever {
                key: "chip",
                on: &[0],
                stops: Stops::Names(
                    &["a100-80", "a800", "h100-sxm", "h800", "h20", "h200", "b30a"],
                    chip,
                ),
            },
        ],
    },
    Passage {
        id: "alibaba",
        scenes: &[("a", "alibaba"), ("b", "serve-h20")],
        levers: &[
            Lever {
                key: "bw",
                on: &[0],
                stops: Stops::Numbers(
                    &[800., 1200., 1600., 2000., 2400., 2700., 3200., 4000., 4800.],
                    |lang, n| lang.bandwidth(Bandwidth::new(n * 1e9)),
                ),
            },
            few_chips(&[0, 1]),
        ],
    },
    Passage {
        id: "metax",
        scenes: &[("a", "metax"), ("b", "serve-h20")],
        levers: &[
            Lever {
                key: "dies",
                on: &[0],
                stops: Stops::Numbers(&[1., 2., 3., 4., 5., 6.], |lang, n| lang.dies(n as u32)),
            },
            few_chips(&[0, 1]),
        ],
    },
    Passage {
        id: "cambricon",
        scenes: &[("a", "cambricon-order")],
        levers: &[share("share", &[0]), share("buyer", &[0])],
    },
    Passage {
        id: "huawei",
        scenes: &[("a", "huawei-384"), ("b", "nvl72")],
        levers: &[
            Lever {
                key: "tpot",
                on: &[0, 1],
                stops: Stops::Numbers(
                    &[5., 10., 15., 20., 25., 30., 40., 50., 75., 100.],
                    |lang, n| lang.time(Time::new(n / 1e3)),
                ),
            },
            Lever {
                key: "chips",
                on: &[0],
                stops: Stops::Numbers(&[4., 8., 16., 32., 72., 96., 192., 384., 768.], Lang::count),
            },
        ],
    },
    Passage {
        id: "fund",
        scenes: &[("a", "train-8192")],
        levers: &[
            Lever {
                key: "fund",
                on: &[0],
                stops: Stops::Numbers(&[0., 2., 5., 8.4, 15., 25., 47.5, 70., 100.], |lang, n| {
                    lang.money(Money::new(n * 1e9))
                }),
            },
            stacks_at_home(),
        ],
    },
    Passage {
        id: "fabs",
        scenes: &[("a", "article"), ("b", "fab-abroad")],
        levers: &[
            Lever {
                key: "tools",
                on: &[0],
                stops: Stops::Names(
                    &["free", "no-euv", "no-new-immersion", "parts", "no-service"],
                    option,
                ),
            },
            Lever {
                key: "area",
                on: &[0, 1],
                stops: Stops::Numbers(
                    &[100., 200., 300., 400., 500., 600., 700., 800., 900.],
                    |lang, n| lang.with_unit(Area::new(n).get(), 3, "mm²"),
                ),
            },
        ],
    },
    Passage {
        id: "rules",
        scenes: &[("a", "fine-node"), ("b", "fine-node-2023")],
        levers: &[
            Lever {
                key: "dies",
                on: &[0, 1],
                stops: Stops::Numbers(&[1., 2., 3., 4.], |lang, n| lang.dies(n as u32)),
            },
            many_chips(&[0, 1]),
            Lever {
                key: "date",
                on: &[1],
                stops: Stops::Days,
            },
        ],
    },
    Passage {
        id: "software",
        scenes: &[
            ("a", "train-8192"),
            ("b", "train-8192-halfway"),
            ("c", "train-8192-h100"),
        ],
        levers: &[
            Lever {
                key: "stack",
                on: &[1],
                stops: Stops::Numbers(
                    &[0., 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.],
                    Lang::percent,
                ),
            },
            many_chips(&[0, 1, 2]),
        ],
    },
    Passage {
        id: "heat",
        scenes: &[("a", "train-8192-hot"), ("b", "train-8192")],
        levers: &[
            Lever {
                key: "temp",
                on: &[0],
                stops: Stops::Numbers(
                    &[
                        40., 50., 60., 70., 75., 80., 85., 90., 95., 100., 105., 110.,
                    ],
                    |lang, n| lang.with_unit(n, 3, "°C"),
                ),
            },
            Lever {
                key: "fail",
                on: &[0, 1],
                stops: Stops::Numbers(&[0., 0.1, 0.2, 0.5, 1., 2., 3., 5., 10.], |lang, n| {
                    lang.number(n, 2)
                }),
            },
        ],
    },
    Passage {
        id: "deepseek",
        scenes: &[("a", "deepseek-plain"), ("b", "deepseek-ways")],
        levers: &[
            Lever {
                key: "tprec",
                on: &[1],
                stops: Stops::Names(&["bf16", "fp8"], option),
            },
            Lever {
                key: "schedule",
                on: &[1],
                stops: Stops::Names(&["1f1b", "dualpipe"], option),
            },
        ],
    },
    Passage {
        id: "home",
        scenes: &[("a", "all-chinese")],
        levers: &[stacks_at_home(), many_chips(&[0])],
    },
];

const fn few_chips(on: &'static [usize]) -> Lever {
    Lever {
        key: "chips",
        on,
        stops: Stops::Numbers(&[4., 8., 16., 32., 64., 128.], Lang::count),
    }
}

const fn many_chips(on: &'static [usize]) -> Lever {
    Lever {
        key: "chips",
        on,
        stops: Stops::Numbers(
            &[1024., 2048., 4096., 8192., 16_384., 32_768., 65_536.],
            Lang::count,
        ),
    }
}

const fn share(key: &'static str, on: &'static [usize]) -> Lever {
    Lever {
        key,
        on,
        stops: Stops::Numbers(
            &[
                0., 0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1.,
            ],
            Lang::percent,
        ),
    }
}

const fn stacks_at_home() -> Lever {
    Lever {
        key: "hbmnew",
        on: &[0],
        stops: Stops::Numbers(
            &[0., 0.1, 0.3, 0.5, 1., 1.5, 2., 4., 8., 16., 40.],
            |lang, n| lang.count(n * 1e6),
        ),
    }
}

/// A chip's name without its maker's.
fn chip(_: Lang, id: &'static str) -> &'static str {
    catalogue::chip(id).map_or(id, |row| row.name.split(' ').nth(1).unwrap_or(row.name))
}

/// A choice as the sentence says it.
fn option(lang: Lang, id: &'static str) -> &'static str {
    lang.find(&format!("story.option.{id}")).unwrap_or(id)
}
