//! Routes of places: taking, giving back, leading, and changes that concern holders.

mod change;
mod lead;
mod mine;
mod own;
mod resolve;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(own::take)
        .service(own::release)
        .service(mine::mine)
        .service(own::led)
        .service(own::one_shift)
        .service(change::change_post)
        .service(change::change_shift)
        .service(lead::name_lead)
        .service(resolve::resolve);
}
