package dev.rollcall.store;

import dev.rollcall.roll.RollBackend;
import dev.rollcall.roll.RollSourcesContract;
import java.nio.file.Path;

class SqliteSourcesTest extends RollSourcesContract {
    @Override
    protected RollBackend backendIn(Path folder) {
        return SqliteBackend.in(folder);
    }
}
