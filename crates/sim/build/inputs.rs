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
    let (mut pens, mut numbers) = (String::new(), String::new());
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
        let (pen, three) = if *optional {
            (
                format!("self.{path}.as_mut().map(|figure| figure as &mut dyn Pen)"),
                format!("self.{path}.as_mut().map(Figure::numbers)"),
            )
        } else {
            (
                format!("Some(&mut self.{path})"),
                format!("Some(self.{path}.numbers())"),
            )
        };
        let _ = writeln!(pens, "            {i} => {pen},");
        let _ = writeln!(numbers, "            {i} => {three},");
    }
    format!(
        "impl Figured for {row} {{\n    const FIELDS: &'static [Field] = &[\n{known}    ];\n    \
         fn id(&self) -> &'static str {{\n        {id}\n    }}\n    \
         fn pen(&mut self, field: usize) -> Option<&mut dyn Pen> {{\n        match field {{\n{pens}            \
         _ => None,\n        }}\n    }}\n    \
         fn numbers(&mut self, field: usize) -> Option<[&mut f64; 3]> {{\n        match field {{\n{numbers}            \
         _ => None,\n        }}\n    }}\n}}\n"
    )
}
