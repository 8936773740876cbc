//! Names of images of containers, with their tags.

/// Name and tag of an image. What stands behind `@` holds its content and not its version.
pub(crate) fn tagged(image: &str) -> Option<(&str, &str)> {
    let image = image.split('@').next().unwrap_or_default();
    // `${TAG:-x}` has a colon of its own.
    let end = image.rfind('}').filter(|_| image.contains("${")).and_then(|end| {
        let open = image.rfind("${").filter(|open| *open < end)?;
        (!image[end..].contains(':')).then_some(open)
    });
    let sign = image[..end.unwrap_or(image.len())].rfind(':')?;
    let (name, tag) = (&image[..sign], &image[sign + 1..]);
    (!name.is_empty() && !tag.is_empty() && !tag.contains('/')).then_some((name, tag))
}
