/** The report as one self-contained page: inline SVG, no script, nothing from elsewhere. */
@NullMarked
package dev.rollcall.report.page;

import org.jspecify.annotations.NullMarked;
