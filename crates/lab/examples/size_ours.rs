//! Reads an event and writes it, with the generated types: `cargo llvm-lines` counts what that takes.

use std::io::Read as _;

use webex_event::Event;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    let event: Event = serde_json::from_str(&text)?;
    println!("{}", serde_json::to_string(&event)?);
    Ok(())
}
