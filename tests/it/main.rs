//! The one test binary: the architecture, the command, whole sites, every rule.

mod architecture;
mod cli;
mod corpus;
mod determinism;
mod glossary;
mod golden;
mod pages;
mod privacy;
mod site;
mod theme;
