//! Defines the error of a request, and repeats requests that fail temporarily.

use std::time::Duration;

use anyhow::{Context, Error, Result};
use reqwest::Url;

use crate::arguments::Arguments;
use crate::log::log;

/// Longest time before a request is sent again, unless the service asks for a longer time.
const MAX_RETRY_DELAY: Duration = Duration::from_secs(60);

/// The error of requesting or archiving a page.
pub enum PageFailure {
    /// A later request for the page may succeed. `wait` is the time for which the service asks the program to wait;
    /// `None` if it does not ask.
    Temporary { error: Error, wait: Option<Duration> },
    /// The page cannot be archived until somebody has changed something, such as the token.
    Final(Error),
}

impl PageFailure {
    /// Creates a failure after which the page is requested again; the service does not ask for a wait.
    pub fn temporary(error: impl Into<Error>) -> Self {
        Self::Temporary { error: error.into(), wait: None }
    }
}

impl From<Error> for PageFailure {
    fn from(error: Error) -> Self {
        Self::Final(error)
    }
}

/// Calls `attempt`, which requests the page `url`, until it succeeds, and returns its result. Waits between two
/// attempts as long as the service asks, else for a delay. These delays double; each is random within its upper half,
/// so that programs that failed at the same time do not all come back at the same time.
///
/// # Errors
/// The first error that is final, or the error of the last attempt that the arguments allow.
pub async fn retry_request<T>(
    arguments: &Arguments,
    url: &Url,
    mut attempt: impl AsyncFnMut() -> Result<T, PageFailure>,
) -> Result<T> {
    let mut delay = arguments.retry_delay.min(MAX_RETRY_DELAY);
    let mut number = 1;
    loop {
        let (error, wait) = match attempt().await {
            Ok(value) => return Ok(value),
            Err(PageFailure::Final(error)) => return Err(error).with_context(|| url.to_string()),
            Err(PageFailure::Temporary { error, wait }) => (error, wait),
        };
        if number >= arguments.attempts {
            let advice = "start again to go on with this page, with more --attempts if the service needs more time";
            return Err(error.context(format!("{url}: attempt {number} of {number} failed, {advice}")));
        }
        let wait = wait.unwrap_or_else(|| delay.mul_f64(0.5 + fastrand::f64() / 2.0));
        log(format_args!("{url}: {error:#}; attempt {number} of {}, next in {wait:.1?}", arguments.attempts));
        tokio::time::sleep(wait).await;
        delay = (delay * 2).min(MAX_RETRY_DELAY);
        number += 1;
    }
}
