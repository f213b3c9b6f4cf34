use backend::{Backend, Config, accounts::Admin, seed};
use domain::{Cursor, SearchTerm};
fn cpu() -> u64 {
    std::fs::read_dir("/proc/self/task")
        .unwrap()
        .map(|t| {
            let s = std::fs::read_to_string(t.unwrap().path().join("schedstat")).unwrap();
            s.split(' ').next().unwrap().parse::<u64>().unwrap()
        })
        .sum()
}
#[tokio::main(flavor = "current_thread")]
async fn main() {
    let dir = std::path::PathBuf::from(std::env::args().nth(1).unwrap());
    let users: u64 = std::env::args().nth(2).unwrap().parse().unwrap();
    let backend = Backend::open(Config { data_dir: dir, database_url: None }).await.unwrap();
    let admin = Admin::operator();
    if backend.users.totals(&admin).await.unwrap().users == 0 {
        seed::seed(&backend, seed::Plan { users, rooms: 100 }, |it| println!("{it}"))
            .await
            .unwrap();
    }
    println!("{:?}", backend.users.totals(&admin).await.unwrap());
    let first = backend.users.list(&admin, None).await.unwrap();
    for u in first.rows.iter().take(3) {
        println!("{} {}", u.user_id, u.nickname);
    }
    for raw in [
        "kim", "k", "ki", "s-", "S-20", "S-2041", "041", "zzzq", "ahn ji", "an", "김", "지", "ana",
        "s-1zz", "s-00", "000",
    ] {
        let term = SearchTerm::parse(raw).unwrap();
        let mut rows = 0;
        for _ in 0..20 {
            rows = backend.users.search(&admin, &term, 20).await.unwrap().rows.len();
        }
        let t = cpu();
        for _ in 0..200 {
            backend.users.search(&admin, &term, 20).await.unwrap();
        }
        println!("search {raw:8} {rows:3} rows {:6.1} us", (cpu() - t) as f64 / 200e3);
    }
    for cursor in [
        None,
        Some(Cursor { forward: true, number: 0, key: "m".into() }),
        Some(Cursor { forward: false, number: 0, key: "m".into() }),
    ] {
        for _ in 0..20 {
            backend.users.list(&admin, cursor.as_ref()).await.unwrap();
        }
        let t = cpu();
        for _ in 0..200 {
            backend.users.list(&admin, cursor.as_ref()).await.unwrap();
        }
        println!("list {cursor:?} {:6.1} us", (cpu() - t) as f64 / 200e3);
    }
}
