//! What we are made of: crates, their licences and sources; and what workflows may do.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Licences that a crate may offer. Each lets us ship the program under ours; a choice (`A OR B`) needs one of them.
/// deny.toml says the same to `cargo deny`, and a test below holds the two to each other.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// How many crates of others may go into the program, and how many with the tests. Raise them only with a reason in ARCHITECTURE.md.
const MOST_SHIPPED: usize = 135;
const MOST_WITH_TESTS: usize = 195;

/// Crates that stand in the lock file in two major versions, and why that is so.
const TWICE: &[(&str, &str)] = &[
    (
        "getrandom",
        "seeds of hash tables: tera through ahash keeps to 0.3, zip to 0.4; both ask the kernel once",
    ),
    (
        "syn",
        "reads Rust at compile time: zeroize_derive keeps to 2, all others to 3; nothing of it is in the program",
    ),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn metadata(words: &[&str]) -> Value {
    let out = Command::new(env!("CARGO"))
        .current_dir(root())
        .args(["metadata", "--format-version", "1", "--locked"])
        .args(words)
        .output()
        .expect("cargo starts");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).expect("JSON")
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}

/// The crates that go into the program: reached from ours by dependencies that are not only for tests.
fn shipped(metadata: &Value) -> BTreeSet<String> {
    let nodes: BTreeMap<&str, &Value> =
        metadata["resolve"]["nodes"].as_array().expect("nodes").iter().map(|n| (text(n, "id"), n)).collect();
    let own = text(&metadata["resolve"], "root");
    let (mut found, mut open) = (BTreeSet::new(), vec![own]);
    while let Some(id) = open.pop() {
        if !found.insert(id.to_owned()) {
            continue;
        }
        for dependency in nodes[id]["deps"].as_array().into_iter().flatten() {
            let kinds = dependency["dep_kinds"].as_array().expect("kinds");
            if kinds.iter().any(|kind| kind["kind"] != "dev") {
                open.push(text(dependency, "pkg"));
            }
        }
    }
    found.remove(own);
    found
}

/// Whether an SPDX expression can be met by the licences in the list: `OR` needs one side, `AND` both.
fn allowed(expression: &str, list: &[&str]) -> bool {
    let expression = expression.trim();
    // The outermost word that joins, `OR` before `AND`, beside parentheses.
    for joint in [" OR ", "/", " AND "] {
        let mut depth = 0;
        for (at, c) in expression.char_indices() {
            depth += i32::from(c == '(') - i32::from(c == ')');
            if depth == 0 && expression[at..].starts_with(joint) {
                let (left, right) = (&expression[..at], &expression[at + joint.len()..]);
                let (left, right) = (allowed(left, list), allowed(right, list));
                return if joint == " AND " { left && right } else { left || right };
            }
        }
    }
    match expression.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => allowed(inner, list),
        None => list.contains(&expression),
    }
}

#[test]
fn an_expression_is_read_as_spdx_means_it() {
    let list = &["MIT", "Apache-2.0", "Unicode-3.0", "Apache-2.0 WITH LLVM-exception"];
    for good in [
        "MIT",
        "MIT OR GPL-3.0",
        "GPL-3.0/MIT",
        "(MIT OR Apache-2.0) AND Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception OR GPL-2.0",
        "((MIT))",
    ] {
        assert!(allowed(good, list), "{good}");
    }
    for bad in ["", "GPL-3.0", "MIT AND GPL-3.0", "(MIT OR Apache-2.0) AND GPL-3.0", "mit", "NOASSERTION"] {
        assert!(!allowed(bad, list), "{bad}");
    }
}

#[test]
fn every_crate_has_a_licence_we_may_use_and_comes_from_the_registry() {
    let metadata = metadata(&[]);
    let packages = metadata["packages"].as_array().expect("packages");
    assert!(packages.len() > 50, "the test sees the crates");
    let mut faults = Vec::new();
    for package in packages.iter().filter(|package| text(package, "name") != "congkhai") {
        let name = format!("{} {}", text(package, "name"), text(package, "version"));
        let licence = text(package, "license");
        if !allowed(licence, LICENCES) {
            faults.push(format!("{name}: licence `{licence}`"));
        }
        if !text(package, "source").starts_with("registry+https://github.com/rust-lang/crates.io-index") {
            faults.push(format!("{name}: source `{}`", text(package, "source")));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("Cargo.lock is there");
    let (crates, sums) = (lock.matches("\nname = ").count(), lock.matches("\nchecksum = ").count());
    assert_eq!(crates, sums + 1, "every crate but ours is locked with its hash");
}

#[test]
fn there_are_no_more_crates_than_agreed() {
    // On the platform we release for; Cargo.lock also names what others would need.
    let metadata = metadata(&["--filter-platform", "x86_64-unknown-linux-gnu"]);
    let (all, shipped) = (metadata["packages"].as_array().expect("packages").len() - 1, shipped(&metadata));
    assert!(
        shipped.len() <= MOST_SHIPPED,
        "{} crates in the program, {MOST_SHIPPED} agreed: {shipped:#?}",
        shipped.len()
    );
    assert!(all <= MOST_WITH_TESTS, "{all} crates with the tests, {MOST_WITH_TESTS} agreed");
    // A cap far above what there is caps nothing.
    assert!(
        shipped.len() + 40 > MOST_SHIPPED && all + 40 > MOST_WITH_TESTS,
        "lower the caps: {} and {all} are used",
        shipped.len()
    );
}

#[test]
fn no_crate_goes_into_the_program_in_two_major_versions() {
    let metadata = metadata(&["--filter-platform", "x86_64-unknown-linux-gnu"]);
    let shipped = shipped(&metadata);
    let mut versions: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for package in metadata["packages"].as_array().expect("packages") {
        if shipped.contains(text(package, "id")) {
            let mut parts = text(package, "version").split('.');
            // Below 1.0 the second number is the major one.
            let major = match (parts.next().unwrap_or_default(), parts.next().unwrap_or_default()) {
                ("0", minor) => format!("0.{minor}"),
                (major, _) => major.to_owned(),
            };
            versions.entry(text(package, "name")).or_default().insert(major);
        }
    }
    let twice: BTreeSet<&str> = versions.iter().filter(|(_, v)| v.len() > 1).map(|(name, _)| *name).collect();
    let agreed: BTreeSet<&str> = TWICE.iter().map(|(name, _)| *name).collect();
    assert_eq!(twice, agreed, "give the reason in TWICE, or drop what is no longer so");
}

#[test]
fn deny_toml_says_the_same() {
    let deny = fs::read_to_string(root().join("deny.toml")).expect("deny.toml is there");
    let list = deny
        .split_once("\nallow = [")
        .and_then(|(_, rest)| rest.split_once(']'))
        .map(|(list, _)| list)
        .expect("a list of licences");
    let listed: BTreeSet<&str> = list.split('"').skip(1).step_by(2).collect();
    assert_eq!(listed, LICENCES.iter().copied().collect());
}

// ---- Workflows ----------------------------------------------------------------------------------

/// Every workflow of ours and of the starter.
fn workflows() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for folder in [".github/workflows", "starter/github"] {
        for entry in fs::read_dir(root().join(folder)).expect("the folder is there") {
            let path = entry.expect("readable").path();
            found.push((path.clone(), fs::read_to_string(&path).expect("UTF-8")));
        }
    }
    found
}

fn name(path: &Path) -> String {
    path.display().to_string()
}

#[test]
fn an_action_of_others_is_pinned_by_hash_and_a_job_has_only_the_rights_it_names() {
    let all = workflows();
    assert!(all.len() >= 2);
    for (path, text) in all {
        let name = name(&path);
        let mut used = 0;
        for line in
            text.lines().filter_map(|line| line.trim().trim_start_matches("- ").strip_prefix("uses: "))
        {
            used += 1;
            let (action, version) = line.split_once(" # ").unwrap_or((line, ""));
            let hash = action.split_once('@').map(|(_, hash)| hash).unwrap_or_default();
            assert!(
                hash.len() == 40 && hash.bytes().all(|b| b.is_ascii_hexdigit()) && version.starts_with('v'),
                "{name}: {line}"
            );
        }
        assert!(used > 0, "{name}");
        assert!(text.contains("\npermissions: {}\n"), "{name}: nothing is allowed at the top");
        // A pull request from outside must never run with our rights or secrets.
        for word in ["pull_request_target", "workflow_run", "write-all", "contents: write"] {
            assert!(!text.contains(word), "{name}: {word}");
        }
        let jobs = text.split_once("\njobs:\n").map(|(_, jobs)| jobs).expect("jobs");
        let count = |what: &str| jobs.matches(what).count();
        assert_eq!(
            count("\n    runs-on: "),
            count("\n    permissions:\n"),
            "{name}: each job names its rights"
        );
        assert_eq!(count("\n    runs-on: "), count("\n    timeout-minutes: "), "{name}: each job ends");
        let (checkouts, without) = (count("actions/checkout@"), count("persist-credentials: false"));
        assert_eq!(checkouts, without, "{name}: no checkout leaves its token behind");
        // What somebody else wrote (a title, a branch) must not become a command.
        for (at, _) in text.match_indices("run: ") {
            let line = text[at..].lines().next().unwrap_or_default();
            assert!(!line.contains("${{"), "{name}: {line}");
        }
    }
}

#[test]
fn cargo_is_told_everywhere_to_keep_to_the_lock_file() {
    let mut texts = workflows();
    for file in ["test.sh", "release.sh"] {
        texts.push((root().join(file), fs::read_to_string(root().join(file)).expect("there")));
    }
    let mut seen = 0;
    for (path, text) in texts {
        for line in text.lines().map(str::trim).filter(|line| !line.starts_with('#')) {
            let words = [
                "cargo build",
                "cargo test",
                "cargo clippy",
                "cargo doc",
                "cargo run",
                "cargo install",
                "cargo deny",
            ];
            if words.iter().any(|word| line.contains(word)) {
                seen += 1;
                assert!(line.contains("--locked"), "{}: {line}", name(&path));
            }
        }
    }
    assert!(seen >= 6, "{seen}");
}
