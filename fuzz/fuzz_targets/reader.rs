//! Reads any bytes as an input of events, in chunks of any size. Checks that all ways to read find the same events and
//! errors, that each text is where its offset says, and that a resumed reader does not panic.

#![no_main]

use libfuzzer_sys::fuzz_target;
use webex_event::{Event, EventDecoder, EventError, EventReader};

fuzz_target!(|input: (u16, u8, &[u8])| {
    let (chunk, limit, text) = input;
    let limit = if limit < 128 { usize::from(limit) } else { usize::MAX };
    compare_reader_and_decoders(text, usize::from(chunk) + 1, limit);
});

/// Checks that a reader, and a decoder that gets chunks of `chunk` bytes, find the same events and errors in `text`,
/// and that a reader of unparsed events finds as many. Reads on from a checkpoint after the first half of the events
/// too. `limit` is the most bytes of an event.
fn compare_reader_and_decoders(text: &[u8], chunk: usize, limit: usize) {
    let expected: Vec<String> =
        EventReader::new(text).with_limit(limit).map(|event| describe_event_or_error(event, text)).collect();

    let mut decoder = EventDecoder::new().with_limit(limit);
    let mut decoded = Vec::new();
    for chunk in text.chunks(chunk) {
        decoder.push(chunk);
        decoded.extend(decoder.by_ref().map(|event| describe_event_or_error(event, text)));
    }
    decoder.finish();
    decoded.extend(decoder.map(|event| describe_event_or_error(event, text)));
    assert_eq!(decoded, expected);

    let mut reader = EventReader::new(text).with_limit(limit);
    let mut texts = 0;
    while let Some(raw) = reader.next_raw() {
        texts += 1;
        if let Ok(raw) = raw {
            let start = usize::try_from(raw.offset()).expect("an offset in the text");
            assert!(text[start..].starts_with(raw.text().as_bytes()) && raw.number() == texts);
        }
    }
    assert_eq!(texts, expected.len() as u64);

    let mut reader = EventReader::new(text).with_limit(limit);
    reader.by_ref().take(expected.len() / 2).for_each(drop);
    let checkpoint = reader.checkpoint();
    let rest = &text[usize::try_from(checkpoint.offset()).expect("an offset in the text")..];
    EventReader::resume(rest, &checkpoint).with_limit(limit).for_each(drop);
}

/// Returns the id of an event, or all parts of an error as text. Checks that the text of an error is at its offset in
/// `text`.
fn describe_event_or_error(event: Result<Event, EventError>, text: &[u8]) -> String {
    match event {
        Ok(event) => event.id,
        Err(error) => {
            let start = usize::try_from(error.offset()).expect("an offset in the text");
            assert!(text[start..].starts_with(error.raw()));
            format!("{error:?} {:?}", error.raw())
        }
    }
}
