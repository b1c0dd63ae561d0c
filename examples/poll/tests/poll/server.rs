//! A server on 127.0.0.1 that answers requests for pages by a script.

use std::collections::{HashMap, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// Longest time that a test waits for the program.
const MAX_HOLD_WAIT: Duration = Duration::from_secs(60);

/// One step of an answer. After the last step, the server closes the connection.
#[derive(Clone)]
pub enum AnswerStep {
    /// Sends the status line and the headers. In the first step, `SERVER` is replaced by the origin of the server.
    Head(String),
    /// Sends bytes of the body.
    Send(Vec<u8>),
    /// Tells the test that all steps before this one are done, and waits until the program closes the connection.
    Hold,
}

/// The steps of one answer, in their order.
pub type Answer = Vec<AnswerStep>;

/// The answers for each page by the name of the page, in the order of the requests. The name is the value of `page` in
/// the query; the first page, whose address the program makes itself, is named `1`.
pub type ScriptedAnswers = HashMap<String, VecDeque<Answer>>;

/// A server on 127.0.0.1 that answers requests by a script, and records them.
pub struct Server {
    /// The scheme, host and port of the server, such as `http://127.0.0.1:4711`.
    pub origin: String,
    requests: Arc<Mutex<Vec<String>>>,
    held: Receiver<()>,
}

impl Server {
    /// Starts a server that gives the answers `answers`, as (name of the page, answer). The answers for each page are
    /// in the order of its requests.
    pub fn start(answers: impl IntoIterator<Item = (&'static str, Answer)>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let (sender, held) = channel();
        let requests = Arc::new(Mutex::new(Vec::new()));
        let mut script = ScriptedAnswers::new();
        for (page, mut answer) in answers {
            if let Some(AnswerStep::Head(head)) = answer.first_mut() {
                *head = head.replace("SERVER", &origin);
            }
            script.entry(page.to_owned()).or_default().push_back(answer);
        }
        let (script, log) = (Arc::new(Mutex::new(script)), Arc::clone(&requests));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (script, log, sender) = (Arc::clone(&script), Arc::clone(&log), sender.clone());
                thread::spawn(move || answer_connection(&stream.unwrap(), &script, &log, &sender));
            }
        });
        Self { origin, requests, held }
    }

    /// Returns the address of the events API on this server, for `--url`.
    pub fn url(&self) -> String {
        format!("{}/v1/events", self.origin)
    }

    /// Waits until the server holds an answer; see [`AnswerStep::Hold`]. Panics after [`MAX_HOLD_WAIT`].
    pub fn wait_until_held(&self) {
        self.held.recv_timeout(MAX_HOLD_WAIT).unwrap();
    }

    /// Returns the names of the pages that have been requested, in the order of the requests.
    pub fn requested_pages(&self) -> Vec<String> {
        self.request_targets().iter().map(|target| find_page_parameter(target).to_owned()).collect()
    }

    /// Returns the targets of all requests, such as `/v1/events?max=10`. A request without the token has ` without the
    /// token` after its target.
    pub fn request_targets(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

/// Returns the value of the parameter `page` in the query of the request target `target`; `1` if the query does not
/// have it.
fn find_page_parameter(target: &str) -> &str {
    let (_, query) = target.split_once('?').unwrap();
    query.split('&').find_map(|pair| pair.strip_prefix("page=")).unwrap_or("1")
}

/// Reads the request on the connection `stream`, records it in `log`, and answers it by `script`. Sends `()` to `held`
/// when it holds an answer.
fn answer_connection(
    mut stream: &TcpStream,
    script: &Mutex<ScriptedAnswers>,
    log: &Mutex<Vec<String>>,
    held: &Sender<()>,
) {
    let head: Vec<String> = BufReader::new(stream).lines().map(Result::unwrap).take_while(|l| !l.is_empty()).collect();
    let Some(target) = head.first().and_then(|line| line.split(' ').nth(1)) else { return };
    let has_token = head.iter().any(|line| line.eq_ignore_ascii_case("authorization: Bearer secret"));
    log.lock().unwrap().push(if has_token { target.to_owned() } else { format!("{target} without the token") });
    let answer = script.lock().unwrap().get_mut(find_page_parameter(target)).and_then(VecDeque::pop_front);
    let _ = stream.set_nodelay(true);
    for step in answer.unwrap_or_else(|| make_response("404 The script has no more answers", &[], b"")) {
        match step {
            // The program may have closed the connection, for example when it is killed.
            AnswerStep::Head(head) => drop(stream.write_all(head.as_bytes())),
            AnswerStep::Send(bytes) => drop(stream.write_all(&bytes)),
            AnswerStep::Hold => {
                held.send(()).unwrap();
                let _ = stream.read(&mut [0]);
            }
        }
    }
}

/// Returns a complete answer with the status `status` (such as `200 OK`), the header lines `headers`, and the body
/// `body`.
pub fn make_response(status: &str, headers: &[&str], body: &[u8]) -> Answer {
    let length = format!("Content-Length: {}", body.len());
    vec![make_response_head(status, headers, &length), AnswerStep::Send(body.to_owned())]
}

/// Returns an answer that has only the first `length` bytes of the body that it announces, and then the step `end`.
pub fn make_partial_response(headers: &[&str], body: &[u8], length: usize, end: Option<AnswerStep>) -> Answer {
    let announced = format!("Content-Length: {}", body.len());
    let steps = [make_response_head("200 OK", headers, &announced), AnswerStep::Send(body[..length].to_owned())];
    steps.into_iter().chain(end).collect()
}

/// Returns an answer whose body comes in chunks of `size` bytes.
pub fn make_chunked_response(headers: &[&str], body: &[u8], size: usize) -> Answer {
    let chunk = |bytes: &[u8]| AnswerStep::Send([format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat());
    let head = make_response_head("200 OK", headers, "Transfer-Encoding: chunked");
    [head].into_iter().chain(body.chunks(size).map(chunk)).chain([chunk(b"")]).collect()
}

/// Returns the step that sends the status line and the headers of an answer; `last` is one more header line.
fn make_response_head(status: &str, headers: &[&str], last: &str) -> AnswerStep {
    let lines: String = headers.iter().chain([&last]).map(|header| format!("{header}\r\n")).collect();
    AnswerStep::Head(format!("HTTP/1.1 {status}\r\nConnection: close\r\n{lines}\r\n"))
}
