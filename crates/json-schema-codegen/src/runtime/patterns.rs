// Patterns of property names.

/// A step of a pattern's program (a nondeterministic automaton); the numbers are steps to go on with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// One character in one of the ranges, then the next step.
    Class(::std::borrow::Cow<'static, [(char, char)]>),
    /// Both of two steps.
    Split(usize, usize),
    /// The beginning of the text, then the next step.
    Start,
    /// The end of the text, then the next step.
    End,
    /// The text matches.
    Match,
}

/// One character in one of the ranges.
pub(super) const fn one_of(ranges: &'static [(char, char)]) -> Step {
    Step::Class(::std::borrow::Cow::Borrowed(ranges))
}

/// The program of a pattern.
pub(super) struct Pattern<'a>(pub(super) &'a [Step]);

impl Pattern<'_> {
    /// Whether the pattern is found anywhere in a text.
    pub(super) fn matches(&self, text: &str) -> bool {
        let mut waiting = vec![0];
        let mut at_start = true;
        let mut rest = text.chars();
        loop {
            let next = rest.next();
            let mut reached = vec![false; self.0.len()];
            let mut after = vec![0]; // a match may begin anywhere
            while let Some(number) = waiting.pop() {
                if std::mem::replace(&mut reached[number], true) {
                    continue;
                }
                match &self.0[number] {
                    Step::Match => return true,
                    Step::Split(one, other) => waiting.extend([*one, *other]),
                    Step::Start if at_start => waiting.push(number + 1),
                    Step::End if next.is_none() => waiting.push(number + 1),
                    Step::Class(ranges) => {
                        let holds = |c: char| ranges.iter().any(|(first, last)| (*first..=*last).contains(&c));
                        after.extend(next.filter(|c| holds(*c)).map(|_| number + 1));
                    }
                    Step::Start | Step::End => {}
                }
            }
            if next.is_none() {
                return false;
            }
            waiting = after;
            at_start = false;
        }
    }
}
