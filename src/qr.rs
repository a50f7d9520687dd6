//! QR codes as SVG, for paper: whoever stands before the board has a phone, not a keyboard.
//!
//! Level M or better: the smallest code of level M often has room for Q, which is then used. The
//! quiet zone of four modules is part of the picture, so no style sheet can take it away (ISO/IEC
//! 18004 asks for it). Tested by decoding with another program's decoder.

use std::fmt::Write as _;

use qrcodegen::{QrCode, QrCodeEcc};

/// The white border that a reader needs, in modules.
const QUIET: i32 = 4;

/// The code of a text, with a label for those who do not see it; none if the text is longer than a
/// code holds (2,331 bytes).
pub fn svg(text: &str, label: &str) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    // White under black in every theme: many readers cannot see a code with its colours exchanged.
    let ground = |size| format!("<path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/>");
    Some(picture(&code, "qr", label, ground))
}

/// The same in the fewest squares, for a row of a printed list: level L or better, without ground.
pub fn small(text: &str, label: &str) -> Option<String> {
    let code = QrCode::encode_text(text, QrCodeEcc::Low).ok()?;
    Some(picture(&code, "qr mini", label, |_| String::new()))
}

/// Rows of squares as strokes of the height 1, each from where the last one ended: few and like signs, which gzip packs well.
fn picture(code: &QrCode, class: &str, label: &str, ground: impl Fn(i32) -> String) -> String {
    let size = code.size() + 2 * QUIET;
    let mut path = format!("M{QUIET} {QUIET}.5");
    let (mut at_x, mut at_y) = (0, 0);
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|&at| code.get_module(at, y)).count();
            let run = i32::try_from(run).unwrap_or(0);
            if run > 0 {
                // Writing to a string cannot fail.
                let _ = write!(path, "m{} {}h{run}", x - at_x, y - at_y);
                (at_x, at_y) = (x + run, y);
            }
            x += run + 1;
        }
    }
    format!(
        "<svg class=\"{class}\" viewBox=\"0 0 {size} {size}\" role=\"img\" aria-label=\"{}\" \
         shape-rendering=\"crispEdges\">{}<path stroke=\"#000\" d=\"{path}\"/></svg>",
        escaped(label),
        ground(size)
    )
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
        let (start, moves) = path.strip_prefix('M').unwrap().split_once('m').unwrap();
        let (x, y) = start.split_once(' ').unwrap();
        let (mut x, mut y): (i32, i32) = (x.parse().unwrap(), y.strip_suffix(".5").unwrap().parse().unwrap());
        for piece in moves.split('m') {
            let (by_x, rest) = piece.split_once(' ').unwrap();
            let (by_y, run) = rest.split_once('h').unwrap();
            x += by_x.parse::<i32>().unwrap();
            y += by_y.parse::<i32>().unwrap();
            for _ in 0..run.parse::<i32>().unwrap() {
                black[usize::try_from(y).unwrap() * size + usize::try_from(x).unwrap()] = true;
                x += 1;
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
