//! Cuts a text that is not JSON before each line that begins with `{`, which is taken for the beginning of the next
//! event.

use memchr::memmem;

use crate::framing::EventExtent;

/// Most times that the rest of a text that is not JSON, after it was cut before a line that begins with `{`, is
/// examined like any other text. From then on, the text is cut before each such line, so that it is not examined more
/// often than this.
const MAX_SEPARATE_CUTS: u32 = 4;

/// The text that is not JSON and was cut last.
#[derive(Debug, Default)]
pub(super) struct CutText {
    /// The byte offset in the input at which the text ends.
    end: u64,
    /// The number of times that the text was cut.
    cuts: u32,
}

impl CutText {
    /// Cuts the text in `frame`, which begins at `offset` in the input, before the first line that begins with `{`.
    /// Returns the extent of the lines before it. `None` if there is no such line, if the text is JSON, or if it is an
    /// element of a page.
    pub(super) fn cut_before_object_line(
        &mut self,
        frame: EventExtent,
        text: &[u8],
        offset: u64,
    ) -> Option<EventExtent> {
        if frame.is_json || frame.place.is_some() {
            return None;
        }
        let length = measure_lines_before_object(text)?;
        self.cuts += 1;
        self.end = self.end.max(offset + frame.length as u64);
        Some(EventExtent { length, ..frame })
    }

    /// Returns the extent of the next lines if `window`, which begins at `offset` in the input between two values, is
    /// part of a text that was cut [`MAX_SEPARATE_CUTS`] times; otherwise `None`.
    pub(super) fn cut_again(&mut self, window: &[u8], offset: u64) -> Option<EventExtent> {
        let left = self.end.saturating_sub(offset);
        if left == 0 {
            self.cuts = 0;
        }
        if self.cuts < MAX_SEPARATE_CUTS {
            return None;
        }
        let left = usize::try_from(left).unwrap_or(usize::MAX).min(window.len());
        let length = measure_lines_before_object(&window[..left]).unwrap_or(left);
        Some(EventExtent { length, place: None, is_json: false })
    }
}

/// Returns the length of the lines of `text` before the first line that begins with `{`, not counting the first line of
/// all and the last line break. `None` if there is no such line.
fn measure_lines_before_object(text: &[u8]) -> Option<usize> {
    memmem::find(text, b"\n{")
}
