//! Going through all of the page: everything opened, everything drawn, one press of
//! a key after the other.

use super::Browser;
use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::wd::WebDriverCompatibleCommand;
use std::time::Duration;

/// How long a page with everything open may take.
pub const PATIENCE: Duration = Duration::from_secs(180);

/// Shift, as WebDriver writes it.
const SHIFT: char = '\u{E008}';

impl Browser {
    /// Has everything opened that can be, but for the buttons and summaries that
    /// the selector finds.
    pub async fn open_all_but(&self, selector: &str) {
        self.run(&format!("window.leaveClosed = {selector:?}"))
            .await;
        self.run(include_str!("../scripts/open.js")).await;
        let opened = "window.opened === true";
        self.within(PATIENCE, "all is open", opened).await;
    }

    /// Scrolls to the end of the page and back, so that all of it is drawn.
    pub async fn walk(&self) {
        self.run(include_str!("../scripts/walk.js")).await;
        let walked = "window.walked === true";
        self.within(PATIENCE, "all is drawn", walked).await;
    }

    /// Presses a key wherever the keyboard is, with Shift held or not.
    pub async fn press_anywhere(&self, key: char, shift: bool) {
        let mut keys = KeyActions::new("keyboard".to_owned());
        if shift {
            keys = keys.then(KeyAction::Down { value: SHIFT });
        }
        keys = keys
            .then(KeyAction::Down { value: key })
            .then(KeyAction::Up { value: key });
        if shift {
            keys = keys.then(KeyAction::Up { value: SHIFT });
        }
        let pressed = self.client.perform_actions(keys).await;
        pressed.expect("a key can be pressed");
    }

    /// What a screen reader is told that the element with the keyboard is called.
    pub async fn name_of_focused(&self) -> String {
        let element = self.client.active_element().await;
        let id = element.expect("an element has the keyboard").element_id();
        let name = self.client.issue_cmd(Label(id.to_string())).await;
        let name = name.expect("the browser knows its name");
        name.as_str().unwrap_or_default().to_owned()
    }
}

/// Asks what an element is called.
#[derive(Debug)]
struct Label(String);

impl WebDriverCompatibleCommand for Label {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        let session = session.unwrap_or_default();
        base.join(&format!(
            "session/{session}/element/{}/computedlabel",
            self.0
        ))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (http::Method::GET, None)
    }
}
