/** Analytics: pure functions over the roll's past, and what they found as Markdown, CSV and a page. */
@NullMarked
package dev.rollcall.report;

import org.jspecify.annotations.NullMarked;
