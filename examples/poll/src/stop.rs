//! Waits for the signals that ask the program to end.

use anyhow::Result;
use tokio::signal;

/// Waits for Ctrl-C or, on Unix, for the SIGTERM of a service manager. Returns the name of the signal.
pub async fn wait_for_signal() -> Result<&'static str> {
    tokio::select! {
        result = signal::ctrl_c() => result?,
        result = wait_for_termination() => return result.map(|()| "SIGTERM"),
    }
    Ok("Ctrl-C")
}

/// Waits for the signal SIGTERM.
#[cfg(unix)]
async fn wait_for_termination() -> Result<()> {
    signal::unix::signal(signal::unix::SignalKind::terminate())?.recv().await;
    Ok(())
}

/// Waits forever: other systems have no SIGTERM.
#[cfg(not(unix))]
async fn wait_for_termination() -> Result<()> {
    std::future::pending().await
}
