/** Adapter: a workspaces folder on disk: scanning, settled reading, atomic writing, locks. */
@NullMarked
package dev.rollcall.files;

import org.jspecify.annotations.NullMarked;
