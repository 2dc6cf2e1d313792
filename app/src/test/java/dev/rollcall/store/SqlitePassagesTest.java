package dev.rollcall.store;

import dev.rollcall.roll.RollBackend;
import dev.rollcall.search.RollPassagesContract;
import java.nio.file.Path;

class SqlitePassagesTest extends RollPassagesContract {
    @Override
    protected RollBackend backendIn(Path folder) {
        return SqliteBackend.in(folder);
    }
}
