//! Archives the items of a page while the body of the response arrives.

use anyhow::anyhow;
use reqwest::Url;
use webex_event::{EventDecoder, EventError, EventErrorKind, RawEvent};

use crate::archive::Archive;
use crate::client::{Client, describe_answer};
use crate::failure::PageFailure;
use crate::item::{BrokenItem, EventHead};
use crate::links::find_next_page_url;

/// The numbers of events and of broken items that were added to the archive because it did not have them.
#[derive(Default)]
pub struct NewItemCounts {
    pub events: u64,
    pub broken: u64,
}

/// Requests the page `url`, adds its items to the archive, and counts the new ones in `counts`. Returns the address of
/// the next page, or `None` after the last one. If the connection breaks in the middle of the body, the items before
/// that are in the archive, and are not added again when the page is requested again.
pub async fn archive_page(
    client: &Client,
    archive: &mut Archive,
    url: &Url,
    counts: &mut NewItemCounts,
) -> Result<Option<Url>, PageFailure> {
    let mut response = client.request_page(url).await?;
    let next = find_next_page_url(response.headers(), url)?;
    let mut decoder = EventDecoder::new().pages();
    let mut is_empty = true;
    while !decoder.is_end() {
        match response.chunk().await.map_err(|error| PageFailure::temporary(error.without_url()))? {
            // Without white space before it, a value that is not in a page has the offset 0.
            Some(chunk) if is_empty => {
                is_empty = chunk.trim_ascii_start().is_empty();
                decoder.push(chunk.trim_ascii_start());
            }
            Some(chunk) => decoder.push(&chunk),
            None => decoder.finish(),
        }
        while let Some(item) = decoder.next_raw() {
            archive_item(archive, url, item, counts)?;
        }
    }
    if is_empty {
        return Err(PageFailure::temporary(anyhow!("the service answers 200 OK without a page, the body is empty")));
    }
    // The items of this page are archived although the next page cannot be requested.
    next.as_ref().map(|next| client.check_origin(next)).transpose()?;
    Ok(next)
}

/// Adds `item` to the archive, and counts it in `counts` if it is new. `url` is the address of its page.
///
/// # Errors
/// If the body is not a page, if it ends inside the item, or if the archive cannot be written.
fn archive_item(
    archive: &mut Archive,
    url: &Url,
    item: Result<RawEvent<'_>, EventError>,
    counts: &mut NewItemCounts,
) -> Result<(), PageFailure> {
    match item.and_then(|raw| Ok((raw.parse::<EventHead>()?, raw))) {
        Ok((_, raw)) if raw.offset() == 0 => return Err(make_not_a_page_failure(raw.text().as_bytes())),
        Ok((head, raw)) => counts.events += u64::from(archive.add_event(head, raw.text())?),
        Err(error) if error.kind() == EventErrorKind::Truncated => {
            return Err(PageFailure::temporary(anyhow!(error).context("the page is cut off")));
        }
        Err(error) if error.offset() == 0 => return Err(make_not_a_page_failure(error.raw())),
        Err(error) => {
            let text = String::from_utf8_lossy(error.raw()).into_owned();
            let broken = BrokenItem { error: error.to_string(), page: url.to_string(), text };
            counts.broken += u64::from(archive.add_broken(broken)?);
        }
    }
    Ok(())
}

/// Returns the temporary failure for an answer `200 OK` whose body, of which `body` is a part, is not a page.
fn make_not_a_page_failure(body: &[u8]) -> PageFailure {
    PageFailure::temporary(anyhow!("the service answers 200 OK without a page: {}", describe_answer(body)))
}
