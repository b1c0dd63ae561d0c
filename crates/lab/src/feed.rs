//! A feed of invented events in which each resource has the properties that its events have, and the resources are as
//! frequent as in a company that mostly writes messages. The same seed gives the same feed.

use crate::random::Random;

/// A line for each kind of event: the number of such events in 100, and the text of the event. `#` is replaced by
/// the end of an ID, `TIME` by a time, and `TEXT` by a text.
const KINDS: &str = include_str!("feed.txt");

/// Texts of messages, as they are written in JSON. One of them has escapes.
const TEXTS: &[&str] = &[
    "Thanks!",
    "Can you have a look at page 3 until Friday? The budget line is missing.",
    "The build is green again; the flaky test had read a file that another test writes. I have given each of them a folder.",
    "Two remarks:\\n1. the owner of step 2 has changed \\u2013 see \\\"Owners\\\"\\n2. the d\u{e9}tails follow",
];

/// Returns the text of a page with `count` events, `{"items":[…]}`.
pub fn page_text(count: usize, seed: u64) -> String {
    let mut random = Random::new(seed);
    let kinds: Vec<&str> = KINDS.lines().flat_map(repeat).collect();
    let events: Vec<String> =
        (0..count).map(|number| event(random.one_of::<&str>(&kinds), number, &mut random)).collect();
    format!(r#"{{"items":[{}]}}"#, events.join(","))
}

/// Returns the text of the event in a line of [`KINDS`], as many times as the number before it says.
fn repeat(line: &str) -> impl Iterator<Item = &str> {
    let (number, event) = line.split_once(' ').unwrap_or_default();
    std::iter::repeat_n(event, number.parse().unwrap_or_default())
}

/// Returns the text of the event with a number, made from that of its kind.
fn event(kind: &str, number: usize, random: &mut Random) -> String {
    let time = format!("2026-11-{:02}T{:02}:{:02}:59.324Z", 1 + number % 28, number % 24, number % 60);
    let event = kind.replace("TIME", &time).replace("TEXT", random.one_of::<&str>(TEXTS));
    let mut parts = event.split('#');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |event, part| {
        event + &format!("{:016X}{:016X}{:016X}", random.number(), random.number(), random.number()) + part
    })
}
