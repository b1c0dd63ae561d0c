//! An archive of invented events over half a year, with all that a feed sends besides what its schema says: properties
//! and values that the schema does not list, values of other types, nulls, hostile texts and broken lines. The same
//! seed gives the same events.

use crate::random::RandomNumbers;

/// A line for each kind of event: the number of such events in 1,000, and the text of the event. A word after `$` is
/// replaced by a JSON value, such as `$ROOM` by the ID of a room; [`EventMaker::make_placeholder_value`] has the words.
const EVENT_TEMPLATES: &str = include_str!("archive.txt");

/// The number of months with events, from January on.
const MONTH_COUNT: usize = 6;

/// The number of days with events, from the first of each month on. There are few, so that a day has as many events as
/// that of a company.
const DAYS_PER_MONTH: usize = 5;

/// The texts of messages in JSON notation, with their quotes: some have escapes, or characters outside ASCII.
const MESSAGE_TEXTS: &[&str] = &[
    r#""Thanks!""#,
    r#""Can you have a look at page 3 until Friday? The budget line is missing.""#,
    r#""The build is green again; the flaky test had read a file that another test writes. I have given each a folder.""#,
    r#""Two remarks:\n1. the owner of step 2 has changed \u2013 see \"Owners\"\n2. the détails follow \ud83d\ude00""#,
    r#""C:\\temp\\day=2026-01-01\/..\/""#,
];

/// JSON values that replace the value of a property once in 100 times, and are mostly of another type than it.
const VALUES_OF_OTHER_TYPES: &[&str] = &["12", r#"{"a":1}"#, r#"["x"]"#];

/// The number of people who write and are written to.
const PERSON_COUNT: usize = 500;

/// The ID of the organization that the archive belongs to.
pub const ORGANIZATION_ID: &str = "Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8x";

/// Returns the ID of the person with the number `number`, which counts the people of the archive from 0.
pub fn make_person_id(number: usize) -> String {
    format!("Y2lzY29zcGFyazovL3VzL1BFT1BMRS8{number:08X}")
}

/// Returns `count` lines without their line breaks, each with an event or, once in 1,000 lines, the beginning of one.
/// Their times ascend from January to June of 2026.
pub fn make_event_lines(count: usize, seed: u64) -> impl Iterator<Item = String> {
    let mut random = RandomNumbers::new(seed);
    let kinds: Vec<&str> = EVENT_TEMPLATES.lines().flat_map(repeat_template).collect();
    (0..count).map(move |number| {
        let day = number * MONTH_COUNT * DAYS_PER_MONTH / count.max(1);
        let kind = random.choose_element::<&str>(&kinds);
        let mut maker = EventMaker::new(day, &mut random);
        let text = maker.fill_in_template(kind);
        if maker.random.is_true_in_percent(3) { format!("{{ {}  ", &text[1..]) } else { text }
    })
}

/// Returns the text of the event in a line of [`EVENT_TEMPLATES`], as many times as the number before it says.
fn repeat_template(line: &str) -> impl Iterator<Item = &str> {
    let (number, event) = line.split_once(' ').unwrap_or_default();
    std::iter::repeat_n(event, number.parse().unwrap_or_default())
}

/// Makes the text of one event: holds the facts that several values of the event share.
struct EventMaker<'a> {
    random: &'a mut RandomNumbers,
    /// The number of the month, from 0 for January.
    month: usize,
    /// The time of the event, with its quotes.
    time: String,
    /// The number of the person who acts.
    actor: usize,
}

impl<'a> EventMaker<'a> {
    /// Begins an event of the day with the number `day`, from 0 for the first day with events.
    fn new(day: usize, random: &'a mut RandomNumbers) -> Self {
        let month = day / DAYS_PER_MONTH;
        let (hour, minute) = (random.number_below(24), random.number_below(60));
        let (second, milli) = (random.number_below(60), random.number_below(1_000));
        let (month_number, day) = (month + 1, day % DAYS_PER_MONTH + 1);
        let time = format!("\"2026-{month_number:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{milli:03}Z\"");
        // Half of the events are of a tenth of the people.
        let busy = if random.is_true_in_percent(50) { PERSON_COUNT / 10 } else { PERSON_COUNT };
        let actor = random.number_below(busy);
        Self { random, month, time, actor }
    }

    /// Returns `kind`, a text of [`EVENT_TEMPLATES`], with each word after a `$` replaced by its value: `{"id":$ID}`
    /// becomes `{"id":"Y2lz…"}`.
    fn fill_in_template(&mut self, kind: &str) -> String {
        let mut parts = kind.split('$');
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |text, part| {
            let end = part.find(|letter: char| !letter.is_ascii_uppercase()).unwrap_or(part.len());
            text + &self.make_placeholder_value(&part[..end]) + &part[end..]
        })
    }

    /// Returns the JSON text that replaces the word `word`, such as `ROOM`; an empty text for an unknown word. Values
    /// of optional properties are null in one case of 100, and of another type in one of 100.
    fn make_placeholder_value(&mut self, word: &str) -> String {
        match word {
            "ID" => quote_json_string(&self.make_random_id()),
            "ACTOR" => quote_json_string(&make_person_id(self.actor)),
            "TIME" => self.time.clone(),
            "MORE" => self.make_unlisted_data_properties(),
            "TOP" => self.make_unlisted_event_properties(),
            _ if self.random.is_true_in_percent(1) => "null".to_owned(),
            _ if self.random.is_true_in_percent(1) => {
                (*self.random.choose_element::<&str>(VALUES_OF_OTHER_TYPES)).to_owned()
            }
            "PERSON" => quote_json_string(&make_person_id(self.actor)),
            "MEMBER" => quote_json_string(&make_person_id(self.random.number_below(PERSON_COUNT))),
            "PEOPLE" => {
                format!(
                    "[{},{}]",
                    quote_json_string(&make_person_id(self.actor)),
                    quote_json_string(&make_person_id(self.random.number_below(PERSON_COUNT)))
                )
            }
            "EMAIL" => format!("\"person{}@example.com\"", self.actor),
            "ROOM" => format!("\"Y2lzY29zcGFyazovL3VzL1JPT00v{:06X}\"", self.random.number_below(400)),
            "ORG" if self.random.is_true_in_percent(3) => quote_json_string("Y2lzY29zcGFyazovL3VzL09SR0FOSVpBVElPTi8y"),
            "ORG" => quote_json_string(ORGANIZATION_ID),
            "KIND" if self.random.is_true_in_percent(1) => quote_json_string("announcement"),
            "KIND" => quote_json_string(if self.random.is_true_in_percent(70) { "group" } else { "direct" }),
            "TEXT" => (*self.random.choose_element::<&str>(MESSAGE_TEXTS)).to_owned(),
            "FILES" => format!("[\"https://example.com/contents/{}\"]", self.make_random_id()),
            "YES" => (*self.random.choose_element::<&str>(&["true", "false", "false", "\"true\""])).to_owned(),
            "SECONDS" | "NUMBER" => self.make_number_text(),
            _ => String::new(),
        }
    }

    /// Returns a random ID, which is most likely unique.
    fn make_random_id(&mut self) -> String {
        format!(
            "Y2lzY29zcGFyazovL3Vz{:016X}{:016X}",
            self.random.next_random_number(),
            self.random.next_random_number()
        )
    }

    /// Returns the JSON text of a random whole number: `12` or, in half of the calls, the string `"12"`. Most numbers
    /// are below 3,600.
    fn make_number_text(&mut self) -> String {
        let most = if self.random.is_true_in_percent(75) { 3_600 } else { 20_000 };
        let number = self.random.number_below(most);
        if self.random.is_true_in_percent(50) { format!("\"{number}\"") } else { number.to_string() }
    }

    /// Returns the JSON text of properties of `data` that the schema does not list, such as `,"sentiment":"calm"`;
    /// often empty. The feed begins to send some of them in March and May.
    fn make_unlisted_data_properties(&mut self) -> String {
        let mut more = String::new();
        if self.month >= 2 && self.random.is_true_in_percent(20) {
            more += r#","sentiment":"calm""#;
        }
        if self.month >= 4 && self.random.is_true_in_percent(10) {
            more += r#","client":{"os":"linux","versions":[1,2]}"#;
        }
        if self.random.is_true_in_percent(1) {
            more += r#","tr\u0061ce_id":1"#;
        }
        more
    }

    /// Returns the JSON text of properties of the event itself that the schema does not list, such as `,"region":"eu"`;
    /// mostly empty.
    fn make_unlisted_event_properties(&mut self) -> String {
        let mut more = String::new();
        if self.month >= 3 && self.random.is_true_in_percent(5) {
            more += r#","region":"eu""#;
        }
        if self.month >= 1 && self.random.is_true_in_percent(2) {
            more += r#","tenant":null"#;
        }
        more
    }
}

/// Returns the JSON string with the content `text`, which has no characters that JSON escapes: `a` becomes `"a"`.
fn quote_json_string(text: &str) -> String {
    format!("\"{text}\"")
}
