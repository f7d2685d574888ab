//! What breaks under the server: it says so at once, keeps what it promised, and recovers by itself.

mod disk;
mod postgres;
mod redis;
mod start;
