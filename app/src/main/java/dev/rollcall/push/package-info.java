/** A host's status files at a receiver elsewhere: what differs is sent through its window, over HTTP. */
@NullMarked
package dev.rollcall.push;

import org.jspecify.annotations.NullMarked;
