//! Silicon Gap in a terminal: the same core, the same links, the same words.

mod doubt;
mod files;
mod glossary;
mod listing;
mod opening;
mod pages;
mod trust;
mod verdicts;

use figures::Spreadsheet;
use lexopt::prelude::*;
use sim::answer::{Record, answer};
use sim::link::{self, Link};
use std::io::{BufRead, Read, Write};
use std::process::ExitCode;
use words::explain::{Subject, explain};
use words::{Lang, notices, sentences};

const HELP: &str = "\
silicon-gap: what would change the gap between running and training AI on Chinese chips

USAGE
  silicon-gap evaluate LINK     the answer to one link, as one JSON object (or --csv, --csv-fr)
  silicon-gap evaluate -        one link a line in, one JSON object a line out
  silicon-gap say LINK          the three answers in words, supply, and what each die
                                more adds (language: lang=fr in the link)
  silicon-gap chips | nodes | models | rules | places | stacks | memory | links | supply
                                the catalogue, as a table
  silicon-gap stories en|fr     the article's passages in numbers
  silicon-gap explain LINK      every number with its formula, the values put in, its sources
  silicon-gap doubt LINK        draws around the answer: ranges, shares, what decides
                                (--draws N, --seed S, --json)
  silicon-gap figure NAME LINK  a figure of the page (map, latency, …) as an SVG file, or its
                                numbers (--csv, --csv-fr for French spreadsheets)
  silicon-gap changes en|fr     the versions of the model, and what each changed
  silicon-gap validate          published measurements against the simulation, row by row
  silicon-gap rules --table     every chip under every version of the rules
  silicon-gap --help | --version

A LINK is the page's address or its query alone; what it leaves out is the
default. Keys after `b.` speak of a second scenario beside it. Notices about what was not taken go into the JSON and to standard error.

EXAMPLES
  silicon-gap evaluate 'v=1&chip=h20&llm=deepseek-v3&chips=8'
  silicon-gap evaluate 'v=1&chip=cloudmatrix-384&tpot=15'
  silicon-gap say 'v=1&chip=ascend-910c&dies=4&lang=fr'
  silicon-gap say 'v=1&chip=ascend-910c&b.dies=4'
  printf 'chip=h20\\nchip=alibaba-ppu\\n' | silicon-gap evaluate - | jq .inference.tpot_s

EXIT STATUS
  0 answered, with notices or without; 1 standard output closed; 2 wrong usage
";

/// What was asked.
enum Command {
    Evaluate {
        link: Vec<u8>,
        table: Option<Spreadsheet>,
    },
    EvaluateLines,
    Say(Vec<u8>),
    Explain(Vec<u8>),
    Figure {
        name: String,
        link: Vec<u8>,
        table: Option<Spreadsheet>,
    },
    Doubt {
        link: Vec<u8>,
        json: bool,
    },
    List(listing::List),
    Opening,
    Pages {
        folder: std::path::PathBuf,
        site: String,
    },
    Trust(Lang),
    Validate,
    Print(String),
}

fn main() -> ExitCode {
    let command = match parse() {
        Ok(command) => command,
        Err(wrong) => {
            eprintln!("silicon-gap: {wrong}; see silicon-gap --help");
            return ExitCode::from(2);
        }
    };
    match run(command) {
        Ok(()) => ExitCode::SUCCESS,
        // A closed pipe (`| head`) is no error of ours worth a word.
        Err(wrong) if wrong.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::FAILURE,
        Err(wrong) => {
            eprintln!("silicon-gap: {wrong}");
            ExitCode::from(2)
        }
    }
}

/// Every source, a line each: what the page fetches where somebody looks at one.
fn sources() -> String {
    let line = |row: &sim::catalogue::SourceRow| {
        let url = row.url.unwrap_or_default();
        [row.key, row.title, row.publisher, row.published, url].join("\t") + "\n"
    };
    sim::catalogue::SOURCES.iter().map(line).collect()
}

fn parse() -> Result<Command, lexopt::Error> {
    let mut parser = lexopt::Parser::from_env();
    let mut words: Vec<std::ffi::OsString> = Vec::new();
    let mut verdicts = false;
    let (mut json, mut drawn) = (false, String::new());
    let mut table = None;
    while let Some(argument) = parser.next()? {
        match argument {
            Long("help") | Short('h') => return Ok(Command::Print(HELP.into())),
            Long("version") | Short('V') => {
                return Ok(Command::Print(format!(
                    "silicon-gap, model {} (data to {}, law to {})\n",
                    sim::catalogue::MODEL,
                    sim::catalogue::DATA_DATE,
                    sim::catalogue::LAW_KNOWN_TO
                )));
            }
            Long("table") => verdicts = true,
            Long("json") => json = true,
            Long("csv") => table = Some(Spreadsheet::Plain),
            Long("csv-fr") => table = Some(Spreadsheet::French),
            Long("draws") => drawn += &format!("&draws={}", parser.value()?.string()?),
            Long("seed") => drawn += &format!("&seed={}", parser.value()?.string()?),
            Value(word) => words.push(word),
            other => return Err(other.unexpected()),
        }
    }
    let mut words = words.into_iter();
    let verb = words.next().ok_or("nothing asked")?.string()?;
    let command = match verb.as_str() {
        "evaluate" | "say" | "explain" | "doubt" => {
            let mut link = words
                .next()
                .ok_or_else(|| format!("{verb} needs a link"))?
                .into_encoded_bytes();
            match (verb.as_str(), link.as_slice()) {
                ("evaluate", b"-") => Command::EvaluateLines,
                ("evaluate", _) => Command::Evaluate { link, table },
                ("explain", _) => Command::Explain(link),
                ("doubt", _) => {
                    link.extend_from_slice(drawn.as_bytes());
                    Command::Doubt { link, json }
                }
                _ => Command::Say(link),
            }
        }
        "figure" => Command::Figure {
            name: words.next().ok_or("which figure?")?.string()?,
            link: words
                .next()
                .ok_or("figure needs a link")?
                .into_encoded_bytes(),
            table,
        },
        "opening" => Command::Opening,
        "release" => Command::Print(words::cite::release() + "\n"),
        "validate" => Command::Validate,
        "sources" => Command::Print(sources()),
        "palette" => Command::Print(figures::PALETTE_CSS.into()),
        "pages" => Command::Pages {
            folder: words.next().ok_or("into which folder?")?.into(),
            site: words.next().unwrap_or_default().string()?,
        },
        "trust" | "stories" | "glossary" | "texts" | "changes" => {
            let tag = words.next().ok_or("en or fr?")?.string()?;
            let lang = Lang::from_tag(&tag).ok_or_else(|| format!("no language '{tag}'"))?;
            match verb.as_str() {
                "trust" => Command::Trust(lang),
                "glossary" => Command::Print(glossary::fragment(lang)),
                "texts" => Command::Print(words::texts::written(lang)),
                "changes" => Command::Print(words::cited::written(lang)),
                _ => Command::Print(stories(lang)),
            }
        }
        "rules" if verdicts => Command::Print(verdicts::table()),
        _ if verdicts => return Err("--table goes with 'rules'".into()),
        name => Command::List(
            listing::List::named(name).ok_or_else(|| format!("unknown command '{name}'"))?,
        ),
    };
    if !matches!(command, Command::Doubt { .. }) && (json || !drawn.is_empty()) {
        return Err("--draws, --seed and --json go with 'doubt'".into());
    }
    let tabled = matches!(command, Command::Figure { .. } | Command::Evaluate { .. });
    if !tabled && table.is_some() {
        return Err("--csv and --csv-fr go with 'figure' and with one link of 'evaluate'".into());
    }
    match words.next() {
        Some(extra) => Err(format!("unexpected '{}'", extra.to_string_lossy()).into()),
        None => Ok(command),
    }
}

fn run(command: Command) -> std::io::Result<()> {
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    match command {
        Command::Print(text) => out.write_all(text.as_bytes())?,
        Command::Validate => {
            let rows = validation::checked().map_err(std::io::Error::other)?;
            out.write_all(validation::table(&rows).as_bytes())?;
        }
        Command::Trust(lang) => {
            let html = trust::fragment(lang).map_err(std::io::Error::other)?;
            out.write_all(html.as_bytes())?;
        }
        Command::Pages { folder, site } => {
            pages::write(&folder, &site)?;
            out.write_all(b"written\n")?;
        }
        Command::Opening => out.write_all(opening::fragment().as_bytes())?,
        Command::List(list) => out.write_all(list.table().as_bytes())?,
        Command::Say(bytes) => {
            let link = link::read_bytes(&bytes);
            tell(&link);
            out.write_all(said(&link).as_bytes())?;
        }
        Command::Explain(bytes) => {
            let link = link::read_bytes(&bytes);
            tell(&link);
            out.write_all(explained(&link).as_bytes())?;
        }
        Command::Figure { name, link, table } => {
            let link = link::read_bytes(&link);
            tell(&link);
            let file = files::figure(&name, &link, table).map_err(std::io::Error::other)?;
            out.write_all(file.as_bytes())?;
        }
        Command::Doubt { link, json } => {
            let link = link::read_bytes(&link);
            tell(&link);
            if json {
                let record = doubt::record(&link, notice_sentences(&link));
                serde_json::to_writer_pretty(&mut out, &record)?;
                out.write_all(b"\n")?;
            } else {
                out.write_all(doubt::told(lang(&link), &link).as_bytes())?;
            }
        }
        Command::Evaluate { link, table } => {
            let link = link::read_bytes(&link);
            tell(&link);
            out.write_all(files::evaluated(&link, table).as_bytes())?;
        }
        Command::EvaluateLines => {
            let mut lines = std::io::stdin().lock();
            while let Some(line) = bounded_line(&mut lines)? {
                let record = record(&link::read_bytes(&line));
                out.write_all((record.json(false) + "\n").as_bytes())?;
            }
        }
    }
    out.flush()
}

/// The next line without its end, cut where it is longer than any link that is
/// read, so that a million characters cost no memory; `None` at the end.
fn bounded_line(lines: &mut impl BufRead) -> std::io::Result<Option<Vec<u8>>> {
    let mut line = Vec::new();
    let read = lines
        .by_ref()
        .take(2 * link::LONGEST as u64)
        .read_until(b'\n', &mut line)?;
    if read == 0 {
        return Ok(None);
    }
    if !line.ends_with(b"\n") {
        lines.skip_until(b'\n')?;
    }
    while line
        .last()
        .is_some_and(|byte| matches!(byte, b'\n' | b'\r'))
    {
        line.pop();
    }
    Ok(Some(line))
}

/// The link's own language, English where it says none.
fn lang(link: &Link) -> Lang {
    link.view
        .lang
        .as_deref()
        .and_then(Lang::from_tag)
        .unwrap_or_default()
}

fn notice_sentences(link: &Link) -> Vec<String> {
    link.notices
        .iter()
        .map(|notice| notices::sentence(lang(link), notice))
        .collect()
}

/// Notices on standard error.
fn tell(link: &Link) {
    for notice in notice_sentences(link) {
        eprintln!("{notice}");
    }
}

fn record(link: &Link) -> Record {
    answer(link, notice_sentences(link))
}

/// The article's passages in numbers, with the scenarios that they speak of.
fn stories(lang: Lang) -> String {
    let told = words::stories::PASSAGES.iter().map(|passage| {
        let states = passage.states();
        let story = passage.tell(lang, &states);
        let presets: Vec<&str> = states.iter().map(|state| state.preset().id).collect();
        format!(
            "{}\n  {}\n  p={}\n",
            story.title,
            story.text(),
            presets.join(", p=")
        )
    });
    told.collect()
}

/// The three answers, whether and when the chip may be had, and what each die
/// more would add.
fn said(link: &Link) -> String {
    let lang = lang(link);
    let scenario = link.state.scenario();
    let outcome = sim::outcome::simulate(&scenario);
    let mut said: String = sentences::answers(lang, &scenario, &outcome)
        .iter()
        .map(|answer| {
            format!(
                "{}\n  {}\n  {}\n  {}\n",
                answer.question, answer.headline, answer.detail, answer.reason
            )
        })
        .collect();
    let had = [
        Some(sentences::access(lang, &scenario, &outcome)),
        sentences::wait(lang, &scenario, &outcome),
    ];
    if let Some(other) = &link.other {
        let b = other.scenario();
        let b = (&b, &sim::outcome::simulate(&b));
        for sentence in sentences::differences(lang, (&scenario, &outcome), b) {
            said.push_str(&format!("{sentence}\n"));
        }
    }
    let more = [
        (
            lang.text("gate.supply.name"),
            had.into_iter().flatten().collect(),
        ),
        (
            lang.text("figure.adding.title"),
            figures::marginal_sentences(lang, &scenario),
        ),
    ];
    for (title, lines) in more {
        let lines: Vec<String> = lines;
        said.push_str(title);
        said.push('\n');
        for line in lines {
            said.push_str(&format!("  {line}\n"));
        }
    }
    said
}

/// Every number with its formula, the values put in and the keys of its sources.
fn explained(link: &Link) -> String {
    let lang = lang(link);
    let scenario = link.state.scenario();
    let outcome = sim::outcome::simulate(&scenario);
    let subjects = Subject::ANSWERS.into_iter().flatten().chain(Subject::CHIP);
    let mut told = String::new();
    for found in subjects.filter_map(|subject| explain(lang, *subject, &scenario, &outcome)) {
        for step in &found.steps {
            told.push_str(&format!(
                "{}\n  = {}\n  = {}\n  = {}\n",
                step.what, step.formula, step.values, step.result
            ));
        }
        told.push_str(&format!("  [{}]\n\n", found.sources.join("], [")));
    }
    told
}

/// Text with the characters of markup escaped, for the parts of the page.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
