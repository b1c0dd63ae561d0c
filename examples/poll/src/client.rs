//! Sends requests with the token, and turns refusals of the service into errors that say what to do.

use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};
use jiff::Timestamp;
use jiff::fmt::rfc2822;
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::{Response, StatusCode, Url, redirect};
use serde::Deserialize;

use crate::failure::PageFailure;

/// Most characters of an answer of the service that an error message shows.
const MAX_SHOWN_ANSWER_CHARACTERS: usize = 300;

/// The number of bytes after which the rest of the body of a refusal (an answer whose status is not 200) is not read.
const MAX_REFUSAL_BYTES: usize = 64 * 1024;

/// Requests pages of the API with the token, but only from the host of the address in the arguments.
pub struct Client {
    http: reqwest::Client,
    api: Url,
}

impl Client {
    /// Creates a client that sends `token` to the host of `api`. A request fails if no byte comes for `timeout`.
    ///
    /// # Errors
    /// If the token would go over the network without encryption, or contains a character that no token has.
    pub fn new(api: &Url, token: &str, timeout: Duration) -> Result<Self> {
        let is_local = matches!(api.host_str(), Some("127.0.0.1" | "localhost" | "[::1]"));
        if api.scheme() != "https" && !is_local {
            bail!("--url {api}: the token is sent only by https, or to this computer; write https://");
        }
        let mut header = HeaderValue::from_str(&format!("Bearer {token}"))
            .context("WEBEX_TOKEN has a character that no token has; copy the token again")?;
        header.set_sensitive(true); // never shown in debug output
        // An error means that a provider is installed already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .default_headers(HeaderMap::from_iter([(AUTHORIZATION, header)]))
            .redirect(redirect::Policy::none()) // the token would go where the answer says
            .connect_timeout(timeout)
            .read_timeout(timeout)
            .user_agent(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")))
            .build()?;
        Ok(Self { http, api: api.clone() })
    }

    /// Checks that the address `page` has the scheme, host and port of the API, since the token must not be sent
    /// anywhere else.
    ///
    /// # Errors
    /// If the address has another scheme, host or port.
    pub fn check_origin(&self, page: &Url) -> Result<()> {
        if page.origin() != self.api.origin() {
            bail!(
                "the next page would be {page}, which is not on {}: the token is not sent there. If the service has \
                 moved, start with --url and its new address, and another --out",
                self.api.origin().ascii_serialization()
            );
        }
        Ok(())
    }

    /// Requests the address `page`. Returns the answer, with its body unread, if the status is 200; any other status is
    /// an error.
    pub async fn request_page(&self, page: &Url) -> Result<Response, PageFailure> {
        self.check_origin(page)?;
        let request = self.http.get(page.clone());
        let response = request.send().await.map_err(|error| PageFailure::temporary(error.without_url()))?;
        match response.status() {
            StatusCode::OK => Ok(response),
            _ => Err(describe_refusal(response).await),
        }
    }
}

/// Reads the body of an answer whose status is not 200, and returns the failure: temporary if a later request may
/// succeed, else with advice on what to change.
async fn describe_refusal(mut response: Response) -> PageFailure {
    let status = response.status();
    let wait = response.headers().get(RETRY_AFTER).and_then(|value| parse_retry_after(value.to_str().ok()?));
    let mut body = Vec::new();
    while body.len() < MAX_REFUSAL_BYTES
        && let Ok(Some(chunk)) = response.chunk().await
    {
        body.extend_from_slice(&chunk);
    }
    let error = anyhow!("the service answers {status}: {}", describe_answer(&body));
    let advice = match status {
        StatusCode::TOO_MANY_REQUESTS => return PageFailure::Temporary { error, wait },
        _ if status.is_server_error() => return PageFailure::Temporary { error, wait },
        StatusCode::UNAUTHORIZED => "the token in WEBEX_TOKEN is wrong or has expired; set a new one and start again",
        StatusCode::FORBIDDEN => {
            "the token in WEBEX_TOKEN may not read events; it has to be that of a compliance officer, with the scope \
             spark-compliance:events_read"
        }
        _ if status.is_redirection() => "if the service has moved, start with --url and its new address",
        _ => {
            "check the arguments. If the page comes from checkpoint.json and is too old, remove that file, and start \
             with --from: events that are in the archive are not written again"
        }
    };
    PageFailure::Final(anyhow!("{error}\n{advice}"))
}

/// Returns the time to wait that the value of a header `Retry-After` asks for: a number of seconds, or the time until
/// an HTTP date such as `Sun, 06 Nov 1994 08:49:37 GMT`, which is zero if the date is past. `None` if the value is
/// neither.
fn parse_retry_after(value: &str) -> Option<Duration> {
    if let Ok(seconds) = value.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let time = rfc2822::DateTimeParser::new().parse_timestamp(value.trim()).ok()?;
    Some(Duration::try_from(time.duration_since(Timestamp::now())).unwrap_or_default())
}

/// The properties that the program needs of the JSON body that the service sends with an error.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RefusalBody {
    message: String,
    tracking_id: Option<String>,
}

/// Describes an answer that is not a page by the message and the tracking ID in its body: `No such resource. (tracking
/// ID T_1)`. If the body has no message, returns its beginning, or `no text` if it is empty.
pub fn describe_answer(body: &[u8]) -> String {
    let text = match serde_json::from_slice(body) {
        Ok(RefusalBody { message, tracking_id: Some(id) }) => format!("{message} (tracking ID {id})"),
        Ok(RefusalBody { message, tracking_id: None }) => message,
        Err(_) if body.is_empty() => "no text".to_owned(),
        Err(_) => String::from_utf8_lossy(body).trim().to_owned(),
    };
    text.replace(char::is_control, " ").chars().take(MAX_SHOWN_ANSWER_CHARACTERS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        assert_eq!(parse_retry_after("7"), Some(Duration::from_secs(7)));
        assert_eq!(parse_retry_after("Sun, 06 Nov 1994 08:49:37 GMT"), Some(Duration::ZERO));
        assert_eq!(parse_retry_after("soon"), None);
        let date = rfc2822::DateTimePrinter::new();
        let date = date.timestamp_to_rfc9110_string(&(Timestamp::now() + Duration::from_secs(100))).unwrap();
        let wait = parse_retry_after(&date).unwrap();
        assert!((90..=100).contains(&wait.as_secs()), "{date}: {wait:?}");
    }

    #[test]
    fn refusal_is_described_by_its_message_or_its_beginning() {
        let error = br#"{"message": "No such\nresource.", "errors": [], "trackingId": "T_1"}"#;
        assert_eq!(describe_answer(error), "No such resource. (tracking ID T_1)");
        assert_eq!(describe_answer(br#"{"message": "No"}"#), "No");
        assert_eq!(describe_answer(b"<html>\xff\n"), "<html>\u{fffd}");
        assert_eq!(describe_answer(b""), "no text");
    }
}
