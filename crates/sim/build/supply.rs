//! The fields of the supply tables, in the order of `catalogue/supply.rs`.

use super::figure::Bound::{NotNegative, Positive, Share};
use super::figure::RATIO;
use super::row::Row;
use super::tables::country;

/// `PoolRow`, after its id.
pub fn pool(row: &mut Row) {
    country(row);
}

/// `CapacityRow`, after its id.
pub fn capacity(row: &mut Row) {
    row.reference("pool", "pool");
    row.optional_text("fab");
    row.count("year", 2020);
    row.figure("wafers", "WaferRate", Positive);
}

/// `FamilyRow`, after its id.
pub fn family(row: &mut Row) {
    row.text("name");
    row.figure("share", RATIO, Share);
    row.figure("stock", RATIO, NotNegative);
    row.references("stock_of", "memory");
    if row.has("bank") != row.has("bank_die") {
        row.error(
            "bank_die",
            "stands with `bank`: dies from abroad have an area",
        );
    }
    row.optional_figure("bank", RATIO, NotNegative);
    row.optional_figure("bank_die", "Area", Positive);
}

/// `DomesticRow`, after its id.
pub fn domestic(row: &mut Row) {
    row.reference("memory", "memory");
    row.count("year", 2020);
    row.figure("stacks", RATIO, NotNegative);
}

/// `InstalledRow`, after its id.
pub fn installed(row: &mut Row) {
    row.count("year", 2020);
    row.figure("chips", RATIO, Positive);
}

/// `ReportedRow`, after its id.
pub fn reported(row: &mut Row) {
    row.reference("family", "family");
    row.count("year", 2020);
    row.figure("packages", RATIO, Positive);
}
