/** Adapter: the roll in SQLite: transactions, migrations, compressed history. */
@NullMarked
package dev.rollcall.store;

import org.jspecify.annotations.NullMarked;
