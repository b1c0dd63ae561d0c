//! Reads a loan, says what has been lent, and writes the loan back with another state.

use own_schema::{Item, Loan, LoanState};

fn main() -> Result<(), serde_json::Error> {
    let text = r#"{"id":"L-7","state":"lent","item":{"kind":"book","title":"Momo","pages":304},"shelf":"B 12"}"#;
    let mut loan: Loan = serde_json::from_str(text)?;
    let item = match &loan.item {
        Item::Book(book) => format!("the book {}", book.title),
        Item::Film(film) => format!("the film {}", film.title),
        other => format!("something new: {}", serde_json::to_string(other)?),
    };
    println!("{} is {}: {item}", loan.id, loan.state);

    loan.state = LoanState::Returned;
    println!("{}", serde_json::to_string(&loan)?); // `shelf` is in no schema, and is there
    Ok(())
}
