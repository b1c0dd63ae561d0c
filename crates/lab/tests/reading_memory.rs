//! Checks that reading a large page takes only the memory of one event. The test has a process of its own, since it
//! measures the memory of the process.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

use std::fs;
use std::io::{BufReader, Read};

use lab::events::{UnlistedShares, make_page};
use webex_event::EventReader;

/// The size of the page in bytes.
const PAGE_BYTES: usize = 64 * 1024 * 1024;
/// Most memory in bytes that reading the page may take.
const MAX_READING_MEMORY_BYTES: usize = 1024 * 1024;

/// An endless input that repeats the text `events`, so that the page is never in memory as a whole.
struct RepeatedEventsInput {
    /// The text that is repeated: events, each followed by a comma.
    events: Vec<u8>,
    /// The index in `events` of the next byte to be read.
    position: usize,
}

impl Read for RepeatedEventsInput {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = (&self.events[self.position..]).read(buffer)?;
        self.position = (self.position + length) % self.events.len();
        Ok(length)
    }
}

/// Returns the most memory in bytes that this process has had so far.
fn read_peak_memory_bytes() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1024
}

#[test]
fn reading_a_page_takes_the_memory_of_one_event() {
    let page = make_page(100, UnlistedShares::default(), 7).to_string();
    let events = page.strip_prefix("{\"items\":[").unwrap().strip_suffix("]}").unwrap();
    let endless = RepeatedEventsInput { events: format!("{events},").into_bytes(), position: 0 };
    let input = "{\"items\":[".as_bytes().chain(endless.take(PAGE_BYTES as u64)).chain("{}]}".as_bytes());

    let mut reader = EventReader::new(BufReader::new(input));
    assert!(reader.by_ref().take(100).all(|event| event.is_ok()));
    let before = read_peak_memory_bytes();
    let count = reader.count();
    assert!(count > 10_000, "{count} events");
    let taken = read_peak_memory_bytes() - before;
    assert!(taken <= MAX_READING_MEMORY_BYTES, "reading the page took {taken} bytes");
}
