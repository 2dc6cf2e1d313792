package dev.rollcall.store;

import dev.rollcall.roll.RollBackend;
import dev.rollcall.search.ImportedWorkContract;
import java.nio.file.Path;

class SqliteImportedWorkTest extends ImportedWorkContract {
    @Override
    protected RollBackend backendIn(Path folder) {
        return SqliteBackend.in(folder);
    }
}
