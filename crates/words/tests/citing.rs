//! How the page is cited, and what a cited link is told.

use sim::catalogue::{DATA_DATE, MODEL, Version};
use sim::date::Date;
use sim::link::{Cited, Said};
use words::Lang;
use words::cite::{Citation, terminal};
use words::cited::{since, told, written};

const NOW: Said = Said {
    tpot: Some(0.0423),
    days: Some(61.0),
    joules: None,
};

/// Cited from that version, with these answers.
fn cited(major: u16, minor: u16, said: Option<Said>) -> Cited {
    Cited {
        model: Some(Version { major, minor }),
        data: Some(DATA_DATE),
        said,
    }
}

/// A version before this one, and one after it.
fn neighbours() -> [(u16, u16); 2] {
    [(MODEL.major - 1, 9), (MODEL.major, MODEL.minor + 1)]
}

#[test]
fn a_link_of_this_version_that_says_what_is_so_is_told_nothing() {
    for lang in Lang::ALL {
        for said in [None, Some(NOW)] {
            let cited = cited(MODEL.major, MODEL.minor, said);
            assert_eq!(told(lang, &cited, &NOW), None);
        }
        assert_eq!(told(lang, &Cited::default(), &NOW), None);
    }
}

#[test]
fn a_link_of_another_version_is_told_what_moved() {
    let [older, newer] = neighbours();
    let then = Said {
        tpot: Some(0.0424),
        days: None,
        joules: None,
    };
    for lang in Lang::ALL {
        for (version, is_older) in [(older, true), (newer, false)] {
            let cited = cited(version.0, version.1, Some(then));
            let told = told(lang, &cited, &NOW).expect("it is of another version");
            assert_eq!(told.older, is_older);
            assert_eq!(told.lines.len(), 3, "{:?}", told.lines);
            let name = format!("{}.{}", version.0, version.1);
            assert!(told.lines[0].contains(&name), "{}", told.lines[0]);
            // What moved in the last digit that a link carries is seen to have moved.
            let point = [".", ","][lang as usize];
            for number in ["4", "3"].map(|last| ["42", point, last].concat()) {
                assert!(told.lines[1].contains(&number), "{}", told.lines[1]);
            }
            assert!(told.lines[2].contains("61"), "{}", told.lines[2]);
            assert!(!told.lines.concat().contains('{'), "{:?}", told.lines);
        }
        let same = told(lang, &cited(older.0, older.1, Some(NOW)), &NOW);
        assert_eq!(same.expect("it is of another version").lines.len(), 2);
        let bare = told(lang, &cited(older.0, older.1, None), &NOW);
        assert_eq!(bare.expect("it is of another version").lines.len(), 1);
        // This version, and not what this version says.
        let wrong = told(lang, &cited(MODEL.major, MODEL.minor, Some(then)), &NOW);
        assert_eq!(wrong.expect("it says something else").lines.len(), 3);
    }
}

#[test]
fn what_changed_is_what_came_after() {
    let file = "2.0\t2027-05-01\tmodel 2.0\tsecond\n1.1\t2027-01-01\tmodel 1.1\tdata\n\
                1.1\t2026-12-01\tmodel 1.1\tfirst\n1.0\t2026-09-28\tmodel 1.0\tall\n";
    let texts = |model, day: Option<&str>| -> Vec<String> {
        let cited = Cited {
            model,
            data: day.map(|day| day.parse().expect("a day")),
            said: None,
        };
        since(file, &cited)
            .into_iter()
            .map(|[_, text]| text)
            .collect()
    };
    let version = |major, minor| Some(Version { major, minor });
    assert_eq!(
        texts(version(1, 0), Some("2026-09-28")),
        ["second", "data", "first"]
    );
    assert_eq!(texts(version(1, 1), Some("2026-12-01")), ["second", "data"]);
    assert_eq!(texts(version(1, 1), None), ["second"]);
    assert_eq!(texts(None, Some("2026-12-01")), ["second", "data"]);
    assert_eq!(texts(version(3, 0), None), [""; 0]);
    assert_eq!(since("<!doctype html>", &Cited::default()), [[""; 2]; 0]);
    for lang in Lang::ALL {
        let first = cited(0, 0, None);
        let all = since(&written(lang), &first);
        assert_eq!(all.len(), sim::catalogue::RELEASES.len());
    }
}

#[test]
fn a_citation_names_version_address_and_day() {
    let url = "https://example.org/?v=1&dies=4&m=1.0";
    for (lang, day) in [(Lang::En, "accessed 1"), (Lang::Fr, "consulté le 1er")] {
        let citation = Citation {
            lang,
            url: url.to_owned(),
            accessed: Date::new(2026, 12, 1),
        };
        let (short, full, bibtex) = (citation.short(), citation.full(), citation.bibtex());
        let model = MODEL.to_string();
        for text in [&short, &full, &bibtex] {
            assert!(text.contains(url) && text.contains(&model), "{text}");
            assert!(text.contains(lang.text("page.title")), "{text}");
        }
        assert!(full.contains(day) && full.contains("CC BY 4.0"), "{full}");
        assert!(bibtex.contains("urldate = {2026-12-01}"), "{bibtex}");
        let braces = |brace| bibtex.matches(brace).count();
        assert_eq!(braces('{'), braces('}'), "{bibtex}");
        let undated = Citation {
            accessed: None,
            ..citation
        };
        let verb = day.split(' ').next().expect("a word");
        assert!(!undated.full().contains(verb), "{}", undated.full());
        assert!(
            !undated.bibtex().contains("urldate"),
            "{}",
            undated.bibtex()
        );
    }
}

#[test]
fn a_line_for_the_terminal_is_one_word_to_a_shell() {
    let [answer, doubt] = terminal("v=1&dies=4&x='y'");
    assert_eq!(answer, "silicon-gap evaluate 'v=1&dies=4&x=%27y%27'");
    assert_eq!(doubt, "silicon-gap doubt 'v=1&dies=4&x=%27y%27'");
}

#[test]
fn a_publisher_is_named_once() {
    let all = ["Press", "Reuters; Press", "", "Reuters"];
    let named = words::cite::sources(Lang::En, all);
    assert_eq!(named, "Sources: Press; Reuters.");
}
