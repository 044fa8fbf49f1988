//! The page.
use leptos::prelude::*;

fn main() {
    leptos::mount::mount_to_body(|| view! { <p id="hello">"Silicon Gap"</p> });
}
