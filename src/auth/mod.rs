//! Who is calling, and what they may do: permission is the type of a handler's argument.

mod password;
mod permission;
mod token;

pub use password::{Passwords, hash_password};
pub(crate) use permission::app_of;
pub use permission::{Member, OfUnit, OfficerOf, Permission, Power, Publisher, check_origin};
pub use token::{
    DEVICE_COOKIE, SCREEN_COOKIE, SESSION_COOKIE, TICKET_COOKIE, Token, bearer, cookie, device, new_device,
};
