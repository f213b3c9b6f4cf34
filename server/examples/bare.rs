//! What `cargo xtask bench` compares the server with: a route and a page that do nothing but what axum
//! and Leptos do by themselves.
//!
//! Serves on a free port, which it prints. `/route` reads what is sent and answers with as many bytes
//! as are asked for. `/page/…` is a page of the rows that were posted to `/rows/…`, rendered from memory
//! as the console's lists are: asynchronously, with the rows in it for a browser to go on with.

use std::{
    collections::HashMap,
    sync::{Arc, PoisonError, RwLock},
};

use axum::{
    Json, Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, Query, Request, State},
    response::Response,
    routing::{any, get, post},
};
use domain::{room::ListedRoom, user::ListedUser};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;

/// The rows of each page.
type Pages = Arc<RwLock<HashMap<String, Rows>>>;

/// The rows of a list.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Rows {
    Users(Vec<ListedUser>),
    Rooms(Vec<ListedRoom>),
}

#[derive(Deserialize)]
struct Wanted {
    /// How many bytes the answer is to have.
    answer: usize,
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    // Has the framework work on this runtime; there are no routes to list.
    leptos_axum::generate_route_list(App);
    let router = Router::new()
        .route("/route", any(route))
        .route("/rows/{page}", post(keep))
        .route("/page/{page}", get(page))
        .layer(DefaultBodyLimit::disable())
        .with_state(Pages::default());
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("http://{}", listener.local_addr()?);
    axum::serve(listener, router).await
}

async fn route(Query(wanted): Query<Wanted>, _: Bytes) -> Bytes {
    vec![b'x'; wanted.answer].into()
}

async fn keep(State(pages): State<Pages>, Path(page): Path<String>, Json(rows): Json<Rows>) {
    pages.write().unwrap_or_else(PoisonError::into_inner).insert(page, rows);
}

async fn page(State(pages): State<Pages>, Path(page): Path<String>, request: Request) -> Response {
    let rows = pages.read().unwrap_or_else(PoisonError::into_inner).get(&page).cloned();
    let context = move || provide_context(rows.clone());
    leptos_axum::render_app_async_with_context(context, document)(request).await
}

fn document() -> impl IntoView {
    view! {
        <!DOCTYPE html>
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <title>"Bare"</title>
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

#[component]
fn App() -> impl IntoView {
    let rows = use_context::<Option<Rows>>().flatten();
    let rows = Resource::new(
        || (),
        move |()| {
            let rows = rows.clone();
            async move { rows }
        },
    );
    view! {
        <main>
            <Suspense>{move || Suspend::new(async move { rows.await.map(table) })}</Suspense>
        </main>
    }
}

fn table(rows: Rows) -> impl IntoView {
    let rows = match rows {
        Rows::Users(rows) => rows.into_iter().map(user).collect_view(),
        Rows::Rooms(rows) => rows.into_iter().map(room).collect_view(),
    };
    view! {
        <table>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn user(listed: ListedUser) -> AnyView {
    let ListedUser { user, groups, .. } = listed;
    let groups: Vec<String> = groups.iter().map(ToString::to_string).collect();
    let image = user.image.map(|it| view! { <img src=format!("/images/{it}") alt="" /> });
    let href = format!("/users/{}", user.user_id);
    view! {
        <tr>
            <th scope="row">
                {image} <a href=href>{user.nickname.to_string()}</a> {user.user_id.to_string()}
            </th>
            <td>{user.permission.name()}</td>
            <td>{user.status.name()}</td>
            <td>{groups.join(", ")}</td>
            <td>{user.role.name()}</td>
        </tr>
    }
    .into_any()
}

fn room(ListedRoom { room, .. }: ListedRoom) -> AnyView {
    let href = format!("/rooms/{}", room.id);
    view! {
        <tr>
            <th scope="row">
                <a href=href>{room.name.to_string()}</a>
            </th>
            <td>{room.state.name()}</td>
            <td>{room.room_type.name()}</td>
            <td>{room.owner.nickname.to_string()} {room.owner.user_id.to_string()}</td>
            <td>{room.members}</td>
        </tr>
    }
    .into_any()
}
