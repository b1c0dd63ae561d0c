//! Checks that reading a large page takes only the memory of an event. The test has a process of its own, since it
//! measures the memory of the process.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

use std::fs;
use std::io::{BufReader, Read};

use lab::events::{Mix, page};
use webex_event::EventReader;

/// The size of the page in bytes.
const PAGE: usize = 64 * 1024 * 1024;
/// The most memory, in bytes, that reading the page may take.
const MEMORY: usize = 1024 * 1024;

/// An endless input that repeats `events`, so that the page is never in memory.
struct Endless {
    /// The text that is repeated: events with a comma after each.
    events: Vec<u8>,
    /// The position in `events` of the next byte.
    position: usize,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = (&self.events[self.position..]).read(buffer)?;
        self.position = (self.position + length) % self.events.len();
        Ok(length)
    }
}

/// Returns the most memory, in bytes, that the process has had so far.
fn peak_memory() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1024
}

#[test]
fn page_takes_the_memory_of_an_event() {
    let page = page(100, Mix::default(), 7).to_string();
    let events = page.strip_prefix("{\"items\":[").unwrap().strip_suffix("]}").unwrap();
    let endless = Endless { events: format!("{events},").into_bytes(), position: 0 };
    let input = "{\"items\":[".as_bytes().chain(endless.take(PAGE as u64)).chain("{}]}".as_bytes());

    let mut reader = EventReader::new(BufReader::new(input));
    assert!(reader.by_ref().take(100).all(|event| event.is_ok()));
    let before = peak_memory();
    let count = reader.count();
    assert!(count > 10_000, "{count} events");
    let taken = peak_memory() - before;
    assert!(taken <= MEMORY, "reading the page took {taken} bytes");
}
