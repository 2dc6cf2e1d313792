package dev.rollcall.store;

import dev.rollcall.roll.RollArchiveContract;
import dev.rollcall.roll.RollBackend;
import java.nio.file.Path;

class PostgresArchiveTest extends RollArchiveContract {
    @Override
    protected RollBackend backendIn(Path folder) {
        return PostgresBackend.fresh();
    }
}
