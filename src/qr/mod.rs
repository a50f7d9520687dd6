//! QR codes as SVG, for paper: whoever stands before the board has a phone, not a keyboard.
//!
//! Level M or better: the smallest code of level M often has room for Q, which is then used. The
//! quiet zone of four modules is part of the picture, so no style sheet can take it away (ISO/IEC
//! 18004 asks for it). Tested by decoding with another program's decoder.

mod mask;

use std::fmt::Write as _;

use mask::Modules;

/// The white border that a reader needs, in modules.
const QUIET: usize = 4;

/// The code of a text, with a label for those who do not see it; none if the text is longer than a
/// code holds (2,331 bytes).
pub fn svg(text: &str, label: &str) -> Option<String> {
    // White under black in every theme: many readers cannot see a code with its colours exchanged.
    let ground = |size| format!("<path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/>");
    picture(text, label, "qr", ground)
}

/// The same for a row of a printed list, which needs no ground.
pub fn small(text: &str, label: &str) -> Option<String> {
    picture(text, label, "qr mini", |_| String::new())
}

fn picture(text: &str, label: &str, class: &str, ground: impl Fn(usize) -> String) -> Option<String> {
    let (size, path) = match Modules::of(text)? {
        Ok(modules) => {
            let dark = |x: usize, y: usize| modules.rows[y] >> x & 1 == 1;
            (modules.size, path(modules.size, dark))
        }
        Err(code) => {
            let size = code.size().unsigned_abs() as usize;
            let at = |at: usize| i32::try_from(at).unwrap_or(0);
            (size, path(size, |x, y| code.get_module(at(x), at(y))))
        }
    };
    let size = size + 2 * QUIET;
    Some(format!(
        "<svg class=\"{class}\" viewBox=\"0 0 {size} {size}\" role=\"img\" aria-label=\"{}\" \
         shape-rendering=\"crispEdges\">{}<path stroke=\"#000\" d=\"{path}\"/></svg>",
        escaped(label),
        ground(size)
    ))
}

/// Every row as one line of dashes through the middle of its modules: half as long as a square for each run.
fn path(size: usize, dark: impl Fn(usize, usize) -> bool) -> String {
    let mut path = String::with_capacity(size * size * 2);
    for y in 0..size {
        let mut x = 0;
        let mut pen = None;
        while x < size {
            let run = (x..size).take_while(|&at| dark(at, y)).count();
            if run > 0 {
                // Writing to a string cannot fail.
                let _ = match pen {
                    None => write!(path, "M{} {}.5h{run}", x + QUIET, y + QUIET),
                    Some(pen) => write!(path, "m{} 0h{run}", x - pen),
                };
                pen = Some(x + run);
            }
            x += run + 1;
        }
    }
    path
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What a reader gets out of the picture: the squares are painted and given to another decoder.
    pub(crate) fn decoded(svg: &str) -> String {
        const SCALE: usize = 4;
        let size: usize =
            svg.split("viewBox=\"0 0 ").nth(1).and_then(|s| s.split(' ').next()).unwrap().parse().unwrap();
        let mut black = vec![false; size * size];
        let path = svg.rsplit(" d=\"").next().unwrap().split('"').next().unwrap();
        for row in path.split('M').skip(1) {
            let mut dashes = row.split('m');
            let (start, first) = dashes.next().unwrap().split_once('h').unwrap();
            let (x, y) = start.split_once(' ').unwrap();
            let (mut x, y): (usize, usize) =
                (x.parse().unwrap(), y.strip_suffix(".5").unwrap().parse().unwrap());
            let mut dash = |gap: usize, run: &str| {
                let run: usize = run.parse().unwrap();
                x += gap;
                black[y * size + x..y * size + x + run].fill(true);
                x += run;
            };
            dash(0, first);
            for piece in dashes {
                let (gap, run) = piece.split_once(" 0h").unwrap();
                dash(gap.parse().unwrap(), run);
            }
        }
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(size * SCALE, size * SCALE, |x, y| {
            if black[y / SCALE * size + x / SCALE] { 0 } else { 255 }
        });
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1, "one code in the picture");
        grids[0].decode().expect("readable").1
    }

    #[test]
    fn a_label_is_text() {
        let svg = svg("https://a.vn/", "Mã \"QR\" <của> A&B").expect("short");
        assert!(svg.contains("aria-label=\"Mã &quot;QR&quot; &lt;của&gt; A&amp;B\""), "{svg}");
        assert_eq!(decoded(&svg), "https://a.vn/");
    }

    #[test]
    fn what_no_code_holds_has_none() {
        assert_eq!(svg(&"a".repeat(3000), ""), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn every_address_is_read_back(host in "[a-z0-9-]{1,40}", path in "(/[a-z0-9.-]{1,30}){0,5}/") {
            let url = format!("https://{host}.gov.vn{path}");
            prop_assert_eq!(&decoded(&svg(&url, "x").expect("short")), &url);
            prop_assert_eq!(decoded(&small(&url, "x").expect("short")), url);
        }
    }
}
