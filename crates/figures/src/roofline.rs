//! What holds a chip back: operations for each byte read, under the roof that its
//! arithmetic and its memory make. Source: [roofline-2009].

use crate::cast::{on, others};
use crate::reading::of_row;
use crate::{Figure, Table, frame};
use charts::{Axis, Dash, Dot, Drawing, Ink, LinesSpec, Marker, Panel, Said, Scale, Series, lines};
use sim::catalogue;
use sim::llm::Phase;
use sim::outcome::{Outcome, effective_format};
use sim::scenario::Scenario;
use sim::silicon::{Package, package};
use sim::state::State;
use units::{Bandwidth, OpRate};
use words::Lang;

/// Roofs drawn at most, on a wide chart and on a narrow one; the table has all.
const MOST: [usize; 2] = [6, 4];
/// Below that a chart is narrow, in pixels.
const NARROW: u32 = 480;

/// A chip's roof, in the format that the model is served in.
struct Roof {
    name: &'static str,
    short: &'static str,
    peak: OpRate,
    bandwidth: Bandwidth,
}

impl Roof {
    fn new(scenario: &Scenario, package: &Package) -> Self {
        let (_, peak) = effective_format(scenario.serving.weights, package);
        let chip = catalogue::chip(scenario.chip_id);
        Self {
            name: chip.map_or("", |row| row.name),
            short: chip.map_or("", |row| row.short),
            // Attention is computed at 16 bit, whatever the weights are.
            peak: peak.max(package.peaks.bf16),
            bandwidth: package.bandwidth,
        }
    }

    /// Operations for each byte from which arithmetic is the limit.
    fn bend(&self) -> f64 {
        self.peak.get() / self.bandwidth.get()
    }

    /// The most that the chip can do with so many operations for each byte.
    fn at(&self, intensity: f64) -> OpRate {
        OpRate::new(intensity * self.bandwidth.get()).min(self.peak)
    }
}

/// The roofs of the reader's chip and of others, and where answering and reading
/// prompts lie under the reader's.
pub fn roofline(
    lang: Lang,
    state: &State,
    scenario: &Scenario,
    outcome: &Outcome,
    width: u32,
) -> Figure {
    let title = lang.text("figure.roofline.title").to_owned();
    let made = outcome.package.is_manufacturable();
    let own = made.then(|| Roof::new(scenario, &outcome.package));
    let roofs: Vec<Roof> = own
        .into_iter()
        .chain(others(scenario).map(|chip| {
            let other = on(state, chip.id, scenario.serving.chips);
            let package = package(&other.anchor, &other.design, &other.making);
            Roof::new(&other, &package)
        }))
        .collect();
    let served = outcome.inference.as_ref().ok();
    let phases: Vec<(&str, Phase)> = served
        .map(|i| [("decode", i.decode), ("prefill", i.prefill)])
        .into_iter()
        .flatten()
        .collect();
    let caption = match (made, roofs.first()) {
        (true, Some(own)) => caption(lang, own, &phases, served.map(|i| i.batch)),
        _ => lang.text("figure.roofline.not_made").to_owned(),
    };
    let table = table(lang, &roofs, &phases);
    Figure {
        id: "figure-roofline",
        drawing: chart(
            lang,
            (&roofs, &phases, &table),
            &title,
            &caption,
            made,
            width,
        ),
        title,
        caption,
        table,
    }
}

fn chart(
    lang: Lang,
    (roofs, phases, table): (&[Roof], &[(&str, Phase)], &Table),
    title: &str,
    caption: &str,
    made: bool,
    width: u32,
) -> Drawing {
    let number = |value: f64| lang.number(value, 2);
    let places = phases.iter().map(|(_, phase)| phase.intensity());
    let low = places.clone().fold(1.0, f64::min) / 1.5;
    let bends = roofs.iter().map(|roof| roof.bend() * 2.0);
    let high = places.map(|x| x * 2.0).chain(bends).fold(1000.0, f64::max);
    let tera = |rate: OpRate| rate.get() / 1e12;
    let most = MOST[usize::from(width < NARROW)];
    let series = roofs.iter().take(most).enumerate().rev().map(|(i, roof)| {
        // The reader's own stands out, over the others, which go by their names.
        let ink = if made && i == 0 { Ink::Blue } else { Ink::Grey };
        Series {
            label: roof.name.to_owned(),
            short: roof.short.to_owned(),
            points: [low, roof.bend(), high]
                .map(|x| (x, tera(roof.at(x))))
                .to_vec(),
            style: (ink, Dash::Solid, Marker::Nothing),
            ..Series::default()
        }
    });
    let y = Axis::new(lang.text("figure.roofline.y"), Scale::Log, &number);
    let dots = phases.iter().enumerate().map(|(i, (key, phase))| Dot {
        label: name(lang, key),
        x: phase.intensity(),
        y: tera(phase.rate()),
        ink: Ink::Blue,
        said: of_row(lang, table, i, &[1, 2, 3, 4]),
        ..Dot::default()
    });
    let bends = roofs.iter().take(most).enumerate().map(|(i, roof)| Said {
        x: roof.bend(),
        y: Some(tera(roof.peak)),
        text: of_row(lang, table, phases.len() + i, &[1, 3, 5]),
    });
    let mut x = Axis::new(lang.text("figure.roofline.x"), Scale::Log, &number);
    x.range = Some((low, high));
    lines(&LinesSpec {
        frame: frame(lang, "roofline", title, caption, width),
        x,
        panels: vec![Panel {
            dots: dots.collect(),
            said: bends.collect(),
            ..Panel::new(y, series.collect())
        }],
        rule: None,
        zone: None,
    })
}

fn name(lang: Lang, phase: &str) -> String {
    lang.text(&format!("figure.roofline.{phase}")).to_owned()
}

fn caption(lang: Lang, own: &Roof, phases: &[(&str, Phase)], batch: Option<f64>) -> String {
    let ridge = lang.number(own.bend(), 2);
    let ([(_, decode), (_, prefill)], Some(batch)) = (phases, batch) else {
        return lang.fill("figure.roofline.nothing", &[("ridge", &ridge)]);
    };
    let held = |phase: &Phase| {
        let key = if phase.intensity() < own.bend() {
            "figure.roofline.memory"
        } else {
            "figure.roofline.arithmetic"
        };
        let share = phase.rate() / own.at(phase.intensity());
        lang.fill(key, &[("share", &lang.percent(share))])
    };
    lang.fill(
        "figure.roofline.caption",
        &[
            ("ridge", &ridge),
            ("batch", &lang.count(batch)),
            ("ops", &lang.number(decode.intensity(), 2)),
            ("decode", &held(decode)),
            ("prompt_ops", &lang.number(prefill.intensity(), 2)),
            ("prefill", &held(prefill)),
        ],
    )
}

fn table(lang: Lang, roofs: &[Roof], phases: &[(&str, Phase)]) -> Table {
    let head = ["what", "x", "rate", "roof", "share", "bandwidth"]
        .map(|key| lang.text(&format!("figure.roofline.{key}")).to_owned());
    let none = || lang.text("figure.none").to_owned();
    // Points lie under the first roof, which is the reader's.
    let points = phases.iter().filter_map(|(key, phase)| {
        let roof = roofs.first()?.at(phase.intensity());
        Some(vec![
            name(lang, key),
            lang.number(phase.intensity(), 3),
            lang.op_rate(phase.rate()),
            lang.op_rate(roof),
            lang.percent(phase.rate() / roof),
            none(),
        ])
    });
    let bends = roofs.iter().map(|roof| {
        vec![
            lang.fill("figure.roofline.bend", &[("chip", roof.name)]),
            lang.number(roof.bend(), 3),
            none(),
            lang.op_rate(roof.peak),
            none(),
            lang.bandwidth(roof.bandwidth),
        ]
    });
    Table {
        head: head.to_vec(),
        rows: points.chain(bends).collect(),
    }
}
