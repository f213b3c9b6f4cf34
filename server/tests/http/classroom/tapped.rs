//! A connection to a server of which all is kept that was read, and the frames that this was.

use std::{
    pin::Pin,
    sync::{Arc, Mutex},
    task::{Context, Poll},
};

use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::TcpStream,
};

/// A connection of which all is kept that was read.
pub struct Tapped {
    pub stream: TcpStream,
    pub read: Arc<Mutex<Vec<u8>>>,
}

impl AsyncRead for Tapped {
    fn poll_read(
        mut self: Pin<&mut Self>,
        polling: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<std::io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(polling, buffer);
        self.read.lock().unwrap().extend_from_slice(&buffer.filled()[before..]);
        polled
    }
}

impl AsyncWrite for Tapped {
    fn poll_write(
        mut self: Pin<&mut Self>,
        polling: &mut Context<'_>,
        buffer: &[u8],
    ) -> Poll<std::io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(polling, buffer)
    }

    fn poll_flush(
        mut self: Pin<&mut Self>,
        polling: &mut Context<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(polling)
    }

    fn poll_shutdown(
        mut self: Pin<&mut Self>,
        polling: &mut Context<'_>,
    ) -> Poll<std::io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(polling)
    }
}

/// The frames that came over a WebSocket, byte by byte, but for those that only make sure that somebody is
/// there.
pub fn frames(read: &[u8]) -> Vec<Vec<u8>> {
    let head = read.windows(4).position(|it| it == b"\r\n\r\n").unwrap() + 4;
    let (mut rest, mut frames) = (&read[head..], Vec::new());
    while let [kind, length, ..] = *rest {
        let (head, length) = match length {
            126 => (4, usize::from(u16::from_be_bytes([rest[2], rest[3]]))),
            127 => panic!("no frame is as long"),
            length => (2, usize::from(length)),
        };
        let (frame, further) = rest.split_at(rest.len().min(head + length));
        if kind & 0x0f != 0x9 {
            frames.push(frame.to_vec());
        }
        rest = further;
    }
    frames
}
