//! In how many draws each crossing of the map works, on both figures that say so.

use super::study;
use doubt::Study;
use figures::{Figure, all, all_drawn, map_dies, map_nodes, map_shares};
use sim::scenario::Scenario;
use sim::state::State;
use words::Lang;

/// A figure that shows draws of the map's crossings, and these.
struct Shared {
    study: Study,
    scenario: Scenario,
    other: Option<Scenario>,
    shares: Vec<doubt::Cell>,
    figure: Figure,
}

fn shared(link: &str, id: &str) -> Shared {
    let read = sim::link::read(link);
    let (state, study) = study(link);
    let scenario = state.scenario();
    let other = read.other.as_ref().map(State::scenario);
    let shares = map_shares(&study, &state, &scenario, other.as_ref()).run();
    let all = all_drawn(Lang::En, &state, read.other.as_ref(), 640, Some(&study));
    let figure = all.into_iter().find(|figure| figure.id == id);
    Shared {
        study,
        scenario,
        other,
        shares,
        figure: figure.expect("it is there"),
    }
}

/// A crossing's two rows say the shares of its draws, to the digit, and so does its
/// mark; where nothing is in doubt all draws say the same.
#[test]
fn the_maps_shares_are_those_of_its_draws() {
    for link in [
        "",
        "p=train-8192",
        "chip=ascend-910c&llm=deepseek-v3&b.dies=7",
    ] {
        let link = format!("v=1&draws=60&{link}");
        let Shared {
            scenario,
            other,
            shares,
            figure: map,
            ..
        } = shared(&link, "figure-map");
        let columns = map_dies(&scenario, other.as_ref()).len();
        let nodes = shares.len() / columns;
        let rows = &map.table.rows[map.table.rows.len() - 2 * nodes..];
        for (i, cell) in shares.iter().enumerate() {
            let at = |row: usize| match rows[2 * (i / columns) + row][1 + i % columns].holds {
                figures::Holds::Number(share, "ratio") => share,
                ref holds => panic!("{holds:?} is no share"),
            };
            assert_eq!(
                [at(0), at(1)],
                [cell.trains_share, cell.serves_share],
                "{link}"
            );
            assert!((0.0..=1.0).contains(&at(0)) && (0.0..=1.0).contains(&at(1)));
        }
        let doubtful = shares
            .iter()
            .filter(|c| (0.1..0.9).contains(&c.trains_share))
            .count();
        assert!(doubtful > 0, "{link}: nothing lies between the lines");
        assert!(map.drawing.svg.contains("class=\"contour\""), "{link}");
    }
}

/// How sure a choice is, by dies and by node, is what the map's draws say there; and
/// of the choice itself, what the answers say.
#[test]
fn the_shares_by_dies_and_by_node_are_the_maps() {
    for link in [
        "v=1",
        "p=train-8192",
        "dies=7&node=samsung-5",
        "v=1&b.dies=7",
    ] {
        let link = [link, "&draws=60"].concat();
        let Shared {
            study,
            scenario,
            shares,
            figure,
            ..
        } = shared(&link, "figure-sure");
        let of = |row: &[figures::Cell]| match (row[1].holds, row[2].holds) {
            (figures::Holds::Number(serves, "ratio"), figures::Holds::Number(trains, "ratio")) => {
                [serves, trains]
            }
            holds => panic!("{holds:?} are no shares"),
        };
        let dies = map_dies(&scenario, None);
        let nodes = map_nodes(&scenario, None);
        let rows = &figure.table.rows;
        assert_eq!(rows.len(), dies.len() + nodes.len(), "{link}");
        let places = dies.iter().map(|dies| (scenario.node_id, *dies));
        let nodes = nodes.iter().map(|node| (node.id, scenario.design.dies));
        let answer = study.so_far();
        let own = [answer.serves_share, answer.trains_share];
        for (row, (node, dies)) in rows.iter().zip(places.chain(nodes)) {
            let found = shares.iter().find(|c| c.node.id == node && c.dies == dies);
            let found = found.expect("a crossing");
            let is_own = (node, dies) == (scenario.node_id, scenario.design.dies);
            let expected = match is_own {
                true => own,
                false => [found.serves_share, found.trains_share],
            };
            assert_eq!(of(row), expected, "{link}: {row:?}");
        }
        for share in own {
            let said = [" ", &Lang::En.percent(share)].concat();
            assert!(figure.caption.contains(&said), "{link}: {}", figure.caption);
        }
        assert_eq!(figure.drawing.marks.len(), rows.len(), "{link}");
    }
    let state = sim::link::read("v=1").state;
    let without = all(Lang::En, &state, None, 640);
    let without = without
        .iter()
        .find(|f| f.id == "figure-sure")
        .expect("it is there");
    assert!(without.table.rows.is_empty() && without.drawing.marks.is_empty());
}

#[test]
fn without_doubt_a_crossing_works_always_or_never() {
    let mut link = sim::link::read("v=1&draws=60");
    for input in sim::inputs::inputs(&link.state) {
        link.view.doubt.pin(&input);
    }
    let study = Study::new(&link.state, &link.view.doubt).run();
    let shares = map_shares(&study, &link.state, &link.state.scenario(), None).run();
    let certain = |share: f64| share == 0.0 || share == 1.0;
    let all = shares.iter();
    for cell in all.filter(|c| !certain(c.trains_share) || !certain(c.serves_share)) {
        // Another node or memory brings figures of its own, which nobody pinned.
        let own = link.state.scenario();
        assert_ne!(cell.node.id, own.node_id, "{} dies", cell.dies);
    }
}
