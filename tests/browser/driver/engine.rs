//! The engines that the tests drive: what each is started with, and by which driver.

use super::PATIENCE;
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A browser's engine.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    /// Blink.
    Chromium,
    /// Gecko.
    Firefox,
    /// WebKit, as GTK has it: the engine of Safari, in a window of a few buttons.
    WebKit,
}

impl Engine {
    /// The variables that say where its browser and its driver are.
    fn variables(self) -> [&'static str; 2] {
        match self {
            Self::Chromium => ["CHROMIUM", "CHROMEDRIVER"],
            Self::Firefox => ["FIREFOX", "GECKODRIVER"],
            Self::WebKit => ["MINIBROWSER", "WEBKITDRIVER"],
        }
    }

    /// What a session of an English reader is asked for with.
    fn capabilities(self, browser: &PathBuf) -> Value {
        let script = PATIENCE.as_millis() as u64;
        match self {
            Self::Chromium => json!({
                "browserName": "chrome",
                "timeouts": { "script": script },
                "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
                "goog:chromeOptions": {
                    "binary": browser,
                    "prefs": { "intl.accept_languages": "en-GB,en" },
                    "args": [
                        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
                        "--no-first-run", "--disable-background-networking",
                        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
                        "--lang=en-GB", "--force-prefers-reduced-motion", "--window-size=1280,900",
                    ],
                },
            }),
            Self::Firefox => json!({
                "browserName": "firefox",
                "timeouts": { "script": script },
                "moz:firefoxOptions": {
                    "binary": browser,
                    "args": ["-headless", "--width=1280", "--height=900"],
                    "prefs": { "intl.accept_languages": "en-GB,en", "ui.prefersReducedMotion": 1 },
                },
            }),
            Self::WebKit => json!({
                "timeouts": { "script": script },
                "webkitgtk:browserOptions": { "binary": browser, "args": ["--automation"] },
            }),
        }
    }
}

/// Where the parts are; from the variables that `cargo xtask test` sets.
pub struct Setup {
    engine: Engine,
    /// Folder of the built site.
    pub dist: PathBuf,
    browser: PathBuf,
    driver: PathBuf,
}

impl Setup {
    /// Chromium's setup, or `None` where these tests are not asked for.
    pub fn find() -> Option<Self> {
        let asked = std::env::var("SILICON_GAP_BROWSER").is_ok_and(|word| word == "required");
        asked.then(|| Self::named(Engine::Chromium))
    }

    /// The engine's setup, or `None` where these tests are not asked for, or this
    /// engine is missing and need not be here.
    pub fn of(engine: Engine) -> Option<Self> {
        Self::find()?;
        let required = std::env::var("SILICON_GAP_ENGINES").is_ok_and(|word| word == "required");
        let here = |variable| std::env::var_os(variable).is_some();
        if !required && !engine.variables().into_iter().all(here) {
            println!("skipped: no {engine:?} here; `cargo xtask setup` says what is missing");
            return None;
        }
        Some(Self::named(engine))
    }

    fn named(engine: Engine) -> Self {
        let [browser, driver] = engine.variables();
        Self {
            engine,
            dist: named("SILICON_GAP_DIST"),
            browser: named(browser),
            driver: named(driver),
        }
    }

    /// What a session is asked for with.
    pub fn capabilities(&self) -> serde_json::Map<String, Value> {
        match self.engine.capabilities(&self.browser) {
            Value::Object(capabilities) => capabilities,
            _ => unreachable!("it is written as an object"),
        }
    }
}

/// The path that the variable holds.
pub fn named(variable: &str) -> PathBuf {
    let path = std::env::var_os(variable)
        .map(PathBuf::from)
        .unwrap_or_else(|| panic!("{variable} is not set: run `cargo xtask test`"));
    assert!(path.exists(), "{variable}: there is no {}", path.display());
    path
}

/// A WebDriver, and the screen that its browser needs; both ended when dropped.
pub struct Driver {
    processes: Vec<Child>,
    /// Where it listens.
    pub address: String,
}

impl Driver {
    /// Starts it. Where many start at once, one may end before it has a port:
    /// then another is tried.
    pub fn start(setup: &Setup) -> Self {
        (0..5)
            .find_map(|tried| {
                std::thread::sleep(Duration::from_millis(500 * tried));
                match setup.engine {
                    Engine::Chromium => Self::try_chromium(&setup.driver),
                    Engine::Firefox => {
                        // Else two at once want the same port for a protocol that nobody speaks.
                        let mut command = Command::new(&setup.driver);
                        command.args(["--websocket-port", "0"]);
                        Self::try_on_a_port(command, Vec::new())
                    }
                    Engine::WebKit => {
                        let (screen, display) = screen();
                        let mut command = Command::new(&setup.driver);
                        // It knows no headless mode, and takes its language from here.
                        command.env("DISPLAY", display).env("LANG", "C.UTF-8");
                        command.env_remove("WAYLAND_DISPLAY");
                        Self::try_on_a_port(command, screen.into_iter().collect())
                    }
                }
            })
            .expect("the driver listens")
    }

    /// Starts Chromium's on a port that it picks and tells.
    fn try_chromium(program: &PathBuf) -> Option<Self> {
        let mut process = Command::new(program)
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("cannot run {}: {error}", program.display()));
        let output = process.stdout.take().expect("it is piped");
        let mut lines = BufReader::new(output).lines().map_while(Result::ok);
        let port = lines.find_map(|line| {
            let (_, port) = line.split_once("successfully on port ")?;
            Some(port.trim_end_matches('.').to_owned())
        });
        let driver = Self {
            processes: vec![process],
            address: format!("http://127.0.0.1:{}", port.as_deref().unwrap_or_default()),
        };
        // It stops when nobody listens to what it says.
        std::thread::spawn(move || lines.for_each(drop));
        port.map(|_| driver)
    }

    /// Starts one that is told its port, and waits until it listens there.
    fn try_on_a_port(mut command: Command, mut processes: Vec<Child>) -> Option<Self> {
        let free = TcpListener::bind(("127.0.0.1", 0)).expect("a port is free");
        let address = free.local_addr().expect("it is bound");
        drop(free);
        let process = command
            .arg(format!("--port={}", address.port()))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("cannot run {command:?}: {error}"));
        processes.push(process);
        let driver = Self {
            processes,
            address: format!("http://{address}"),
        };
        let listens = (0..200).any(|_| {
            std::thread::sleep(Duration::from_millis(50));
            TcpStream::connect(address).is_ok()
        });
        listens.then_some(driver)
    }
}

/// A screen that nobody sees, named by `XVFB`; without one, the one that is there.
fn screen() -> (Option<Child>, String) {
    let Some(program) = std::env::var_os("XVFB") else {
        return (None, std::env::var("DISPLAY").unwrap_or_default());
    };
    let mut process = Command::new(program)
        .args(["-displayfd", "1", "-screen", "0", "1280x900x24"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("cannot run XVFB: {error}"));
    let mut number = String::new();
    let output = process.stdout.take().expect("it is piped");
    // Empty where it did not start; the browser then says so.
    let _ = BufReader::new(output).read_line(&mut number);
    (Some(process), format!(":{}", number.trim()))
}

impl Drop for Driver {
    fn drop(&mut self) {
        for process in self.processes.iter_mut().rev() {
            // Already gone is as good as ended.
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}
