//! Parts of a table: its keys belong to several types, each of which reads its own.
//!
//! Serde's `flatten` would do the same and lose the places of the keys, and with them every mistake that is drawn where it
//! stands.

use std::ops::Range;

use serde::de::{DeserializeOwned, Deserializer, Error as _, Visitor, value::Error};
use serde::forward_to_deserialize_any;
use toml::Spanned;
use toml::de::DeTable;

/// Reads those entries of a table that are fields of `T`.
pub(crate) fn part<T: DeserializeOwned>(table: &DeTable<'_>, span: Range<usize>) -> Result<T, toml::de::Error> {
    let names = fields::<T>();
    let own = table.iter().filter(|(key, _)| names.contains(&&**key.get_ref()));
    let own: DeTable<'_> = own.map(|(key, value)| (key.clone(), value.clone())).collect();
    T::deserialize(toml::de::Deserializer::from(Spanned::new(span, own)))
}

/// The names of the fields of `T`, as they are written.
pub(crate) fn fields<T: DeserializeOwned>() -> &'static [&'static str] {
    let mut names: &'static [&'static str] = &[];
    // It stops at once, and with an error, for there is nothing to read.
    drop(T::deserialize(Fields(&mut names)));
    names
}

/// Listens to what a type asks for.
struct Fields<'n>(&'n mut &'static [&'static str]);

impl<'de> Deserializer<'de> for Fields<'_> {
    type Error = Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Error> {
        *self.0 = fields;
        Err(Error::custom("asked for its fields only"))
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("not a struct"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}
