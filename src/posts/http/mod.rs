//! Routes of posts: writing, publishing and reading them.

mod bodies;
mod create;
mod read;
mod steps;
mod views;

pub use bodies::{ShiftBody, check_lists, check_texts};
pub use views::{PostCard, PostView, ShiftCard, ShiftView};

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(create::create)
        .service(create::create_rows)
        .service(create::undo_rows)
        .service(read::list)
        .service(read::one)
        .service(steps::publish)
        .service(steps::pause)
        .service(steps::close)
        .service(steps::add_shift);
}
