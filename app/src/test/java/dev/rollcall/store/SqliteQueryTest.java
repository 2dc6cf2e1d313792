package dev.rollcall.store;

import dev.rollcall.roll.RollBackend;
import dev.rollcall.roll.RollQueryContract;
import java.nio.file.Path;

class SqliteQueryTest extends RollQueryContract {
    @Override
    protected RollBackend backendIn(Path folder) {
        return SqliteBackend.in(folder);
    }
}
