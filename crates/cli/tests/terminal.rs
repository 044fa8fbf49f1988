//! The terminal as a script sees it: output, notices, exit status.

use std::io::Write;
use std::process::{Command, Output, Stdio};

fn run(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_silicon-gap"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().expect("piped");
    let input = input.to_vec();
    // Written beside reading, or a long answer would fill its pipe; a program
    // that asks for no input may close it first.
    let writer = std::thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().expect("the program ends");
    writer.join().expect("the writer ends");
    output
}

fn json(bytes: &[u8]) -> serde_json::Value {
    serde_json::from_slice(bytes).expect("one JSON object")
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("text")
}

#[test]
fn one_link_gives_one_object() {
    let output = run(&["evaluate", "v=1&chip=h20&llm=deepseek-v3&chips=8"], b"");
    assert!(output.status.success());
    let answer = json(&output.stdout);
    assert_eq!(answer["chip"]["id"], "h20");
    assert_eq!(answer["export"]["tpp"], 2368.0);
    assert_eq!(answer["inference"]["fits"], true);
    assert_eq!(answer["training"]["binding"], "memory");
    assert!(answer["notices"].as_array().is_some_and(Vec::is_empty));
}

#[test]
fn the_answer_is_a_table_too() {
    let link = "v=1&chip=h20&llm=deepseek-v3&chips=8&lang=fr";
    let answer = json(&run(&["evaluate", link], b"").stdout);
    let plain = text(run(&["evaluate", link, "--csv"], b"").stdout);
    let french = text(run(&["evaluate", link, "--csv-fr"], b"").stdout);
    for line in [
        "# v=1&chip=h20",
        "Nom,Valeur,",
        "chip.dies,1,\r\n",
        "chip.id,h20,\r\n",
    ] {
        assert!(plain.contains(line), "{line} in {plain}");
    }
    let tpot = answer["inference"]["tpot_s"].to_string();
    assert!(
        plain.contains(&format!("inference.tpot_s,{tpot},s\r\n")),
        "{plain}"
    );
    assert!(french.starts_with('\u{feff}'));
    let tpot = tpot.replace('.', ",");
    assert!(
        french.contains(&format!("inference.tpot_s;{tpot};s\r\n")),
        "{french}"
    );
    // Every number but what is counted, or is an index of the law, has its unit.
    for line in plain.lines().skip_while(|line| !line.starts_with("chip.")) {
        let (name, rest) = line.split_once(',').expect("a name");
        let (value, unit) = rest.rsplit_once(',').expect("a unit");
        let is_bare = value.parse::<f64>().is_err() || !unit.is_empty();
        let last = name.rsplit('.').next().expect("a name");
        let counted = [
            "dies",
            "devices",
            "stacks",
            "stacks_possible",
            "cores_built",
            "cores_needed",
            "tpp",
            "batch",
            "tp",
            "pp",
            "ep",
            "dp",
            "layers_per_package",
            "failures",
            "packages",
            "low",
            "high",
            "months_to_cluster",
            "chips_needed",
            "longest_prompt",
            "largest_batch",
        ];
        assert!(is_bare || counted.contains(&last), "{line}");
    }
    assert_eq!(run(&["evaluate", "-", "--csv"], b"").status.code(), Some(2));
}

#[test]
fn scenario_b_is_answered_within_the_first() {
    let answer = |link| json(&run(&["evaluate", link], b"").stdout);
    let alone = answer("chip=h20");
    let mut both = answer("chip=h20&b.chip=h20-141");
    let other = both["other"].take();
    assert_eq!(alone.get("other"), None);
    assert_eq!(both["chip"], alone["chip"]);
    assert_eq!(other, answer("chip=h20-141"));
    let said = text(run(&["say", "chip=h20&b.chip=h20-141"], b"").stdout);
    assert!(said.contains("B: ") && said.contains("time per token"));
}

#[test]
fn a_link_a_line_gives_an_object_a_line_whatever_the_lines_hold() {
    let mut input = b"chip=h20\nchip=nonsense&dies=99\n\xff\xfe\n".to_vec();
    input.extend(std::iter::repeat_n(b'x', 1_000_000));
    input.extend(b"\nchip=l20");
    let output = run(&["evaluate", "-"], &input);
    assert!(output.status.success());
    let answers: Vec<_> = text(output.stdout)
        .lines()
        .map(|line| json(line.as_bytes()))
        .collect();
    let notices: Vec<usize> = answers
        .iter()
        .map(|answer| answer["notices"].as_array().map_or(0, Vec::len))
        .collect();
    assert_eq!(notices, [0, 2, 1, 1, 0]);
    assert_eq!(answers[4]["chip"]["id"], "l20");
}

#[test]
fn notices_are_told_in_the_links_language_and_are_no_failure() {
    let output = run(&["evaluate", "dies=99&lang=fr"], b"");
    assert!(output.status.success());
    let told = text(output.stderr);
    assert!(told.contains("sort des bornes"), "{told}");
    assert_eq!(json(&output.stdout)["chip"]["dies"], 16);
}

#[test]
fn wrong_usage_is_one_line_and_two() {
    let wrong: [&[&str]; 5] = [
        &["nonsense"],
        &[],
        &["evaluate"],
        &["evaluate", "v=1", "extra"],
        &["--unknown"],
    ];
    for arguments in wrong {
        let output = run(arguments, b"");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let told = text(output.stderr);
        assert_eq!(told.lines().count(), 1, "{told}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn the_catalogue_is_listed() {
    let lists = [
        ("chips", "ascend-910c"),
        ("nodes", "smic-n2"),
        ("models", "deepseek-v3"),
        ("rules", "r23"),
    ];
    for (list, known) in lists {
        let output = run(&[list], b"");
        assert!(
            output.status.success() && text(output.stdout).contains(known),
            "{list}"
        );
    }
}

#[test]
fn help_shows_examples() {
    let output = run(&["--help"], b"");
    assert!(output.status.success() && text(output.stdout).contains("EXAMPLES"));
}

/// The columns of one chip in the table of verdicts.
#[test]
fn the_table_of_verdicts_is_the_published_one() {
    let output = run(&["rules", "--table"], b"");
    assert!(output.status.success());
    let table = text(output.stdout);
    let line = |chip: &str| -> Vec<String> {
        let line = table
            .lines()
            .find(|line| line.split_whitespace().next() == Some(chip))
            .unwrap_or_else(|| panic!("no {chip} in\n{table}"));
        line.split("  ")
            .map(str::trim)
            .filter(|cell| !cell.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let h20 = line("h20");
    assert_eq!(h20[..5], ["h20", "2368", "2.909", "1028", "4000"]);
    assert_eq!(h20[5..8], ["free", "free", "free"]);
    assert!(line("h200").contains(&"25 %".to_owned()));
    assert!(line("rtx-4090").contains(&"3A090.a, NAC".to_owned()));
    assert!(line("rtx-pro-6000d").contains(&"indeterminate".to_owned()));
    assert!(!run(&["chips", "--table"], b"").status.success());
}

#[test]
fn numbers_are_explained_and_words_too() {
    let output = run(&["explain", "v=1&p=huawei-384&lang=fr"], b"");
    assert!(output.status.success());
    let told = text(output.stdout);
    for part in ["Temps par jeton", "débit de la mémoire", "[young-1974]"] {
        assert!(told.contains(part), "{part} in {told}");
    }
    let html = text(run(&["glossary", "fr"], b"").stdout);
    assert!(html.contains("<div id=\"term-tpp\"><dt>TPP</dt><dd>"));
    // The page leaves out lines.
    let whole = |line: &str| line.starts_with("<div id=") == line.ends_with("</div>");
    assert!(html.lines().all(whole), "{html}");
    let html = text(run(&["trust", "en"], b"").stdout);
    assert!(html.contains("<dt>TTFT</dt><dd>Time to the first token"));
}

#[test]
fn doubt_is_drawn_in_words_and_as_json() {
    let query = "p=train-8192";
    let output = run(
        &["doubt", query, "--draws", "200", "--seed", "3", "--json"],
        b"",
    );
    assert!(output.status.success() && output.stderr.is_empty());
    let answer = json(&output.stdout);
    assert_eq!(
        (&answer["seed"], &answer["draws"]),
        (&3.into(), &200.into())
    );
    let days = &answer["spread"]["days"];
    let order = ["p5", "p50", "p95"].map(|key| days[key].as_f64().expect("a run"));
    assert!(order.is_sorted(), "{days}");
    assert!(
        answer["spread"]["drivers"]
            .as_array()
            .is_some_and(|d| !d.is_empty())
    );
    for lang in ["en", "fr"] {
        let link = format!("{query}&lang={lang}&draws=0");
        let output = run(&["doubt", &link], b"");
        let said = text(output.stdout);
        assert!(said.lines().count() > 10 && !said.contains('{'), "{said}");
        assert!(
            text(output.stderr).contains("100"),
            "draws are held to a hundred"
        );
    }
    let wrong = run(&["say", query, "--draws", "200"], b"");
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn a_figure_is_a_file_that_names_its_link() {
    let link = "v=1&chip=h20&dies=2&lang=fr";
    let svg = run(&["figure", "cost", link], b"");
    let svg = text(svg.stdout);
    assert!(svg.starts_with("<svg") && svg.contains("dies=2") && svg.contains("Combien"));
    for part in ["Sources\u{202f}: ", "NVIDIA", "TSMC"] {
        assert!(svg.contains(part), "{part}");
    }
    let plain = text(run(&["figure", "cost", link, "--csv"], b"").stdout);
    let french = text(run(&["figure", "cost", link, "--csv-fr"], b"").stdout);
    assert!(plain.starts_with("# ") && plain.contains("chip=h20"));
    let semicolons = |text: &str| text.matches(';').count();
    assert!(semicolons(&french) > semicolons(&plain));
    let wrong = run(&["figure", "weather", link], b"");
    let told = text(wrong.stderr);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(
        told.contains("weather") && told.contains("latency"),
        "{told}"
    );
}

#[test]
fn the_line_that_the_page_gives_answers_what_the_page_answers() {
    for query in ["v=1", "v=1&p=h20&dies=2", "v=1&chip=ascend-910c&b.dies=4"] {
        let [line, drawn] = words::cite::terminal(query);
        let said = |line: &str| {
            let words: Vec<&str> = line
                .split(' ')
                .map(|word| word.trim_matches('\''))
                .collect();
            assert_eq!(words[0], "silicon-gap");
            run(&words[1..], b"").stdout
        };
        let state = sim::link::read(query).state;
        let outcome = sim::outcome::simulate(&state.scenario());
        let served = outcome.inference.as_ref().expect("it is served");
        // As text: a reader of numbers may round the last digit.
        let tpot = format!("\"tpot_s\": {},", served.tpot.get());
        assert!(text(said(&line)).contains(&tpot), "{line}: {tpot}");
        let ranges = text(said(&drawn));
        let doubt = sim::link::read(query).view.doubt;
        let study = doubt::Study::new(&state, &doubt).run();
        let count = study.done();
        assert!(
            ranges.contains(&words::Lang::En.count(f64::from(count))),
            "{count} draws: {ranges}"
        );
    }
}
