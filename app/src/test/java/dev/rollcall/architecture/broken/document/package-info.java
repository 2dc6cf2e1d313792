/** Sample code that breaks the architecture on purpose. */
@NullMarked
package dev.rollcall.architecture.broken.document;

import org.jspecify.annotations.NullMarked;
