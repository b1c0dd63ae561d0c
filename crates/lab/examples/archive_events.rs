//! Prints an archive of invented events, one a line: `cargo run -p lab --example archive_events -- 200000 1`, with the
//! number of lines and the seed.

use std::io::{self, BufWriter, Write as _};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [count, seed] = arguments.as_slice() else { return Err("usage: archive_events COUNT SEED".into()) };
    let mut out = BufWriter::new(io::stdout().lock());
    for line in lab::archive::make_event_lines(count.parse()?, seed.parse()?) {
        out.write_all(line.as_bytes())?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}
