//! A line to PostgreSQL or Redis that a test can cut.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// Forwards to another address, for as long as the test wants.
pub struct Proxy {
    address: SocketAddr,
    open: watch::Sender<bool>,
    cut_at_commit: Arc<AtomicBool>,
}

#[derive(Clone)]
struct Line {
    target: String,
    open: watch::Receiver<bool>,
    cut_at_commit: Arc<AtomicBool>,
}

/// A simple query's text as PostgreSQL's protocol sends it.
const COMMIT: &[u8] = b"COMMIT\0";

impl Proxy {
    /// An open line to the address (`host:port`) in a URL.
    pub async fn to(url: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (open, cut_at_commit) = (watch::Sender::new(true), Arc::<AtomicBool>::default());
        let target = url[range_of_address(url)].to_owned();
        let line = Line { target, open: open.subscribe(), cut_at_commit: cut_at_commit.clone() };
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                tokio::spawn(line.clone().carry(near));
            }
        });
        Self { address, open, cut_at_commit }
    }

    /// The same URL, by way of this proxy.
    pub fn instead_of(&self, url: &str) -> String {
        let mut url = url.to_owned();
        url.replace_range(range_of_address(&url), &self.address.to_string());
        url
    }

    /// Cuts every connection and lets no new one live.
    pub fn close(&self) {
        self.open.send_replace(false);
    }

    /// Forwards again.
    pub fn open(&self) {
        self.open.send_replace(true);
    }

    /// Lets the next COMMIT through, waits until it is done, and cuts the connection instead of giving its reply.
    pub fn cut_at_next_commit(&self) {
        self.cut_at_commit.store(true, Ordering::SeqCst);
    }
}

/// Where `host:port` stands in a URL.
fn range_of_address(url: &str) -> std::ops::Range<usize> {
    let start = url.find("://").map_or(0, |scheme| scheme + 3);
    let end = url[start..].find('/').map_or(url.len(), |slash| start + slash);
    let start = url[start..end].find('@').map_or(start, |at| start + at + 1);
    start..end
}

impl Line {
    async fn carry(mut self, near: TcpStream) {
        if !*self.open.borrow() {
            return;
        }
        let Ok(far) = TcpStream::connect(&self.target).await else { return };
        let _ = (near.set_nodelay(true), far.set_nodelay(true));
        let (near_read, near_write) = near.into_split();
        let (far_read, far_write) = far.into_split();
        let (cutting, cut) = watch::channel(false);
        let out = self.clone().out(near_read, far_write, cutting);
        let back = back(far_read, near_write, cut);
        tokio::select! {
            () = out => {}
            () = back => {}
            _ = self.open.wait_for(|open| !*open) => {}
        }
    }

    /// Client to server; tells the way back when a COMMIT is on its way whose reply is to be lost.
    async fn out(self, mut from: OwnedReadHalf, mut to: OwnedWriteHalf, cutting: watch::Sender<bool>) {
        let mut buffer = vec![0; 64 * 1024];
        while let Ok(length @ 1..) = from.read(&mut buffer).await {
            let bytes = &buffer[..length];
            let commits = bytes.windows(COMMIT.len()).any(|window| window == COMMIT);
            if commits && self.cut_at_commit.swap(false, Ordering::SeqCst) {
                cutting.send_replace(true);
            }
            if to.write_all(bytes).await.is_err() {
                return;
            }
        }
    }
}

async fn back(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, cut: watch::Receiver<bool>) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        // The first answer after the COMMIT went out is its reply: it is done, and nobody hears of it.
        if *cut.borrow() || to.write_all(&buffer[..length]).await.is_err() {
            return;
        }
    }
}
