//! Tells on a terminal that a command is still at work.

use std::io::{self, IsTerminal, Write};
use std::sync::Mutex;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// How long a command may take without a word, and how long from one word to the next.
const PERIOD: Duration = Duration::from_secs(1);

/// What tells it, while a command is at work and has said nothing.
static RUNNING: Mutex<Option<Progress>> = Mutex::new(None);

struct Progress {
    end: Sender<()>,
    thread: JoinHandle<()>,
}

/// Says on standard error how long the command has been at work, once that is more than a second;
/// nothing where standard error is no terminal, or the user wants quiet.
pub fn start(quiet: bool) {
    if quiet || !io::stderr().is_terminal() {
        return;
    }
    let (end, ended) = mpsc::channel();
    let thread = thread::spawn(move || tell(&ended, PERIOD, &mut io::stderr()));
    if let Ok(mut running) = RUNNING.lock() {
        *running = Some(Progress { end, thread });
    }
}

/// Says no more, and takes away what was said: before anything else is, and when the command ends.
pub fn end() {
    let running = RUNNING.lock().ok().and_then(|mut running| running.take());
    if let Some(Progress { end, thread }) = running {
        drop(end);
        // It has nothing to give back.
        let _ = thread.join();
    }
}

fn tell(ended: &Receiver<()>, period: Duration, out: &mut impl Write) {
    let mut seconds = 0;
    while ended.recv_timeout(period) == Err(RecvTimeoutError::Timeout) {
        seconds += period.as_secs();
        // Nobody is left to tell when standard error is closed.
        let _ = write!(out, "\rat work for {seconds} s …");
    }
    if seconds > 0 {
        let _ = write!(out, "\r\x1b[K");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A terminal after whose first line the command ends.
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
    fn line_is_gone_when_the_command_ends() {
        let (end, ended) = mpsc::channel();
        let mut terminal = Terminal { text: String::new(), end: Some(end) };
        tell(&ended, PERIOD, &mut terminal);
        assert_eq!(terminal.text, "\rat work for 1 s …\r\x1b[K");
    }

    #[test]
    fn command_that_ends_at_once_says_nothing() {
        let (_, ended) = mpsc::channel();
        let mut terminal = Terminal { text: String::new(), end: None };
        tell(&ended, PERIOD, &mut terminal);
        assert_eq!(terminal.text, "");
    }
}
