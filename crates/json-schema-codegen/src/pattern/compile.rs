//! Compiles regular expressions into steps, after the crate `regex-syntax` has parsed them.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind, Look};

use crate::runtime::Step;

/// Most steps of a compiled pattern. A pattern such as `(a{999}){999}` would make a million.
const MAX_PROGRAM_STEPS: usize = 2_000;

/// Compiles a regular expression into steps that end with [`Step::Match`]; `None` if it is invalid, not supported, or
/// too large.
pub(super) fn compile_pattern(pattern: &str) -> Option<Vec<Step>> {
    let hir = ParserBuilder::new().nest_limit(50).build().parse(&translate_classes(pattern)).ok()?;
    let mut steps = Vec::new();
    append_steps(&hir, &mut steps)?;
    steps.push(Step::Match);
    Some(steps)
}

/// Replaces the classes `\d`, `\w`, `\s` and their negations in `pattern` by the characters that they have in ECMA-262:
/// `\d` becomes `[0-9]`. `regex-syntax` alone would include all Unicode digits, and it allows the new text inside
/// brackets too.
fn translate_classes(pattern: &str) -> String {
    const CHARACTER_CLASSES: &[(char, &str)] = &[
        ('d', "[0-9]"),
        ('D', "[^0-9]"),
        ('w', "[A-Za-z0-9_]"),
        ('W', "[^A-Za-z0-9_]"),
        ('s', "[\\t-\\r \\u{A0}\\u{1680}\\u{2000}-\\u{200A}\\u{2028}\\u{2029}\\u{202F}\\u{205F}\\u{3000}\\u{FEFF}]"),
        ('S', "[^\\t-\\r \\u{A0}\\u{1680}\\u{2000}-\\u{200A}\\u{2028}\\u{2029}\\u{202F}\\u{205F}\\u{3000}\\u{FEFF}]"),
    ];
    let mut out = String::new();
    let mut rest = pattern.chars();
    while let Some(c) = rest.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        let Some(escaped) = rest.next() else { break };
        match CHARACTER_CLASSES.iter().find(|(name, _)| *name == escaped) {
            Some((_, class)) => out += class,
            None => out.extend(['\\', escaped]),
        }
    }
    out
}

/// Appends the steps for the parsed expression `hir` to `steps`; `None` if it is not supported or `steps` has become
/// too long.
fn append_steps(hir: &Hir, steps: &mut Vec<Step>) -> Option<()> {
    if steps.len() > MAX_PROGRAM_STEPS {
        return None;
    }
    match hir.kind() {
        HirKind::Empty => {}
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).ok()?;
            steps.extend(text.chars().map(|c| new_class_step(vec![(c, c)])));
        }
        HirKind::Class(Class::Unicode(ranges)) => {
            steps.push(new_class_step(ranges.iter().map(|range| (range.start(), range.end())).collect()));
        }
        HirKind::Class(Class::Bytes(ranges)) => {
            steps.push(new_class_step(ranges.iter().map(|range| (range.start().into(), range.end().into())).collect()));
        }
        HirKind::Look(Look::Start) => steps.push(Step::Start),
        HirKind::Look(Look::End) => steps.push(Step::End),
        HirKind::Look(_) => return None,
        HirKind::Capture(group) => append_steps(&group.sub, steps)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| append_steps(part, steps))?,
        HirKind::Alternation(parts) => append_alternatives(parts, steps)?,
        HirKind::Repetition(repetition) => append_repetition(&repetition.sub, repetition.min, repetition.max, steps)?,
    }
    Some(())
}

/// Creates the step that matches one character in one of `ranges`, whose ends are included.
fn new_class_step(ranges: Vec<(char, char)>) -> Step {
    Step::Class(ranges.into())
}

/// Appends the steps for the alternatives `parts` of `a|b|c` to `steps`: before each alternative but the last a split
/// to it and to the next one, after it a jump to the end. `None` if a part is not supported or there are too many
/// steps.
fn append_alternatives(parts: &[Hir], steps: &mut Vec<Step>) -> Option<()> {
    let mut ends = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let is_last = index + 1 == parts.len();
        let split = steps.len();
        if !is_last {
            steps.push(Step::Match); // replaced below, once the index of the next alternative is known
        }
        append_steps(part, steps)?;
        if !is_last {
            ends.push(steps.len());
            steps.push(Step::Match);
            steps[split] = Step::Split(split + 1, steps.len());
        }
    }
    let end = steps.len();
    ends.into_iter().for_each(|at| steps[at] = Step::Split(end, end));
    Some(())
}

/// Appends the steps for `part` repeated `min` to `max` times to `steps`; without an upper limit if `max` is `None`.
/// Returns `None` if `part` is not supported or there are too many steps.
fn append_repetition(part: &Hir, min: u32, max: Option<u32>, steps: &mut Vec<Step>) -> Option<()> {
    (0..min).try_for_each(|_| append_steps(part, steps))?;
    let Some(max) = max else {
        let split = steps.len();
        steps.push(Step::Match);
        append_steps(part, steps)?;
        steps.push(Step::Split(split, split));
        steps[split] = Step::Split(split + 1, steps.len());
        return Some(());
    };
    let mut splits = Vec::new();
    for _ in min..max {
        splits.push(steps.len());
        steps.push(Step::Match);
        append_steps(part, steps)?;
    }
    let end = steps.len();
    splits.into_iter().for_each(|at| steps[at] = Step::Split(at + 1, end));
    Some(())
}
