//! Running other programs, and saying what to do when one is missing.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Why xtask stops: what is wrong, and the command that mends it.
#[derive(Debug)]
pub struct Stop {
    what: String,
    mend: String,
}

impl Stop {
    /// A stop with its remedy; an empty remedy is not printed.
    pub fn new(what: impl Into<String>, mend: impl Into<String>) -> Self {
        Self {
            what: what.into(),
            mend: mend.into(),
        }
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.what)?;
        if !self.mend.is_empty() {
            write!(f, "\n  to mend: {}", self.mend)?;
        }
        Ok(())
    }
}

/// The repository's root.
pub fn root() -> PathBuf {
    // Cargo sets it at run time too, so a moved checkout needs no rebuild.
    let xtask = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(PathBuf::new, PathBuf::from);
    match xtask.parent() {
        Some(root) if root.join("Trunk.toml").exists() => root.to_owned(),
        _ => std::env::current_dir().unwrap_or_default(),
    }
}

/// Cargo of the toolchain that runs xtask, at the repository's root.
pub fn cargo() -> Command {
    let mut command = Command::new("cargo");
    command.current_dir(root());
    command
}

/// Prints the heading of a step.
pub fn say(step: &str) {
    eprintln!("\n==> {step}");
}

/// Runs a program with its output shown; an exit status other than 0 stops.
pub fn run(command: &mut Command) -> Result<(), Stop> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Stop::new(format!("{} ({status})", line(command)), "")),
        Err(error) => Err(missing(command, &error)),
    }
}

/// Runs a long step: heading, estimate, and afterwards the time it took.
pub fn run_step(step: &str, estimate: &str, command: &mut Command) -> Result<(), Stop> {
    say(&format!("{step} ({estimate})"));
    let start = Instant::now();
    run(command)?;
    eprintln!("    done in {} s", start.elapsed().as_secs());
    Ok(())
}

/// Standard output of a program that succeeds, trimmed; `None` if it fails or is absent.
pub fn output_of(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    output.status.success().then_some(text)
}

/// True if the program succeeds before the limit; it is ended at the limit.
///
/// For questions to the network, which a closed machine may answer never.
pub fn succeeds_within(limit: Duration, command: &mut Command) -> bool {
    let Ok(mut child) = command.spawn() else {
        return false;
    };
    let start = Instant::now();
    while start.elapsed() < limit {
        match child.try_wait() {
            Ok(Some(status)) => return status.success(),
            Ok(None) => std::thread::sleep(Duration::from_millis(50)),
            Err(_) => return false,
        }
    }
    // Already gone is as good as ended.
    let _ = child.kill();
    let _ = child.wait();
    false
}

/// The first of these programs found on PATH.
pub fn find_program(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    names.iter().find_map(|name| {
        let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        folders.iter().map(|f| f.join(&file)).find(|p| p.is_file())
    })
}

/// Creates a folder and those above it.
pub fn create_folder(folder: &Path) -> Result<(), Stop> {
    std::fs::create_dir_all(folder)
        .map_err(|error| Stop::new(format!("cannot create {}: {error}", folder.display()), ""))
}

/// What a file holds.
pub fn read(path: &Path) -> Result<Vec<u8>, Stop> {
    std::fs::read(path).map_err(|error| unreadable(path, &error))
}

/// The text that a file holds.
pub fn read_text(path: &Path) -> Result<String, Stop> {
    std::fs::read_to_string(path).map_err(|error| unreadable(path, &error))
}

fn unreadable(path: &Path, error: &std::io::Error) -> Stop {
    Stop::new(format!("cannot read {}: {error}", path.display()), "")
}

/// Puts that into a file.
pub fn write(path: &Path, held: impl AsRef<[u8]>) -> Result<(), Stop> {
    std::fs::write(path, held)
        .map_err(|error| Stop::new(format!("cannot write {}: {error}", path.display()), ""))
}

/// The command line as one would type it.
fn line(command: &Command) -> String {
    let mut words = vec![command.get_program().to_string_lossy()];
    words.extend(command.get_args().map(|word| word.to_string_lossy()));
    words.join(" ")
}

/// The stop for a program that could not be started.
fn missing(command: &Command, error: &std::io::Error) -> Stop {
    let program = command.get_program().to_string_lossy().into_owned();
    let mend = match program.as_str() {
        "rustup" | "cargo" => "install rustup from https://rustup.rs",
        _ => "",
    };
    Stop::new(format!("cannot run {program}: {error}"), mend)
}
