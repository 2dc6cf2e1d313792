package dev.rollcall.store;

import dev.rollcall.roll.RollBackend;
import dev.rollcall.roll.RollPastContract;
import java.nio.file.Path;

class PostgresPastTest extends RollPastContract {
    @Override
    protected RollBackend backendIn(Path folder) {
        return PostgresBackend.fresh();
    }
}
