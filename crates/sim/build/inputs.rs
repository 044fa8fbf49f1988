//! What a row's figures are called and how each is reached, so that a reader can
//! change any of them.

use super::row::FigureField;
use std::fmt::Write;

/// Tables of whose rows a scenario uses one.
pub const TABLES: [&str; 12] = [
    "chip", "system", "node", "memory", "link", "family", "llm", "place", "stack", "kernels",
    "engine", "regime",
];

/// `impl Figured` for the row type; `id` is the Rust text of a row's id.
pub fn figured(row: &str, id: &str, fields: &[FigureField]) -> String {
    let mut known = String::new();
    let (mut pens, mut pins) = (String::new(), String::new());
    for (i, field) in fields.iter().enumerate() {
        let FigureField {
            path,
            quantity,
            bound,
            optional,
        } = field;
        let _ = writeln!(
            known,
            "        Field {{ name: {path:?}, unit: Unit::{quantity}, bound: Bound::{bound:?} }},"
        );
        let (pen, pin) = if *optional {
            (
                format!("self.{path}.as_mut().map(|figure| figure as &mut dyn Pen)"),
                format!("if let Some(figure) = &mut self.{path} {{ figure.pin(value) }}"),
            )
        } else {
            (
                format!("Some(&mut self.{path})"),
                format!("self.{path}.pin(value)"),
            )
        };
        let _ = writeln!(pens, "            {i} => {pen},");
        let _ = writeln!(pins, "            {i} => {pin},");
    }
    format!(
        "impl Figured for {row} {{\n    const FIELDS: &'static [Field] = &[\n{known}    ];\n    \
         fn id(&self) -> &'static str {{\n        {id}\n    }}\n    \
         fn pen(&mut self, field: usize) -> Option<&mut dyn Pen> {{\n        match field {{\n{pens}            \
         _ => None,\n        }}\n    }}\n    \
         fn pin(&mut self, field: usize, value: f64) {{\n        match field {{\n{pins}            \
         _ => {{}}\n        }}\n    }}\n}}\n"
    )
}
