//! The fields of each row type, in the order of `catalogue.rs`.

use super::figure::Bound::{AtLeastOne, Change, NotNegative, Positive, Share};
use super::figure::RATIO;
use super::row::{Row, shown};

/// `ChipRow`, after its id.
pub fn chip(row: &mut Row) {
    row.text("name");
    row.text("short");
    row.text("maker");
    row.word(
        "origin",
        "Origin",
        &[("chinese", "Chinese"), ("foreign", "Foreign")],
    );
    row.date("launch");
    row.flag("in_article");
    row.optional_reference("family", "family");
    row.reference("node", "node");
    row.reference("stack", "stack");
    row.reference("kernels", "kernels");
    row.reference("system", "system");
    row.optional_date("entity_listed");
    row.flag("data_centre");
    let dies = row.count("dies", 1);
    row.figure("die_area", "Area", Positive);
    row.optional_nested("cores", "CoresRow", |cores| {
        let built = cores.count("built", 1);
        if cores.count("sold", 1) > built {
            cores.error(
                "sold",
                "is above `built`; a die cannot sell more than it has",
            );
        }
        cores.reference("source", "source");
    });
    row.optional_figure("controlled_area", "Area", Positive);
    row.optional_figure("transistors", "Transistors", Positive);
    let packagings = [
        ("organic", "Organic"),
        ("fan-out", "FanOut"),
        ("interposer", "Interposer"),
    ];
    row.word("packaging", "Packaging", &packagings);
    row.figure("bf16", "OpRate", Positive);
    row.optional_figure("fp8", "OpRate", Positive);
    row.optional_figure("int8", "OpRate", Positive);
    row.optional_figure("fp4", "OpRate", Positive);
    row.reference("memory_kind", "memory");
    row.count("stacks", 1);
    row.figure("memory", "Bytes", Positive);
    row.figure("bandwidth", "Bandwidth", Positive);
    row.figure("scale_up", "Bandwidth", Positive);
    row.count("domain", 1);
    row.figure("scale_out", "Bandwidth", Positive);
    row.optional_figure("io", "Bandwidth", Positive);
    if dies > 1 && !row.has("die_to_die") {
        row.error(
            "die_to_die",
            "is missing; two or more dies are joined by something",
        );
    }
    if dies == 1 && row.has("die_to_die") {
        row.error(
            "die_to_die",
            "is there, but a single die has nothing to be joined to",
        );
    }
    row.optional_figure("die_to_die", "Bandwidth", Positive);
    row.figure("tdp", "Power", Positive);
    row.figure("price", "Money", Positive);
}

/// `SystemRow`, after its id.
pub fn system(row: &mut Row) {
    row.text("name");
    row.optional_reference("chip", "chip");
    row.count("chips", 1);
    row.figure("host_power", "Power", NotNegative);
    row.figure("optics_power", "Power", NotNegative);
    row.figure("host_price", "Money", NotNegative);
}

/// `NodeRow`, after its id.
pub fn node(row: &mut Row) {
    row.text("name");
    row.text("short");
    row.count("class_nm", 1);
    country(row);
    row.reference("pool", "pool");
    row.date("since");
    row.flag("euv");
    row.flag("advanced");
    row.figure("density", "TransistorDensity", Positive);
    row.figure("speed_ratio", RATIO, Positive);
    row.figure("energy_ratio", RATIO, Positive);
    row.figure("wafer_price", "Money", Positive);
    row.figure("defects", "DefectDensity", Positive);
    row.figure("extra_passes", RATIO, NotNegative);
    row.figure("design_cost", "Money", Positive);
}

/// Where a fab stands.
pub fn country(row: &mut Row) {
    row.word(
        "country",
        "Country",
        &[("china", "China"), ("abroad", "Abroad")],
    );
}

/// `MemoryRow`, after its id.
pub fn memory(row: &mut Row) {
    row.text("name");
    row.optional_reference("stands_in_for", "memory");
    row.flag("sold");
    row.date("since");
    row.figure("capacity", "Bytes", Positive);
    row.figure("bandwidth", "Bandwidth", Positive);
    row.figure("edge", "Length", Positive);
    row.figure("area", "Area", NotNegative);
    row.figure("energy", "EnergyPerByte", Positive);
    row.figure("price", "MoneyPerByte", Positive);
}

/// `LinkRow`, after its id.
pub fn link(row: &mut Row) {
    row.flag("needs_layer");
    row.figure("edge_bandwidth", "BandwidthPerLength", Positive);
    row.figure("energy", "EnergyPerByte", NotNegative);
    row.figure("area_share", RATIO, Share);
}

/// `PlaceRow`, after its id.
pub fn place(row: &mut Row) {
    row.figure("price", "EnergyPrice", Positive);
    row.optional_figure("domestic_price", "EnergyPrice", Positive);
    row.figure("carbon", "CarbonIntensity", Positive);
    row.figure("pue", RATIO, AtLeastOne);
}

/// `RuleRow`, after its id.
pub fn rule(row: &mut Row) {
    let kinds = [
        ("item", "Item"),
        ("letter", "Letter"),
        ("review", "Review"),
        ("foundry", "Foundry"),
        ("memory", "Memory"),
        ("list", "List"),
        ("tax", "Tax"),
        ("note", "Note"),
    ];
    let kind = row.word("kind", "RuleKind", &kinds);
    row.word("status", "Status", STATUSES);
    row.text("destination");
    span(row);
    for (field, of) in [("reviews", "review"), ("duty_share", "tax")] {
        if (kind == of) != row.has(field) {
            row.error(
                field,
                format!("stands in rules of kind “{of}”, and in no other"),
            );
        }
    }
    row.optional_references("reviews", "rule");
    row.optional_references("names", "chip");
    row.optional_share("duty_share");
    let mut paragraphs = Vec::new();
    let list = if matches!(kind, "note" | "list") {
        &[]
    } else {
        row.list("paragraph")
    };
    for value in list {
        let mut paragraph = row.within("paragraph", Some(value));
        paragraph.text("name");
        any(&mut paragraph);
        let postures = [
            ("free", "Free"),
            ("licence-exception", "LicenceException"),
            ("case-by-case", "CaseByCase"),
            ("presumption-of-denial", "PresumptionOfDenial"),
        ];
        paragraph.word("posture", "Posture", &postures);
        paragraphs.push(paragraph.finish("ParagraphRow"));
    }
    row.write("paragraphs", format!("&[{}]", paragraphs.join(", ")));
    row.reference("source", "source");
}

/// What became of a rule.
const STATUSES: &[(&str, &str)] = &[("law", "Law"), ("announced", "Announced"), ("bill", "Bill")];

/// The first day, and the first day after, if there is one.
fn span(row: &mut Row) {
    let from = row.date("from");
    let until = row.optional_date("until");
    if until.is_some_and(|until| Some(until) <= from) {
        row.error(
            "until",
            "is not after `from`; it is the first day that no longer counts",
        );
    }
}

/// A paragraph's groups: lists of lists of clauses such as "tpp >= 4800". An
/// empty group always holds.
fn any(row: &mut Row) {
    let mut groups = Vec::new();
    for group in row.list("any") {
        match group.as_array() {
            Some(clauses) => groups.push(group_literal(row, clauses)),
            None => row.error(
                "any",
                format!("{} is not a group in brackets", shown(group)),
            ),
        }
    }
    if groups.is_empty() {
        row.error("any", "catches nothing; an always-true group is [[]]");
    }
    row.write("any", format!("&[{}]", groups.join(", ")));
}

/// The Rust text of clauses that must all hold.
fn group_literal(row: &mut Row, clauses: &[toml::Value]) -> String {
    let mut written = Vec::new();
    for clause in clauses {
        match clause.as_str().and_then(clause_literal) {
            Some(literal) => written.push(literal),
            None => {
                let metrics = METRICS.map(|(text, _)| text).join(", ");
                let clause = shown(clause);
                let example = "write “tpp >= 4800”, with >=, > or < and one of";
                row.error("any", format!("{clause} is no clause; {example} {metrics}"));
            }
        }
    }
    format!("&[{}]", written.join(", "))
}

/// Metrics by their name in the data and in Rust.
const METRICS: [(&str, &str); 10] = [
    ("tpp", "Tpp"),
    ("performance_density", "PerformanceDensity"),
    ("link_bandwidth", "LinkBandwidth"),
    ("memory_bandwidth", "MemoryBandwidth"),
    ("memory_and_link_bandwidth", "MemoryAndLinkBandwidth"),
    ("data_centre", "DataCentre"),
    ("transistors", "Transistors"),
    ("stack_density", "StackDensity"),
    ("stacked_memory", "StackedMemory"),
    ("packaged_in_china", "PackagedInChina"),
];

/// The Rust text of a clause such as "tpp >= 4800".
fn clause_literal(clause: &str) -> Option<String> {
    let mut words = clause.split(' ');
    let (metric, compare, threshold) = (words.next()?, words.next()?, words.next()?);
    let metric = METRICS.iter().find(|(text, _)| *text == metric)?.1;
    let compare = match compare {
        ">=" => "AtLeast",
        ">" => "Above",
        "<" => "Below",
        _ => return None,
    };
    let threshold: f64 = threshold
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite())?;
    words.next().is_none().then(|| {
        format!(
            "ClauseRow {{ metric: Metric::{metric}, compare: Compare::{compare}, \
             threshold: {threshold:?} }}"
        )
    })
}

/// `MeasureRow`, after its id.
pub fn measure(row: &mut Row) {
    span(row);
    row.references("chips", "chip");
    row.words(
        "buyers",
        "Buyer",
        &[
            ("state", "State"),
            ("platform", "Platform"),
            ("other", "Other"),
        ],
    );
    row.word(
        "gate",
        "Gate",
        &[
            ("open", "Open"),
            ("discouraged", "Discouraged"),
            ("barred", "Barred"),
        ],
    );
    row.reference("source", "source");
}

/// `EquipmentRow`, after its id.
pub fn equipment(row: &mut Row) {
    row.word(
        "by",
        "Maker",
        &[
            ("united-states", "UnitedStates"),
            ("netherlands", "Netherlands"),
            ("japan", "Japan"),
        ],
    );
    row.word("status", "Status", STATUSES);
    span(row);
    row.reference("source", "source");
}

/// `RegimeRow`, after its id.
pub fn regime(row: &mut Row) {
    row.date("from");
    row.count("finest_nm", 1);
    row.flag("new_tools");
    row.figure("defects_ratio", RATIO, Positive);
    row.figure("passes_ratio", RATIO, NotNegative);
    row.figure("growth", RATIO, Change);
}

/// `DoubtRow`, after its id.
pub fn doubt(row: &mut Row) {
    let kinds = [
        ("triangular", "Triangular"),
        ("log-triangular", "LogTriangular"),
        ("log-uniform", "LogUniform"),
        ("choice", "Choice"),
    ];
    row.word("kind", "DoubtKind", &kinds);
    row.flag("one");
    row.references("figures", "figure");
    row.optional_references("against", "figure");
    row.reference("source", "source");
}

/// `MomentRow`, after its id.
pub fn moment(row: &mut Row) {
    row.date("date");
}

/// `PresetRow`, after its id.
pub fn preset(row: &mut Row) {
    row.text("query");
}

/// `SourceRow`, after its key.
pub fn source(row: &mut Row) {
    row.text("title");
    row.text("publisher");
    row.text("published");
    row.optional_text("url");
}
