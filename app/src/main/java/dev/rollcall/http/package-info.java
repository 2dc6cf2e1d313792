/** The server: who may ask what, the API, and the live stream of events. */
@NullMarked
package dev.rollcall.http;

import org.jspecify.annotations.NullMarked;
