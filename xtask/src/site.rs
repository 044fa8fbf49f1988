//! The page: served while one works on it, built for publication.

use crate::ServeOptions;
use crate::budget::{self, Sized};
use crate::hosts;
use crate::opening;
use crate::process::{Stop, create_folder, root, run, say};
use crate::setup::{self, SiteTools};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Folder of the built site.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Serves the page until it is interrupted.
pub fn serve(options: &ServeOptions) -> Result<(), Stop> {
    let port = options.port;
    // Asked first: a build that ends in "address in use" wastes minutes.
    if let Err(error) = TcpListener::bind(("127.0.0.1", port)) {
        return Err(Stop::new(
            format!("port {port} is not free: {error}"),
            format!("cargo xtask serve --port {}", port.saturating_add(1)),
        ));
    }
    let tools = setup::for_site()?;
    // Beside the site for publication, so that serving leaves it alone.
    let served = root().join("target/serve");
    create_folder(&served)?;
    let mut trunk = tools.trunk()?;
    trunk
        .args(["serve", "--offline", "--address", "127.0.0.1", "--port"])
        .arg(port.to_string())
        .arg("--dist")
        .arg(&served);
    for folder in ["target", "dist", ".tools"].map(|name| root().join(name)) {
        if folder.exists() {
            trunk.arg("--ignore").arg(folder);
        }
    }
    if options.release {
        trunk.arg("--release");
    }
    say("the page, then a server that rebuilds it at each change");
    eprintln!("    address: http://127.0.0.1:{port}/   (Ctrl-C stops it)\n");
    replace_with(trunk)
}

/// Becomes the program, so that whoever ends xtask ends the server.
#[cfg(unix)]
fn replace_with(mut command: Command) -> Result<(), Stop> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(Stop::new(format!("cannot start the server: {error}"), ""))
}

/// Runs the program to its end, where no system call replaces a process.
#[cfg(not(unix))]
fn replace_with(mut command: Command) -> Result<(), Stop> {
    run(&mut command)
}

/// Builds the site in `dist/` and prints what readers will download; says it
/// too, where it is known.
pub fn build(tools: &SiteTools) -> Result<Option<Vec<Sized>>, Stop> {
    build_with(tools, &[])
}

/// The same, and again whole in a folder of this version's own, which pages that pin
/// it show for ever.
pub fn build_with_folder(tools: &SiteTools) -> Result<(), Stop> {
    build_with(tools, &[(opening::WITH_FOLDER, "1")])?;
    let name = [hosts::KEPT, "/", &opening::release()?].concat();
    let mut files = Vec::new();
    let kept = dist().join(hosts::KEPT);
    let copied = list_files(&dist(), &mut files).and_then(|()| {
        // Folders of versions that are there already are no part of this one, and
        // hosts are told at the top.
        let hosts = hosts::FILES.map(|name| dist().join(name));
        let others = || hosts.iter().chain([&kept]);
        let mut own = files
            .iter()
            .filter(|file| !others().any(|other| file.starts_with(other)));
        own.try_for_each(|file| {
            let place = file.strip_prefix(dist()).unwrap_or(file);
            let copy = dist().join(&name).join(place);
            std::fs::create_dir_all(copy.parent().unwrap_or(&copy))?;
            std::fs::copy(file, copy).map(drop)
        })
    });
    copied.map_err(|error| Stop::new(format!("cannot write dist/{name}: {error}"), ""))?;
    println!("\nand the same in dist/{name}/, for pages that pin this version");
    Ok(())
}

fn build_with(tools: &SiteTools, settings: &[(&str, &str)]) -> Result<Option<Vec<Sized>>, Stop> {
    say("the site, optimised (2 to 5 minutes the first time)");
    let mut trunk = tools.trunk()?;
    trunk.args(["build", "--release", "--offline"]);
    run(trunk.envs(settings.iter().copied()))?;
    print_sizes(tools, &dist())
}

/// Prints bytes of each file, raw and as a server with brotli sends them.
fn print_sizes(tools: &SiteTools, folder: &Path) -> Result<Option<Vec<Sized>>, Stop> {
    let mut files = Vec::new();
    list_files(folder, &mut files)
        .map_err(|error| Stop::new(format!("cannot read {}: {error}", folder.display()), ""))?;
    files.sort();
    println!("\n{:>10} {:>10}  file", "bytes", "brotli");
    let (mut raw_total, mut packed_total) = (0, Some(0));
    let mut sizes = Vec::new();
    for file in files {
        let raw = std::fs::metadata(&file).map_or(0, |data| data.len());
        let packed = brotli(tools, &file).map(|packed| packed.len() as u64);
        let name = file.strip_prefix(folder).unwrap_or(&file);
        println!("{raw:>10} {:>10}  {}", or_dash(packed), name.display());
        raw_total += raw;
        packed_total = packed_total.zip(packed).map(|(total, size)| total + size);
        sizes.push((file, packed));
    }
    println!("{raw_total:>10} {:>10}  in all", or_dash(packed_total));
    if packed_total.is_none() {
        println!("(brotli sizes need the program `brotli`, or `node`)");
    }
    Ok(budget::sized(folder, &sizes))
}

/// A number, or a dash for none.
fn or_dash(number: Option<u64>) -> String {
    number.map_or_else(|| "-".to_owned(), |number| number.to_string())
}

/// Adds the files of a folder and of those in it.
fn list_files(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        match path.is_dir() {
            true => list_files(&path, files)?,
            false => files.push(path),
        }
    }
    Ok(())
}

/// The file at brotli's best, by whichever program is there.
fn brotli(tools: &SiteTools, file: &Path) -> Option<Vec<u8>> {
    let succeeded = |output: std::process::Output| output.status.success().then_some(output.stdout);
    let brotli = tools
        .program("brotli")
        .args(["--quality=11", "--stdout", "--"])
        .arg(file)
        .output();
    if let Some(packed) = brotli.ok().and_then(succeeded) {
        return Some(packed);
    }
    // 11 is Node's default quality too.
    let script = "process.stdout.write(require('zlib').brotliCompressSync(\
                  require('fs').readFileSync(process.argv[1])))";
    let mut node = tools.program("node");
    node.args(["-e", script]).arg(file);
    node.output().ok().and_then(succeeded)
}

/// A folder with each file of the site as a server with brotli sends it; `None`
/// where no program makes such.
pub fn packed(tools: &SiteTools) -> Result<Option<PathBuf>, Stop> {
    say("the site as a server with brotli sends it");
    let (from, into) = (dist(), root().join("target/packed"));
    let stop = |error: std::io::Error| Stop::new(format!("cannot pack the site: {error}"), "");
    let mut files = Vec::new();
    list_files(&from, &mut files).map_err(stop)?;
    for file in files {
        let Some(bytes) = brotli(tools, &file) else {
            eprintln!("    not known: it needs the program `brotli`, or `node`");
            return Ok(None);
        };
        let there = into.join(file.strip_prefix(&from).unwrap_or(&file));
        create_folder(there.parent().unwrap_or(&into))?;
        std::fs::write(there, bytes).map_err(stop)?;
    }
    Ok(Some(into))
}
