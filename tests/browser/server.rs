//! A static server for one folder, as plain as the plainest host: no rewriting,
//! no headers but the type, and one that lets browsers tell what the page's policy
//! would forbid.
//!
//! The site stands under two paths, `/` and [`SUB_FOLDER`], again with a part
//! missing or broken ([`BROKEN`]), and under [`HOSTED`] as a host sends it that reads
//! the site's own `_headers`.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// The site again, as if a publisher had put it into a folder.
pub const SUB_FOLDER: &str = "/sub/dir/";
/// The site again, with the headers that it asks its host for.
pub const HOSTED: &str = "/hosted/";
/// The site again, but its `.wasm` is not found.
pub const WITHOUT_WASM: &str = "/without-wasm/";
/// The site again, but its French texts are not found.
pub const WITHOUT_FRENCH: &str = "/without-french/";
/// The site again, but its `.wasm` ends in the middle.
pub const HALF_WASM: &str = "/half-wasm/";
/// The site again, but its `.wasm` is a page that says that there is none.
pub const PAGE_FOR_WASM: &str = "/page-for-wasm/";

/// What becomes of a file; `None`: it is not there.
type Spoil = fn(Vec<u8>) -> Option<Vec<u8>>;

/// What is wrong under each path, with files of that end.
const BROKEN: [(&str, &str, Spoil); 4] = [
    (WITHOUT_WASM, ".wasm", |_| None),
    (WITHOUT_FRENCH, "texts.fr.txt", |_| None),
    (HALF_WASM, ".wasm", |whole| {
        Some(whole[..whole.len() / 2].to_vec())
    }),
    (PAGE_FOR_WASM, ".wasm", |_| {
        Some(b"<!doctype html><p>Sorry.".to_vec())
    }),
];

/// A script of the tests', as if it were the site's: it tries what none may do.
pub const TRIES: &str = "/tries.js";
/// Where browsers tell what was forbidden.
const FORBIDDEN: &str = "/forbidden";

/// A server that runs as long as the tests do.
#[derive(Clone)]
pub struct Server {
    /// Where it is.
    pub origin: String,
    folder: PathBuf,
    /// Its files as brotli makes them, where `SILICON_GAP_PACKED` says.
    packed: Option<PathBuf>,
    /// What browsers told.
    forbidden: Arc<Mutex<Vec<String>>>,
    /// What they asked for.
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Serves the folder on a free port.
    pub fn start(folder: &Path) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
        let address = listener.local_addr().expect("it is bound");
        let server = Self {
            origin: format!("http://{address}"),
            folder: folder.to_owned(),
            packed: std::env::var_os("SILICON_GAP_PACKED").map(PathBuf::from),
            forbidden: Arc::default(),
            asked: Arc::default(),
        };
        let serving = server.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let server = serving.clone();
                // A browser that hangs up before the end is none of our business.
                std::thread::spawn(move || server.answer(stream).ok());
            }
        });
        server
    }

    /// What pages did that their policy forbids, since the last time.
    pub fn forbidden(&self) -> Vec<String> {
        std::mem::take(&mut self.forbidden.lock().expect("no thread panicked"))
    }

    /// Every path that was asked for, since the last time.
    pub fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.asked.lock().expect("no thread panicked"))
    }

    /// Answers one request and closes.
    fn answer(&self, mut stream: TcpStream) -> std::io::Result<()> {
        let mut reader = BufReader::new(stream.try_clone()?);
        let mut request = String::new();
        reader.read_line(&mut request)?;
        let (mut header, mut length) = (String::new(), 0);
        // Read to the blank line, or some systems reset the connection.
        while reader.read_line(&mut header)? > 2 {
            let (name, value) = header.split_once(':').unwrap_or_default();
            if name.eq_ignore_ascii_case("content-length") {
                length = value.trim().parse().unwrap_or(0);
            }
            header.clear();
        }
        let target = request.split(' ').nth(1).unwrap_or("/");
        let path = target.split(['?', '#']).next().unwrap_or("/");
        let asked = self.asked.lock();
        asked.expect("no thread panicked").push(path.to_owned());
        if path == FORBIDDEN {
            let mut told = vec![0; length];
            reader.read_exact(&mut told)?;
            let told = String::from_utf8_lossy(&told).into_owned();
            self.forbidden
                .lock()
                .expect("no thread panicked")
                .push(told);
            return stream.write_all(
                b"HTTP/1.1 204 No Content\r\nAccess-Control-Allow-Origin: *\r\nConnection: close\r\n\r\n",
            );
        }
        let Some((body, file)) = self.file(path) else {
            return stream.write_all(
                b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
            );
        };
        let mut more = String::new();
        if let Some(inside) = path.strip_prefix(HOSTED.trim_end_matches('/')) {
            more += &self.headers(inside);
        }
        if let Some(policy) = policy_of(&body) {
            let here = policy.replace("https: http:", &format!("'self' {}", self.origin));
            let told = format!("{here}; report-uri {}{FORBIDDEN}", self.origin);
            more += &format!("Content-Security-Policy-Report-Only: {told}\r\n");
        }
        let body = match self.packed(&file) {
            Some(packed) => {
                more += "Content-Encoding: br\r\n";
                packed
            }
            None => body,
        };
        write!(
            stream,
            "HTTP/1.1 200 OK\r\nContent-Type: {}\r\nContent-Length: {}\r\n\
             Cache-Control: no-store\r\n{more}Connection: close\r\n\r\n",
            content_type(&file),
            body.len()
        )?;
        stream.write_all(&body)
    }

    /// What the site's own `_headers` says of the file at that path.
    fn headers(&self, path: &str) -> String {
        let said = std::fs::read_to_string(self.folder.join("_headers")).unwrap_or_default();
        let mut speaks = false;
        let mut headers = String::new();
        for line in said.lines() {
            if !line.starts_with(' ') {
                let start = line.strip_suffix('*');
                speaks = start.map_or(line == path, |start| path.starts_with(start));
            } else if speaks {
                headers += &format!("{}\r\n", line.trim());
            }
        }
        headers
    }

    /// The file as brotli makes it, where somebody has asked for that.
    fn packed(&self, file: &Path) -> Option<Vec<u8>> {
        let inside = file.strip_prefix(&self.folder).ok()?;
        std::fs::read(self.packed.as_ref()?.join(inside)).ok()
    }

    /// The file that a path means; `None` for those that are not to be found.
    fn file(&self, path: &str) -> Option<(Vec<u8>, PathBuf)> {
        if path == TRIES {
            return Some((include_bytes!("scripts/tries.js").into(), TRIES.into()));
        }
        let broken = BROKEN.iter().find(|(prefix, ..)| path.starts_with(prefix));
        let prefix = broken.map(|(prefix, ..)| *prefix);
        let inside = prefix
            .into_iter()
            .chain([SUB_FOLDER, HOSTED, "/"])
            .find_map(|prefix| path.strip_prefix(prefix))?;
        if inside.contains("..") {
            return None;
        }
        let file = self.folder.join(inside);
        // Of a folder, its page.
        let file = match file.is_dir() {
            true => file.join("index.html"),
            false => file,
        };
        let body = std::fs::read(&file).ok()?;
        let body = match broken {
            Some((_, end, spoilt)) if path.ends_with(end) => spoilt(body)?,
            _ => body,
        };
        Some((body, file))
    }
}

/// The policy that stands in a page.
pub fn policy_of(body: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(body).ok()?;
    let (_, behind) = text.split_once("http-equiv=\"Content-Security-Policy\" content=\"")?;
    Some(behind.split_once('"')?.0)
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
