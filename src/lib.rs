//! Daogang (到岗): communities publish service posts, members claim and stand them, and the minutes count.

pub mod accounts;
pub mod app;
pub mod auth;
pub mod checkins;
pub mod cli;
pub mod clock;
pub mod config;
pub mod crypto;
pub mod db;
pub mod demo;
pub mod doctor;
pub mod ephemeral;
pub mod error;
pub mod geo;
pub mod health;
pub mod http;
pub mod jobs;
pub mod live;
pub mod openapi;
pub mod orgs;
pub mod routes;
pub mod schema;
pub mod seed;
pub mod serve;
pub mod units;
