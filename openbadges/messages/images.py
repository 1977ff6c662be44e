"""Sentences about pictures that carry a badge."""

MESSAGES: dict[str, str] = {
    # the picture
    "image.badge_kind": "What is baked is a signed credential, or its text, not a value of the type {kind}. Sign the "
    "badge first.",
    "image.kind": "A picture is handed in as bytes, not as a value of the type {kind}. Read the file first.",
    "image.empty": "The file is empty. Choose a PNG or SVG picture.",
    "image.unknown_format": "The file is neither a PNG nor an SVG picture. Badges can be put into these two only.",
    "image.too_large": "The picture is larger than {limit} bytes. Make it smaller.",
    "image.encoding": "A text in the picture is not in a readable encoding. Save it as UTF-8.",
    "image.not_png": "The file is not a PNG picture: its first bytes are wrong.",
    "image.truncated": "The PNG picture is cut off. Get the whole file again.",
    "image.png_header": "The PNG picture does not begin or end as it must. Open it in a drawing program and save it "
    "again.",
    "image.png_chunk_type": "The PNG picture is damaged: a part of it has an impossible name. Get the file again.",
    "image.png_checksum": "The PNG picture is damaged or was changed: the checksum of its part {chunk} is wrong. "
    "Get the file again.",
    "image.png_text_shape": "The text that should hold the badge in this PNG picture is incomplete. Bake the badge "
    "again.",
    "image.too_many_chunks": "The PNG picture has more than {limit} parts. Save it again with a drawing program.",
    "image.not_svg": "The file is XML but not an SVG picture: its outermost element is not svg.",
    "image.svg_syntax": "The SVG picture is not well-formed XML: line {line}, column {column}. Save it again with a "
    "drawing program.",
    "image.svg_encoding": "The SVG picture says that its encoding is {encoding}, which is not what it is or not one "
    "that is read here. Save it as UTF-8.",
    "image.svg_document_type": "The SVG picture declares things of its own in its DOCTYPE, which can be used for "
    "attacks. Remove the part in square brackets.",
    "image.svg_entity": "The badge in this SVG picture uses an entity (&name;) that the file does not define. Write "
    "the character itself.",
    "image.svg_child": "The element that holds the badge in this SVG picture contains other elements; it may hold "
    "text only. Bake the badge again.",
    "image.too_many_nodes": "The SVG picture has more than {limit} elements and comments. Simplify it.",
    "image.too_deep": "The SVG picture is nested deeper than {limit} levels. Simplify it.",
    # the badge in it
    "image.no_badge": "There is no badge in this picture. Photo programs and phones remove it when they save or "
    "share a picture: use the file as it was downloaded.",
    "image.two_badges": "The picture carries {count} badges; only one is allowed. Bake the right one again.",
    "image.two_standards": "The picture carries badges of two standards, {first} and {second}, which may say "
    "different things. Use a picture with one badge.",
    "image.other_standard": "The picture already carries a badge of {standard}. Use the picture without it.",
    "image.empty_badge": "The place for the badge in this picture is empty. Bake the badge again.",
    "image.link_only": "The picture holds a link in place of the badge; {standard} wants the badge itself in it. "
    "Bake the badge again.",
    "image.compressed": "The badge in this PNG picture is compressed, which the standard forbids, so it was not "
    "read. Ask the issuer to bake it again without compression, or for the badge itself as a file.",
    "image.wrong_chunk": "The badge of {standard} stands in a {chunk} part of this PNG picture, where some programs "
    "put it; the standard wants an iTXt part, so it was not read. Ask the issuer to bake it again, or for the badge "
    "itself as a file.",
    "image.text_too_large": "The badge in this PNG picture is larger than {limit} bytes. Leave out embedded images.",
    # the badge to put in
    "image.badge_text": "What should be baked is not a signed badge: it must be a JSON object or a compact JWS "
    "(three parts joined by dots), in UTF-8.",
    "image.badge_too_large": "The badge to bake is larger than {limit} bytes. Leave out embedded images or link to "
    "them.",
    # notes
    "image.trailing_data": "Data follows the end of the PNG picture; it was not read.",
    "image.old_text_chunk": "The badge was baked in the way used before Open Badges 2.0 (a tEXt part).",
    "image.text_attributes": "The badge's text in the PNG picture names a language or method, which the standard "
    "leaves empty.",
    "image.svg_body_ignored": "The badge's element in the SVG picture has a verify attribute and a text; the "
    "attribute was used.",
}
