/** The domain of the roll: who is on it, what each agent last reported, and every version ever recorded. */
@NullMarked
package dev.rollcall.roll;

import org.jspecify.annotations.NullMarked;
