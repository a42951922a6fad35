/**
 * How large a document may be. Far above what a person draws, and low enough that a hostile link
 * or file can neither freeze the page nor fill its memory.
 */

/** Parts of one document. */
export const MAX_NODES = 500
export const MAX_WIRES = 2000
export const MAX_INTERVENTIONS = 10_000

/** Characters. */
export const MAX_ID_CHARS = 64
export const MAX_NAME_CHARS = 256
export const MAX_TITLE_CHARS = 200
export const MAX_DESCRIPTION_CHARS = 20_000

/** Settings of one node or wire, as JSON text. */
export const MAX_CONFIG_CHARS = 100_000
/** The whole document as JSON in UTF-8; also how far a link is decompressed before it is refused. */
export const MAX_DOCUMENT_BYTES = 2 * 1024 * 1024
/** Objects and arrays inside each other, over the whole document. */
export const MAX_DEPTH = 24

/** Canvas units from the origin, in either direction. */
export const MAX_COORDINATE = 1_000_000
/** 2^32 - 1 */
export const MAX_SEED = 0xffff_ffff

/** A link longer than this is not looked at; no browser keeps longer addresses. */
export const MAX_LINK_CHARS = 2 * 1024 * 1024
