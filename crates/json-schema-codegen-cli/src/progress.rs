//! Tells on a terminal that a command is still at work.

use std::io::{self, IsTerminal, Write};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

/// How long a command may take without a word, and how long from one word to the next.
const PERIOD: Duration = Duration::from_secs(1);

/// A command that is at work, for as long as this is held.
pub struct Progress {
    _end: Sender<()>,
}

/// Says on standard error how long the command has been at work, once that is more than a second;
/// nothing where standard error is no terminal, or the user wants quiet.
pub fn start(quiet: bool) -> Option<Progress> {
    if quiet || !io::stderr().is_terminal() {
        return None;
    }
    let (end, ended) = mpsc::channel::<()>();
    thread::spawn(move || {
        let mut seconds = 0;
        while ended.recv_timeout(PERIOD) == Err(RecvTimeoutError::Timeout) {
            seconds += PERIOD.as_secs();
            // Nobody is left to tell when standard error is closed.
            let _ = write!(io::stderr(), "\rat work for {seconds} s …");
        }
        if seconds > 0 {
            let _ = writeln!(io::stderr());
        }
    });
    Some(Progress { _end: end })
}
