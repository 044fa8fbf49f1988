//! The map's memory: it asks the simulation only for cells that changed, and
//! changes none by it.

use figures::{Case, Figure, MapCells, Shown, map, map_from};
use sim::outcome::simulate;
use words::Lang;

/// The map of a link, drawn by `draw`.
fn drawn(query: &str, draw: impl FnOnce(&Shown) -> Figure) -> Figure {
    let link = sim::link::read(query);
    let states: Vec<_> = [Some(link.state), link.other]
        .into_iter()
        .flatten()
        .collect();
    let scenarios: Vec<_> = states.iter().map(|state| state.scenario()).collect();
    let outcomes: Vec<_> = scenarios.iter().map(simulate).collect();
    let case = |i: usize| Case {
        state: &states[i],
        scenario: &scenarios[i],
        outcome: &outcomes[i],
    };
    draw(&Shown {
        lang: Lang::En,
        width: 640,
        own: case(0),
        other: (states.len() > 1).then(|| case(1)),
        drawn: None,
    })
}

/// Verdicts that the next map asks for.
fn asked(cells: &mut MapCells, query: &str) -> u32 {
    let before = cells.verdicts();
    drawn(query, |shown| map_from(shown, cells));
    cells.verdicts() - before
}

/// This many chips train the model in some places; elsewhere larger clusters are
/// tried for the caption, which are no cells.
const MOST_TRIED: u32 = 8;

#[test]
fn node_and_dies_of_the_map_compute_no_cell() {
    let mut cells = MapCells::default();
    let first = asked(&mut cells, "");
    assert!((56..=56 + MOST_TRIED).contains(&first), "{first}");
    for query in [
        "dies=4",
        "node=tsmc-n5",
        "node=smic-14&dies=6",
        "dies=1&node=tsmc-n3e",
    ] {
        let more = asked(&mut cells, query);
        assert!(more <= MOST_TRIED, "{query}: {more}");
        assert_eq!(asked(&mut cells, query), 0, "{query} again");
    }
    // A column and a row of the reader's own.
    let column = asked(&mut cells, "dies=7");
    assert!((8..=8 + MOST_TRIED).contains(&column), "{column}");
    let row = asked(&mut cells, "node=tsmc-n10");
    assert!((7..=7 + MOST_TRIED).contains(&row), "{row}");
    assert_eq!(asked(&mut cells, ""), 0);
}

#[test]
fn what_cells_hang_on_computes_them_anew() {
    for query in [
        "chips=64",
        "date=2023-01-01",
        "area=300",
        "llm=llama-2-70b",
        "tpot=30",
    ] {
        let mut cells = MapCells::default();
        asked(&mut cells, "");
        assert!(asked(&mut cells, query) >= 56, "{query}");
    }
}

/// B's cells are remembered beside A's.
#[test]
fn two_maps_are_remembered() {
    let mut cells = MapCells::default();
    assert!(asked(&mut cells, "b.chips=64") >= 112);
    let more = asked(&mut cells, "dies=4&b.chips=64&b.dies=4");
    assert!(more <= MOST_TRIED, "{more}");
}

/// Whatever was drawn before, the map is the one drawn from nothing. What a reader
/// says of their own node (`d0`, figures of its row) moves with the choice of node.
#[test]
fn memory_changes_no_map() {
    let mut cells = MapCells::default();
    for query in [
        "",
        "dies=7",
        "d0=5",
        "d0=5&node=smic-n2",
        "node=smic-n2",
        "f.node.speed_ratio=0.5",
        "f.node.speed_ratio=0.5&node=tsmc-n5",
        "node=tsmc-n5",
        "node=tsmc-n10&dies=9&b.chips=64",
        "chip=h20",
        "chip=h20&node=smic-n2&date=2023-01-01",
        "tools=free&node=smic-n3",
        "chips=64&b.date=2023-01-01",
        "rule.r23=0",
        "",
    ] {
        let kept = drawn(query, |shown| map_from(shown, &mut cells));
        assert_eq!(kept, drawn(query, map), "{query}");
    }
}
