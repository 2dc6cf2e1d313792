package dev.rollcall.store;

import dev.rollcall.roll.RollBackend;
import dev.rollcall.search.WordIndexRepairContract;
import java.nio.file.Path;

class SqliteWordIndexTest extends WordIndexRepairContract {
    @Override
    protected RollBackend backendIn(Path folder) {
        return SqliteBackend.in(folder);
    }
}
