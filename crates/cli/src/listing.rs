//! The catalogue as tables.

mod making;

use sim::catalogue::*;
use std::fmt::Display;
use units::Quantity;

/// A list of the catalogue.
#[derive(Clone, Copy)]
pub enum List {
    /// Accelerators and systems.
    Chips,
    /// Foundry nodes.
    Nodes,
    /// Language models.
    Models,
    /// Export rules and China's measures.
    Rules,
    /// Places.
    Places,
    /// Software stacks.
    Stacks,
    /// Memory by generation.
    Memory,
    /// Ways to join dies.
    Links,
    /// Designers, wafers, memory made in China.
    Supply,
}

impl List {
    /// The list of that name.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "chips" => Self::Chips,
            "nodes" => Self::Nodes,
            "models" => Self::Models,
            "rules" => Self::Rules,
            "places" => Self::Places,
            "stacks" => Self::Stacks,
            "memory" => Self::Memory,
            "links" => Self::Links,
            "supply" => Self::Supply,
            _ => return None,
        })
    }

    /// The list as aligned columns.
    pub fn table(self) -> String {
        aligned(match self {
            Self::Chips => chips(),
            Self::Nodes => nodes(),
            Self::Models => models(),
            Self::Rules => rules(),
            Self::Places => places(),
            Self::Stacks => stacks(),
            Self::Memory => making::memory(),
            Self::Links => making::links(),
            Self::Supply => making::supply(),
        })
    }
}

pub(crate) type Rows = Vec<Vec<String>>;

/// The figure in units of `unit`, with its range where it is disputed.
fn figure<Q: Quantity>(figure: &Figure<Q>, unit: f64) -> String {
    let number = |q: Q| short(q.get() / unit);
    if figure.low.get() == figure.high.get() {
        number(figure.central)
    } else {
        format!(
            "{} [{}–{}]",
            number(figure.central),
            number(figure.low),
            number(figure.high)
        )
    }
}

fn ratio(figure: &Figure<f64>) -> String {
    if figure.low == figure.high {
        short(figure.central)
    } else {
        format!(
            "{} [{}–{}]",
            short(figure.central),
            short(figure.low),
            short(figure.high)
        )
    }
}

fn short(number: f64) -> String {
    let text = format!("{number:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// The names of the columns.
pub(crate) fn head(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

fn or_dash(value: Option<impl Display>) -> String {
    value.map_or_else(|| "-".into(), |value| value.to_string())
}

fn chips() -> Rows {
    let mut rows = vec![head(&[
        "id",
        "name",
        "node",
        "dies",
        "bf16 TFLOP/s",
        "fp8",
        "int8",
        "memory GB",
        "GB/s",
        "tdp W",
        "stack",
        "since",
    ])];
    for chip in CHIPS {
        let peak = |peak: &Option<Figure<units::OpRate>>| {
            or_dash(peak.as_ref().map(|peak| figure(peak, 1e12)))
        };
        rows.push(vec![
            chip.id.into(),
            chip.name.into(),
            chip.node.into(),
            chip.dies.to_string(),
            figure(&chip.bf16, 1e12),
            peak(&chip.fp8),
            peak(&chip.int8),
            figure(&chip.memory, 1e9),
            figure(&chip.bandwidth, 1e9),
            figure(&chip.tdp, 1.0),
            chip.stack.into(),
            chip.launch.to_string(),
        ]);
    }
    for system in SYSTEMS {
        if let Some(chip) = system
            .chip
            .filter(|_| sim::catalogue::chip(system.id).is_none())
        {
            let mut row = vec![
                system.id.into(),
                system.name.into(),
                format!("{} × {chip}", system.chips),
            ];
            row.resize(12, String::from("-"));
            rows.push(row);
        }
    }
    rows
}

fn nodes() -> Rows {
    let mut rows = vec![head(&[
        "id", "name", "fab", "MTr/mm²", "speed", "energy", "wafer $", "D0 /cm²", "since",
    ])];
    rows.extend(NODES.iter().map(|node| {
        vec![
            node.id.into(),
            node.name.into(),
            if node.country == Country::China {
                "China".into()
            } else {
                "abroad".into()
            },
            figure(&node.density, 1.0),
            ratio(&node.speed_ratio),
            ratio(&node.energy_ratio),
            figure(&node.wafer_price, 1.0),
            figure(&node.defects, 1.0),
            node.since.to_string(),
        ]
    }));
    rows
}

fn models() -> Rows {
    let mut rows = vec![head(&[
        "id",
        "name",
        "parameters bn",
        "active bn",
        "layers",
        "KV numbers/token",
        "tokens tn",
    ])];
    rows.extend(LLMS.iter().map(|llm| {
        let shape = &llm.shape;
        vec![
            llm.id.into(),
            llm.name.into(),
            short(shape.parameters() / 1e9),
            short(shape.active_parameters() / 1e9),
            shape.layers.to_string(),
            short(shape.cached_per_token()),
            short(llm.training_tokens.central / 1e12),
        ]
    }));
    rows
}

fn rules() -> Rows {
    let mut rows = vec![head(&[
        "id",
        "kind",
        "from",
        "until",
        "destination",
        "paragraphs",
        "source",
    ])];
    rows.extend(RULES.iter().map(|rule| {
        vec![
            rule.id.into(),
            format!("{:?}", rule.kind).to_lowercase(),
            rule.from.to_string(),
            or_dash(rule.until),
            rule.destination.into(),
            rule.paragraphs
                .iter()
                .map(|paragraph| paragraph.name)
                .collect::<Vec<_>>()
                .join("; "),
            rule.source.into(),
        ]
    }));
    rows.extend(MEASURES.iter().map(|measure| {
        vec![
            measure.id.into(),
            "china".into(),
            measure.from.to_string(),
            or_dash(measure.until),
            "China".into(),
            format!(
                "{:?}: {}",
                measure.gate,
                if measure.chips.is_empty() {
                    "all foreign".into()
                } else {
                    measure.chips.join(", ")
                }
            ),
            measure.source.into(),
        ]
    }));
    rows
}

fn places() -> Rows {
    let mut rows = vec![head(&[
        "id",
        "$/kWh",
        "$/kWh, Chinese chips",
        "g CO2/kWh",
        "PUE",
    ])];
    rows.extend(PLACES.iter().map(|place| {
        vec![
            place.id.into(),
            figure(&place.price, 1.0),
            or_dash(
                place
                    .domestic_price
                    .as_ref()
                    .map(|price| figure(price, 1.0)),
            ),
            figure(&place.carbon, 1.0),
            ratio(&place.pue),
        ]
    }));
    rows
}

fn stacks() -> Rows {
    let mut rows = vec![head(&[
        "id",
        "name",
        "runs CUDA programs",
        "training over inference kernels",
        "exposed traffic",
        "imbalance",
    ])];
    rows.extend(STACKS.iter().map(|stack| {
        vec![
            stack.id.into(),
            stack.name.into(),
            if stack.cuda_compatible {
                "yes".into()
            } else {
                "by a port".into()
            },
            ratio(&stack.training_ratio),
            ratio(&stack.exposed_share),
            ratio(&stack.expert_imbalance),
        ]
    }));
    rows
}

/// Rows as aligned columns.
pub(crate) fn aligned(rows: Rows) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|i| {
            rows.iter()
                .filter_map(|row| row.get(i))
                .map(|cell| cell.chars().count())
                .max()
                .unwrap_or(0)
        })
        .collect();
    let mut text = String::new();
    for row in &rows {
        let line: Vec<String> = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:<width$}"))
            .collect();
        text.push_str(line.join("  ").trim_end());
        text.push('\n');
    }
    text
}
