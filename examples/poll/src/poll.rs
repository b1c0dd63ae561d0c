//! Archives all pages of a window of time, waits, and then archives the pages of the next window.

use anyhow::{Context, Result, bail};
use jiff::{SignedDuration, Timestamp};
use reqwest::Url;

use crate::archive::Archive;
use crate::arguments::Arguments;
use crate::checkpoint::Checkpoint;
use crate::client::Client;
use crate::failure::retry_request;
use crate::log::log;
use crate::page::{NewItemCounts, archive_page};

/// The time by which a window of time overlaps the window before it, since the service may list events late, and clocks
/// may differ.
const WINDOW_OVERLAP: SignedDuration = SignedDuration::from_mins(10);

/// Archives events, window after window; with `--once` or `--to`, only one window. Returns the first error that cannot
/// be helped by repeating a request.
pub async fn poll_events(arguments: &Arguments) -> Result<()> {
    let client = Client::new(&arguments.url, &read_token()?, arguments.timeout)?;
    let mut archive = Archive::open(&arguments.out)?;
    let mut checkpoint = read_matching_checkpoint(arguments)?;
    loop {
        let begun = match checkpoint {
            Some(checkpoint) if checkpoint.next.is_some() => Some(checkpoint),
            complete => make_window_checkpoint(arguments, complete.map(|complete| complete.from).or(arguments.from))?,
        };
        let Some(window) = begun else { return Ok(()) };
        checkpoint = Some(archive_window(arguments, &client, &mut archive, window).await?);
        if arguments.once || arguments.to.is_some() {
            return Ok(());
        }
        tokio::time::sleep(arguments.interval).await;
    }
}

/// Returns the token in the environment variable `WEBEX_TOKEN`. The token is not an argument, since other users see the
/// arguments of a program.
fn read_token() -> Result<String> {
    match std::env::var("WEBEX_TOKEN") {
        Ok(token) if !token.trim().is_empty() => Ok(token.trim().to_owned()),
        _ => bail!("set the environment variable WEBEX_TOKEN to an access token of a compliance officer"),
    }
}

/// Reads the checkpoint of the archive that the arguments name; `None` if the archive has none, as when it is new.
///
/// # Errors
/// If the checkpoint belongs to another selection of events than the arguments.
fn read_matching_checkpoint(arguments: &Arguments) -> Result<Option<Checkpoint>> {
    let (checkpoint, selection) = (Checkpoint::read(&arguments.out)?, arguments.url_without_times());
    let Some(checkpoint) = checkpoint else { return Ok(None) };
    if checkpoint.selection != selection.as_str() {
        bail!(
            "the archive {} holds the events of {}, and not of {selection}; use another --out for these",
            arguments.out.display(),
            checkpoint.selection
        );
    }
    let place = checkpoint.next.clone().unwrap_or_else(|| format!("the events since {}", checkpoint.from));
    log(format_args!("going on with {place}"));
    Ok(Some(checkpoint))
}

/// Returns the checkpoint at which a new window of time begins: before the first page of the events from `from` until
/// `--to`, or until now. `None` if `from` is not before the end.
fn make_window_checkpoint(arguments: &Arguments, from: Option<Timestamp>) -> Result<Option<Checkpoint>> {
    let to = arguments.to.unwrap_or_else(Timestamp::now);
    if let Some(from) = from.filter(|&from| from >= to) {
        log(format_args!("there is nothing to archive: the events begin at {from}, and end at {to}"));
        return Ok(None);
    }
    let next_from = to.checked_sub(WINDOW_OVERLAP)?;
    Ok(Some(Checkpoint {
        selection: arguments.url_without_times().into(),
        next: Some(arguments.first_page_url(from, to).into()),
        from: from.map_or(next_from, |from| from.max(next_from)),
    }))
}

/// Archives the page at `checkpoint` and all pages of the window after it. Returns the checkpoint after the last page.
///
/// A checkpoint is written after its pages are on the disk, never before. So a run that is killed leaves at worst a
/// checkpoint that is too old: the next run requests a page again, and finds that its events are archived.
async fn archive_window(
    arguments: &Arguments,
    client: &Client,
    archive: &mut Archive,
    mut checkpoint: Checkpoint,
) -> Result<Checkpoint> {
    let mut counts = NewItemCounts::default();
    while let Some(address) = &checkpoint.next {
        let url: Url = address.parse().with_context(|| format!("`next` of checkpoint.json: {address}"))?;
        let next =
            retry_request(arguments, &url, async || archive_page(client, archive, &url, &mut counts).await).await;
        archive.sync()?;
        checkpoint.next = next?.map(Into::into);
        checkpoint.write(&arguments.out)?;
    }
    log(format_args!("{} new events, {} new broken items", counts.events, counts.broken));
    Ok(checkpoint)
}
