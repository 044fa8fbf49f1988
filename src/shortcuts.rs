//! Keys that do what buttons do: few, listed in a dialog, and single letters can
//! be switched off there.

use crate::browser::{self, Place, Pressed};
use crate::history::{History, Way};
use crate::session::Session;
use leptos::prelude::*;
use words::Lang;

/// What a key does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    /// Goes a step through the history.
    Go(Way),
    /// Presses the first of these buttons that is there.
    Press(&'static [&'static str]),
    /// Brings the keyboard to the element of that id.
    Jump(&'static str),
}

/// Keys without Ctrl, what they do and the text that says so.
const LETTERS: [(&str, Act, &str); 9] = [
    ("R", Act::Press(&["reset"]), "page.reset"),
    ("C", Act::Press(&["copy-link"]), "page.copy"),
    (
        "B",
        Act::Press(&["compare-swap", "compare-pin"]),
        "page.keys.beside",
    ),
    ("T", Act::Press(&["theme"]), "page.theme.name"),
    ("A", Act::Jump("answers"), "page.answers"),
    ("L", Act::Jump("levers"), "page.levers"),
    ("M", Act::Jump("figure-map"), "page.keys.map"),
    ("/", Act::Jump("figures-search"), "page.keys.search"),
    ("?", Act::Press(&["keys"]), "page.keys.title"),
];

/// Keys with Ctrl or ⌘, as they are shown.
const HISTORY: [(&str, &str); 2] = [
    ("Ctrl/⌘ + Z", "page.undo.name"),
    ("Ctrl/⌘ + ⇧ + Z · Ctrl + Y", "page.redo.name"),
];

/// What the key does; nothing where it means something to what has the keyboard.
fn act(pressed: &Pressed, letters: bool) -> Option<Act> {
    let key = pressed.key.as_str();
    match (pressed.place, pressed.ctrl || pressed.command) {
        (Place::Text | Place::Dialog, _) => None,
        (_, true) => match (key.to_ascii_lowercase().as_str(), pressed.shift) {
            ("z", false) => Some(Act::Go(Way::Back)),
            ("z", true) => Some(Act::Go(Way::Forth)),
            // ⌘Y is the browser's own.
            ("y", false) if !pressed.command => Some(Act::Go(Way::Forth)),
            _ => None,
        },
        (Place::Page, false) if letters && !pressed.repeat => LETTERS
            .iter()
            .find(|(letter, ..)| letter.eq_ignore_ascii_case(key))
            .map(|(_, act, _)| *act),
        _ => None,
    }
}

/// Listens to keys; gives the switch of single letters. Inside another page,
/// which has no such switch, they do nothing.
pub fn listen(session: Session, history: History) -> RwSignal<bool> {
    let letters = RwSignal::new(true);
    browser::on_key(move |pressed| {
        let embedded = session.view.with_untracked(|view| view.embed);
        match act(pressed, letters.get_untracked() && !embedded) {
            Some(Act::Go(way)) => history.go(way),
            Some(Act::Press(ids)) => browser::press(ids),
            Some(Act::Jump(id)) => browser::go_to(id),
            None => false,
        }
    });
    letters
}

/// The button that lists the keys, and the list.
pub fn dialog(lang: Lang, letters: RwSignal<bool>) -> AnyView {
    let row = |(key, name): (&'static str, &'static str)| {
        view! { <div><dt><kbd>{key}</kbd></dt><dd>{lang.text(name)}</dd></div> }.into_any()
    };
    let rows: Vec<AnyView> = HISTORY
        .into_iter()
        .chain(LETTERS.map(|(key, _, name)| (key, name)))
        .map(row)
        .collect();
    let title = lang.text("page.keys.title");
    view! {
        <button type="button" id="keys" class="quiet sign" aria-label=title title=title
            aria-haspopup="dialog" on:click=|_| browser::show_dialog("keys-list")>
            <span aria-hidden="true">"?"</span>
        </button>
        <dialog id="keys-list" class="keys" aria-labelledby="keys-title">
            <h2 id="keys-title">{title}</h2>
            <dl>{rows}</dl>
            <label class="keys-letters">
                <input type="checkbox" prop:checked=move || letters.get()
                    on:change=move |_| letters.update(|on| *on = !*on) />
                {lang.text("page.keys.letters")}
            </label>
            <form method="dialog"><button class="quiet">{lang.text("page.explain.close")}</button></form>
        </dialog>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(keys: &str, place: Place) -> Pressed {
        let mut parts: Vec<&str> = keys.split('+').collect();
        let key = parts.pop().unwrap_or_default().to_owned();
        Pressed {
            key,
            ctrl: parts.contains(&"Ctrl"),
            command: parts.contains(&"Cmd"),
            shift: parts.contains(&"Shift"),
            repeat: parts.contains(&"Held"),
            place,
        }
    }

    #[test]
    fn undo_and_redo_have_their_usual_keys() {
        let on = |keys| act(&pressed(keys, Place::Page), true);
        for keys in ["Ctrl+z", "Cmd+z"] {
            assert_eq!(on(keys), Some(Act::Go(Way::Back)), "{keys}");
        }
        for keys in ["Ctrl+Shift+Z", "Cmd+Shift+z", "Ctrl+y"] {
            assert_eq!(on(keys), Some(Act::Go(Way::Forth)), "{keys}");
        }
    }

    #[test]
    fn the_browsers_keys_stay_its_own() {
        for keys in [
            "Cmd+y",
            "Ctrl+r",
            "Ctrl+Shift+R",
            "Ctrl+c",
            "Cmd+l",
            "Ctrl+/",
        ] {
            assert_eq!(act(&pressed(keys, Place::Page), true), None, "{keys}");
        }
    }

    #[test]
    fn letters_are_for_the_page_and_can_be_switched_off() {
        let reset = Some(Act::Press(&["reset"]));
        assert_eq!(act(&pressed("r", Place::Page), true), reset);
        assert_eq!(act(&pressed("Shift+R", Place::Page), true), reset);
        assert_eq!(act(&pressed("Held+r", Place::Page), true), None);
        assert_eq!(act(&pressed("r", Place::Page), false), None);
        for place in [Place::Text, Place::List, Place::Dialog] {
            assert_eq!(act(&pressed("r", place), true), None, "{place:?}");
        }
    }

    #[test]
    fn a_text_field_has_its_own_undo() {
        assert_eq!(act(&pressed("Ctrl+z", Place::Text), true), None);
        assert!(act(&pressed("Ctrl+z", Place::List), false).is_some());
    }
}
