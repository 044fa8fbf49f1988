//! One browser for one test, by WebDriver, with the few questions that the tests
//! ask; what is asked of the devtools and of logs, Chromium alone answers. Whatever
//! fails here ends the test with a panic that says what.

#[path = "driver/engine.rs"]
mod engine;
#[path = "driver/whole_page.rs"]
mod whole_page;

pub use engine::{Engine, Setup, named};
pub use whole_page::PATIENCE;

use crate::server::Server;
use engine::Driver;
use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// A browser with one window.
pub struct Browser {
    client: Client,
    /// Serves the site.
    pub server: Server,
    /// Origin of the site.
    pub origin: String,
    /// Ended last, after the session is closed.
    _driver: Driver,
}

impl Browser {
    /// A fresh browser of an English reader and a server for it.
    pub async fn open(setup: &Setup) -> Self {
        let driver = Driver::start(setup);
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(setup.capabilities())
            .connect(&driver.address)
            .await
            .expect("a browser starts; it and its driver must be of one version");
        let server = Server::start(&setup.dist);
        Self {
            client,
            origin: server.origin.clone(),
            server,
            _driver: driver,
        }
    }

    /// Ends the browser.
    pub async fn close(self) {
        // A session that crashed cannot be closed; the driver is ended anyway.
        let _ = self.client.clone().close().await;
    }

    /// Opens that path and query of the site, and waits until it is loaded.
    pub async fn visit(&self, path: &str) {
        let address = format!("{}{path}", self.origin);
        self.client
            .goto(&address)
            .await
            .unwrap_or_else(|error| panic!("{}: {error}", shortened(&address)));
    }

    /// Opens a page of somebody else's.
    pub async fn visit_address(&self, address: &str) {
        let visit = self.client.goto(address).await;
        visit.unwrap_or_else(|error| panic!("{address}: {error}"));
    }

    /// Goes into the frame at that place of the page.
    pub async fn enter_frame(&self, at: u16) {
        let entered = self.client.enter_frame(at).await;
        entered.unwrap_or_else(|error| panic!("frame {at}: {error}"));
    }

    /// Comes back to the page around the frame.
    pub async fn leave_frame(&self) {
        let left = self.client.enter_parent_frame().await;
        left.unwrap_or_else(|error| panic!("out of a frame: {error}"));
    }

    /// Opens that path and waits until the app is there.
    pub async fn visit_app(&self, path: &str) {
        self.visit(path).await;
        self.until_ready().await;
    }

    /// Waits until the app has taken over the page.
    pub async fn until_ready(&self) {
        self.until("the app is ready", "document.body.dataset.ready === '1'")
            .await;
    }

    /// What a JavaScript expression gives.
    pub async fn value(&self, expression: &str) -> Value {
        self.client
            .execute(&format!("return ({expression});"), Vec::new())
            .await
            .unwrap_or_else(|error| panic!("{expression}: {error}"))
    }

    /// Runs a script in the page.
    pub async fn run(&self, script: &str) {
        let run = self.client.execute(script, Vec::new()).await;
        run.unwrap_or_else(|error| panic!("{}: {error}", shortened(script)));
    }

    /// What a JavaScript expression gives, as text.
    pub async fn text(&self, expression: &str) -> String {
        match self.value(expression).await {
            Value::String(text) => text,
            other => other.to_string(),
        }
    }

    /// The text inside the element that a selector finds.
    pub async fn text_of(&self, selector: &str) -> String {
        let expression =
            format!("(document.querySelector({selector:?}) || {{}}).textContent || ''");
        self.text(&expression).await.trim().to_owned()
    }

    /// The query of the address.
    pub async fn query(&self) -> String {
        self.text("location.search").await
    }

    /// Waits up to ten seconds until the expression is true.
    pub async fn until(&self, what: &str, expression: &str) {
        self.within(Duration::from_secs(10), what, expression).await;
    }

    /// Waits until the expression is true, for so long at most.
    pub async fn within(&self, limit: Duration, what: &str, expression: &str) {
        let start = Instant::now();
        let script = format!("return ({expression});");
        loop {
            // A page that is being replaced may give an engine nothing to answer with.
            let found = self.client.execute(&script, Vec::new()).await;
            if matches!(found, Ok(Value::Bool(true))) {
                return;
            }
            if start.elapsed() > limit {
                let address = self.text("location.href").await;
                panic!(
                    "never true: {what} ({expression}, last {found:?}) at {}",
                    shortened(&address)
                );
            }
            self.rest(Duration::from_millis(30)).await;
        }
    }

    /// Lets the page live for a while.
    pub async fn rest(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }

    /// Presses keys while the element has the keyboard.
    pub async fn press(&self, selector: &str, keys: &str) {
        let element = self.client.find(Locator::Css(selector)).await;
        let pressed = match element {
            Ok(element) => element.send_keys(keys).await,
            Err(error) => Err(error),
        };
        pressed.unwrap_or_else(|error| panic!("keys to {selector}: {error}"));
    }

    /// Clicks on the element.
    pub async fn click(&self, selector: &str) {
        let element = self.client.find(Locator::Css(selector)).await;
        let clicked = match element {
            Ok(element) => element.click().await,
            Err(error) => Err(error),
        };
        clicked.unwrap_or_else(|error| panic!("a click on {selector}: {error}"));
    }

    /// True if the element is there and a reader sees it.
    pub async fn shows(&self, selector: &str) -> bool {
        match self.client.find(Locator::Css(selector)).await {
            Ok(element) => element.is_displayed().await.unwrap_or(false),
            Err(_) => false,
        }
    }

    /// Loads the page again.
    pub async fn reload(&self) {
        self.client.refresh().await.expect("the page loads again");
        self.until_ready().await;
    }

    /// Goes one step back.
    pub async fn back(&self) {
        self.client.back().await.expect("there is a step back");
    }

    /// What the site has left on this machine: cookies, stores, caches, workers.
    pub async fn left_behind(&self) -> Vec<String> {
        // Of the site, whoever's page a test ended on; nothing runs in it.
        self.visit("/texts.en.txt").await;
        let script = include_str!("scripts/left.js");
        let left = self.client.execute_async(script, Vec::new()).await;
        let left = left.expect("a page of the site can be asked");
        let mut left: Vec<String> = serde_json::from_value(left).expect("a list of texts");
        // Those too that no script sees.
        let cookies = self.client.get_all_cookies().await;
        let cookies = cookies.expect("cookies can be listed");
        left.extend(
            cookies
                .iter()
                .map(|cookie| format!("cookie: {}", cookie.name())),
        );
        left
    }

    /// A command of Chromium's own protocol.
    pub async fn devtools(&self, command: &str, parameters: Value) {
        let body = json!({ "cmd": command, "params": parameters });
        self.client
            .issue_cmd(Own("goog/cdp/execute", body))
            .await
            .unwrap_or_else(|error| panic!("{command}: {error}"));
    }

    /// Moves the mouse to that place in the window.
    pub async fn point(&self, x: f64, y: f64) {
        self.mouse("mouseMoved", x, y, 0).await;
    }

    /// Clicks at that place in the window.
    pub async fn click_at(&self, x: f64, y: f64) {
        self.point(x, y).await;
        self.mouse("mousePressed", x, y, 1).await;
        self.mouse("mouseReleased", x, y, 1).await;
    }

    async fn mouse(&self, kind: &str, x: f64, y: f64, clicks: u32) {
        let button = if clicks > 0 { "left" } else { "none" };
        let event = json!({ "type": kind, "x": x, "y": y, "button": button, "clickCount": clicks });
        self.devtools("Input.dispatchMouseEvent", event).await;
    }

    /// Taps at that place in the window with a finger.
    pub async fn tap(&self, x: f64, y: f64) {
        let touch = json!({ "enabled": true });
        self.devtools("Emulation.setTouchEmulationEnabled", touch)
            .await;
        for (kind, points) in [
            ("touchStart", json!([{ "x": x, "y": y }])),
            ("touchEnd", json!([])),
        ] {
            let event = json!({ "type": kind, "touchPoints": points });
            self.devtools("Input.dispatchTouchEvent", event).await;
        }
    }

    /// Makes the page that many pixels wide.
    pub async fn set_width(&self, width: u32) {
        self.set_size(width, 800).await;
    }

    /// Makes the window that many pixels wide and high.
    pub async fn set_size(&self, width: u32, height: u32) {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", size)
            .await;
    }

    /// Presses the pointer on the element, moves it over those pixels from its
    /// middle, and lets it go.
    pub async fn drag(&self, selector: &str, over: &[i64]) {
        let element = self.client.find(Locator::Css(selector)).await;
        let element = element.unwrap_or_else(|error| panic!("a drag on {selector}: {error}"));
        let to = |x: i64| PointerAction::MoveToElement {
            element: element.clone(),
            duration: Some(Duration::from_millis(50)),
            x: x as f64,
            y: 0.0,
        };
        let [first, rest @ ..] = over else {
            panic!("a drag goes over something")
        };
        let mut hand =
            MouseActions::new("hand".to_owned())
                .then(to(*first))
                .then(PointerAction::Down {
                    button: MOUSE_BUTTON_LEFT,
                });
        for x in rest {
            hand = hand.then(to(*x));
        }
        let hand = hand.then(PointerAction::Up {
            button: MOUSE_BUTTON_LEFT,
        });
        let dragged = self.client.perform_actions(hand).await;
        dragged.unwrap_or_else(|error| panic!("a drag on {selector}: {error}"));
    }

    /// What the log of that kind holds since it was last asked.
    async fn log(&self, kind: &str) -> Vec<Value> {
        let log = self
            .client
            .issue_cmd(Own("se/log", json!({ "type": kind })))
            .await;
        match log.expect("the browser keeps a log") {
            Value::Array(entries) => entries,
            other => panic!("the log of {kind} is {other}"),
        }
    }

    /// Errors on the console since it was last asked.
    pub async fn console_errors(&self) -> Vec<String> {
        self.log("browser")
            .await
            .iter()
            .filter(|entry| entry["level"] == "SEVERE")
            .map(|entry| shortened(entry["message"].as_str().unwrap_or("?")))
            .collect()
    }

    /// Addresses that were asked for and are not the site's own.
    pub async fn foreign_requests(&self) -> Vec<String> {
        let own = |address: &str| {
            address.starts_with(&self.origin)
                || ["data:", "blob:", "about:"]
                    .iter()
                    .any(|scheme| address.starts_with(scheme))
        };
        self.log("performance")
            .await
            .iter()
            .filter_map(|entry| serde_json::from_str::<Value>(entry["message"].as_str()?).ok())
            .filter(|event| event["message"]["method"] == "Network.requestWillBeSent")
            .filter_map(|event| {
                let request = &event["message"]["params"]["request"];
                request["url"].as_str().map(str::to_owned)
            })
            .filter(|address| !own(address))
            .collect()
    }
}

/// The beginning of a text that may be very long.
fn shortened(text: &str) -> String {
    text.chars().take(300).collect()
}

/// A command of chromedriver's own: the end of its address, and what it is sent.
#[derive(Debug)]
struct Own(&'static str, Value);

impl WebDriverCompatibleCommand for Own {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!(
            "session/{}/{}",
            session.unwrap_or_default(),
            self.0
        ))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.1.to_string()))
    }
}
