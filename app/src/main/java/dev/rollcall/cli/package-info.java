/** The command line: one file per command, and how results are shown. */
@NullMarked
package dev.rollcall.cli;

import org.jspecify.annotations.NullMarked;
