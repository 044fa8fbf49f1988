//! What a link's reader is told about what was not taken as it stood.

use crate::Lang;
use sim::controls::CONTROLS;
use sim::link::Notice;
use sim::state::Value;

/// The notice as one sentence.
pub fn sentence(lang: Lang, notice: &Notice) -> String {
    match notice {
        Notice::TooLong => lang.text("notice.too_long").to_owned(),
        Notice::NotText => lang.text("notice.not_text").to_owned(),
        Notice::UnknownKey(key) => lang.fill("notice.unknown_key", &[("key", key)]),
        Notice::NotYet(key) => lang.fill("notice.not_yet", &[("key", key)]),
        Notice::Repeated(key) => lang.fill("notice.repeated", &[("key", key)]),
        Notice::BadValue { key, value } => {
            lang.fill("notice.bad_value", &[("key", key), ("value", value)])
        }
        Notice::Clamped { key, value, held } => {
            let own = key.strip_prefix("b.").unwrap_or(key);
            let text = CONTROLS
                .iter()
                .find(|control| control.key == own)
                .map_or_else(
                    // A rule's threshold.
                    || lang.number(*held, 6),
                    |control| sim::link::text_of(control, Value::Number(*held)),
                );
            lang.fill(
                "notice.clamped",
                &[("key", key), ("value", value), ("held", &text)],
            )
        }
        Notice::Crossed { key, value } => {
            lang.fill("notice.crossed", &[("key", key), ("value", value)])
        }
        Notice::NoWidth { key, value } => {
            lang.fill("notice.no_width", &[("key", key), ("value", value)])
        }
        Notice::LogFromZero { key, value } => {
            lang.fill("notice.log_from_zero", &[("key", key), ("value", value)])
        }
        Notice::UnknownPreset(id) => lang.fill("notice.unknown_preset", &[("id", id)]),
        Notice::NewerVersion(version) => lang.fill("notice.newer_version", &[("version", version)]),
    }
}
