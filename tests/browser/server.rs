//! A static server for one folder, as plain as the plainest host: no rewriting,
//! no headers but the type.
//!
//! The site stands under two paths, `/` and [`SUB_FOLDER`], twice more with a part
//! missing: [`WITHOUT_WASM`], [`WITHOUT_FRENCH`], and under [`WITH_CORS`] for
//! readers of any origin.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};

/// The site again, as if a publisher had put it into a folder.
pub const SUB_FOLDER: &str = "/sub/dir/";
/// The site again, as a server that lets other origins read it.
pub const WITH_CORS: &str = "/open/";
/// The site again, but its `.wasm` is not found.
pub const WITHOUT_WASM: &str = "/without-wasm/";

/// The site again, but its French texts are not found.
pub const WITHOUT_FRENCH: &str = "/without-french/";

/// Serves the folder on a free port as long as the tests run; says the origin.
pub fn serve(folder: &Path) -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
    let address = listener.local_addr().expect("it is bound");
    let folder = folder.to_owned();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let folder = folder.clone();
            // A browser that hangs up before the end is none of our business.
            std::thread::spawn(move || answer(stream, &folder).ok());
        }
    });
    format!("http://{address}")
}

/// Answers one request and closes.
fn answer(mut stream: TcpStream, folder: &Path) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut request = String::new();
    reader.read_line(&mut request)?;
    let mut header = String::new();
    // Read to the blank line, or some systems reset the connection.
    while reader.read_line(&mut header)? > 2 {
        header.clear();
    }
    let target = request.split(' ').nth(1).unwrap_or("/");
    let path = target.split(['?', '#']).next().unwrap_or("/");
    let more = match path.starts_with(WITH_CORS) {
        true => "Access-Control-Allow-Origin: *\r\n",
        false => "",
    };
    match file(folder, path).and_then(|file| Some((std::fs::read(&file).ok()?, file))) {
        Some((body, file)) => {
            write!(
                stream,
                "HTTP/1.1 200 OK\r\nContent-Type: {}\r\nContent-Length: {}\r\n\
                 Cache-Control: no-store\r\n{more}Connection: close\r\n\r\n",
                content_type(&file),
                body.len()
            )?;
            stream.write_all(&body)
        }
        None => stream
            .write_all(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
    }
}

/// The file that a path means; `None` for those that are not to be found.
fn file(folder: &Path, path: &str) -> Option<PathBuf> {
    let missing = [(WITHOUT_WASM, ".wasm"), (WITHOUT_FRENCH, "texts.fr.txt")];
    let is_missing = missing
        .iter()
        .any(|(prefix, end)| path.starts_with(prefix) && path.ends_with(end));
    let inside = [SUB_FOLDER, WITHOUT_WASM, WITHOUT_FRENCH, WITH_CORS, "/"]
        .iter()
        .find_map(|prefix| path.strip_prefix(prefix))?;
    if inside.contains("..") || is_missing {
        return None;
    }
    let inside = folder.join(inside);
    // Of a folder, its page.
    Some(if inside.is_dir() {
        inside.join("index.html")
    } else {
        inside
    })
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        Some("png") => "image/png",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
