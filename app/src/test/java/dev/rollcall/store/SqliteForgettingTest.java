package dev.rollcall.store;

import dev.rollcall.roll.RollBackend;
import dev.rollcall.roll.RollForgettingContract;
import java.nio.file.Path;

class SqliteForgettingTest extends RollForgettingContract {
    @Override
    protected RollBackend backendIn(Path folder) {
        return SqliteBackend.in(folder);
    }
}
