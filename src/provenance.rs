//! Every published figure that stands behind the reader's choices, with its
//! range, how well it is known and where it comes from.

use crate::phrases;
use sim::catalogue::{self, Figure, SourceRow, Tier};
use sim::scenario::Rows;
use units::*;
use words::Lang;

/// One figure, in words.
#[derive(Clone, PartialEq)]
pub struct Entry {
    /// What it is.
    pub name: String,
    /// The value used.
    pub value: String,
    /// Lowest and highest that somebody defends, where they differ.
    pub range: String,
    /// How well it is known.
    pub tier: &'static str,
    /// Where it comes from.
    pub source: Option<&'static SourceRow>,
}

/// The figures of one row of the catalogue.
#[derive(Clone, PartialEq)]
pub struct Sheet {
    /// Which kind of row.
    pub kind: &'static str,
    /// Its name.
    pub name: String,
    /// Its figures.
    pub entries: Vec<Entry>,
}

/// Collects figures in one language.
struct Notebook {
    lang: Lang,
    entries: Vec<Entry>,
}

impl Notebook {
    fn new(lang: Lang) -> Self {
        Self {
            lang,
            entries: Vec::new(),
        }
    }

    fn note(&mut self, key: &str, texts: [String; 3], tier: Tier, source: &str) {
        let [low, central, high] = texts;
        self.entries.push(Entry {
            name: self
                .lang
                .find(&["page.figure.", key].concat())
                .unwrap_or_default()
                .to_owned(),
            range: if low == high {
                String::new()
            } else {
                self.lang
                    .fill("page.from_to", &[("low", &low), ("high", &high)])
            },
            value: central,
            tier: phrases::tier(self.lang, tier),
            source: catalogue::source(source),
        });
    }

    /// A quantity written by the language's own formatter.
    fn add<Q: Copy>(&mut self, key: &str, figure: &Figure<Q>, write: fn(Lang, Q) -> String) {
        let texts = [figure.low, figure.central, figure.high].map(|q| write(self.lang, q));
        self.note(key, texts, figure.tier, figure.source);
    }

    fn add_known<Q: Copy>(
        &mut self,
        key: &str,
        figure: &Option<Figure<Q>>,
        write: fn(Lang, Q) -> String,
    ) {
        if let Some(figure) = figure {
            self.add(key, figure, write);
        }
    }

    /// Says of whom the last figure is.
    fn name_last(&mut self, whose: Option<&str>) {
        if let (Some(entry), Some(whose)) = (self.entries.last_mut(), whose) {
            entry.name = [&entry.name, " · ", whose].concat();
        }
    }

    fn sheet(self, kind: &str, name: &str) -> Sheet {
        Sheet {
            kind: phrases::control_name(self.lang, kind),
            name: name.to_owned(),
            entries: self.entries,
        }
    }
}

fn bare(lang: Lang, number: f64) -> String {
    lang.number(number, 3)
}

/// Everything behind these rows, in the order in which readers ask.
pub fn sheets(lang: Lang, rows: &Rows) -> Vec<Sheet> {
    vec![
        chip(lang, rows),
        memory(lang, rows),
        node(lang, rows),
        llm(lang, rows),
        place(lang, rows),
        stack(lang, rows),
    ]
    .into_iter()
    .chain(supply(lang, rows))
    .collect()
}

/// The distinct sources behind those sheets.
pub fn sources(sheets: &[Sheet]) -> Vec<&'static SourceRow> {
    let mut found: Vec<&'static SourceRow> = Vec::new();
    for source in sheets
        .iter()
        .flat_map(|sheet| &sheet.entries)
        .filter_map(|entry| entry.source)
    {
        if !found.iter().any(|other| other.key == source.key) {
            found.push(source);
        }
    }
    found
}

fn chip(lang: Lang, rows: &Rows) -> Sheet {
    let row = &rows.chip;
    let mut book = Notebook::new(lang);
    let area = |lang: Lang, q: Area| lang.with_unit(q.get(), 4, "mm²");
    book.add_known("bf16", &Some(row.bf16), Lang::op_rate);
    book.add_known("fp8", &row.fp8, Lang::op_rate);
    book.add_known("int8", &row.int8, Lang::op_rate);
    book.add_known("fp4", &row.fp4, Lang::op_rate);
    book.add("memory", &row.memory, Lang::bytes);
    book.add("bandwidth", &row.bandwidth, Lang::bandwidth);
    book.add("scale_up", &row.scale_up, Lang::bandwidth);
    book.add("scale_out", &row.scale_out, Lang::bandwidth);
    book.add_known("io", &row.io, Lang::bandwidth);
    book.add_known("die_to_die", &row.die_to_die, Lang::bandwidth);
    book.add("die_area", &row.die_area, area);
    book.add_known("controlled_area", &row.controlled_area, area);
    book.add_known("transistors", &row.transistors, |lang, q| {
        lang.with_unit(q.get() / 1e9, 3, lang.text("page.billion"))
    });
    book.add("tdp", &row.tdp, Lang::power);
    book.add("price", &row.price, Lang::money);
    let system = &rows.system;
    book.add("host_power", &system.host_power, Lang::power);
    book.add("optics_power", &system.optics_power, Lang::power);
    book.add("host_price", &system.host_price, Lang::money);
    let name = [row.name, " · ", system.name].concat();
    book.sheet("chip", &name)
}

fn node(lang: Lang, rows: &Rows) -> Sheet {
    let row = &rows.node;
    let mut book = Notebook::new(lang);
    book.add("density", &row.density, |lang, q| {
        lang.with_unit(q.get(), 3, lang.text("page.density_unit"))
    });
    book.add("speed_ratio", &row.speed_ratio, bare);
    book.add("energy_ratio", &row.energy_ratio, bare);
    book.add("wafer_price", &row.wafer_price, Lang::money);
    book.add("defects", &row.defects, |lang, q| {
        lang.with_unit(q.get(), 2, "/cm²")
    });
    book.add("extra_passes", &row.extra_passes, bare);
    book.add("design_cost", &row.design_cost, Lang::money);
    book.sheet("node", row.name)
}

fn memory(lang: Lang, rows: &Rows) -> Sheet {
    let mut book = Notebook::new(lang);
    let row = catalogue::memory(rows.chip.memory_kind);
    if let Some(row) = row {
        book.add("stack_capacity", &row.capacity, Lang::bytes);
        book.add("stack_bandwidth", &row.bandwidth, Lang::bandwidth);
        book.add("stack_edge", &row.edge, |lang, q| {
            lang.with_unit(q.get(), 3, "mm")
        });
        book.add("memory_energy", &row.energy, |lang, q| {
            lang.with_unit(q.get() * 1e12 / BITS_PER_BYTE, 2, "pJ/bit")
        });
        book.add("stack_price", &row.price, |lang, q| {
            lang.with_unit(q.get() * 1e9, 2, lang.text("page.per_gigabyte"))
        });
    }
    book.sheet("hbm", row.map_or("", |row| row.name))
}

/// What a Chinese designer draws on; none for a foreign chip.
fn supply(lang: Lang, rows: &Rows) -> Option<Sheet> {
    let family = rows.family.as_ref()?;
    let a = &rows.assumptions;
    let share = |lang: Lang, q: f64| lang.percent(q);
    let millions = |lang: Lang, q: f64| lang.with_unit(q / 1e6, 2, phrases::unit(lang, "hbmstock"));
    let mut book = Notebook::new(lang);
    let fabs = catalogue::CAPACITIES
        .iter()
        .filter(|row| row.pool == rows.node.pool && row.year == 2025);
    for row in fabs {
        book.add("wafers", &row.wafers, |lang, q| {
            lang.with_unit(q.get() / 1e3, 2, phrases::unit(lang, "wpm"))
        });
        book.name_last(row.fab);
    }
    book.add("ai_share", &a.ai_share, share);
    book.add("designer_share", &family.share, share);
    book.add("memory_stock", &family.stock, millions);
    book.add_known("die_bank", &family.bank, millions);
    book.add("fund", &a.fund, Lang::money);
    book.add("fab_share", &a.fab_share, share);
    book.add("fund_leverage", &a.fund_leverage, bare);
    book.add("fab_price", &a.fab_price, |lang, q| {
        lang.money(q * WaferRate::new(1000.0))
    });
    book.add("buyer_share", &a.buyer_share, share);
    Some(book.sheet("supply", family.name))
}

fn llm(lang: Lang, rows: &Rows) -> Sheet {
    let row = &rows.llm;
    let mut book = Notebook::new(lang);
    let billions =
        |lang: Lang, count: f64| lang.with_unit(count / 1e9, 3, lang.text("page.billion"));
    book.add("parameters", &row.parameters, billions);
    book.add("active_parameters", &row.active_parameters, billions);
    book.add("training_tokens", &row.training_tokens, |lang, count| {
        lang.with_unit(count / 1e12, 3, phrases::unit(lang, "tokens"))
    });
    book.add("training_batch", &row.training_batch, bare);
    book.sheet("llm", row.name)
}

fn place(lang: Lang, rows: &Rows) -> Sheet {
    let row = &rows.place;
    let mut book = Notebook::new(lang);
    let price = |lang: Lang, q: EnergyPrice| lang.with_unit(q.get(), 2, "$/kWh");
    book.add("electricity", &row.price, price);
    book.add_known("domestic_electricity", &row.domestic_price, price);
    book.add("carbon", &row.carbon, |lang, q| {
        lang.with_unit(q.get(), 3, "g/kWh")
    });
    book.add("pue", &row.pue, bare);
    book.sheet("place", phrases::choice_name(lang, "place", row.id))
}

fn stack(lang: Lang, rows: &Rows) -> Sheet {
    let row = &rows.stack;
    let share = |lang: Lang, q: f64| lang.percent(q);
    let mut book = Notebook::new(lang);
    book.add("ported_share", &row.ported_share, share);
    book.add("step_overhead", &row.step_overhead, Lang::time);
    book.add("sequence_overhead", &row.sequence_overhead, Lang::time);
    book.add("scale_up_latency", &row.scale_up_latency, Lang::time);
    book.add("scale_up_efficiency", &row.scale_up_efficiency, share);
    book.add("scale_out_latency", &row.scale_out_latency, Lang::time);
    book.add("scale_out_efficiency", &row.scale_out_efficiency, share);
    book.add("exposed_share", &row.exposed_share, share);
    book.add("expert_imbalance", &row.expert_imbalance, bare);
    book.add("expert_ratio", &row.expert_ratio, bare);
    book.add("expert_training_ratio", &row.expert_training_ratio, bare);
    book.add("training_ratio", &row.training_ratio, bare);
    let kernels = &rows.kernels;
    for (key, kernel) in [("16", &kernels.bf16), ("8", &kernels.eight_bit)] {
        book.add(&["kernel_compute_", key].concat(), &kernel.compute, share);
        book.add(&["kernel_memory_", key].concat(), &kernel.memory, share);
    }
    book.add("attention_memory", &kernels.attention_memory, share);
    book.add("cache_compute", &kernels.cache_compute, share);
    book.add("attention_compute", &kernels.attention_compute, share);
    book.add("attention_launch", &kernels.attention_launch, Lang::time);
    book.add("small_kernel", &kernels.small_kernel, Lang::time);
    book.sheet("stack", row.name)
}
