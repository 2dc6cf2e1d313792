/** Configuration and wiring: the only place that reads the clock and the environment. */
@NullMarked
package dev.rollcall.app;

import org.jspecify.annotations.NullMarked;
