//! What `cargo xtask bench` compares the server with: the SQL, decoding and hashing without anything
//! around them, written by hand.
//!
//! Takes the path of a database that a server may be using, reads orders from the standard input, one
//! a line as JSON, does each as often as it says, and answers each with a line of JSON. Whoever gives
//! the orders looks at what CPU time this program takes.

mod hand_written;
mod lists;
mod pictures;

use std::{
    error::Error,
    io::{self, BufRead, Write},
    path::PathBuf,
};

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use serde::Deserialize;
use serde_json::{Value, json};
use sqlx::{
    ConnectOptions, SqliteConnection,
    sqlite::{SqliteConnectOptions, SqliteSynchronous},
};

use lists::Listed;

type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// An order: what to do, and how often.
#[derive(Deserialize)]
struct Order {
    #[serde(flatten)]
    act: Act,
    times: u32,
}

#[derive(Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
enum Act {
    /// Finds the first twenty users by a term.
    Search { term: String },
    /// Reads a page of a list.
    List(Listed),
    /// Tells where the second half of a list begins.
    Half(Listed),
    /// Tells the User IDs of so many active users.
    Active { count: u32 },
    /// Makes a user.
    CreateUser,
    /// Makes a room with these users as its members.
    CreateRoom { members: Vec<String> },
    /// Reads what decides whether that user may enter that room.
    CanEnter { room: String, user: String },
    /// Compares a password with its hash.
    Verify,
    /// Decodes a picture.
    Decode { file: PathBuf },
    /// Draws the pictures that the bench uploads.
    Pictures { folder: PathBuf },
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result {
    let database = std::env::args_os().nth(1).ok_or("name the database")?;
    let options = SqliteConnectOptions::new().filename(database).foreign_keys(true);
    let mut db = options.synchronous(SqliteSynchronous::Full).connect().await?;
    let hash = Argon2::default().hash_password(PASSWORD)?.to_string();
    for line in io::stdin().lock().lines() {
        let order: Order = serde_json::from_str(&line?)?;
        let mut answer = Value::Null;
        for _ in 0..order.times {
            answer = act(&mut db, &order.act, &hash).await?;
        }
        println!("{answer}");
        io::stdout().flush()?;
    }
    Ok(())
}

const PASSWORD: &[u8] = b"correct horse battery staple";

async fn act(db: &mut SqliteConnection, act: &Act, hash: &str) -> Result<Value> {
    Ok(match act {
        Act::Search { term } => json!(hand_written::search(db, term).await?),
        Act::List(list) => json!(lists::page(db, list).await?),
        Act::Half(list) => json!(lists::half(db, list).await?),
        Act::Active { count } => json!(hand_written::active(db, *count).await?),
        Act::CreateUser => json!(hand_written::create_user(db).await?),
        Act::CreateRoom { members } => json!(hand_written::create_room(db, members).await?),
        Act::CanEnter { room, user } => json!(hand_written::can_enter(db, room, user).await?),
        Act::Verify => {
            Argon2::default().verify_password(PASSWORD, &PasswordHash::new(hash)?)?;
            json!(true)
        }
        Act::Decode { file } => json!(pictures::decode(file)?),
        Act::Pictures { folder } => json!(pictures::draw(folder)?),
    })
}
