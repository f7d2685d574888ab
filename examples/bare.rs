//! The same web framework with nothing behind it, for `scripts/bench` to hold Daogang against.
//!
//! `bare LISTEN` answers every request with 200 `ok`. `bare LISTEN STATUS FILE` reads the `Authorization`
//! header of each request and answers with that status and the bytes of that file.

use std::io::{Error, ErrorKind, Result};

use actix_web::http::StatusCode;
use actix_web::http::header::{AUTHORIZATION, CONTENT_TYPE};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};

/// What every request is answered with.
#[derive(Clone)]
struct Answer {
    status: StatusCode,
    body: web::Bytes,
}

#[actix_web::main]
async fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (listen, answer) = match arguments.as_slice() {
        [listen] => (listen, None),
        [listen, status, file] => (listen, Some(read_answer(status, file)?)),
        _ => return Err(Error::new(ErrorKind::InvalidInput, "usage: bare LISTEN [STATUS FILE]")),
    };
    HttpServer::new(move || match answer.clone() {
        None => App::new().default_service(web::to(async || "ok")),
        Some(answer) => App::new().app_data(web::Data::new(answer)).default_service(web::to(refuse)),
    })
    .bind(listen)?
    .run()
    .await
}

fn read_answer(status: &str, file: &str) -> Result<Answer> {
    let status = status.parse().map_err(|error| Error::new(ErrorKind::InvalidInput, error))?;
    Ok(Answer { status, body: std::fs::read(file)?.into() })
}

async fn refuse(request: HttpRequest, answer: web::Data<Answer>) -> HttpResponse {
    let named = request.headers().get(AUTHORIZATION).is_some_and(|token| !token.is_empty());
    let status = if named { answer.status } else { StatusCode::UNAUTHORIZED };
    HttpResponse::build(status)
        .insert_header((CONTENT_TYPE, "application/problem+json"))
        .body(answer.body.clone())
}
