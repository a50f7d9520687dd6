//! The built-in theme, for tests that build in memory.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use congkhai::base::date::{AsOf, Date};
use congkhai::inputs::ThemeFiles;
use congkhai::plan::kinds::PAGE_KINDS;
use congkhai::render::Engine;
use congkhai::{load, model, parse, plan};

use crate::site::TestSite;

/// Every file of a theme folder.
pub(crate) fn files(dir: &Path) -> ThemeFiles {
    let files: BTreeMap<String, Vec<u8>> = crate::cli::tree(dir)
        .into_iter()
        .map(|(path, bytes)| (path.to_string_lossy().replace('\\', "/"), bytes))
        .collect();
    assert!(files.contains_key("layouts/base.html"), "the theme is there");
    ThemeFiles(files)
}

#[test]
fn a_template_takes_nothing_but_site_meta_and_page() {
    let files = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/mac-dinh"));
    let theme = congkhai::theme::assemble(&files);
    let site = TestSite::empty();
    site.write("content/trang.yaml", "ten: Trang thử\ndia_chi_trang: https://thu.gov.vn/\n");
    let inputs = load::read_site(&site.dir().join("content")).expect("readable");
    let parsed = inputs.sources.iter().map(|(file, source)| parse::record::parse(file, source)).collect();
    let as_of = AsOf(Date::new(2026, 11, 23).expect("a day"));
    let (model, _) = model::build(parsed, &inputs.assets, as_of);
    let model = model.expect("a model");
    let (plan, _) = plan::site(&model, &theme.assets);
    let engine = Engine::new(&theme, &plan.site).expect("templates that compile");
    for kind in PAGE_KINDS {
        let names = engine.names_used(kind.name).expect("a template");
        let known = ["meta", "page", "site"];
        let other: Vec<&String> = names.iter().filter(|name| !known.contains(&name.as_str())).collect();
        assert!(other.is_empty(), "pages/{}.html asks for {other:?}", kind.name);
        assert!(names.contains("meta"), "the layout is part of it");
    }
}

#[test]
fn a_component_is_a_folder_with_markup_and_examples() {
    let files = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/mac-dinh"));
    let names: BTreeSet<&str> =
        files.0.keys().filter_map(|path| path.strip_prefix("components/")?.split('/').next()).collect();
    assert!(names.len() >= 10);
    for name in names {
        let text = |extension: &str| {
            let bytes = files.0.get(&format!("components/{name}/{name}.{extension}"));
            bytes.map(|bytes| String::from_utf8(bytes.clone()).expect("UTF-8"))
        };
        let html = text("html").unwrap_or_else(|| panic!("{name} has markup"));
        assert!(html.contains(&format!("{{% component {name}(")), "{name}.html defines {name}");
        let about = text("yaml").unwrap_or_else(|| panic!("{name} says what it takes"));
        for param in params(&html) {
            assert!(about.contains(&format!("name: {param},")), "{name}.yaml tells of {param}");
        }
        assert!(about.contains("examples:"), "{name}.yaml has examples");
    }
}

/// The names between the brackets of a component's head.
fn params(html: &str) -> Vec<String> {
    let inside =
        html.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map_or("", |(inside, _)| inside);
    let names = inside.split(',').map(|param| param.split([':', '=']).next().unwrap_or_default().trim());
    names.filter(|name| !name.is_empty()).map(str::to_owned).collect()
}
