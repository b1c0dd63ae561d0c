//! Shows on a terminal that a command is still running.

use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// The time before the display of a running command first appears, and between its updates.
const DISPLAY_PERIOD: Duration = Duration::from_secs(1);

/// The display of the running time; `None` before [`start_progress_display`], and once it was ended.
static RUNNING_DISPLAY: Mutex<Option<ProgressDisplay>> = Mutex::new(None);

/// The display of the running time: a thread that prints it.
struct ProgressDisplay {
    /// Ends the thread when it is dropped.
    end: Sender<()>,
    thread: JoinHandle<()>,
}

/// Starts to show on standard error, once a second, how long the command has been running. Does nothing if `quiet`, or
/// if standard error is not a terminal.
pub fn start_progress_display(quiet: bool) {
    if quiet || !io::stderr().is_terminal() {
        return;
    }
    let (end, ended) = mpsc::channel();
    let thread = thread::spawn(move || show_running_time(&ended, DISPLAY_PERIOD, &mut io::stderr()));
    if let Ok(mut running) = RUNNING_DISPLAY.lock() {
        *running = Some(ProgressDisplay { end, thread });
    }
}

/// Ends the display of the running time and clears its line. Has to be called before anything else is printed, and when
/// the command ends.
pub fn end_progress_display() {
    let running = RUNNING_DISPLAY.lock().ok().and_then(|mut running| running.take());
    if let Some(ProgressDisplay { end, thread }) = running {
        drop(end);
        // The thread returns nothing, and a panic in it must not end the command.
        let _ = thread.join();
    }
}

/// Writes the running time to `out` every `period`, until the sender of `ended` is dropped; then clears the line.
fn show_running_time(ended: &Receiver<()>, period: Duration, out: &mut impl Write) {
    let mut seconds = 0;
    while ended.recv_timeout(period) == Err(RecvTimeoutError::Timeout) {
        seconds += period.as_secs();
        // If standard error is closed, there is nowhere to report it.
        let _ = write!(out, "\rrunning for {seconds} s …");
    }
    if seconds > 0 {
        let _ = write!(out, "\r\x1b[K");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A terminal that ends the command after its first line.
    struct Terminal {
        text: String,
        end: Option<Sender<()>>,
    }

    impl Write for Terminal {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.text += &String::from_utf8_lossy(bytes);
            if self.text.ends_with('…') {
                self.end = None;
            }
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn line_is_cleared_when_the_command_ends() {
        let (end, ended) = mpsc::channel();
        let mut terminal = Terminal { text: String::new(), end: Some(end) };
        show_running_time(&ended, DISPLAY_PERIOD, &mut terminal);
        assert_eq!(terminal.text, "\rrunning for 1 s …\r\x1b[K");
    }

    #[test]
    fn command_that_ends_at_once_shows_nothing() {
        let (_, ended) = mpsc::channel();
        let mut terminal = Terminal { text: String::new(), end: None };
        show_running_time(&ended, DISPLAY_PERIOD, &mut terminal);
        assert_eq!(terminal.text, "");
    }
}
