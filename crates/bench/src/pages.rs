//! Defines the variants that read or write a page as a whole.

use std::error::Error;
use std::rc::Rc;

use lab::derived;
use lab::events::{UnlistedShares, write_page_text};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use webex_event::EventPage;

use crate::comparison::TaskVariant;
use crate::{flattened, typified};

/// The seed of the invented events.
pub(crate) const EVENT_SEED: u64 = 7;

/// Returns the text of a page with `events` invented events, of which the schema does not list the share `mix`.
pub(crate) fn write_event_page(events: usize, mix: UnlistedShares) -> Rc<str> {
    write_page_text(events, mix, EVENT_SEED).into()
}

/// Returns the variants that read a page from a `&str`. `target` is the goal of this project's types.
///
/// typify's types are left out where events have unlisted resources, which they refuse.
pub(crate) fn make_text_reader_variants(events: usize, mix: UnlistedShares, target: f64) -> Vec<TaskVariant> {
    let text = write_event_page(events, mix);
    let (simd, sonic) = (Rc::clone(&text), Rc::clone(&text));
    let typify = (mix.unlisted_resources == 0)
        .then(|| make_serde_json_reader::<typified::EventPage>("typify, loses unlisted values", &text));
    let mut variants = vec![
        make_serde_json_reader::<derived::EventPage>("serde derive, loses unlisted values", &text),
        make_serde_json_reader::<derived::EventPage>("the first variant again: the noise", &text),
        make_serde_json_reader::<EventPage>("ours", &text).with_max_ratio(target),
        make_serde_json_reader::<flattened::EventPage>("serde(flatten)", &text),
    ];
    variants.extend(typify);
    variants.extend([
        make_serde_json_reader::<Value>("serde_json::Value", &text),
        TaskVariant::new("simd-json into ours, with the copy that it needs", move || {
            let mut bytes = simd.as_bytes().to_vec();
            Ok(Box::new(simd_json::serde::from_slice::<EventPage>(&mut bytes)?))
        }),
        TaskVariant::new("sonic-rs into ours", move || Ok(Box::new(sonic_rs::from_str::<EventPage>(&sonic)?))),
    ]);
    variants
}

/// Returns the variants that read a page from a `&[u8]`.
pub(crate) fn make_byte_reader_variants(events: usize, mix: UnlistedShares) -> Vec<TaskVariant> {
    let text = write_event_page(events, mix);
    let [first, second, third] = [Rc::clone(&text), Rc::clone(&text), text];
    vec![
        TaskVariant::new("serde_json::from_slice into ours", move || {
            Ok(Box::new(serde_json::from_slice::<EventPage>(first.as_bytes())?))
        }),
        TaskVariant::new("the first variant again: the noise", move || {
            Ok(Box::new(serde_json::from_slice::<EventPage>(second.as_bytes())?))
        }),
        TaskVariant::new("webex_event::from_slice", move || {
            Ok(Box::new(webex_event::from_slice::<EventPage>(third.as_bytes())?))
        })
        .with_max_ratio(0.80),
    ]
}

/// Returns the variants that write a page as a `String`. `target` is the goal of this project's types.
pub(crate) fn make_writer_variants(events: usize, mix: UnlistedShares, target: f64) -> Vec<TaskVariant> {
    let text = &write_event_page(events, mix);
    vec![
        make_serde_json_writer::<derived::EventPage>("serde derive, has lost unlisted values", text),
        make_serde_json_writer::<derived::EventPage>("the first variant again: the noise", text),
        make_serde_json_writer::<EventPage>("ours", text).with_max_ratio(target),
        make_serde_json_writer::<flattened::EventPage>("serde(flatten)", text),
        make_serde_json_writer::<typified::EventPage>("typify, has lost unlisted values", text),
        make_serde_json_writer::<Value>("serde_json::Value", text),
        make_writer::<EventPage>("sonic-rs from ours", text, |page| Ok(sonic_rs::to_string(page)?)),
        make_writer::<EventPage>("simd-json from ours", text, |page| Ok(simd_json::serde::to_string(page)?)),
    ]
}

/// Returns a variant with the name `name` that reads `text` as a `T` with serde_json.
pub(crate) fn make_serde_json_reader<T: DeserializeOwned + 'static>(name: &'static str, text: &Rc<str>) -> TaskVariant {
    let text = Rc::clone(text);
    TaskVariant::new(name, move || Ok(Box::new(serde_json::from_str::<T>(&text)?)))
}

/// Returns a variant with the name `name` that writes a `T` with serde_json. The value is read from `text` beforehand.
fn make_serde_json_writer<T: DeserializeOwned + Serialize + 'static>(
    name: &'static str,
    text: &Rc<str>,
) -> TaskVariant {
    make_writer::<T>(name, text, |page| Ok(serde_json::to_string(page)?))
}

/// Returns a variant with the name `name` that writes a `T` with the function `write`. The value is read from `text`
/// beforehand.
fn make_writer<T: DeserializeOwned + 'static>(
    name: &'static str,
    text: &str,
    write: fn(&T) -> Result<String, Box<dyn Error>>,
) -> TaskVariant {
    let page = serde_json::from_str::<T>(text).map_err(|error| error.to_string());
    TaskVariant::new(name, move || Ok(Box::new(write(page.as_ref().map_err(Clone::clone)?)?)))
}
