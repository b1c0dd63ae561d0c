//! Makes a page of invented events that resembles a real feed: each event has the properties of its resource, and the
//! resources are as frequent as in a company that mostly writes messages. One seed always gives the same page.

use crate::random::RandomNumbers;

/// A line for each kind of event: how many of 100 events are of this kind, and the text of the event. In the text, `#`
/// is replaced by the end of an id, `TIME` by a time, and `TEXT` by a message.
const EVENT_TEMPLATES: &str = include_str!("feed.txt");

/// The texts of messages, as they are written in JSON. One of them has escapes.
const MESSAGE_TEXTS: &[&str] = &[
    "Thanks!",
    "Can you have a look at page 3 until Friday? The budget line is missing.",
    "The build is green again; the flaky test had read a file that another test writes. I have given each of them a folder.",
    "Two remarks:\\n1. the owner of step 2 has changed \\u2013 see \\\"Owners\\\"\\n2. the d\u{e9}tails follow",
];

/// Returns the text of a page with `count` events, `{"items":[…]}`.
pub fn write_feed_page(count: usize, seed: u64) -> String {
    let mut random = RandomNumbers::new(seed);
    let kinds: Vec<&str> = EVENT_TEMPLATES.lines().flat_map(repeat_template).collect();
    let events: Vec<String> =
        (0..count).map(|number| fill_in_template(random.choose_element::<&str>(&kinds), number, &mut random)).collect();
    format!(r#"{{"items":[{}]}}"#, events.join(","))
}

/// Returns the event's text in `line`, one of [`EVENT_TEMPLATES`], as many times as the number at the beginning of the
/// line says.
fn repeat_template(line: &str) -> impl Iterator<Item = &str> {
    let (number, event) = line.split_once(' ').unwrap_or_default();
    std::iter::repeat_n(event, number.parse().unwrap_or_default())
}

/// Returns the text of an event: `kind` with its placeholders replaced. `number`, which counts the events from 0,
/// decides the time.
fn fill_in_template(kind: &str, number: usize, random: &mut RandomNumbers) -> String {
    let time = format!("2026-11-{:02}T{:02}:{:02}:59.324Z", 1 + number % 28, number % 24, number % 60);
    let event = kind.replace("TIME", &time).replace("TEXT", random.choose_element::<&str>(MESSAGE_TEXTS));
    let mut parts = event.split('#');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |event, part| {
        event
            + &format!(
                "{:016X}{:016X}{:016X}",
                random.next_random_number(),
                random.next_random_number(),
                random.next_random_number()
            )
            + part
    })
}
