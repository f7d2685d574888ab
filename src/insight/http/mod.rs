//! Routes of insight: a unit's hours, and the day of an organisation.

mod day;
mod hours;

use utoipa_actix_web::service_config::ServiceConfig;

pub(crate) fn routes(config: &mut ServiceConfig) {
    config.service(hours::hours).service(day::day);
}
