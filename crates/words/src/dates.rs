//! Days and months as each language writes them.

use crate::Lang;
use crate::numbers::SPACE;
use sim::date::Date;

impl Lang {
    /// A month and its year.
    pub fn month(self, day: Date) -> String {
        let name = self
            .text(&format!("page.month.m{}", day.month()))
            .to_owned();
        format!("{name}{SPACE}{}", day.year())
    }

    /// A whole date.
    pub fn date(self, day: Date) -> String {
        let first = match (self, day.day()) {
            (Lang::Fr, 1) => "1er".to_owned(),
            (_, day) => day.to_string(),
        };
        format!("{first}{SPACE}{}", self.month(day))
    }
}
