//! Prints what the methods for access find in an event with a property and a resource that the schema may list or not.

fn main() {
    let text = r#"{"id":"1","resource":"whiteboards","type":"created","actorId":"a","created":"","data":{"inputs":{"name":"Ann","age":7}}}"#;
    let mut event: webex_event::Event = webex_event::from_str(text).unwrap();
    let inputs = event.data.get("inputs").unwrap();
    let mut found = vec![
        format!("inputs.name: {}", inputs.get("name").unwrap().as_str().unwrap()),
        format!("inputs.age: {}", inputs.get("age").unwrap().as_i64().unwrap()),
        event.get("resource").unwrap().as_str().unwrap().to_owned(),
    ];
    let mut texts = event.texts();
    texts.sort();
    found.extend(texts.into_iter().map(|(path, text)| format!("{path}={text}")));
    event.redact(|path, text| path.starts_with("data.inputs").then(|| text.to_uppercase()));
    found.push(event.data.get("inputs").unwrap().to_value().to_string());
    event.data.remove("inputs").unwrap();
    found.push(event.data.properties().count().to_string());
    print!("{}", found.join("; "));
}
