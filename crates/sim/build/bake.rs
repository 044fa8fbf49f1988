//! From the texts of `data/*.toml` to the Rust source of the catalogue.
//!
//! Every mistake is collected, so that one build names them all. A row is read
//! and written in one pass: [`tables`] lists each row type's fields, [`row`]
//! knows how a field is read, checked and written, [`figure`] how a number is.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

mod computing;
mod figure;
mod inputs;
#[allow(dead_code, reason = "not every test bakes it")]
pub mod releases;
mod row;
mod supply;
mod tables;

// One calendar: the page's own.
#[allow(dead_code, reason = "the baker needs a part of it")]
#[path = "../src/date.rs"]
mod date;

use row::{Findings, Row};

/// The files, by name in `data/`.
pub const FILES: [&str; 15] = [
    "chips.toml",
    "memory.toml",
    "links.toml",
    "supply.toml",
    "systems.toml",
    "nodes.toml",
    "models.toml",
    "places.toml",
    "stacks.toml",
    "rules.toml",
    "moments.toml",
    "presets.toml",
    "sources.toml",
    "assumptions.toml",
    "doubts.toml",
];

/// What came of the data.
pub struct Baked {
    /// The Rust source; of no use unless `errors` is empty.
    pub code: String,
    /// What is wrong, each with its place and what would do.
    pub errors: Vec<String>,
    /// Sources that nothing cites: a fault to mend before a release, but not
    /// one that stops work.
    #[allow(dead_code, reason = "for the tests; the build goes on without")]
    pub uncited: Vec<String>,
}

/// One table of rows: where it is read from and what it is called in Rust.
struct Table {
    file: &'static str,
    key: &'static str,
    name: &'static str,
    row: &'static str,
    doc: &'static str,
    read: fn(&mut Row),
}

const fn table(
    file: &'static str,
    key: &'static str,
    name: &'static str,
    row: &'static str,
    doc: &'static str,
    read: fn(&mut Row),
) -> Table {
    Table {
        file,
        key,
        name,
        row,
        doc,
        read,
    }
}

#[rustfmt::skip]
const TABLES: [Table; 24] = [
    table("chips.toml", "chip", "CHIPS", "ChipRow", "Accelerators.", tables::chip),
    table("memory.toml", "memory", "MEMORIES", "MemoryRow", "Memory by generation.", tables::memory),
    table("links.toml", "link", "LINKS", "LinkRow", "Ways to join dies.", tables::link),
    table("supply.toml", "pool", "POOLS", "PoolRow", "Fabs that share their wafers.", supply::pool),
    table("supply.toml", "capacity", "CAPACITIES", "CapacityRow", "Wafers a month, at year ends.", supply::capacity),
    table("supply.toml", "family", "FAMILIES", "FamilyRow", "Designers that share what Chinese fabs give.", supply::family),
    table("supply.toml", "domestic", "DOMESTIC", "DomesticRow", "Memory stacks made in China, by year.", supply::domestic),
    table("supply.toml", "installed", "INSTALLED", "InstalledRow", "Computing installed in the world, at year ends.", supply::installed),
    table("supply.toml", "reported", "REPORTED", "ReportedRow", "What others said of a year's packages.", supply::reported),
    table("systems.toml", "system", "SYSTEMS", "SystemRow", "Servers and racks.", tables::system),
    table("nodes.toml", "node", "NODES", "NodeRow", "Foundry nodes.", tables::node),
    table("models.toml", "llm", "LLMS", "LlmRow", "Language models.", computing::llm),
    table("places.toml", "place", "PLACES", "PlaceRow", "Places to stand a cluster.", tables::place),
    table("stacks.toml", "stack", "STACKS", "StackRow", "Software stacks.", computing::stack),
    table("stacks.toml", "engine", "ENGINES", "EngineRow", "Serving and training programs.", computing::engine),
    table("stacks.toml", "kernels", "KERNELS", "KernelsRow", "Kernel constants.", computing::kernels),
    table("rules.toml", "rule", "RULES", "RuleRow", "United States rules.", tables::rule),
    table("rules.toml", "measure", "MEASURES", "MeasureRow", "Chinese measures.", tables::measure),
    table("rules.toml", "equipment", "EQUIPMENT", "EquipmentRow", "Controls of tools.", tables::equipment),
    table("rules.toml", "regime", "REGIMES", "RegimeRow", "What tools let Chinese fabs do.", tables::regime),
    table("moments.toml", "moment", "MOMENTS", "MomentRow", "Named days.", tables::moment),
    table("presets.toml", "preset", "PRESETS", "PresetRow", "Named scenarios.", tables::preset),
    table("doubts.toml", "doubt", "DOUBTS", "DoubtRow", "How doubt about figures is drawn.", tables::doubt),
    table("sources.toml", "source", "SOURCES", "SourceRow", "Sources of every figure.", tables::source),
];

/// Dates that stand at the top of a file, and the constant each becomes.
const DATES: [(&str, &str, &str, &str); 4] = [
    (
        "sources.toml",
        "date",
        "DATA_DATE",
        "Last day to which the data is known.",
    ),
    (
        "rules.toml",
        "known_to",
        "LAW_KNOWN_TO",
        "Last day to which the law is known.",
    ),
    (
        "supply.toml",
        "fund_paid",
        "FUND_PAID",
        "Day on which the state's AI fund was there.",
    ),
    (
        "supply.toml",
        "bank_opens",
        "BANK_OPENS",
        "Day from which dies made abroad are used up.",
    ),
];

/// The catalogue's source, from the text of each file.
pub fn bake(texts: &BTreeMap<&str, String>) -> Baked {
    let mut found = Findings::default();
    let mut code = String::from("// Written by build/main.rs from data/*.toml.\n");
    let files = parsed(texts, &mut found);
    for (file, content) in &files {
        report_unknown_tables(file, content, &mut found);
    }
    for (file, key, name, doc) in DATES {
        let mut top = Row::new(file, "the top", files.get(file), &mut found);
        let date = top.date_literal(key);
        let _ = writeln!(code, "/// {doc}\npub const {name}: Date = {date};");
    }
    let mut ids = BTreeMap::new();
    for table in &TABLES {
        bake_table(table, &files, &mut ids, &mut found, &mut code);
    }
    bake_assumptions(&files, &mut ids, &mut found, &mut code);
    check_references(&ids, &mut found);
    let uncited = uncited(&ids, &found);
    Baked {
        code,
        errors: found.errors,
        uncited,
    }
}

/// The files as TOML; one that cannot be read is reported and left out.
fn parsed<'a>(
    texts: &BTreeMap<&'a str, String>,
    found: &mut Findings,
) -> BTreeMap<&'a str, toml::Table> {
    let mut files = BTreeMap::new();
    for (&file, text) in texts {
        match text.parse::<toml::Table>() {
            Ok(content) => {
                files.insert(file, content);
            }
            Err(error) => found.errors.push(format!("data/{file}: not TOML: {error}")),
        }
    }
    files
}

fn report_unknown_tables(file: &str, content: &toml::Table, found: &mut Findings) {
    if file == "assumptions.toml" {
        return;
    }
    let tables = TABLES.iter().filter(|t| t.file == file).map(|t| t.key);
    let dates = DATES.iter().filter(|d| d.0 == file).map(|d| d.1);
    let known: Vec<&str> = tables.chain(dates).collect();
    for key in content.keys().filter(|key| !known.contains(&key.as_str())) {
        found.errors.push(format!(
            "data/{file}: `{key}` is not known here; known are {}",
            known.join(", ")
        ));
    }
}

/// Ids of each table, by its key.
type Ids = BTreeMap<&'static str, BTreeSet<String>>;

fn bake_table(
    table: &Table,
    files: &BTreeMap<&str, toml::Table>,
    ids: &mut Ids,
    found: &mut Findings,
    code: &mut String,
) {
    ids.entry(table.key).or_default();
    let _ = writeln!(
        code,
        "/// {} From `data/{}`.\n#[allow(clippy::approx_constant)]\npub const {}: &[{}] = &[",
        table.doc, table.file, table.name, table.row
    );
    let mut fields = Vec::new();
    for (index, row) in rows(files, table.file, table.key).into_iter().enumerate() {
        let id_field = if table.key == "source" { "key" } else { "id" };
        let id = row
            .get(id_field)
            .and_then(|id| id.as_str())
            .map(str::to_owned);
        let place = id
            .clone()
            .unwrap_or_else(|| format!("{} number {}", table.key, index + 1));
        let mut reader = Row::new(table.file, &place, Some(row), found);
        reader.id(id_field);
        (table.read)(&mut reader);
        let _ = writeln!(code, "    {},", reader.finish(table.row));
        let figures = std::mem::take(&mut found.figures);
        if index == 0 {
            fields = figures;
        }
        if let Some(id) = id
            && !ids.entry(table.key).or_default().insert(id.clone())
        {
            found.errors.push(format!(
                "data/{}, {id}: `{id_field}` is there twice; give one of the two another",
                table.file
            ));
        }
    }
    code.push_str("];\n");
    name_figures(table.key, &fields, ids);
    if inputs::TABLES.contains(&table.key) {
        code.push_str(&inputs::figured(table.row, "self.id", &fields));
    }
}

/// Notes the table's figures by name, `node.defects`, for those that name them.
fn name_figures(table: &str, fields: &[row::FigureField], ids: &mut Ids) {
    let names = fields.iter().map(|field| format!("{table}.{}", field.path));
    ids.entry("figure").or_default().extend(names);
}

/// The tables `[[key]]` of a file.
fn rows<'a>(files: &'a BTreeMap<&str, toml::Table>, file: &str, key: &str) -> Vec<&'a toml::Table> {
    files
        .get(file)
        .and_then(|content| content.get(key))
        .and_then(|rows| rows.as_array())
        .map(|rows| rows.iter().filter_map(|row| row.as_table()).collect())
        .unwrap_or_default()
}

/// `struct Assumptions` and its one value: the fields are the file's tables.
fn bake_assumptions(
    files: &BTreeMap<&str, toml::Table>,
    ids: &mut Ids,
    found: &mut Findings,
    code: &mut String,
) {
    let file = "assumptions.toml";
    let mut declared = String::new();
    let mut values = String::new();
    for (name, value) in files.get(file).into_iter().flatten() {
        let mut row = Row::new(file, name, value.as_table(), found);
        let (kind, figure) = row.assumption(name);
        row.finish("");
        let note = value.get("note").and_then(|note| note.as_str());
        let doc = note
            .unwrap_or("See `data/assumptions.toml`.")
            .replace('\n', " ");
        let _ = writeln!(declared, "    /// {doc}\n    pub {name}: Figure<{kind}>,");
        let _ = writeln!(values, "    {name}: {figure},");
    }
    let _ = writeln!(
        code,
        "/// Figures that belong to no row of another table. From `data/{file}`.\n\
         #[derive(Clone, Copy, Debug, PartialEq)]\npub struct Assumptions {{\n{declared}}}\n\
         /// The assumptions as the data has them.\n#[allow(clippy::approx_constant)]\n\
         pub const ASSUMPTIONS: Assumptions = Assumptions {{\n{values}}};"
    );
    let fields = std::mem::take(&mut found.figures);
    name_figures("assumption", &fields, ids);
    code.push_str(&inputs::figured("Assumptions", "\"\"", &fields));
}

fn check_references(ids: &Ids, found: &mut Findings) {
    for reference in &found.references {
        if !ids
            .get(reference.table)
            .is_some_and(|ids| ids.contains(&reference.id))
        {
            found.errors.push(format!(
                "{}: no {} is called “{}”; add it or name one that is there",
                reference.place, reference.table, reference.id
            ));
        }
    }
}

/// Sources that no figure and no row cites.
fn uncited(ids: &Ids, found: &Findings) -> Vec<String> {
    let cited = |key: &&String| {
        found
            .references
            .iter()
            .any(|r| r.table == "source" && r.id == **key)
    };
    ids.get("source")
        .into_iter()
        .flatten()
        .filter(|key| !cited(key))
        .cloned()
        .collect()
}
