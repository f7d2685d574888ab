//! Routes of checking in and out: the code and who shows it.

mod codes;
mod pages;
mod screens;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(codes::take_ticket)
        .service(codes::show_code)
        .service(screens::add_screen)
        .service(screens::public_pair_screen)
        .service(screens::list_screens)
        .service(screens::revoke_screen);
}

/// What stands outside the interface: the address that phones open when they scan a code.
pub(crate) fn root_routes(config: &mut ServiceConfig) {
    config.service(codes::public_see_code);
}
