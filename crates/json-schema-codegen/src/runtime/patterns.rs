// Patterns of property names.

/// A step of the program that a pattern is compiled to: a state of a nondeterministic automaton.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Takes one character that is in one of the ranges (first, last), then goes on with the next step.
    Class(::std::borrow::Cow<'static, [(char, char)]>),
    /// Goes on with both of the steps that have these indices in the program.
    Split(usize, usize),
    /// Goes on with the next step at the beginning of the text only.
    Start,
    /// Goes on with the next step at the end of the text only.
    End,
    /// The text matches.
    Match,
}

/// Returns the step that takes one character in one of the ranges (first, last).
pub(super) const fn one_of(ranges: &'static [(char, char)]) -> Step {
    Step::Class(::std::borrow::Cow::Borrowed(ranges))
}

/// A regular expression for names of properties, as the program that it is compiled to.
pub(super) struct Pattern<'a>(pub(super) &'a [Step]);

impl Pattern<'_> {
    /// Checks whether the pattern matches anywhere in a text.
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
                    Step::Split(left, right) => waiting.extend([*left, *right]),
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
