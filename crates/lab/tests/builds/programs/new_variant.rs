fn main() {
    let resource: webex_event::EventResource = serde_json::from_str(r#""whiteboards""#).unwrap();
    print!("{resource:?}");
}
