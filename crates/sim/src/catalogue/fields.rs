//! The figures of a row by name: where each may lie, and the unit that links
//! write it in.

use super::{Figure, Tier};
use units::*;

/// Where a figure may lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Above zero.
    Positive,
    /// Zero or above.
    NotNegative,
    /// From 0 to 1.
    Share,
    /// One or above.
    AtLeastOne,
    /// A loss of less than everything, or a gain.
    Change,
}

macro_rules! link_units {
    ($($quantity:ident $symbol:literal $factor:literal;)+) => {
        /// A quantity, for the one unit that links write it in.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "the names are the quantities'")]
        pub enum Unit { $($quantity),+ }

        impl Unit {
            /// The unit's sign; none for a bare number.
            pub const fn symbol(self) -> &'static str {
                match self { $(Self::$quantity => $symbol),+ }
            }
            /// Base units of the quantity in it.
            pub const fn factor(self) -> f64 {
                match self { $(Self::$quantity => $factor),+ }
            }
        }
    };
}

// As the controls have them where they have one.
link_units! {
    Ratio "" 1.0;
    Bytes "GB" 1e9;
    Bandwidth "GB/s" 1e9;
    OpRate "TFLOP/s" 1e12;
    Ops "TFLOP" 1e12;
    Time "s" 1.0;
    Power "W" 1.0;
    Energy "J" 1.0;
    EnergyPerByte "pJ/B" 1e-12;
    EnergyPerOp "pJ/op" 1e-12;
    Money "$" 1.0;
    EnergyPrice "$/kWh" 1.0;
    CarbonIntensity "g/kWh" 1.0;
    CarbonMass "g" 1.0;
    Area "mm²" 1.0;
    Length "mm" 1.0;
    DefectDensity "/cm²" 1.0;
    TransistorDensity "MTr/mm²" 1.0;
    Transistors "GTr" 1e9;
    MoneyPerArea "$/mm²" 1.0;
    MoneyPerByte "$/GB" 1e-9;
    BandwidthPerLength "GB/s/mm" 1e9;
    WaferRate "kwpm" 1e3;
    MoneyPerWaferRate "M$/kwpm" 1e3;
    FailureRate "/1000/day" 1.0;
    Temperature "°C" 1.0;
    ActivationEnergy "eV" 1.0;
}

/// A field that is a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Field {
    /// Its name in the data, after those of the tables that it stands in.
    pub name: &'static str,
    /// Its unit.
    pub unit: Unit,
    /// Where it may lie.
    pub bound: Bound,
}

/// A figure to be read, whatever its quantity, in base units.
pub trait Pen {
    /// Lowest, central and highest value.
    fn range(&self) -> [f64; 3];
    /// How well it is known.
    fn tier(&self) -> Tier;
    /// Key of its source.
    fn source(&self) -> &'static str;
}

impl<Q: Quantity> Pen for Figure<Q> {
    fn range(&self) -> [f64; 3] {
        [self.low.get(), self.central.get(), self.high.get()]
    }

    fn tier(&self) -> Tier {
        self.tier
    }

    fn source(&self) -> &'static str {
        self.source
    }
}

impl<Q: Quantity> Figure<Q> {
    /// Puts a number in base units in its place: what is known has no range.
    pub(crate) fn pin(&mut self, value: f64) {
        *self.low.number_mut() = value;
        *self.central.number_mut() = value;
        *self.high.number_mut() = value;
    }
}

/// A row with figures. Written by the baker for each row type.
pub trait Figured: Copy + PartialEq {
    /// Its figures, in the order of the data's tables.
    const FIELDS: &'static [Field];
    /// Its name; none for the assumptions, of which there is one row.
    fn id(&self) -> &'static str;
    /// The figure at that place; `None` where the row lacks it.
    fn pen(&mut self, field: usize) -> Option<&mut dyn Pen>;
    /// Puts a number in its place. Draws put a hundred each, which through a
    /// [`Pen`] would be as many calls of unknown functions.
    fn pin(&mut self, field: usize, value: f64);
}
