//! The people of `cargo xtask bench`: they sit in classrooms of a server as their browsers would, each by
//! their own link, and do what they are told.
//!
//! Takes the origin of the server, then an order a line on stdin, as JSON, and answers each with a line
//! once it is carried out. Ends with its stdin.

use std::{
    env,
    io::{self, BufRead},
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use anyhow::{Context, Result, bail};
use axum::{
    body::Bytes,
    http::{HeaderMap, Request, header},
};
use domain::classroom::{Act, ClientMessage, Hello, ParticipantId, ServerMessage, Standing, WIRE};
use futures_util::{SinkExt, StreamExt};
use http_body_util::Full;
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::{
    net::{TcpSocket, TcpStream},
    sync::{mpsc, watch},
    time::{Instant, sleep, timeout},
};
use tokio_tungstenite::{
    WebSocketStream, client_async_with_config,
    tungstenite::{Message, client::IntoClientRequest, protocol::WebSocketConfig},
};

/// So many enter at once.
const AT_ONCE: usize = 64;
/// So many come from one address: a server lets no more in.
const FROM_ONE_PLACE: usize = 1_000;
/// Between acts: nobody may act more often for long, and none is to be told together with another.
const PAUSE: Duration = Duration::from_millis(110);
/// Nobody is told anything for so long once everything has been told.
const QUIET: Duration = Duration::from_millis(400);
/// Nothing takes longer, or the order fails.
const PATIENCE: Duration = Duration::from_mins(1);

#[derive(Deserialize)]
#[serde(rename_all = "snake_case", tag = "do")]
enum Order {
    /// Somebody enters by each of these links; the first is Host. Answers with the number of the class.
    Enter { links: Vec<String> },
    /// So many Guests raise their hands, one after another. Answers with how many frames were delivered.
    Hands { class: usize, people: usize },
    /// The Host makes Hosts of so many, one after another. Answers with the milliseconds until each was.
    Promote { class: usize, people: usize },
    /// The Host bans so many, one after another. Answers with the milliseconds until each was out.
    Ban { class: usize, people: usize },
    /// So many read nothing any more.
    Stall { class: usize, people: usize },
}

/// What somebody has been told, as far as it matters.
#[derive(Clone, Copy)]
struct Told {
    me: ParticipantId,
    standing: Standing,
    out: bool,
    /// When that was so.
    at: Instant,
}

/// Somebody who sits in a classroom.
struct Person {
    says: mpsc::UnboundedSender<Option<ClientMessage>>,
    told: watch::Receiver<Told>,
}

/// Those who sit in one classroom. The first is Host.
struct Class {
    people: Vec<Person>,
    /// Whoever stands before that has been promoted, banned or stalled.
    used: usize,
    acts: u32,
}

/// All of them.
struct Crowd {
    origin: String,
    address: SocketAddr,
    classes: Vec<Class>,
    /// How many have come, whatever became of them.
    came: usize,
    delivered: Arc<AtomicU64>,
}

#[tokio::main]
async fn main() -> Result<()> {
    let origin = env::args().nth(1).context("the origin of a server is missing")?;
    let address = origin.strip_prefix("http://").context("it has no http")?.parse()?;
    rlimit::increase_nofile_limit(u64::MAX)?;
    let delivered = Arc::default();
    let mut crowd = Crowd { origin, address, classes: Vec::new(), came: 0, delivered };
    for line in io::stdin().lock().lines() {
        let order = serde_json::from_str(&line?)?;
        println!("{}", crowd.carry_out(order).await?);
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "what is measured is real time")]
fn now() -> Instant {
    Instant::now()
}

impl Crowd {
    async fn carry_out(&mut self, order: Order) -> Result<Value> {
        match order {
            Order::Enter { links } => self.enter(&links).await,
            Order::Hands { class, people } => self.raise_hands(class, people).await,
            Order::Promote { class, people } => {
                let act = |who| Act::SetPermission { who, to: Standing::Host };
                self.act_on(class, people, act, |it| it.standing == Standing::Host).await
            }
            Order::Ban { class, people } => {
                self.act_on(class, people, |who| Act::Ban { who }, |it| it.out).await
            }
            Order::Stall { class, people } => {
                for person in self.class(class)?.next(people)? {
                    person.says.send(None)?;
                }
                Ok(json!({}))
            }
        }
    }

    async fn enter(&mut self, links: &[String]) -> Result<Value> {
        let mut people = Vec::with_capacity(links.len());
        for some in links.chunks(AT_ONCE) {
            let entering: Vec<_> = some
                .iter()
                .map(|link| {
                    let place = self.came / FROM_ONE_PLACE;
                    self.came += 1;
                    let door = Door::new(&self.origin, self.address, place);
                    let (link, delivered) = (link.clone(), Arc::clone(&self.delivered));
                    tokio::spawn(async move { door?.enter(&link, delivered).await })
                })
                .collect();
            for person in entering {
                people.push(person.await??);
            }
        }
        self.classes.push(Class { people, used: 1, acts: 0 });
        self.quiet().await;
        Ok(json!({ "class": self.classes.len() - 1 }))
    }

    async fn raise_hands(&mut self, class: usize, people: usize) -> Result<Value> {
        let before = self.delivered.load(Ordering::Relaxed);
        for person in self.class(class)?.next(people)? {
            person.says.send(Some(ClientMessage::Act { id: 1, act: Act::RaiseHand }))?;
            sleep(PAUSE).await;
        }
        self.quiet().await;
        Ok(json!({ "delivered": self.delivered.load(Ordering::Relaxed) - before }))
    }

    /// Has the Host do something to so many, and waits each time until that is so for whom it is about.
    async fn act_on(
        &mut self,
        class: usize,
        people: usize,
        act: impl Fn(ParticipantId) -> Act,
        holds: impl Fn(&Told) -> bool,
    ) -> Result<Value> {
        let class = self.class(class)?;
        let (first, id) = (class.used, class.acts);
        class.next(people)?;
        class.acts += u32::try_from(people)?;
        let [host, others @ ..] = &class.people[..] else { bail!("nobody is there") };
        let mut took = Vec::with_capacity(people);
        for (number, person) in (id..).zip(&others[first - 1..][..people]) {
            let mut told = person.told.clone();
            let act = act(told.borrow().me);
            let began = now();
            host.says.send(Some(ClientMessage::Act { id: number, act }))?;
            let held = *timeout(PATIENCE, told.wait_for(&holds)).await??;
            took.push(held.at.duration_since(began).as_secs_f64() * 1e3);
            sleep(PAUSE).await;
        }
        self.quiet().await;
        Ok(json!({ "ms": took }))
    }

    /// Waits until nobody is told anything any more.
    async fn quiet(&self) {
        let mut before = None;
        loop {
            let now = Some(self.delivered.load(Ordering::Relaxed));
            if before == now {
                return;
            }
            before = now;
            sleep(QUIET).await;
        }
    }

    fn class(&mut self, number: usize) -> Result<&mut Class> {
        self.classes.get_mut(number).context("there is no such class")
    }
}

impl Class {
    /// The next so many of whom nothing was asked yet.
    fn next(&mut self, people: usize) -> Result<&[Person]> {
        let first = self.used;
        self.used += people;
        self.people.get(first..self.used).context("there aren't so many")
    }
}

/// The way in for somebody.
struct Door {
    origin: String,
    address: SocketAddr,
    from: IpAddr,
    http: Client<HttpConnector, Full<Bytes>>,
}

impl Door {
    fn new(origin: &str, address: SocketAddr, place: usize) -> Result<Self> {
        let from = IpAddr::V4(Ipv4Addr::new(127, 0, 0, u8::try_from(place + 2)?));
        let mut connector = HttpConnector::new();
        connector.set_local_address(Some(from));
        let http = Client::builder(TokioExecutor::new()).build(connector);
        Ok(Self { origin: origin.to_owned(), address, from, http })
    }

    /// Opens a link, presses Enter, and opens the classroom.
    async fn enter(&self, link: &str, delivered: Arc<AtomicU64>) -> Result<Person> {
        let opened = self.ask(Request::get(format!("{}{link}", self.origin)), "").await?;
        let (door, cookie) = led(&opened, "rollcall_door")?;
        let enter = Request::post(format!("{}{door}", self.origin))
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let (room, cookie) = led(&self.ask(enter, "as=link").await?, "rollcall_entry")?;
        let stream = self.dial(&format!("{room}/socket"), &cookie).await?;
        sit(stream, delivered).await
    }

    async fn ask(
        &self,
        request: axum::http::request::Builder,
        body: &'static str,
    ) -> Result<HeaderMap> {
        let request = request
            .header(header::ACCEPT, "text/html")
            .header("sec-fetch-site", "same-origin")
            .header(header::ORIGIN, &self.origin)
            .body(Full::from(body))?;
        Ok(self.http.request(request).await?.headers().clone())
    }

    async fn dial(&self, path: &str, cookie: &str) -> Result<WebSocketStream<TcpStream>> {
        let socket = TcpSocket::new_v4()?;
        socket.bind(SocketAddr::new(self.from, 0))?;
        let stream = socket.connect(self.address).await?;
        let mut request = format!("ws://{}{path}", self.address).into_client_request()?;
        request.headers_mut().insert(header::ORIGIN, self.origin.parse()?);
        request.headers_mut().insert(header::COOKIE, cookie.parse()?);
        let small = WebSocketConfig::default().read_buffer_size(2_048).write_buffer_size(0);
        Ok(client_async_with_config(request, stream, Some(small)).await?.0)
    }
}

/// Where an answer leads, and the cookie of that name.
fn led(answer: &HeaderMap, name: &str) -> Result<(String, String)> {
    let location = answer.get(header::LOCATION).context("it leads nowhere")?.to_str()?;
    let cookies = answer.get_all(header::SET_COOKIE).into_iter().filter_map(|it| it.to_str().ok());
    let cookie = cookies.filter_map(|it| it.split(';').next()).find(|it| it.starts_with(name));
    Ok((location.to_owned(), cookie.context("it sets no such cookie")?.to_owned()))
}

/// Says hello, and then what they are told to, until they are out. Answers once they are in.
async fn sit(mut stream: WebSocketStream<TcpStream>, delivered: Arc<AtomicU64>) -> Result<Person> {
    let hello = ClientMessage::Hello(Hello { wire: WIRE, resume: None });
    stream.send(text(&hello)?).await?;
    let me = loop {
        let message = timeout(PATIENCE, stream.next()).await?.context("it was closed")??;
        if let Some(told) = read(&message) {
            break told;
        }
    };
    let (tell, told) = watch::channel(me);
    let (says, said) = mpsc::unbounded_channel();
    tokio::spawn(follow(stream, said, tell, delivered));
    Ok(Person { says, told })
}

async fn follow(
    mut stream: WebSocketStream<TcpStream>,
    mut said: mpsc::UnboundedReceiver<Option<ClientMessage>>,
    tell: watch::Sender<Told>,
    delivered: Arc<AtomicU64>,
) -> Result<()> {
    loop {
        tokio::select! {
            message = stream.next() => {
                let Some(Ok(message)) = message else { break };
                if message.to_text().is_ok_and(|it| it.starts_with("{\"frame\"")) {
                    delivered.fetch_add(1, Ordering::Relaxed);
                } else if let Some(now) = read(&message) {
                    tell.send_replace(now);
                } else if message.to_text().is_ok_and(|it| it.starts_with("{\"closed\"")) {
                    break;
                }
            }
            message = said.recv() => match message {
                Some(Some(message)) => stream.send(text(&message)?).await?,
                // Reads nothing any more, and keeps the line.
                Some(None) => std::future::pending().await,
                None => return Ok(()),
            },
        }
    }
    tell.send_modify(|it| (it.out, it.at) = (true, now()));
    Ok(())
}

/// What a message tells somebody of themselves.
fn read(message: &Message) -> Option<Told> {
    let text = message.to_text().ok().filter(|it| it.starts_with("{\"welcome\""))?;
    let ServerMessage::Welcome(welcome) = serde_json::from_str(text).ok()? else { return None };
    let person = welcome.you?.person;
    Some(Told { me: person.id, standing: person.standing, out: false, at: now() })
}

fn text(message: &ClientMessage) -> Result<Message> {
    Ok(Message::text(serde_json::to_string(message)?))
}
