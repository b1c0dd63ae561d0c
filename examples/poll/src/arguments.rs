//! Defines the arguments, with their help texts.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Result, bail};
use clap::Parser;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use reqwest::Url;

/// Polls the Webex events API, and archives the text of each event once, in a file for each day.
///
/// The environment variable WEBEX_TOKEN has to hold an access token of a compliance officer, with the scope
/// spark-compliance:events_read.
#[derive(Parser)]
#[command(version)]
pub struct Arguments {
    /// Folder of the archive; is created if it is missing
    #[arg(long, value_name = "FOLDER", default_value = "archive")]
    pub out: PathBuf,

    /// Begin with the events of this time: 2026-10-05 (UTC) or 2026-10-05T09:15:00Z. Without it, the service decides
    /// how far back the first request goes. If the archive has a checkpoint, it is gone on from there instead
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    pub from: Option<Timestamp>,

    /// End with the events before this time, and stop then
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    pub to: Option<Timestamp>,

    /// Archive only events of this resource, such as messages
    #[arg(long, value_name = "NAME")]
    pub resource: Option<String>,

    /// Archive only events of this type, such as created
    #[arg(long, value_name = "NAME")]
    pub r#type: Option<String>,

    /// Archive only events of the person with this ID
    #[arg(long, value_name = "ID")]
    pub actor_id: Option<String>,

    /// Most events in a page
    #[arg(long, value_name = "COUNT", default_value_t = 1000, value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub max: u16,

    /// Stop after the events up to now, instead of polling for new ones
    #[arg(long)]
    pub once: bool,

    /// Seconds between the last page and the next request for new events
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = parse_seconds)]
    pub interval: Duration,

    /// Most seconds without a byte from the service, until a request is sent again
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = parse_seconds)]
    pub timeout: Duration,

    /// Most requests for a page that fails, by the network or the service
    #[arg(long, value_name = "COUNT", default_value_t = 8, value_parser = clap::value_parser!(u32).range(1..))]
    pub attempts: u32,

    /// Seconds before the second request for a page that fails; they double before each further one, up to a minute
    #[arg(long, value_name = "SECONDS", default_value = "1", value_parser = parse_seconds)]
    pub retry_delay: Duration,

    /// Address of the events API
    #[arg(long, value_name = "URL", default_value = "https://webexapis.com/v1/events")]
    pub url: Url,
}

impl Arguments {
    /// Returns the address of the API with the filters, but without times and `max`. It identifies the selection of
    /// events that the archive holds.
    pub fn url_without_times(&self) -> Url {
        let filters = [("resource", &self.resource), ("type", &self.r#type), ("actorId", &self.actor_id)];
        let mut url = self.url.clone();
        for (name, value) in filters {
            if let Some(value) = value {
                url.query_pairs_mut().append_pair(name, value);
            }
        }
        url
    }

    /// Returns the address of the first page of the events from `from` until `to`. Without `from`, the service decides
    /// where the events begin.
    pub fn first_page_url(&self, from: Option<Timestamp>, to: Timestamp) -> Url {
        let mut url = self.url_without_times();
        url.query_pairs_mut().append_pair("max", &self.max.to_string());
        for (name, time) in [("from", from), ("to", Some(to))] {
            if let Some(time) = time {
                url.query_pairs_mut().append_pair(name, &format!("{time:.3}"));
            }
        }
        url
    }
}

/// Parses a time such as `2026-10-05T09:15:00Z`, or a date such as `2026-10-05`, which means its midnight in UTC.
fn parse_time(text: &str) -> Result<Timestamp> {
    if let Ok(time) = text.parse() {
        return Ok(time);
    }
    match text.parse::<Date>() {
        Ok(date) if text.len() == "2026-10-05".len() => Ok(TimeZone::UTC.to_timestamp(date.into())?),
        _ => bail!("write a date, as in 2026-10-05, or a time with its zone, as in 2026-10-05T09:15:00Z"),
    }
}

/// Parses a number of seconds, such as `60` or `0.5`.
fn parse_seconds(text: &str) -> Result<Duration> {
    match text.parse().map(Duration::try_from_secs_f64) {
        Ok(Ok(duration)) => Ok(duration),
        _ => bail!("write a number of seconds, as in 60 or 0.5"),
    }
}
