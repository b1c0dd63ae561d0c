//! The memory that reading takes, of a process of its own: that of an event, not of a page.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test fails by it, in functions that tests call too")]

use std::fs;
use std::io::{BufReader, Read};

use lab::events::{Mix, page};
use webex_event::EventReader;

/// The size of the page, and the memory that reading it may take.
const PAGE: usize = 64 * 1024 * 1024;
const MEMORY: usize = 1024 * 1024;

/// A text without end, from the events of one page.
struct Endless {
    events: Vec<u8>,
    at: usize,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let length = (&self.events[self.at..]).read(buffer)?;
        self.at = (self.at + length) % self.events.len();
        Ok(length)
    }
}

/// The most memory that the process has had, in bytes.
fn most_memory() -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1024
}

#[test]
fn page_takes_the_memory_of_an_event() {
    let page = page(100, Mix::default(), 7).to_string();
    let events = page.strip_prefix("{\"items\":[").unwrap().strip_suffix("]}").unwrap();
    let endless = Endless { events: format!("{events},").into_bytes(), at: 0 };
    let input = "{\"items\":[".as_bytes().chain(endless.take(PAGE as u64)).chain("{}]}".as_bytes());

    let mut reader = EventReader::new(BufReader::new(input));
    assert!(reader.by_ref().take(100).all(|event| event.is_ok()));
    let before = most_memory();
    let count = reader.count();
    assert!(count > 10_000, "{count} events");
    let taken = most_memory() - before;
    assert!(taken <= MEMORY, "{taken} bytes more");
}
