//! A server on 127.0.0.1 that answers requests for pages by a script.

use std::collections::{HashMap, VecDeque};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// Longest time that a test waits for the program.
const MAX_WAIT: Duration = Duration::from_secs(60);

/// One step of an answer. After the last step, the server closes the connection.
#[derive(Clone)]
pub enum Step {
    /// Sends the status line and the headers. In the first step, `SERVER` is replaced by the origin of the server.
    Head(String),
    /// Sends bytes of the body.
    Send(Vec<u8>),
    /// Tells the test that all steps before this one are done, and waits until the program closes the connection.
    Hold,
}

/// The steps of one answer, in their order.
pub type Answer = Vec<Step>;

/// The answers for each page by the name of the page, in the order of the requests. The name is the value of `page` in
/// the query; the first page, whose address the program makes itself, is named `1`.
pub type Script = HashMap<String, VecDeque<Answer>>;

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
        let mut script = Script::new();
        for (page, mut answer) in answers {
            if let Some(Step::Head(head)) = answer.first_mut() {
                *head = head.replace("SERVER", &origin);
            }
            script.entry(page.to_owned()).or_default().push_back(answer);
        }
        let (script, log) = (Arc::new(Mutex::new(script)), Arc::clone(&requests));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (script, log, sender) = (Arc::clone(&script), Arc::clone(&log), sender.clone());
                thread::spawn(move || serve_connection(&stream.unwrap(), &script, &log, &sender));
            }
        });
        Self { origin, requests, held }
    }

    /// Returns the address of the events API on this server, for `--url`.
    pub fn url(&self) -> String {
        format!("{}/v1/events", self.origin)
    }

    /// Waits until the server holds an answer; see [`Step::Hold`]. Panics after [`MAX_WAIT`].
    pub fn wait_for_hold(&self) {
        self.held.recv_timeout(MAX_WAIT).unwrap();
    }

    /// Returns the names of the pages that have been requested, in the order of the requests.
    pub fn pages(&self) -> Vec<String> {
        self.requests().iter().map(|target| page_name(target).to_owned()).collect()
    }

    /// Returns the targets of all requests, such as `/v1/events?max=10`. A request without the token has ` without the
    /// token` after its target.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

/// Returns the value of the parameter `page` in the query of the request target `target`; `1` if the query does not
/// have it.
fn page_name(target: &str) -> &str {
    let (_, query) = target.split_once('?').unwrap();
    query.split('&').find_map(|pair| pair.strip_prefix("page=")).unwrap_or("1")
}

/// Reads the request on the connection `stream`, records it in `log`, and answers it by `script`. Sends `()` to `held`
/// when it holds an answer.
fn serve_connection(mut stream: &TcpStream, script: &Mutex<Script>, log: &Mutex<Vec<String>>, held: &Sender<()>) {
    let head: Vec<String> = BufReader::new(stream).lines().map(Result::unwrap).take_while(|l| !l.is_empty()).collect();
    let Some(target) = head.first().and_then(|line| line.split(' ').nth(1)) else { return };
    let has_token = head.iter().any(|line| line.eq_ignore_ascii_case("authorization: Bearer secret"));
    log.lock().unwrap().push(if has_token { target.to_owned() } else { format!("{target} without the token") });
    let answer = script.lock().unwrap().get_mut(page_name(target)).and_then(VecDeque::pop_front);
    let _ = stream.set_nodelay(true);
    for step in answer.unwrap_or_else(|| respond("404 The script has no more answers", &[], b"")) {
        match step {
            // The program may have closed the connection, for example when it is killed.
            Step::Head(head) => drop(stream.write_all(head.as_bytes())),
            Step::Send(bytes) => drop(stream.write_all(&bytes)),
            Step::Hold => {
                held.send(()).unwrap();
                let _ = stream.read(&mut [0]);
            }
        }
    }
}

/// Returns a complete answer with the status `status` (such as `200 OK`), the header lines `headers`, and the body
/// `body`.
pub fn respond(status: &str, headers: &[&str], body: &[u8]) -> Answer {
    let length = format!("Content-Length: {}", body.len());
    vec![write_head(status, headers, &length), Step::Send(body.to_owned())]
}

/// Returns an answer that has only the first `length` bytes of the body that it announces, and then the step `end`.
pub fn respond_partly(headers: &[&str], body: &[u8], length: usize, end: Option<Step>) -> Answer {
    let announced = format!("Content-Length: {}", body.len());
    let steps = [write_head("200 OK", headers, &announced), Step::Send(body[..length].to_owned())];
    steps.into_iter().chain(end).collect()
}

/// Returns an answer whose body comes in chunks of `size` bytes.
pub fn respond_in_chunks(headers: &[&str], body: &[u8], size: usize) -> Answer {
    let chunk = |bytes: &[u8]| Step::Send([format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat());
    let head = write_head("200 OK", headers, "Transfer-Encoding: chunked");
    [head].into_iter().chain(body.chunks(size).map(chunk)).chain([chunk(b"")]).collect()
}

/// Returns the step that sends the status line and the headers of an answer; `last` is one more header line.
fn write_head(status: &str, headers: &[&str], last: &str) -> Step {
    let lines: String = headers.iter().chain([&last]).map(|header| format!("{header}\r\n")).collect();
    Step::Head(format!("HTTP/1.1 {status}\r\nConnection: close\r\n{lines}\r\n"))
}
