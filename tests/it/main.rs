//! The one test binary: the architecture, the command, whole sites, every rule.

#![allow(clippy::panic, clippy::unwrap_used)]

mod agreement;
mod architecture;
mod bad_imports;
mod clerks;
mod cli;
mod corpus;
mod determinism;
mod diff;
mod exchange;
mod fix;
mod glossary;
mod golden;
mod guard;
mod handbook;
mod history;
mod import;
mod init;
mod new;
mod pages;
mod points;
mod preview;
mod privacy;
mod reference;
mod report;
mod rules;
mod serve;
mod site;
mod socket;
mod supply;
mod tasks;
mod theme;
mod typed;
mod verify;
