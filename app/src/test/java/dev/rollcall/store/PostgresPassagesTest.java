package dev.rollcall.store;

import dev.rollcall.roll.RollBackend;
import dev.rollcall.search.RollPassagesContract;
import java.nio.file.Path;

class PostgresPassagesTest extends RollPassagesContract {
    @Override
    protected RollBackend backendIn(Path folder) {
        return PostgresBackend.fresh();
    }
}
