//! The steps of a pattern, by the crate `regex-syntax`.

use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, Hir, HirKind, Look};

use crate::runtime::Step;

/// How many steps a program may have: a pattern such as `(a{999}){999}` is past any use.
const STEPS: usize = 2_000;

/// Compiles a pattern; nothing when it is past the dialect.
pub(super) fn steps(pattern: &str) -> Option<Vec<Step>> {
    let hir = ParserBuilder::new().nest_limit(50).build().parse(&translated(pattern)).ok()?;
    let mut steps = Vec::new();
    compile(&hir, &mut steps)?;
    steps.push(Step::Match);
    Some(steps)
}

/// The pattern with ECMA's classes spelled out; they stand in brackets and out of them alike.
fn translated(pattern: &str) -> String {
    const CLASSES: &[(char, &str)] = &[
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
        match CLASSES.iter().find(|(name, _)| *name == escaped) {
            Some((_, class)) => out += class,
            None => out.extend(['\\', escaped]),
        }
    }
    out
}

/// Appends the steps for an expression; nothing when it is past the dialect.
fn compile(hir: &Hir, steps: &mut Vec<Step>) -> Option<()> {
    if steps.len() > STEPS {
        return None;
    }
    match hir.kind() {
        HirKind::Empty => {}
        HirKind::Literal(literal) => {
            let text = std::str::from_utf8(&literal.0).ok()?;
            steps.extend(text.chars().map(|c| class(vec![(c, c)])));
        }
        HirKind::Class(Class::Unicode(ranges)) => {
            steps.push(class(ranges.iter().map(|range| (range.start(), range.end())).collect()));
        }
        HirKind::Class(Class::Bytes(ranges)) => {
            steps.push(class(ranges.iter().map(|range| (range.start().into(), range.end().into())).collect()));
        }
        HirKind::Look(Look::Start) => steps.push(Step::Start),
        HirKind::Look(Look::End) => steps.push(Step::End),
        HirKind::Look(_) => return None,
        HirKind::Capture(group) => compile(&group.sub, steps)?,
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| compile(part, steps))?,
        HirKind::Alternation(parts) => alternate(parts, steps)?,
        HirKind::Repetition(repetition) => repeat(&repetition.sub, repetition.min, repetition.max, steps)?,
    }
    Some(())
}

fn class(ranges: Vec<(char, char)>) -> Step {
    Step::Class(ranges.into())
}

fn alternate(parts: &[Hir], steps: &mut Vec<Step>) -> Option<()> {
    let mut ends = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        let is_last = index + 1 == parts.len();
        let split = steps.len();
        if !is_last {
            steps.push(Step::Match); // its place is kept until the next alternative is known
        }
        compile(part, steps)?;
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

fn repeat(part: &Hir, least: u32, most: Option<u32>, steps: &mut Vec<Step>) -> Option<()> {
    (0..least).try_for_each(|_| compile(part, steps))?;
    let Some(most) = most else {
        let split = steps.len();
        steps.push(Step::Match);
        compile(part, steps)?;
        steps.push(Step::Split(split, split));
        steps[split] = Step::Split(split + 1, steps.len());
        return Some(());
    };
    let mut splits = Vec::new();
    for _ in least..most {
        splits.push(steps.len());
        steps.push(Step::Match);
        compile(part, steps)?;
    }
    let end = steps.len();
    splits.into_iter().for_each(|at| steps[at] = Step::Split(at + 1, end));
    Some(())
}
