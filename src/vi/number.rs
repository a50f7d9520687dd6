#![allow(missing_docs)]
use crate::base::date::Date;
pub fn dong(n: u64) -> String {
    format!("{n} đồng")
}
pub fn thousands(n: u64) -> String {
    format!("{n}")
}
pub fn date_short(d: Date) -> String {
    d.to_string()
}
pub fn date_long(d: Date) -> String {
    d.to_string()
}
pub fn file_size(n: u64) -> String {
    n.to_string()
}
