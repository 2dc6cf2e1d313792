package dev.rollcall.store;

import dev.rollcall.roll.RollBackend;
import dev.rollcall.search.PassageRepairContract;
import java.nio.file.Path;

class SqlitePassageRepairTest extends PassageRepairContract {
    @Override
    protected RollBackend backendIn(Path folder) {
        return SqliteBackend.in(folder);
    }
}
