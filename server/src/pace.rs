//! The pace at which clients must send what they want read: a form or picture that arrives in drops, or
//! stops arriving, keeps a connection from others.

use std::{
    fmt,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::body::Bytes;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use tokio::time::{Sleep, sleep};

/// How slowly a body may arrive.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// For how long nothing may arrive.
    pub idle: Duration,
    /// For how long it may arrive more slowly than this.
    pub patience: Duration,
    /// How much must arrive, on average, from then on.
    pub bytes_per_second: u32,
}

impl Default for Pace {
    /// What the slowest of mobile connections still reach.
    fn default() -> Self {
        let patience = Duration::from_secs(20);
        Self { idle: Duration::from_secs(15), patience, bytes_per_second: 4 * 1024 }
    }
}

/// Why a body was not read to its end: it came too slowly.
#[derive(Debug)]
pub struct TooSlow;

impl fmt::Display for TooSlow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the body came too slowly")
    }
}

impl std::error::Error for TooSlow {}

/// Whether something broke off because a body came too slowly.
pub fn is_too_slow(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |it| it.source()).any(<dyn std::error::Error>::is::<TooSlow>)
}

/// A body that breaks off where it keeps no pace.
pub struct Paced {
    body: Incoming,
    pace: Pace,
    /// Set when the body is first waited for: what keeps the server from reading is not the client's fault.
    alarms: Option<Alarms>,
}

struct Alarms {
    idle: Pin<Box<Sleep>>,
    pace: Pin<Box<Sleep>>,
}

impl Paced {
    /// Has a body keep that pace.
    pub fn new(body: Incoming, pace: Pace) -> Self {
        Self { body, pace, alarms: None }
    }

    fn wait(&mut self, context: &mut Context<'_>) -> Poll<TooSlow> {
        let pace = self.pace;
        let alarms = self.alarms.get_or_insert_with(|| Alarms {
            idle: Box::pin(sleep(pace.idle)),
            pace: Box::pin(sleep(pace.patience)),
        });
        let rung = alarms.idle.as_mut().poll(context).is_ready()
            || alarms.pace.as_mut().poll(context).is_ready();
        if rung { Poll::Ready(TooSlow) } else { Poll::Pending }
    }

    fn came(&mut self, bytes: usize) {
        let worth = Duration::from_secs_f64(seconds(bytes, self.pace.bytes_per_second));
        if let Some(alarms) = &mut self.alarms {
            alarms.idle.set(sleep(self.pace.idle));
            let then = alarms.pace.deadline() + worth;
            alarms.pace.as_mut().reset(then);
        }
    }
}

/// How many seconds so many bytes may take.
fn seconds(bytes: usize, per_second: u32) -> f64 {
    f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) / f64::from(per_second)
}

impl Body for Paced {
    type Data = Bytes;
    type Error = axum::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::BoxError>>> {
        match Pin::new(&mut self.body).poll_frame(context) {
            Poll::Ready(Some(Ok(frame))) => {
                self.came(frame.data_ref().map_or(0, Bytes::len));
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(end) => Poll::Ready(end.map(|it| it.map_err(Into::into))),
            Poll::Pending => self.wait(context).map(|slow| Some(Err(slow.into()))),
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
