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
    let size = code.size() + 2 * QUIET;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|&at| code.get_module(at, y)).count();
            let run = i32::try_from(run).unwrap_or(0);
            if run > 0 {
                // Writing to a string cannot fail.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run + 1;
        }
    }
    // White under black in every theme: many readers cannot see a code with its colours exchanged.
    Some(format!(
        "<svg class=\"qr\" viewBox=\"0 0 {size} {size}\" role=\"img\" aria-label=\"{}\" \
         shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/><path d=\"{path}\"/></svg>",
        escaped(label)
    ))
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
        for piece in path.split('M').skip(1) {
            let (x, rest) = piece.split_once(' ').unwrap();
            let (y, rest) = rest.split_once('h').unwrap();
            let run = rest.split('v').next().unwrap();
            let (x, y, run): (usize, usize, usize) =
                (x.parse().unwrap(), y.parse().unwrap(), run.parse().unwrap());
            black[y * size + x..y * size + x + run].fill(true);
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
            prop_assert_eq!(decoded(&svg(&url, "x").expect("short")), url);
        }
    }
}
