package dev.rollcall.store;

import dev.rollcall.roll.RollBackend;
import dev.rollcall.roll.RollFeedContract;
import java.nio.file.Path;

class PostgresFeedTest extends RollFeedContract {
    @Override
    protected RollBackend backendIn(Path folder) {
        return PostgresBackend.fresh();
    }
}
