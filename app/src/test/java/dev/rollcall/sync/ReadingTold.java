package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import java.util.function.Consumer;

/** Real files; somebody is told after each reading. */
record ReadingTold(StatusSource files, Consumer<AgentId> told) implements StatusSource {
    @Override
    public Scan scan() {
        return files.scan();
    }

    @Override
    public Look look(AgentId agent) {
        return files.look(agent);
    }

    @Override
    public Read read(AgentId agent) {
        Read read = files.read(agent);
        told.accept(agent);
        return read;
    }

    @Override
    public String path(AgentId agent) {
        return files.path(agent);
    }

    @Override
    public boolean isElsewhere(String recordedPath) {
        return files.isElsewhere(recordedPath);
    }
}
