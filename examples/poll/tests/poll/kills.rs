//! Kills the program at many places, and checks that the archive has each event once in the end.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::program::Program;
use crate::server::{Answer, AnswerStep, Server, make_partial_response, make_response};

const PAGES: [&str; 4] = ["1", "2", "3", "4"];

/// The number of events in a page that the page before it does not have.
const NEW_EVENTS: usize = 20;

/// The number of events at the beginning of a page that the page before it has too.
const REPEATED_EVENTS: usize = 3;

/// Returns the JSON text of the event with the number `number`. Its day is one of two, and it is longer than the
/// program's buffer, so that the program writes it at once.
fn make_event(number: usize) -> String {
    let (day, text) = (5 + number % 2, "x".repeat(10_000 + number));
    format!(r#"{{ "id":"{number}", "created":"2026-10-0{day}T00:00:00Z", "data":{{"text":"{text}"}} }}"#)
}

/// Returns (header line, body) of the page at the index `index` of [`PAGES`]. The header links to the next page, if
/// there is one.
fn make_page(index: usize) -> (String, Vec<u8>) {
    let events: Vec<_> =
        ((index * NEW_EVENTS).saturating_sub(REPEATED_EVENTS)..(index + 1) * NEW_EVENTS).map(make_event).collect();
    let link = PAGES.get(index + 1).map(|next| format!("Link: <?page={next}>; rel=\"next\""));
    (link.unwrap_or("X-Last: 1".to_owned()), format!(r#"{{"items":[{}]}}"#, events.join(", ")).into_bytes())
}

/// Returns the complete answer for the page at the index `index`.
fn make_complete_answer(index: usize) -> Answer {
    let (link, body) = make_page(index);
    make_response("200 OK", &[&link], &body)
}

/// Returns an answer for the page at the index `index` that stops after `percent` of its body, and waits there until
/// the program is killed.
fn make_held_partial_answer(index: usize, percent: usize) -> Answer {
    let (link, body) = make_page(index);
    make_partial_response(&[&link], &body, body.len() * percent / 100, Some(AnswerStep::Hold))
}

/// Checks that the files of both days contain each event once, byte for byte, and that the archive has no other file
/// than these and the checkpoint.
#[track_caller]
fn assert_archive_is_complete(program: &Program) {
    let of_day = |rest| -> String {
        (0..PAGES.len() * NEW_EVENTS)
            .filter(|number| number % 2 == rest)
            .map(|number| make_event(number) + "\n")
            .collect()
    };
    let files = program.read_archive();
    let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["2026-10-05.ndjson", "2026-10-06.ndjson", "checkpoint.json"]);
    assert!(files[0].1 == of_day(0) && files[1].1 == of_day(1));
}

/// Returns the number of bytes in the files of both days in the folder `archive`.
fn count_archived_bytes(archive: &Path) -> u64 {
    let length = |name| fs::metadata(archive.join(name)).map_or(0, |file| file.len());
    length("2026-10-05.ndjson") + length("2026-10-06.ndjson")
}

#[test]
fn archive_is_complete_after_kills_before_and_inside_each_page() {
    // The answer is held before it begins, so that the page before it is archived; in the middle; and near the end.
    let percents = [25, 50, 98];
    let answers = PAGES.iter().enumerate().flat_map(|(index, &page)| {
        let stopping = percents.map(|percent| (page, make_held_partial_answer(index, percent)));
        [(page, vec![AnswerStep::Hold])].into_iter().chain(stopping).chain([(page, make_complete_answer(index))])
    });
    let server = Server::start(answers.collect::<Vec<_>>());
    let program = Program::new(&server);
    for _ in PAGES {
        for kill in 0..=percents.len() {
            let before = count_archived_bytes(program.archive.path());
            let mut child = program.start(&["--once"]);
            server.wait_until_held();
            // The program gets the bytes of the page soon, and writes those that exceed its buffer.
            let deadline = Instant::now() + Duration::from_secs(30);
            while kill == 1 && count_archived_bytes(program.archive.path()) <= before && Instant::now() < deadline {
                std::thread::sleep(Duration::from_millis(2));
            }
            child.kill().unwrap();
            child.wait().unwrap();
            assert!(kill != 1 || count_archived_bytes(program.archive.path()) > before, "killed inside a page");
        }
    }
    let (succeeded, messages) = program.run(&["--once"]);
    assert!(succeeded, "{messages}");
    assert_archive_is_complete(&program);
    let times = percents.len() + 2; // each run requests the page that the run before it did not finish
    assert_eq!(server.requested_pages(), PAGES.map(|page| vec![page; times]).concat());
}

/// Starts the program, kills it when it has requested the third page, and returns it for further runs.
fn kill_at_third_page(server: &Server) -> Program<'_> {
    let program = Program::new(server);
    let mut child = program.start(&["--once"]);
    server.wait_until_held();
    child.kill().unwrap();
    child.wait().unwrap();
    program
}

/// Starts a server that holds its first answer for the third page. It also answers a second request for each page.
fn start_server_held_at_third_page() -> Server {
    let twice = PAGES
        .iter()
        .enumerate()
        .flat_map(|(index, &page)| [(page, make_complete_answer(index)), (page, make_complete_answer(index))]);
    let mut answers: Vec<_> = twice.collect();
    answers.insert(0, ("3", vec![AnswerStep::Hold]));
    Server::start(answers)
}

#[test]
fn unfinished_line_is_cut_off_and_requested_again() {
    for length in [1, 500, make_event(40).len()] {
        let server = start_server_held_at_third_page();
        let program = kill_at_third_page(&server);
        let path = program.archive.path().join("2026-10-05.ndjson");
        let mut file = OpenOptions::new().append(true).open(path).unwrap();
        file.write_all(&make_event(40).as_bytes()[..length]).unwrap();
        let (succeeded, messages) = program.run(&["--once"]);
        let cut = format!("poll: ARCHIVE/2026-10-05.ndjson: cut off {length} bytes of an unfinished line\n");
        assert!(succeeded && messages.starts_with(&cut), "{messages}");
        assert_archive_is_complete(&program);
        assert_eq!(server.requested_pages(), ["1", "2", "3", "3", "4"]);
    }
}

#[test]
fn archive_is_complete_after_a_kill_while_the_checkpoint_is_written() {
    let server = start_server_held_at_third_page();
    let program = kill_at_third_page(&server);
    fs::write(program.archive.path().join("checkpoint.json.new"), "{\"sel").unwrap();
    assert!(program.run(&["--once"]).0);
    assert_archive_is_complete(&program);
}

#[test]
fn lost_checkpoint_costs_only_requests() {
    let server = start_server_held_at_third_page();
    let program = kill_at_third_page(&server);
    fs::remove_file(program.archive.path().join("checkpoint.json")).unwrap();
    let (succeeded, messages) = program.run(&["--once"]);
    assert_eq!((succeeded, messages.as_str()), (true, "poll: 40 new events, 0 new broken items\n"));
    assert_archive_is_complete(&program);
    assert_eq!(server.requested_pages(), ["1", "2", "3", "1", "2", "3", "4"]);
}

#[cfg(unix)]
#[test]
fn signal_ends_the_program_inside_a_page_without_loss() {
    for (signal, name) in [("INT", "Ctrl-C"), ("TERM", "SIGTERM")] {
        let mut answers: Vec<_> =
            PAGES.iter().enumerate().map(|(index, &page)| (page, make_complete_answer(index))).collect();
        answers.insert(0, ("2", make_held_partial_answer(1, 60)));
        let server = Server::start(answers);
        let program = Program::new(&server);
        let child = program.new_command(&["--once"]).stderr(std::process::Stdio::piped()).spawn().unwrap();
        server.wait_until_held();
        let status = Command::new("kill").args(["-s", signal, &child.id().to_string()]).status().unwrap();
        assert!(status.success());
        let output = child.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(output.stderr).unwrap(), format!("poll: stopped by {name}\n"));
        assert!(output.status.success());
        assert!(program.run(&["--once"]).0);
        assert_archive_is_complete(&program);
        assert_eq!(server.requested_pages(), ["1", "2", "2", "3", "4"]);
    }
}
