//! Cuts a text that is not JSON before lines that begin with `{`, which are taken for the next events.

use memchr::memmem;

use crate::framing::Frame;

/// Most times that a text that is not JSON is cut before a line that begins with `{`, and what follows is framed as any
/// other text. After that, it is cut before each such line. So a text is not examined more often than this.
const CUTS: u32 = 4;

/// The text that is not JSON and has been cut last.
#[derive(Debug, Default)]
pub(super) struct BrokenText {
    /// The offset in the input at which the text ends.
    end: u64,
    /// The number of times that it has been cut.
    cuts: u32,
}

impl BrokenText {
    /// Cuts the text in `frame`, which begins at `offset` in the input, before the first line that begins with `{`.
    /// Returns the frame of the lines before it. `None` if there is no such line, the text is JSON, or it is an element of
    /// a page.
    pub(super) fn cut(&mut self, frame: Frame, text: &[u8], offset: u64) -> Option<Frame> {
        if frame.is_json || frame.place.is_some() {
            return None;
        }
        let length = find_object(text)?;
        self.cuts += 1;
        self.end = self.end.max(offset + frame.length as u64);
        Some(Frame { length, ..frame })
    }

    /// Returns the frame of the next lines, if `window`, which begins at `offset` in the input between two values, is part
    /// of a text that has been cut [`CUTS`] times. `None` otherwise.
    pub(super) fn cut_again(&mut self, window: &[u8], offset: u64) -> Option<Frame> {
        let left = self.end.saturating_sub(offset);
        if left == 0 {
            self.cuts = 0;
        }
        if self.cuts < CUTS {
            return None;
        }
        let left = usize::try_from(left).unwrap_or(usize::MAX).min(window.len());
        let length = find_object(&window[..left]).unwrap_or(left);
        Some(Frame { length, place: None, is_json: false })
    }
}

/// Returns the length of the lines of `text` before the first one, after the first line, that begins with `{`, without
/// the last line break. `None` if there is no such line.
fn find_object(text: &[u8]) -> Option<usize> {
    memmem::find(text, b"\n{")
}
