//! Which lines of a text went and which came, for people to look at.

/// One line of a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line<'t> {
    /// In the old text only, with its number from 1.
    Gone(usize, &'t str),
    /// In the new text only, with its number from 1.
    Come(usize, &'t str),
}

/// Files of records have some hundred lines; what is longer is shown as one block gone and one come.
const LONGEST: usize = 4_000_000;

/// The lines in which two texts differ, in reading order; lines that stayed are left out.
pub fn lines<'t>(old: &'t str, new: &'t str) -> Vec<Line<'t>> {
    let (a, b): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a[head..].iter().rev().zip(b[head..].iter().rev()).take_while(|(x, y)| x == y).count();
    let (a_end, b_end) = (a.len() - tail, b.len() - tail);
    let (rows, columns) = (a_end - head, b_end - head);
    let mut out = Vec::new();
    let (mut i, mut j) = (0, 0);
    if rows * columns <= LONGEST {
        // The length of the longest common part of what is left, for every pair of places.
        let width = columns + 1;
        let mut common = vec![0u32; (rows + 1) * width];
        for i in (0..rows).rev() {
            for j in (0..columns).rev() {
                common[i * width + j] = if a[head + i] == b[head + j] {
                    common[(i + 1) * width + j + 1] + 1
                } else {
                    common[(i + 1) * width + j].max(common[i * width + j + 1])
                };
            }
        }
        while i < rows && j < columns {
            if a[head + i] == b[head + j] {
                (i, j) = (i + 1, j + 1);
            } else if common[(i + 1) * width + j] >= common[i * width + j + 1] {
                out.push(Line::Gone(head + i + 1, a[head + i]));
                i += 1;
            } else {
                out.push(Line::Come(head + j + 1, b[head + j]));
                j += 1;
            }
        }
    }
    out.extend((i..rows).map(|i| Line::Gone(head + i + 1, a[head + i])));
    out.extend((j..columns).map(|j| Line::Come(head + j + 1, b[head + j])));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changed_is_listed() {
        assert_eq!(lines("a\nb\nc\n", "a\nb\nc\n"), []);
        assert_eq!(lines("a\nb\nc\n", "a\nx\nc\n"), [Line::Gone(2, "b"), Line::Come(2, "x")]);
        assert_eq!(lines("b\na\n", "a\nb\n"), [Line::Gone(1, "b"), Line::Come(2, "b")]);
        assert_eq!(lines("", "x"), [Line::Come(1, "x")]);
    }
}
