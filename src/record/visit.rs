//! Walks every text of a record, with its path, without copying anything.
//!
//! Records serialise under their Vietnamese keys, so the paths are those of the YAML file. This is
//! how rules that look at "everything that is published" see a record without knowing its kind.

use std::fmt;

use serde::ser::{self, Impossible, Serialize, Serializer};

use crate::base::diagnostic::{Pointer, Step};

/// Calls `visit` with every text of `record` and its path, in the order of the fields.
pub fn texts(record: &impl Serialize, visit: &mut dyn FnMut(&[Step], &str)) {
    let mut walker = Walker { path: Vec::new(), visit };
    // Nothing here can fail: the walker refuses no value.
    let _ = record.serialize(&mut walker);
}

/// The path of a text as a pointer of its own.
pub fn pointer(path: &[Step]) -> Pointer {
    Pointer(path.to_vec())
}

struct Walker<'a> {
    path: Vec<Step>,
    visit: &'a mut dyn FnMut(&[Step], &str),
}

/// Never made: the walker takes every value.
#[derive(Debug)]
struct Never;

impl fmt::Display for Never {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record holds only texts, numbers, lists and mappings")
    }
}

impl std::error::Error for Never {}

impl ser::Error for Never {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Never
    }
}

macro_rules! pass_over {
    ($($method:ident: $kind:ty),* $(,)?) => {
        $(fn $method(self, _: $kind) -> Result<(), Never> { Ok(()) })*
    };
}

impl<'w, 'a> Serializer for &'w mut Walker<'a> {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = List<'w, 'a>;
    type SerializeTuple = List<'w, 'a>;
    type SerializeTupleStruct = Impossible<(), Never>;
    type SerializeTupleVariant = Impossible<(), Never>;
    type SerializeMap = Impossible<(), Never>;
    type SerializeStruct = Map<'w, 'a>;
    type SerializeStructVariant = Impossible<(), Never>;

    pass_over!(
        serialize_bool: bool, serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_f32: f32,
        serialize_f64: f64, serialize_char: char, serialize_bytes: &[u8], serialize_unit_struct: &'static str,
    );

    fn serialize_str(self, text: &str) -> Result<(), Never> {
        (self.visit)(&self.path, text);
        Ok(())
    }

    fn serialize_none(self) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_some<T: ?Sized + Serialize>(self, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, _: &'static str) -> Result<(), Never> {
        Ok(())
    }

    fn serialize_newtype_struct<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List<'w, 'a>, Never> {
        Ok(List { walker: self, next: 0 })
    }

    fn serialize_tuple(self, _: usize) -> Result<List<'w, 'a>, Never> {
        Ok(List { walker: self, next: 0 })
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self::SerializeTupleStruct, Never> {
        Err(Never)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Never> {
        Err(Never)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self::SerializeMap, Never> {
        Err(Never)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Map<'w, 'a>, Never> {
        Ok(Map(self))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Never> {
        Err(Never)
    }

    fn collect_str<T: ?Sized + fmt::Display>(self, value: &T) -> Result<(), Never> {
        self.serialize_str(&value.to_string())
    }
}

struct List<'w, 'a> {
    walker: &'w mut Walker<'a>,
    next: usize,
}

impl List<'_, '_> {
    fn item<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Never> {
        self.walker.path.push(Step::Index(self.next));
        self.next += 1;
        let done = value.serialize(&mut *self.walker);
        self.walker.path.pop();
        done
    }
}

impl ser::SerializeSeq for List<'_, '_> {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Never> {
        self.item(value)
    }

    fn end(self) -> Result<(), Never> {
        Ok(())
    }
}

impl ser::SerializeTuple for List<'_, '_> {
    type Ok = ();
    type Error = Never;

    fn serialize_element<T: ?Sized + Serialize>(&mut self, value: &T) -> Result<(), Never> {
        self.item(value)
    }

    fn end(self) -> Result<(), Never> {
        Ok(())
    }
}

struct Map<'w, 'a>(&'w mut Walker<'a>);

impl ser::SerializeStruct for Map<'_, '_> {
    type Ok = ();
    type Error = Never;

    fn serialize_field<T: ?Sized + Serialize>(&mut self, key: &'static str, value: &T) -> Result<(), Never> {
        self.0.path.push(Step::from(key));
        let done = value.serialize(&mut *self.0);
        self.0.path.pop();
        done
    }

    fn end(self) -> Result<(), Never> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::task_plan::TaskPlan;

    #[test]
    fn every_text_is_seen_with_its_path_in_the_file() {
        let plan: TaskPlan = serde_json::from_str(
            r#"{"so": "1/KH", "nam": "2026", "co_quan": "Sở", "nhiem_vu": [{"ma": "I.1", "nhom": "I", "noi_dung": "x",
                "chu_tri": "a", "phoi_hop": ["b", "c"], "thoi_gian": "thuong_xuyen", "minh_chung": [{"loai": "bai-viet"}]}]}"#,
        )
        .expect("a plan");
        let mut seen = Vec::new();
        texts(&plan, &mut |path, text| seen.push(format!("{}={text}", pointer(path))));
        for wanted in ["/so=1/KH", "/nhiem_vu/0/phoi_hop/1=c", "/nhiem_vu/0/thoi_gian=thuong_xuyen"] {
            assert!(seen.iter().any(|line| line == wanted), "{wanted} in {seen:?}");
        }
        assert!(!seen.iter().any(|line| line.contains("2026")), "numbers are not texts");
    }
}
