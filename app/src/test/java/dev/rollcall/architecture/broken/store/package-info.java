/** Sample code that breaks the architecture on purpose. */
@NullMarked
package dev.rollcall.architecture.broken.store;

import org.jspecify.annotations.NullMarked;
