//! The rows that a scenario is made of, with the figures that a reader changed.

use crate::catalogue::*;
use crate::date::Date;
use std::ops::Deref;
use std::sync::Arc;

/// A row as a scenario uses it: as published, or with a reader's figures.
#[derive(Clone, Debug)]
pub struct Held<T: 'static> {
    published: &'static T,
    changed: Option<Arc<T>>,
}

impl<T> From<&'static T> for Held<T> {
    fn from(published: &'static T) -> Self {
        Self {
            published,
            changed: None,
        }
    }
}

impl<T> Deref for Held<T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.changed.as_deref().unwrap_or(self.published)
    }
}

impl<T: Figured> PartialEq for Held<T> {
    fn eq(&self, other: &Self) -> bool {
        let changed = match (&self.changed, &other.changed) {
            (None, None) => true,
            (Some(one), Some(other)) => are_same(&mut { **one }, &mut { **other }, T::FIELDS.len()),
            _ => false,
        };
        self.published.id() == other.published.id() && changed
    }
}

impl<T: Figured> Held<T> {
    /// That row, with what the reader changed if it is this one.
    pub fn or<'a>(&'a self, row: &'a T) -> &'a T {
        if row.id() == self.published.id() {
            self
        } else {
            row
        }
    }
}

/// A row that may be there, as [`Held::or`].
pub fn held_or<'a, T: Figured>(held: &'a Option<Held<T>>, row: &'a T) -> &'a T {
    held.as_ref().map_or(row, |held| held.or(row))
}

/// A figure of a row, in base units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Known {
    /// Lowest, central and highest published value.
    pub range: [f64; 3],
    /// How well it is known.
    pub tier: Tier,
    /// Key of its source.
    pub source: &'static str,
    /// The value in use.
    pub used: f64,
}

/// A row of whatever table, for those who change figures by name. What is done to it
/// stands below once, and not once for each table.
pub trait Changeable {
    /// Its figures.
    fn fields(&self) -> &'static [Field];
    /// Its id.
    fn id(&self) -> &'static str;
    /// The row as published, to be read.
    fn published(&self) -> Box<dyn Written>;
    /// The row in use, to be read.
    fn used(&self) -> Box<dyn Written>;
    /// The row in use, to be changed.
    fn change(&mut self) -> &mut dyn Written;
}

/// A row whose figures can be read and set.
pub trait Written {
    /// The figure at that place; `None` where the row lacks it.
    fn pen(&mut self, field: usize) -> Option<&mut dyn Pen>;
    /// Puts numbers in the places of several. Once for each table, since draws do it.
    fn pin_all(&mut self, fields: &[u16], values: &[f64]);
}

impl<T: Figured> Written for T {
    fn pen(&mut self, field: usize) -> Option<&mut dyn Pen> {
        Figured::pen(self, field)
    }

    fn pin_all(&mut self, fields: &[u16], values: &[f64]) {
        for (field, value) in fields.iter().zip(values) {
            self.pin(usize::from(*field), *value);
        }
    }
}

impl<T: Figured> Changeable for Held<T> {
    fn fields(&self) -> &'static [Field] {
        T::FIELDS
    }

    fn id(&self) -> &'static str {
        self.published.id()
    }

    fn published(&self) -> Box<dyn Written> {
        Box::new(*self.published)
    }

    fn used(&self) -> Box<dyn Written> {
        Box::new(**self)
    }

    fn change(&mut self) -> &mut dyn Written {
        let published = self.published;
        let row = self.changed.get_or_insert_with(|| Arc::new(*published));
        Arc::<T>::make_mut(row)
    }
}

impl dyn Changeable + '_ {
    /// All its figures; `None` for those that the row lacks.
    pub fn all(&self) -> Vec<Option<Known>> {
        let (mut published, mut used) = (self.published(), self.used());
        let mut known = |field: usize| {
            let pen = published.pen(field)?;
            Some(Known {
                range: pen.range(),
                tier: pen.tier(),
                source: pen.source(),
                used: used.pen(field)?.range()[1],
            })
        };
        (0..self.fields().len()).map(&mut known).collect()
    }

    /// The published range of the figure at that place.
    pub fn range(&self, field: usize) -> Option<[f64; 3]> {
        self.published().pen(field).map(|pen| pen.range())
    }

    /// Puts another in its place.
    pub fn pin(&mut self, field: usize, value: f64) {
        self.pin_all(&[field as u16], &[value]);
    }

    /// Puts others in the places of several.
    pub fn pin_all(&mut self, fields: &[u16], values: &[f64]) {
        self.change().pin_all(fields, values);
    }
}

/// Whether rows of one table have the same figures.
fn are_same(one: &mut dyn Written, other: &mut dyn Written, fields: usize) -> bool {
    let mut same = (0..fields).map(|field| {
        let [one, other] = [one.pen(field), other.pen(field)].map(|pen| pen.map(|pen| pen.range()));
        one == other
    });
    same.all(|same| same)
}

/// The rows that a scenario starts from.
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    /// The chip.
    pub chip: Held<ChipRow>,
    /// What it stands in.
    pub system: Held<SystemRow>,
    /// The node of its compute dies.
    pub node: Held<NodeRow>,
    /// The memory beside them.
    pub memory: Held<MemoryRow>,
    /// What joins them, where that is not the published link.
    pub link: Option<Held<LinkRow>>,
    /// The designer, for chips designed in China.
    pub family: Option<Held<FamilyRow>>,
    /// The language model.
    pub llm: Held<LlmRow>,
    /// The place.
    pub place: Held<PlaceRow>,
    /// The software stack.
    pub stack: Held<StackRow>,
    /// Kernel constants of the chip on that stack.
    pub kernels: Held<KernelsRow>,
    /// The program, if the reader picked one.
    pub engine: Option<Held<EngineRow>>,
    /// What tools let Chinese fabs do.
    pub regime: Held<RegimeRow>,
    /// Everything else.
    pub assumptions: Held<Assumptions>,
    /// Whether China waives a part of the bill where the chips are its own.
    pub waived: bool,
    /// The day of the rules.
    pub date: Date,
    /// The day of the fabs.
    pub fabs: Date,
}

/// A name in links and the figures of a table.
type Table = (&'static str, &'static [Field]);

/// Tables of [`Rows`], in the order of links.
pub const FIGURES: [Table; 13] = [
    ("chip", ChipRow::FIELDS),
    ("system", SystemRow::FIELDS),
    ("node", NodeRow::FIELDS),
    ("memory", MemoryRow::FIELDS),
    ("link", LinkRow::FIELDS),
    ("family", FamilyRow::FIELDS),
    ("llm", LlmRow::FIELDS),
    ("place", PlaceRow::FIELDS),
    ("stack", StackRow::FIELDS),
    ("kernels", KernelsRow::FIELDS),
    ("engine", EngineRow::FIELDS),
    ("regime", RegimeRow::FIELDS),
    ("assumption", Assumptions::FIELDS),
];

impl Rows {
    /// The node that the chip is sold on.
    pub fn own_node(&self) -> &NodeRow {
        if self.node.id == self.chip.node {
            return &self.node;
        }
        node(self.chip.node).unwrap_or(&NODES[0])
    }

    /// The memory that it is sold with.
    pub fn own_memory(&self) -> &MemoryRow {
        if self.memory.id == self.chip.memory_kind {
            return &self.memory;
        }
        memory(self.chip.memory_kind).unwrap_or(&MEMORIES[0])
    }

    /// The row of the table at that place in [`FIGURES`], if the scenario uses one.
    pub fn table(&mut self, table: usize) -> Option<&mut dyn Changeable> {
        fn some<T: Figured>(held: &mut Option<Held<T>>) -> Option<&mut dyn Changeable> {
            held.as_mut().map(|held| held as &mut dyn Changeable)
        }
        Some(match table {
            0 => &mut self.chip,
            1 => &mut self.system,
            2 => &mut self.node,
            3 => &mut self.memory,
            4 => return some(&mut self.link),
            5 => return some(&mut self.family),
            6 => &mut self.llm,
            7 => &mut self.place,
            8 => &mut self.stack,
            9 => &mut self.kernels,
            10 => return some(&mut self.engine),
            11 => &mut self.regime,
            12 => &mut self.assumptions,
            _ => return None,
        })
    }
}
