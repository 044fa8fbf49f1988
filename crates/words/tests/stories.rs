//! The passages hold whatever their readers do to them.

use sim::state::State;
use words::Lang;
use words::stories::{Lever, PASSAGES, Passage, Piece, Stop};

fn stops(passage: &Passage, lever: &Lever) -> Vec<Stop> {
    lever.stops(Lang::En, &passage.states())
}

/// The passage's scenarios with each of its levers at each of its stops.
fn every_choice(passage: &Passage) -> Vec<Vec<State>> {
    let levers = passage.levers.iter();
    levers.fold(vec![passage.states()], |all, lever| {
        let moved = |states: &Vec<State>| {
            stops(passage, lever)
                .into_iter()
                .map(|stop| {
                    let mut states = states.clone();
                    lever.set(&mut states, stop.value);
                    states
                })
                .collect::<Vec<_>>()
        };
        all.iter().flat_map(moved).collect()
    })
}

fn results(passage: &Passage, states: &[State]) -> Vec<Piece> {
    let mut pieces = passage.tell(Lang::En, states).pieces;
    pieces.retain(|piece| matches!(piece, Piece::Result(..)));
    pieces
}

#[test]
fn every_choice_makes_a_whole_sentence() {
    for passage in &PASSAGES {
        for lang in Lang::ALL {
            let placeholders = lang
                .text(&format!("story.{}.text", passage.id))
                .matches('{')
                .count();
            for states in every_choice(passage) {
                let story = passage.tell(lang, &states);
                let filled = story.pieces.iter();
                let filled = filled.filter(|piece| !matches!(piece, Piece::Text(_)));
                assert_eq!(filled.count(), placeholders, "{}", story.text());
                for piece in &story.pieces {
                    let text = piece.text();
                    assert!(!text.is_empty(), "{}: {}", passage.id, story.text());
                    // Not a number, and no text under that key.
                    for wrong in ["—", "NaN", "story."] {
                        assert!(!text.contains(wrong), "{}: {text}", passage.id);
                    }
                }
                let text = story.text();
                for wrong in ["{", "}", "  ", " ,", " .", "..", ",,"] {
                    assert!(!text.contains(wrong), "{}: {wrong:?}: {text}", passage.id);
                }
            }
        }
    }
}

#[test]
fn every_lever_moves_a_result() {
    for passage in &PASSAGES {
        for lever in passage.levers {
            let before = results(passage, &passage.states());
            let moves = stops(passage, lever).into_iter().any(|stop| {
                let mut states = passage.states();
                lever.set(&mut states, stop.value);
                results(passage, &states) != before
            });
            assert!(moves, "{}: {} changes nothing", passage.id, lever.key);
        }
    }
}

#[test]
fn a_lever_says_what_it_was_set_to() {
    for passage in &PASSAGES {
        for lever in passage.levers {
            let (presets, all) = (passage.states(), stops(passage, lever));
            let now = lever.value(&presets);
            let here = all.iter().any(|stop| Some(stop.value) == now);
            assert!(here, "{}: {} begins at {now:?}", passage.id, lever.key);
            for stop in all {
                let mut states = presets.clone();
                lever.set(&mut states, stop.value);
                assert_eq!(lever.value(&states), Some(stop.value), "{}", lever.key);
            }
        }
    }
}

#[test]
fn scenes_have_names_where_there_are_several() {
    for passage in &PASSAGES {
        for lang in Lang::ALL {
            let names = passage.names(lang);
            assert_eq!(names.len(), passage.states().len(), "{}", passage.id);
            let named = names.iter().all(|name| !name.is_empty());
            assert_eq!(named, names.len() > 1, "{}", passage.id);
        }
    }
}

/// The numbers of a text, as they are written.
fn numbers(text: &str) -> Vec<&str> {
    text.split([' ', '\u{a0}', '\n'])
        .map(|word| word.trim_matches(|c: char| !c.is_ascii_digit()))
        .filter(|word| !word.is_empty())
        .collect()
}

#[test]
fn each_number_is_what_its_explanation_gives() {
    for passage in &PASSAGES {
        for states in every_choice(passage).into_iter().step_by(7) {
            for piece in passage.tell(Lang::En, &states).pieces {
                let Piece::Result(text, origin) = piece else {
                    continue;
                };
                if origin.subjects.is_empty() {
                    continue;
                }
                let steps = passage.explain(Lang::En, &states, origin).into_iter();
                let results: Vec<String> = steps.flat_map(|e| e.steps).map(|s| s.result).collect();
                let results = results.join("\n");
                for number in numbers(&text) {
                    let there = numbers(&results).contains(&number);
                    assert!(there, "{}: {number} of {text:?}: {results:?}", passage.id);
                }
            }
        }
    }
}
