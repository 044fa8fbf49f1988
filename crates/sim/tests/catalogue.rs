//! The catalogue as a whole: who is in it, and what its rows imply against
//! figures published elsewhere.

#[path = "../build/bake.rs"]
mod bake;

use sim::catalogue::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The chips of that id, or a failure that names it.
fn row(id: &str) -> &'static ChipRow {
    chip(id).unwrap_or_else(|| panic!("data/chips.toml has no “{id}”"))
}

#[test]
fn the_catalogue_is_large_enough() {
    assert!(CHIPS.len() >= 25, "{} chips", CHIPS.len());
    assert!(NODES.len() >= 9, "{} nodes", NODES.len());
    assert!(LLMS.len() >= 8, "{} language models", LLMS.len());
    assert!(PLACES.len() >= 5 && STACKS.len() >= 6 && RULES.len() >= 6 && MEASURES.len() >= 4);
}

#[test]
fn regimes_of_tools_stand_in_their_order() {
    assert!(REGIMES.is_sorted_by_key(|regime| regime.from));
}

#[test]
fn the_articles_cast_is_there_and_marked() {
    for id in [
        "h20",
        "alibaba-ppu",
        "metax-c600",
        "siyuan-590",
        "ascend-910c",
    ] {
        assert!(row(id).in_article, "{id} is in the article");
    }
    assert_eq!(
        system("cloudmatrix-384").and_then(|s| s.chip),
        Some("ascend-910c")
    );
    assert_eq!(system("cloudmatrix-384").map(|s| s.chips), Some(384));
    assert!(CHIPS.iter().all(|c| c.data_centre || !c.in_article));
}

#[test]
fn public_names_are_kept() {
    for id in [
        "h20",
        "h20-141",
        "h100-sxm",
        "h800",
        "h200",
        "b200",
        "gb200-nvl72",
        "a100-80",
        "a800",
        "ascend-910b",
        "ascend-910c",
        "siyuan-590",
        "metax-c500",
        "metax-c550",
        "metax-c600",
        "alibaba-ppu",
        "b30a",
        "l20",
        "l2",
        "l40s",
        "rtx-4090",
        "rtx-4090d",
        "mi300x",
        "mi308x",
    ] {
        row(id);
    }
    for id in [
        "tsmc-n7", "tsmc-n5", "tsmc-n4", "tsmc-n3e", "smic-14", "smic-n1", "smic-n2", "smic-n3",
    ] {
        assert!(node(id).is_some(), "data/nodes.toml has no “{id}”");
    }
    for id in [
        "deepseek-v3",
        "llama-3.1-405b",
        "llama-2-70b",
        "qwen3-235b-a22b",
        "gpt3-175b",
        "pangu-ultra-135b",
    ] {
        assert!(llm(id).is_some(), "data/models.toml has no “{id}”");
    }
    for id in ["cuda", "cann", "maca", "neuware", "sail"] {
        assert!(stack(id).is_some(), "data/stacks.toml has no “{id}”");
    }
}

/// Total processing performance: the largest dense peak × bits.
fn tpp(chip: &ChipRow) -> f64 {
    let formats = [
        (Some(chip.bf16), 16.0),
        (chip.fp8, 8.0),
        (chip.int8, 8.0),
        (chip.fp4, 4.0),
    ];
    formats
        .into_iter()
        .filter_map(|(peak, bits)| peak.map(|p| p.central.get() / 1e12 * bits))
        .fold(0.0, f64::max)
}

/// Chip, TPP, performance density, links in GB/s, memory bandwidth in GB/s.
type ExportVector = (
    &'static str,
    &'static str,
    Option<&'static str>,
    Option<f64>,
    f64,
);

/// Published TPP, performance density where its area is known, links in both
/// directions and memory bandwidth in GB/s, to the digits printed.
#[rustfmt::skip]
const EXPORT_VECTORS: &[ExportVector] = &[
    ("a100-80", "4992", Some("6.044"), Some(664.0), 2039.0),
    ("a800", "4992", Some("6.044"), Some(464.0), 2039.0),
    ("h100-sxm", "15831", Some("19.45"), Some(1028.0), 3350.0),
    ("h800", "15831", Some("19.45"), Some(528.0), 3350.0),
    ("h20", "2368", Some("2.909"), Some(1028.0), 4000.0),
    ("h20-141", "2368", Some("2.909"), Some(1028.0), 4800.0),
    ("h200", "15831", Some("19.45"), Some(1028.0), 4800.0),
    ("b200", "36000", Some("22.11"), Some(1928.0), 8000.0),
    ("b300", "56000", Some("34.4"), Some(1928.0), 8000.0),
    ("b30a", "28000", Some("34.4"), Some(1028.0), 4000.0),
    ("rtx-4090", "5285", Some("8.685"), Some(64.0), 1008.0),
    ("rtx-4090d", "4706", Some("7.73"), Some(64.0), 1008.0),
    ("l40s", "5864", Some("9.64"), Some(64.0), 864.0),
    ("l20", "1912", Some("3.142"), Some(64.0), 864.0),
    ("l2", "1544", Some("5.243"), Some(64.0), 300.0),
    ("rtx-5090d", "4750", Some("6.33"), Some(128.0), 1792.0),
    ("rtx-pro-6000d", "2368", None, Some(128.0), 1398.0),
    ("mi300x", "20919", Some("8.716"), Some(1024.0), 5300.0),
    ("mi325x", "20919", Some("8.716"), Some(1024.0), 6000.0),
    ("mi308x", "3264", Some("1.36"), Some(1024.0), 5300.0),
    // The table that the others are of has "about 848" here, the 910C's.
    ("ascend-910b", "6016", Some("9.04"), Some(456.0), 1600.0),
    ("ascend-910c", "12032", Some("9.04"), Some(848.0), 3200.0),
    ("alibaba-ppu", "1968", None, None, 2700.0),
    ("metax-c600", "8000", None, None, 3600.0),
    ("br100", "16384", Some("15.26"), Some(640.0), 1640.0),
];

#[test]
fn rows_reproduce_the_published_export_figures() {
    for &(id, published_tpp, density, links, memory) in EXPORT_VECTORS {
        let chip = row(id);
        assert_eq!(format!("{:.0}", tpp(chip)), published_tpp, "TPP of {id}");
        let per_area = chip
            .controlled_area
            .map(|area| tpp(chip) / area.central.get());
        assert_eq!(per_area.is_some(), density.is_some(), "area of {id}");
        if let (Some(per_area), Some(density)) = (per_area, density) {
            let digits = density.len() - 1 - density.find('.').expect("a decimal point");
            assert_eq!(
                format!("{per_area:.digits$}"),
                density,
                "performance density of {id}"
            );
        }
        if let Some(links) = links {
            assert_eq!(
                chip.io.map(|io| io.central.get() / 1e9),
                Some(links),
                "links of {id}"
            );
        }
        assert_eq!(
            chip.bandwidth.central.get() / 1e9,
            memory,
            "memory bandwidth of {id}"
        );
    }
}

#[test]
fn a_package_holds_together() {
    for chip in CHIPS {
        let (die, dies) = (chip.die_area, f64::from(chip.dies));
        assert!(
            die.central.get() <= 858.0,
            "{}: a die is larger than the reticle",
            chip.id
        );
        if let Some(area) = chip.controlled_area {
            let logic = die.low.get() * dies;
            assert!(
                area.high.get() >= logic * 0.99,
                "{}: logic {logic} of {area:?}",
                chip.id
            );
        }
        if let (Some(count), Some(node)) = (chip.transistors, node(chip.node)) {
            let logic = chip
                .controlled_area
                .unwrap_or(die)
                .high
                .get()
                .max(die.high.get() * dies);
            let density = count.low.get() / 1e6 / logic;
            assert!(
                density < node.density.high.get(),
                "{}: {density} MTr/mm²",
                chip.id
            );
        }
        let per_stack = chip.bandwidth.central.get() / 1e9 / f64::from(chip.stacks);
        assert!(
            (20.0..1300.0).contains(&per_stack),
            "{}: {per_stack} GB/s a stack",
            chip.id
        );
        let eight_bit = chip
            .fp8
            .or(chip.int8)
            .map_or(2.0, |p| p.central / chip.bf16.central);
        assert!(
            (1.9..=4.1).contains(&eight_bit),
            "{}: 8 bit is {eight_bit} times 16 bit",
            chip.id
        );
    }
}

/// Power of a whole system at the chips' limit, in kW.
fn system_kw(system_id: &str, chip_id: &str) -> f64 {
    let system = system(system_id).unwrap_or_else(|| panic!("no system “{system_id}”"));
    let around = system.host_power.central + system.optics_power.central;
    ((row(chip_id).tdp.central + around) * f64::from(system.chips)).get() / 1e3
}

#[test]
fn systems_draw_their_published_power() {
    for (system, chip, published) in [
        ("cloudmatrix-384", "ascend-910c", 559.4),
        ("nvl72", "gb200-nvl72", 145.0),
        ("hgx-h100", "h100-sxm", 10.2),
        ("dgx-b200", "b200", 14.3),
        ("dgx-b300", "b300", 14.5),
        ("dgx-a100", "a100-80", 6.5),
    ] {
        let power = system_kw(system, chip);
        assert!(
            (power / published - 1.0).abs() < 0.002,
            "{system}: {power} of {published} kW"
        );
    }
}

#[test]
fn systems_cost_what_was_reported() {
    for (id, chip, published) in [
        ("cloudmatrix-384", "ascend-910c", 8.2e6),
        ("nvl72", "gb200-nvl72", 3_916_824.0),
        ("hgx-h100", "h100-sxm", 250_866.0),
    ] {
        let system = system(id).unwrap_or_else(|| panic!("no system “{id}”"));
        let price = (row(chip).price.central + system.host_price.central) * f64::from(system.chips);
        assert!(
            (price.get() / published - 1.0).abs() < 0.002,
            "{id}: {price:?} of {published}"
        );
    }
}

#[test]
fn shapes_have_their_published_parameter_counts() {
    for llm in LLMS {
        let (all, active) = (llm.shape.parameters(), llm.shape.active_parameters());
        let error = all / llm.parameters.central - 1.0;
        assert!(
            error.abs() < 0.01,
            "{}: {all:.4e} counted, {:+.2} %",
            llm.id,
            error * 100.0
        );
        // Publishers differ on whether the input embedding counts as active.
        let input = llm.shape.head_parameters();
        let near = |count: f64| (count / llm.active_parameters.central - 1.0).abs() < 0.016;
        assert!(
            near(active) || near(active + input),
            "{}: {active:.4e} active",
            llm.id
        );
    }
}

#[test]
fn dates_are_in_order() {
    for chip in CHIPS {
        assert!(
            chip.launch <= DATA_DATE,
            "{} was launched after the data's date",
            chip.id
        );
        // The Siyuan 590 began at TSMC and moved.
        let since = node(chip.node).map(|node| node.since);
        assert!(
            since <= Some(chip.launch) || chip.id == "siyuan-590",
            "{} is older than its node",
            chip.id
        );
    }
    // The foundry rule says today what it will ask in 2027 and 2029.
    let known = |rule: &RuleRow| rule.from <= LAW_KNOWN_TO || rule.kind == RuleKind::Foundry;
    assert!(RULES.iter().all(known));
    assert!(MOMENTS.iter().all(|moment| moment.date <= DATA_DATE));
    let (old, new) = (rule("r22"), rule("r23"));
    assert_eq!(
        old.and_then(|r| r.until),
        new.map(|r| r.from),
        "no gap between the two rules"
    );
}

/// The text of every Rust file under a folder of this crate.
fn sources_under(folder: &Path) -> String {
    let entries = fs::read_dir(folder).unwrap_or_else(|e| panic!("{}: {e}", folder.display()));
    let mut text = String::new();
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            text.push_str(&sources_under(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            text.push_str(&fs::read_to_string(&path).unwrap_or_default());
        }
    }
    text
}

/// Keys that doc comments cite as [key]: lower case with a hyphen, unlike links.
fn cited_in_docs(code: &str) -> impl Iterator<Item = &str> {
    let key = |text: &&str| {
        let letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-".contains(c);
        text.contains('-') && text.chars().all(letter) && text.starts_with(char::is_alphabetic)
    };
    let docs = code
        .lines()
        .map(str::trim_start)
        .filter(|l| l.starts_with("//"));
    docs.flat_map(|line| {
        line.split('[')
            .skip(1)
            .filter_map(|rest| rest.split_once(']'))
    })
    .map(|(inside, _)| inside)
    .filter(key)
}

#[test]
fn every_source_is_cited_and_every_citation_known() {
    let texts: BTreeMap<&str, String> = bake::FILES
        .into_iter()
        .map(|file| {
            (
                file,
                fs::read_to_string(here("../../data").join(file)).unwrap_or_default(),
            )
        })
        .collect();
    let baked = bake::bake(&texts);
    assert!(
        baked.errors.is_empty() && !baked.code.is_empty(),
        "{:#?}",
        baked.errors
    );
    // Formula docs cite too, as [key].
    let docs = [here("src"), here("../doubt/src")]
        .map(|folder| sources_under(&folder))
        .concat();
    let idle: Vec<&String> = baked
        .uncited
        .iter()
        .filter(|key| !docs.contains(&format!("[{key}]")))
        .collect();
    assert!(
        idle.is_empty(),
        "cite these in data/ or in a formula's doc, or drop them: {idle:?}"
    );
    for key in cited_in_docs(&docs) {
        assert!(
            source(key).is_some(),
            "a doc cites [{key}], which data/sources.toml lacks"
        );
    }
    for row in SOURCES {
        assert!(
            row.url.is_none_or(|url| url.starts_with("https://")),
            "{}",
            row.key
        );
        assert_eq!(source(row.key), Some(row));
    }
}
