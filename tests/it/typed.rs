//! Every command of the handbook and of a new site's README can be typed. What only prints is run as well; what the handbook's
//! blocks tell to do is run by `handbook.rs`. The examples of `--help` are typed beside them (`src/cli/args.rs`).

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::Stdio;

use congkhai::cli::against;

use crate::cli::{congkhai, tree};

/// Mentions that are no commands: what stands before a key press.
const UNFINISHED: &[&str] = &["congkhai ch"];

/// The words of a line as a shell divides them.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            c if c.is_whitespace() && !quoted => words.push(String::new()),
            c => words.iter_mut().last().expect("there is one").push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// What is said against a command line, if anything.
fn fault(line: &str) -> Option<String> {
    // `…` and `<…>` stand for what the clerk knows.
    let line = line.replace('…', "x").replace("<địa chỉ trang>", "https://x.gov.vn/");
    against(&words(&line).into_iter().map(OsString::from).collect::<Vec<_>>())
}

/// A line up to what is no part of the command: a remark, another command, where the output goes.
fn command_of(line: &str) -> &str {
    let ends = ["   ", "  #", " # ", " > ", " | "].iter().filter_map(|end| line.find(end));
    line[..ends.min().unwrap_or(line.len())].trim()
}

/// The commands of blocks, and those that are mentioned in a text.
fn commands(text: &str) -> (Vec<String>, Vec<String>) {
    let (mut blocks, mut mentions, mut inside) = (Vec::new(), Vec::new(), false);
    for line in text.replace("\\\n", " ").lines() {
        if line.trim_start().starts_with("```") {
            inside = !inside;
        } else if inside {
            if line.trim_start().starts_with("congkhai ") {
                blocks.push(command_of(line.trim_start()).to_owned());
            }
        } else {
            let code = line.split('`').skip(1).step_by(2).filter(|code| code.starts_with("congkhai "));
            mentions.extend(code.map(str::to_owned));
        }
    }
    (blocks, mentions)
}

fn texts() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let handbook = tree(&root.join("docs/bien-tap")).into_iter();
    let mut all: Vec<(String, String)> = handbook
        .filter(|(path, _)| path.extension().is_some_and(|end| end == "md"))
        .map(|(path, bytes)| (path.display().to_string(), String::from_utf8(bytes).expect("UTF-8")))
        .collect();
    let starter = "starter/README.md";
    all.push((starter.to_owned(), fs::read_to_string(root.join(starter)).expect("there")));
    all
}

fn run(args: &[&str]) -> (Option<i32>, String) {
    let dir = tempfile::tempdir().expect("a folder");
    let mut command = congkhai();
    let out = command.current_dir(dir.path()).args(args).stdin(Stdio::null()).output().expect("starts");
    assert!(tree(dir.path()).is_empty(), "{args:?} wrote something");
    (out.status.code(), String::from_utf8_lossy(&out.stdout).into_owned())
}

/// What does nothing but print.
fn only_prints(words: &[String]) -> bool {
    let verb = words.get(1).map(String::as_str);
    matches!(verb, Some("explain" | "completions" | "--version" | "--help"))
        || verb == Some("schema") && !words.iter().any(|word| word == "--all")
        || words.last().is_some_and(|word| word == "--help")
}

#[test]
fn every_command_of_the_handbook_can_be_typed_and_what_only_prints_is_run() {
    let (mut typed, mut ran) = (0, BTreeSet::new());
    for (file, text) in texts() {
        let (blocks, mentions) = commands(&text);
        for line in &blocks {
            assert_eq!(fault(line), None, "{file}: {line}");
        }
        for line in mentions.iter().filter(|line| !UNFINISHED.contains(&line.as_str())) {
            // A mention may leave out what goes behind it.
            let missing = |said: &String| ["thiếu", "cần", "Hãy ghi"].iter().any(|word| said.contains(word));
            let said = fault(line);
            assert!(said.as_ref().is_none_or(missing), "{file}: {line}: {said:?}");
        }
        typed += blocks.len() + mentions.len();
        ran.extend(blocks.into_iter().chain(mentions).filter(|line| only_prints(&words(line))));
    }
    assert!(typed > 100 && ran.len() > 20, "{typed} commands, {} run", ran.len());
    for line in &ran {
        let all = words(line);
        let args: Vec<&str> = all[1..].iter().map(String::as_str).collect();
        let (code, said) = run(&args);
        assert!(code == Some(0) && !said.is_empty(), "{line}: {code:?} {said}");
    }
    // The test can fail.
    assert!(fault("congkhai check --stric").is_some() && fault("congkhai new thu-tuk 1").is_some());
    assert!(fault("congkhai new thu-tuc 1.014888 --tem x").is_some());
}
