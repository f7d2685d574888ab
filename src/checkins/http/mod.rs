//! Routes of checking in and out: the code and who shows it.

mod codes;
mod lists;
mod member;
mod pages;
mod reviews;
mod screens;
mod services;
mod stop;
mod views;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(member::check_in)
        .service(member::check_out)
        .service(services::my_services)
        .service(reviews::to_review)
        .service(lists::arrivals)
        .service(lists::departures)
        .service(lists::confirm_arrivals)
        .service(lists::confirm_departures)
        .service(lists::vouch)
        .service(stop::cancel_post)
        .service(stop::cancel_shift)
        .service(stop::stop_shift)
        .service(stop::stop_day)
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
