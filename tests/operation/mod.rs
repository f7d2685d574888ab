//! What operators see and do: health, figures, the doctor, the demonstration's clock, and stopping.

mod backup;
mod demo;
mod doctor;
mod health;
mod phones;
mod roles;
mod settings;
