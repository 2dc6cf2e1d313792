package dev.rollcall.store;

import dev.rollcall.roll.RollBackend;
import dev.rollcall.search.PassageRepairContract;
import java.nio.file.Path;

class PostgresPassageRepairTest extends PassageRepairContract {
    @Override
    protected RollBackend backendIn(Path folder) {
        return PostgresBackend.fresh();
    }
}
