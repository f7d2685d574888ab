//! Serving: opens the doors, runs until told to stop, and finishes what has begun.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::time::Duration;

use actix_web::body::{BodySize, MessageBody};
use actix_web::dev::{ServerHandle, ServiceRequest, ServiceResponse};
use actix_web::http::header::{CONTENT_ENCODING, HeaderValue};
use actix_web::middleware::{Compress, Next, from_fn};
use actix_web::{HttpServer, web};
use rustls::ServerConfig;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use tokio::net::TcpSocket;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::broadcast::error::RecvError;
use tokio::task::{JoinHandle, JoinSet};

use crate::app::App;
use crate::config::{Config, PublicUrl};
use crate::ephemeral::Topic;
use crate::error::{Error, Result};
use crate::http::finish;
use crate::{demo, health, jobs, routes};

/// An idle connection is kept for a page's next requests: a new one costs a phone on a slow net seconds.
const KEPT_OPEN: Duration = Duration::from_secs(75);

/// How long the head of a request may take to come: in a rush, or from an underpass, longer than actix allows.
const SLOW_PHONE: Duration = Duration::from_secs(20);

/// Callers who wait to be let in, at the most; a rush brings thousands within a second.
const BACKLOG: u32 = 4_096;
/// How long an answer that has begun may take once the server is to stop.
const LAST_ANSWERS: Duration = Duration::from_secs(10);
/// Shorter bodies grow or hardly shrink when compressed.
const WORTH_COMPRESSING: u64 = 1_024;

/// The addresses that a server listens on, open before anything else is.
pub struct Doors {
    public: TcpListener,
    operators: Option<TcpListener>,
    tls: Option<ServerConfig>,
}

impl Doors {
    /// Opens them. Port 0 takes a free port, which the public URL then names unless the operator set another.
    ///
    /// # Errors
    /// With a sentence for the operator, when an address is taken or a certificate can't be read.
    pub fn open(config: &mut Config) -> Result<Self> {
        let public = listen(config.listen.address)?;
        if config.listen.address.port() == 0 {
            let is_own = config.public_url == PublicUrl::of(config.listen.address, &config.tls);
            config.listen.address = public.local_addr().map_err(Error::internal)?;
            if is_own {
                config.public_url = PublicUrl::of(config.listen.address, &config.tls);
            }
        }
        let operators = config.metrics.listen.map(listen).transpose()?;
        let tls = config.tls.files.as_ref().map(|(cert, key)| certificate(cert, key)).transpose()?;
        Ok(Self { public, operators, tls })
    }
}

fn listen(address: SocketAddr) -> Result<TcpListener> {
    let open = || {
        let socket = if address.is_ipv4() { TcpSocket::new_v4() } else { TcpSocket::new_v6() }?;
        socket.set_reuseaddr(true)?;
        socket.bind(address)?;
        socket.listen(BACKLOG)?.into_std()
    };
    open().map_err(|error| {
        Error::internal(format!(
            "can't listen on {address} ({error}): choose another address, or stop what uses it"
        ))
    })
}

/// Reads a certificate chain and its key from PEM files.
///
/// # Errors
/// With a sentence that names the file.
pub fn certificate(cert: &Path, key: &Path) -> Result<ServerConfig> {
    let wrong = |path: &Path, error: &dyn std::fmt::Display| {
        Error::internal(format!("{} can't be used ({error}): it is to be a PEM file", path.display()))
    };
    let chain: Vec<_> = CertificateDer::pem_file_iter(cert)
        .and_then(Iterator::collect)
        .map_err(|error| wrong(cert, &error))?;
    if chain.is_empty() {
        return Err(wrong(cert, &"it holds no certificate"));
    }
    let secret = PrivateKeyDer::from_pem_file(key).map_err(|error| wrong(key, &error))?;
    ServerConfig::builder_with_provider(rustls::crypto::ring::default_provider().into())
        .with_safe_default_protocol_versions()
        .map_err(Error::internal)?
        .with_no_client_auth()
        .with_single_cert(chain, secret)
        .map_err(|error| match error {
            rustls::Error::InconsistentKeys(_) => Error::internal(format!(
                "{} is not the key of {}: name the key that the certificate was made with",
                key.display(),
                cert.display()
            )),
            error => wrong(cert, &error),
        })
}

/// A server that serves.
pub struct Server {
    app: App,
    address: SocketAddr,
    operators_address: Option<SocketAddr>,
    handles: Vec<ServerHandle>,
    listening: JoinSet<std::io::Result<()>>,
    jobs: JoinSet<()>,
    following: JoinHandle<()>,
}

impl Server {
    /// Begins to serve. Must be called within a runtime.
    ///
    /// # Errors
    /// When the operating system refuses.
    pub fn start(app: App, doors: Doors) -> Result<Self> {
        health::install()?;
        let address = doors.public.local_addr().map_err(Error::internal)?;
        let operators_address =
            doors.operators.as_ref().map(TcpListener::local_addr).transpose().map_err(Error::internal)?;
        let (mut handles, mut listening) = (Vec::new(), JoinSet::new());
        let shared = web::Data::new(app.clone());
        let own = shared.clone();
        let public = HttpServer::new(move || {
            actix_web::App::new()
                .app_data(shared.clone())
                .configure(routes::configure)
                .wrap(from_fn(spare_the_short))
                .wrap(Compress::default())
                .wrap(from_fn(finish))
        })
        .disable_signals()
        .keep_alive(KEPT_OPEN)
        .client_request_timeout(SLOW_PHONE)
        .shutdown_timeout(LAST_ANSWERS.as_secs());
        let public = match doors.tls {
            Some(tls) => public.listen_rustls_0_23(doors.public, tls),
            None => public.listen(doors.public),
        };
        let public = public.map_err(Error::internal)?.run();
        handles.push(public.handle());
        listening.spawn(public);
        if let Some(door) = doors.operators {
            let operators = HttpServer::new(move || {
                actix_web::App::new().app_data(own.clone()).configure(health::http::own_routes)
            });
            let operators =
                operators.disable_signals().workers(1).listen(door).map_err(Error::internal)?.run();
            handles.push(operators.handle());
            listening.spawn(operators);
        }
        let jobs = jobs::start(&app);
        let following = tokio::spawn(follow(app.clone()));
        Ok(Self { app, address, operators_address, handles, listening, jobs, following })
    }

    /// Where callers reach it.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Where operators read the figures, when that is an address of its own.
    pub fn operators_address(&self) -> Option<SocketAddr> {
        self.operators_address
    }

    /// Serves until the process is told to stop (SIGTERM or SIGINT), then stops.
    ///
    /// # Errors
    /// When signals can't be heard, or the server ended by itself.
    pub async fn serve(mut self) -> Result<()> {
        let mut terminate = signal(SignalKind::terminate()).map_err(Error::internal)?;
        let mut interrupt = signal(SignalKind::interrupt()).map_err(Error::internal)?;
        let ended = tokio::select! {
            _ = terminate.recv() => Ok(()),
            _ = interrupt.recv() => Ok(()),
            ended = self.listening.join_next() => match ended {
                Some(Ok(Err(error))) => Err(Error::internal(error)),
                _ => Err(Error::internal("the server ended by itself")),
            },
        };
        tracing::info!("stopping: what has begun is finished first");
        self.stop().await;
        ended
    }

    /// Lets nobody in any more, answers who is in, does what is queued, and ends.
    pub async fn stop(mut self) {
        self.app.stopping.send_replace(true);
        for handle in &self.handles {
            handle.stop(true).await;
        }
        while self.listening.join_next().await.is_some() {}
        while self.jobs.join_next().await.is_some() {}
        self.following.abort();
        let store = self.app.store.clone();
        if tokio::task::spawn_blocking(move || store.close()).await.is_err() {
            tracing::error!("the store did not close");
        }
    }
}

/// Marks short answers that aren't compressed yet, so that `Compress` leaves them alone.
async fn spare_the_short<B: MessageBody + 'static>(
    request: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    let mut response = next.call(request).await?;
    let is_short =
        matches!(response.response().body().size(), BodySize::Sized(size) if size < WORTH_COMPRESSING);
    if is_short && !response.headers().contains_key(CONTENT_ENCODING) {
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static("identity"));
    }
    Ok(response)
}

/// Keeps what this server remembers in step with what others tell it.
async fn follow(app: App) {
    let mut events = app.ephemeral.subscribe();
    loop {
        let event = match events.recv().await {
            Ok(event) => event,
            Err(RecvError::Lagged(_)) => Topic::Resync.changed(),
            Err(RecvError::Closed) => return,
        };
        app.marks.hear(&event);
        match event.topic {
            Topic::Session(session) => app.callers.forget(session),
            Topic::Resync => {
                app.callers.forget_all();
                follow_clock(&app).await;
            }
            Topic::Clock => follow_clock(&app).await,
            Topic::Shift(_) | Topic::Queue | Topic::Me(_) | Topic::Organization(_) => {}
        }
    }
}

async fn follow_clock(app: &App) {
    if let Err(error) = demo::follow(app).await {
        tracing::warn!(%error, "the demonstration's clock could not be read again");
    }
}
