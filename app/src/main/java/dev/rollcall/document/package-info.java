/** A status.json as a value: bytes in, a document or a rejection out. No I/O, no clock. */
@NullMarked
package dev.rollcall.document;

import org.jspecify.annotations.NullMarked;
