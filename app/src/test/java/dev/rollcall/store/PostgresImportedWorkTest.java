package dev.rollcall.store;

import dev.rollcall.roll.RollBackend;
import dev.rollcall.search.ImportedWorkContract;
import java.nio.file.Path;

class PostgresImportedWorkTest extends ImportedWorkContract {
    @Override
    protected RollBackend backendIn(Path folder) {
        return PostgresBackend.fresh();
    }
}
